package reports_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
)

// TestYearTells: a statement of a provider says how final it is, until when and since when was declared, and by which head of the
// chain it can be proven, where there is something to say.
func TestYearTells(t *testing.T) {
	since := func(month int) *report.Year {
		y := demoYear()
		y.Since = billing.PeriodOf(2026, month)
		return y
	}
	told := make(map[string]string)
	for name, y := range map[string]*report.Year{"provisional": since(1), "final": settled(demoYear()), "early": early(demoYear()), "joined": since(2)} {
		dir, _ := writtenYear(t, y)
		told[name] = everythingIn(t, filepath.Join(dir, "verantwoording-01000001-Voorbeeld Wonen Thuis.xlsx"))
	}
	for text, names := range map[string]string{
		">Waarom voorlopig<": "provisional early joined",
		">Dit is een voorlopige verantwoording. Onderteken de definitieve.<": "provisional early joined",
		">nog geen periode<": "early",
		">september 2026<":   "provisional joined",
		">Ketenkop<":         "provisional final joined",
		"De ketenkop is de ": "provisional final joined",
		"Opgemaakt uit het grootboek met de ketenkop hierboven; zie het blad Aansluiting.": "provisional final joined",
		">februari 2026; wat eerder en elders is gedeclareerd, staat hier niet<":           "joined",
		">Gedeclareerd met pxq sinds<": "joined",
	} {
		for name, all := range told {
			if want := strings.Contains(" "+names+" ", " "+name+" "); strings.Contains(all, text) != want {
				t.Errorf("%s: %s must be in it: %v", name, text, want)
			}
		}
	}
}

// TestYearByPeriod: what is not closed counts as declared nowhere in a statement, and care of other years stands apart.
func TestYearByPeriod(t *testing.T) {
	dir, _ := writtenYear(t, demoYear())
	rows := rowsOf(t, open(t, filepath.Join(dir, "verantwoording-regio.xlsx")), "Declaratieperioden")[headingRow:]
	for i, want := range []string{
		"46235|afgesloten|46274|12|2400.42|0|2400.42|0|6|2406.42",
		"46266|afgesloten|46304|18|2400.42|-1200.21|1200.21|0|9|1209.21",
		"46296|nog niet afgesloten||0|0|0|0|6001.05|0|6001.05",
	} {
		if got := strings.Join(rows[i], "|"); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
