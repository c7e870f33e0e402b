package billing

// Sink takes in what a reader finds in a file, row by row, in the order of the file. The values handed over
// are the sink's to keep.
type Sink interface {
	Record(*Record) error
	Referral(*ReferralRow) error
	Decision(*DecisionRow) error
}

// FileSummary says what a reader saw in a file.
type FileSummary struct {
	Name      string // base name
	SHA256    string // of the bytes, hexadecimal
	WrittenAs string // as what pxq wrote it, by its own word: retour, uitval; "" of a file that pxq did not write
	Sheets    []SheetSummary
}

// SheetSummary is what a reader saw on one sheet. Every row under its headings is counted once: in Rows, Totals or Empty.
type SheetSummary struct {
	Name           string // "" for CSV
	Kind           SheetKind
	Skipped        string         // why the sheet was not read, a key of the texts; "" if it was
	HeadingRow     int            // as a spreadsheet shows it
	Columns        [FieldsEnd]int // of a submission: column number + 1 by field; 0 is not there
	UnknownColumns []string       // headings that are not used, each once and masked: unknown ones, and a second of one meaning
	Rows           int            // rows handed to the sink
	Totals         int            // rows of totals: they begin with Totaal or the like, and name no BSN and no day
	Empty          int            // wholly empty rows between the heading row and the last row
	HiddenRows     int            // rows that were read though nobody sees them
	StruckRows     int            // rows that were read though their text is struck through
	NamesMark      bool           // the first row only names the mark between cells: Excel does not show it, and counts from the next
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

// Step says how far a piece of work is: Done of Total of what Name names.
type Step struct {
	Name        string // a file, a period, a workbook
	Done, Total int
	Rows        int // care records read, judged or written so far; 0 where there are none to count
}

// Progress is told each step of a piece of work. It may be nil.
type Progress func(Step)

// Report tells a step to whoever wants to know.
func (p Progress) Report(step Step) {
	if p != nil {
		p(step)
	}
}
