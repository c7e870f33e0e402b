package proof

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger/database"
)

// words are columns that are stored as one text, separated by spaces.
var words = Packed{Column: "packed", Columns: []string{"remark", "late"}, Split: func(text string, into []string) ([]string, bool) {
	first, last, whole := strings.Cut(text, " ")
	return append(into, first, last), whole
}}

// table is a table with one column of each kind.
func table(packed *Packed) *Table {
	return &Table{Name: "records", Columns: []string{"id", "remark", "state", "number", "late", "later"}, Digests: true, Packed: packed}
}

var parts = []database.DigestPart{database.InDigest, database.InDigest, database.NotInDigest, database.InDigest, database.InDigestUnlessZero, database.InDigestUnlessZero}

// A row is split into its columns, or not at all: no text in it changes how it is split.
func TestSplit(t *testing.T) {
	for separators := range 5 {
		for _, late := range []string{"0", "7"} {
			remark := "x" + strings.Repeat(separator, separators)
			for packed, fields := range map[*Packed][]string{nil: {"1", remark, "current", "3", late, "0", "digest"}, &words: {"1", "current", "3", "0", "digest", remark + " " + late}} {
				got, ok := newLayout(table(packed), parts).split(strings.Join(fields, separator), nil)
				want := fields
				if packed != nil {
					want = append(slices.Clone(fields), remark, late)
				}
				if ok != (separators == 0) || ok && !slices.Equal(got, want) {
					t.Errorf("late %s, %d separators in a text: got %q, %v", late, separators, got, ok)
				}
			}
		}
	}
}

// The digest of a row covers its columns in their order, however they are stored; a row that cannot be unpacked matches no
// digest.
func TestHashed(t *testing.T) {
	for _, late := range []int64{0, 7} {
		want := database.Digest(parts, []any{int64(1), "x", "current", int64(3), late, int64(5)})
		lateText := string('0' + rune(late))
		for packed, fields := range map[*Packed][]string{
			nil:    {"1", "x", "current", "3", lateText, "5", "digest"},
			&words: {"1", "current", "3", "5", "digest", "x " + lateText, "x", lateText},
		} {
			l := newLayout(table(packed), parts)
			var room []byte
			if got := l.hashed(fields, new([2 * database.DigestBytes]byte), &room); !bytes.Equal(got, []byte(want)) {
				t.Errorf("late %d: the digest is %s and not %s", late, got, want)
			}
			if where := l.where(fields); where != "id 1, number 3" {
				t.Errorf("the row is called %q", where)
			}
		}
	}
	l := newLayout(table(&words), parts)
	if got := l.unpack([]string{"1", "current", "3", "5", "digest", "x7"}); !slices.Equal(got[6:], []string{"", ""}) {
		t.Errorf("found %q in what was never packed", got[6:])
	}
}
