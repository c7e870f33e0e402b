package batch

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// recountedMonth is a month whose lines are computed again from the rows that its run accepted.
type recountedMonth struct {
	judge *billing.Judge
	id    int64 // of the run
	book  bool  // its book and policy are stored
	open  bool  // it is about to be closed: every line must be exact, and the lines that are valid now are its own
	whole bool  // it may count all care differently from the close before it
}

// recountedMonths are the months of a proof, oldest first and the one that is about to be closed last, with the findings.
type recountedMonths struct {
	months []recountedMonth
	parts  []*recountFindings
}

// recountFindings are what was found in one part of the clients.
type recountFindings struct {
	rows   int
	faults [][]billing.Text // by month
}

// add adds a month.
func (r *recountedMonths) add(month recountedMonth) {
	if last := len(r.months) - 1; last >= 0 {
		before := r.months[last]
		month.whole = !month.book || !before.book || month.judge.Policy.RecalculateFrom != before.judge.Policy.RecalculateFrom || !sameRounding(month.judge.Book, before.judge.Book)
	}
	r.months = append(r.months, month)
}

// sameRounding reports whether two books make the same lines from the same rows.
func sameRounding(a, b *billing.Book) bool {
	return slices.EqualFunc(a.Products, b.Products, func(a, b billing.Product) bool {
		return a.Code == b.Code && a.From == b.From && a.WholeHours == b.WholeHours
	})
}

// visitor returns a function that recounts one part of the clients, one after the other. Each part needs a separate
// visitor, since parts are visited concurrently.
func (r *recountedMonths) visitor() func(*ledger.ProvenClient) error {
	found := &recountFindings{faults: make([][]billing.Text, len(r.months))}
	r.parts = append(r.parts, found)
	return (&clientRecount{recountFindings: found, months: r.months, sums: make(map[billing.LineKey]billing.Money), lines: make(map[billing.Line]int)}).client
}

// faultsInto adds the faults found to v, month by month and at most faultsPerTable of each, and the number of rows that
// were counted.
func (r *recountedMonths) faultsInto(v *Verified) {
	for i, month := range r.months {
		count := 0
		for _, part := range r.parts {
			for _, fault := range part.faults[i] {
				if count++; count <= faultsPerTable {
					v.Faults = append(v.Faults, fault)
				}
			}
		}
		if count > faultsPerTable {
			v.fault("Periode %s: nog meer verschillen met de zorgregels: %d.", "Period %s: further differences from the records: %d.", month.judge.Period, count-faultsPerTable)
		}
	}
	for _, part := range r.parts {
		v.Rows += part.rows
	}
}
