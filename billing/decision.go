package billing

// The words of a decision.
const (
	Allow    = "akkoord"   // lifts the hold
	Refuse   = "afwijzen"  // makes the record rejected
	KeepHeld = "aanhouden" // leaves it held
)

// Decision is what a controller decided on one hold of one version of a record.
type Decision struct {
	ID        int64 // the order of taking in
	Provider  string
	Reference string
	Version   int
	Code      Code
	Word      string // akkoord, afwijzen, aanhouden
	Reason    string
	By        string
	On        Date
	File      string
	FileID    int64
}
