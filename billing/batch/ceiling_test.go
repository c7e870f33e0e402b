package batch_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// ceilings returns what the last run signals about contracts (C05).
func (k *kit) ceilings() (signals []string) {
	k.t.Helper()
	run := k.lastRun()
	found, err := k.batch.Store.Signals(k.t.Context(), run.Month())
	if err != nil {
		k.t.Fatal(err)
	}
	for _, signal := range found {
		if signal.Code == billing.C05 {
			signals = append(signals, signal.Provider+" "+strings.Join(signal.Values, " "))
		}
	}
	return signals
}

// TestCeilings makes one change after another with a contract of 100 euros a year: each run signals the state of the moment,
// once, and only for contracts on which enough was declared. One hour costs 91.23.
func TestCeilings(t *testing.T) {
	limit := func(limit billing.Money) func(k *kit) {
		return func(k *kit) {
			k.book = testBook()
			for i := range k.book.Contracts {
				k.book.Contracts[i].HasCeiling, k.book.Contracts[i].Ceiling = true, limit
			}
			k.book.Index()
		}
	}
	steps := []struct {
		name, period string
		do           func(k *kit)
		want         []string
	}{
		{"none reached", "2026-10", func(k *kit) {
			limit(10_000)(k)
			k.tell("a: R1=0,5")
		}, nil},
		{"the warning is reached", "2026-10", func(k *kit) { k.tell("b: R2=0,5@1") }, []string{"30000001 segment 4 9124 2026 91 10000"}},
		{"run again", "2026-10", func(k *kit) { k.policy.GapDays++ }, []string{"30000001 segment 4 9124 2026 91 10000"}},
		{"the ceiling is raised", "2026-10", limit(20_000), nil},
		{"and lowered", "2026-10", limit(9_000), []string{"30000001 segment 4 9124 2026 101 9000"}},
		{"what was declared before counts", "2026-11", func(k *kit) {
			k.close("2026-10", "2026-11-05")
			k.tell("c: R3=1")
		}, []string{"30000001 segment 4 18247 2026 202 9000"}},
	}
	eachKit(t, func(t *testing.T, made func() *kit) {
		k := made()
		k.permit(2)
		for _, step := range steps {
			step.do(k)
			k.run(step.period, "2026-12-05")
			if got := k.ceilings(); !slices.Equal(got, step.want) {
				t.Errorf("%s: %q, want %q", step.name, got, step.want)
			}
		}
	})
}
