package report

import (
	"context"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Summary is the result of a run on one screen, for a finance department. Its rows are those taken in since the last
// close, those whose outcome changed since it, and all that are held or need a decision: New + Earlier is the sum of
// the outcomes.
type Summary struct {
	Period         billing.Period
	AsOf           billing.Date
	Closed         bool
	Files          int
	ReadAgain      int // of Files, those that pxq read again by itself
	Read           int // rows of records in Files
	Again          int // of Read, those already received
	New            int // of Read, the others
	Earlier        int // rows taken in before the last close
	Skipped        int // rows with totals and empty rows
	Outcomes       map[billing.Outcome]Sum
	Municipalities []MunicipalitySum
	Reasons        []Reason // most frequent first
	Kinds          map[billing.LineKind]Sum
	Declared       billing.Money // total of the declaration
	Lines          int
	Gap            Gap // between what was accepted and what is declared
	ToPay          billing.Money
	Balances       Sum      // negative balances that are carried over to the next period
	Debts          []Debt   // negative balances of three months or more
	Missing        []string // providers that sent nothing
	OnlyAgain      []string // providers that sent only rows already received
	Signals        int      // signals that belong to no record
	Causes         []CauseSum
	LeftOut        []LeftOut // standing rows of earlier files that a later file leaves out
	Broken         []Broken  // safety bounds
	Waiting        []Waiting // declarations (JW323) without an answer
	NotSent        []NotSent // declarations (JW323) that count as never sent
	Unknown        []string  // numbers of referrals whose municipality or product is not in the book, masked
}

// Sum counts rows or lines and adds up their amounts.
type Sum struct {
	Count  int
	Amount billing.Money
}

// Plus returns the sum of both.
func (s Sum) Plus(other Sum) Sum { return Sum{s.Count + other.Count, s.Amount + other.Amount} }

func (s *Sum) add(count int, amount billing.Money) {
	s.Count += count
	s.Amount += amount
}

// MunicipalitySum is the summary of one municipality; Code is "" for rows whose municipality is unknown.
type MunicipalitySum struct {
	Code                     string
	Accepted, Held, Rejected Sum
	Declared                 billing.Money
}

// Reason sums up the rows that are held or rejected because of one rule.
type Reason struct {
	Code billing.Code
	Sum
}

// Summarise returns the summary of a run.
func (r *Reporter) Summarise(ctx context.Context, run ledger.Run, head *ReportHead) (*Summary, error) {
	summary := &Summary{
		Period: run.Month(), AsOf: run.AsOf, Closed: run.Closed(), Files: len(head.Files), Missing: head.Missing, LeftOut: head.LeftOut, Waiting: head.Waiting, NotSent: head.NotSent,
		Outcomes: make(map[billing.Outcome]Sum), Kinds: make(map[billing.LineKind]Sum), Causes: head.Causes, Debts: head.LastingDebts(),
	}
	for _, file := range head.Files {
		if file.ReadAgain {
			summary.ReadAgain++
		}
		summary.Read += file.Rows
		summary.Again += file.Rows - file.Kept
		summary.New += file.Kept
		summary.Skipped += file.Totals + file.Empty
	}
	for _, payment := range head.Payments {
		summary.ToPay += payment.ToPay
	}
	summary.Balances = balancesOf(head.Payments)
	if err := r.Store.Read(ctx, func(tx *ledger.Tx) error { return r.sumUp(ctx, tx, run, head, summary) }); err != nil {
		return nil, err
	}
	slices.SortFunc(summary.Municipalities, func(a, b MunicipalitySum) int { return strings.Compare(a.Code, b.Code) })
	return summary, nil
}

// sumUp adds the contents of the run's page summary, which it recomputes only if an earlier version of pxq stored less.
func (r *Reporter) sumUp(ctx context.Context, tx *ledger.Tx, run ledger.Run, head *ReportHead, summary *Summary) error {
	kept, err := PageSummaryOf(ctx, tx, run)
	if err == nil && !kept.isWhole() {
		kept, err = r.makePageSummary(ctx, tx, run, Setting{Book: head.Book, Policy: head.Policy, Fingerprint: head.Fingerprint}, nil)
	}
	if err != nil {
		return err
	}
	summary.Signals, summary.Gap, summary.Reasons = kept.Signals, kept.Gap, kept.Reasons
	summary.OnlyAgain = kept.OnlyAgain()
	summary.addRows(kept.Rows)
	summary.addLines(kept.Lines)
	if summary.Broken, err = boundsOfSummary(ctx, tx, run, head.Policy, kept); err != nil {
		return err
	}
	return summary.addUnknown(ctx, tx, head.Book)
}

// addUnknown adds the referrals whose municipality or product is not in the book.
func (s *Summary) addUnknown(ctx context.Context, tx *ledger.Tx, book *billing.Book) error {
	named, err := tx.NamedByReferrals(ctx)
	if err != nil {
		return err
	}
	named = slices.DeleteFunc(named, func(n ledger.Named) bool {
		return (&billing.Referral{Municipality: n.Municipality, Product: n.Product}).Known(book)
	})
	var unknown []billing.Referral
	err = tx.EachReferralNaming(ctx, named, func(referral *billing.Referral) error {
		unknown = append(unknown, *referral)
		return nil
	})
	if err != nil {
		return err
	}
	clients := tx.ClientNumbers(ctx)
	for i := range unknown {
		number, err := clients.MaskOf(bsn.Shown(unknown[i].Number), unknown[i].BSN)
		if err != nil {
			return err
		}
		s.Unknown = append(s.Unknown, number)
	}
	return nil
}

func (s *Summary) addRows(rows []RowSum) {
	for i := range rows {
		row := &rows[i]
		s.Outcomes[row.Outcome] = s.Outcomes[row.Outcome].Plus(row.Sum)
		if row.Earlier {
			s.Earlier += row.Count
		}
		if row.Outcome == billing.Accepted || row.Outcome == billing.Held || row.Outcome == billing.Rejected {
			s.municipality(row.Municipality).of(row.Outcome).add(row.Count, row.Amount)
		}
	}
}

func (s *Summary) addLines(lines []LinePart) {
	for _, line := range lines {
		sum := s.Kinds[line.Kind]
		sum.add(line.Lines, line.Amount)
		s.Kinds[line.Kind] = sum
		s.Lines += line.Lines
		s.Declared += line.Amount
		s.municipality(line.Municipality).Declared += line.Amount
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

// of returns the sum of an outcome, which must be accepted, held or rejected.
func (m *MunicipalitySum) of(outcome billing.Outcome) *Sum {
	switch outcome {
	case billing.Accepted:
		return &m.Accepted
	case billing.Held:
		return &m.Held
	default:
		return &m.Rejected
	}
}
