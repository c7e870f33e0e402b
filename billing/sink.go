package billing

// Sink receives what a reader finds in a file, row by row, in the order of the file. It may keep the values that
// it is given.
type Sink interface {
	Record(*Record) error
	Referral(*ReferralRow) error
	Decision(*DecisionRow) error
}

// FileSummary describes what a reader found in a file.
type FileSummary struct {
	Name      string // base name
	SHA256    string // of the bytes, hexadecimal
	WrittenAs string // the kind of file if pxq wrote it: retour, uitval; "" for any other file
	Sheets    []SheetSummary
}

// SheetSummary describes what a reader found on one sheet. Every row under its headings is counted once: in Rows, Totals or
// Empty.
type SheetSummary struct {
	Name           string // "" for CSV
	Kind           SheetKind
	Skipped        string         // why the sheet was not read, a key of the texts; "" if it was
	HeadingRow     int            // as a spreadsheet numbers it
	Columns        [FieldsEnd]int // of a submission: the column of each field, from 1; 0 if the sheet lacks it
	UnknownColumns []string       // headings that are not used, each once and masked: unknown ones, and a second one for the same field
	Rows           int            // rows handed to the sink
	Totals         int            // rows of totals: they begin with Totaal or the like, and name no BSN and no day
	Empty          int            // wholly empty rows between the heading row and the last row
	HiddenRows     int            // rows that were read though they are hidden
	StruckRows     int            // rows that were read though their text is struck through
	NamesMark      bool           // the first row only names the delimiter (sep=;): Excel does not show it, and numbers rows from the next
}

// SheetKind says what a sheet holds, by its headings.
type SheetKind uint8

// The kinds of sheet.
const (
	NoSheet SheetKind = iota
	SubmissionSheet
	ReferralSheet
	DecisionSheet
)

// Step is the progress of some work: Done of Total, working on Name.
type Step struct {
	Name        string // a file, a period, a workbook
	Done, Total int
	Rows        int // care records read, judged or written so far; 0 where there are none to count
}

// Progress is called with each step of some work. It may be nil.
type Progress func(Step)

// Report calls p with a step, unless p is nil.
func (p Progress) Report(step Step) {
	if p != nil {
		p(step)
	}
}
