package billing

// Text is a text for users, in Dutch first and in English.
type Text struct{ Dutch, English string }

// In returns the text in that language, nl or en.
func (t Text) In(language string) string {
	if language == "en" {
		return t.English
	}
	return t.Dutch
}

// Rule is one check, with its own documentation. Exactly one of its functions is set, or FoundBy says who finds it.
type Rule struct {
	Code     Code
	Severity Severity     // of rows of spreadsheets, and of messages where OfMessage does not say otherwise
	IJW      string       // return code of iJw 3.2; "" if it has none
	Source   string       // S2, S4, HvB, iJw, Jw, own
	Title    Text         // the rule as a statement that should hold
	Message  Text         // what was found and expected, with {1} {2:date} … for the values of the finding
	Remedy   Text         // what would make it right
	Provider ProviderText // what a provider reads instead

	Prestatie RuleTexts // what is read instead where the record is a prestatie of a message

	NotOf         Origins  // records of these origins are not judged by it
	OfCredit      bool     // judged on a prestatie that is a credit; no other rule is
	Standard      string   // its code in iJw, of a rule of family J; "" for others
	OfMessage     Severity // on a prestatie of a JW323; NoSeverity: the same as of a spreadsheet
	About         Subject  // what its findings belong to
	After         CodeSet  // not judged on a record that has one of these findings
	InMonth       bool     // about room that no care of another month uses up
	OnlyNew       bool     // not found on a version that was declared in a closed period: there it is only context
	NoLift        bool     // a hold that akkoord does not lift: only the book or the policy does
	NamesOthers   bool     // speaks of another party, so it is left out of a provider's return file
	TellsReferral bool     // tells what the referral holds (client, product, volume, dates, municipality): not for a provider whose referral it is not

	Record   func(*Case)                                          // judges one record in its client's context
	Client   func(*ClientFile)                                    // judges all records of a client together, in order
	Room     func(*Case, *Usage) (values []string, fits bool)     // judges whether the record still fits
	Decided  func(*ClientFile)                                    // looks at all records of a client once their outcomes are known
	Referral func(*Case) (values []string, found bool)            // judges a referral by the first record of the period on it
	Change   func(*ReferralChange) (values []string, found bool)  // judges what became of a referral since the last close
	Ceiling  func(*Ceiling, Policy) (values []string, found bool) // judges what was declared on a contract
	FoundBy  string                                               // the package that finds what has to be found before a record is judged

	// Compare returns the values that were held against each other, for showing a rule that found nothing; nil when
	// the rule looks at the row alone or at personal data. use is nil when the case has no referral.
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

// Compared is one of the values that a rule held against each other. Form says how it is shown, as the forms of a
// rule's texts do: date, month, eur, qty, unit, or "" for a text as it is. An empty value is none.
type Compared struct {
	Name  Text
	Value string
	Form  string
}

// ReferralChange is what became of a referral since the last close, and what that does to what was declared on it.
type ReferralChange struct {
	Book        *Book
	Before      *Referral      // as it was at the last close; nil when there was none
	Now         *Referral      // nil when its file was taken back
	Declaration []DeclaredLine // of the client
	Approved    []*Case        // the approved prestaties on it that no credit took back
}

// ProviderText is how a provider reads a finding about its record, where the general texts name others or address those who
// decide. Where a text is empty the general one stays.
type ProviderText struct{ Message, Remedy Text }

// RuleTexts are texts of a rule that replace its general ones; Provider replaces the message for a provider. Where a text is
// empty the general one stays.
type RuleTexts struct{ Title, Message, Remedy, Provider Text }

// On returns the rule with the texts that fit the record: those for prestaties when it is one. A nil record gets the general
// texts.
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

// Unreadable reports whether the finding makes a row no version of its record: it could not be read.
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
