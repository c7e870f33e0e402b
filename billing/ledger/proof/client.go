package proof

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// The stored words of states, outcomes and verdicts.
const (
	approved   = "approved"
	accepted   = "accepted"
	rejected   = "rejected"
	replaced   = "replaced"
	withdrawn  = "withdrawn"
	pending    = "pending"
	superseded = "superseded"
	current    = "current"
	takenBack  = "taken_back"
)

// Client is everything that is stored about a client, in the order of the keys.
type Client struct {
	BSN      string
	Records  []Record
	Outcomes []Outcome
	Lines    []Line

	referrals []referral
	answers   []Answer
	known     bool // the table clients has a row
	changed   bool // a change came in since the client was last judged
	restTo    billing.Date
}

// EachRecord visits the records with their outcomes, oldest first. For outcomes without a record, record is nil.
func (c *Client) EachRecord(visit func(record *Record, outcomes []Outcome)) {
	from := 0
	next := func(record int64) []Outcome {
		to := from
		for to < len(c.Outcomes) && c.Outcomes[to].record == record {
			to++
		}
		outcomes := c.Outcomes[from:to]
		from = to
		return outcomes
	}
	strays := func(before int64) {
		for from < len(c.Outcomes) && c.Outcomes[from].record < before {
			visit(nil, next(c.Outcomes[from].record))
		}
	}
	for i := range c.Records {
		r := &c.Records[i]
		strays(r.ID)
		visit(r, next(r.ID))
	}
	strays(math.MaxInt64)
}

// ApprovalOf returns the answer to a prestatie that was approved; nil if it was not. A prestatie that was rejected may have
// been declared before its answer, but nothing of what it was declared on stands in that answer.
func (c *Client) ApprovalOf(record *Record) *Answer {
	at, found := slices.BinarySearchFunc(c.answers, record.ID, func(a Answer, id int64) int { return cmp.Compare(a.record, id) })
	if !found || c.answers[at].verdict != approved {
		return nil
	}
	return &c.answers[at]
}

// contradict counts, by column name, the rows that contradict the data they are derived from.
func (p *Prover) contradict(c *Client, counts map[string]int) {
	count := func(name string, is bool) {
		if is {
			counts[name]++
		}
	}
	count("clients.bsn", len(c.Records) > 0 && !c.known)
	c.EachRecord(func(r *Record, outcomes []Outcome) {
		if r != nil {
			p.stateContradicts(c, r, outcomes, count)
			p.declaredContradicts(r, outcomes, count)
		}
		if r != nil && r.state == takenBack {
			return
		}
		for i := range outcomes {
			isLast := i+1 == len(outcomes)
			count("outcomes.last_run", isLast && outcomes[i].LastRun != 0 || !isLast && outcomes[i].LastRun != outcomes[i+1].FirstRun-1)
		}
	})
	for i := range c.Lines {
		l := &c.Lines[i]
		count("lines.last_run", l.LastRun != 0 && (l.Sequence > 0 || l.LastRun < l.FirstRun || l.LastRun >= p.lastRun))
	}
	c.latestContradicts(count)
}

// stateContradicts checks the state of a record against its outcome. A client with changes is judged in the next run, so
// its outcomes may lag behind.
func (p *Prover) stateContradicts(c *Client, r *Record, outcomes []Outcome, count func(string, bool)) {
	var holds *Outcome
	for i := range outcomes {
		if outcomes[i].LastRun == 0 {
			holds = &outcomes[i]
		}
	}
	judged := !c.changed
	count("outcomes.record_id", holds == nil && r.state != takenBack && judged)
	if holds != nil {
		count("records.state", !r.Prestatie && judged && !fits(r.state, holds.outcome))
		count("records.ambiguous", !r.Prestatie && judged && r.state == current && !strings.Contains(holds.codes, "F0") && !strings.Contains(holds.codes, "F10") &&
			r.ambiguous != flag(strings.Contains(holds.codes, "U01")))
		// A record at rest is declared, or is not to be paid.
		count("clients.rest_to", c.restTo != 0 && r.CareDate != 0 && r.CareDate <= c.restTo && r.declared == 0 && (holds.outcome == accepted || holds.outcome == pending))
	}
	count("records.known_as", r.knownAs != billing.KnownAs(r.reference))
	count("records.settled_by", r.state == current && r.settledBy != 0 ||
		(r.state == replaced || r.state == withdrawn || r.state == superseded) && !p.files[r.settledBy])
}

// fits reports whether a record in this state can have this outcome.
func fits(state, outcome string) bool {
	switch state {
	case superseded:
		return outcome == accepted || outcome == rejected || outcome == replaced
	case current:
		return outcome != replaced && outcome != withdrawn
	}
	return state == outcome
}

// declaredContradicts checks what a record says about the closes against its outcomes at them.
func (p *Prover) declaredContradicts(r *Record, outcomes []Outcome, count func(string, bool)) {
	period, last := int64(0), -1 // the first close at which it was accepted, and the index of the last
	for i := range outcomes {
		o := &outcomes[i]
		if !o.Accepted() {
			continue
		}
		from, to := p.closeFrom(o.FirstRun), len(p.closed)
		if o.LastRun != 0 {
			to = p.closeFrom(o.LastRun + 1)
		}
		if from >= to {
			continue
		}
		if first := int64(p.closed[from].Period); period == 0 || first < period {
			period = first
		}
		last = max(last, to-1)
	}
	count("records.declared", r.declared != period)
	count("records.standing", r.standing != flag(last >= 0 && last == len(p.closed)-1))
	count("records.declared_price of what was not declared", r.declared == 0 && r.declaredPrice != 0)
	if last < 0 {
		return
	}
	run := p.closed[last].ID
	for i := range outcomes {
		o := &outcomes[i]
		count("records.declared_price", o.FirstRun <= run && (o.LastRun == 0 || o.LastRun >= run) && int64(o.Price) != r.declaredPrice)
	}
}

// closeFrom returns the index of the first close whose run has that number or a later one; the number of closes if there is
// none.
func (p *Prover) closeFrom(run int64) int {
	for i := range p.closed {
		if p.closed[i].ID >= run {
			return i
		}
	}
	return len(p.closed)
}

// latestContradicts checks that, for each referral number, exactly the last version that was not taken back is marked as
// latest.
func (c *Client) latestContradicts(count func(string, bool)) {
	for from := 0; from < len(c.referrals); {
		to, latest := from, int64(-1)
		for ; to < len(c.referrals) && c.referrals[to].number == c.referrals[from].number; to++ {
			if r := &c.referrals[to]; r.takenAfter == 0 {
				latest = max(latest, r.version)
			}
		}
		for _, r := range c.referrals[from:to] {
			count("referrals.is_latest", r.latest != flag(r.takenAfter == 0 && r.version == latest))
		}
		from = to
	}
}

func flag(is bool) int64 {
	if is {
		return 1
	}
	return 0
}
