package table

// Kind is what was found in a cell.
type Kind uint8

// The kinds of content. A CSV file knows only Empty and Text.
const (
	// Empty is a cell without content: absent, only formatted, or holding
	// nothing that can be seen (as a formula does that yields "").
	Empty Kind = iota
	// Text is text as a person sees it: without the spaces around it, no-break
	// ones too, and without characters that have no width. In a CSV file the
	// text ="0123" is 0123, which is how a program keeps a zero in front.
	Text
	// Number is a numeric cell. Text holds its value at 15 significant digits
	// (what a spreadsheet program itself works with) in plain decimal
	// notation: 7.2999999999999998 is "7.3".
	Number
	// Date is a numeric cell with a number format of a date, or of a date and
	// time. Text holds "2006-01-02", or "2006-01-02 15:04:05" when the value
	// has a time of day. The two days that exist only in the count of
	// spreadsheet programs read as those show them: 1900-02-29 for day 60 and
	// 1900-01-00 for day 0.
	Date
	// Time is a numeric cell with a number format of a time only. Text holds
	// "15:04:05". A full day is "24:00:00" and a longer duration keeps its
	// hours ("26:30:00"). A moment that has a date as well (a year or more
	// from the epoch), in a format that shows only the time of day, is that
	// time of day; [h] formats always give all hours.
	Time
	// Bool is a logical value. Text is "TRUE" or "FALSE".
	Bool
	// Error is a value that cannot be read: an error of the spreadsheet
	// program (Text "#N/A", "#DIV/0!"), a numeric cell that holds no number
	// (Text as stored, "NaN"), or a date or time outside the calendar, which a
	// spreadsheet shows as "########".
	Error
	// NoValue is a formula whose outcome was never stored.
	NoValue
)

// Cell is one cell. Raw is the value as it is stored in the file, before any
// number format and with every space: "46023.5" where Text reads
// "2026-01-01 12:00:00". The strings stay valid for as long as the caller
// keeps them.
type Cell struct {
	Kind Kind
	Text string
	Raw  string
}

// Row is one row with at least one filled cell.
type Row struct {
	// Number is the row's number as a spreadsheet program shows it: the first
	// row is 1 and empty rows count. In a CSV file a line break inside quotes
	// does not count.
	Number int
	// Cells has the cell of column A at index 0 and ends with the last filled
	// cell, also where that is beyond the last heading. The slice is used
	// again for the next row: copy what must stay.
	Cells []Cell
	// Hidden is whether the row is hidden, by hand, by a filter or in a group
	// that is folded away.
	Hidden bool
	// Struck is whether the text is struck through in more than half of the
	// filled cells, as people do with a row that no longer counts.
	Struck bool
}

// ColumnName returns the letters of a column: 0 is "A", 26 is "AA".
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
