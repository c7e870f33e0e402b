package billing

// Run is what a judgement is made with: the period, the book, the policy and the rules. It is read-only and
// may be shared by all cores.
type Run struct {
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
	Target      []Line           // what the care months up to the period come to, frozen months apart
	Declaration []DeclaredLine   // the target minus the ledger, not yet numbered
}

// ReferralSignal is a signal about a referral.
type ReferralSignal struct {
	Code         Code
	Referral     *Referral
	Municipality string // CBS code of the referral's municipality
	Values       []string
}

// Judge judges one client: row and record rules, then the rules that look at all records together, then the
// outcomes and the room of the referrals in order; and computes its lines and their difference with the
// ledger. It is deterministic and does not change the client.
func (r *Run) Judge(client *Client) *Judgement {
	docket := newClientFile(r, client)
	for i := range docket.Cases {
		r.judgeRecord(&docket.Cases[i])
	}
	for _, rule := range r.Catalogue.client {
		docket.rule = rule
		rule.Client(docket)
	}
	r.decide(docket, client.Decisions)
	judgement := &Judgement{BSN: client.BSN, Cases: docket.Cases, Signals: r.referralSignals(docket)}
	r.signalSegment1(docket)
	judgement.Target = r.target(docket.Cases)
	judgement.Declaration = r.difference(judgement.Target, client.Ledger)
	return judgement
}

// judgeRecord applies the rules that see one record. A row that could not be read, or whose product or
// municipality the book does not know, gets no findings but those of F.
func (r *Run) judgeRecord(c *Case) {
	for _, finding := range c.Record.Findings {
		c.add(finding)
	}
	c.lookUp()
	for _, rule := range r.Catalogue.record {
		if !rule.isRow() && c.isRowRejected() || c.Codes.Meets(rule.After) {
			continue
		}
		c.rule = rule
		rule.Record(c)
	}
	if c.Record.Ambiguous && !c.isRowRejected() {
		c.add(Finding{Code: U01, Field: FieldReference, Values: []string{c.Record.Reference}})
	}
	c.contested = c.Codes.Meets(r.Catalogue.reject &^ Codes(T01))
}

// isRow says whether the rule belongs to family F, which is judged on every row.
func (rule *Rule) isRow() bool { return rule.Code <= F11 }

// isRowRejected says whether the row has a reject of family F.
func (c *Case) isRowRejected() bool { return c.Codes.Meets(Unreadable | Codes(F07, F08)) }

// Find makes the docket's rule find something in a case.
func (d *ClientFile) Find(c *Case, field Field, values ...string) {
	c.rule = d.rule
	c.Find(field, values...)
}

// decide gives every case its outcome. Volume is judged last and in order, over records with no reject and
// no open hold, up to the period.
func (r *Run) decide(docket *ClientFile, decisions []Decision) {
	latest := latestDecisions(decisions)
	rooms := newUsage(r)
	end := r.Period.Last()
	for i := range docket.Cases {
		c := &docket.Cases[i]
		switch {
		case c.Codes.Meets(r.Catalogue.reject):
			c.Outcome = Rejected
		case c.refusedBy(latest):
			c.Outcome = Rejected
		case c.hasOpenHold(latest):
			c.Outcome = Held
		case c.Record.First > end:
			c.Outcome = Pending
		case !rooms.take(c, r.Catalogue.room):
			c.Outcome = Rejected
		default:
			c.Outcome = Accepted
		}
	}
}

type decisionKey struct {
	provider, reference string
	version             int
	code                Code
}

// latestDecisions keeps the latest decision on each finding.
func latestDecisions(decisions []Decision) map[decisionKey]string {
	if len(decisions) == 0 {
		return nil
	}
	latest := make(map[decisionKey]string, len(decisions))
	for _, d := range decisions {
		latest[decisionKey{d.Provider, d.Reference, d.Version, d.Code}] = d.Word
	}
	return latest
}

func (c *Case) decision(latest map[decisionKey]string, code Code) string {
	if latest == nil {
		return ""
	}
	return latest[decisionKey{c.Record.Provider, c.Record.Reference, c.Record.Version, code}]
}

// refusedBy says whether a controller refused the record on a hold that still applies.
func (c *Case) refusedBy(latest map[decisionKey]string) bool {
	if latest == nil {
		return false
	}
	for _, finding := range c.Findings {
		if c.Run.Catalogue.hold.Has(finding.Code) && c.decision(latest, finding.Code) == Refuse {
			return true
		}
	}
	return false
}

// hasOpenHold says whether a hold stands that nobody lifted. A version that was declared is not held again:
// what was paid is not shaken by what comes later.
func (c *Case) hasOpenHold(latest map[decisionKey]string) bool {
	if c.IsDeclared() || !c.Codes.Meets(c.Run.Catalogue.hold) {
		return false
	}
	for _, finding := range c.Findings {
		if !c.Run.Catalogue.hold.Has(finding.Code) {
			continue
		}
		if c.Run.Catalogue.Rule(finding.Code).NoLift || c.decision(latest, finding.Code) != Allow {
			return true
		}
	}
	return false
}
