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

// FactOf makes a fact.
func FactOf(name, value string) Fact { return Fact{name, value} }

// Link leads elsewhere.
type Link struct{ Href, Text string }

// Section is a table with its heading; what says that it is empty stands in its place.
type Section struct {
	Key            string // under which the whole of a long one is shown; "" for one that is never long
	Title, Caption string
	Heads          []Heading
	Rows           [][]Cell
	Total          []Cell
	Empty          string
	Chart          *chart
	All            *Link // to the whole of it
}

// Heading is that of a column.
type Heading struct {
	Text  string
	Right bool
}

// Cell is one cell: a text, perhaps a link, perhaps a bar of some per cent.
type Cell struct {
	Text, Href string
	Right      bool
	Bar        int64  // per cent, and 0 for none
	Mark       string // ok, warn or bad: a shape beside the word
}

// Left makes the heading of words.
func Left(text string) Heading { return Heading{Text: text} }

// Right makes the heading of figures.
func Right(text string) Heading { return Heading{Text: text, Right: true} }

// Words makes a cell of words.
func Words(text string) Cell { return Cell{Text: text} }

// Number makes a cell of a count.
func Number(count int, language string) Cell {
	return Cell{Text: rules.Count(count, language), Right: true}
}

// Euros makes a cell of an amount.
func Euros(amount billing.Money, language string) Cell {
	return Cell{Text: words.Euro(amount, language), Right: true}
}

// EurosIfAny makes a cell of an amount; – where none is known.
func EurosIfAny(amount billing.Money, language string) Cell {
	if amount == 0 {
		return Cell{Text: "–", Right: true}
	}
	return Euros(amount, language)
}

// Linked makes a cell that leads elsewhere.
func Linked(text, href string) Cell { return Cell{Text: text, Href: href} }

// chart is bars of amounts, drawn beside the table with the same figures.
type chart struct {
	Title string
	Bars  []bar
}

type bar struct {
	Label, Value string
	X, Width     int // of chartWidth
	Y            int
	Negative     bool
}

const chartWidth = 215

// BarsOf makes a chart of amounts.
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

// Height returns how high the chart is.
func (c *chart) Height() int { return len(c.Bars) * 24 }

// shortLabel returns a name that fits beside its bar; the table has it whole.
func shortLabel(name string) string {
	const most = 22
	if runes := []rune(name); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return name
}
