package words

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Outcomes are the Dutch words for outcomes.
var Outcomes = map[billing.Outcome]string{
	billing.NoOutcome: "onbekend", billing.Accepted: "akkoord", billing.Held: "uitval", billing.Rejected: "afgewezen", billing.Pending: "wacht op zijn maand", billing.Replaced: "vervangen",
	billing.Withdrawn: "ingetrokken",
}

// Severities are the Dutch words for severities, as providers read them.
var Severities = map[billing.Severity]string{billing.NoSeverity: "signaal", billing.Signal: "signaal", billing.Hold: "de regio beoordeelt", billing.Reject: "wordt afgewezen"}

// Euro formats an amount in euros, without a line break after the sign.
func Euro(amount billing.Money, language string) string {
	return strings.Replace(rules.Show("eur", strconv.FormatInt(int64(amount), 10), language), "€ ", "€\u00a0", 1)
}

// Day formats a day as 02-10-2026; the zero day as –.
func Day(day billing.Date) string {
	if day.IsZero() {
		return "–"
	}
	return day.Dutch()
}

// Month formats a month as its name and year.
func Month(period billing.Period, language string) string {
	return Say(language, billing.MonthNames[period.Month()-1]) + " " + strconv.Itoa(period.Year())
}

// Moment formats a time in Unix seconds as 02-10-2026 15:04 in the Netherlands; 0 as –.
func Moment(seconds int64) string {
	if seconds == 0 {
		return "–"
	}
	return time.Unix(seconds, 0).In(Zone()).Format("02-01-2006 15:04")
}

// At formats a time of the log (RFC 3339) as 02-10-2026 15:04:05 in the Netherlands. It returns any other text unchanged.
func At(moment string) string {
	at, err := time.Parse(time.RFC3339, moment)
	if err != nil {
		return moment
	}
	return at.In(Zone()).Format("02-01-2006 15:04:05")
}

// Quantity formats a quantity with its unit, hours or day-parts; – without a unit.
func Quantity(quantity billing.Quantity, unit billing.Unit, language string) string {
	prefix := "t"
	switch unit {
	case billing.NoUnit:
		return "–"
	case billing.Daypart:
		prefix = "d"
	}
	return rules.Show("qty", fmt.Sprintf("%s%d", prefix, quantity), language)
}

// Size formats a number of bytes in the unit that fits.
func Size(bytes int64) string {
	switch {
	case bytes >= 10<<30:
		return fmt.Sprintf("%d GiB", bytes>>30)
	case bytes >= 1<<20:
		return fmt.Sprintf("%d MiB", bytes>>20)
	case bytes >= 1<<10:
		return fmt.Sprintf("%d KiB", bytes>>10)
	}
	return fmt.Sprintf("%d B", bytes)
}

// Percent returns part as a percentage of total, from 0 to 100; 0 if either is not positive.
func Percent(part, total int64) int64 {
	if total <= 0 || part <= 0 {
		return 0
	}
	return min(100, part*100/total)
}

// Kinds are the Dutch words for kinds of declaration lines.
var Kinds = map[billing.LineKind]string{billing.Regular: "gewoon", billing.Late: "late zorg", billing.Correction: "correctie", billing.Credit: "credit"}

// CauseText returns the text of the cause of a change in a declared amount.
func CauseText(cause billing.Cause, language string) string { return cause.Text().In(language) }

// Short returns the first 12 characters of a hash.
func Short(hash string) string {
	if len(hash) > 12 {
		return hash[:12] + "…"
	}
	return hash
}

// Zone returns the time zone of the Netherlands, or the local one if the system does not know it.
var Zone = sync.OnceValue(func() *time.Location {
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		return time.Local
	}
	return amsterdam
})

// Today returns the current day in [Zone].
func Today() billing.Date { return billing.DateOf(time.Now().In(Zone())) }

// Cell formats the place of a row: its sheet, if it has one, and its number.
func Cell(sheet string, row int, language string) string {
	place := Say(language, "rij %d", row)
	if sheet == "" {
		return place
	}
	return sheet + ", " + place
}

// Place formats the place of a finding, which is stored as Uren!G217, Uren!rij 217 or prestatie 3. A row becomes "Uren, rij 217" in
// the language; other places stay as they are.
func Place(place, language string) string {
	at := strings.LastIndex(place, "rij ")
	if at < 0 || at > 0 && place[at-1] != '!' {
		return place
	}
	row := Say(language, "rij %s", place[at+len("rij "):])
	if at == 0 {
		return row
	}
	return place[:at-1] + ", " + row
}

// Steps are the Dutch words for the steps of a job.
var Steps = map[workspace.Step]string{
	workspace.TakingIn: "inlezen", workspace.Judging: "toetsen", workspace.Recomputing: "narekenen", workspace.Writing: "werkboeken schrijven",
}

// Source returns the source of a rule in a language.
func Source(source, language string) string {
	if source == "own" {
		return Say(language, "eigen regel")
	}
	return source
}

// Rows formats a number of rows with the word.
func Rows(count int, language string) string {
	return Say(language, "%s regels", marked{count, language})
}

// Lines formats a number of declaration lines with the word.
func Lines(count int, language string) string {
	return Say(language, "%s declaratieregels", marked{count, language})
}

// Payments formats a number of payments with the word.
func Payments(count int, language string) string {
	return Say(language, "%s betalingen", marked{count, language})
}

// Prestaties formats a number of prestaties with the word.
func Prestaties(count int, language string) string {
	return Say(language, "%s prestaties", marked{count, language})
}

// marked is a whole number that is formatted with thousands separators.
type marked struct {
	number   int
	language string
}

// String formats the number.
func (m marked) String() string { return rules.Count(m.number, m.language) }

// Price formats a price in euros.
func Price(price billing.Price, language string) string { return Euro(billing.Money(price), language) }
