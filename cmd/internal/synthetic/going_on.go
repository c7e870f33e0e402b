package synthetic

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers"
)

// Most care goes on from month to month: a workspace that holds earlier months keeps their clients and referrals. Most
// referrals that end are extended; others end for good, some clients have no care for a month, and new ones take their
// place. The state is read from the referral files, so that each month may have its own seed and size.

// earlier holds the referrals of earlier months, as read from their files.
type earlier struct {
	byNumber map[string]*known
	numbers  []string // in the order of the files
	month    billing.Period
}

// known is a referral of an earlier month.
type known struct {
	billing.Referral
	first billing.Quantity // volume of its first version
	since billing.Period   // month of its latest version

	extended bool // it gets a later end
}

func (e *earlier) Record(*billing.Record) error        { return nil }
func (e *earlier) Decision(*billing.DecisionRow) error { return nil }

// Referral adds a row, which may be a new version of a known referral.
func (e *earlier) Referral(row *billing.ReferralRow) error {
	before := e.byNumber[row.Number]
	if before == nil {
		if merged, _ := billing.MergeReferral(nil, row); merged != nil {
			e.byNumber[row.Number] = &known{Referral: *merged, first: merged.Volume, since: e.month}
			e.numbers = append(e.numbers, row.Number)
		}
		return nil
	}
	if merged, _ := billing.MergeReferral(&before.Referral, row); merged != nil {
		before.Referral, before.since = *merged, e.month
	}
	return nil
}

// readEarlier reads the referral files of earlier months in the folder.
func readEarlier(ctx context.Context, dir string, period billing.Period) (*earlier, error) {
	found := &earlier{byNumber: make(map[string]*known)}
	names, err := filepath.Glob(filepath.Join(dir, "referrals", referralsName+"*"))
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	reader := importers.Reader{}
	for _, name := range names {
		text, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(name), referralsName), ".")
		ofMonth, isChange := strings.CutSuffix(text, changesSuffix)
		month, err := billing.ParsePeriod(ofMonth)
		if isChange {
			month-- // it belongs to the month before the one in its name
		}
		if err != nil || month >= period {
			continue
		}
		found.month = month
		if _, err := reader.Read(ctx, name, period.Last(), found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// restPercent is the percentage of clients that have no care for a month.
const restPercent = 3

// goOn adds the clients of earlier months whose care goes on.
func (p *plan) goOn() error {
	if !p.follows() {
		return nil
	}
	c := p.chance(streamGoingOn)
	var clients []string
	p.had = make(map[string][]*known)
	for _, number := range p.earlier.numbers {
		referral := p.earlier.byNumber[number]
		if p.had[referral.BSN] == nil {
			clients = append(clients, referral.BSN)
		}
		p.had[referral.BSN] = append(p.had[referral.BSN], referral)
	}
	most := min(clientsMax, max(1, p.options.Records/recordsPerClient))
	for _, bsn := range clients {
		all := p.had[bsn]
		p.extend(c, all)
		if going := p.goingOn(all); len(going) > 0 && len(p.clients) < most && !c.maybe(restPercent) {
			p.addGoingOn(c, bsn, going)
		}
	}
	return nil
}

// arePast reports whether all referrals ended so long ago that they do not affect new care.
func (p *plan) arePast(all []*known) bool {
	return !slices.ContainsFunc(all, func(k *known) bool { return !p.before(k, p.period.First()) })
}

// before reports whether a referral ended so long before a day that care from then on is a new chain.
func (p *plan) before(k *known, day billing.Date) bool {
	return k.End != 0 && k.End.AddDays(p.policy.GapDays) < day
}

// extendedPercent is the percentage of referrals that are extended when they end.
const extendedPercent = 90

// extend extends referrals that end before the care of the period does: by a year, within the maximum duration.
func (p *plan) extend(c chance, all []*known) {
	for _, k := range all {
		product := p.book.Product(k.Product)
		if product == nil || k.End == 0 || k.End > p.horizon() || p.before(k, p.period.First()) || !c.maybe(extendedPercent) {
			continue
		}
		if end := min(k.End.AddMonths(12), k.Start.AddMonths(p.monthsOf(product))-1); end > p.horizon() {
			k.End, k.extended = end, true
		}
	}
}

// goingOn returns the referrals of a client on which care goes on: none if their combination is unusual.
func (p *plan) goingOn(all []*known) []*known {
	stays := 0
	for i, k := range all {
		product := p.book.Product(k.Product)
		if product == nil || p.before(k, p.period.First()) {
			continue
		}
		if p.book.Segment(product.Segment).TakesOver || p.inChain(k, all[:i]) || p.inChain(k, all[i+1:]) {
			return nil
		}
		if product.Residential {
			stays++
		}
	}
	if stays > 1 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(all), func(k *known) bool { return !p.isSteady(k) })
}

// inChain reports whether a referral continues, or overlaps with, another one for the same product.
func (p *plan) inChain(k *known, others []*known) bool {
	return slices.ContainsFunc(others, func(other *known) bool {
		return p.book.Product(other.Product) == p.book.Product(k.Product) && !p.before(other, k.Start) && !p.before(k, other.Start)
	})
}

// isSteady reports whether nothing is wrong with a referral on any day of the period.
func (p *plan) isSteady(k *known) bool {
	product, home := p.book.Product(k.Product), p.book.Municipality(k.Municipality)
	provider := p.providerOf(k.Provider)
	if product == nil || home == nil || provider < 0 || k.Withdrawn() || k.HasBudget || k.VolumeWritten == billing.WrittenMinute || k.ContinuesTo != 0 {
		return false
	}
	if k.Start >= p.period.First() || k.End != 0 && k.End < p.period.First() || !p.delivers(provider, product, home, p.period.First()) || !p.delivers(provider, product, home, p.horizon()) {
		return false
	}
	limit := product.AgeLimitOrDefault()
	if k.ExtendedYouthCare {
		limit = p.policy.AgeMaximum
	}
	if k.BirthDate.AgeOn(p.horizon()) >= limit || p.horizon() >= k.Start.AddMonths(p.monthsOf(product)) && p.horizon() > k.ExtendedTo {
		return false
	}
	expected := p.book.Segment(product.Segment).Referrers
	return (len(expected) == 0 || slices.Contains(expected, k.Referrer)) &&
		(!product.CoordinationPoint || k.CoordinationPoint != "" || k.Start < p.policy.CoordinationPointFrom)
}

func (p *plan) providerOf(agb string) int {
	return slices.IndexFunc(p.providers, func(known provider) bool { return known.agb == agb })
}

// addGoingOn adds a client with the referrals on which its care goes on.
func (p *plan) addGoingOn(c chance, bsn string, going []*known) {
	first := going[0]
	made := &client{bsn: bsn, birth: first.BirthDate, home: p.book.Municipality(first.Municipality)}
	p.clients = append(p.clients, made)
	for _, k := range going {
		product := p.book.Product(k.Product)
		r := &referral{Referral: k.Referral, index: int32(len(p.referrals)), client: made, provider: p.providerOf(k.Provider), product: product, goesOn: true, changed: k.extended}
		if r.unit = k.VolumeUnit; !k.HasVolume {
			r.unit = p.unitFor(c, offer{r.provider, product}, p.period.First())
		}
		p.referrals = append(p.referrals, r)
		made.referrals = append(made.referrals, r)
		p.rhythm(c, r)
		r.inDays = r.most
		p.roomInMonth(k, r)
	}
}

// Care takes only a part of the room in each month, so that the volume of the whole referral lasts to its end: a week that
// spans two months counts once in the whole, but in both months.
const (
	roomPercent   = 75
	usualMinutes  = 70 // of a visit, with some margin
	monthsOfTotal = 12 // how far ahead a volume in total is raised
)

// roomInMonth limits the visits of a month to the volume. A volume in total is raised for a year when it is new or used up.
func (p *plan) roomInMonth(k *known, r *referral) {
	if !k.HasVolume {
		return
	}
	room, limited := r.MonthRoom(p.period)
	if !limited {
		each := max(k.first-k.DeclaredBefore, billing.Quantity(hundredthsMinute)) // the room of the first month
		if at := billing.Months(k.since.First(), p.period.First()) - 1; at == 1 || at >= monthsOfTotal {
			r.Volume += monthsOfTotal * each
			r.changed = true
		}
		room = each
	}
	visit := billing.Quantity(usualMinutes * hundredthsMinute)
	if r.unit == billing.Daypart {
		visit = 3 * wholeDaypart / 2
		if classOf(r.product) == stay {
			visit = wholeDaypart * billing.Quantity(p.partsOf(chance{}, r))
		}
	}
	r.most = max(1, min(r.most, int(room*roomPercent/100/visit)))
	r.want = min(r.want, r.most)
}

// keepRoom raises the volume of a referral that goes on until the care of the month fits.
func (r *referral) keepRoom(d *care) {
	step := billing.Quantity(6000)
	if r.unit == billing.Daypart {
		step = wholeDaypart
	}
	for r.HasVolume && r.Frequency != billing.InTotal && !r.holds(d) {
		r.Volume += step
		r.changed = true
	}
}

// freeNumbers returns the numbers for new clients: first those that nobody had, then those of clients whose care is past.
func (p *plan) freeNumbers(numbers []string) []string {
	var fresh, left []string
	for _, number := range numbers {
		switch had := p.had[number]; {
		case had == nil:
			fresh = append(fresh, number)
		case p.arePast(had):
			left = append(left, number)
		}
	}
	return append(fresh, left...)
}

// giveNumber gives a new client the first number under which no referral is in a chain with those of the client, or else
// the first number, and returns the remaining ones.
func (p *plan) giveNumber(made *client, numbers []string) (others []string) {
	at := max(0, slices.IndexFunc(numbers, func(number string) bool {
		return !slices.ContainsFunc(made.referrals, func(r *referral) bool { return p.inChain(&known{Referral: r.Referral}, p.had[number]) })
	}))
	made.bsn = numbers[at]
	for _, r := range made.referrals {
		r.BSN = made.bsn
	}
	if at == 0 {
		return numbers[1:]
	}
	return slices.Delete(numbers, at, at+1)
}
