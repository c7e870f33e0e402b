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
func (b *Batch) signalCeilings(ctx context.Context, tx *ledger.Tx, order Order) error {
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
	for _, ceiling := range Ceilings(order.Book, spendings, order.Policy.CeilingWarning) {
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

// Contract names the contract for people: segment, and area when it is for one.
func (c Ceiling) Contract() string {
	if c.Area == "" {
		return "segment " + c.Segment
	}
	return "segment " + c.Segment + " gebied " + c.Area
}

type ceilingKey struct {
	contract *billing.Contract
	year     int
}

// Ceilings adds up what was declared on each contract with a ceiling, by the calendar year of the care month,
// and gives those from the warning percentage on.
func Ceilings(book *billing.Book, spendings []ledger.Spending, warning int) []Ceiling {
	sums := make(map[ceilingKey]billing.Money)
	years := make(map[int]bool)
	for _, spending := range spendings {
		year := billing.Period(spending.CareMonth).Year()
		years[year] = true
		if contract := contractOf(book, spending); contract != nil && contract.HasCeiling {
			sums[ceilingKey{contract, year}] += billing.Money(spending.Amount)
		}
	}
	for i := range book.Contracts {
		contract := &book.Contracts[i]
		if contract.HasCeiling && contract.DeclaredBeforeIn != 0 && years[contract.DeclaredBeforeIn] {
			sums[ceilingKey{contract, contract.DeclaredBeforeIn}] += contract.DeclaredBefore
		}
	}
	var ceilings []Ceiling
	for key, sum := range sums {
		ceiling := Ceiling{
			Provider: key.contract.Provider, Segment: key.contract.Segment, Year: key.year, Declared: sum, Limit: key.contract.Ceiling,
		}
		if segment := book.Segment(key.contract.Segment); segment != nil && segment.PerArea {
			ceiling.Area = key.contract.Area
		}
		if sum > 0 && int64(sum)*100 >= int64(ceiling.Limit)*int64(warning) {
			ceilings = append(ceilings, ceiling)
		}
	}
	slices.SortFunc(ceilings, func(a, b Ceiling) int {
		return cmp.Or(strings.Compare(a.Provider, b.Provider), strings.Compare(a.Segment, b.Segment), strings.Compare(a.Area, b.Area),
			cmp.Compare(a.Year, b.Year), cmp.Compare(a.Limit, b.Limit))
	})
	return ceilings
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

// ceilingOf reads a ceiling back from its signal.
func ceilingOf(signal ledger.Signal) Ceiling {
	ceiling := Ceiling{Provider: signal.Provider}
	rest, _ := strings.CutPrefix(signal.Subject, "segment ")
	ceiling.Segment, ceiling.Area, _ = strings.Cut(rest, " gebied ")
	number := func(at int) int64 {
		if at >= len(signal.Values) {
			return 0
		}
		value, _ := strconv.ParseInt(signal.Values[at], 10, 64) // written by us as a number
		return value
	}
	ceiling.Declared, ceiling.Year, ceiling.Limit = billing.Money(number(1)), int(number(2)), billing.Money(number(4))
	return ceiling
}
