package report

import (
	"fmt"
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

func TestLastingDebts(t *testing.T) {
	month := func(m int) billing.Period { return billing.PeriodOf(2026, m) }
	earlier := func(m int, provider string, amount billing.Money) EarlierTotal {
		return EarlierTotal{Period: month(m), Provider: provider, Municipality: "0855", Amount: amount}
	}
	pay := func(provider string, net billing.Money) Payment {
		return Payment{Provider: provider, Municipality: "0855", Net: net}
	}
	for _, test := range []struct {
		name    string
		earlier []EarlierTotal
		now     []Payment
		want    string
	}{
		{"nothing", nil, nil, "[]"},
		{"negative now only", nil, []Payment{pay("1", -5)}, "[]"},
		{"the second month", []EarlierTotal{earlier(2, "1", -5)}, []Payment{pay("1", 0)}, "[]"},
		{"the third month", []EarlierTotal{earlier(1, "1", -5)}, []Payment{pay("1", 0)}, "[{1 0855 -0.05 2026-01 3}]"},
		{"more is taken back", []EarlierTotal{earlier(1, "1", -5), earlier(2, "1", -7)}, []Payment{pay("1", -1)}, "[{1 0855 -0.13 2026-01 3}]"},
		{"settled in between", []EarlierTotal{earlier(1, "1", -5), earlier(2, "1", 9)}, []Payment{pay("1", -1)}, "[]"},
		{"a positive month is paid and settles nothing later", []EarlierTotal{earlier(1, "1", 100)}, []Payment{pay("1", -1)}, "[]"},
		{"settled now", []EarlierTotal{earlier(1, "1", -5)}, []Payment{pay("1", 5)}, "[]"},
		{"partly settled", []EarlierTotal{earlier(1, "1", -5)}, []Payment{pay("1", 2)}, "[{1 0855 -0.03 2026-01 3}]"},
		{"two totals of one month count together", []EarlierTotal{earlier(1, "1", -5), earlier(1, "1", 5)}, []Payment{pay("1", -1)}, "[]"},
		{"so do a debit and then a credit", []EarlierTotal{earlier(1, "1", 5), earlier(1, "1", -5)}, []Payment{pay("1", -1)}, "[]"},
		{"another provider", []EarlierTotal{earlier(1, "1", -5)}, []Payment{pay("1", 0), pay("2", -4)}, "[{1 0855 -0.05 2026-01 3}]"},
		{"since last year", []EarlierTotal{{Period: billing.PeriodOf(2025, 11), Provider: "1", Municipality: "0855", Amount: -5}}, []Payment{pay("1", 0)},
			"[{1 0855 -0.05 2025-11 5}]"},
	} {
		head := &ReportHead{Period: month(3), Earlier: test.earlier, Payments: test.now}
		if got := fmt.Sprint(head.LastingDebts()); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}
