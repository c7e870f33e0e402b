package billing

// decide returns every case its outcome. Volume is judged last and in order, over records with no reject and
// no open hold, up to the period. What was answered keeps its outcome, and its room.
func (r *Run) decide(file *ClientFile, decisions []Decision) {
	latest := latestDecisions(decisions)
	usage := newUsage(r)
	for i := range file.Cases {
		file.Cases[i].keepAnswer(usage)
	}
	for i := range file.Cases {
		if c := &file.Cases[i]; !c.placed {
			c.recall(decisions)
			c.Outcome = r.withoutRoom(c, latest)
		}
	}
	debits := file.debits()
	for i := range file.Cases {
		r.place(&file.Cases[i], debits, usage)
	}
}

// place judges whether there is room for a case, unless its outcome is final already.
func (r *Run) place(c *Case, debits debits, usage *Usage) {
	if c.placed {
		return
	}
	c.placed = true
	if c.Record.Prestatie != nil {
		for _, earlier := range debits.before(c) {
			r.place(earlier, debits, usage)
		}
		c.findStanding(debits)
	}
	switch {
	case c.newer != nil && c.newer.Outcome == Pending:
		c.replace() // and uses no room
	case c.standing != nil:
		usage.takePlace(c, r.Catalogue.room)
	case c.Outcome == Accepted && !usage.take(c, r.Catalogue.room):
		c.Outcome = Rejected
	}
}

// withoutRoom returns the outcome of a case, whatever room there is for it.
func (r *Run) withoutRoom(c *Case, latest map[decisionKey]string) Outcome {
	switch {
	case c.Codes.Meets(c.severities().reject), c.refusedBy(latest):
		return Rejected
	case c.hasOpenHold(latest):
		return Held
	case c.Record.CareMonth() > r.Period:
		return Pending
	}
	return Accepted
}

// takePlace judges the room of a newer version of a standing one, whose room is free for it. If it is accepted it takes
// the place of the standing one, which else keeps its room.
func (u *Usage) takePlace(c *Case, rules []*Rule) {
	before := c.standing
	if c.Outcome != Accepted {
		return
	}
	if before.Outcome == Accepted {
		u.use(before, -1)
	}
	if u.take(c, rules) {
		before.replace()
		return
	}
	c.Outcome = Rejected
	if before.Outcome == Accepted {
		u.use(before, 1)
	}
}

// replace makes a standing version replaced, as if it had not been judged. Who is responsible for it is known.
func (c *Case) replace() {
	c.Outcome, c.Findings, c.Codes, c.Referral, c.referral, c.Price = Replaced, nil, CodeSet{}, nil, nil, 0
}
