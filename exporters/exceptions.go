package exporters

import (
	"cmp"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// exceptions is what goes into the workbook of the controllers.
type exceptions struct {
	holds, rejected, signals *workbook.Rows
	stakes                   map[stakeKey]*count // open holds
	refused                  map[stakeKey]*count // rejects
	open                     count               // records with an open hold, each once
}

// stakeKey is one reason at one provider.
type stakeKey struct {
	code     billing.Code
	provider string
}

func newExceptions(spool *workbook.Spool) exceptions {
	return exceptions{
		holds: spool.Rows(), rejected: spool.Rows(), signals: spool.Rows(),
		stakes: make(map[stakeKey]*count), refused: make(map[stakeKey]*count),
	}
}

func (e *exceptions) addRow(v *view, row *batch.Row) {
	for _, code := range row.OpenHolds {
		hold := openHold{row: row, code: code}
		e.holds.Add(cellsOf(v, holdColumns, hold)...)
		addStake(e.stakes, code, row)
	}
	if len(row.OpenHolds) > 0 {
		e.open.add(row)
	}
	if row.Outcome == billing.Rejected {
		e.rejected.Add(cellsOf(v, recordsRejected, row)...)
		for code := range codesOnce(row, v.Catalogue, billing.Reject) {
			addStake(e.refused, code, row)
		}
	}
	for i := range row.Findings {
		if v.Catalogue.Severity(row.Findings[i].Code) == billing.Signal {
			e.signals.Add(cellsOf(v, signalColumns, shownSignal{row: row, finding: &row.Findings[i]})...)
		}
	}
}

func addStake(stakes map[stakeKey]*count, code billing.Code, row *batch.Row) {
	key := stakeKey{code, row.Record.Provider}
	if stakes[key] == nil {
		stakes[key] = &count{}
	}
	stakes[key].add(row)
}

// codesOnce gives the codes of one severity that a row has, in the order of its findings.
func codesOnce(row *batch.Row, catalogue *billing.Catalogue, severity billing.Severity) func(func(billing.Code) bool) {
	return func(yield func(billing.Code) bool) {
		var seen billing.CodeSet
		for i := range row.Findings {
			code := row.Findings[i].Code
			if seen.Has(code) || catalogue.Severity(code) != severity {
				continue
			}
			seen |= billing.Codes(code)
			if !yield(code) {
				return
			}
		}
	}
}

// stake is one reason at one provider ("" for all) with what is at stake.
type stake struct {
	stakeKey
	count
}

// byCode adds up the stakes of each code, the largest first.
func byCode(stakes map[stakeKey]*count) []stake {
	sums := make(map[billing.Code]*stake)
	for key, part := range stakes {
		if sums[key.code] == nil {
			sums[key.code] = &stake{stakeKey: stakeKey{code: key.code}}
		}
		sums[key.code].merge(*part)
	}
	found := make([]stake, 0, len(sums))
	for _, sum := range sums {
		found = append(found, *sum)
	}
	slices.SortFunc(found, func(a, b stake) int {
		return cmp.Or(cmp.Compare(b.amount, a.amount), cmp.Compare(b.rows, a.rows), cmp.Compare(a.code.String(), b.code.String()))
	})
	return found
}

// byCodeAndProvider gives the stakes by code and provider.
func byCodeAndProvider(stakes map[stakeKey]*count) []stake {
	found := make([]stake, 0, len(stakes))
	for key, part := range stakes {
		found = append(found, stake{key, *part})
	}
	slices.SortFunc(found, func(a, b stake) int {
		return cmp.Or(cmp.Compare(a.code.String(), b.code.String()), cmp.Compare(a.provider, b.provider))
	})
	return found
}
