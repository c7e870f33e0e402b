package billing

import "slices"

// The values of Decision.Word.
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
	Second    string // who agreed, where two decide together; "" where one does
	On        Date
	File      string
	FileID    int64

	// Rules that are OnlyNew are not judged on a declared version. A controller may still reject it on what they found
	// before.
	AfterClose bool     // taken after the close that declared the version
	Had        *Finding // the finding on which it was taken, as an earlier run had it; nil if none had it
}

// Deciders returns who took the decision: one person, or two together.
func (d *Decision) Deciders() string {
	if d.Second == "" {
		return d.By
	}
	return d.By + " + " + d.Second
}

// IsOn reports whether the decision is on that version of the record. References are compared as written: 7 and 007 are two
// prestaties. A record whose reference was used before it (8021, U01) cannot be decided on: the decision is on the one that
// used it first.
func (d *Decision) IsOn(r *Record) bool {
	return d.Provider == r.Provider && d.Version == r.Version && d.Reference == r.Reference && !r.Ambiguous
}

type decisionKey struct {
	provider, reference string
	version             int
	code                Code
}

// latestDecisions returns the word of the latest decision on each finding.
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

// recall restores findings of earlier runs on a declared version that are no longer looked for (OnlyNew), where a
// controller rejected the version on them after the close.
func (c *Case) recall(decisions []Decision) {
	if len(decisions) == 0 || !c.IsDeclared() {
		return
	}
	latest := make(map[Code]*Decision)
	for i := range decisions {
		if d := &decisions[i]; d.IsOn(c.Record) {
			latest[d.Code] = d
		}
	}
	for i := range decisions { // in the order in which they were taken
		d := &decisions[i]
		if latest[d.Code] != d || d.Word != Refuse || !d.AfterClose || d.Had == nil || c.Codes.Has(d.Code) {
			continue
		}
		if rule := c.Judge.Catalogue.Rule(d.Code); rule != nil && rule.OnlyNew && c.severities().hold.Has(d.Code) {
			c.add(*d.Had)
		}
	}
}

// refusedBy reports whether a controller refused the record on a hold that still applies.
func (c *Case) refusedBy(latest map[decisionKey]string) bool {
	if latest == nil {
		return false
	}
	for _, finding := range c.Findings {
		if c.severities().hold.Has(finding.Code) && c.decision(latest, finding.Code) == Refuse {
			return true
		}
	}
	return false
}

// hasOpenHold reports whether the case has a hold that nobody lifted. A declared version is never held again:
// later data must not undo what was paid.
func (c *Case) hasOpenHold(latest map[decisionKey]string) bool {
	if c.IsDeclared() || !c.Codes.Meets(c.severities().hold) {
		return false
	}
	return slices.ContainsFunc(c.Findings, func(finding Finding) bool { return c.isUnlifted(latest, finding.Code) })
}

// isUnlifted reports whether a code of the case is a hold that no controller lifted, or that none can lift.
func (c *Case) isUnlifted(latest map[decisionKey]string, code Code) bool {
	return c.severities().hold.Has(code) && (c.Judge.Catalogue.Rule(code).NoLift || c.decision(latest, code) != Allow)
}

// OpenHolds returns the codes of the holds that need a decision, each once: those of a held case that no
// controller lifted, and those on a declared version, which stays accepted until a controller refuses it.
func (c *Case) OpenHolds(decisions []Decision) []Code {
	if c.answer() != nil {
		return nil // the answer is final
	}
	if c.Outcome != Held && (c.Outcome != Accepted || !c.IsDeclared()) {
		return nil
	}
	latest := latestDecisions(decisions)
	var open []Code
	var seen CodeSet
	for _, finding := range c.Findings {
		if !seen.Has(finding.Code) && c.isUnlifted(latest, finding.Code) {
			seen.Add(finding.Code)
			open = append(open, finding.Code)
		}
	}
	return open
}

// decide gives every case its outcome: from its findings and the decisions on them, and then, in order, from the room of
// its referral. Only records of care up to the period, with no reject and no open hold, use room. Answered prestaties keep
// their outcome and their room.
func (j *Judge) decide(file *ClientFile, decisions []Decision) {
	latest := latestDecisions(decisions)
	usage := &Usage{}
	usage.takeRest(file)
	for i := range file.Cases {
		file.Cases[i].keepAnswer(usage)
	}
	for i := range file.Cases {
		if c := &file.Cases[i]; !c.placed {
			c.recall(decisions)
			c.Outcome = j.withoutRoom(c, latest)
		}
	}
	debits := file.debits()
	for i := range file.Cases {
		j.place(&file.Cases[i], debits, usage)
	}
}

// place makes the outcome of a case final by judging whether there is room for it, unless it is final already.
func (j *Judge) place(c *Case, debits debits, usage *Usage) {
	if c.placed {
		return
	}
	c.placed = true
	if c.Record.Prestatie != nil {
		earlier := debits.before(c)
		for same := range earlier {
			for ; same.placed < len(same.debits) && same.debits[same.placed].Record.ID < c.Record.ID; same.placed++ {
				j.place(same.debits[same.placed], debits, usage)
			}
		}
		c.rejectSecondDebit(earlier)
	}
	switch {
	case c.newer != nil && c.newer.Outcome == Pending:
		c.settleAs(Replaced) // and uses no room
	case c.standing != nil:
		usage.takePlace(c, j.Catalogue.room)
	case c.Outcome == Accepted && !usage.take(c, j.Catalogue.room):
		c.Outcome = Rejected
	}
}

// withoutRoom returns the outcome of a case before the room for it is judged.
func (j *Judge) withoutRoom(c *Case, latest map[decisionKey]string) Outcome {
	switch {
	case c.Codes.Meets(c.severities().reject), c.refusedBy(latest):
		return Rejected
	case c.hasOpenHold(latest):
		return Held
	case c.Record.CareMonth() > j.Period:
		return Pending
	}
	return Accepted
}

// takePlace judges whether there is room for c, a newer version of a standing one; the room that the standing one uses counts
// as free. If c fits, the standing one is replaced; else that one keeps its room.
func (u *Usage) takePlace(c *Case, rules []*Rule) {
	before := c.standing
	if c.Outcome != Accepted {
		return
	}
	if before.Outcome == Accepted {
		u.use(before, -1)
	}
	if u.take(c, rules) {
		before.settleAs(Replaced)
		return
	}
	c.Outcome = Rejected
	if before.Outcome == Accepted {
		u.use(before, 1)
	}
}

// DecisionRow is one row of a file with decisions, as written.
type DecisionRow struct {
	Reference  string
	Provider   string
	Code       string // as written
	Version    int    // 0: the current one
	BadVersion bool   // the version is filled in but is not a number
	Word       string // as written; "" if the controller left it empty
	Reason     string // "" if its cell is empty or cannot be read
	BadReason  BadCell
	By         string
	Second     string // who agreed
	File       string
	Sheet      string
	Row        int
}

// BadCell is a cell whose text cannot be read; the zero value is none.
type BadCell struct {
	Place string // G217
	Found string // the error in it; "" for a formula whose result the file does not hold
}
