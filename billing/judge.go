// From the cell to the euro, 4 of 8. billing/batch/run.go reads all records and referrals of one client from the store and
// passes them here. Every rule of the catalogue looks at every record (in billing/rules, referral.go is a good file to start
// with; price.go sets the price of a record). decide, in decision.go, turns the findings into an outcome. Accepted records
// go on to billing/line.go.

package billing

// Judge judges clients for a period, by a book, a policy and the rules of a catalogue. It is read-only and safe for
// concurrent use. For how a run of the batch is stored see ledger.Run.
type Judge struct {
	Period    Period
	Book      *Book
	Policy    Policy
	Catalogue *Catalogue
}

// Judgement is the result of judging one client.
type Judgement struct {
	BSN         string
	Cases       []Case           // every record once, in order, with its outcome
	Signals     []ReferralSignal // D02 and D03
	Target      []Line           // the lines of care months up to the period, without frozen ones (before Policy.RecalculateFrom)
	Declaration []DeclaredLine   // the target minus the ledger, not yet numbered
	Rest        Rest             // the care that is at rest from now on
	OnceClosed  Rest             // the care at rest once the declaration is final, if the client then need not be judged again
	NeedsWhole  bool             // the client must be judged again together with its care at rest: all else here is void then
}

// ReferralSignal is a signal about a referral.
type ReferralSignal struct {
	Code         Code
	Referral     *Referral
	Municipality string // CBS code of the referral's municipality
	Values       []string
}

// Judge judges one client. It applies the rules on single rows and records (for a prestatie those of messages); then the
// credits, which take back their debits before any debit is judged further; then the rules that compare all records; then it
// decides on outcomes and on room in the referrals, in order; then it applies the rules that look at outcomes. Finally it
// computes the lines and their difference with the ledger. It is deterministic and does not change the client.
func (j *Judge) Judge(client *Client) *Judgement {
	file := newClientFile(j, client)
	file.lookUpPrestaties()
	for i := range file.Cases {
		if c := &file.Cases[i]; c.Record.Prestatie != nil {
			j.judgePrestatie(c)
		} else {
			j.judgeRecord(c)
		}
	}
	j.judgeCredits(file)
	file.judge(j.Catalogue.client, func(rule *Rule) { rule.Client(file) })
	j.decide(file, client.Decisions)
	file.judge(j.Catalogue.decided, func(rule *Rule) { rule.Decided(file) })
	judgement := &Judgement{BSN: client.BSN, Cases: file.Cases, Signals: j.referralSignals(file)}
	judgement.Target = j.TargetOf(file.Cases)
	judgement.Declaration = j.difference(judgement.Target, client.Ledger)
	judgement.Rest, judgement.NeedsWhole = j.rest(file, judgement.Declaration, client.Ledger), file.whole
	judgement.OnceClosed = j.onceClosed(file, judgement.Declaration, client.Ledger, judgement.Rest)
	return judgement
}

// MayChange reports whether a later run may come to another judgement without new input: a line is not yet final, or a
// record is neither in the ledger nor at rest.
func (j *Judgement) MayChange() bool {
	if len(j.Declaration) > 0 {
		return true
	}
	for i := range j.Cases {
		if c := &j.Cases[i]; (!c.IsDeclared() || c.Outcome != Accepted) && !j.Rest.Holds(c.Record.First) {
			return true
		}
	}
	return false
}

// judgeRecord applies the rules on a single record. A row that could not be read, or whose product or
// municipality the book does not know, gets no findings but those of F.
func (j *Judge) judgeRecord(c *Case) {
	for _, finding := range c.Record.Findings {
		if finding.Code == U03 { // such a row has no other finding
			c.Findings, c.Codes = nil, CodeSet{}
			c.add(finding)
			break
		}
		c.add(finding)
	}
	c.lookUp()
	c.judge(j.Catalogue.row[c.Record.Origin])
	if !c.Codes.Meets(j.Catalogue.rowRejects) {
		c.judge(j.Catalogue.record[c.Record.Origin])
	}
	c.undelivered = c.Codes.Meets(c.severities().undelivered)
}

// judge applies the rules in order. It skips a rule if the case has a finding after which it is not judged (Rule.After).
func (c *Case) judge(rules []*Rule) {
	for _, rule := range rules {
		if !c.Codes.Meets(rule.After) {
			c.rule = rule
			rule.Record(c)
		}
	}
}

// severities returns the codes that affect the outcome of a record of this origin.
func (c *Case) severities() *severities { return &c.Judge.Catalogue.byOrigin[c.Record.Origin] }

// judge applies the rules that look at all records, in order.
func (f *ClientFile) judge(rules []*Rule, apply func(*Rule)) {
	for _, rule := range rules {
		f.rule = rule
		apply(rule)
	}
}

// Find adds a finding of the rule being judged to a case, unless the case has a finding after which the rule is not judged
// (Rule.After).
func (f *ClientFile) Find(c *Case, field Field, values ...string) {
	if !c.Codes.Meets(f.rule.After) {
		c.rule = f.rule
		c.Find(field, values...)
	}
}

// referralSignals returns the signals about referrals. Each referral is judged once, by the first accepted or held record on
// it, in order, whose care month is the period.
func (j *Judge) referralSignals(file *ClientFile) []ReferralSignal {
	var signals []ReferralSignal
	seen := make(map[*Referral]bool)
	for i := range file.Cases {
		c := &file.Cases[i]
		if c.Outcome != Accepted && c.Outcome != Held || c.Record.CareMonth() != j.Period || c.Referral == nil || seen[c.Referral] {
			continue
		}
		seen[c.Referral] = true
		for _, rule := range j.Catalogue.referral {
			if values, found := rule.Referral(c); found {
				signals = append(signals, ReferralSignal{rule.Code, c.Referral, c.Municipality.Code, values})
			}
		}
	}
	return signals
}
