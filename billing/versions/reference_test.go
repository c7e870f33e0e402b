package versions

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// sentences are those of rules.md, section U, on what a row is.
var sentences = []struct{ sentence, play, want string }{
	{"a first row", "1", "V1"},

	// The same content as the current version again, in any file: already received; nothing changes.
	{"the same content in a later file", "1 | 1", "V1 ="},
	{"the same content in the same file", "1 1", "V1 ="},
	{"the same content in another file of the group", "1 / 1", "V1 ="},
	{"the same content for another client is other content", "1 | 1@2", "V1r V2@"},

	// Other content in a later file: a new version. The old one becomes replaced.
	{"other content in a later file", "1 | 2", "V1r V2"},
	{"and once more", "1 | 2 | 3", "V1r V2r V3"},
	{"back to an earlier content", "1 | 2 | 1", "V1r V2r V3*"},

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
	// The same reference twice in one file with different content, also if one of them withdrew the record.
	{"the same zero beside another content", "1 | 0 | 0 2", "V1r W2w A3 A4"},
	{"another content beside the same zero", "1 | 0 | 2 0", "V1r W2w A3 A4"},
	{"the same zero and another content in two files of a group", "1 | 0 | 0 / 2", "V1r W2w A3 A4"},
	{"the same zero twice beside another content", "1 | 0 | 0 0 2", "V1r W2w A3 = A4"},
	{"then the same zero alone", "1 | 0 | 0 2 | 0", "V1r W2w A3r A4r ="},
	{"then the other content alone", "1 | 0 | 0 2 | 2", "V1r W2r A3r A4r V5"},
	{"another zero beside another content: F03, so no U01", "1 | 0a | 0b 2", "V1r W2r Z3 V4"},
	// A withdrawn record may come back as a new version; the withdrawing row is then replaced.
	{"back with the same content", "1 | 0 | 1", "V1r W2r V3*"},
	{"back with another content", "1 | 0 | 2", "V1r W2r V3"},
	{"back and withdrawn again", "1 | 0 | 2 | 0b", "V1r W2r V3r W4w"},
	{"unreadable after withdrawing", "1 | 0 | ?", "V1r W2w X3"},
	{"two contents after withdrawing", "1 | 0 | 2 3", "V1r W2w A3 A4"},

	// Unreadable, and of quantity 0: F03 too.
	{"unreadable with quantity 0", "1 | ?0", "V1 X2"},

	// A version that was accepted at the last close stands until a newer one takes its place.
	{"a newer version of a standing one", "1 | ! | 2", "V1s V2"},
	{"a newer version before any close", "1 | 2 | !", "V1r V2"},
	{"the newer version accepted at a close", "1 | ! | 2 | !", "V1r V2"},
	{"and one more behind it", "1 | ! | 2 | ! | 3", "V1r V2s V3"},
	{"the newer version held at a close", "1 | ! | 2 | !s", "V1s V2"},
	{"two versions behind a standing one", "1 | ! | 2 | 3", "V1s V2r V3"},
	{"the same content as the newer version again", "1 | ! | 2 | 2", "V1s V2 ="},
	{"two contents behind a standing one", "1 | ! | 2 3", "V1 A2 A3"},
	{"unreadable behind a standing one", "1 | ! | ?", "V1 X2"},
	{"two contents behind the newer version", "1 | ! | 2 | 3 4", "V1s V2 A3 A4"},
	// A withdrawal takes its place at once, also if something newer comes after it.
	{"a standing one withdrawn", "1 | ! | 0", "V1r W2w"},
	{"withdrawn behind a newer version", "1 | ! | 2 | 0", "V1r V2r W3w"},
	{"withdrawn, and something newer after it", "1 | ! | 0 | 2", "V1r W2r V3"},

	// U03: the current readable version has another BSN, and a version was declared. The row is no version.
	{"another client under a declared number", "1 | ! | 2@2", "V1 U2"},
	{"and again", "1 | ! | 2@2 | 2@2", "V1 U2r U3"},
	{"also a 0", "1 | ! | 0@2", "V1 U2"},
	{"before U01", "1 | ! | 2@2 3@2 4", "V1s U2 U3 V4"},
	{"beside the version's own content", "1 | ! | 1 2@2", "V1 = U2"},
	{"unreadable is F", "1 | ! | ?@2", "V1 X2"},
	{"declared, and then a newer version", "1 | ! | 2 | 3@2", "V1s V2 U3"},
	{"declared once, rejected at a later close", "1 | ! | 2 | !s | 3@2", "V1s V2 U3"},
	{"replaced once the reference comes again", "1 | ! | 2@2 | 1", "V1 U2r ="},
	// A wrong client is corrected by withdrawing with quantity 0; then the number is free again.
	{"withdrawn, then another client", "1 | ! | 0 | 2@2", "V1r W2r V3"},
	{"and then the first client again", "1 | ! | 0 | 2@2 | 3", "V1r W2r V3 U4"},
	// U05: the readable version before has another BSN, and nothing of the reference was declared.
	{"another client under a number that was not declared", "1 | 2@2", "V1r V2@"},
	{"withdrawn for another client, not declared", "1 | 0@2", "V1r W2w"},
	{"another client after a withdrawal", "1 | 0 | 2@2", "V1r W2r V3@"},
	// U06: the content of an earlier readable version that another version or a withdrawal followed, also while it stands.
	{"the content of a standing version comes again", "1 | ! | 2 | 1", "V1s V2r V3*"},
	{"not that of U01 rows", "1 2 | 3 | 1", "A1r A2r V3r V4"},
	{"not that of the row that withdrew", "1 | 0 | 2 | 0", "V1r W2r V3r W4w"},
	{"seen before, twice", "1 | 2 | 1 | 2", "V1r V2r V3*r V4*"},
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

// What a verdict says in addition to its kind.
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
		// The last readable version before it, whether it is still valid or not; a withdrawing row does not count.
		"3 | 4 | 0 | 5": {{}, prior(3), prior(4), prior(4)},
		// Unreadable and ambiguous rows do not count as versions, and have no prior version.
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
	if _, ok := nothing.Current(); ok {
		t.Error("something is known of nothing")
	}
	p := tell(t, "1@7 | ? | 2@8")
	known := p.reference().known
	if current, ok := known.Current(); !ok || current.Client != 8 || current.BSN() != "000000008" {
		t.Errorf("the current version is %+v", current)
	}
	if _, ok := tell(t, "1 | 0").reference().known.Current(); ok {
		t.Error("a withdrawn record has a current version")
	}
	if (RowKey{}).BSN() != "" {
		t.Error("no client has a number")
	}
}

func prior(quantity int64) Prior {
	return Prior{Exists: true, Unit: billing.Time, Quantity: billing.Quantity(quantity)}
}
