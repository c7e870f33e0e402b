package versions

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// Replay takes in the kept rows of a reference once more, by the groups in which they came in, after some rows between
// them were removed.
type Replay struct {
	Groups map[int64]int64          // the group of each file
	Gone   map[int64]bool           // groups with a file that was taken back
	Closes map[billing.Period]int64 // the last file that came in before the close of each closed period
}

// Fate is what a kept row is after a replay.
type Fate struct {
	Verdict         // of a row that is now AlreadyReceived, and no longer kept, Version is that of the row it repeats
	State     State // of a row that is still kept
	SettledBy int64 // the group that ended its being current; 0 while it is current
}

// Of returns the fate of each of the rows, which must be in the order of taking in.
func (p *Replay) Of(rows []Kept) []Fate {
	fates := make([]Fate, len(rows))
	for begin, end := 0, 0; begin < len(rows); begin = end {
		group := p.Groups[rows[begin].File]
		for end = begin; end < len(rows) && p.Groups[rows[end].File] == group; end++ {
		}
		p.takeGroup(rows[:end], fates[:end], begin, group)
	}
	for i := range rows {
		if fates[i].Kind == AlreadyReceived {
			same := repeated(rows, fates, i)
			fates[i].Repeats, fates[i].Version = rows[same].ID, fates[same].Version
		}
		p.settleByRepetition(&rows[i], &fates[i])
	}
	return fates
}

// takeGroup decides on rows[begin:], which are of one group; fates[:begin] must be known.
func (p *Replay) takeGroup(rows []Kept, fates []Fate, begin int, group int64) {
	before := make([]Kept, 0, begin)
	for i, row := range rows[:begin] {
		if fate := fates[i]; fate.Kind != AlreadyReceived {
			row.Kind, row.State, row.Version, row.FirstReceived = fate.Kind, fate.State, fate.Version, fate.FirstReceived
			if p.Closes[row.Declared] >= group {
				row.Declared = 0 // the group came in before that close
			}
			before = append(before, row)
		}
	}
	reference := NewReference(NewKnown(before))
	for i := begin; i < len(rows); i++ {
		verdict := reference.Take(rows[i].Row)
		fates[i] = Fate{Verdict: verdict}
		if verdict.First != FirstStays {
			first := &fates[indexOf(rows, verdict.FirstRow.ID)]
			first.Kind, first.NothingWithdrawn = Ambiguous, false
			if verdict.First == FirstKept {
				first.Repeats, first.Version = 0, verdict.FirstVersion
			}
		}
	}
	for change := range reference.Settle() {
		fate := &fates[indexOf(rows, change.Row.ID)]
		fate.State, fate.SettledBy = change.State, group
	}
}

// repeated returns the index of the kept row that row i repeats, directly or through others that only repeat it.
func repeated(rows []Kept, fates []Fate, i int) int {
	for fates[i].Kind == AlreadyReceived {
		i = indexOf(rows, fates[i].Repeats)
	}
	return i
}

func indexOf(rows []Kept, id int64) int {
	return slices.IndexFunc(rows, func(row Kept) bool { return row.ID == id })
}

// settleByRepetition keeps a row replaced if the rows that replaced it only repeated something and were therefore not
// kept: a replay does not see those.
func (p *Replay) settleByRepetition(row *Kept, fate *Fate) {
	open := fate.State == Current && (fate.Kind == Ambiguous || fate.Kind == Unreadable)
	if open && row.State == Replaced && row.SettledBy != 0 && !p.Gone[row.SettledBy] {
		fate.State, fate.SettledBy = Replaced, row.SettledBy
	}
}

// Changed reports whether a row that is still kept differs from what it was.
func (f *Fate) Changed(row *Kept) bool {
	return f.Kind != row.Kind || f.State != row.State || f.SettledBy != row.SettledBy || f.Version != row.Version ||
		f.FirstReceived != row.FirstReceived || f.Prior != row.Prior || f.SeenBefore != row.SeenBefore || f.OtherClient != row.OtherClient
}
