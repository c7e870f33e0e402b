package web

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
)

// sheet is a page of facts and tables.
type sheet struct {
	Intro    []string
	Facts    []fact
	Sections []section
	Links    []link
	Pager    *pager
}

type fact struct{ Name, Value string }

type link struct{ Href, Text string }

// section is a table with its heading; what says that it is empty stands in its place.
type section struct {
	Title, Caption string
	Heads          []heading
	Rows           [][]cell
	Total          []cell
	Empty          string
	Chart          *chart
}

type heading struct {
	Text  string
	Right bool
}

// cell is one cell: a text, perhaps a link, perhaps a bar of some per cent.
type cell struct {
	Text, Href string
	Right      bool
	Bar        int64  // per cent, and 0 for none
	Mark       string // ok, warn or bad: a shape beside the word
}

// left and right make headings, and words and figures make cells.
func left(text string) heading  { return heading{Text: text} }
func right(text string) heading { return heading{Text: text, Right: true} }

func words(text string) cell { return cell{Text: text} }

func number(count int, language string) cell {
	return cell{Text: rules.Count(count, language), Right: true}
}

func euros(amount billing.Money, language string) cell {
	return cell{Text: formatEuro(amount, language), Right: true}
}

func linked(text, href string) cell { return cell{Text: text, Href: href} }

// chart is bars of amounts, drawn beside the table with the same figures.
type chart struct {
	Title string
	Bars  []bar
}

type bar struct {
	Label, Value string
	X, Width     int // of 300
	Y            int
	Negative     bool
}

const chartWidth = 300

// barsOf makes a chart of amounts.
func barsOf(title, language string, labels []string, amounts []billing.Money) *chart {
	const most = 12
	labels, amounts = labels[:min(most, len(labels))], amounts[:min(most, len(amounts))]
	largest := billing.Money(1)
	for _, amount := range amounts {
		largest = max(largest, amount, -amount)
	}
	c := &chart{Title: title}
	for i, amount := range amounts {
		width := int(int64(max(amount, -amount)) * chartWidth / int64(largest))
		c.Bars = append(c.Bars, bar{Label: shortLabel(labels[i]), Value: formatEuro(amount, language), Width: width, Y: i * 24, Negative: amount < 0})
	}
	return c
}

// Height returns how high the chart is.
func (c *chart) Height() int { return len(c.Bars) * 24 }

// shortLabel returns a name that fits beside its bar; the table has it whole.
func shortLabel(name string) string {
	const most = 25
	if runes := []rune(name); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return name
}
