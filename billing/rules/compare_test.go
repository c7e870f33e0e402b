package rules_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
)

// What each rule compared on a record without findings, as a reader of its story sees it.
func TestCompare(t *testing.T) {
	w := newWorld()
	w.referral.HasVolume, w.referral.VolumeUnit, w.referral.Volume, w.referral.Frequency = true, billing.Time, hours(10), billing.PerMonth
	w.referral.HasBudget, w.referral.Budget = true, 100_000
	r := w.add("2026-01-10")
	claimed := decimal.RequireFromString("95.5")
	r.ClaimedPrice = &claimed
	_, cases := w.judge()
	use := &billing.RoomUse{Month: hours(1), MonthRoom: hours(10), MonthLimited: true, Whole: hours(1), WholeRoom: hours(20), WholeLimited: true, Spent: 9550}
	want := map[string]string{
		"F09": "zorgdatum 10-01-2026; ingelezen 10-01-2026",
		"R01": "gebruikt T1; opgegeven T1",
		"R03": "toewijzing 01000001; zorgregel 01000001",
		"R04": "categorie van de toewijzing –; van het product 45",
		"R05": "product van de toewijzing BEG; zorgregel BEG",
		"R06": "eenheid van de toewijzing uur of minuten; zorgregel uur of minuten",
		"R07": "toewijzing vanaf 01-06-2025; zorgdatum 10-01-2026",
		"R08": "toewijzing tot en met 31-12-2026; zorgdatum 10-01-2026",
		"R09": "status –",
		"R10": "gemeente van de toewijzing Tilburg; zorgregel –",
		"R11": "verwijzer 01; verwacht –",
		"C01": "aanbieder 01000001 Hier",
		"C02": "contracten voor segment 4 op 10-01-2026: 1",
		"C03": "daarvan voor het gebied van de gemeente: 1",
		"C04": "product BEG",
		"P02": "tarief € 95,50",
		"P03": "opgegeven 95.50; tarief 95.50",
		"P05": "segment 4",
		"D01": "laatste dag binnen de maximale duur 31-05-2027; zorgdatum 10-01-2026",
		"A01": "leeftijd 13; grens 18",
		"A02": "leeftijd 13; grens 23",
		"T01": "eerst ontvangen 10-01-2026; kon tot en met 30-04-2026",
		"T02": "zorgmaand 2026-01; periode 2026-01",
		"T03": "zorgmaand 2026-01; bevroren voor –",
		"T04": "deze versie 10-01-2026; kon tot en met 30-04-2026",
		"V01": "toegewezen 10,00 uur; gedeclareerd 1,00 uur; resterend 9,00 uur",
		"V02": "toegewezen 20,00 uur; gedeclareerd 1,00 uur; resterend 19,00 uur",
		"V03": "budget € 1.000,00; gedeclareerd € 95,50",
	}
	for _, rule := range rules.All() {
		var words []string
		if rule.Compare != nil {
			for _, one := range rule.Compare(&cases[0], use) {
				value := rules.Show(one.Form, one.Value, "nl")
				if one.Value == "" {
					value = "–"
				}
				words = append(words, one.Name.Dutch+" "+value)
			}
		}
		if got := strings.Join(words, "; "); got != want[rule.Code.String()] {
			t.Errorf("%s: got %q, want %q", rule.Code, got, want[rule.Code.String()])
		}
	}
}

// Without a referral nothing is compared with one, and nothing panics.
func TestCompareWithoutReferral(t *testing.T) {
	w := newWorld()
	w.add("2026-01-10").ReferralNumber = "T9"
	_, cases := w.judge()
	for _, rule := range rules.All() {
		if rule.Compare == nil {
			continue
		}
		if found := rule.Compare(&cases[0], nil); len(found) > 0 && strings.Contains("R D A V", string(rule.Family())) {
			t.Errorf("%s compared %+v", rule.Code, found)
		}
	}
}

func TestChangedReferral(t *testing.T) {
	book := newBook().Index()
	before := &billing.Referral{Number: "T1", Municipality: "Tilburg", Start: day("2025-01-01")}
	credit := func(when billing.Period, amount billing.Money) billing.DeclaredLine {
		line := billing.DeclaredLine{Kind: billing.Credit}
		line.Referral, line.CareMonth, line.Amount = "T1", when, amount
		return line
	}
	declaration := []billing.DeclaredLine{credit(month("2025-10"), -1000), credit(month("2025-11"), -2000), credit(month("2025-12"), -4000)}
	declared := func(when string, outcome billing.Outcome) billing.Case {
		return billing.Case{Record: &billing.Record{First: day(when), Declared: month("2025-12")}, Outcome: outcome}
	}
	lost := []billing.Case{
		declared("2025-10-05", billing.Rejected), declared("2025-11-05", billing.Rejected), declared("2025-11-20", billing.Rejected), declared("2025-12-20", billing.Rejected),
	}
	kept := []billing.Case{declared("2025-11-05", billing.Rejected), declared("2025-11-20", billing.Accepted), {Record: &billing.Record{First: day("2025-11-20")}, Outcome: billing.Rejected}}
	tests := []struct {
		name  string
		now   *billing.Referral
		cases []billing.Case
		want  string
	}{
		{"gone", nil, nil, "T1 withdrawn 7000 2025-10 – 2025-12"},
		{"withdrawn", &billing.Referral{Municipality: "Tilburg", Status: billing.StatusWithdrawn}, nil, "T1 withdrawn 7000 2025-10 – 2025-12"},
		{"moved", &billing.Referral{Municipality: "Goirle"}, nil, "T1 moved 7000 2025-10 – 2025-12"},
		{"ended", &billing.Referral{Municipality: "0855", End: day("2025-11-10")}, lost, "T1 ended 6000 2025-11, 2025-12"},
		{"ended with a month", &billing.Referral{Municipality: "0855", End: day("2025-11-30")}, lost, "T1 ended 4000 2025-12"},
		{"unchanged", &billing.Referral{Municipality: "Tilburg"}, lost, ""},
		{"ended after what was declared", &billing.Referral{Municipality: "Tilburg", End: day("2026-06-30")}, lost, ""},
		{"ended after what something else takes back", &billing.Referral{Municipality: "0855", End: day("2025-11-10")}, kept, ""},
	}
	rule := rules.Catalogue().Rule(billing.R15)
	for _, test := range tests {
		values, found := rule.Change(&billing.ReferralChange{Book: book, Before: before, Now: test.now, Declaration: declaration, Cases: test.cases})
		if got := strings.Join(values, " "); got != test.want || found != (test.want != "") {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestCeiling(t *testing.T) {
	rule, policy := rules.Catalogue().Rule(billing.C05), billing.DefaultPolicy()
	for declared, want := range map[billing.Money]string{
		8_999_999: "", 9_000_000: "segment 4 9000000 2026 90 10000000", 10_500_000: "segment 4 10500000 2026 105 10000000", 0: "", -5: "",
	} {
		values, found := rule.Ceiling(&billing.Ceiling{Segment: "4", Year: 2026, Declared: declared, Limit: 10_000_000}, policy)
		if got := strings.Join(values, " "); got != want || found != (want != "") {
			t.Errorf("%d: got %q, want %q", declared, got, want)
		}
	}
}
