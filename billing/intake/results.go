package intake

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Imported is the result of an import.
type Imported struct {
	Files          []ImportedFile
	Referrals      []ReferralProblem // referral rows that were not taken
	Decisions      []DecisionProblem // decisions that were not taken
	Contradictions []Contradiction   // decisions that were taken but contradict an earlier one
	LeftOut        []LeftOut         // rows of earlier files that a later one leaves out; they stay valid
}

// Refused returns the number of files that were refused as a whole.
func (i *Imported) Refused() int {
	count := 0
	for _, file := range i.Files {
		if file.Refused != nil {
			count++
		}
	}
	return count
}

// add adds the result of another group.
func (i *Imported) add(other Imported) {
	i.Files = append(i.Files, other.Files...)
	i.Referrals = append(i.Referrals, other.Referrals...)
	i.Decisions = append(i.Decisions, other.Decisions...)
	i.Contradictions = append(i.Contradictions, other.Contradictions...)
	i.LeftOut = append(i.LeftOut, other.LeftOut...)
}

// ImportedFile is the result for one file.
type ImportedFile struct {
	Path            string
	Name            string  // base name
	Refused         Refusal // why nothing of it was taken in; nil if it was
	Known           bool    // it was taken in before, and is ignored as a whole
	BackAgain       bool    // it was taken in and taken back before, and comes in again
	WrittenAs       string  // its kind if pxq wrote it: retour, uitval; otherwise ""
	Sheets          []billing.SheetSummary
	Records         int             // rows of records read
	Kept            int             // of them, kept
	AlreadyReceived int             // of them, rows without anything new; Kept + AlreadyReceived = Records
	Totals          int             // skipped total rows
	Empty           int             // skipped empty rows
	Referrals       int             // versions of referrals taken
	Decisions       int             // decisions taken
	Message         *ledger.Message // a declaration message (JW323); otherwise nil
	Skipped         int             // referral rows without changes, and decisions that were empty or taken before
}

// keepAfterAll turns rows that were counted as already received into kept rows; a negative number undoes it.
func (f *ImportedFile) keepAfterAll(rows int) {
	f.Kept += rows
	f.AlreadyReceived -= rows
}

// ReferralProblem describes why a referral row was not taken. The earlier version stays valid.
type ReferralProblem struct {
	File, Sheet string
	Row         int                    // as a spreadsheet shows it
	Number      string                 // masked
	Cells       []billing.ReferralCell // cells that could not be taken
	Reason      billing.Text           // if it concerns the row as a whole
}

// DecisionProblem describes why a decision was not taken.
type DecisionProblem struct {
	File, Sheet string
	Row         int    // as a spreadsheet shows it
	Reference   string // masked
	Code        string // masked
	Word        string // content of the decision cell, masked
	Reason      billing.Text
}

// Contradiction is a decision that was taken although somebody else decided differently on the same finding before.
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

// LeftOut is a row of an earlier file that a later file of the same provider leaves out, while it repeats more than half of
// that file. It stays valid until a row with quantity 0 withdraws it.
type LeftOut struct {
	File      string // base name of the later file
	Earlier   string // base name of the earlier one
	Provider  string
	Reference string // masked
	Sheet     string // of the earlier file
	Row       int    // as a spreadsheet shows it
}

// Withdrawn is the result of taking back a file.
type Withdrawn struct {
	File            string // base name
	SHA256          string
	Rows            int      // number of its rows, which are no longer judged
	Back            int      // rows of other files that are current again
	AlreadyReceived int      // rows of other files that now only repeat an earlier row
	Referrals       int      // versions of referrals removed
	Decisions       int      // decisions removed
	Lapsed          int      // decisions of other files removed, because their rows are gone
	Files           []string // names of files that repeated something of the file and must come in again
}
