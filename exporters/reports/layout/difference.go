package layout

import (
	"cmp"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// Difference says that two ways of counting the same thing do not agree; no workbook is written then.
type Difference struct {
	Text billing.Text
}

// Error returns the English text.
func (d *Difference) Error() string { return d.Text.English }

// In returns the text in that language, nl or en, followed by what to do.
func (d *Difference) In(language string) string {
	todo := billing.Text{
		Dutch:   "Er zijn geen werkboeken geschreven. Kijk met ‘pxq verify’ of er buiten pxq om iets is gewijzigd; zo niet, meld dit.",
		English: "No workbooks were written. Use “pxq verify” to see whether something was changed outside pxq; if not, report this.",
	}
	return d.Text.In(language) + " " + todo.In(language)
}

// Differ returns a *Difference if two counts are not equal, else nil. The texts say what was counted; values fill
// them in, as in billing.Texts, and so do the counts.
func Differ[T comparable](one, other T, dutch, english string, values ...any) error {
	if one == other {
		return nil
	}
	values = append(values, one, other)
	return &Difference{billing.Texts("De aansluiting klopt niet: "+dutch+": %v tegenover %v.", "The reconciliation does not agree: "+english+": %v against %v.", values...)}
}

// FirstError returns the first error; nil if there is none.
func FirstError(errs ...error) error { return cmp.Or(errs...) }

// SortedKeys returns the keys of a map, sorted.
func SortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
