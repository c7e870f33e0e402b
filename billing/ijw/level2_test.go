package ijw_test

import (
	"slices"
	"testing"

	"github.com/pxq-nl/pxq/billing/ijw"
)

// total makes the total of the message agree with its prestaties.
func total(m *ijw.Message323) {
	sum := m.Declaration.Total.Signed() * 0
	for i := range m.Clients {
		for p := range m.Clients[i].Prestaties {
			sum += m.Clients[i].Prestaties[p].Amount.Signed()
		}
	}
	m.Declaration.Total = ijw.AmountOf(sum)
}

func first(m *ijw.Message323) *ijw.Prestatie  { return &m.Clients[0].Prestaties[0] }
func credit(m *ijw.Message323) *ijw.Prestatie { return &m.Clients[1].Prestaties[1] }

func TestLevel2(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*ijw.Message323)
		want   []string
		place  ijw.Place // of the first
	}{
		{"nothing broken", func(m *ijw.Message323) {}, nil, ijw.Place{}},

		{"TR101: a BSN in two clients", func(m *ijw.Message323) { m.Clients[1].BSN = m.Clients[0].BSN }, []string{"TR101"}, ijw.Place{Client: 2, Element: "Bsn"}},
		{"TR101: a reference twice in a client", func(m *ijw.Message323) { m.Clients[0].Prestaties[1].Reference = "R1" }, []string{"TR101"}, ijw.Place{Client: 1, Part: 2, Element: "ProductReferentie/ReferentieNummer"}},
		{"TR101: one reference in two clients is for level 3", func(m *ijw.Message323) { m.Clients[1].Prestaties[0].Reference = "R1" }, nil, ijw.Place{}},
		{"TR101: one reference as debit and credit is for level 3", func(m *ijw.Message323) { credit(m).Reference = "R3" }, nil, ijw.Place{}},
		{"TR101: references differ in a blank", func(m *ijw.Message323) { m.Clients[0].Prestaties[1].Reference = "R1 " }, nil, ijw.Place{}},

		{"TR134 and TR137: a product period after the message", func(m *ijw.Message323) {
			m.Header.Identification.Dated = ijw.DayOf(day("2026-10-31"))
			first(m).Period = span("2026-11-01", "2026-11-30")
		}, []string{"TR134", "TR137"}, ijw.Place{Client: 1, Part: 1, Element: "ProductPeriode"}},
		{"TR134 and TR137: a declaration period after the message", func(m *ijw.Message323) {
			m.Declaration.Period = span("2026-12-01", "2026-12-31")
		}, []string{"TR134", "TR137"}, ijw.Place{Element: "Declaratie/DeclaratiePeriode"}},
		{"TR134: begins on the day of the message", func(m *ijw.Message323) {
			m.Header.Identification.Dated = ijw.DayOf(day("2026-10-31"))
			first(m).Period = span("2026-10-31", "2026-10-31")
		}, nil, ijw.Place{}},

		{"TR137: a month before its last day", func(m *ijw.Message323) { m.Header.Identification.Dated = ijw.DayOf(day("2026-10-30")) }, []string{"TR137", "TR137", "TR137", "TR137"}, ijw.Place{Element: "Declaratie/DeclaratiePeriode"}},
		{"TR137: a product period that ends after the message", func(m *ijw.Message323) {
			first(m).Period = span("2026-11-01", "2026-11-30")
		}, []string{"TR137"}, ijw.Place{Client: 1, Part: 1, Element: "ProductPeriode"}},
		{"TR137: ends before it begins", func(m *ijw.Message323) { first(m).Period = span("2026-10-15", "2026-10-14") }, []string{"TR137"}, ijw.Place{Client: 1, Part: 1, Element: "ProductPeriode"}},
		{"TR137: on the last day itself", func(m *ijw.Message323) { m.Header.Identification.Dated = ijw.DayOf(day("2026-10-31")) }, nil, ijw.Place{}},

		{"TR315: one debit credited twice", func(m *ijw.Message323) {
			again := *credit(m)
			again.Reference = "C2"
			m.Clients[1].Prestaties = append(m.Clients[1].Prestaties, again)
			total(m)
		}, []string{"TR315"}, ijw.Place{Client: 2, Part: 3, Element: "ProductReferentie/VorigReferentieNummer"}},
		{"TR316: a credit of this message", func(m *ijw.Message323) { credit(m).Previous = "R1" }, []string{"TR316"}, ijw.Place{Client: 2, Part: 2, Element: "ProductReferentie/VorigReferentieNummer"}},
		{"TR316: a credit of a later prestatie", func(m *ijw.Message323) {
			m.Clients[0], m.Clients[1] = m.Clients[1], m.Clients[0]
			m.Clients[0].Prestaties[1].Previous = "R2"
		}, []string{"TR316"}, ijw.Place{Client: 1, Part: 2, Element: "ProductReferentie/VorigReferentieNummer"}},
		{"TR316: a credit of itself", func(m *ijw.Message323) { credit(m).Previous = "C1" }, []string{"TR316"}, ijw.Place{Client: 2, Part: 2, Element: "ProductReferentie/VorigReferentieNummer"}},

		{"TR335: ended a day too early", func(m *ijw.Message323) { first(m).Period = span("2021-11-01", "2021-11-04") }, []string{"TR335"}, ijw.Place{Client: 1, Part: 1, Element: "ProductPeriode"}},
		{"TR335: ended 60 months before, to the day", func(m *ijw.Message323) { first(m).Period = span("2021-11-01", "2021-11-05") }, nil, ijw.Place{}},
		{"TR335: 60 months before 29 February is 28 February", func(m *ijw.Message323) {
			m.Header.Identification.Dated, m.Declaration.Dated = ijw.DayOf(day("2028-02-29")), ijw.DayOf(day("2028-02-29"))
			first(m).Period = span("2023-02-01", "2023-02-28")
		}, nil, ijw.Place{}},

		{"TR358: a cent too much", func(m *ijw.Message323) { m.Declaration.Total = ijw.AmountOf(25122) }, []string{"TR358"}, ijw.Place{Element: "Declaratie/TotaalIngediendBedrag"}},
		{"TR358: the wrong side", func(m *ijw.Message323) { m.Declaration.Total.Side = ijw.Credit }, []string{"TR358"}, ijw.Place{Element: "Declaratie/TotaalIngediendBedrag"}},
		{"TR358: below zero is its absolute value with C", func(m *ijw.Message323) {
			credit(m).Amount.Cents = ijw.NumberOf(50000)
			m.Declaration.Total = ijw.Amount{Cents: ijw.NumberOf(50000 - 34671), Side: ijw.Credit}
		}, nil, ijw.Place{}},

		{"TR416: a key twice in a client", func(m *ijw.Message323) { m.Clients[0].Prestaties[1].Referral = ijw.NumberOf(300201) }, []string{"TR416"}, ijw.Place{Client: 1, Part: 2}},
		{"TR416: a number with leading zeros is the same", func(m *ijw.Message323) {
			m.Clients[0].Prestaties[1].Referral = ijw.Number{Value: 300201, Text: " +00300201"}
		}, []string{"TR416"}, ijw.Place{Client: 1, Part: 2}},
		{"TR416: a code in another case is the same", func(m *ijw.Message323) {
			m.Clients[0].Prestaties[1].Referral, m.Clients[0].Prestaties[1].Product = ijw.NumberOf(300201), "45a48"
		}, []string{"TR416"}, ijw.Place{Client: 1, Part: 2}},
		{"TR416: another code is another product (IV075)", func(m *ijw.Message323) {
			m.Clients[0].Prestaties[1].Referral, m.Clients[0].Prestaties[1].Product = ijw.NumberOf(300201), "45A49"
		}, nil, ijw.Place{}},
		{"TR416: another part of the month is another period (IV084)", func(m *ijw.Message323) {
			first(m).Period, m.Clients[0].Prestaties[1].Period = span("2026-10-01", "2026-10-09"), span("2026-10-23", "2026-10-31")
			m.Clients[0].Prestaties[1].Referral = ijw.NumberOf(300201)
		}, nil, ijw.Place{}},
		{"TR416: a debit beside a credit of the same key (IV086)", func(m *ijw.Message323) {
			m.Clients[1].Prestaties[0].Referral, m.Clients[1].Prestaties[0].Period = ijw.NumberOf(300201), span("2026-09-01", "2026-09-30")
		}, nil, ijw.Place{}},
		{"TR416: a key in two clients", func(m *ijw.Message323) { m.Clients[1].Prestaties[0].Referral = ijw.NumberOf(300201) }, nil, ijw.Place{}},

		{"CD060: a credit without previous reference", func(m *ijw.Message323) { credit(m).Previous = "" }, []string{"CD060"}, ijw.Place{Client: 2, Part: 2, Element: "ProductReferentie/VorigReferentieNummer"}},
		{"CD060: a debit with one", func(m *ijw.Message323) { first(m).Previous = "OLD2" }, []string{"CD060"}, ijw.Place{Client: 1, Part: 1, Element: "ProductReferentie/VorigReferentieNummer"}},
		{"CD087: no tariff", func(m *ijw.Message323) { first(m).Tariff = ijw.Number{} }, []string{"CD087"}, ijw.Place{Client: 1, Part: 1, Element: "ProductTarief"}},
		{"CD087: a tariff in euros", func(m *ijw.Message323) {
			first(m).Unit, first(m).Volume = ijw.Euros, ijw.NumberOf(15121)
		}, []string{"CD087"}, ijw.Place{Client: 1, Part: 1, Element: "ProductTarief"}},
		{"CD087: a tariff of 0 is there", func(m *ijw.Message323) { first(m).Tariff = ijw.NumberOf(0) }, nil, ijw.Place{}},

		{"CS002: the eleven test", func(m *ijw.Message323) { m.Clients[0].BSN = "999900007" }, []string{"CS002"}, ijw.Place{Client: 1, Element: "Bsn"}},
		{"CS002: all zeros", func(m *ijw.Message323) { m.Clients[0].BSN = "000000000" }, []string{"CS002"}, ijw.Place{Client: 1, Element: "Bsn"}},
		{"CS100 and no other", func(m *ijw.Message323) {
			m.Header.Identification.Dated, m.Declaration.Dated = ijw.DayOf(day("2021-03-01")), ijw.DayOf(day("2021-03-01"))
			m.Declaration.Period = span("2020-12-01", "2020-12-31")
			for c := range m.Clients {
				for p := range m.Clients[c].Prestaties {
					m.Clients[c].Prestaties[p].Period = span("2021-01-01", "2021-01-31")
				}
			}
		}, []string{"CS100"}, ijw.Place{Element: "Declaratie/DeclaratiePeriode"}},
		{"CS100: a product period", func(m *ijw.Message323) {
			m.Declaration.Dated = ijw.DayOf(day("2025-11-05"))
			first(m).Period = span("2020-12-01", "2020-12-31")
		}, []string{"CS100"}, ijw.Place{Client: 1, Part: 1, Element: "ProductPeriode"}},
		{"CS325: a total of 0 with C", func(m *ijw.Message323) {
			credit(m).Amount.Cents = ijw.NumberOf(34671)
			m.Declaration.Total = ijw.Amount{Cents: ijw.NumberOf(0), Side: ijw.Credit}
		}, []string{"CS325"}, ijw.Place{Element: "Declaratie/TotaalIngediendBedrag"}},
		{"CS325: a prestatie of 0 with C", func(m *ijw.Message323) {
			credit(m).Amount.Cents = ijw.NumberOf(0)
			total(m)
		}, []string{"CS325"}, ijw.Place{Client: 2, Part: 2, Element: "IngediendBedrag"}},
		{"CS337: two months", func(m *ijw.Message323) { first(m).Period = span("2026-09-30", "2026-10-01") }, []string{"CS337"}, ijw.Place{Client: 1, Part: 1, Element: "ProductPeriode"}},
		{"CS337: the same month of another year", func(m *ijw.Message323) { first(m).Period = span("2025-10-01", "2026-10-31") }, []string{"CS337"}, ijw.Place{Client: 1, Part: 1, Element: "ProductPeriode"}},
		{"CS339: another amount than the volume in euros", func(m *ijw.Message323) {
			first(m).Unit, first(m).Tariff, first(m).Volume = ijw.Euros, ijw.Number{}, ijw.NumberOf(15120)
		}, []string{"CS339"}, ijw.Place{Client: 1, Part: 1, Element: "IngediendBedrag"}},
		{"CS339: the volume in cents", func(m *ijw.Message323) {
			first(m).Unit, first(m).Tariff, first(m).Volume = ijw.Euros, ijw.Number{}, ijw.NumberOf(15121)
		}, nil, ijw.Place{}},
		{"CS340: a part of a month", func(m *ijw.Message323) { m.Declaration.Period = span("2026-10-01", "2026-10-30") }, []string{"CS340"}, ijw.Place{Element: "Declaratie/DeclaratiePeriode"}},
		{"CS340: two months", func(m *ijw.Message323) { m.Declaration.Period = span("2026-09-01", "2026-10-31") }, []string{"CS340"}, ijw.Place{Element: "Declaratie/DeclaratiePeriode"}},
	} {
		m := declaration()
		test.change(m)
		breaches := m.Breaches()
		if got := codesOf(breaches); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
			continue
		}
		for _, breach := range breaches {
			fills(t, breach)
		}
		if len(breaches) > 0 && breaches[0].Place != test.place {
			t.Errorf("%s: at %+v, want %+v", test.name, breaches[0].Place, test.place)
		}
	}
}

// A breach never shows a citizen service number in a reference.
func TestBreachHidesBSN(t *testing.T) {
	m := declaration()
	first(m).Reference, credit(m).Previous = "999900006", "999900006"
	breaches := m.Breaches()
	if len(breaches) != 1 || breaches[0].Values[0] == "999900006" {
		t.Errorf("got %+v", breaches)
	}
}

// A message judged while it is read gives the same breaches as a whole one.
func TestJudgeStreams(t *testing.T) {
	m := declaration()
	m.Clients[1].BSN = m.Clients[0].BSN
	m.Declaration.Total = ijw.AmountOf(0)
	judge := ijw.NewJudge(m.Header, m.Declaration)
	for i := range m.Clients {
		client := m.Clients[i]
		judge.Client(&client)
		client.Prestaties = nil
	}
	if got, want := codesOf(judge.Breaches()), codesOf(m.Breaches()); !slices.Equal(got, want) || len(got) != 2 {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Of a rule that is broken in every prestatie a thousand breaches are kept, and all breaches of other rules.
func TestBreachesAreBounded(t *testing.T) {
	m := declaration()
	for range 1500 {
		m.Clients[0].Prestaties = append(m.Clients[0].Prestaties, *first(m))
	}
	m.Declaration.Total = ijw.AmountOf(0)
	count := make(map[string]int)
	for _, breach := range m.Breaches() {
		count[breach.Rule.Code]++
	}
	if count["TR101"] != 1000 || count["TR416"] != 1000 || count["TR358"] != 1 {
		t.Error(count)
	}
}
