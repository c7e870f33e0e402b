package billing

// Rule is one check, with its documentation. Exactly one of its judging functions is set, or FoundBy says who finds it.
type Rule struct {
	Code     Code
	Severity Severity     // on rows of spreadsheets, and on prestaties unless OfMessage says otherwise
	IJW      string       // return code of iJw 3.2; "" if it has none
	Source   string       // S2, S4, HvB, iJw, Jw, own
	Title    Text         // the rule as a statement that should hold
	Message  Text         // what was found and expected, with {1} {2:date} … for the values of the finding
	Remedy   Text         // how to put it right
	Provider ProviderText // texts for a provider instead of these

	Prestatie RuleTexts // texts instead of these if the record is a prestatie of a message

	NotOf         Origins  // records of these origins are not judged by it
	OfCredit      bool     // judged on a prestatie that is a credit; no other rule is
	Standard      string   // of a rule of family J: its code in iJw; "" for others
	OfMessage     Severity // on a prestatie of a JW323; NoSeverity: the same as of a spreadsheet
	About         Subject  // what its findings belong to
	After         CodeSet  // not judged on a record that has one of these findings
	InMonth       bool     // about room that care of other months does not use
	OnlyNew       bool     // never found on a version that was declared in a closed period; that only serves as context for others
	NoLift        bool     // a hold that akkoord does not lift: only the book or the policy does
	NamesOthers   bool     // names another party, so it is left out of a provider's return file
	TellsReferral bool     // reveals what the referral holds (client, product, volume, dates, municipality): only for the provider of the referral

	Record   func(*Case)                                          // judges one record in its client's context
	Client   func(*ClientFile)                                    // judges all records of a client together, in order
	Room     func(*Case, *Usage) (values []string, fits bool)     // judges whether the record still fits
	Decided  func(*ClientFile)                                    // looks at all records of a client once their outcomes are known
	Referral func(*Case) (values []string, found bool)            // judges a referral by the first record of the period on it
	Change   func(*ReferralChange) (values []string, found bool)  // judges how a referral changed since the last close
	Ceiling  func(*Ceiling, Policy) (values []string, found bool) // judges what was declared on a contract
	FoundBy  string                                               // the package that finds it, where none of these functions does

	// Compare returns the values that the rule compared, to show why it found nothing; nil when the rule looks only at
	// the row or at personal data. use is nil when the case has no referral.
	Compare func(c *Case, use *RoomUse) []Compared
}

// Origins is a set of origins of records.
type Origins uint8

// The sets of one origin.
const (
	OfSpreadsheets Origins = 1 << FromSpreadsheet
	OfMessages     Origins = 1 << FromMessage
)

// Of reports whether the rule is judged on records of that origin.
func (r *Rule) Of(origin Origin) bool { return r.NotOf&(1<<origin) == 0 }

// Subject is what the findings of a rule belong to.
type Subject uint8

// The subjects.
const (
	AboutRecord Subject = iota
	AboutReferral
	AboutContract
	AboutMessage // a message as a whole, its declaration or one of its clients
)

// Compared is one of the values that a rule compared. Form says how to show it, like the forms in a rule's texts:
// date, month, eur, qty, unit, or "" for plain text. An empty Value means that there is none.
type Compared struct {
	Name  Text
	Value string
	Form  string
}

// ReferralChange is how a referral changed since the last close, and what that does to the care declared on it.
type ReferralChange struct {
	Book        *Book
	Before      *Referral      // as it was at the last close; nil when there was none
	Now         *Referral      // nil when its file was taken back
	Declaration []DeclaredLine // the client's whole declaration
	Cases       []Case         // the client's records as judged now
	Approved    []*Case        // the approved prestaties on it that no credit took back
}

// ProviderText replaces texts of a rule for a provider, where the general ones name others or address those who decide. Where
// a text is empty the general one stays, except for the remedy of a hold: see Rule.ForProvider.
type ProviderText struct{ Message, Remedy Text }

// RuleTexts replace the general texts of a rule; Provider replaces the message for a provider. Where a text is empty the
// general one stays.
type RuleTexts struct{ Title, Message, Remedy, Provider Text }

// On returns the rule with the texts for the record: those for prestaties if it is one. A nil record gets the general texts.
func (r *Rule) On(record *Record) *Rule {
	if record == nil || record.Prestatie == nil || r.Prestatie == (RuleTexts{}) {
		return r
	}
	read := *r
	for _, text := range []struct {
		to   *Text
		with Text
	}{{&read.Title, r.Prestatie.Title}, {&read.Message, r.Prestatie.Message}, {&read.Remedy, r.Prestatie.Remedy}, {&read.Provider.Message, r.Prestatie.Provider}} {
		if text.with != (Text{}) {
			*text.to = text.with
		}
	}
	return &read
}

// SeverityFor returns the severity of the rule on a record of that origin.
func (r *Rule) SeverityFor(origin Origin) Severity {
	if origin == FromMessage && r.OfMessage != NoSeverity {
		return r.OfMessage
	}
	return r.Severity
}

// Family returns the family of the rule.
func (r *Rule) Family() Family { return r.Code.Family() }

// Unreadable reports whether a row with a finding of the rule is not a version of its record: see the variable Unreadable.
func (r *Rule) Unreadable() bool { return Unreadable.Has(r.Code) }

// ForProvider returns the rule with the texts that a provider reads. The general remedy of a hold addresses those who decide,
// so a provider reads only a remedy that is meant for it.
func (r *Rule) ForProvider() *Rule {
	told := *r
	if r.Provider.Message != (Text{}) {
		told.Message = r.Provider.Message
	}
	if r.Provider.Remedy != (Text{}) || r.Severity == Hold {
		told.Remedy = r.Provider.Remedy
	}
	return &told
}
