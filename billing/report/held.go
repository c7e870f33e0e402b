package report

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// roomOf returns the room of a referral, in a month and in all, of which only what was declared before pxq is used.
func roomOf(referral *billing.Referral, month billing.Period) billing.RoomUse {
	use := billing.RoomUse{Whole: referral.DeclaredBefore, Spent: referral.AmountBefore}
	use.MonthRoom, use.MonthLimited = referral.MonthRoom(month)
	use.WholeRoom, use.WholeLimited = referral.WholeRoom()
	return use
}

// holdView holds what a controller must know about rows that need a decision, in addition to the rows themselves.
type holdView struct {
	since map[int64]map[billing.Code]int64 // by row ID: the ID of the run since which each hold has been open
	asOf  map[int64]billing.Date           // as-of dates by run ID
	used  map[billing.ReferralKey]*usedRoom
}

// usedRoom is how much of one referral the accepted rows use.
type usedRoom struct {
	months map[billing.Period]billing.Quantity
	whole  billing.Quantity
	spent  spending
}

// spending is price × quantity by unit, in cents times hundredths, unrounded as for a budget (V03).
type spending map[billing.Unit]int64

func (s spending) add(price billing.Price, quantity billing.Quantity, unit billing.Unit) {
	s[unit] += int64(price) * int64(quantity)
}

// money returns the amount, rounded per unit; for display only.
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

// add completes a row that needs a decision.
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
