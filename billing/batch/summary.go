package batch

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Summary tells a finance person in one screen what came of a run. Rows are those taken in since the last
// close, those whose outcome changed since it, and all that are held.
type Summary struct {
	Period         billing.Period
	AsOf           billing.Date
	Closed         bool
	Files          int
	Read           int // rows of records in them
	Again          int // of them, already received
	Skipped        int // totals and empty rows
	Outcomes       map[billing.Outcome]Sum
	Municipalities []MunicipalitySum
	Reasons        []Reason // most frequent first
	Kinds          map[billing.LineKind]Sum
	Declared       billing.Money // what the declaration comes to
	Lines          int
	ToPay          billing.Money
	Missing        []string // providers that sent nothing
	Signals        int      // signals that belong to no record
	Causes         []CauseSum
	Unknown        []string // referrals whose municipality or product the book does not know: unknown in this run
}

// Sum counts rows or lines and adds up their amounts.
type Sum struct {
	Count  int
	Amount billing.Money
}

// Plus gives both together.
func (s Sum) Plus(other Sum) Sum { return Sum{s.Count + other.Count, s.Amount + other.Amount} }

func (s *Sum) add(count int, amount billing.Money) {
	s.Count += count
	s.Amount += amount
}

// MunicipalitySum is the summary of one municipality; Code is "" for rows of which it is not known.
type MunicipalitySum struct {
	Code                     string
	Accepted, Held, Rejected Sum
	Declared                 billing.Money
}

// Reason is why rows are held or rejected.
type Reason struct {
	Code billing.Code
	Sum
}

// Summarise gives the summary of a run.
func (b *Batch) Summarise(ctx context.Context, run ledger.Run, head *ReportHead) (*Summary, error) {
	since, err := b.since(ctx, run)
	if err != nil {
		return nil, err
	}
	rows, err := b.Store.RowTotals(ctx, run, since.closed, since.lastFile)
	if err != nil {
		return nil, err
	}
	lines, err := b.Store.LineTotals(ctx, run)
	if err != nil {
		return nil, err
	}
	signals, err := b.Store.Signals(ctx, run.Month())
	if err != nil {
		return nil, err
	}
	summary := &Summary{
		Period: run.Month(), AsOf: billing.Date(run.AsOf), Closed: run.Closed(), Files: len(head.Files), Missing: head.Missing,
		Outcomes: make(map[billing.Outcome]Sum), Kinds: make(map[billing.LineKind]Sum), Signals: len(signals), Causes: head.Causes,
	}
	for _, file := range head.Files {
		summary.Read += file.Rows
		summary.Again += file.Rows - file.Kept
		summary.Skipped += file.Totals + file.Empty
	}
	for _, payment := range head.Payments {
		summary.ToPay += payment.ToPay
	}
	err = b.Store.EachLatestReferral(ctx, func(r *billing.Referral) error {
		if !r.Known(head.Book) {
			summary.Unknown = append(summary.Unknown, r.Number)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	summary.addRows(rows, b.Catalogue)
	summary.addLines(lines)
	slices.SortFunc(summary.Municipalities, func(a, b MunicipalitySum) int { return strings.Compare(a.Code, b.Code) })
	return summary, nil
}

func (s *Summary) addRows(rows []ledger.RowTotal, catalogue *billing.Catalogue) {
	reasons := make(map[billing.Code]*Reason)
	for _, row := range rows {
		amount := billing.Money(row.Rows) * billing.Price(row.Price).Times(billing.Quantity(row.Quantity), billing.Unit(row.Unit))
		sum := s.Outcomes[row.Outcome]
		sum.add(row.Rows, amount)
		s.Outcomes[row.Outcome] = sum
		if to := s.municipality(row.Municipality).of(row.Outcome); to != nil {
			to.add(row.Rows, amount)
		}
		if row.Outcome != billing.Held && row.Outcome != billing.Rejected {
			continue
		}
		for word := range strings.FieldsSeq(row.Codes) {
			code := billing.ParseCode(word)
			if catalogue.Severity(code) == billing.Signal {
				continue
			}
			if reasons[code] == nil {
				reasons[code] = &Reason{Code: code}
			}
			reasons[code].add(row.Rows, amount)
		}
	}
	for _, reason := range reasons {
		s.Reasons = append(s.Reasons, *reason)
	}
	slices.SortFunc(s.Reasons, func(a, b Reason) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code)) })
}

func (s *Summary) addLines(lines []ledger.LineTotal) {
	for _, line := range lines {
		kind := billing.LineKind(line.Kind)
		sum := s.Kinds[kind]
		sum.add(line.Lines, billing.Money(line.Amount))
		s.Kinds[kind] = sum
		s.Lines += line.Lines
		s.Declared += billing.Money(line.Amount)
		s.municipality(line.Municipality).Declared += billing.Money(line.Amount)
	}
}

func (s *Summary) municipality(code string) *MunicipalitySum {
	for i := range s.Municipalities {
		if s.Municipalities[i].Code == code {
			return &s.Municipalities[i]
		}
	}
	s.Municipalities = append(s.Municipalities, MunicipalitySum{Code: code})
	return &s.Municipalities[len(s.Municipalities)-1]
}

// of gives the sum of an outcome that is shown per municipality; nil for the others.
func (m *MunicipalitySum) of(outcome billing.Outcome) *Sum {
	switch outcome {
	case billing.Accepted:
		return &m.Accepted
	case billing.Held:
		return &m.Held
	case billing.Rejected:
		return &m.Rejected
	}
	return nil
}
