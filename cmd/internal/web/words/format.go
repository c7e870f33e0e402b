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

// Outcomes are the words for outcomes.
var Outcomes = map[billing.Outcome]string{
	billing.NoOutcome: "onbekend", billing.Accepted: "akkoord", billing.Held: "uitval", billing.Rejected: "afgewezen", billing.Pending: "wacht op zijn maand", billing.Replaced: "vervangen",
	billing.Withdrawn: "ingetrokken",
}

// Severities are the words for severities.
var Severities = map[billing.Severity]string{billing.NoSeverity: "signaal", billing.Signal: "signaal", billing.Hold: "de regio beoordeelt", billing.Reject: "wordt afgewezen"}

// Euro writes an amount.
func Euro(amount billing.Money, language string) string {
	return strings.Replace(rules.Show("eur", strconv.FormatInt(int64(amount), 10), language), "€ ", "€\u00a0", 1) // an amount does not break
}

// Day writes a day as 02-10-2026; none is –.
func Day(day billing.Date) string {
	if day.IsZero() {
		return "–"
	}
	return day.Dutch()
}

// Month writes a month in words.
func Month(period billing.Period, language string) string {
	return Say(language, billing.MonthNames[period.Month()-1]) + " " + strconv.Itoa(period.Year())
}

// Moment writes a moment as people here do.
func Moment(seconds int64) string {
	if seconds == 0 {
		return "–"
	}
	return time.Unix(seconds, 0).In(Zone()).Format("02-01-2006 15:04")
}

// At writes a moment that the log keeps as people here do, to the second.
func At(moment string) string {
	at, err := time.Parse(time.RFC3339, moment)
	if err != nil {
		return moment
	}
	return at.In(Zone()).Format("02-01-2006 15:04:05")
}

// Quantity writes hours or day-parts.
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

// Size writes how large a file is.
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

// Percent returns how much of a total a part is, from 0 to 100.
func Percent(part, total int64) int64 {
	if total <= 0 || part <= 0 {
		return 0
	}
	return min(100, part*100/total)
}

// Kinds are the words for kinds of declaration lines.
var Kinds = map[billing.LineKind]string{billing.Regular: "gewoon", billing.Late: "late zorg", billing.Correction: "correctie", billing.Credit: "credit"}

// CauseText writes why a declared amount changed.
func CauseText(cause billing.Cause, language string) string { return cause.Text().In(language) }

// Short writes the beginning of a hash.
func Short(hash string) string {
	if len(hash) > 12 {
		return hash[:12] + "…"
	}
	return hash
}

// Zone is where days begin and end.
var Zone = sync.OnceValue(func() *time.Location {
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		return time.Local
	}
	return amsterdam
})

// Today returns the day that it is there.
func Today() billing.Date { return billing.DateOf(time.Now().In(Zone())) }

// Cell writes where a row stands.
func Cell(sheet string, row int, language string) string {
	place := Say(language, "rij %d", row)
	if sheet == "" {
		return place
	}
	return sheet + ", " + place
}

// Place writes in a language where a finding stands, which is kept as Uren!G217, Uren!rij 217 or prestatie 3. A row is not
// named as a spreadsheet names a cell.
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

// Steps are the steps of a job for people.
var Steps = map[workspace.Step]string{
	workspace.TakingIn: "inlezen", workspace.Judging: "toetsen", workspace.Recomputing: "narekenen", workspace.Writing: "werkboeken schrijven",
}

// Source writes where a rule comes from.
func Source(source, language string) string {
	if source == "own" {
		return Say(language, "eigen regel")
	}
	return source
}

// Rows counts rows.
func Rows(count int, language string) string {
	return Say(language, "%s regels", marked{count, language})
}

// Lines counts lines of a declaration.
func Lines(count int, language string) string {
	return Say(language, "%s declaratieregels", marked{count, language})
}

// Payments counts payments.
func Payments(count int, language string) string {
	return Say(language, "%s betalingen", marked{count, language})
}

// Prestaties counts prestaties of messages.
func Prestaties(count int, language string) string {
	return Say(language, "%s prestaties", marked{count, language})
}

// marked is a whole number with its thousands marks.
type marked struct {
	number   int
	language string
}

// String writes the number.
func (m marked) String() string { return rules.Count(m.number, m.language) }

// Price writes a price.
func Price(price billing.Price, language string) string { return Euro(billing.Money(price), language) }
