package billing

// Text is a text for users, in Dutch first and in English.
type Text struct{ Dutch, English string }

// In gives the text in that language, nl or en.
func (t Text) In(language string) string {
	if language == "en" {
		return t.English
	}
	return t.Dutch
}

// Rule is one check, with its own documentation. Exactly one of Record, Docket and Room is set for a rule
// that is judged here; a rule with none of them is found elsewhere (when a row is read, or over all clients)
// and is here for its texts.
type Rule struct {
	Code     Code
	Severity Severity
	IJW      string       // return code of iJw 3.2; "" if it has none
	Source   string       // S2, S4, HvB, iJw, Jw, own
	Title    Text         // the rule as a statement that should hold
	Message  Text         // what was found and expected, with {1} {2:date} … for the values of the finding
	Remedy   Text         // what would make it right
	Provider ProviderText // what a provider reads instead

	After       CodeSet // not judged on a record that has one of these findings
	OnlyNew     bool    // not found on a version that was declared in a closed period: there it is only context
	NamesOthers bool    // speaks of another party, so it is left out of a provider's return file
	NoLift      bool    // a hold that akkoord does not lift: only the book or the policy does

	Record func(*Case)                                      // judges one record in its client's context
	Client func(*ClientFile)                                // judges all records of a client together, in order
	Room   func(*Case, *Usage) (values []string, fits bool) // judges whether the record still fits
}

// ProviderText is how a provider reads a finding about its record, where the general texts speak of others or to those who
// decide. A text that is empty is the general one.
type ProviderText struct{ Message, Remedy Text }

// ForProvider gives the rule with the texts that a provider reads. What would lift a hold is for who decides, so of a
// hold it reads only what is meant for it.
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

// Catalogue is the list of all rules in judging order, with what the judge wants to know of them.
type Catalogue struct {
	Rules  []Rule
	byCode [codesEnd]*Rule
	record []*Rule
	client []*Rule
	room   []*Rule
	reject CodeSet
	hold   CodeSet
}

// NewCatalogue makes a catalogue of the rules, in the order in which they are to be judged.
func NewCatalogue(rules []Rule) *Catalogue {
	catalogue := &Catalogue{Rules: rules}
	for i := range rules {
		rule := &rules[i]
		catalogue.byCode[rule.Code] = rule
		switch rule.Severity {
		case Reject:
			catalogue.reject |= Codes(rule.Code)
		case Hold:
			catalogue.hold |= Codes(rule.Code)
		}
		switch {
		case rule.Record != nil:
			catalogue.record = append(catalogue.record, rule)
		case rule.Client != nil:
			catalogue.client = append(catalogue.client, rule)
		case rule.Room != nil:
			catalogue.room = append(catalogue.room, rule)
		}
	}
	return catalogue
}

// Rule gives the rule of the code, or nil.
func (c *Catalogue) Rule(code Code) *Rule {
	if code >= codesEnd {
		return nil
	}
	return c.byCode[code]
}

// Severity gives the severity of the code.
func (c *Catalogue) Severity(code Code) Severity {
	if rule := c.Rule(code); rule != nil {
		return rule.Severity
	}
	return NoSeverity
}
