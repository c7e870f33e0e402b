package billing

// decide returns every case its outcome. Volume is judged last and in order, over records with no reject and
// no open hold, up to the period.
func (r *Run) decide(file *ClientFile, decisions []Decision) {
	latest := latestDecisions(decisions)
	for i := range file.Cases {
		c := &file.Cases[i]
		c.recall(decisions)
		c.Outcome = r.withoutRoom(c, latest)
	}
	usage := newUsage(r)
	for i := range file.Cases {
		c := &file.Cases[i]
		switch {
		case c.newer != nil && c.newer.Outcome == Pending:
			c.replace() // and uses no room
		case c.standing != nil:
			usage.takePlace(c, r.Catalogue.room)
		case c.Outcome == Accepted && !usage.take(c, r.Catalogue.room):
			c.Outcome = Rejected
		}
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
