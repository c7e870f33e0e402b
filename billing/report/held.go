package report

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// roomOf returns the use of a referral in a month before any record: what is assigned, and what was declared before pxq.
func roomOf(referral *billing.Referral, month billing.Period) billing.RoomUse {
	use := billing.RoomUse{Whole: referral.DeclaredBefore, Spent: referral.AmountBefore}
	use.MonthRoom, use.MonthLimited = referral.MonthRoom(month)
	use.WholeRoom, use.WholeLimited = referral.WholeRoom()
	return use
}

// holdView is what a controller must know of the rows that ask for a decision, besides the rows themselves.
type holdView struct {
	since map[int64]map[billing.Code]int64 // by row: the run since which a hold has been open
	asOf  map[int64]billing.Date           // of runs
	used  map[billing.ReferralKey]*usedRoom
}

// usedRoom is what accepted rows use of one referral.
type usedRoom struct {
	months map[billing.Period]billing.Quantity
	whole  billing.Quantity
	spent  spending
}

// spending is price × quantity by unit: cents times hundredths, as a budget counts them.
type spending map[billing.Unit]int64

func (s spending) add(price billing.Price, quantity billing.Quantity, unit billing.Unit) {
	s[unit] += int64(price) * int64(quantity)
}

// money is what it comes to, for show.
func (s spending) money() billing.Money {
	sum := billing.Money(0)
	for unit, product := range s {
		sum += billing.Price(1).Times(billing.Quantity(product), unit)
	}
	return sum
}

func newHoldView(ctx context.Context, tx *ledger.Tx, run ledger.Run, setting Setting) (*holdView, error) {
	view := &holdView{asOf: make(map[int64]billing.Date), used: make(map[billing.ReferralKey]*usedRoom)}
	runs, err := tx.Runs(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range runs {
		view.asOf[r.ID] = r.AsOf
	}
	if view.since, err = tx.HeldSince(ctx, run); err != nil {
		return nil, err
	}
	var rounded []string
	for i := range setting.Book.Products {
		if product := &setting.Book.Products[i]; product.WholeHours {
			rounded = append(rounded, product.Code)
		}
	}
	return view, tx.EachReferralUse(ctx, run, rounded, setting.Policy.RecalculateFrom, func(use *ledger.ReferralUse) {
		used := view.used[use.ReferralKey]
		if used == nil {
			used = &usedRoom{months: make(map[billing.Period]billing.Quantity), spent: make(spending)}
			view.used[use.ReferralKey] = used
		}
		used.months[use.Month] += use.Quantity
		used.whole += use.Quantity
		used.spent[use.Unit] += use.Spent
	})
}

// add completes a row that asks for a decision.
func (v *holdView) add(row *Row) {
	row.HeldSince = make([]billing.Date, len(row.OpenHolds))
	for i, code := range row.OpenHolds {
		row.HeldSince[i] = v.asOf[v.since[row.Record.ID][code]]
	}
	if row.Used != nil {
		row.Use = v.use(row)
	}
}

func (v *holdView) use(row *Row) *billing.RoomUse {
	month := row.Record.First.Period()
	use := roomOf(row.Used, month)
	if used := v.used[billing.ReferralKey{Client: row.Used.BSN, Number: row.Used.Number}]; used != nil {
		use.Month = used.months[month]
		use.Whole += used.whole
		use.Spent += used.spent.money()
	}
	return &use
}
