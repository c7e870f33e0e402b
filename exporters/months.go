package exporters

import (
	"cmp"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// monthLine is what was declared in one month of this year and of the last.
type monthLine struct {
	month        int
	last, latest billing.Money
}

// monthsBlock sets the declarations of this year beside those of the last, month by month.
func (g *gathering) monthsBlock(page *workbook.Page, municipality string) {
	year := g.Period.Year()
	lines := make([]monthLine, 12)
	for i := range lines {
		lines[i].month = i
	}
	add := func(period billing.Period, amount billing.Money) {
		switch line := &lines[period.Month()-1]; period.Year() {
		case year:
			line.latest += amount
		case year - 1:
			line.last += amount
		}
	}
	for i := range g.Earlier {
		if earlier := &g.Earlier[i]; earlier.Municipality == municipality && earlier.Period < g.Period {
			add(earlier.Period, earlier.Amount)
		}
	}
	for key, part := range g.cube {
		if key.municipality == municipality {
			add(g.Period, part.net())
		}
	}
	columns := []workbook.Column{
		{Heading: g.say("Declaratieperiode")}, {Heading: g.say("Vorig jaar (%d)", year-1), Format: workbook.Euro, Sum: true},
		{Heading: g.say("Dit jaar (%d)", year), Format: workbook.Euro, Sum: true},
	}
	rows := make([][]workbook.Value, len(lines))
	for i, line := range lines {
		rows[i] = []workbook.Value{workbook.Text(g.monthName(line.month)), workbook.Money(line.last), workbook.Money(line.latest)}
	}
	title := g.say("Declaraties per maand")
	page.ChapterOnPage(title)
	span := page.BlockSpan(columns, rows, g.say("Totaal"))
	page.Chart(&workbook.Chart{Title: title, Alt: g.say("Staafdiagram: het gedeclareerde bedrag per maand, vorig jaar en dit jaar; de getallen staan erboven."),
		Of: span, Values: []int{1, 2}, Format: workbook.Euro})
}

// movement is the change of one product of one provider against the declaration before.
type movement struct {
	provider, product string
	before, now       measures
}

func (m *movement) difference() billing.Money { return m.now.net() - m.before.net() }

// movementsMax is how many movements are shown.
const movementsMax = 5

// movementsBlock shows what changed most since the last declaration, and what can be told of the cause.
func (g *gathering) movementsBlock(page *workbook.Page, municipality string) {
	periods := g.earlierPeriods()
	if len(periods) == 0 {
		return
	}
	last := periods[len(periods)-1]
	found := g.movements(municipality, last)
	if len(found) == 0 {
		return
	}
	columns := []column[*movement]{
		{"Aanbieder", 0, workbook.Plain, func(v *view, m *movement) workbook.Value { return workbook.Text(v.providerName(m.provider)) }, plain},
		{"Product", 0, workbook.Plain, func(_ *view, m *movement) workbook.Value { return workbook.Text(m.product) }, plain},
		{"Vorige declaratie", 0, workbook.Euro, func(_ *view, m *movement) workbook.Value { return workbook.Money(m.before.net()) }, plain},
		{"Deze declaratie", 0, workbook.Euro, func(_ *view, m *movement) workbook.Value { return workbook.Money(m.now.net()) }, plain},
		{"Verschil", 0, workbook.Euro, func(_ *view, m *movement) workbook.Value { return workbook.Money(m.difference()) }, plain},
		{"Wat veranderde", 0, workbook.Plain, func(v *view, m *movement) workbook.Value { return workbook.Text(v.cause(m)) }, plain},
	}
	page.Chapter(g.say("Grootste verschillen met %s", g.month(last)))
	page.Block(columnsOf(g.view, columns), blockOf(g.view, columns, found), "")
}

// movements gives the largest, the largest first.
func (g *gathering) movements(municipality string, last billing.Period) []*movement {
	type key struct{ provider, product string }
	sums := make(map[key]*movement)
	at := func(provider, product string) *movement {
		k := key{provider, product}
		if sums[k] == nil {
			sums[k] = &movement{provider: provider, product: product}
		}
		return sums[k]
	}
	for i := range g.Earlier {
		earlier := &g.Earlier[i]
		if earlier.Period != last || earlier.Municipality != municipality {
			continue
		}
		m := at(earlier.Provider, earlier.Product)
		m.before.debit += earlier.Amount
		switch earlier.Unit {
		case billing.Time:
			m.before.time += earlier.Quantity
		case billing.Daypart:
			m.before.dayparts += earlier.Quantity
		}
	}
	for k, part := range g.cube {
		if k.municipality == municipality {
			at(k.provider, k.product).now.merge(part)
		}
	}
	var found []*movement
	for _, m := range sums {
		if m.difference() != 0 {
			found = append(found, m)
		}
	}
	slices.SortFunc(found, func(a, b *movement) int {
		return cmp.Or(-cmp.Compare(max(a.difference(), -a.difference()), max(b.difference(), -b.difference())),
			cmp.Compare(a.provider, b.provider), cmp.Compare(a.product, b.product))
	})
	return found[:min(len(found), movementsMax)]
}

// cause says what the totals tell of a movement; why a provider delivered more or less they do not know.
func (v *view) cause(m *movement) string {
	before, now := m.before.time+m.before.dayparts, m.now.time+m.now.dayparts
	switch {
	case m.before.net() == 0 && before == 0:
		return v.say("Niet in de vorige declaratie.")
	case m.now.net() == 0 && now == 0:
		return v.say("Niet meer in deze declaratie.")
	case m.now.credit != 0 && 2*-m.now.credit > max(m.difference(), -m.difference()):
		return v.say("Vooral credits en correcties: %s gecrediteerd.", v.euros(-m.now.credit))
	case now > before:
		return v.say("Er is meer gedeclareerd; de oorzaak is niet bekend.")
	case now < before:
		return v.say("Er is minder gedeclareerd; de oorzaak is niet bekend.")
	}
	return v.say("Evenveel zorg tegen een ander tarief.")
}

// clientBands are the upper bounds of what a client cost, in cents; the last band has none.
var clientBands = [...]billing.Money{250_00, 500_00, 1_000_00, 2_500_00, 5_000_00}

// clientsMin is the smallest group of clients that is counted out.
const clientsMin = 5

// clientsBlock shows how many clients cost how much; of a small group only that it is small.
func (g *gathering) clientsBlock(page *workbook.Page, m *municipality) {
	if len(m.clients) == 0 {
		return
	}
	var counts [len(clientBands) + 1]int
	for _, amount := range m.clients {
		band := 0
		for band < len(clientBands) && amount > clientBands[band] {
			band++
		}
		counts[band]++
	}
	rows := make([][]workbook.Value, len(counts))
	for i, number := range counts {
		label := ""
		switch {
		case i == 0:
			label = g.say("tot en met %s", g.euros(clientBands[0]))
		case i == len(clientBands):
			label = g.say("meer dan %s", g.euros(clientBands[i-1]))
		default:
			label = g.say("%s tot en met %s", g.euros(clientBands[i-1]), g.euros(clientBands[i]))
		}
		shown := workbook.Count(number)
		if number > 0 && number < clientsMin {
			shown = workbook.Text(g.say("minder dan %d", clientsMin))
		}
		rows[i] = []workbook.Value{workbook.Text(label), shown}
	}
	title := g.say("Cliënten naar wat hun zorg deze periode kost")
	page.ChapterOnPage(title)
	span := page.BlockSpan([]workbook.Column{{Heading: g.say("Bedrag per cliënt")}, {Heading: g.say("Cliënten"), Format: workbook.Whole}}, rows, "")
	page.Chart(&workbook.Chart{Title: title, Alt: g.say("Staafdiagram: aantal cliënten per klasse van het bedrag; groepen onder vijf zijn niet getekend."),
		Of: span, Values: []int{1}, Format: workbook.Whole})
}
