package ijw

import "github.com/pxq-nl/pxq/billing"

// Unit is the unit of a volume (WJ756).
type Unit string

// The units of iJw. pxq settles minutes, hours and day-parts.
const (
	Minute    Unit = "01"
	Hour      Unit = "04"
	FullDay   Unit = "14" // etmaal
	Daypart   Unit = "16"
	OutputOf  Unit = "82" // pieces, paid by output
	Euros     Unit = "83" // the volume is an amount in cents
	EffortsOf Unit = "84" // pieces, paid by effort
)

// Fits reports whether care in this unit may be declared on a referral whose volume is in the assigned unit: in the same
// unit, or minutes on hours, but not hours on minutes (TR341).
func (u Unit) Fits(assigned Unit) bool { return u == assigned || u == Minute && assigned == Hour }

// Kind returns the kind of unit in which pxq counts and pays; NoUnit when pxq does not settle the unit.
func (u Unit) Kind() billing.Unit {
	switch u {
	case Minute, Hour:
		return billing.Time
	case Daypart:
		return billing.Daypart
	}
	return billing.NoUnit
}

// Quantity returns a volume in this unit in hundredths of a minute or of a day-part; 0 for a unit that pxq does not settle.
func (u Unit) Quantity(volume int64) billing.Quantity {
	switch u {
	case Minute, Daypart:
		return billing.Quantity(volume * 100)
	case Hour:
		return billing.Quantity(volume * 6000)
	}
	return 0
}
