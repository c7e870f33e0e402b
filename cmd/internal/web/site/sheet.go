package site

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
)

// Sheet is a page of facts and tables.
type Sheet struct {
	Intro    []string
	Facts    []Fact
	Sections []Section
	Links    []Link
	Pager    *Pager
}

// Fact is a figure with its name.
type Fact struct{ Name, Value string }

// FactOf returns a fact.
func FactOf(name, value string) Fact { return Fact{name, value} }

// Link is a link to another page.
type Link struct{ Href, Text string }

// Section is a table with a title. Without rows its Empty text is shown instead.
type Section struct {
	Key            string // names the table in the address of its own page; "" for a table that is never cut
	Title, Caption string
	Heads          []Heading
	Rows           [][]Cell
	Total          []Cell
	Empty          string
	Chart          *chart
	All            *Link // to the whole table; nil if it is not cut
}

// Heading is the heading of a column; Right aligns it as figures.
type Heading struct {
	Text  string
	Right bool
}

// Cell is a cell of a table: a text, optionally with a link, a bar or a mark.
type Cell struct {
	Text, Href string
	Right      bool
	Bar        int64  // length in per cent; 0 for none
	Mark       string // ok, warn or bad, shown as a shape next to the text; "" for none
}

// Left returns the heading of a column of words.
func Left(text string) Heading { return Heading{Text: text} }

// Right returns the heading of a column of figures.
func Right(text string) Heading { return Heading{Text: text, Right: true} }

// Words returns a cell with a text.
func Words(text string) Cell { return Cell{Text: text} }

// Number returns a cell with a count.
func Number(count int, language string) Cell {
	return Cell{Text: rules.Count(count, language), Right: true}
}

// Euros returns a cell with an amount.
func Euros(amount billing.Money, language string) Cell {
	return Cell{Text: words.Euro(amount, language), Right: true}
}

// EurosIfAny returns a cell with an amount, or – for 0.
func EurosIfAny(amount billing.Money, language string) Cell {
	if amount == 0 {
		return Cell{Text: "–", Right: true}
	}
	return Euros(amount, language)
}

// Linked returns a cell with a link.
func Linked(text, href string) Cell { return Cell{Text: text, Href: href} }

// chart is a bar chart of amounts, drawn next to the table with the same figures.
type chart struct {
	Title string
	Bars  []bar
}

type bar struct {
	Label, Value string
	Width        int // between 0 and chartWidth
	Y            int
	Negative     bool
}

const chartWidth = 215

// BarsOf returns a chart of at most the first twelve amounts, scaled to the largest of them.
func BarsOf(title, language string, labels []string, amounts []billing.Money) *chart {
	const most = 12
	labels, amounts = labels[:min(most, len(labels))], amounts[:min(most, len(amounts))]
	largest := billing.Money(1)
	for _, amount := range amounts {
		largest = max(largest, amount, -amount)
	}
	c := &chart{Title: title}
	for i, amount := range amounts {
		width := int(int64(max(amount, -amount)) * chartWidth / int64(largest))
		c.Bars = append(c.Bars, bar{Label: shortLabel(labels[i]), Value: words.Euro(amount, language), Width: width, Y: i * 24, Negative: amount < 0})
	}
	return c
}

// Height returns the height of the chart.
func (c *chart) Height() int { return len(c.Bars) * 24 }

// shortLabel shortens a name to fit next to its bar; the table has it in full.
func shortLabel(name string) string {
	const most = 22
	if runes := []rune(name); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return name
}
