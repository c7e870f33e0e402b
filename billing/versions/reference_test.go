package versions

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// sentences are those of the rules, section U, on what a row is.
var sentences = []struct{ sentence, play, want string }{
	{"a first row", "1", "V1"},

	// The same content as the current version again, in any file: already received; nothing changes.
	{"the same content in a later file", "1 | 1", "V1 ="},
	{"the same content in the same file", "1 1", "V1 ="},
	{"the same content in another file of the group", "1 / 1", "V1 ="},
	{"the same content for another client is other content", "1 | 1@2", "V1r V2"},

	// Other content in a later file: a new version. The old one becomes replaced.
	{"other content in a later file", "1 | 2", "V1r V2"},
	{"and once more", "1 | 2 | 3", "V1r V2r V3"},
	{"back to an earlier content", "1 | 2 | 1", "V1r V2r V3"},

	// The same reference twice in one file with different content, also if one of them is the current version's.
	{"two contents", "1 2", "A1 A2"},
	{"two contents beside a version", "1 | 2 3", "V1 A2 A3"},
	{"the current version's first", "1 | 1 2", "V1 A2 A3"},
	{"the current version's last", "1 | 2 1", "V1 A2 A3"},
	{"the current version's twice", "1 | 1 1 2", "V1 A2 = A3"},
	{"three contents", "1 2 3", "A1 A2 A3"},
	// Two files of one folder that give one reference different content: nobody can say which is later.
	{"two contents in two files of a group", "1 / 2", "A1 A2"},
	{"the first only repeated the version", "1 | 1 / 2", "V1 A2 A3"},
	// Three rows of one reference in one file, two alike: the third was already received.
	{"three rows, two alike", "1 2 1", "A1 A2 ="},
	{"three rows, the last two alike", "1 2 2", "A1 A2 ="},

	// An F-rejected or U01 row is no version: it never replaces a readable version, and is itself replaced once a later
	// file brings the same reference again, readable or not.
	{"unreadable", "?", "X1"},
	{"unreadable beside a version", "1 | ?", "V1 X2"},
	{"then readable", "? | 1", "X1r V2"},
	{"then unreadable", "? | ?", "X1r X2"},
	{"then the content of the version", "1 | ? | 1", "V1 X2r ="},
	{"two contents, then one of them", "1 2 | 1", "A1r A2r V3"},
	{"two contents, then a third", "1 2 | 3", "A1r A2r V3"},
	{"two contents, then unreadable", "1 2 | ?", "A1r A2r X3"},
	{"two contents, then two again", "1 2 | 1 2", "A1r A2r A3 A4"},
	{"two contents beside a version, then that", "1 | 2 3 | 1", "V1 A2r A3r ="},
	// One readable, one not: no U01; the readable one is the version, the other is rejected.
	{"one readable, one not", "1 ?", "V1 X2"},
	{"one not, one readable", "? 1", "X1 V2"},
	{"one not, two contents", "1 ? 2", "A1 X2 A3"},
	{"the version kept after all behind an unreadable row", "1 | 1 ? 2", "V1 A3 X2 A4"},
	{"unreadable twice", "? ?", "X1 X2"},

	// Quantity 0 in a later file withdraws the record: the old version becomes replaced, the row itself withdrawn.
	{"withdrawn", "1 | 0", "V1r W2w"},
	{"withdrawn twice in one file", "1 | 0 0", "V1r W2w ="},
	{"two zeros of different content", "1 | 0a 0b", "V1 A2 A3"},
	{"zero beside another content", "1 | 0 2", "V1 A2 A3"},
	{"zero beside the version's content", "1 | 1 0", "V1 A2 A3"},
	// A 0 for a reference with no current readable version is F03.
	{"zero first of all", "0", "Z1"},
	{"zero in the same file", "1 0", "V1 Z2"},
	{"zero before it in the same file", "0 1", "Z1 V2"},
	{"zero in the same group", "1 / 0", "V1 Z2"},
	{"zero after an unreadable row", "? | 0", "X1r Z2"},
	{"zero after two contents", "1 2 | 0", "A1r A2r Z3"},
	{"the same zero once more", "0 | 0", "Z1r Z2"},
	// The same 0 again is already received.
	{"the same zero again", "1 | 0 | 0", "V1r W2w ="},
	{"another zero again", "1 | 0a | 0b", "V1r W2w Z3"},
	// A withdrawn record may come back as a new version; the withdrawing row is then replaced.
	{"back with the same content", "1 | 0 | 1", "V1r W2r V3"},
	{"back with another content", "1 | 0 | 2", "V1r W2r V3"},
	{"back and withdrawn again", "1 | 0 | 2 | 0b", "V1r W2r V3r W4w"},
	{"back beside the same zero", "1 | 0 | 0 2", "V1r W2r = V3"},
	{"unreadable after withdrawing", "1 | 0 | ?", "V1r W2w X3"},
	{"two contents after withdrawing", "1 | 0 | 2 3", "V1r W2w A3 A4"},

	// Unreadable, and of quantity 0: F03 too.
	{"unreadable with quantity 0", "1 | ?0", "V1 X2"},
}

func TestSentences(t *testing.T) {
	for _, s := range sentences {
		t.Run(s.sentence, func(t *testing.T) {
			if got := tell(t, s.play).fates(); got != s.want {
				t.Errorf("%s\n got %s\nwant %s", s.play, got, s.want)
			}
		})
	}
}

// What a verdict says beside its kind.
func TestVerdict(t *testing.T) {
	p := tell(t, "? | 3 | 0 | ?0")
	for i, a := range p.actors {
		if a.kept.FirstReceived != 1001 {
			t.Errorf("row %d was first received on day %d", i, a.kept.FirstReceived)
		}
		if nothing := i == 3; a.nothing != nothing {
			t.Errorf("row %d withdraws nothing: %v", i, a.nothing)
		}
	}
	wants := map[string][]Prior{
		// The last readable version before it, whether it still holds or not; the row that withdraws is none.
		"3 | 4 | 0 | 5": {{}, prior(3), prior(4), prior(4)},
		// Rows that cannot be read and ambiguous ones are none, and have none.
		"3 | ? | 4": {{}, {}, prior(3)},
		"3 4 | 5":   {{}, {}, {}},
		// The first of two contents was a version when it was kept.
		"3 | 4 5":   {{}, prior(3), {}},
		"3 | 3 4":   {{}, {}, {}},
		"3 4 | 5 6": {{}, {}, {}, {}},
	}
	for play, want := range wants {
		for i, a := range tell(t, play).actors {
			if a.kept.Prior != want[i] {
				t.Errorf("%s: row %d has prior %+v, want %+v", play, i, a.kept.Prior, want[i])
			}
		}
	}
}

func TestKnown(t *testing.T) {
	var nothing *Known
	if _, ok := nothing.Current(); ok || nothing.CameAfter(0) {
		t.Error("something is known of nothing")
	}
	p := tell(t, "1@7 | ? | 2@8")
	known := p.reference().known
	if current, ok := known.Current(); !ok || current.Client != 8 || current.BSN() != "000000008" {
		t.Errorf("the current version is %+v", current)
	}
	if !known.CameAfter(2) || known.CameAfter(3) {
		t.Error("the last file that said something is the third")
	}
	if _, ok := tell(t, "1 | 0").reference().known.Current(); ok {
		t.Error("a withdrawn record has a current version")
	}
	if (RowKey{}).BSN() != "" {
		t.Error("no client has a number")
	}
}

func prior(quantity int64) Prior { return Prior{true, billing.Time, billing.Quantity(quantity)} }
