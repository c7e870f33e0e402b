package retour

import (
	"maps"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// AddStranger counts a row in a file of the provider that bears an AGB code that the book does not have. The row itself
// goes into the return file of that code, which nobody receives; so the sender is told here.
func (w *Workbook) AddStranger(row *report.Row) { w.strangers[row.Record.Provider]++ }

// Strangers returns how many such rows there are, by that AGB code.
func (w *Workbook) Strangers() map[string]int { return w.strangers }

// strangersNote tells a provider of rows in its files that bear a code the book does not have: the code and how many,
// nothing else, since they may be another's.
func (w *Workbook) strangersNote(page *workbook.Page) {
	if len(w.strangers) == 0 {
		return
	}
	count := 0
	for _, rows := range w.strangers {
		count += rows
	}
	page.Skip()
	page.Paragraph(w.Say("In uw bestanden staan regels met een AGB-code die niet in het contractenboek staat (%s). Aantal: %s; zij staan niet in dit werkboek. Zijn het regels van u, lever ze dan opnieuw aan met uw eigen AGB-code.",
		strings.Join(slices.Sorted(maps.Keys(w.strangers)), ", "), w.Count(count)))
}
