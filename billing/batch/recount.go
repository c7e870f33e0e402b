package batch

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// recounted is a month of which the lines are computed again from the rows that its run accepted.
type recounted struct {
	judge *billing.Judge
	id    int64 // of the run
	book  bool  // its book and policy are there
	open  bool  // it is about to be closed: every line must be exact, and those that hold now are its own
	whole bool  // it counts care of every month otherwise than the close before it
}

// recounts are the months of a proof, the oldest first, that about to be closed last, with what was found.
type recounts struct {
	months []recounted
	parts  []*recountFound
}

// recountFound is what was found in a part of the clients.
type recountFound struct {
	rows   int
	faults [][]billing.Text // by month
}

// add adds a month.
func (r *recounts) add(month recounted) {
	if last := len(r.months) - 1; last >= 0 {
		before := r.months[last]
		month.whole = !month.book || !before.book || month.judge.Policy.RecalculateFrom != before.judge.Policy.RecalculateFrom || !sameRounding(month.judge.Book, before.judge.Book)
	}
	r.months = append(r.months, month)
}

// sameRounding reports whether two books make the same lines of the same rows.
func sameRounding(a, b *billing.Book) bool {
	return slices.EqualFunc(a.Products, b.Products, func(a, b billing.Product) bool {
		return a.Code == b.Code && a.From == b.From && a.WholeHours == b.WholeHours
	})
}

// visitor returns the function that recounts a part of the clients, one after the other. Each part has a visitor of its
// own, since parts are visited at the same time.
func (r *recounts) visitor() func(*ledger.ProvenClient) error {
	found := &recountFound{faults: make([][]billing.Text, len(r.months))}
	r.parts = append(r.parts, found)
	return (&recount{recountFound: found, months: r.months, sums: make(map[billing.LineKey]billing.Money), lines: make(map[billing.Line]int)}).client
}

// faultsInto adds the faults that were found to those of the proof, month by month, no more of each than faultsPerTable,
// and how many rows were counted.
func (r *recounts) faultsInto(v *Verified) {
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
			v.fault("Periode %s: nog meer verschillen met de zorgregels: %d.", "Period %s: more differences from the records: %d.", month.judge.Period, count-faultsPerTable)
		}
	}
	for _, part := range r.parts {
		v.Rows += part.rows
	}
}
