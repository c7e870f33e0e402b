package rates_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/rates"
)

// nasty are cells that tend to break readers of tables.
func nasty() []string {
	return []string{"", " ", "\u00a0", "-", ",", ",,", ";", "0", "-1", "1", "99999999999999999999", "1e9", "NaN", "2026-02-30",
		"0000-00-00", "9999-12-31", "1969-12-31", "ja", "uur", "uur,uur", "01,04", "45VB1", "45vb1,44VB2", "855", "0855",
		"\xff\xfe", "é", "=1+1", strings.Repeat("x", 3000), "code", "agb", "\ufeffcode", "20000002", "0.01", ".", "1.", ".5"}
}

// TestRandomDamage replaces cells of the small book at random. Parse returns a book or problems, never both or neither,
// and the same fingerprint or number of problems if the rows are in another order.
func TestRandomDamage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tables := tablesOf(smallBook())
		for range rapid.IntRange(0, 4).Draw(t, "damages") {
			table := &tables[rapid.IntRange(0, len(tables)-1).Draw(t, "table")]
			cells := table.Rows[rapid.IntRange(0, len(table.Rows)-1).Draw(t, "row")].Cells
			text := rapid.OneOf(rapid.SampledFrom(nasty()), rapid.String()).Draw(t, "text")
			cells[rapid.IntRange(0, len(cells)-1).Draw(t, "cell")] = text
		}
		book, problems := rates.Parse(tables)
		if (book == nil) != (len(problems) > 0) {
			t.Fatalf("book %v, problems %v", book != nil, problems)
		}
		for i := range tables {
			rows := rapid.Permutation(tables[i].Rows[1:]).Draw(t, "order")
			tables[i].Rows = append(slices.Clone(tables[i].Rows[:1]), rows...)
		}
		again, problemsAgain := rates.Parse(rapid.Permutation(tables).Draw(t, "tables"))
		if (again == nil) != (book == nil) {
			t.Fatalf("the order decides: %v, then %v", problems, problemsAgain)
		}
		if book != nil && rates.Fingerprint(book) != rates.Fingerprint(again) {
			t.Fatal("the order changes the fingerprint")
		}
	})
}

func FuzzParse(f *testing.F) {
	for name, text := range smallBook() {
		f.Add(name, text)
	}
	f.Add("tarieven", "productcode;eenheid;agb;tarief;van;tot\n45VB1;uur;;9223372036854775807.99;9999-12-31;0001-01-01")
	f.Fuzz(func(t *testing.T, name, text string) {
		texts := smallBook()
		delete(texts, name)
		tables := append(tablesOf(texts), tableOf(name, text))
		book, problems := rates.Parse(tables)
		if (book == nil) != (len(problems) > 0) {
			t.Fatal("a book or problems, never both or neither")
		}
		for _, p := range problems {
			if p.In("nl") == "" || strings.Contains(p.Dutch, "%!") && !strings.Contains(text, "%!") && !strings.Contains(name, "%!") {
				t.Fatalf("broken text %q", p.Dutch)
			}
		}
	})
}
