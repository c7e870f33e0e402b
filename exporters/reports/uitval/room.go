package uitval

import (
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/texts"
)

// roomUsed returns how much of the referral accepted care uses: in the care month, of the whole, of the budget.
func roomUsed(v *layout.View, row *report.Row) string {
	use, referral := row.Use, row.Used
	if use == nil || referral == nil {
		return ""
	}
	var lines []string
	of := func(what string, used, room billing.Quantity) {
		number, _, _ := strings.Cut(care(v, used, referral.VolumeUnit), " ") // the unit is written after the room
		lines = append(lines, v.Say("%s: %s van %s", what, number, care(v, room, referral.VolumeUnit)))
	}
	if use.MonthLimited {
		of(v.MonthName(row.Record.First.Period()), use.Month, use.MonthRoom)
	}
	if use.WholeLimited {
		of(v.Say("hele toewijzing"), use.Whole, use.WholeRoom)
	}
	if referral.HasBudget {
		lines = append(lines, v.Say("%s: %s van %s", v.Say("budget"), v.Euros(use.Spent), v.Euros(referral.Budget)))
	}
	return strings.Join(lines, "\n")
}

// care returns a quantity with its unit.
func care(v *layout.View, quantity billing.Quantity, unit billing.Unit) string {
	form := "t"
	if unit == billing.Daypart {
		form = "d"
	}
	return rules.Show("qty", form+strconv.FormatInt(int64(quantity), 10), v.Language)
}

// volume returns the volume of a referral in words: 4 uur per week.
func volume(v *layout.View, referral *billing.Referral) string {
	if !referral.HasVolume {
		return ""
	}
	number := referral.VolumeText.String()
	if v.Language != texts.English {
		number = strings.ReplaceAll(number, ".", ",")
	}
	unit := referral.VolumeWritten
	if many := map[string]string{billing.WrittenMinute: "minuten", billing.WrittenDaypart: "dagdelen"}[unit]; many != "" && number != "1" {
		unit = many
	}
	return number + " " + v.Say(unit) + " " + v.Frequency(referral.Frequency)
}
