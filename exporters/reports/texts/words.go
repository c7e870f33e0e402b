package texts

import (
	"fmt"

	"github.com/pxq-nl/pxq/billing"
)

// MonthShort returns a short name of a month, for use in charts; 0 is January.
func (t Texts) MonthShort(month int) string {
	if t.language == English {
		return monthsEnglish[month][:3]
	}
	return [...]string{"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"}[month]
}

// MonthName returns a period in words: oktober 2026.
func (t Texts) MonthName(period billing.Period) string {
	names := billing.MonthNames
	if t.language == English {
		names = monthsEnglish
	}
	return fmt.Sprintf("%s %d", names[period.Month()-1], period.Year())
}

var monthsEnglish = [12]string{
	"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
}

// Outcome returns the word for an outcome.
func (t Texts) Outcome(outcome billing.Outcome) string {
	switch outcome {
	case billing.Accepted:
		return t.Say("akkoord")
	case billing.Held:
		return t.Say("uitval")
	case billing.Rejected:
		return t.Say("afgewezen")
	case billing.Pending:
		return t.Say("wacht")
	case billing.Replaced:
		return t.Say("vervangen")
	case billing.Withdrawn:
		return t.Say("ingetrokken")
	}
	return ""
}

// Kind returns the word for a kind of declaration line.
func (t Texts) Kind(kind billing.LineKind) string {
	switch kind {
	case billing.Regular:
		return t.Say("regulier")
	case billing.Late:
		return t.Say("nagekomen")
	case billing.Credit:
		return t.Say("credit")
	case billing.Correction:
		return t.Say("correctie")
	}
	return string(kind)
}

// Severity returns the word for the effect of a finding.
func (t Texts) Severity(severity billing.Severity) string {
	switch severity {
	case billing.Reject:
		return t.Say("afwijzing")
	case billing.Hold:
		return t.Say("uitval")
	case billing.Signal:
		return t.Say("signaal")
	}
	return ""
}

// Frequency returns the words for the time over which a volume counts.
func (t Texts) Frequency(frequency billing.Frequency) string {
	switch frequency {
	case billing.PerDay:
		return t.Say("per dag")
	case billing.PerWeek:
		return t.Say("per week")
	case billing.PerMonth:
		return t.Say("per maand")
	case billing.InTotal:
		return t.Say("in totaal")
	}
	return ""
}

// Unit returns the word for a kind of unit.
func (t Texts) Unit(unit billing.Unit) string {
	switch unit {
	case billing.Time:
		return t.Say("uur")
	case billing.Daypart:
		return t.Say("dagdeel")
	}
	return ""
}
