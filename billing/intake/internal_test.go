package intake

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/versions"
)

// TestReferencesComeBack sees that what is kept of references comes back as it was last, however little of it is in memory, and
// as it was before a file that is refused.
func TestReferencesComeBack(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		r := newReferences(folder, rapid.IntRange(1, 200).Draw(t, "held"))
		defer r.items.Close()
		kept := make(map[billing.RecordKey]reference)
		before, mark := make(map[billing.RecordKey]reference), r.items.Mark()
		for id := range int64(rapid.IntRange(1, 60).Draw(t, "rows")) {
			switch rapid.IntRange(0, 9).Draw(t, "file") {
			case 0: // the next one
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

// TestRefusedFileMarksNobody sees that a file that is refused leaves no client marked, nor from an earlier day on than the files
// before it did.
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
		if want := (map[string]ledger.Came{"a": {Day: 99}, "b": {Day: 69}}); !maps.Equal(g.came, want) {
			t.Errorf("got %v, want %v", g.came, want)
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
