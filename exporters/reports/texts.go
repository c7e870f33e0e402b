package reports

import (
	"fmt"

	"github.com/pxq-nl/pxq/billing"
)

// texts gives the words of the workbooks in one language. The code says them in Dutch; texts_english.go and
// texts_return.go have the English of each.
type texts struct{ language string }

const english = "en"

// say gives a text, with its values filled in. A text without English stands between brackets, so that it is
// seen.
func (t texts) say(dutch string, values ...any) string {
	text := dutch
	if t.language == english {
		text = translated(dutch)
	}
	if len(values) == 0 {
		return text
	}
	return fmt.Sprintf(text, values...)
}

func translated(dutch string) string {
	for _, dictionary := range [...]map[string]string{inEnglish, inEnglishReturn, inEnglishYear} {
		if text, ok := dictionary[dutch]; ok {
			return text
		}
	}
	return "⟦" + dutch + "⟧"
}

// monthShort gives the name of a month as a chart has room for it, 0 for January.
func (t texts) monthShort(month int) string {
	if t.language == english {
		return monthsEnglish[month][:3]
	}
	return [...]string{"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"}[month]
}

// month writes a period as oktober 2026.
func (t texts) month(period billing.Period) string {
	names := monthsDutch
	if t.language == english {
		names = monthsEnglish
	}
	return fmt.Sprintf("%s %d", names[period.Month()-1], period.Year())
}

var (
	monthsDutch = [12]string{
		"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december",
	}
	monthsEnglish = [12]string{
		"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
	}
)

// outcome gives the word for what became of a record.
func (t texts) outcome(outcome billing.Outcome) string {
	switch outcome {
	case billing.Accepted:
		return t.say("akkoord")
	case billing.Held:
		return t.say("uitval")
	case billing.Rejected:
		return t.say("afgewezen")
	case billing.Pending:
		return t.say("wacht")
	case billing.Replaced:
		return t.say("vervangen")
	case billing.Withdrawn:
		return t.say("ingetrokken")
	}
	return ""
}

// kind gives the word for why a line is in a declaration.
func (t texts) kind(kind billing.LineKind) string {
	switch kind {
	case billing.Regular:
		return t.say("regulier")
	case billing.Late:
		return t.say("nagekomen")
	case billing.Credit:
		return t.say("credit")
	case billing.Correction:
		return t.say("correctie")
	}
	return string(kind)
}

// severity gives the word for what a finding does.
func (t texts) severity(severity billing.Severity) string {
	switch severity {
	case billing.Reject:
		return t.say("afwijzing")
	case billing.Hold:
		return t.say("uitval")
	case billing.Signal:
		return t.say("signaal")
	}
	return ""
}

// frequency gives the word for over what time a volume counts.
func (t texts) frequency(frequency billing.Frequency) string {
	switch frequency {
	case billing.PerDay:
		return t.say("per dag")
	case billing.PerWeek:
		return t.say("per week")
	case billing.PerMonth:
		return t.say("per maand")
	case billing.InTotal:
		return t.say("in totaal")
	}
	return ""
}
