package web

import (
	"fmt"
	"html/template"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
)

// functions are what the pages of a language write with.
func functions(language string) template.FuncMap {
	return template.FuncMap{
		"t":     func(key string, values ...any) string { return say(language, key, values...) },
		"euro":  func(amount billing.Money) string { return formatEuro(amount, language) },
		"n":     func(number int) string { return rules.Count(number, language) },
		"day":   formatDay,
		"month": func(period billing.Period) string { return rules.Show("month", period.String(), language) },
		"qty": func(quantity billing.Quantity, unit billing.Unit) string {
			return formatQuantity(quantity, unit, language)
		},
		"moment":     formatMoment,
		"outcome":    func(outcome billing.Outcome) string { return say(language, outcomeWords[outcome]) },
		"text":       func(text billing.Text) string { return text.In(language) },
		"word":       func(word string) string { return say(language, word) },
		"query":      url.QueryEscape,
		"percent":    percent,
		"add":        func(a, b int) int { return a + b },
		"size":       formatSize,
		"lower":      strings.ToLower,
		"cellOf":     func(c cell, head string) shownCell { return shownCell{c, head} },
		"progressOf": func(step string, percent int64) shownProgress { return shownProgress{step, percent} },
	}
}

// outcomeWords are the words for outcomes.
var outcomeWords = map[billing.Outcome]string{
	billing.NoOutcome: "onbekend", billing.Accepted: "akkoord", billing.Held: "uitval", billing.Rejected: "afgewezen", billing.Pending: "wacht op zijn maand", billing.Replaced: "vervangen",
	billing.Withdrawn: "ingetrokken",
}

// severityWords are the words for severities.
var severityWords = map[billing.Severity]string{billing.NoSeverity: "signaal", billing.Signal: "signaal", billing.Hold: "de regio beoordeelt", billing.Reject: "wordt afgewezen"}

func formatEuro(amount billing.Money, language string) string {
	return rules.Show("eur", strconv.FormatInt(int64(amount), 10), language)
}

// formatDay writes a day as 02-10-2026; none is –.
func formatDay(day billing.Date) string {
	if day.IsZero() {
		return "–"
	}
	iso := day.String()
	return iso[8:] + "-" + iso[5:7] + "-" + iso[:4]
}

// formatMoment writes a moment as people here do.
func formatMoment(seconds int64) string {
	if seconds == 0 {
		return "–"
	}
	return time.Unix(seconds, 0).In(zone()).Format("02-01-2006 15:04")
}

func formatQuantity(quantity billing.Quantity, unit billing.Unit, language string) string {
	prefix := "t"
	switch unit {
	case billing.NoUnit:
		return "–"
	case billing.Daypart:
		prefix = "d"
	}
	return rules.Show("qty", fmt.Sprintf("%s%d", prefix, quantity), language)
}

func formatSize(bytes int64) string {
	switch {
	case bytes >= 1<<20:
		return fmt.Sprintf("%d MiB", bytes>>20)
	case bytes >= 1<<10:
		return fmt.Sprintf("%d KiB", bytes>>10)
	}
	return fmt.Sprintf("%d B", bytes)
}

// percent returns how much of a total a part is, from 0 to 100.
func percent(part, total int64) int64 {
	if total <= 0 || part <= 0 {
		return 0
	}
	return min(100, part*100/total)
}

// shownCell is a cell with the heading that it is read with where there is no room for columns.
type shownCell struct {
	cell
	Head string
}

// shownProgress is how far a piece of work is.
type shownProgress struct {
	Step    string
	Percent int64
}
