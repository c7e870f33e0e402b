package batch

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// signalCeilings gives C05: what was declared on each contract with a ceiling, by the calendar years that
// this declaration touches, from the warning percentage on.
func (b *Batch) signalCeilings(ctx context.Context, tx *ledger.Tx, order RunInput) error {
	if err := tx.ForgetSignals(ctx, order.Period, ""); err != nil {
		return err
	}
	earliest, err := tx.FirstCareMonth(ctx, order.Period)
	if err != nil {
		return err
	}
	spendings, err := tx.Spendings(ctx, billing.PeriodOf(earliest.Year(), 1), order.Period)
	if err != nil {
		return err
	}
	for _, ceiling := range Ceilings(order.Book, spendings, order.Period) {
		if !ceiling.Reaches(order.Policy.CeilingWarning) {
			continue
		}
		contract := ceiling.Contract()
		err := tx.AddSignal(ctx, order.Period, ledger.Signal{Code: billing.C05, Provider: ceiling.Provider, Subject: contract, Values: []string{
			contract, strconv.FormatInt(int64(ceiling.Declared), 10), strconv.Itoa(ceiling.Year), strconv.Itoa(ceiling.Percentage()),
			strconv.FormatInt(int64(ceiling.Limit), 10),
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

// ceilings fills in every contract with a ceiling, in the calendar years that the declaration, which comes to these
// totals, touches.
func (b *Batch) ceilings(ctx context.Context, head *ReportHead, run ledger.Run, totals []ledger.LineTotal) error {
	first := run.Month()
	for _, total := range totals {
		first = min(first, billing.Period(total.CareMonth))
	}
	spendings, err := b.Store.Spendings(ctx, run, billing.PeriodOf(first.Year(), 1))
	if err != nil {
		return err
	}
	head.Ceilings = Ceilings(head.Book, spendings, run.Month())
	return nil
}

// Contract names the contract for people: segment, and area when it is for one.
func (c Ceiling) Contract() string {
	if c.Area == "" {
		return "segment " + c.Segment
	}
	return "segment " + c.Segment + " gebied " + c.Area
}

// Reaches says whether that percentage of the ceiling, or more, was declared.
func (c Ceiling) Reaches(percentage int) bool {
	return c.Declared > 0 && int64(c.Declared)*100 >= int64(c.Limit)*int64(percentage)
}

type ceilingKey struct {
	contract *billing.Contract
	year     int
}

// Ceilings adds up, by the calendar year of the care month, what was declared on each contract with a ceiling that
// is valid in the year of the period, or on which anything was declared.
func Ceilings(book *billing.Book, spendings []ledger.Spending, period billing.Period) []Ceiling {
	sums, begun := make(map[ceilingKey]billing.Money), make(map[ceilingKey]billing.Period)
	years := map[int]bool{period.Year(): true}
	for _, spending := range spendings {
		year := billing.Period(spending.CareMonth).Year()
		years[year] = true
		if contract := contractOf(book, spending); contract != nil && contract.HasCeiling {
			key := ceilingKey{contract, year}
			sums[key] += billing.Money(spending.Amount)
			if month := billing.Period(spending.CareMonth); begun[key] == 0 || month < begun[key] {
				begun[key] = month
			}
		}
	}
	for i := range book.Contracts {
		contract := &book.Contracts[i]
		if !contract.HasCeiling {
			continue
		}
		if contract.DeclaredBeforeIn != 0 && years[contract.DeclaredBeforeIn] {
			sums[ceilingKey{contract, contract.DeclaredBeforeIn}] += contract.DeclaredBefore
		}
		if first, last := monthsOf(contract, period.Year()); first <= last {
			sums[ceilingKey{contract, period.Year()}] += 0
		}
	}
	ceilings := make([]Ceiling, 0, len(sums))
	for key, sum := range sums {
		ceiling := Ceiling{
			Provider: key.contract.Provider, Segment: key.contract.Segment, Year: key.year, Declared: sum, Limit: key.contract.Ceiling,
			Forecast: forecast(key, sum, begun[key], period),
		}
		if segment := book.Segment(key.contract.Segment); segment != nil && segment.PerArea {
			ceiling.Area = key.contract.Area
		}
		ceilings = append(ceilings, ceiling)
	}
	slices.SortFunc(ceilings, func(a, b Ceiling) int {
		return cmp.Or(strings.Compare(a.Provider, b.Provider), strings.Compare(a.Segment, b.Segment), strings.Compare(a.Area, b.Area),
			cmp.Compare(a.Year, b.Year), cmp.Compare(a.Limit, b.Limit), cmp.Compare(a.Declared, b.Declared))
	})
	return ceilings
}

// monthsOf gives the first and the last month of a year in which a contract is valid; none when the first is later.
func monthsOf(contract *billing.Contract, year int) (first, last billing.Period) {
	first, last = max(billing.PeriodOf(year, 1), contract.From.Period()), billing.PeriodOf(year, 12)
	if !contract.To.IsZero() {
		last = min(last, contract.To.Period())
	}
	return first, last
}

// forecast draws what was declared until and including the period in a straight line to the end of the year, or of
// the contract when that is sooner: from the first month with declared care on, unless the book says what was
// declared before. A year that is over stays as it is.
func forecast(key ceilingKey, declared billing.Money, begun, period billing.Period) billing.Money {
	first, last := monthsOf(key.contract, key.year)
	if key.contract.DeclaredBeforeIn != key.year {
		first = max(first, begun)
	}
	if key.year != period.Year() || period < first || period >= last {
		return declared
	}
	return declared + declared*billing.Money(last-period)/billing.Money(period-first+1)
}

// contractOf gives the contract on which lines count: valid on their first care date, for the municipality's
// area before the whole region, with the product.
func contractOf(book *billing.Book, spending ledger.Spending) *billing.Contract {
	product := book.Product(spending.Product)
	if product == nil {
		return nil
	}
	segment, municipality := book.Segment(product.Segment), book.Municipality(spending.Municipality)
	var whole, other *billing.Contract
	for _, contract := range book.ContractsOf(spending.Provider, product.Segment, spending.First) {
		switch {
		case !contract.Includes(product.Code):
		case segment.PerArea && municipality != nil && contract.Area == municipality.Area && contract.Area != "":
			return contract
		case !segment.PerArea || contract.Area == "":
			whole = cmp.Or(whole, contract)
		default:
			other = cmp.Or(other, contract) // care that continues after a move counts where it is contracted
		}
	}
	return cmp.Or(whole, other)
}
