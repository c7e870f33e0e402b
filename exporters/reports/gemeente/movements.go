package gemeente

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// movement is the change in one product of one provider since the previous declaration.
type movement struct {
	provider, product        string
	before, now              billing.Money
	monthBefore, monthNow    month.Monthly // the part that is care of the month itself
	byQuantity, byPrice, old billing.Money
	rest                     bool // all others together
}

func (m *movement) difference() billing.Money { return m.now - m.before }

// roundingMost is one euro: a smaller difference by price comes from the rounding of lines and counts as one of quantity.
const roundingMost = billing.Money(1_00)

// explain splits the difference: more or less care of the month itself, another price for it, and the rest, which is care
// of earlier months: late, credited and corrected.
func (m *movement) explain() {
	for unit := range m.monthNow {
		before, now := m.monthBefore[unit], m.monthNow[unit]
		byQuantity := now.Amount
		if before.Quantity != 0 {
			byQuantity = proportion(before.Amount, now.Quantity-before.Quantity, before.Quantity)
		}
		byPrice := now.Amount - before.Amount - byQuantity
		if max(byPrice, -byPrice) < roundingMost {
			byQuantity, byPrice = byQuantity+byPrice, 0
		}
		m.byQuantity += byQuantity
		m.byPrice += byPrice
	}
	m.old = m.difference() - m.byQuantity - m.byPrice
}

// proportion returns amount × part / whole, rounded half away from zero to cents. It is for display only: no declared
// amount is based on it.
func proportion(amount billing.Money, part, whole billing.Quantity) billing.Money {
	product := decimal.NewFromInt(int64(amount)).Mul(decimal.NewFromInt(int64(part)))
	return billing.Money(product.DivRound(decimal.NewFromInt(int64(whole)), 0).IntPart())
}

// movementsMax is the most movements that are shown.
const movementsMax = 5

var movementColumns = []layout.Column[*movement]{
	layout.Col("Aanbieder", 0, workbook.Wrapped, func(v *layout.View, m *movement) workbook.Value {
		if m.rest {
			return workbook.Text(v.Say("Overige aanbieders en producten"))
		}
		return workbook.Text(v.ProviderName(m.provider))
	}),
	layout.Col("Product", 0, workbook.Wrapped, func(v *layout.View, m *movement) workbook.Value {
		if m.rest {
			return workbook.None()
		}
		return workbook.Text(m.product + " " + v.Product(m.product).Name)
	}),
	layout.Col("Vorige declaratie", 0, workbook.Euro, func(_ *layout.View, m *movement) workbook.Value { return workbook.Money(m.before) }).Summed(),
	layout.Col("Deze declaratie", 0, workbook.Euro, func(_ *layout.View, m *movement) workbook.Value { return workbook.Money(m.now) }).Summed(),
	layout.Col("Verschil", 0, workbook.Euro, func(_ *layout.View, m *movement) workbook.Value {
		return workbook.Money(m.difference()).As(workbook.Strong)
	}).Summed(),
	layout.Col("door meer of minder zorg", 0, workbook.Euro, func(_ *layout.View, m *movement) workbook.Value { return workbook.Money(m.byQuantity) }).Summed(),
	layout.Col("door ander tarief", 0, workbook.Euro, func(_ *layout.View, m *movement) workbook.Value { return workbook.Money(m.byPrice) }).Summed(),
	layout.Col("door zorg van eerder", 0, workbook.Euro, func(_ *layout.View, m *movement) workbook.Value { return workbook.Money(m.old) }).Summed(),
}

// movementsBlock shows what changed most since the previous declaration, and why.
func (w *Workbook) movementsBlock(page *workbook.Page) {
	periods := w.EarlierPeriods()
	if len(periods) == 0 {
		return
	}
	last := periods[len(periods)-1]
	if found := w.movements(last); len(found) > 0 {
		page.Section(&workbook.Section{
			Title: w.Say("Grootste verschillen met %s", w.MonthName(last)), Columns: layout.ColumnsOf(w.View, movementColumns), Rows: layout.BlockOf(w.View, movementColumns, found),
			Total: w.Say("Totaal"),
		})
		page.Paragraph(w.Say("Zorg van eerder is zorg van vorige maanden: nagekomen, gecrediteerd of gecorrigeerd."))
	}
}

// movements returns the largest differences, the largest first, and then all others together, those of 0 included.
func (w *Workbook) movements(last billing.Period) []*movement {
	type key struct{ provider, product string }
	sums := make(map[key]*movement)
	at := func(provider, product string) *movement {
		k := key{provider, product}
		if sums[k] == nil {
			sums[k] = &movement{provider: provider, product: product}
		}
		return sums[k]
	}
	for i := range w.Earlier {
		earlier := &w.Earlier[i]
		if earlier.Period != last || earlier.Municipality != w.code {
			continue
		}
		m := at(earlier.Provider, earlier.Product)
		m.before += earlier.Amount
		if earlier.CareMonth == earlier.Period {
			m.monthBefore.Add(earlier.Unit, earlier.Quantity, earlier.Amount)
		}
	}
	for k, part := range w.Cube {
		if k.Municipality == w.code {
			m := at(k.Provider, k.Product)
			m.now += part.Net()
			m.monthNow.Merge(&part.Month)
		}
	}
	found := make([]*movement, 0, len(sums))
	for _, m := range sums {
		m.explain()
		found = append(found, m)
	}
	slices.SortFunc(found, func(a, b *movement) int {
		return cmp.Or(-cmp.Compare(max(a.difference(), -a.difference()), max(b.difference(), -b.difference())),
			cmp.Compare(a.provider, b.provider), cmp.Compare(a.product, b.product))
	})
	shown := min(len(found), movementsMax)
	for shown > 0 && found[shown-1].difference() == 0 {
		shown--
	}
	if shown == 0 {
		return nil
	}
	if rest := found[shown:]; len(rest) > 0 {
		found = append(found[:shown:shown], restOf(rest))
	}
	return found
}

// restOf adds up movements.
func restOf(movements []*movement) *movement {
	rest := &movement{rest: true}
	for _, m := range movements {
		rest.before += m.before
		rest.now += m.now
		rest.byQuantity += m.byQuantity
		rest.byPrice += m.byPrice
		rest.old += m.old
	}
	return rest
}
