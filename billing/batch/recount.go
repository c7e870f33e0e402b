package batch

import (
	"context"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// recount computes the lines of a run again from the rows that it accepted, and holds them against what is declared.
type recount struct {
	run   *billing.Run
	rows  int
	sums  map[billing.LineKey]billing.Money
	lines map[billing.Line]int // by all that a line says but its records and first day
}

func newRecount(run *billing.Run) *recount {
	return &recount{run: run, sums: make(map[billing.LineKey]billing.Money), lines: make(map[billing.Line]int)}
}

// target takes off what the rows that a run accepted come to.
func (r *recount) target(ctx context.Context, tx *ledger.Tx, scope ledger.Scope, stored ledger.Run) error {
	var cases []billing.Case
	takeOff := func() {
		for _, line := range r.run.TargetOf(cases) {
			r.add(line, -1)
		}
		cases = cases[:0]
	}
	err := tx.EachAccepted(ctx, scope, stored.ID, func(row *ledger.AcceptedRow) error {
		r.rows++
		if len(cases) > 0 && cases[0].Record.BSN != row.BSN {
			takeOff()
		}
		record := &billing.Record{BSN: row.BSN, Provider: row.Provider, Unit: row.Unit, First: row.Date, Quantity: row.Quantity}
		if row.OwnLine {
			record.Prestatie = &billing.Prestatie{}
		}
		cases = append(cases, billing.Case{
			Record: record, Referral: &billing.Referral{Number: row.Referral}, Municipality: &billing.Municipality{Code: row.Municipality},
			Product: productOr(r.run.Book, row.Product), Price: row.Price, Outcome: billing.Accepted,
		})
		return nil
	})
	takeOff()
	return err
}

// declared adds a line of the ledger; what it says of a frozen month is left as it is.
func (r *recount) declared(line *billing.DeclaredLine) error {
	if line.CareMonth < r.run.Policy.RecalculateFrom {
		return nil
	}
	if line.Kind != billing.Credit {
		r.add(line.Line, 1)
		return nil
	}
	undone := line.Line
	undone.Amount = -undone.Amount
	r.add(undone, -1)
	return nil
}

func (r *recount) add(line billing.Line, times int) {
	r.sums[line.LineKey] += line.Amount * billing.Money(times)
	line.Records, line.First = 0, 0
	r.lines[line] += times
}

func compareKeys(a, b billing.LineKey) int {
	return billing.CompareLines(billing.Line{LineKey: a}, billing.Line{LineKey: b})
}

// compare adds a fault for every key of which the lines are not what the rows come to: in cents, or exact in every line.
func (r *recount) compare(v *Verified, exact bool) {
	count := 0
	fault := func(dutch, english string, values ...any) {
		if count++; count <= faultsPerTable {
			v.fault(dutch, english, values...)
		}
	}
	for _, key := range slices.SortedFunc(maps.Keys(r.sums), compareKeys) {
		if sum := r.sums[key]; sum != 0 {
			fault("Periode %s: het grootboek wijkt %s af van de zorgregels (aanbieder %s, toewijzing %s, product %s, zorgmaand %s).",
				"Period %s: the ledger differs by %s from the records (provider %s, referral %s, product %s, care month %s).",
				r.run.Period, sum, key.Provider, key.Referral, key.Product, key.CareMonth)
		}
	}
	for _, line := range slices.SortedFunc(maps.Keys(r.lines), billing.CompareLines) {
		if exact && r.lines[line] != 0 && r.sums[line.LineKey] == 0 {
			fault("Periode %s: een regel is anders dan de zorgregels maken (aanbieder %s, toewijzing %s, product %s, zorgmaand %s).",
				"Period %s: a line is other than the records make it (provider %s, referral %s, product %s, care month %s).",
				r.run.Period, line.Provider, line.Referral, line.Product, line.CareMonth)
		}
	}
	if count > faultsPerTable {
		v.fault("Periode %s: en nog %d verschillen met de zorgregels.", "Period %s: and %d differences with the records more.", r.run.Period, count-faultsPerTable)
	}
}

func productOr(book *billing.Book, code string) *billing.Product {
	if product := book.Product(code); product != nil {
		return product
	}
	return &billing.Product{Code: code}
}
