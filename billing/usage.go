package billing

// Usage keeps track of how much of the referrals of one client is used while its records are judged in order.
type Usage struct {
	used map[*Referral]*referralUsage
}

// referralUsage is what the accepted records have used of one referral so far.
type referralUsage struct {
	months map[Period]Quantity
	whole  Quantity
	money  int64 // in 1/6000 cents
}

func (u *Usage) of(referral *Referral) *referralUsage {
	if u.used == nil {
		u.used = make(map[*Referral]*referralUsage)
	}
	if u.used[referral] == nil {
		u.used[referral] = &referralUsage{
			months: make(map[Period]Quantity),
			whole:  referral.DeclaredBefore, money: int64(referral.AmountBefore) * BudgetScale,
		}
	}
	return u.used[referral]
}

// take applies the rules on room to a case, adding their findings, and reports whether it fits. It uses room only if it does.
func (u *Usage) take(c *Case, rules []*Rule) bool {
	if !c.isBounded() {
		return true
	}
	fits := true
	for _, rule := range rules {
		if values, ok := rule.Room(c, u); !ok {
			fits = false
			c.add(Finding{Code: rule.Code, Field: FieldQuantity, Values: values})
		}
	}
	if fits {
		u.use(c, 1)
	}
	return fits
}

// use adds what a case takes from its referral; times is 1, or -1 to give the room back.
func (u *Usage) use(c *Case, times int) {
	if !c.isBounded() {
		return
	}
	quantity := Quantity(times) * c.Record.Quantity
	u.add(c.Referral, c.Record.CareMonth(), quantity, int64(times)*c.Cost())
}

func (u *Usage) add(referral *Referral, month Period, quantity Quantity, money int64) {
	used := u.of(referral)
	used.months[month] += quantity
	used.whole += quantity
	used.money += money
}

// Cost returns what the record takes from the budget of its referral, in 1/6000 cents (BudgetScale): price × quantity, and for
// a prestatie that amount rounded to the whole cents it is paid in.
func (c *Case) Cost() int64 {
	if c.Record.Prestatie != nil {
		return int64(c.Price.Times(c.Record.Quantity, c.Record.Unit)) * BudgetScale
	}
	return c.Price.Unrounded(c.Record.Quantity, c.Record.Unit)
}

// isBounded reports whether the referral of the case bounds what may be delivered.
func (c *Case) isBounded() bool {
	return c.Referral != nil && (c.Referral.HasVolume || c.Referral.HasBudget)
}

// UsedInMonth returns what was used of the case's referral in the care month of its record.
func (u *Usage) UsedInMonth(c *Case) Quantity {
	return u.of(c.Referral).months[c.Record.CareMonth()]
}

// Used returns what was used of the case's whole referral, including what was declared before pxq.
func (u *Usage) Used(c *Case) Quantity { return u.of(c.Referral).whole }

// Spent returns what was used of the budget of the case's referral, in 1/6000 cents (BudgetScale).
func (u *Usage) Spent(c *Case) int64 { return u.of(c.Referral).money }

// RoomUse is the room of a referral and how much of it accepted records use, including what was declared before pxq.
type RoomUse struct {
	Month, MonthRoom Quantity // in the care month of the record
	MonthLimited     bool
	Whole, WholeRoom Quantity
	WholeLimited     bool
	Spent            Money // of the budget, for display
}

// MonthRoom returns the volume that may be delivered in the care month: per day volume × days, per week volume
// × ISO weeks touched, per month the volume, each over the part of the month that lies within the referral;
// partial weeks and months count whole (IV077, IV078). limited is false when the month has no limit.
func (r *Referral) MonthRoom(month Period) (room Quantity, limited bool) {
	if !r.HasVolume || r.Frequency == InTotal {
		return 0, false
	}
	first, last := max(r.Start, month.First()), month.Last()
	if r.End != 0 {
		last = min(last, r.End)
	}
	return r.Volume * r.times(first, last), true
}

// WholeRoom returns the volume that may be delivered over the whole referral; limited is false when it has no
// end and its frequency is not InTotal.
func (r *Referral) WholeRoom() (room Quantity, limited bool) {
	switch {
	case !r.HasVolume:
		return 0, false
	case r.Frequency == InTotal:
		return r.Volume, true
	case r.End == 0:
		return 0, false
	}
	return r.Volume * r.times(r.Start, r.End), true
}

// hasOtherRoom reports whether the referral limits more than the volume of a care month.
func (r *Referral) hasOtherRoom() bool {
	_, limited := r.WholeRoom()
	return limited || r.HasBudget
}

// times returns how often the volume may be used from first to last, both included.
func (r *Referral) times(first, last Date) Quantity {
	switch r.Frequency {
	case PerDay:
		return Quantity(Days(first, last))
	case PerWeek:
		return Quantity(Weeks(first, last))
	case PerMonth:
		return Quantity(Months(first, last))
	}
	return 1
}
