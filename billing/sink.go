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

// ReferralField names a column of a referral file.
type ReferralField uint8

// The fields of a referral, in the order of the template.
const (
	ReferralNumber ReferralField = iota
	ReferralBSN
	ReferralBirthDate
	ReferralMunicipality
	ReferralProvider
	ReferralProduct
	ReferralCategory
	ReferralStart
	ReferralEnd
	ReferralVolume
	ReferralUnit
	ReferralFrequency
	ReferralBudget
	ReferralReferrer
	ReferralAssigned
	ReferralStatus
	ReferralCoordinationPoint
	ReferralOwnPlacement
	ReferralExtendedTo
	ReferralExtendedYouthCare
	ReferralContinuesTo
	ReferralDeclaredBefore
	ReferralAmountBefore
	ReferralFieldsEnd
)

// ReferralHeadings are the first headings of the referral fields.
var ReferralHeadings = [ReferralFieldsEnd]string{
	"Toewijzingsnummer", "BSN", "Geboortedatum", "Gemeente", "AGB-code", "Productcode", "Productcategorie", "Ingangsdatum",
	"Einddatum", "Volume", "Eenheid", "Frequentie", "Budget", "Verwijzer", "Toewijzingsdatum", "Status", "Coordinatiepunt",
	"Eigen plaatsing", "Max duur verlengd tot", "Verlengde jeugdhulp", "Voortzetting tot", "Eerder gedeclareerd",
	"Eerder gedeclareerd bedrag",
}

// ReferralRow is one row of a referral file: what the file says, column by column. A column that the file
// does not have keeps the value of the earlier version, an empty cell clears it.
type ReferralRow struct {
	Referral                           // the values of the cells that could be read; Volume and DeclaredBefore are not yet computed
	Present    [ReferralFieldsEnd]bool // the file has the column
	Filled     [ReferralFieldsEnd]bool // the cell is not empty
	Unreadable []ReferralCell          // cells that could not be read
}

// ReferralCell is a cell of a referral row that could not be taken, and why.
type ReferralCell struct {
	Field ReferralField
	Found string // masked; "" for personal data
	Want  string // a key of the texts: what was expected
}

// DecisionRow is one row of a file with decisions, as written.
type DecisionRow struct {
	Reference  string
	Provider   string
	Code       string // as written
	Version    int    // 0: the current one
	BadVersion bool   // a version is filled in that is no number
	Word       string // as written; "" if the controller left it empty
	Reason     string // "" if its cell is empty or cannot be read
	BadReason  BadCell
	By         string
	Second     string // who agreed
	File       string
	Sheet      string
	Row        int
}

// BadCell is a cell of which the text cannot be read; the zero value is none.
type BadCell struct {
	Place string // G217
	Found string // the error that stands there; "" for a formula of which the file holds no outcome
}

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
