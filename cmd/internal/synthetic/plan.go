package synthetic

import "github.com/pxq-nl/pxq/billing"

// plan is everything that is written.
type plan struct {
	options   Options
	book      *billing.Book
	period    billing.Period
	policy    billing.Policy
	providers []provider
	homes     []home
	clients   []*client
	referrals []*referral
	visits    []visit // of the first delivery, by provider and number
	later     []visit // of the second: corrections, withdrawals, rows sent again

	earlier *earlier            // the referrals of earlier months
	had     map[string][]*known // those of each client, by citizen service number

	partMistakes int         // prestaties with a mistake so far
	rareMistakes map[int]int // prestaties so far that allow each rare mistake, by its index
}

// client is a youth. The referrals of one client stand next to each other.
type client struct {
	bsn       string
	birth     billing.Date
	home      *billing.Municipality
	referrals []*referral
}

// referral is a referral with the care that is delivered on it.
type referral struct {
	billing.Referral
	index    int32
	client   *client
	provider int
	product  *billing.Product // the one delivered, also when the referral does not name it
	unit     billing.Unit     // of delivery
	flaw     billing.Code     // the mistake that is built into it; then its rows have no other
	want     int              // number of visits
	most     int              // visits that fit in its days
	goesOn   bool             // it is from an earlier month
	inDays   int              // if it goes on: visits that fit in its days, whatever its volume
	changed  bool             // it goes on and has a new version
	fixed    bool             // want is what the mistake needs, whatever the size of the workspace
	sameDays *referral        // S02: delivered on the first days of this one
}

// visit is one record of care. A plan has millions of them, so it is kept small.
type visit struct {
	referral int32
	date     billing.Date
	quantity int32 // in hundredths, as billing.Quantity
	number   int32 // of the reference, counted per provider
	provider int16
	start    int16 // minutes since midnight; -1 is none
	part     uint8 // of the day, an index in dayparts; 0 is none
	flaw     billing.Code
	change   change
	alone    bool // the only one of its referral on its day
	tied     bool // a mistake depends on it, so it must stay as it is
}

// change says how a record comes back in the second delivery.
type change uint8

const (
	unchanged change = iota
	corrected        // another quantity
	mended           // the mistake in it was put right
	resent           // sent again as it was
	withdrawn        // sent again with quantity 0
)

// dayparts are the words for the parts of a day.
var dayparts = [...]string{"", "ochtend", "middag", "avond", "nacht"}

// firstDay and laterDay are the days of the two deliveries.
func (p *plan) firstDay() billing.Date { return p.period.Add(1).First().AddDays(4) }
func (p *plan) laterDay() billing.Date { return p.period.Add(1).First().AddDays(11) }

// horizon is the last day on which care is given: a few records are dated after the period.
func (p *plan) horizon() billing.Date { return p.firstDay() - 1 }

func (p *plan) of(v *visit) *referral { return p.referrals[v.referral] }

// share returns a share in ten thousand of a total; at least one in a workspace that must show every mistake.
func (p *plan) share(total, perTenThousand int) int {
	count := (total*perTenThousand + 5000) / 10000
	if count == 0 && p.options.Records >= everyMistakeFrom {
		return 1
	}
	return count
}

// everyMistakeFrom is the number of records from which a workspace holds every kind of mistake.
const everyMistakeFrom = 3000
