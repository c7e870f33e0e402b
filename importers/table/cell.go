package table

// Kind is the kind of content of a cell.
type Kind uint8

// The kinds of content. A CSV file has only Empty and Text.
const (
	// Empty is a cell without content: absent, only formatted, or holding
	// nothing visible (such as a formula that yields "").
	Empty Kind = iota
	// Text is text as a person sees it: without surrounding spaces (no-break
	// ones included) and without zero-width characters. In a CSV file the text
	// ="0123", with which programs preserve a leading zero, is 0123.
	Text
	// Number is a numeric cell. Text holds its value at 15 significant digits,
	// the precision of spreadsheet programs, in plain decimal notation:
	// 7.2999999999999998 is "7.3".
	Number
	// Date is a numeric cell with the number format of a date, or of a date and
	// time. Text holds "2006-01-02", or "2006-01-02 15:04:05" if the value has
	// a time of day. The two dates that exist only in spreadsheet programs read
	// as they are shown there: 1900-02-29 for day 60 and 1900-01-00 for day 0.
	Date
	// Time is a numeric cell with the number format of a time only. Text holds
	// "15:04:05". A full day is "24:00:00", and a longer duration keeps its
	// hours ("26:30:00"). A value that includes a date (a year or more from the
	// epoch), in a format that shows only the time of day, is that time of day;
	// [h] formats always give all hours.
	Time
	// Bool is a logical value. Text is "TRUE" or "FALSE".
	Bool
	// Error is an unreadable value: an error value of the spreadsheet program
	// (Text "#N/A", "#DIV/0!"), a numeric cell that does not hold a number (Text
	// as stored, "NaN"), or a date or time outside the calendar, which a
	// spreadsheet shows as "########".
	Error
	// NoValue is a formula whose value was never stored.
	NoValue
)

// Cell is one cell. Raw is the value as stored in the file, without any number
// format and with every space: "46023.5" where Text is "2026-01-01 12:00:00".
// The caller may keep the strings.
type Cell struct {
	Kind Kind
	Text string
	Raw  string
}

// Row is one row with at least one filled cell.
type Row struct {
	// Number is the row's number as a spreadsheet program shows it: the first
	// row is 1 and empty rows count. In a CSV file a line break inside quotes
	// does not start a new row.
	Number int
	// Cells has the cell of column A at index 0 and ends with the last filled
	// cell, even if that is beyond the last heading. The slice is reused for the
	// next row: copy what must be kept.
	Cells []Cell
	// Hidden reports whether the row is hidden: manually, by a filter or in a
	// collapsed group.
	Hidden bool
	// Struck reports whether the text is struck through in more than half of
	// the filled cells, as people do with a row that no longer counts.
	Struck bool
}

// ColumnName returns the letters of the column with index i: 0 is "A", 26 is
// "AA"; a negative index is "".
func ColumnName(i int) string {
	if i < 0 {
		return ""
	}
	var letters [16]byte
	at := len(letters)
	for i++; i > 0; i = (i - 1) / 26 {
		at--
		letters[at] = byte('A' + (i-1)%26)
	}
	return string(letters[at:])
}
