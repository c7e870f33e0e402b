package rules_test

import (
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
)

// started is a record of 2026-01-10 on a T1 that starts on the given day. BEG has the 24 months of its segment: if T1
// starts on 2024-01-11, the last day inside is 2026-01-10.
func started(start string, change func(*world)) func(*world) {
	return func(w *world) { w.referral.Start = day(start); w.add("2026-01-10"); change(w) }
}

func TestMaximumDuration(t *testing.T) {
	run(t, []ruleTest{
		{"D01 on the last day inside", started("2024-01-11", func(*world) {}), "accepted"},
		{"D01 the day after it", started("2024-01-10", func(*world) {}), "held D01"},
		{"D01 extended to the day", started("2024-01-10", func(w *world) { w.referral.ExtendedTo = day("2026-01-10") }), "accepted"},
		{"D01 extended to the day before", started("2024-01-10", func(w *world) { w.referral.ExtendedTo = day("2026-01-09") }), "held D01"},
		{"D01 the product's own maximum", started("2025-01-10", func(w *world) { w.product("BEG").MaxMonths = 12 }), "held D01"},
		{"D01 no maximum", started("2020-01-10", func(w *world) { w.run.Book.Segments[3].MaxMonths = 0 }), "accepted"},
		{"D01 on 29 February", func(w *world) {
			w.run.Period, w.referral.Start = month("2026-03"), day("2024-02-29")
			w.add("2026-02-28")
			w.add("2026-03-01")
		}, "accepted T02; held D01"},
	})
}

func TestTrajectory(t *testing.T) {
	run(t, []ruleTest{
		{"a gap of 30 days continues", started("2025-06-01", func(w *world) { w.refer("T2", "BEG", "2023-12-01", "2025-05-02") }), "held D01"},
		{"a gap of 31 days begins anew", started("2025-06-01", func(w *world) { w.refer("T2", "BEG", "2023-12-01", "2025-05-01") }), "accepted"},
		{"the latest end so far counts", started("2025-06-01", func(w *world) {
			w.refer("T2", "BEG", "2023-12-01", "2025-05-20")
			w.refer("T3", "BEG", "2024-02-01", "2024-03-01")
		}), "held D01"},
		{"a later one that ends later carries it on", started("2025-06-01", func(w *world) {
			w.refer("T2", "BEG", "2023-12-01", "2024-02-01")
			w.refer("T3", "BEG", "2024-01-15", "2025-05-20")
		}), "held D01"},
		{"a later one without an end carries it on for good", started("2025-06-01", func(w *world) {
			w.refer("T2", "BEG", "2023-12-01", "2024-02-01")
			w.refer("T3", "BEG", "2024-01-15", "")
			w.refer("T4", "BEG", "2024-01-20", "2024-03-01")
		}), "held D01"},
		{"one without an end never ends", started("2025-06-01", func(w *world) { w.refer("T2", "BEG", "2023-12-01", "") }), "held D01"},
		{"of whichever provider", started("2025-06-01", func(w *world) { w.refer("T2", "BEG", "2023-12-01", "2025-06-30").Provider = there }), "held D01"},
		{"a withdrawn one is no link", started("2025-06-01", func(w *world) {
			w.refer("T2", "BEG", "2023-12-01", "2025-06-30").Status = billing.StatusWithdrawn
		}), "accepted"},
		{"another product is no link", started("2025-06-01", func(w *world) { w.refer("T2", "BEH", "2023-12-01", "2025-06-30") }), "accepted"},
		{"a later trajectory does not count", started("2023-12-01", func(w *world) {
			w.referral.End = day("2026-01-31")
			w.refer("T2", "BEG", "2026-06-01", "")
		}), "held D01"},
		{"an earlier trajectory does not count", started("2025-06-01", func(w *world) {
			w.refer("T2", "BEG", "2020-01-01", "2021-01-01")
			w.refer("T3", "BEG", "2021-01-15", "2022-01-01")
		}), "accepted"},
		{"two that start on one day", started("2025-06-01", func(w *world) { w.refer("T2", "BEG", "2025-06-01", "2025-06-02") }), "accepted"},
		{"by category, the maximum of the record's product", started("2024-01-10", func(w *world) {
			w.referral.Product, w.referral.Category = "", "45"
		}), "held D01"},
		{"a category is not the product's chain", started("2025-06-01", func(w *world) {
			second := w.refer("T2", "", "2023-12-01", "2025-06-30")
			second.Category = "45"
		}), "accepted"},
		{"one chain of a category", started("2025-06-01", func(w *world) {
			second := w.refer("T2", "", "2023-12-01", "2025-06-30")
			w.referral.Product, w.referral.Category, second.Category = "", "45", "45"
		}), "held D01"},
		{"one chain of what names neither", started("2025-06-01", func(w *world) {
			second := w.refer("T2", "", "2023-12-01", "2025-06-30")
			w.referral.Product, second.HasBudget = "", true
		}), "held D01"},
		{"D is not judged on a withdrawn one", started("2023-01-10", func(w *world) { w.referral.Status = billing.StatusWithdrawn }), "rejected R09"},
		{"a withdrawn one is of no trajectory, also beside another", started("2023-01-10", func(w *world) {
			w.referral.Status = billing.StatusWithdrawn
			w.refer("T2", "BEG", "2023-01-01", "")
		}), "rejected R09"},
		{"D is judged beside R05", started("2023-01-10", func(w *world) { w.client.Records[0].Product = "BEH" }), "rejected D01 R05"},
		{"D01 does not shake what was declared", started("2023-01-10", func(w *world) { w.client.Records[0].Declared = month("2025-12") }), "accepted D01"},
	})
}

func TestReferralSignals(t *testing.T) {
	// The last day inside is 2026-04-30 when T1 starts on 2024-05-01: the end of the third month.
	tests := []ruleTest{
		{"D03 at the end of the third month", func(w *world) {}, "D03 T1 2026-04-30"},
		{"D03 a day later", func(w *world) { w.referral.Start++ }, ""},
		{"D03 the end of the period is past", func(w *world) { w.referral.Start = day("2024-02-01") }, "D02 T1 2026-04-30 2026-01-31"},
		{"D03 the day after the period", func(w *world) { w.referral.Start = day("2024-02-02") }, "D02 T1 2026-04-30 2026-02-01, D03 T1 2026-02-01"},
		{"D02 planned longer", func(w *world) { w.referral.End = day("2026-05-01") }, "D02 T1 2026-05-01 2026-04-30, D03 T1 2026-04-30"},
		{"D02 inside the extension", func(w *world) { w.referral.End, w.referral.ExtendedTo = day("2026-05-01"), day("2026-05-01") }, "D03 T1 2026-04-30"},
		{"D02 after the extension", func(w *world) { w.referral.End, w.referral.ExtendedTo = day("2026-05-02"), day("2026-05-01") },
			"D02 T1 2026-05-02 2026-04-30, D03 T1 2026-04-30"},
		{"D02 no end is no plan", func(w *world) { w.referral.End = 0 }, "D03 T1 2026-04-30"},
		{"D02 without a maximum", func(w *world) { w.run.Book.Segments[3].MaxMonths = 0 }, ""},
		{"held counts", func(w *world) { w.client.Records[0].Municipality = "Goirle" }, "D03 T1 2026-04-30"},
		{"rejected does not", func(w *world) { w.client.Records[0].Product = "BEH" }, ""},
		{"another month does not", func(w *world) { w.client.Records[0].First = day("2025-12-10") }, ""},
		{"once per referral", func(w *world) { w.add("2026-01-11") }, "D03 T1 2026-04-30"},
		{"the first record's product decides", func(w *world) {
			w.referral.Product, w.referral.Category = "", "45"
			w.product("BEH").MaxMonths = 12
			w.add("2026-01-09").Product = "BEH"
		}, "D02 T1 2026-04-30 2025-04-30"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld()
			w.referral.Start, w.referral.End = day("2024-05-01"), day("2026-04-30")
			w.add("2026-01-10")
			test.given(w)
			judgement, _ := w.judge()
			var got []string
			for _, signal := range judgement.Signals {
				checkTexts(t, signal.Code, signal.Values)
				got = append(got, signal.Code.String()+" "+strings.Join(signal.Values, " "))
			}
			if strings.Join(got, ", ") != test.want {
				t.Errorf("got %q, want %q", strings.Join(got, ", "), test.want)
			}
		})
	}
}

// TestProvidersDoNotReadTheTrajectory: it may have begun with another provider's referral.
func TestProvidersDoNotReadTheTrajectory(t *testing.T) {
	rule := rules.Catalogue().Rule(billing.D01)
	told := rule.ForProvider()
	values := []string{"2024-02-01", "24", "2026-01-31", "2026-02-03"}
	for language, want := range map[string]string{
		"nl": "De maximale duur was bereikt op 31-01-2026, de laatste dag daarbinnen; de zorgdatum is 03-02-2026.",
		"en": "The maximum duration was reached on 31-01-2026, the last day within it; the care date is 03-02-2026.",
	} {
		if got := rules.Message(told, values, language); got != want || rules.Remedy(told, values, language) != "" {
			t.Errorf("got %q, remedy %q", got, rules.Remedy(told, values, language))
		}
	}
	if rule.Remedy.Dutch == "" {
		t.Error("the rule itself was changed")
	}
}
