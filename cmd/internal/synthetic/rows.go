package synthetic

import (
	"fmt"

	"github.com/pxq-nl/pxq/billing"
)

// row is a visit as its provider records it, before it is written in the provider's style.
type row struct {
	visit        *visit
	reference    string
	agb          string
	bsn          string
	birth        billing.Date
	number       string // of the referral
	municipality *billing.Municipality
	product      string
	date         billing.Date
	start, end   int // minutes since midnight; -1 is none
	part         string
	unit         billing.Unit
	quantity     billing.Quantity
	price        billing.Price // claimed, if the provider claims; 0 is none
	amount       billing.Money
	remark       string
	extra        int // determines what extra columns hold

	spoiled billing.Field // this cell is written as instead, whatever the style
	instead string
}

// rowOf returns the row of a visit with its mistake.
func (p *plan) rowOf(c chance, v *visit) row {
	r := p.of(v)
	maker := &p.providers[v.provider]
	w := row{
		visit: v, reference: p.reference(maker, v.number), agb: maker.agb, bsn: r.client.bsn, birth: r.client.birth, number: r.Number,
		municipality: r.client.home, product: r.product.Code, date: v.date, start: -1, end: -1, part: dayparts[v.part], unit: r.unit,
		quantity: billing.Quantity(v.quantity), extra: c.IntN(1 << 20),
	}
	if maker.style.hasTimes() && v.start >= 0 && v.change != withdrawn {
		w.start, w.end = int(v.start), int(v.start)+int(v.quantity)/hundredthsMinute
	}
	w.price = p.priceOn(r.product, w.unit, w.agb, w.date)
	w.amount = w.price.Times(w.quantity, w.unit)
	p.remark(c, &w)
	p.misreport(c, &w)
	return w
}

// reference returns the reference of a record; no month uses one again.
func (p *plan) reference(maker *provider, number int32) string {
	year, month := p.period.Year()%100, p.period.Month()
	switch maker.style.numbers {
	case dashNumbers:
		return fmt.Sprintf("R%02d%02d-%06d", year, month, number)
	case slashNumbers:
		return fmt.Sprintf("20%02d/%02d/%07d", year, month, number)
	}
	return fmt.Sprintf("%02d%02d%07d", year, month, number)
}

// remark sometimes adds a remark; always to a row that withdraws a record.
func (p *plan) remark(c chance, w *row) {
	texts := [2][]string{
		{"huisbezoek", "beeldbellen", "gesprek op school", "samen met ouders"},
		{"home visit", "video call", "at school", "with the parents"},
	}[p.language()]
	switch w.visit.change {
	case unchanged:
	case corrected, mended:
		texts = []string{[2]string{"gecorrigeerd", "corrected"}[p.language()]}
	case withdrawn:
		texts = []string{[2]string{"vervallen", "cancelled"}[p.language()]}
	}
	if c.maybe(6) || w.visit.quantity == 0 {
		w.remark = oneOf(c, texts...)
	}
}

// language returns the index of the texts: 1 for English, else 0 for Dutch.
func (p *plan) language() int {
	if p.options.Language == "en" {
		return 1
	}
	return 0
}
