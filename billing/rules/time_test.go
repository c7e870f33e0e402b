package rules_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

func TestTimeRules(t *testing.T) {
	// Care of October 2025 may come in until 31 January 2026.
	came := func(first, this string, change func(*world, *billing.Record)) func(*world) {
		return func(w *world) {
			r := w.add("2025-10-31")
			r.FirstReceived, r.Received = day(first), day(this)
			change(w, r)
		}
	}
	prior := func(unit billing.Unit, quantity billing.Quantity) func(*world, *billing.Record) {
		return func(_ *world, r *billing.Record) { r.HasPrior, r.PriorUnit, r.PriorQuantity = true, unit, quantity }
	}
	nothing := func(*world, *billing.Record) {}
	run(t, []ruleTest{
		{"T01 on the last day", came("2026-01-31", "2026-01-31", nothing), "accepted T02"},
		{"T01 the day after", came("2026-02-01", "2026-02-01", nothing), "rejected T01 T02"},
		{"T01 the first of the month has the same last day", came("2026-01-31", "2026-01-31", func(_ *world, r *billing.Record) { r.First = day("2025-10-01") }), "accepted T02"},
		{"T01 care of December until 31 March", func(w *world) {
			w.run.Period = month("2026-03")
			for _, received := range []string{"2026-03-31", "2026-04-01"} {
				r := w.add("2025-12-01")
				r.FirstReceived, r.Received, r.Daypart = day(received), day(received), received
			}
		}, "accepted T02; rejected T01 T02"},
		{"T01 not on what was declared", came("2026-02-01", "2026-02-01", func(_ *world, r *billing.Record) { r.Declared = month("2025-10") }), "accepted"},
		{"T04 no earlier readable version", came("2026-01-31", "2026-02-01", nothing), "held T02 T04"},
		{"T04 raised", came("2026-01-31", "2026-02-01", prior(billing.Time, hours(1)-1)), "held T02 T04"},
		{"T04 the same", came("2026-01-31", "2026-02-01", prior(billing.Time, hours(1))), "accepted T02"},
		{"T04 lowered", came("2026-01-31", "2026-02-01", prior(billing.Time, hours(2))), "accepted T02"},
		{"T04 another kind of unit", came("2026-01-31", "2026-02-01", prior(billing.Daypart, hours(2))), "held T02 T04"},
		{"T04 in time", came("2026-01-30", "2026-01-31", prior(billing.Time, 1)), "accepted T02"},
		{"T04 not beside T01", came("2026-02-01", "2026-02-02", prior(billing.Time, 1)), "rejected T01 T02"},
		{"T04 not on an ambiguous row", came("2026-01-31", "2026-02-01", func(_ *world, r *billing.Record) { r.Ambiguous = true }), "rejected T02 U01"},
		{"T04 not on what was declared", came("2026-01-31", "2026-02-01", func(_ *world, r *billing.Record) { r.Declared = month("2025-12") }), "accepted"},
		{"T04 lifted", came("2026-01-31", "2026-02-01", func(w *world, r *billing.Record) { w.decide(r, billing.T04, billing.Allow) }), "accepted T02 T04"},
		{"T02 the last day of the month before", func(w *world) { w.add("2025-12-31") }, "accepted T02"},
		{"T02 the first day of the period", func(w *world) { w.add("2026-01-01") }, "accepted"},
		{"T03 before the first month", func(w *world) { w.run.Policy.RecalculateFrom = month("2026-01"); w.add("2025-12-31") }, "held T02 T03"},
		{"T03 in the first month", func(w *world) { w.run.Policy.RecalculateFrom = month("2026-01"); w.add("2026-01-01") }, "accepted"},
		{"T03 akkoord does not lift it", func(w *world) {
			w.run.Policy.RecalculateFrom = month("2026-01")
			w.decide(w.add("2025-12-31"), billing.T03, billing.Allow)
		}, "held T02 T03"},
		{"T03 afwijzen rejects it", func(w *world) {
			w.run.Policy.RecalculateFrom = month("2026-01")
			w.decide(w.add("2025-12-31"), billing.T03, billing.Refuse)
		}, "rejected T02 T03"},
		{"T03 not on what was declared", func(w *world) {
			w.run.Policy.RecalculateFrom = month("2026-01")
			w.add("2025-12-31").Declared = month("2025-12")
		}, "accepted"},
		{"after the period", func(w *world) { w.add("2026-02-01") }, "pending"},
		{"the last day of the period", func(w *world) { w.add("2026-01-31") }, "accepted"},
	})
}
