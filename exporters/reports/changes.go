package reports

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

type changeColumn = column[report.CauseSum]

func changeAmount(heading string, amount func(report.CauseSum) billing.Money) changeColumn {
	return changeColumn{heading, 20, workbook.Euro, func(_ *view, c report.CauseSum) workbook.Value { return workbook.Money(amount(c)) }, summed}
}

// The columns of what changes to care that was declared before cost.
var (
	changeCause = changeColumn{"Oorzaak", 46, workbook.Plain, func(v *view, c report.CauseSum) workbook.Value {
		return workbook.Text(c.Cause.Text().In(v.language))
	}, plain}
	changeTown = changeColumn{"Gemeente", 24, workbook.Plain, func(v *view, c report.CauseSum) workbook.Value {
		return workbook.Text(v.municipalityName(c.Municipality))
	}, plain}
	changeAGB      = changeColumn{"AGB-code", 12, workbook.Plain, func(_ *view, c report.CauseSum) workbook.Value { return workbook.Text(c.Provider) }, plain}
	changeProvider = changeColumn{"Aanbieder", 34, workbook.Plain, func(v *view, c report.CauseSum) workbook.Value { return workbook.Text(v.providerName(c.Provider)) }, plain}
	changeCredit   = changeAmount("Gecrediteerd", func(c report.CauseSum) billing.Money { return c.Credit })
	changeDebit    = changeAmount("Opnieuw gedeclareerd", func(c report.CauseSum) billing.Money { return c.Debit })
	changeNet      = changeAmount("Saldo", report.CauseSum.Net)
)

// changes gives what changes afterwards cost one municipality, or all.
func (g *gathering) changes(all bool, municipality string) []report.CauseSum {
	var found []report.CauseSum
	for _, sum := range g.Causes {
		if all || sum.Municipality == municipality {
			found = append(found, sum)
		}
	}
	return found
}

// changesBlock shows by cause what changes to care that was declared before cost.
func (g *gathering) changesBlock(page *workbook.Page, changes []report.CauseSum) {
	if len(changes) == 0 {
		return
	}
	var sums []report.CauseSum // the causes come in their order
	for _, change := range changes {
		if len(sums) == 0 || sums[len(sums)-1].Cause != change.Cause {
			sums = append(sums, report.CauseSum{Cause: change.Cause})
		}
		last := &sums[len(sums)-1]
		last.Credit += change.Credit
		last.Debit += change.Debit
	}
	columns := []changeColumn{changeCause, changeCredit, changeDebit, changeNet}
	columns[0].format = workbook.Wrapped
	page.Section(&workbook.Section{
		Title: g.say("Wat wijzigingen achteraf kosten"), Columns: columnsOf(g.view, columns), Rows: blockOf(g.view, columns, sums), Total: g.say("Totaal"),
	})
}

// changesSheet is a sheet of them by cause and provider, and by municipality when it is for all.
func (g *gathering) changesSheet(all bool, changes []report.CauseSum) sheet {
	columns := []changeColumn{changeCause, changeAGB, changeProvider, changeCredit, changeDebit, changeNet}
	if all {
		columns = []changeColumn{changeCause, changeTown, changeAGB, changeProvider, changeCredit, changeDebit, changeNet}
	}
	rows := g.spool.Rows()
	for _, change := range changes {
		rows.Add(cellsOf(g.view, columns, change)...)
	}
	return rowSheet(g, "Wijzigingen achteraf", "Wat veranderde aan zorg die al gedeclareerd was, naar oorzaak.", "tbl_wijzigingen", columns, rows)
}
