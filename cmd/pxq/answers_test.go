package main

import (
	"strconv"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// broken is a declaration of October 2026 that breaks one rule of the standard, with its answer.
type broken struct {
	name     string
	answer   string
	declared func(*ijw.Message323, *ijw.Prestatie)
	assigned func(*ijw.Message301, *ijw.Assignment)
}

// For every rule of the standard there is a declaration that breaks only that rule, and the program answers it with its code.
// Each has a separate client and referral; all are sent at once.
func TestEveryRuleIsAnswered(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		e := newExchange(t, fresh())
		sent := make([]*ijw.Message323, len(brokenRules))
		for i, b := range brokenRules {
			a, m := b.messages(i)
			e.assign(a)
			sent[i] = m
			e.declare(sent[i])
		}
		if status := e.run("2026-10"); status != done {
			t.Errorf("status %d", status)
		}
		for i, b := range brokenRules {
			name := "jw325-" + sent[i].Header.Sender + "-" + sent[i].Declaration.Number + ".xml"
			got := strings.ReplaceAll(e.answer("2026-10", name), "-"+strconv.Itoa(i)+" ", " ")
			if got != b.answer {
				t.Errorf("%s: %q, want %q", b.name, got, b.answer)
			}
		}
	})
}

// messages returns the two messages with an index: the referral, and the declaration that breaks the rule.
func (b *broken) messages(place int) (*ijw.Message301, *ijw.Message323) {
	a := assigned(func(m *ijw.Message301, a *ijw.Assignment) {
		m.Assigned.BSN, a.Number = clientBSN(place), ijw.NumberOf(int64(1000+place))
		if b.assigned != nil {
			b.assigned(m, a)
		}
	})
	m := declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
		m.Clients[0].BSN, p.Referral = clientBSN(place), ijw.NumberOf(int64(1000+place))
		b.declared(m, p)
	})
	numbered(m, place)
	return a, m
}

const (
	wrongInside = "0001"
	granted     = "0200 | 8001 8355D"
	nothing     = "0200 | 0200 0D | 0200, R10 "
)

var brokenRules = []broken{
	{name: "TR319 (sent first: its month is the earliest)", answer: nothing + "9319", declared: func(m *ijw.Message323, p *ijw.Prestatie) { m.Declaration.Period = spanOf("2026-09-01", "2026-09-30") }},
	{name: "none", answer: granted, declared: func(*ijw.Message323, *ijw.Prestatie) {}},
	{name: "none: spaces, signs, zeros", answer: granted, declared: func(_ *ijw.Message323, p *ijw.Prestatie) {
		p.Referral, p.Volume = ijw.Number{Value: p.Referral.Value, Text: " +000" + p.Referral.Text + " "}, ijw.Number{Value: 60, Text: "\n060"}
	}},
	{name: "none: a reference that a spreadsheet would spoil", answer: granted, declared: func(_ *ijw.Message323, p *ijw.Prestatie) { p.Reference = "#N/B" }},
	{name: "TR101 client", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) {
		second := *p
		second.Reference, second.Product, second.Category = "R2", "54X02", "54"
		m.Clients = append(m.Clients, ijw.Client{BSN: m.Clients[0].BSN, Prestaties: []ijw.Prestatie{second}})
	}},
	{name: "TR101 reference", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) {
		second := *p
		second.Product, second.Category = "54X02", "54"
		m.Clients[0].Prestaties = append(m.Clients[0].Prestaties, second)
	}},
	{name: "TR134 declaration", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) { m.Declaration.Period = spanOf("2026-12-01", "2026-12-31") }},
	{name: "TR137 on the last day", answer: granted, declared: func(m *ijw.Message323, p *ijw.Prestatie) { m.Header.Identification.Dated = dayOf("2026-10-31") }},
	{name: "TR137 before the last day", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) { m.Header.Identification.Dated = dayOf("2026-10-30") }},
	{name: "TR137 end before begin", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) { p.Period = spanOf("2026-10-31", "2026-10-01") }},
	{name: "TR315", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) {
		old := *p
		old.Reference, old.Period = "OLD", spanOf("2026-09-01", "2026-09-30")
		creditOf(m, old, "C1")
		creditOf(m, old, "C2")
	}},
	{name: "TR316", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) { creditOf(m, *p, "C1") }},
	{name: "TR335 too old", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) {
		m.Declaration.Dated = dayOf("2031-11-01")
	}},
	{name: "TR335 on the day itself", answer: granted, declared: func(m *ijw.Message323, p *ijw.Prestatie) {
		m.Declaration.Dated = dayOf("2031-10-31")
	}},
	{name: "TR358", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) { m.Declaration.Total = ijw.AmountOf(8354) }},
	{name: "TR358 side", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) { m.Declaration.Total = ijw.AmountOf(-8355) }},
	{name: "TR416", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) {
		second := *p
		second.Reference = "R2"
		m.Clients[0].Prestaties = append(m.Clients[0].Prestaties, second)
	}},
	{name: "CD060 credit without", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) { p.Amount.Side = ijw.Credit }},
	{name: "CD060 debit with", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) { p.Previous = "OLD" }},
	{name: "CD087 none", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) { p.Tariff = ijw.Number{} }},
	{name: "CD087 with euros", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) { p.Unit, p.Volume = ijw.Euros, ijw.NumberOf(8355) }},
	{name: "CS002", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) { m.Clients[0].BSN = "999900007" }},
	{name: "CS100", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) {
		p.Period = spanOf("2020-12-01", "2020-12-31")
		m.Declaration.Dated = dayOf("2021-01-01")
	}},
	{name: "CS325 total", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) {
		p.Volume, p.Amount = ijw.NumberOf(0), ijw.AmountOf(0)
		m.Declaration.Total = ijw.Amount{Cents: ijw.NumberOf(0), Side: ijw.Credit}
	}},
	{name: "CS325 prestatie", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) {
		p.Volume, p.Previous, p.Amount = ijw.NumberOf(0), "OLD", ijw.Amount{Cents: ijw.NumberOf(0), Side: ijw.Credit}
		m.Declaration.Total = ijw.AmountOf(0)
	}},
	{name: "CS337", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) { p.Period = spanOf("2026-09-01", "2026-10-31") }},
	{name: "CS339", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) { p.Unit, p.Tariff = ijw.Euros, ijw.Number{} }},
	{name: "CS340", answer: wrongInside, declared: func(m *ijw.Message323, p *ijw.Prestatie) { m.Declaration.Period = spanOf("2026-10-01", "2026-10-30") }},

	{name: "TR135", answer: "8848", declared: func(m *ijw.Message323, p *ijw.Prestatie) { m.Header.Identification.Dated = dayOf("2026-11-06") }},
	{name: "TR135 on the day", answer: granted, declared: func(m *ijw.Message323, p *ijw.Prestatie) { m.Header.Identification.Dated = dayOf("2026-11-05") }},
	{name: "TR378", answer: "S300", declared: func(m *ijw.Message323, p *ijw.Prestatie) { m.Header.Receiver = "0001" }},
	{name: "TR135 and TR378", answer: "8848 S300", declared: func(m *ijw.Message323, p *ijw.Prestatie) {
		m.Header.Identification.Dated, m.Header.Receiver = dayOf("2026-11-06"), "0001"
	}},

	{name: "TR304 client", answer: "0200 | 0200 0D | 8187, R10 0233", declared: func(m *ijw.Message323, p *ijw.Prestatie) { m.Clients[0].BSN = anotherClient }},
	{name: "TR304 other municipality", answer: "0200 | 0200 0D | 8187, R10 0233", declared: func(m *ijw.Message323, p *ijw.Prestatie) { m.Header.Receiver = "0867" }},
	{name: "TR338", answer: nothing + "9338", declared: func(_ *ijw.Message323, p *ijw.Prestatie) { p.Referral = ijw.NumberOf(999) }},
	{name: "TR384", answer: nothing + "9384", declared: func(_ *ijw.Message323, p *ijw.Prestatie) { p.Period = spanOf("2026-10-31", "2026-10-31") },
		assigned: func(_ *ijw.Message301, a *ijw.Assignment) {
			a.Start, a.End, a.Reason = dayOf("2026-10-31"), dayOf("2026-10-31"), "13"
		}},
	{name: "TR339", answer: nothing + "9339", declared: func(*ijw.Message323, *ijw.Prestatie) {},
		assigned: func(_ *ijw.Message301, a *ijw.Assignment) {
			a.Category, a.Product, a.Volume = "54", "", ijw.Number{}
		}},
	{name: "TR339 category referral", answer: granted, declared: func(*ijw.Message323, *ijw.Prestatie) {},
		assigned: func(_ *ijw.Message301, a *ijw.Assignment) { a.Product, a.Volume = "", ijw.Number{} }},
	{name: "TR340", answer: nothing + "9340", declared: func(*ijw.Message323, *ijw.Prestatie) {},
		assigned: func(_ *ijw.Message301, a *ijw.Assignment) { a.Product = "45X02" }},
	{name: "TR381 unknown", answer: nothing + "S329", declared: func(_ *ijw.Message323, p *ijw.Prestatie) { p.Product = "45Z99" }},
	{name: "TR381 category", answer: nothing + "S329", declared: func(_ *ijw.Message323, p *ijw.Prestatie) { p.Category = "54" },
		assigned: func(_ *ijw.Message301, a *ijw.Assignment) { a.Category = "54" }},
	{name: "TR341 hours on minutes", answer: nothing + "9341", declared: func(_ *ijw.Message323, p *ijw.Prestatie) {
		p.Unit, p.Volume, p.Tariff = ijw.Hour, ijw.NumberOf(1), ijw.NumberOf(8355)
	}},
	{name: "TR341 minutes on hours", answer: granted, declared: func(*ijw.Message323, *ijw.Prestatie) {},
		assigned: func(_ *ijw.Message301, a *ijw.Assignment) { a.Unit, a.Volume = ijw.Hour, ijw.NumberOf(10) }},
	{name: "TR341 hours on hours", answer: granted, declared: func(_ *ijw.Message323, p *ijw.Prestatie) {
		p.Unit, p.Volume, p.Tariff = ijw.Hour, ijw.NumberOf(1), ijw.NumberOf(8355)
	}, assigned: func(_ *ijw.Message301, a *ijw.Assignment) { a.Unit, a.Volume = ijw.Hour, ijw.NumberOf(10) }},
	{name: "TR341 pieces", answer: nothing + "9341", declared: func(_ *ijw.Message323, p *ijw.Prestatie) { p.Unit = ijw.OutputOf }},
	{name: "TR341 without volume: what the product allows", answer: nothing + "9341", declared: func(_ *ijw.Message323, p *ijw.Prestatie) { p.Unit = ijw.Daypart },
		assigned: func(_ *ijw.Message301, a *ijw.Assignment) { a.Product, a.Volume = "", ijw.Number{} }},
	{name: "TR307", answer: nothing + "9307", declared: func(*ijw.Message323, *ijw.Prestatie) {},
		assigned: func(_ *ijw.Message301, a *ijw.Assignment) { a.Start = dayOf("2026-10-02") }},
	{name: "TR308", answer: nothing + "9308", declared: func(*ijw.Message323, *ijw.Prestatie) {},
		assigned: func(_ *ijw.Message301, a *ijw.Assignment) { a.End = dayOf("2026-10-30") }},
	{name: "TR387", answer: nothing + "9387", declared: func(_ *ijw.Message323, p *ijw.Prestatie) { p.Period = spanOf("2026-10-02", "2026-10-31") }},
	{name: "TR388", answer: nothing + "9388", declared: func(_ *ijw.Message323, p *ijw.Prestatie) { p.Period = spanOf("2026-10-01", "2026-10-30") }},
	{name: "TR387 and TR388 within the referral", answer: granted, declared: func(_ *ijw.Message323, p *ijw.Prestatie) { p.Period = spanOf("2026-10-08", "2026-10-20") },
		assigned: func(_ *ijw.Message301, a *ijw.Assignment) { a.Start, a.End = dayOf("2026-10-08"), dayOf("2026-10-20") }},
	{name: "TR387 and TR388 both", answer: nothing + "9387 9388", declared: func(_ *ijw.Message323, p *ijw.Prestatie) { p.Period = spanOf("2026-10-02", "2026-10-30") }},
	{name: "TR321", answer: nothing + "9321", declared: func(_ *ijw.Message323, p *ijw.Prestatie) { minutes(p, 601, 8355) }},
	{name: "TR321 exactly", answer: "0200 | 8001 83550D", declared: func(_ *ijw.Message323, p *ijw.Prestatie) { minutes(p, 600, 8355) }},
	{name: "TR321 nothing delivered", answer: nothing + "9321", declared: func(_ *ijw.Message323, p *ijw.Prestatie) { minutes(p, 0, 8355) }},
	{name: "TR322", answer: nothing + "9322", declared: func(_ *ijw.Message323, p *ijw.Prestatie) { minutes(p, 601, 8355) },
		assigned: func(_ *ijw.Message301, a *ijw.Assignment) { a.Frequency = billing.InTotal }},
	{name: "TR369", answer: nothing + "9369", declared: func(*ijw.Message323, *ijw.Prestatie) {},
		assigned: func(_ *ijw.Message301, a *ijw.Assignment) {
			a.Volume, a.Budget = ijw.Number{}, ijw.NumberOf(8354)
			a.Product = ""
		}},
	{name: "TR369 exactly", answer: granted, declared: func(*ijw.Message323, *ijw.Prestatie) {},
		assigned: func(_ *ijw.Message301, a *ijw.Assignment) {
			a.Volume, a.Budget = ijw.Number{}, ijw.NumberOf(8355)
			a.Product, a.Category = "", ""
		}},
	{name: "TR418", answer: nothing + "0611", declared: func(_ *ijw.Message323, p *ijw.Prestatie) { p.Tariff = ijw.NumberOf(140) }},
	{name: "TR346", answer: nothing + "9346", declared: func(_ *ijw.Message323, p *ijw.Prestatie) { p.Amount = ijw.AmountOf(60 * 139) }},
	{name: "TR314 in two clients", answer: "0200 | 0200 0D | 0200, R10 8021 | 0200, R10 8021", declared: func(m *ijw.Message323, p *ijw.Prestatie) {
		m.Clients = append(m.Clients, ijw.Client{BSN: clientBSN(0), Prestaties: []ijw.Prestatie{*p}})
		m.Clients[1].Prestaties[0].Referral = ijw.NumberOf(1000)
	}},
	{name: "TR323", answer: "0200 | 0200 8355D | 0200, C1 8017", declared: func(m *ijw.Message323, p *ijw.Prestatie) {
		old := *p
		old.Reference = "OLD"
		creditOf(m, old, "C1")
	}},

	{name: "C01", answer: nothing + "0611", declared: func(m *ijw.Message323, p *ijw.Prestatie) { m.Header.Sender = "12345678" },
		assigned: func(m *ijw.Message301, a *ijw.Assignment) { m.Header.Receiver = "12345678" }},
	{name: "R03", answer: nothing + "9338", declared: func(m *ijw.Message323, p *ijw.Prestatie) { m.Header.Sender = "99040002" }},
	{name: "P05", answer: nothing + "0611", declared: func(m *ijw.Message323, p *ijw.Prestatie) { p.Product, p.Category = "50X01", "50" },
		assigned: func(m *ijw.Message301, a *ijw.Assignment) { a.Product, a.Category = "50X01", "50" }},
	{name: "A02", answer: nothing + "9338", declared: func(*ijw.Message323, *ijw.Prestatie) {},
		assigned: func(m *ijw.Message301, a *ijw.Assignment) { m.Assigned.Born = dayOf("2003-10-01") }},
	{name: "A01 waits", answer: "none", declared: func(*ijw.Message323, *ijw.Prestatie) {},
		assigned: func(m *ijw.Message301, a *ijw.Assignment) { m.Assigned.Born = dayOf("2008-10-01") }},
	{name: "A01 not: nothing of the birth date is known", answer: granted, declared: func(*ijw.Message323, *ijw.Prestatie) {},
		assigned: func(m *ijw.Message301, a *ijw.Assignment) {
			m.Assigned.Born, m.Assigned.BornUse = dayOf("2003-10-01"), "3"
		}},
	{name: "T01", answer: nothing + "9319", declared: func(_ *ijw.Message323, p *ijw.Prestatie) { p.Period = spanOf("2026-06-01", "2026-06-30") }},
	{name: "T01 in time", answer: granted, declared: func(_ *ijw.Message323, p *ijw.Prestatie) { p.Period = spanOf("2026-08-01", "2026-08-31") }},
}
