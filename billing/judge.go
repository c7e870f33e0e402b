// From the cell to the euro, 4 of 8. billing/batch/run.go brings all records and referrals of one client here out of the
// store. Each rule of the catalogue looks at each record (billing/rules: referral.go is a good one to begin with, and
// price.go gives the record its price). decide, in decision.go, makes its outcome of the findings. Accepted records go on
// to billing/line.go.

package billing

// Judge judges clients, in a period, by a book, a policy and the rules of a catalogue. It is read-only and may be shared by
// all cores. What a run of the batch is in the store says ledger.Run.
type Judge struct {
	Period    Period
	Book      *Book
	Policy    Policy
	Catalogue *Catalogue
}

// Judgement is what a client's records and referrals come to.
type Judgement struct {
	BSN         string
	Cases       []Case           // every record once, in order, with its outcome
	Signals     []ReferralSignal // D02 and D03
	Target      []Line           // what the care months up to the period come to, without the frozen ones (before Policy.RecalculateFrom)
	Declaration []DeclaredLine   // the target minus the ledger, not yet numbered
	Rest        Rest             // what of the client lies at rest from now on
	OnceClosed  Rest             // what lies at rest once the declaration is final, if the client then need not be judged again; else nothing
	NeedsWhole  bool             // the client has to be judged with what lies at rest: nothing else here counts then
}

// ReferralSignal is a signal about a referral.
type ReferralSignal struct {
	Code         Code
	Referral     *Referral
	Municipality string // CBS code of the referral's municipality
	Values       []string
}

// Judge judges one client: row and record rules (of a prestatie those of messages), then the credits, which take back
// their debits before any debit is judged further, then the rules that look at all records together, then the
// outcomes and the room of the referrals in order, then the rules that look at the outcomes; and computes its lines
// and their difference with the ledger. It is deterministic and does not change the client.
func (j *Judge) Judge(client *Client) *Judgement {
	file := newClientFile(j, client)
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

// MayChange reports whether a later run may come to something else without new input: a line is not yet final, or a
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

// judgeRecord applies the rules that see one record. A row that could not be read, or whose product or
// municipality the book does not know, gets no findings but those of F.
func (j *Judge) judgeRecord(c *Case) {
	for _, finding := range c.Record.Findings {
		if finding.Code == U03 { // it carries no other
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

// judge applies the rules in order, each where no finding stands in its way.
func (c *Case) judge(rules []*Rule) {
	for _, rule := range rules {
		if !c.Codes.Meets(rule.After) {
			c.rule = rule
			rule.Record(c)
		}
	}
}

// severities returns what findings do to a record of this origin.
func (c *Case) severities() *severities { return &c.Judge.Catalogue.byOrigin[c.Record.Origin] }

// judge applies the rules that look at all records, in order.
func (f *ClientFile) judge(rules []*Rule, apply func(*Rule)) {
	for _, rule := range rules {
		f.rule = rule
		apply(rule)
	}
}

// Find records that the rule being judged found something in a case, unless another finding stands in its way.
func (f *ClientFile) Find(c *Case, field Field, values ...string) {
	if !c.Codes.Meets(f.rule.After) {
		c.rule = f.rule
		c.Find(field, values...)
	}
}

// referralSignals returns what is signalled about referrals, once for each that has an accepted or held record whose
// care month is the period: the first such record in order speaks for it.
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
