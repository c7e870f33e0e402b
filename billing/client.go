package billing

// Client is the unit of work: every rule needs only one client's records and referrals.
type Client struct {
	BSN       string
	Records   []*Record              // the rows that are judged: neither replaced nor withdrawn
	Referrals []*Referral            // the latest versions with this BSN
	Others    map[string][]*Referral // referrals of other clients that a record names, by number: one or more municipalities may use it
	Decisions []Decision             // in the order in which they came in
	Ledger    []DeclaredLine         // every line of closed periods
}

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
