package uitval

import (
	"cmp"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/month"
)

// stakeKey is one reason at one provider.
type stakeKey struct {
	code     billing.Code
	provider string
}

// atStake is a number of records, with since when the one that has been held longest is held; none if that is not known.
type atStake struct {
	month.Count
	since billing.Date
}

func (s *atStake) add(row *report.Row, since billing.Date) {
	s.Count.Add(row)
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
		s[key].Rows++
	}
}

// codesOnce returns the codes of one severity that a row has, in the order of its findings.
func codesOnce(row *report.Row, catalogue *billing.Catalogue, severity billing.Severity) func(func(billing.Code) bool) {
	return func(yield func(billing.Code) bool) {
		var seen []billing.Code
		for i := range row.Findings {
			code := row.Findings[i].Code
			if slices.Contains(seen, code) || catalogue.Severity(code) != severity {
				continue
			}
			seen = append(seen, code)
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
		sums[key.code].Merge(part.Count)
		sums[key.code].note(part.since)
	}
	found := make([]stake, 0, len(sums))
	for _, sum := range sums {
		found = append(found, *sum)
	}
	slices.SortFunc(found, func(a, b stake) int {
		return cmp.Or(cmp.Compare(b.Amount, a.Amount), cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.code.String(), b.code.String()))
	})
	return found
}

// byCodeAndProvider returns the stakes by code and provider.
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
