package billing

// Finding says that a rule found something in a record. It holds facts; its text is made when it is shown.
// Values never hold a BSN or a birth date.
type Finding struct {
	Code   Code
	Field  Field    // the cell it is about; NoField when it is about the whole row
	Values []string // the values of the rule's text, in its order: ISO dates, cents, plain texts
}

// Outcome is what becomes of a record.
type Outcome uint8

// The outcomes. The zero value is none.
const (
	NoOutcome Outcome = iota
	Accepted          // in a declaration line
	Held              // a controller decides
	Rejected          // only other data can cure it
	Pending           // waits for its month
	Replaced          // a newer version came in
	Withdrawn         // the row that withdrew a record
)

var outcomeNames = [...]string{"", "accepted", "held", "rejected", "pending", "replaced", "withdrawn"}

// String gives the name used in the exports.
func (o Outcome) String() string { return outcomeNames[o] }

// ParseOutcome reads the name used in the exports.
func ParseOutcome(name string) Outcome {
	for outcome, text := range outcomeNames {
		if text == name {
			return Outcome(outcome)
		}
	}
	return NoOutcome
}
