package reports

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// Difference says that two ways of counting the same thing do not agree: then no workbook is written.
type Difference struct {
	Text billing.Text
}

// Error gives the English text.
func (d *Difference) Error() string { return d.Text.English }

// In gives the text in that language, nl or en, and what to do.
func (d *Difference) In(language string) string {
	todo := billing.Text{
		Dutch:   "Er zijn geen werkboeken geschreven. Kijk met ‘pxq verify’ of er buiten pxq om iets is gewijzigd; zo niet, meld dit.",
		English: "No workbooks were written. See with “pxq verify” whether something was changed behind pxq's back; if not, report this.",
	}
	return d.Text.In(language) + " " + todo.In(language)
}

// differ gives a Difference when two countings are not equal.
func differ[T comparable](one, other T, dutch, english string, values ...any) error {
	if one == other {
		return nil
	}
	values = append(values, one, other)
	return &Difference{billing.Text{
		Dutch:   fmt.Sprintf("De aansluiting klopt niet: "+dutch+": %v tegenover %v.", values...),
		English: fmt.Sprintf("The reconciliation does not agree: "+english+": %v against %v.", values...),
	}}
}

// firstOfErrors gives the first difference.
func firstOfErrors(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// reconcile holds every way of counting against the others: what files say against rows, what was read against
// what became of it, region against municipalities against providers, and each against what stands in its
// workbook.
func (g *gathering) reconcile() error {
	if err := g.reconcileFiles(); err != nil {
		return err
	}
	if err := reconcileTally(&g.region.tally, "de regio", "the region"); err != nil {
		return err
	}
	for _, code := range sortedKeys(g.municipalities) {
		if err := g.municipalities[code].reconcile(); err != nil {
			return err
		}
	}
	for _, agb := range sortedKeys(g.providers) {
		if err := g.providers[agb].reconcile(); err != nil {
			return err
		}
	}
	return firstOfErrors(g.reconcileParties(), g.reconcilePayments())
}

// reconcileFiles compares what the readers counted with the rows that are there.
func (g *gathering) reconcileFiles() error {
	kept := 0
	for i := range g.Files {
		file := &g.Files[i]
		kept += file.Kept
		again := 0
		for j := range file.Again {
			again += file.Again[j].Rows
		}
		if err := differ(file.Rows, file.Kept+again, "gelezen en bewaarde of al ontvangen regels van %s", "rows read and rows kept or already received of %s", file.Name); err != nil {
			return err
		}
	}
	return differ(kept, g.region.tally.fresh.rows, "bewaarde regels van de bestanden en regels in het rapport", "rows kept of the files and rows in the report")
}

func reconcileTally(t *tally, dutch, english string) error {
	read, accounted := t.read(), t.accounted()
	return firstOfErrors(
		differ(read.rows, accounted.rows, "gelezen en verantwoorde regels van "+dutch, "rows read and accounted for of "+english),
		differ(read.time, accounted.time, "gelezen en verantwoorde minuten (×100) van "+dutch, "minutes (×100) read and accounted for of "+english),
		differ(read.dayparts, accounted.dayparts, "gelezen en verantwoorde dagdelen (×100) van "+dutch, "day-parts (×100) read and accounted for of "+english),
	)
}

func (m *municipality) reconcile() error {
	name := m.code
	return firstOfErrors(
		reconcileTally(&m.tally, "gemeente "+name, "municipality "+name),
		differ(m.held.Len(), m.tally.of(billing.Held).rows, "regels in uitval van gemeente %s", "held rows of municipality %s", name),
		differ(m.rejected.Len(), m.tally.of(billing.Rejected).rows, "afgewezen regels van gemeente %s", "rejected rows of municipality %s", name),
		differ(m.lines.Len(), m.declared.lines, "declaratieregels van gemeente %s", "lines of municipality %s", name),
		differ(amountOf(m.lines, linesForMunicipality), m.declared.net(), "bedrag van gemeente %s", "amount of municipality %s", name),
	)
}

func (p *provider) reconcile() error {
	rows := p.hours.Len() + p.dayparts.Len() + p.gone.Len()
	time := sumUnder(p.hours, returnedHours, returnedHoursPxq) + sumUnder(p.gone, goneColumns, returnedHoursPxq)
	dayparts := sumUnder(p.dayparts, returnedDayparts, returnedPartsPxq) + sumUnder(p.gone, goneColumns, returnedPartsPxq)
	kept := p.tally.fresh
	kept.merge(p.tally.before)
	return firstOfErrors(
		reconcileTally(&p.tally, "aanbieder "+p.agb, "provider "+p.agb),
		differ(rows, kept.rows, "regels in de retour van %s", "rows in the return file of %s", p.agb),
		differ(time, kept.time, "minuten (×100) in de retour van %s", "minutes (×100) in the return file of %s", p.agb),
		differ(dayparts, kept.dayparts, "dagdelen (×100) in de retour van %s", "day-parts (×100) in the return file of %s", p.agb),
		differ(p.lines.Len(), p.declared.lines, "declaratieregels van aanbieder %s", "lines of provider %s", p.agb),
		differ(amountOf(p.lines, linesForProvider), p.declared.net(), "bedrag van aanbieder %s", "amount of provider %s", p.agb),
	)
}

// sumUnder gives the sum of a column of a table.
func sumUnder(rows *workbook.Rows, columns []returnedColumn, column returnedColumn) billing.Quantity {
	at := slices.IndexFunc(columns, func(c returnedColumn) bool { return c.heading == column.heading })
	return billing.Quantity(rows.Sum(at))
}

// reconcileParties compares the region with the sum of its municipalities and with that of its providers.
func (g *gathering) reconcileParties() error {
	var towns, providers party
	for _, m := range g.municipalities {
		towns.merge(&m.party)
	}
	for _, p := range g.providers {
		providers.merge(&p.party)
	}
	region := g.region.tally.accounted()
	unsent := towns.tally.accounted()
	unsent.rows += g.region.tally.skipped() // skipped rows are of no municipality
	return firstOfErrors(
		differ(unsent, region, "regels van de gemeenten en van de regio", "rows of the municipalities and of the region"),
		differ(providers.tally.accounted(), region, "regels van de aanbieders en van de regio", "rows of the providers and of the region"),
		differ(towns.declared, g.region.declared, "declaratie van de gemeenten en van de regio", "declaration of the municipalities and of the region"),
		differ(providers.declared, g.region.declared, "declaratie van de aanbieders en van de regio", "declaration of the providers and of the region"),
	)
}

func (p *party) merge(other *party) {
	t, o := &p.tally, &other.tally
	t.fresh.merge(o.fresh)
	t.before.merge(o.before)
	t.again.merge(o.again)
	t.totals += o.totals
	t.empty += o.empty
	for i := range t.byOutcome {
		t.byOutcome[i].merge(o.byOutcome[i])
	}
	p.declared.merge(&other.declared)
}

// reconcilePayments compares what is to be paid with the lines, for each provider and municipality.
func (g *gathering) reconcilePayments() error {
	type pays struct{ provider, municipality string }
	type amounts struct{ debit, credit billing.Money }
	lines, payments := make(map[pays]amounts), make(map[pays]amounts)
	for key, part := range g.cube {
		sum := lines[pays{key.provider, key.municipality}]
		lines[pays{key.provider, key.municipality}] = amounts{sum.debit + part.debit, sum.credit + part.credit}
	}
	for i := range g.Payments {
		payment := &g.Payments[i]
		key := pays{payment.Provider, payment.Municipality}
		payments[key] = amounts{payments[key].debit + payment.Debit, payments[key].credit + payment.Credit}
		if err := differ(payment.Net, payment.Debit+payment.Credit, "netto en debet plus credit van %s voor %s", "net and debit plus credit of %s for %s", payment.Provider, payment.Municipality); err != nil {
			return err
		}
		if _, ok := lines[key]; !ok {
			lines[key] = amounts{} // a payment without lines must be of nothing
		}
	}
	for _, key := range slices.SortedFunc(maps.Keys(lines), func(a, b pays) int {
		return slices.Compare([]string{a.provider, a.municipality}, []string{b.provider, b.municipality})
	}) {
		if err := differ(payments[key], lines[key], "betaling en declaratie van %s voor %s", "payment and declaration of %s for %s", key.provider, key.municipality); err != nil {
			return err
		}
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
