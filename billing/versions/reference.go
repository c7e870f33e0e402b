// From the cell to the euro, 3 of 8. What a row is among the versions of its reference – new, already received, a
// newer version, a withdrawal – is decided here for billing/intake, which stores the row. Later a run reads the valid
// versions from the store, client by client (billing/batch/run.go), and passes them to billing/judge.go.

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
	AlreadyReceived      // it says nothing new: counted, not kept
	Version              // a readable version, the first or a newer one
	Withdrawal           // its quantity of 0 withdraws the current version
	Ambiguous            // U01: its group has other content for the reference too, or a prestatie has the reference
	Unreadable           // no version, as also a U03 row: it never replaces one, and is replaced once the reference comes again
)

// Verdict says what a row is, and how it changes the verdict on the first content of its group.
type Verdict struct {
	Kind             Kind
	NothingWithdrawn bool         // F03: its quantity of 0 withdraws nothing
	OtherClient      bool         // U03: the number was paid for another client
	SeenBefore       bool         // U06: an earlier version had this content, and something followed it
	Version          int          // the version number of a kept row
	FirstReceived    billing.Date // when the reference first came in, readable or not
	Prior            Prior        // of a Version or a Withdrawal
	Repeats          int64        // of a row already received: the ID of the row that says the same
	First            FirstContent // how the verdict on the first content of the group changes
	FirstRow         RowKey       // the row of the first content
	FirstVersion     int          // the version number that it gets with FirstKept
}

// FirstContent says how the verdict on the first content of a group changes when a second one comes.
type FirstContent uint8

// The changes.
const (
	FirstStays     FirstContent = iota // none: this row is not a second content
	FirstAmbiguous                     // it was kept, and is ambiguous too
	FirstKept                          // it only repeated a row; now it is kept too, as ambiguous
)

// Reference is what one group of files says about a reference, in addition to what was known. It may be copied; a
// copy is independent of the original.
type Reference struct {
	known    *Known
	more     *moreContents // the contents after the first; if there are any, all are ambiguous
	first    Content       // the first readable content
	firstRow RowKey        // the row that has it
	version  int           // the last version number given
	given    bool          // the group has a row with the reference
	seen     bool          // it has a readable one
	kept     bool          // the row of the first content was kept
	zero     bool          // the first content has quantity 0
	idle     bool          // the first content is a 0 that a close showed and that only repeats the row that withdrew the record
}

// moreContents is a linked list that grows only at its head, so that copies of a Reference can share it.
type moreContents struct {
	Content
	row  int64
	next *moreContents
}

// NewReference returns a reference before the first row of a group.
func NewReference(known *Known) Reference {
	r := Reference{known: known}
	if known != nil {
		r.version = known.lastVersion
	}
	return r
}

// Known returns what was known of the reference before the group.
func (r *Reference) Known() *Known { return r.known }

// OnlyRepeats reports whether the group has one content so far, which only repeats the current version or the row that
// withdrew the record. Its row must be kept after all if another content comes (FirstKept).
func (r *Reference) OnlyRepeats() bool { return r.seen && !r.kept && r.more == nil }

// Take decides what a row of the group is. The order of the rows of a group matters only in that the first of several rows
// with one content is kept.
func (r *Reference) Take(row Row) Verdict {
	r.given = true
	said := r.known.rowWith(row.Content)
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
	case row.Claimed && said != 0: // it brings nothing new that could clash with the prestatie
		return r.repeat(row, said)
	case row.Claimed: // it is no version and no content of the group, so it changes nothing of the reference
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
	if row.Zero && !isCurrent { // it stays a row; another content of its group makes it ambiguous like any repetition
		r.idle = true
		return r.keep(row, Verdict{Kind: Unreadable, NothingWithdrawn: true})
	}
	if row.Zero {
		return r.keep(row, Verdict{Kind: Withdrawal, Prior: r.known.priorTo(row.Client)})
	}
	return r.keep(row, Verdict{Kind: Version, Prior: r.known.priorTo(row.Client), SeenBefore: r.known.seenBefore(row.Content)})
}

// takeSecond keeps a row whose reference already has other content in this group: nobody can say which is right, so
// both are ambiguous, even if the first only repeated an earlier row.
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

// repeat returns the verdict on a row that says the same as an earlier one.
func (r *Reference) repeat(row Row, same int64) Verdict {
	return Verdict{Kind: AlreadyReceived, Repeats: same, FirstReceived: r.firstReceived(row)}
}

func (r *Reference) firstReceived(row Row) billing.Date {
	if r.known == nil {
		return row.ReceivedOn
	}
	return r.known.firstReceived
}

// find returns the ID of the row of the group that already has this content.
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

// Change is a new state of a kept row.
type Change struct {
	Row   RowKey
	State State
}

// Settle ends the group and returns how the states of kept rows change. Unreadable and ambiguous rows are replaced once
// the reference comes again in any row; a version only when the group has one readable content for it. A version that
// stands then becomes superseded instead of replaced, unless it is withdrawn.
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
		for _, change := range [...]Change{{r.known.current, r.newStateOfCurrent()}, {r.standingToReplace(), Replaced}, {r.known.withdrawing, Replaced}} {
			if change.Row.ID != 0 && !yield(change) {
				return
			}
		}
		if r.zero {
			yield(Change{r.firstRow, Withdrawn})
		}
	}
}

// newStateOfCurrent returns the state of the current version after the group replaced or withdrew it.
func (r *Reference) newStateOfCurrent() State {
	if r.known.stands && !r.zero {
		return Superseded
	}
	return Replaced
}

// standingToReplace returns the standing version before the current one if the group withdraws the record; else none.
func (r *Reference) standingToReplace() RowKey {
	if r.zero {
		return r.known.standing
	}
	return RowKey{}
}
