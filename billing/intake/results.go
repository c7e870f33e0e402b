package intake

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Imported says what became of the files of an import.
type Imported struct {
	Files          []ImportedFile
	Referrals      []ReferralProblem // rows of referrals that were not taken
	Decisions      []DecisionProblem // decisions that were not taken
	Contradictions []Contradiction   // decisions that were taken and contradict an earlier one
	LeftOut        []LeftOut         // rows of earlier files that a later one leaves out, and that stand
}

// Refused returns how many files were refused whole.
func (i *Imported) Refused() int {
	count := 0
	for _, file := range i.Files {
		if file.Refused != nil {
			count++
		}
	}
	return count
}

// add adds what became of another group.
func (i *Imported) add(other Imported) {
	i.Files = append(i.Files, other.Files...)
	i.Referrals = append(i.Referrals, other.Referrals...)
	i.Decisions = append(i.Decisions, other.Decisions...)
	i.Contradictions = append(i.Contradictions, other.Contradictions...)
	i.LeftOut = append(i.LeftOut, other.LeftOut...)
}

// ImportedFile says what became of one file.
type ImportedFile struct {
	Path            string
	Name            string  // base name
	Refused         Refusal // why nothing of it was taken in; nil if it was
	Known           bool    // it was taken in before, and is ignored whole
	BackAgain       bool    // it was taken in before and taken back, and comes in once more
	WrittenAs       string  // as what pxq wrote it, by its own word: retour, uitval; "" of a file that pxq did not write
	Sheets          []billing.SheetSummary
	Records         int             // rows of records read
	Kept            int             // of them, rows that were kept
	AlreadyReceived int             // of them, rows that said nothing new; with Kept this makes Records
	Totals          int             // rows of totals skipped
	Empty           int             // empty rows skipped
	Referrals       int             // versions of referrals taken
	Decisions       int             // decisions taken
	Message         *ledger.Message // of a declaration (JW323); else nil
	Skipped         int             // rows of referrals that changed nothing, and decisions left empty or taken before
}

// keepAfterAll turns rows that were counted as already received into rows that were kept; -1 turns one back.
func (f *ImportedFile) keepAfterAll(rows int) {
	f.Kept += rows
	f.AlreadyReceived -= rows
}

// ReferralProblem says why a row of referrals was not taken. An earlier version stays as it was.
type ReferralProblem struct {
	File, Sheet string
	Row         int                    // as a spreadsheet shows it
	Number      string                 // masked
	Cells       []billing.ReferralCell // cells that could not be taken
	Reason      billing.Text           // when it is about the row as a whole
}

// DecisionProblem says why a decision was not taken.
type DecisionProblem struct {
	File, Sheet string
	Row         int    // as a spreadsheet shows it
	Reference   string // masked
	Code        string // masked
	Word        string // what stands in the place of the decision, masked; "" if nothing does
	Reason      billing.Text
}

// Contradiction is a decision that was taken though somebody else decided otherwise on the same finding before.
type Contradiction struct {
	File, Sheet string
	Row         int    // as a spreadsheet shows it
	Reference   string // masked
	Code        string
	Word, By    string
	EarlierWord string
	EarlierBy   string
	EarlierOn   billing.Date
}

// LeftOut is a row of an earlier file that a later file of the same provider leaves out, while it repeats more than half
// of that file. It stands, until a row with quantity 0 withdraws it.
type LeftOut struct {
	File      string // base name of the later file
	Earlier   string // base name of the earlier one
	Provider  string
	Reference string // masked
	Sheet     string // of the earlier file
	Row       int    // as a spreadsheet shows it
}

// Withdrawn says what taking back a file came to.
type Withdrawn struct {
	File            string // base name
	SHA256          string
	Rows            int      // of the file, that are judged no longer
	Back            int      // rows of other files that hold again
	AlreadyReceived int      // rows of other files that now only repeat an earlier row
	Referrals       int      // versions of referrals that are gone
	Decisions       int      // decisions that are gone
	Lapsed          int      // decisions of other files on rows that are gone
	Files           []string // that repeated something of the file and must come in again
}
