package views

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
)

// fold adds up the part of a summary that the scope may see, narrowed by only.
func (v *Views) fold(kept *report.PageSummary, scope Scope, only Only) *Month {
	m := &Month{
		State: PeriodState{Period: kept.Period, Run: kept.Run, Closed: kept.Closed(), ClosedOn: kept.ClosedOn, AsOf: kept.AsOf}, Outcomes: make(map[billing.Outcome]report.Sum),
		Kinds: make(map[billing.LineKind]report.Sum),
	}
	if scope.Role == Region {
		m.Summary, m.State.Head = kept, kept.Head
	}
	municipalities, providers := make(parties), make(parties)
	v.foldRows(m, kept, scope, only, municipalities, providers)
	m.foldLines(kept, scope, only, municipalities, providers)
	m.foldReceived(kept, scope, only)
	m.foldMoney(kept, scope, only)
	m.Municipalities, m.Providers = municipalities.sorted(), providers.sorted()
	return m
}

// foldRows adds up the rows by outcome, party and reason.
func (v *Views) foldRows(m *Month, kept *report.PageSummary, scope Scope, only Only, municipalities, providers parties) {
	reasons := make(map[billing.Code]*report.Reason)
	for _, row := range kept.Rows {
		if !only.sees(scope, row.Provider, row.Municipality) {
			continue
		}
		m.Outcomes[row.Outcome] = m.Outcomes[row.Outcome].Plus(row.Sum)
		municipalities.add(row.Municipality, row.Outcome, row.Sum)
		providers.add(row.Provider, row.Outcome, row.Sum)
		for _, code := range row.Codes {
			if scope.Role == Provider && !providerMaySee(v.Catalogue, row.Codes, code) {
				continue
			}
			if reasons[code] == nil {
				reasons[code] = &report.Reason{Code: code}
			}
			reasons[code].Sum = reasons[code].Plus(row.Sum)
		}
	}
	for _, reason := range reasons {
		m.Reasons = append(m.Reasons, *reason)
	}
	slices.SortFunc(m.Reasons, func(a, b report.Reason) int {
		return cmp.Or(cmp.Compare(b.Amount, a.Amount), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code))
	})
}

// foldLines adds up the lines of the declaration.
func (m *Month) foldLines(kept *report.PageSummary, scope Scope, only Only, municipalities, providers parties) {
	products := make(map[ProductSum]*ProductSum)
	for _, line := range kept.Lines {
		if !only.sees(scope, line.Provider, line.Municipality) {
			continue
		}
		m.Declared += line.Amount
		m.Lines += line.Lines
		m.Kinds[line.Kind] = m.Kinds[line.Kind].Plus(report.Sum{Count: line.Lines, Amount: line.Amount})
		municipalities.at(line.Municipality).Declared += line.Amount
		providers.at(line.Provider).Declared += line.Amount
		key := ProductSum{Product: line.Product, Unit: line.Unit}
		if products[key] == nil {
			sum := key
			products[key] = &sum
		}
		quantity := line.Quantity
		if line.Kind == billing.Credit {
			quantity = -quantity
		}
		products[key].Quantity += quantity
		products[key].Amount += line.Amount
		products[key].Lines += line.Lines
	}
	for _, product := range products {
		m.Products = append(m.Products, *product)
	}
	slices.SortFunc(m.Products, func(a, b ProductSum) int {
		return cmp.Or(cmp.Compare(b.Amount, a.Amount), strings.Compare(a.Product, b.Product), cmp.Compare(a.Unit, b.Unit))
	})
}

// foldReceived adds up the rows that were received.
func (m *Month) foldReceived(kept *report.PageSummary, scope Scope, only Only) {
	for _, again := range kept.Again {
		if only.sees(scope, again.Provider, again.Municipality) {
			m.Again += again.Rows
		}
	}
	days := make(map[billing.Date]int)
	for _, received := range kept.Received {
		if scope.Role == Municipality || scope.Role == Provider && !scope.has(received.Provider) || only.Municipality != "" || only.Provider != "" && only.Provider != received.Provider {
			continue // received rows are counted by provider only, not by municipality
		}
		days[received.Day] += received.Rows
	}
	for day, rows := range days {
		m.Received = append(m.Received, report.ReceivedSum{Day: day, Rows: rows})
	}
	slices.SortFunc(m.Received, func(a, b report.ReceivedSum) int { return cmp.Compare(a.Day, b.Day) })
}

// foldMoney adds payments, ceilings and the costs of changes.
func (m *Month) foldMoney(kept *report.PageSummary, scope Scope, only Only) {
	for _, payment := range kept.Payments {
		if only.sees(scope, payment.Provider, payment.Municipality) {
			m.Payments = append(m.Payments, payment)
			m.ToPay += payment.ToPay
		}
	}
	for _, ceiling := range kept.Ceilings {
		if scope.Role == Region && (only.Provider == "" || ceiling.Provider == only.Provider) || scope.Role == Provider && scope.has(ceiling.Provider) {
			m.Ceilings = append(m.Ceilings, ceiling)
		}
	}
	for _, cause := range kept.Causes {
		if only.sees(scope, cause.Provider, cause.Municipality) {
			m.Causes = append(m.Causes, cause)
		}
	}
}

// parties are totals by the code of a provider or municipality.
type parties map[string]*Party

func (p parties) at(code string) *Party {
	if p[code] == nil {
		p[code] = &Party{Code: code}
	}
	return p[code]
}

func (p parties) add(code string, outcome billing.Outcome, sum report.Sum) {
	party := p.at(code)
	switch outcome {
	case billing.Accepted:
		party.Accepted = party.Accepted.Plus(sum)
	case billing.Held:
		party.Held = party.Held.Plus(sum)
	case billing.Rejected:
		party.Rejected = party.Rejected.Plus(sum)
	}
}

func (p parties) sorted() []Party {
	var list []Party
	for _, party := range p {
		list = append(list, *party)
	}
	slices.SortFunc(list, func(a, b Party) int {
		return cmp.Or(cmp.Compare(b.Declared, a.Declared), cmp.Compare(b.Held.Amount, a.Held.Amount), strings.Compare(a.Code, b.Code))
	})
	return list
}

// LastTwelve returns those of the last twelve periods that were run, newest first.
func (v *Views) LastTwelve(ctx context.Context, scope Scope, only Only) ([]*Month, error) {
	var months []*Month
	err := v.store.Read(ctx, func(tx *ledger.Tx) error {
		last, ran, err := tx.LastRun(ctx)
		if err != nil || !ran {
			return err
		}
		for back := range 12 {
			run, ok, err := tx.RunOf(ctx, last.Month().Add(-back))
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			month, err := v.monthOf(ctx, tx, run, scope, only)
			if err != nil {
				return err
			}
			months = append(months, month)
		}
		return nil
	})
	return months, err
}

// Now is what is new since the last run.
type Now struct {
	Period  billing.Period // of the last run; zero before the first
	Closed  bool           // the period is closed
	Changed int            // number of clients with changes
	Stale   bool           // a new run would have something to judge
	Next    billing.Period // the period to run next; zero before the first run
	Files   []NewFile      // those taken in since the last run, and not taken back
}

// NewFile is a file that no run has seen yet.
type NewFile struct {
	Name      string
	Received  billing.Date
	Decisions bool // it holds decisions only
}

// Now returns what is new since the last run. Only the region, which runs and closes, may see it.
func (v *Views) Now(ctx context.Context, scope Scope) (*Now, error) {
	if scope.Role != Region {
		return nil, ErrNotThere
	}
	book, err := v.Book()
	if err != nil {
		return nil, err
	}
	now := &Now{}
	err = v.store.Read(ctx, func(tx *ledger.Tx) error {
		run, ran, err := tx.LastRun(ctx)
		if err != nil {
			return err
		}
		if now.Changed, err = tx.ChangedClients(ctx); err != nil {
			return err
		}
		if !ran {
			now.Stale = now.Changed > 0
			return nil
		}
		now.Period, now.Closed, now.Next = run.Month(), run.Closed(), run.Month()
		if run.Closed() {
			now.Next = run.Month().Add(1)
		}
		inputs, err := tx.Inputs(ctx, book.Fingerprint, run.Program)
		now.Stale = now.Changed > 0 || !run.Closed() && inputs != run.Inputs
		if err != nil || !now.Stale {
			return err
		}
		files, err := tx.FilesAfter(ctx, run.LastFile)
		for i := range files {
			if files[i].Withdrawn == 0 {
				now.Files = append(now.Files, NewFile{files[i].Name, files[i].Received, files[i].Kind == ledger.DecisionFile})
			}
		}
		return err
	})
	return now, err
}

// OpenPeriod returns the period that is open: that of the last run, or the next one if that is closed; zero before the first run.
func (v *Views) OpenPeriod(ctx context.Context) (billing.Period, error) {
	period, closed, _, err := v.LastPeriod(ctx)
	if closed {
		period = period.Add(1)
	}
	return period, err
}

// LastPeriod returns the period of the last run, whether it is closed, and the number of that run; zeros before the first run.
func (v *Views) LastPeriod(ctx context.Context) (period billing.Period, closed bool, run int64, err error) {
	last, ran, err := v.store.LastRun(ctx)
	if err != nil || !ran {
		return 0, false, 0, err
	}
	return last.Month(), last.Closed(), last.ID, nil
}
