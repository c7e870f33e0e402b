package retour

import (
	"maps"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// AddStranger counts a row in a file of the provider with an AGB code that is not in the book. The row itself goes into the
// return file of that code, which nobody receives, so the sender reads of it here.
func (w *Workbook) AddStranger(row *report.Row) { w.strangers[row.Record.Provider]++ }

// Strangers returns the number of such rows by that AGB code.
func (w *Workbook) Strangers() map[string]int { return w.strangers }

// strangersNote tells a provider about rows in its files with a code that is not in the book: the code and their number,
// nothing else, since they may be another provider's.
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
