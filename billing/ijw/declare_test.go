package ijw_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
)

// A line that becomes a prestatie, and each kind of line that does not.
func TestDeclare(t *testing.T) {
	book := (&billing.Book{Products: []billing.Product{{Code: "45A", Category: "45", AllowsTime: true}, {Code: "NONE", AllowsTime: true}}}).Index()
	referral := &billing.Referral{Start: day("2026-10-08"), End: day("2026-12-31")}
	whole := billing.DeclaredLine{
		Line: billing.Line{
			LineKey:  billing.LineKey{Provider: "01000001", Municipality: "0855", BSN: "999900006", Referral: "0100", Product: "45A", Unit: billing.Time, CareMonth: billing.PeriodOf(2026, 10)},
			Quantity: 9500, Price: 9550, Amount: 15121,
		},
		Kind: billing.Regular, Number: "2026-10-000001",
	}
	for _, test := range []struct {
		name   string
		change func(*billing.DeclaredLine)
		want   string
	}{
		{"regular", func(*billing.DeclaredLine) {}, "0855 100 45 45A 2026-10-08 2026-10-31 95 01 159 15121D"},
		{"late", func(l *billing.DeclaredLine) { l.Kind, l.CareMonth = billing.Late, billing.PeriodOf(2026, 11) }, "0855 100 45 45A 2026-11-01 2026-11-30 95 01 159 15121D"},
		{"day-parts", func(l *billing.DeclaredLine) {
			l.Unit, l.Quantity, l.Price, l.Amount = billing.Daypart, 300, 6882, 20646
		},
			"0855 100 45 45A 2026-10-08 2026-10-31 3 16 6882 20646D"},
		{"the largest number", func(l *billing.DeclaredLine) { l.Referral = "999999999" }, "0855 999999999 45 45A 2026-10-08 2026-10-31 95 01 159 15121D"},
		{"credit", func(l *billing.DeclaredLine) { l.Kind = billing.Credit }, "credit or correction"},
		{"correction", func(l *billing.DeclaredLine) { l.Kind = billing.Correction }, "credit or correction"},
		{"half a minute", func(l *billing.DeclaredLine) { l.Quantity = 9550 }, "quantity not whole"},
		{"a number that is a text", func(l *billing.DeclaredLine) { l.Referral = "T-100" }, "referral number"},
		{"a number with a sign", func(l *billing.DeclaredLine) { l.Referral = "+100" }, "referral number"},
		{"a number of ten digits", func(l *billing.DeclaredLine) { l.Referral = "1000000000" }, "referral number"},
		{"no category", func(l *billing.DeclaredLine) { l.Product = "NONE" }, "no category"},
		{"an unknown referral", func(l *billing.DeclaredLine) { l.Referral = "7" }, "no referral"},
		{"a month outside the referral", func(l *billing.DeclaredLine) { l.CareMonth = billing.PeriodOf(2026, 9) }, "no referral"},
	} {
		line := whole
		test.change(&line)
		lines := &ijw.Lines{
			Period: billing.PeriodOf(2026, 10), Provider: "01000001", AsOf: day("2026-11-05"), Book: book, Declared: []billing.DeclaredLine{line},
			Referral: func(l *billing.DeclaredLine) *billing.Referral {
				if l.Referral == "7" {
					return nil
				}
				return referral
			},
		}
		messages, leftOut := lines.Declare()
		if got := declaredOrLeftOut(messages, leftOut); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func declaredOrLeftOut(messages []*ijw.Message323, leftOut []ijw.LeftOut) string {
	var said []string
	for _, m := range messages {
		for _, client := range m.Clients {
			for _, p := range client.Prestaties {
				said = append(said, fmt.Sprintf("%s %d %s %s %s %s %d %s %d %d%s", m.Header.Receiver, p.Referral.Value, p.Category, p.Product, p.Period.First.Date, p.Period.Last.Date,
					p.Volume.Value, p.Unit, p.Tariff.Value, p.Amount.Cents.Value, p.Amount.Side))
			}
		}
	}
	for _, left := range leftOut {
		said = append(said, string(left.Reason))
	}
	return strings.Join(said, " | ")
}

// One message for each municipality, in order, each with its total; two prices under one key are both left out, even if
// the lines have different units.
func TestDeclareTogether(t *testing.T) {
	book := (&billing.Book{Products: []billing.Product{{Code: "45A", Category: "45", AllowsTime: true}}}).Index()
	line := func(municipality, bsn, referral string, unit billing.Unit, price billing.Price) billing.DeclaredLine {
		return billing.DeclaredLine{Kind: billing.Regular, Number: "L", Line: billing.Line{
			LineKey:  billing.LineKey{Provider: "01000001", Municipality: municipality, BSN: bsn, Referral: referral, Product: "45A", Unit: unit, CareMonth: billing.PeriodOf(2026, 10)},
			Quantity: 6000, Price: price, Amount: billing.Money(price),
		}}
	}
	lines := &ijw.Lines{
		Period: billing.PeriodOf(2026, 10), Provider: "01000001", AsOf: day("2026-11-05"), Book: book,
		Referral: func(*billing.DeclaredLine) *billing.Referral { return &billing.Referral{Start: day("2026-01-01")} },
		Declared: []billing.DeclaredLine{
			line("0867", "999900006", "1", billing.Time, 9000), line("0855", "999900006", "2", billing.Time, 8000), line("0855", "999900018", "3", billing.Time, 7000),
			line("0855", "999900018", "4", billing.Time, 7000), line("0855", "999900018", "4", billing.Time, 7500), line("0855", "999900018", "5", billing.Time, 7000),
			line("0855", "999900018", "5", billing.Daypart, 7000),
		},
	}
	messages, leftOut := lines.Declare()
	if len(messages) != 2 || len(leftOut) != 4 {
		t.Fatalf("%d messages, %d left out", len(messages), len(leftOut))
	}
	for i, want := range []string{"0855 202610 0855 15000 2", "0867 202610 0867 9000 1"} {
		m := messages[i]
		got := fmt.Sprintf("%s %s %s %d %d", m.Header.Receiver, m.Declaration.Number[:6], m.Header.Identification.ID[6:], m.Declaration.Total.Cents.Value, len(m.Clients))
		if got != want || m.Header.Identification.Dated.Date != day("2026-11-05") || len(m.Breaches()) > 0 {
			t.Errorf("%s, want %s; %v", got, want, m.Breaches())
		}
	}
}
