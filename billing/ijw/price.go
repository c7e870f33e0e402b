package ijw

import "github.com/pxq-nl/pxq/billing"

// TariffFor returns the ProductTarief, in cents, of a prestatie in that unit at the contract's price per hour or per
// day-part. In minutes it is the price per hour ÷ 60, rounded half up to whole cents: it is shown, never multiplied (IV081,
// TR418). ok is false for a unit that pxq does not settle.
func TariffFor(price billing.Price, unit Unit) (cents int64, ok bool) {
	switch unit {
	case Minute:
		return (int64(price) + 30) / 60, true
	case Hour, Daypart:
		return int64(price), true
	}
	return 0, false
}

// Due returns what that volume costs at the contract's price per hour or per day-part; in minutes price × minutes ÷ 60,
// rounded half up once (TR346). ok is false for a unit that pxq does not settle.
func Due(price billing.Price, unit Unit, volume int64) (amount billing.Money, ok bool) {
	if unit.Kind() == billing.NoUnit {
		return 0, false
	}
	return price.Times(unit.Quantity(volume), unit.Kind()), true
}

// Settlement is the price at which a prestatie is settled, and what it claims wrongly.
type Settlement struct {
	Price       billing.Price // per hour or per day-part
	WrongTariff bool          // 0611: no price of the period gives the claimed ProductTarief
	WrongAmount bool          // 9346: the claimed amount is not price × volume
}

// Settle chooses the price of a prestatie among those that were valid on a day of its period, which must be in order of
// time: the one that gives the claimed ProductTarief, else the first. Two prices per hour can give the same tariff per
// minute; of those it takes the one that gives the claimed amount, else the earliest. ok is false without a price, and for
// a unit that pxq does not settle.
func (p *Prestatie) Settle(prices []billing.Price) (settled Settlement, ok bool) {
	if len(prices) == 0 || p.Unit.Kind() == billing.NoUnit {
		return Settlement{}, false
	}
	settled = Settlement{Price: prices[0], WrongTariff: true}
	for _, price := range prices {
		if tariff, _ := TariffFor(price, p.Unit); !p.Tariff.Given() || tariff != p.Tariff.Value {
			continue
		}
		amount, _ := Due(price, p.Unit, p.Volume.Value)
		fits := int64(amount) == p.Amount.Cents.Value
		if settled.WrongTariff || fits {
			settled = Settlement{Price: price}
		}
		if fits {
			break
		}
	}
	amount, _ := Due(settled.Price, p.Unit, p.Volume.Value)
	settled.WrongAmount = int64(amount) != p.Amount.Cents.Value
	return settled, true
}
