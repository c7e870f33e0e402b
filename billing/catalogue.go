package billing

// Catalogue is the list of all rules in judging order, indexed for the judge.
type Catalogue struct {
	Rules  []Rule
	byCode [codesEnd]*Rule

	// The rules by which of their functions is set, each list in judging order. Those on one record are split by the origin
	// of the record.
	row      [originsEnd][]*Rule // on one record, of family F: judged on every row
	record   [originsEnd][]*Rule // on one record, of all other families
	credit   []*Rule             // on a prestatie that is a credit
	client   []*Rule
	room     []*Rule
	decided  []*Rule
	referral []*Rule

	// Codes by what they mean for a record that has them.
	inMonth    CodeSet // it does not fit in its care month, whose room care of other months does not use
	wholeRoom  CodeSet // it does not fit in other room
	passing    CodeSet // a later judgement may not find this again; findings of all other codes stay, also once the record is declared
	rowRejects CodeSet // rejects of family F, and U03: the record gets no findings but those of F, no referral and no price
	byOrigin   [originsEnd]severities
}

// severities are the codes that affect the outcome of a record of one origin.
type severities struct {
	reject, hold CodeSet
	undelivered  CodeSet // rejects of F, U01, R, C, P and A: rules that look at other records ignore the record
}

// NewCatalogue returns a catalogue of the rules, which must be in judging order.
func NewCatalogue(rules []Rule) *Catalogue {
	catalogue := &Catalogue{Rules: rules}
	for i := range rules {
		rule := &rules[i]
		catalogue.byCode[rule.Code] = rule
		catalogue.classify(rule)
		if rule.OfCredit {
			catalogue.credit = append(catalogue.credit, rule)
		}
		switch {
		case rule.Record != nil:
			catalogue.addRecordRule(rule)
		case rule.Client != nil:
			catalogue.client = append(catalogue.client, rule)
		case rule.Room != nil:
			catalogue.room = append(catalogue.room, rule)
			if rule.InMonth {
				catalogue.inMonth.Add(rule.Code)
			} else {
				catalogue.wholeRoom.Add(rule.Code)
			}
		case rule.Decided != nil:
			catalogue.decided = append(catalogue.decided, rule)
		case rule.Referral != nil:
			catalogue.referral = append(catalogue.referral, rule)
		}
	}
	return catalogue
}

// addRecordRule adds a rule on one record to the list of each origin for whose records it is judged.
func (c *Catalogue) addRecordRule(rule *Rule) {
	for origin := range originsEnd {
		switch {
		case !rule.Of(origin):
		case rule.Family() == RowFamily:
			c.row[origin] = append(c.row[origin], rule)
		default:
			c.record[origin] = append(c.record[origin], rule)
		}
	}
}

// classify adds the code of a rule to the sets of codes that it belongs to.
func (c *Catalogue) classify(rule *Rule) {
	for origin := range originsEnd {
		sets := &c.byOrigin[origin]
		switch rule.SeverityFor(origin) {
		case Hold:
			sets.hold.Add(rule.Code)
		case Reject:
			sets.reject.Add(rule.Code)
			if family := rule.Family(); family != TimeFamily && family != VolumeFamily {
				sets.undelivered.Add(rule.Code)
			}
		}
	}
	if rule.Record == nil || rule.Severity != Signal || rule.OnlyNew {
		c.passing.Add(rule.Code) // only signals that depend on the record alone are permanent
	}
	if rule.Code == U03 || rule.Family() == RowFamily && rule.Severity == Reject {
		c.rowRejects.Add(rule.Code)
	}
}

// Rule returns the rule with the code, or nil.
func (c *Catalogue) Rule(code Code) *Rule {
	if code >= codesEnd {
		return nil
	}
	return c.byCode[code]
}

// Severity returns the severity of the code on a row of a spreadsheet; NoSeverity if the code is unknown. Where the record
// is at hand, use SeverityOn.
func (c *Catalogue) Severity(code Code) Severity { return c.SeverityFor(code, FromSpreadsheet) }

// SeverityFor returns the severity of the code on a record of that origin; NoSeverity if the code is unknown.
func (c *Catalogue) SeverityFor(code Code, origin Origin) Severity {
	if rule := c.Rule(code); rule != nil {
		return rule.SeverityFor(origin)
	}
	return NoSeverity
}

// SeverityOn returns the severity of the code on a record. Whatever is found on a prestatie after its answer is a signal,
// because the answer is final.
func (c *Catalogue) SeverityOn(r *Record, code Code) Severity {
	severity := c.SeverityFor(code, r.Origin)
	if severity != NoSeverity && r.Prestatie != nil && r.Prestatie.Answer != nil && !r.Prestatie.Answer.Codes.Has(code) {
		return Signal
	}
	return severity
}

// JudgedOn returns a function that reports whether a rule was judged at all on a record that got this outcome and these
// findings. It reports false for rules that are not about records.
func (c *Catalogue) JudgedOn(r *Record, outcome Outcome, findings []Finding) func(*Rule) bool {
	var codes, room CodeSet
	for i := range findings {
		codes.Add(findings[i].Code)
	}
	for _, rule := range c.room {
		room.Add(rule.Code)
	}
	unread, undelivered := codes.Meets(c.rowRejects), codes.Meets(c.byOrigin[r.Origin].undelivered)
	reachedRoom := outcome == Accepted || codes.Meets(room)
	return func(rule *Rule) bool {
		switch {
		case codes.Has(rule.Code):
			return true
		case rule.About != AboutRecord, !rule.Of(r.Origin), codes.Meets(rule.After), unread && rule.Family() != RowFamily:
			return false
		case rule.Room != nil:
			return reachedRoom
		case rule.Client != nil && undelivered:
			return false
		}
		return !rule.OnlyNew || r.Declared.IsZero()
	}
}
