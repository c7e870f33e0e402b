package intake

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/versions"
)

// TestReferencesComeBack checks that stored references come back in their last state, however little of them is in memory,
// and in their state before a file that is refused.
func TestReferencesComeBack(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		r := newReferences(folder, rapid.IntRange(1, 200).Draw(t, "held"))
		defer r.items.Close()
		kept := make(map[billing.RecordKey]reference)
		before, mark := make(map[billing.RecordKey]reference), r.items.Mark()
		for id := range int64(rapid.IntRange(1, 60).Draw(t, "rows")) {
			switch rapid.IntRange(0, 9).Draw(t, "file") {
			case 0: // the next file
				before, mark = maps.Clone(kept), r.items.Mark()
			case 1: // refused
				if err := r.items.Truncate(mark); err != nil {
					t.Fatal(err)
				}
				kept = maps.Clone(before)
			}
			key := billing.RecordKeyOf("30000001", rapid.StringMatching("R[1-9]").Draw(t, "reference"))
			ref, err := r.find(key)
			if err != nil {
				t.Fatal(err)
			}
			want, is := kept[key]
			if is == ref.isNew || is && (!reflect.DeepEqual(ref.repetition, want.repetition) || !reflect.DeepEqual(ref.Reference, want.Reference)) {
				t.Fatalf("%v: got %+v, want %+v", key, ref, want)
			}
			if has, err := r.has(key); err != nil || has != is {
				t.Fatalf("%v: %t, %v", key, has, err)
			}
			row := versions.Row{RowKey: versions.RowKey{ID: 1 + id, Client: 1}, Readable: true, Content: versions.Content{7, 7}}
			ref.Take(row)
			if rapid.Bool().Draw(t, "repeats") {
				ref.repetition = drawRepetition(t)
			}
			if err := r.keep(ref, row, versions.Verdict{}); err != nil {
				t.Fatal(err)
			}
			kept[key] = *ref
		}
	})
}

func drawRepetition(t *rapid.T) *repetition {
	text := rapid.StringN(0, 20, -1)
	p := &repetition{
		repeats: rapid.Int64Range(1, 1<<40).Draw(t, "repeats"), fileID: rapid.Int64Range(1, 1<<40).Draw(t, "file"), row: rapid.IntRange(1, 1<<20).Draw(t, "row"),
		reference: text.Draw(t, "reference"),
	}
	for i := range p.texts {
		p.texts[i] = text.Draw(t, "text")
	}
	for range rapid.IntRange(0, 2).Draw(t, "findings") {
		finding := billing.Finding{Code: billing.F11, Field: billing.FieldClaimedPrice}
		for range rapid.IntRange(0, 2).Draw(t, "values") {
			finding.Values = append(finding.Values, text.Draw(t, "value"))
		}
		p.findings = append(p.findings, finding)
	}
	return p
}

// TestRefusedFileMarksNobody checks that a refused file leaves no client marked, nor marked from an earlier day on than by
// the files before it.
func TestRefusedFileMarksNobody(t *testing.T) {
	store, err := ledger.OpenMemory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	err = store.Write(t.Context(), func(tx *ledger.Tx) error {
		g, err := newGroup(t.Context(), &importing{Intake: &Intake{Scratch: t.TempDir()}}, tx, tx)
		if err != nil {
			return err
		}
		defer g.references.items.Close()
		bring := func(end func() error, days map[string]billing.Date) error {
			if err := errors.Join(g.begin(&ImportedFile{}, ledger.File{}), g.records.Begin(t.Context())); err != nil {
				return err
			}
			for _, bsn := range slices.Sorted(maps.Keys(days)) {
				g.markFrom(bsn, days[bsn])
				g.markFrom(bsn, days[bsn]-1)
				g.markRoomier(bsn)
			}
			return end()
		}
		keep := func() error { g.records.Keep(); return nil }
		err = errors.Join(bring(keep, map[string]billing.Date{"a": 100, "b": 100}), bring(g.undo, map[string]billing.Date{"a": 50, "b": 150, "c": 50}),
			bring(keep, map[string]billing.Date{"b": 70}), bring(g.undo, map[string]billing.Date{"b": 50}))
		if want := (map[string]ledger.AffectedCare{"a": {Day: 99}, "b": {Day: 69}}); !maps.Equal(g.affected, want) {
			t.Errorf("got %v, want %v", g.affected, want)
		}
		if want := (map[string]bool{"a": true, "b": true}); !maps.Equal(g.roomier, want) {
			t.Errorf("room for %v, want %v", g.roomier, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A version that changes what counts before it (eerder gedeclareerd), or that reduces room even where it widens something
// else, must be judged.
func TestWhatAReferralSaysAnew(t *testing.T) {
	number := func(text string) *decimal.Decimal { d := decimal.RequireFromString(text); return &d }
	of := func(change func(*billing.Referral)) *billing.Referral {
		r := &billing.Referral{Number: "1", BSN: "999900006", End: 20_000, Volume: 600, VolumeText: *number("10"), BeforeText: number("3"), Budget: 100}
		change(r)
		return r
	}
	before := of(func(*billing.Referral) {})
	for _, test := range []struct {
		name   string
		change func(*billing.Referral)
		same   bool
		from   billing.Date
		only   bool
	}{
		{"nothing", func(r *billing.Referral) { r.BeforeText, r.VolumeText = number("3.0"), *number("10.00") }, true, noDay, true},
		{"another volume in the text", func(r *billing.Referral) { r.VolumeText = *number("11") }, false, noDay, true},
		{"other care before", func(r *billing.Referral) { r.BeforeText = number("4") }, false, noDay, false},
		{"no care before", func(r *billing.Referral) { r.BeforeText = nil }, false, noDay, false},
		{"longer", func(r *billing.Referral) { r.End = 20_010 }, false, 20_001, true},
		{"open", func(r *billing.Referral) { r.End = 0 }, false, 20_001, true},
		{"shorter", func(r *billing.Referral) { r.End = 19_999 }, false, 0, false},
		{"more volume", func(r *billing.Referral) { r.Volume = 601 }, false, noDay, true},
		{"less volume", func(r *billing.Referral) { r.Volume = 599 }, false, 0, false},
		{"less budget", func(r *billing.Referral) { r.Budget = 99 }, false, 0, false},
		{"less volume and more budget", func(r *billing.Referral) { r.Volume, r.Budget = 599, 101 }, false, 0, false},
	} {
		next := of(test.change)
		if got := sameReferral(before, next); got != test.same {
			t.Errorf("%s: the same: %v", test.name, got)
		}
		if from, only := widens(before, next); only != test.only || only && from != test.from {
			t.Errorf("%s: widens from %d: %v", test.name, from, only)
		}
	}
}
