package site

import (
	"html/template"
	"net/url"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
)

// functions returns the template functions of the pages in a language.
func functions(language string) template.FuncMap {
	return template.FuncMap{
		"t":     func(key string, values ...any) string { return words.Say(language, key, values...) },
		"euro":  func(amount billing.Money) string { return words.Euro(amount, language) },
		"n":     func(number int) string { return rules.Count(number, language) },
		"day":   words.Day,
		"month": func(period billing.Period) string { return words.Month(period, language) },
		"qty": func(quantity billing.Quantity, unit billing.Unit) string {
			return words.Quantity(quantity, unit, language)
		},
		"rows":       func(count int) string { return words.Rows(count, language) },
		"prestaties": func(count int) string { return words.Prestaties(count, language) },
		"price":      func(price billing.Price) string { return words.Price(price, language) },
		"moment":     words.Moment,
		"at":         words.At,
		"outcome":    func(outcome billing.Outcome) string { return words.Say(language, words.Outcomes[outcome]) },
		"text":       func(text billing.Text) string { return text.In(language) },
		"word":       func(word string) string { return words.Say(language, word) },
		"query":      url.QueryEscape,
		"percent":    words.Percent,
		"add":        func(a, b int) int { return a + b },
		"size":       words.Size,
		"lower":      strings.ToLower,
		"place":      func(sheet string, row int) string { return words.Cell(sheet, row, language) },
		"logged":     func(text string) string { return words.Logged(text, language) },
		"told":       func(kept string) string { return words.Told(kept, language) },
		"cellOf":     func(c Cell, head string) shownCell { return shownCell{c, head} },
		"progressOf": func(step string, percent int64) shownProgress { return shownProgress{step, percent} },
	}
}

// shownCell is a cell with the heading of its column, which narrow screens show in front of it.
type shownCell struct {
	Cell
	Head string
}

// shownProgress is the progress of a check or a job.
type shownProgress struct {
	Step    string
	Percent int64
}
