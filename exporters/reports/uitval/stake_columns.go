package uitval

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

type stakeColumn = layout.Column[stake]

// The columns of what is at stake. A stake without a code subtracts what was counted under more than one reason.
var (
	stakeCode = layout.Col("Code", 0, workbook.Plain, func(v *layout.View, s stake) workbook.Value {
		if s.code == billing.NoCode {
			return workbook.Text("–")
		}
		return workbook.Text(s.code.String()).As(v.Look(s.code))
	})
	stakeRule = layout.Col("Wat moet kloppen", 0, workbook.Wrapped, func(v *layout.View, s stake) workbook.Value {
		if s.code == billing.NoCode {
			return workbook.Text(v.Say("af: regels met meer redenen tellen hierboven bij elke reden mee"))
		}
		return workbook.Text(v.RuleTitle(s.code))
	})
	stakeSource   = layout.Col("Bron van de regel", 0, workbook.Plain, func(v *layout.View, s stake) workbook.Value { return workbook.Text(v.Source(s.code)) })
	stakeProvider = layout.Col("Aanbieder", 0, workbook.Wrapped, func(v *layout.View, s stake) workbook.Value {
		switch {
		case s.code == billing.NoCode:
			return workbook.None()
		case s.provider == "":
			return workbook.Text(v.Unknown())
		}
		return workbook.Text(s.provider + " " + v.ProviderName(s.provider))
	})
	stakeRows     = layout.Col("Zorgregels", 0, workbook.Whole, func(_ *layout.View, s stake) workbook.Value { return workbook.Count(s.Rows) }).Summed()
	stakeHours    = layout.Col("Uren", 0, workbook.Quantity, func(_ *layout.View, s stake) workbook.Value { return workbook.Hours(s.Time) }).Summed()
	stakeDayparts = layout.Col("Dagdelen", 0, workbook.Quantity, func(_ *layout.View, s stake) workbook.Value { return workbook.Dayparts(s.Dayparts) }).Summed()
	stakeAmount   = layout.Col("Betrokken bedrag", 0, workbook.Euro, func(_ *layout.View, s stake) workbook.Value { return workbook.Money(s.Amount) }).Summed()
	stakeSince    = layout.Col("Oudste sinds", 0, workbook.DayOf, func(_ *layout.View, s stake) workbook.Value { return workbook.Day(s.since) })
	stakeDays     = layout.Col("Dagen", 0, workbook.Whole, func(v *layout.View, s stake) workbook.Value { return daysSince(v, s.since) })
)

// stakeColumns are the columns of rejects by rule, notedColumns those of signals by rule.
var (
	stakeColumns = []stakeColumn{stakeCode, stakeRule, stakeSource, stakeRows, stakeHours, stakeDayparts, stakeAmount}
	notedColumns = []stakeColumn{stakeCode, stakeRule, stakeSource, layout.Col("Signalen", 0, workbook.Whole, func(_ *layout.View, s stake) workbook.Value { return workbook.Count(s.Rows) }).Summed()}
)

// heldColumns returns the columns of holds by rule and by another column, with how long the oldest has been open.
func heldColumns(by stakeColumn) []stakeColumn {
	return []stakeColumn{stakeCode, stakeRule, by, stakeRows, stakeHours, stakeDayparts, stakeAmount, stakeSince, stakeDays}
}
