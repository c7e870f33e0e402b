package uitval

import (
	"cmp"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/shown"
)

// stakeKey is one reason at one provider ("" for all).
type stakeKey struct {
	code     billing.Code
	provider string
}

// atStake counts records, with the day since which the oldest of them is held; 0 if not known.
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

// stakes holds what is at stake for each reason at each provider.
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

// reasonsToReject returns the codes for which a row is rejected, without duplicates: of rules that reject, and of holds on
// which a controller rejected it.
func reasonsToReject(row *report.Row, catalogue *billing.Catalogue) []billing.Code {
	var codes []billing.Code
	for i := range row.Findings {
		code := row.Findings[i].Code
		if !slices.Contains(codes, code) && shown.Rejects(catalogue, row, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// stake is what is at stake for one reason at one provider ("" for all).
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

// byCodeAndProvider returns the stakes, sorted by code and provider.
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

// once appends to list what must be subtracted because records count under more than one reason, so that the list adds up to
// all, which counts each record once.
func once(list []stake, all month.Count) []stake {
	for _, stake := range list {
		all.Rows -= stake.Rows
		all.Time -= stake.Time
		all.Dayparts -= stake.Dayparts
		all.Amount -= stake.Amount
	}
	if all == (month.Count{}) {
		return list
	}
	return append(list, stake{atStake: atStake{Count: all}})
}
