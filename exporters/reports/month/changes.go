package month

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

type changeColumn = layout.Column[report.CauseSum]

func changeAmount(heading string, amount func(report.CauseSum) billing.Money) changeColumn {
	return layout.Col(heading, 20, workbook.Euro, func(_ *layout.View, c report.CauseSum) workbook.Value { return workbook.Money(amount(c)) }).Summed()
}

// The columns of the costs of changes to care that was declared earlier.
var (
	changeCause = layout.Col("Oorzaak", 46, workbook.Plain, func(v *layout.View, c report.CauseSum) workbook.Value {
		return workbook.Text(c.Cause.Text().In(v.Language))
	})
	changeTown = layout.Col("Gemeente", 24, workbook.Plain, func(v *layout.View, c report.CauseSum) workbook.Value {
		return workbook.Text(v.MunicipalityName(c.Municipality))
	})
	changeAGB      = layout.Col("AGB-code", 12, workbook.Plain, func(_ *layout.View, c report.CauseSum) workbook.Value { return workbook.Text(c.Provider) })
	changeProvider = layout.Col("Aanbieder", 34, workbook.Plain, func(v *layout.View, c report.CauseSum) workbook.Value {
		return workbook.Text(v.ProviderName(c.Provider))
	})
	changeLess = changeAmount("Minder", func(c report.CauseSum) billing.Money { return c.Less })
	changeMore = changeAmount("Meer", func(c report.CauseSum) billing.Money { return c.More })
	changeNet  = changeAmount("Saldo", report.CauseSum.Net)
)

// Changes returns the costs of changes to declared care, of one municipality or of all.
func (m *Month) Changes(all bool, municipality string) []report.CauseSum {
	var found []report.CauseSum
	for _, sum := range m.Causes {
		if all || sum.Municipality == municipality {
			found = append(found, sum)
		}
	}
	return found
}

// ChangesBlock shows, by cause, the costs of changes to care that was declared earlier.
func (m *Month) ChangesBlock(page *workbook.Page, changes []report.CauseSum) {
	if len(changes) == 0 {
		return
	}
	var sums []report.CauseSum // changes are sorted by cause
	for _, change := range changes {
		if len(sums) == 0 || sums[len(sums)-1].Cause != change.Cause {
			sums = append(sums, report.CauseSum{Cause: change.Cause})
		}
		last := &sums[len(sums)-1]
		last.Less += change.Less
		last.More += change.More
	}
	columns := []changeColumn{changeCause, changeLess, changeMore, changeNet}
	columns[0].Format = workbook.Wrapped
	page.Section(&workbook.Section{
		Title: m.Say("Wat wijzigingen achteraf kosten"), Columns: layout.ColumnsOf(m.View, columns), Rows: layout.BlockOf(m.View, columns, sums), Total: m.Say("Totaal"),
	})
}

// ChangesSheet returns a sheet of the changes by cause and provider, and by municipality if it is for all.
func (m *Month) ChangesSheet(all bool, changes []report.CauseSum) layout.Sheet {
	columns := []changeColumn{changeCause, changeAGB, changeProvider, changeLess, changeMore, changeNet}
	if all {
		columns = []changeColumn{changeCause, changeTown, changeAGB, changeProvider, changeLess, changeMore, changeNet}
	}
	rows := m.Spool.Rows()
	for _, change := range changes {
		rows.Add(layout.CellsOf(m.View, columns, change)...)
	}
	return layout.RowSheet(m.View, "Wijzigingen achteraf", "Wat veranderde aan zorg die al gedeclareerd was, naar oorzaak.", "tbl_wijzigingen", columns, rows)
}
