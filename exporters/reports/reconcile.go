package reports

import (
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
)

// reconcile compares all ways of counting: the counts of the files with the rows, the rows read with their outcomes, the region
// with its municipalities and its providers, and each of those with the rows in its workbook.
func (g *gathering) reconcile() error {
	if err := g.reconcileFiles(); err != nil {
		return err
	}
	if err := g.region.Party.Tally.Reconcile("de regio", "the region"); err != nil {
		return err
	}
	for _, code := range layout.SortedKeys(g.municipalities) {
		if err := g.municipalities[code].Reconcile(); err != nil {
			return err
		}
	}
	for _, agb := range layout.SortedKeys(g.providers) {
		if g.kept[agb] != nil {
			continue // its rows were not read
		}
		if err := g.providers[agb].Reconcile(); err != nil {
			return err
		}
	}
	return layout.FirstError(g.reconcileParties(), g.reconcilePayments())
}

// reconcileFiles compares what the readers of files counted with the rows in the report.
func (g *gathering) reconcileFiles() error {
	kept := 0
	for i := range g.Files {
		file := &g.Files[i]
		kept += file.Kept
		again := 0
		for j := range file.Again {
			again += file.Again[j].Rows
		}
		if err := layout.Differ(file.Rows, file.Kept+again, "gelezen en bewaarde of al ontvangen regels van %s", "rows read and rows kept or already received of %s", file.Name); err != nil {
			return err
		}
	}
	return layout.Differ(kept, g.region.Party.Tally.Fresh.Rows, "bewaarde regels van de bestanden en regels in het rapport", "rows kept of the files and rows in the report")
}

// reconcileParties compares the region with the sum of its municipalities and with that of its providers.
func (g *gathering) reconcileParties() error {
	towns, providers := month.SumOfParties(g.towns()), month.SumOfParties(g.suppliers())
	region := g.region.Party.Tally.Accounted()
	unsent := towns.Tally.Accounted()
	unsent.Rows += g.region.Party.Tally.Skipped() // skipped rows belong to no municipality
	return layout.FirstError(
		layout.Differ(unsent, region, "regels van de gemeenten en van de regio", "rows of the municipalities and of the region"),
		layout.Differ(providers.Tally.Accounted(), region, "regels van de aanbieders en van de regio", "rows of the providers and of the region"),
		layout.Differ(towns.Declared, g.region.Party.Declared, "declaratie van de gemeenten en van de regio", "declaration of the municipalities and of the region"),
		layout.Differ(providers.Declared, g.region.Party.Declared, "declaratie van de aanbieders en van de regio", "declaration of the providers and of the region"),
	)
}

// sides are the debit and credit of a payment or of lines.
type sides struct{ debit, credit billing.Money }

// In returns the amounts in a language, for a message that two of them differ.
func (s sides) In(language string) string {
	return billing.Texts("debet %s en credit %s euro", "debit %s and credit %s euros", s.debit, s.credit).In(language)
}

// reconcilePayments compares the payments with the lines, for each provider and municipality.
func (g *gathering) reconcilePayments() error {
	type pays struct{ provider, municipality string }
	lines, payments := make(map[pays]sides), make(map[pays]sides)
	for key, part := range g.Cube {
		sum := lines[pays{key.Provider, key.Municipality}]
		lines[pays{key.Provider, key.Municipality}] = sides{sum.debit + part.Debit, sum.credit + part.Credit}
	}
	for i := range g.Payments {
		payment := &g.Payments[i]
		key := pays{payment.Provider, payment.Municipality}
		payments[key] = sides{payments[key].debit + payment.Debit, payments[key].credit + payment.Credit}
		if err := layout.Differ(payment.Net, payment.Debit+payment.Credit, "netto en debet plus credit van %s voor %s", "net and debit plus credit of %s for %s", payment.Provider, payment.Municipality); err != nil {
			return err
		}
		if _, ok := lines[key]; !ok {
			lines[key] = sides{} // a payment without lines must be 0
		}
	}
	for _, key := range slices.SortedFunc(maps.Keys(lines), func(a, b pays) int {
		return slices.Compare([]string{a.provider, a.municipality}, []string{b.provider, b.municipality})
	}) {
		if err := layout.Differ(payments[key], lines[key], "betaling en declaratie van %s voor %s", "payment and declaration of %s for %s", key.provider, key.municipality); err != nil {
			return err
		}
	}
	return nil
}
