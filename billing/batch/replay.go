package batch

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// replay takes in the kept rows of one reference once more, in the order of their groups of files, as intake did:
// what a row is follows from the rows before it, of which some are gone.
type replay struct {
	group map[int64]int64            // of a file
	gone  map[int64]bool             // groups of which a file was taken back
	shown func(*billing.Record) bool // a closed period shows the row, so that it stays a row
	rows  []*replayed                // in the order of taking in
	by    map[*billing.Record]*replayed
}

// replayed is a row before and after.
type replayed struct {
	before  ledger.StoredRecord
	after   ledger.StoredRecord
	repeats *replayed // the row that it only repeats: then it is not kept; nil if it is
}

// of replays the rows of one reference.
func (p *replay) of(rows []ledger.StoredRecord) []*replayed {
	p.rows, p.by = nil, make(map[*billing.Record]*replayed)
	for len(rows) > 0 {
		group := p.group[rows[0].FileID]
		end := slices.IndexFunc(rows, func(row ledger.StoredRecord) bool { return p.group[row.FileID] != group })
		if end < 0 {
			end = len(rows)
		}
		p.takeGroup(rows[:end], group)
		rows = rows[end:]
	}
	p.settleRepeated()
	return p.rows
}

// settleRepeated keeps replaced what a group replaced by rows that were not kept: they only repeated something.
func (p *replay) settleRepeated() {
	for _, row := range p.rows {
		by := row.before.SettledBy
		open := row.after.State == ledger.Current && (!row.after.Readable() || row.after.Ambiguous)
		if open && row.before.State == ledger.Replaced && by != 0 && !p.gone[by] {
			row.after.State, row.after.SettledBy = ledger.Replaced, by
		}
	}
}

// kept gives the rows that are kept so far.
func (p *replay) kept() []ledger.StoredRecord {
	var rows []ledger.StoredRecord
	for _, row := range p.rows {
		if row.repeats == nil {
			rows = append(rows, row.after)
		}
	}
	return rows
}

// groupReplay is what one group says of the reference.
type groupReplay struct {
	*replay
	past   *history // nil for nothing
	first  *replayed
	more   []*replayed // readable rows of other contents
	stored bool        // the first content is kept as a version
}

func (p *replay) takeGroup(rows []ledger.StoredRecord, group int64) {
	past := p.kept()
	g := &groupReplay{replay: p}
	received := billing.Date(0)
	if len(past) > 0 {
		g.past, received = newHistory(past), past[0].FirstReceived
	}
	begun := len(p.rows)
	for _, row := range rows {
		r := *row.Record
		r.Findings = withoutZero(&r)
		r.Ambiguous, r.HasPrior, r.PriorUnit, r.PriorQuantity = false, false, billing.NoUnit, 0
		if r.FirstReceived = received; len(past) == 0 {
			r.FirstReceived = r.Received
		}
		next := &replayed{before: row, after: ledger.StoredRecord{Record: &r, State: ledger.Current}}
		p.rows, p.by[&r] = append(p.rows, next), next
		g.take(next)
	}
	version := int(lastVersion(past))
	for _, row := range p.rows[begun:] {
		if row.repeats == nil {
			version++
			row.after.Version = version
		}
	}
	if g.past != nil {
		g.settle(group)
	}
}

// take decides what one row is; see intake.take.
func (g *groupReplay) take(row *replayed) {
	r := row.after.Record
	switch {
	case !r.Readable():
		addZero(r)
	case r.Quantity == 0 && (g.past == nil || g.past.current == nil):
		if g.past != nil && g.past.withdrawing != nil && g.past.withdrawing.SameContent(r) && !g.shown(r) {
			row.repeats = g.by[g.past.withdrawing]
			return
		}
		r.Findings = append(r.Findings, zeroFinding())
	default:
		g.takeReadable(row)
	}
}

func (g *groupReplay) takeReadable(row *replayed) {
	r := row.after.Record
	for _, other := range append([]*replayed{g.first}, g.more...) {
		if other != nil && other.after.SameContent(r) {
			row.repeats = other
			return
		}
	}
	if g.first != nil {
		g.first.after.Ambiguous, r.Ambiguous = true, true
		if g.first.repeats != nil {
			g.first.repeats = nil // kept after all, as one of the ambiguous rows
			g.stored = false
		}
		g.more = append(g.more, row)
		return
	}
	g.first = row
	if g.past != nil && g.past.current != nil && g.past.current.SameContent(r) && !g.shown(r) {
		row.repeats = g.by[g.past.current]
		return
	}
	if g.past != nil && g.past.prior != nil {
		r.HasPrior, r.PriorUnit, r.PriorQuantity = true, g.past.prior.Unit, g.past.prior.Quantity
	}
	g.stored = true
}

// settle replaces what the group replaces; see intake.settleOne.
func (g *groupReplay) settle(group int64) {
	settled := func(r *billing.Record) {
		if r != nil {
			g.by[r].after.State, g.by[r].after.SettledBy = ledger.Replaced, group
		}
	}
	for _, open := range g.past.open {
		settled(open)
	}
	if !g.stored || len(g.more) > 0 {
		return
	}
	settled(g.past.current)
	settled(g.past.withdrawing)
	if g.first.after.Quantity == 0 {
		g.first.after.State, g.first.after.SettledBy = ledger.Withdrawn, group
	}
}

// withoutZero gives the findings of a row without the one that intake adds to a quantity of 0.
func withoutZero(r *billing.Record) []billing.Finding {
	if !r.HasQuantity || r.Quantity != 0 {
		return r.Findings
	}
	zero := zeroFinding()
	return slices.DeleteFunc(slices.Clone(r.Findings), func(f billing.Finding) bool {
		return f.Code == zero.Code && f.Field == zero.Field && slices.Equal(f.Values, zero.Values)
	})
}

// changed says whether the row is not what it was.
func (r *replayed) changed() bool {
	a, b := r.before, r.after
	return a.State != b.State || a.SettledBy != b.SettledBy || a.Version != b.Version || a.FirstReceived != b.FirstReceived ||
		a.Ambiguous != b.Ambiguous || a.HasPrior != b.HasPrior || a.PriorUnit != b.PriorUnit || a.PriorQuantity != b.PriorQuantity ||
		len(a.Findings) != len(b.Findings)
}
