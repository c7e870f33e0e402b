// From the cell to the euro, 3 of 8. What a row is among the versions of its reference – new, received already, a
// newer version, a withdrawal – is decided here, for billing/intake, which keeps the row. Later a run reads the
// versions that are valid from the store, client by client (billing/batch/run.go), and gives them to billing/judge.go.

package versions

import (
	"iter"

	"github.com/pxq-nl/pxq/billing"
)

// Kind says what a row is among the versions of its reference.
type Kind uint8

// The kinds of row. The zero value is none.
const (
	NoKind          Kind = iota
	AlreadyReceived      // it says nothing new: not kept, counted
	Version              // a readable version, the first or a newer one
	Withdrawal           // its quantity of 0 withdraws the version that holds
	Ambiguous            // U01: its group gives the reference another content too, or a prestatie has it
	Unreadable           // no version: it never replaces one, and goes once the reference comes again; a U03 row too
)

// Verdict says what a row is, and what it does to the first content of its group.
type Verdict struct {
	Kind             Kind
	NothingWithdrawn bool         // F03: its quantity of 0 withdraws nothing
	OtherClient      bool         // U03: the number was paid for another client
	SeenBefore       bool         // U06: an earlier version had this content, and something followed it
	Version          int          // of a kept row
	FirstReceived    billing.Date // when the reference first came in, readable or not
	Prior            Prior        // of a Version or a Withdrawal
	Repeats          int64        // of a row already received: the row that says the same
	First            FirstContent // what becomes of the first content of the group
	FirstRow         RowKey       // of the first content
	FirstVersion     int          // the version that it gets when it is kept after all
}

// FirstContent says what becomes of the first content that a group gave a reference when a second one comes.
type FirstContent uint8

const (
	FirstStays     FirstContent = iota // this row is no second content
	FirstAmbiguous                     // it was kept, and is ambiguous too
	FirstKept                          // it only repeated what holds; it is kept after all, as ambiguous
)

// Reference is what one group of files says of a reference, on top of what was known. It may be copied: a copy does
// not change with the original.
type Reference struct {
	known    *Known
	more     *moreContents // the contents after the first: then all are ambiguous
	first    Content       // the first readable content
	firstRow RowKey        // that gave it
	version  int           // the last one given
	given    bool          // the group gave the reference at all
	seen     bool          // it gave a readable content
	kept     bool          // the first content was kept as a row
	zero     bool          // the first content has quantity 0
	idle     bool          // the first content is a 0 that a close showed and that only repeats the row that withdrew the record
}

// moreContents is a list that only grows at its head, so that a copy of a Reference keeps its own.
type moreContents struct {
	Content
	row  int64
	next *moreContents
}

// NewReference returns a reference of which the group has said nothing yet.
func NewReference(known *Known) Reference {
	r := Reference{known: known}
	if known != nil {
		r.version = known.lastVersion
	}
	return r
}

// Known returns what was known of the reference before the group.
func (r *Reference) Known() *Known { return r.known }

// OnlyRepeats reports whether the one content that the group gave so far only repeats what holds, the current version or
// the row that withdrew it: the row that gave it is kept after all once another content comes.
func (r *Reference) OnlyRepeats() bool { return r.seen && !r.kept && r.more == nil }

// Take decides what a row of the group is. The order of the rows of a group matters only for which of several rows of
// one content is kept: the first.
func (r *Reference) Take(row Row) Verdict {
	r.given = true
	said := r.known.saidBy(row.Content)
	repeatsShown := row.Shown && said != 0
	if row.Shown {
		said = 0
	}
	_, isCurrent := r.known.Current()
	switch {
	case !row.Readable:
		return r.keep(row, Verdict{Kind: Unreadable, NothingWithdrawn: row.Zero})
	case !r.known.serves(row.Client):
		return r.keep(row, Verdict{Kind: Unreadable, OtherClient: true})
	case row.Zero && !isCurrent && said == 0 && !repeatsShown:
		return r.keep(row, Verdict{Kind: Unreadable, NothingWithdrawn: true})
	case row.Claimed && said != 0: // it brings nothing that the prestatie's reference could have been taken for
		return r.repeat(row, said)
	case row.Claimed: // no version, and no content of the group: what holds of the reference still does
		return r.keep(row, Verdict{Kind: Ambiguous})
	}
	if same, ok := r.find(row.Content); ok {
		return r.repeat(row, same)
	}
	if r.seen {
		return r.takeSecond(row)
	}
	r.seen, r.first, r.firstRow, r.zero = true, row.Content, row.RowKey, row.Zero
	if said != 0 {
		return r.repeat(row, said)
	}
	r.kept = true
	if row.Zero && !isCurrent { // it stays a row, but another content of its group makes it ambiguous as it would any repetition
		r.idle = true
		return r.keep(row, Verdict{Kind: Unreadable, NothingWithdrawn: true})
	}
	if row.Zero {
		return r.keep(row, Verdict{Kind: Withdrawal, Prior: r.known.priorTo(row.Client)})
	}
	return r.keep(row, Verdict{Kind: Version, Prior: r.known.priorTo(row.Client), SeenBefore: r.known.seenBefore(row.Content)})
}

// takeSecond keeps a row whose reference has another content in this group already: nobody can say which holds, so
// both are ambiguous, also when the first only repeated what holds.
func (r *Reference) takeSecond(row Row) Verdict {
	verdict := Verdict{Kind: Ambiguous}
	if r.more == nil {
		verdict.First, verdict.FirstRow = FirstAmbiguous, r.firstRow
		if !r.kept {
			r.version++
			verdict.First, verdict.FirstVersion = FirstKept, r.version
		}
	}
	r.more = &moreContents{row.Content, row.ID, r.more}
	return r.keep(row, verdict)
}

// keep completes the verdict of a row that is kept.
func (r *Reference) keep(row Row, verdict Verdict) Verdict {
	r.version++
	verdict.Version, verdict.FirstReceived = r.version, r.firstReceived(row)
	return verdict
}

// repeat returns the verdict of a row that says what another says already.
func (r *Reference) repeat(row Row, same int64) Verdict {
	return Verdict{Kind: AlreadyReceived, Repeats: same, FirstReceived: r.firstReceived(row)}
}

func (r *Reference) firstReceived(row Row) billing.Date {
	if r.known == nil {
		return row.ReceivedOn
	}
	return r.known.firstReceived
}

// find returns the row by which the group gave this content already.
func (r *Reference) find(c Content) (row int64, ok bool) {
	if !r.seen {
		return 0, false
	}
	if r.first == c {
		return r.firstRow.ID, true
	}
	for more := r.more; more != nil; more = more.next {
		if more.Content == c {
			return more.row, true
		}
	}
	return 0, false
}

// Change says how a kept row stands from now on.
type Change struct {
	Row   RowKey
	State State
}

// Settle ends the group and returns what it changes. Rows that could not be read and ambiguous ones go once the
// reference comes again, whatever comes; a version only when one readable content comes. A version that stands is then
// superseded and not replaced, unless it is withdrawn.
func (r *Reference) Settle() iter.Seq[Change] {
	return func(yield func(Change) bool) {
		if r.known == nil || !r.given {
			return
		}
		for _, open := range r.known.open {
			if !yield(Change{open, Replaced}) {
				return
			}
		}
		if !r.kept || r.idle || r.more != nil {
			return
		}
		for _, change := range [...]Change{{r.known.current, r.currentBecomes()}, {r.standingGoes(), Replaced}, {r.known.withdrawing, Replaced}} {
			if change.Row.ID != 0 && !yield(change) {
				return
			}
		}
		if r.zero {
			yield(Change{r.firstRow, Withdrawn})
		}
	}
}

// currentBecomes returns the state of the current version once the group brought a newer one or withdrew it.
func (r *Reference) currentBecomes() State {
	if r.known.stands && !r.zero {
		return Superseded
	}
	return Replaced
}

// standingGoes returns the standing version behind the current one, when the group withdraws the record.
func (r *Reference) standingGoes() RowKey {
	if r.zero {
		return r.known.standing
	}
	return RowKey{}
}
