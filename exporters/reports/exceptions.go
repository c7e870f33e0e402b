package reports

import (
	"cmp"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// exceptions is what goes into the workbook of the controllers.
type exceptions struct {
	holds, signals kinds
	rejected       *workbook.Rows
	stakes         stakes  // open holds
	refused        stakes  // rejects
	noted          stakes  // signals
	open           atStake // records with an open hold, each once
	declared       count   // of them, those that were declared and stay accepted until somebody refuses them
}

// stakeKey is one reason at one provider.
type stakeKey struct {
	code     billing.Code
	provider string
}

// atStake is a number of records, with since when the one that has been held longest is held; none if that is not known.
type atStake struct {
	count
	since billing.Date
}

func (s *atStake) add(row *report.Row, since billing.Date) {
	s.count.add(row)
	s.note(since)
}

func (s *atStake) note(since billing.Date) {
	if s.since == 0 || since != 0 && since < s.since {
		s.since = since
	}
}

// stakes is what is at stake for each reason at each provider.
type stakes map[stakeKey]*atStake

func (s stakes) add(code billing.Code, provider string, row *report.Row, since billing.Date) {
	key := stakeKey{code, provider}
	if s[key] == nil {
		s[key] = &atStake{}
	}
	if row != nil {
		s[key].add(row, since)
	} else {
		s[key].rows++
	}
}

func newExceptions(spool *workbook.Spool) exceptions {
	return exceptions{
		holds: newKinds(spool), signals: newKinds(spool), rejected: spool.Rows(),
		stakes: make(stakes), refused: make(stakes), noted: make(stakes),
	}
}

func (e *exceptions) addRow(v *view, row *report.Row) {
	e.addHolds(v, row)
	if row.Outcome == billing.Rejected {
		e.rejected.Add(cellsOf(v, recordsRejected, row)...)
		for code := range codesOnce(row, v.Catalogue, billing.Reject) {
			e.refused.add(code, row.Record.Provider, row, 0)
		}
	}
	for i := range row.Findings {
		if v.Catalogue.Severity(row.Findings[i].Code) == billing.Signal {
			e.signals.of(row.Findings[i].Code).Add(cellsOf(v, signalColumns, shownSignal{row: row, finding: &row.Findings[i]})...)
		}
	}
	for code := range codesOnce(row, v.Catalogue, billing.Signal) {
		e.noted.add(code, row.Record.Provider, row, 0)
	}
}

// What a controller can still act on comes first, what only says that something differs last.
var (
	firstSignals = []billing.Code{billing.D03, billing.D02, billing.C05, billing.R15, billing.S04, billing.S03}
	lastSignals  = []billing.Code{billing.P03, billing.P04, billing.T02}
)

func (e *exceptions) addHolds(v *view, row *report.Row) {
	oldest := atStake{}
	for i, code := range row.OpenHolds {
		hold := openHold{row: row, code: code}
		if i < len(row.HeldSince) {
			hold.since = row.HeldSince[i]
		}
		oldest.note(hold.since)
		e.holds.of(code).Add(cellsOf(v, holdColumns, hold)...)
		e.stakes.add(code, row.Record.Provider, row, hold.since)
	}
	if len(row.OpenHolds) > 0 {
		e.open.add(row, oldest.since)
		if row.Outcome != billing.Held {
			e.declared.add(row)
		}
	}
}

// codesOnce gives the codes of one severity that a row has, in the order of its findings.
func codesOnce(row *report.Row, catalogue *billing.Catalogue, severity billing.Severity) func(func(billing.Code) bool) {
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
	atStake
}

// byCode adds up the stakes of each code, the largest first.
func byCode(stakes stakes) []stake {
	sums := make(map[billing.Code]*stake)
	for key, part := range stakes {
		if sums[key.code] == nil {
			sums[key.code] = &stake{stakeKey: stakeKey{code: key.code}}
		}
		sums[key.code].merge(part.count)
		sums[key.code].note(part.since)
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
func byCodeAndProvider(stakes stakes) []stake {
	found := make([]stake, 0, len(stakes))
	for key, part := range stakes {
		found = append(found, stake{key, *part})
	}
	slices.SortFunc(found, func(a, b stake) int {
		return cmp.Or(cmp.Compare(a.code.String(), b.code.String()), cmp.Compare(a.provider, b.provider))
	})
	return found
}
