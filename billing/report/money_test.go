package report_test

import (
	"fmt"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
)

// What a provider gets from a municipality is the sum of the period less what earlier periods left; a positive sum of an earlier
// period was paid and settles nothing.
func TestPayments(t *testing.T) {
	total := func(month int, provider, municipality string, kind billing.LineKind, amount billing.Money) ledger.LineTotal {
		return ledger.LineTotal{Period: billing.PeriodOf(2026, month), Provider: provider, Municipality: municipality, Kind: kind, Amount: amount}
	}
	debit := func(month int, amount billing.Money) ledger.LineTotal {
		return total(month, "1", "0855", billing.Regular, amount)
	}
	credit := func(month int, amount billing.Money) ledger.LineTotal {
		return total(month, "1", "0855", billing.Credit, amount)
	}
	type totals []ledger.LineTotal
	for _, test := range []struct {
		name         string
		earlier, now totals
		want         string
	}{
		{"nothing", nil, nil, ""},
		{"debits and credits", nil, totals{debit(3, 400), credit(3, -150), debit(3, 100)}, "1 0855 5.00 -1.50 3.50 0.00 3.50; "},
		{"more is taken back", nil, totals{debit(3, 100), credit(3, -150)}, "1 0855 1.00 -1.50 -0.50 0.00 0.00; "},
		{"part is settled", totals{credit(2, -150)}, totals{debit(3, 100)}, "1 0855 1.00 0.00 1.00 -1.50 0.00; "},
		{"all is settled", totals{credit(2, -150)}, totals{debit(3, 151)}, "1 0855 1.51 0.00 1.51 -1.50 0.01; "},
		{"nothing is declared", totals{credit(2, -150)}, nil, "1 0855 0.00 0.00 0.00 -1.50 0.00; "},
		{"a month without declaration between", totals{credit(1, -150), debit(1, 50)}, totals{debit(3, 120)}, "1 0855 1.20 0.00 1.20 -1.00 0.20; "},
		{"settled before", totals{credit(1, -150), debit(2, 200)}, nil, ""},
		{"paid before", totals{debit(1, 200), credit(2, -150)}, totals{debit(3, 100)}, "1 0855 1.00 0.00 1.00 -1.50 0.00; "},
		{"one month counts together", totals{debit(2, 200), credit(2, -150)}, totals{debit(3, 100)}, "1 0855 1.00 0.00 1.00 0.00 1.00; "},
		{"others settle nothing", totals{credit(2, -150)},
			totals{total(3, "2", "0855", billing.Regular, 200), total(3, "1", "0867", billing.Late, 300), total(3, "1", "0867", billing.Correction, 10)},
			"1 0855 0.00 0.00 0.00 -1.50 0.00; 1 0867 3.10 0.00 3.10 0.00 3.10; 2 0855 2.00 0.00 2.00 0.00 2.00; "},
	} {
		due := billing.NewDate(2026, 5, 4)
		got := ""
		for _, p := range report.Payments(test.earlier, test.now, due) {
			got += fmt.Sprintf("%s %s %s %s %s %s %s; ", p.Provider, p.Municipality, p.Debit, p.Credit, p.Net, p.CarriedOver, p.ToPay)
			if p.Due != due {
				t.Errorf("%s: due %s", test.name, p.Due)
			}
		}
		if got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}
