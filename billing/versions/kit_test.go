package versions

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// A play is a text that lists the rows of one reference that come in: | starts another group of files, / another file of
// the group. A row is a number, which is its content; 0 and 0a, 0b, … have quantity 0 and different contents; ? cannot
// be read, nor can ?0, whose quantity is 0. A row is of client 1, with @2 of client 2. A group ! is a close that accepts
// the current version; a group !s is one that leaves the standing version standing and accepts no other.
//
// The fates of the rows are written in the same order: = already received, V version, W withdrawal, A ambiguous (U01),
// X unreadable, Z a 0 that withdraws nothing (F03), U for another client (U03), followed by the version number, * if
// the content was seen before (U06), @ if the version before it has another BSN (U05), and r if the row is replaced, w
// if it is the current withdrawing row or s if it is superseded and stands.
type actor struct {
	text    string
	file    int64
	row     Row
	kept    *Kept // nil while it is not kept
	nothing bool  // F03: its quantity of 0 withdraws nothing
}

// failer is a *testing.T or a *rapid.T.
type failer interface {
	Helper()
	Fatalf(format string, values ...any)
}

// player takes in rows as an intake does.
type player struct {
	kept   []*Kept // in the order of taking in
	actors []*actor
	groups map[int64]int64
	closes map[billing.Period]int64
	nextID int64
	file   int64
}

func newPlayer() *player {
	return &player{groups: make(map[int64]int64), closes: make(map[billing.Period]int64), nextID: 1}
}

// newActor parses a row of a play.
func newActor(t failer, text string, file int64) *actor {
	t.Helper()
	what, client, named := strings.Cut(text, "@")
	row := Row{Readable: what[0] != '?', Zero: strings.HasPrefix(strings.TrimPrefix(what, "?"), "0"), Unit: billing.Time}
	row.Client = 1
	if named {
		fmt.Sscan(client, &row.Client)
	}
	if row.Readable {
		copy(row.Content[:], []uint64{uint64(row.Client), 0})
		for _, letter := range what {
			row.Content[1] = row.Content[1]<<8 | uint64(letter)
		}
		if !row.Zero {
			var quantity int64
			if _, err := fmt.Sscan(what, &quantity); err != nil {
				t.Fatalf("row %q is not understood", text)
			}
			row.Quantity = billing.Quantity(quantity)
		}
	}
	row.ReceivedOn = billing.Date(1000 + file)
	return &actor{text: text, file: file, row: row}
}

// tell plays a play.
func tell(t failer, text string) *player {
	t.Helper()
	p := newPlayer()
	for group := range strings.SplitSeq(text, "|") {
		if word := strings.TrimSpace(group); word == "!" || word == "!s" {
			p.close(word == "!")
			continue
		}
		var files [][]*actor
		for file := range strings.SplitSeq(group, "/") {
			p.file++
			var actors []*actor
			for row := range strings.FieldsSeq(file) {
				actors = append(actors, newActor(t, row, p.file))
			}
			files = append(files, actors)
		}
		p.takeGroup(files)
	}
	return p
}

// close declares the version that stands: the current one, or the one that it did not replace.
func (p *player) close(acceptsCurrent bool) {
	period := billing.Period(len(p.closes) + 1)
	p.closes[period] = p.file
	for _, row := range p.kept {
		isCurrent := row.State == Current && row.Kind == Version
		row.Stands = isCurrent && (acceptsCurrent || row.Stands) || row.State == Superseded && !acceptsCurrent
		if row.Stands && row.Declared == 0 {
			row.Declared = period
		}
		if row.State == Superseded && !row.Stands {
			row.State = Replaced // for good
		}
	}
}

func (p *player) takeGroup(files [][]*actor) {
	first := int64(0)
	r := p.reference()
	for _, actors := range files {
		for _, a := range actors {
			if first == 0 {
				first = a.file
			}
			p.groups[a.file] = first
			p.take(&r, a)
		}
	}
	for change := range r.Settle() {
		row := p.find(change.Row.ID)
		row.State, row.SettledBy = change.State, first
	}
}

// reference returns what is known of the reference before the next group.
func (p *player) reference() Reference {
	rows := make([]Kept, len(p.kept))
	for i, row := range p.kept {
		rows[i] = *row
	}
	return NewReference(NewKnown(rows))
}

func (p *player) take(r *Reference, a *actor) {
	p.actors = append(p.actors, a)
	a.row.ID = p.nextID
	p.nextID++
	verdict := r.Take(a.row)
	switch verdict.First {
	case FirstAmbiguous:
		p.find(verdict.FirstRow.ID).Kind = Ambiguous
	case FirstKept:
		for _, first := range p.actors {
			if first.row.ID == verdict.FirstRow.ID {
				first.row.ID = p.nextID // it is kept now, before the row because of which it is
				p.nextID++
				p.keep(first, Verdict{Kind: Ambiguous, Version: verdict.FirstVersion, FirstReceived: verdict.FirstReceived})
			}
		}
		a.row.ID = p.nextID
		p.nextID++
	}
	if verdict.Kind != AlreadyReceived {
		p.keep(a, verdict)
	}
}

func (p *player) keep(a *actor, v Verdict) {
	a.nothing = v.NothingWithdrawn
	a.kept = &Kept{
		Row: a.row, Kind: v.Kind, File: a.file, Version: v.Version, FirstReceived: v.FirstReceived, Prior: v.Prior, SeenBefore: v.SeenBefore, OtherClient: v.OtherClient,
	}
	p.kept = append(p.kept, a.kept)
}

func (p *player) find(id int64) *Kept {
	return p.kept[slices.IndexFunc(p.kept, func(row *Kept) bool { return row.ID == id })]
}

// fates formats the fates of the rows.
func (p *player) fates() string {
	var words []string
	for _, a := range p.actors {
		words = append(words, a.fate())
	}
	return strings.Join(words, " ")
}

func (a *actor) fate() string {
	if a.kept == nil {
		return "="
	}
	kind := map[Kind]string{Version: "V", Withdrawal: "W", Ambiguous: "A", Unreadable: "X"}[a.kept.Kind]
	switch {
	case a.kept.OtherClient:
		kind = "U"
	case a.kept.Kind == Unreadable && a.row.Readable && a.nothing:
		kind = "Z"
	}
	marks := ""
	if a.kept.Kind == Version && a.kept.SeenBefore { // nothing is asked of the others
		marks += "*"
	}
	if a.kept.Kind == Version && a.kept.Prior.OtherClient {
		marks += "@"
	}
	return fmt.Sprintf("%s%d%s%s", kind, a.kept.Version, marks, map[State]string{Current: "", Replaced: "r", Withdrawn: "w", Superseded: "s"}[a.kept.State])
}
