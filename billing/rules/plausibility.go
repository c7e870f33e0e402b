package rules

import "github.com/pxq-nl/pxq/billing"

// plausibilityRules look at all care of a client at one provider on one day.
var plausibilityRules = []billing.Rule{
	{
		Code: billing.L01, Severity: billing.Hold, NotOf: billing.OfMessages, Source: "own", OnlyNew: true,
		Title:   text("Een cliënt krijgt op een dag een aannemelijk aantal uren.", "A client receives a plausible number of hours on a day."),
		Message: text("Samen {1:qty} op {2:date}; meer dan {3} uur is niet aannemelijk.", "A total of {1:qty} on {2:date}; more than {3} hours is not plausible."),
		Remedy:  text("Controleer aantallen en eenheden (minuten of uren?).", "Check quantities and units (minutes or hours?)."),
		Client: func(f *billing.ClientFile) {
			tooMuchPerDay(f, billing.Time, f.Judge.Policy.MaxHoursPerDay)
		},
	},
	{
		Code: billing.L02, Severity: billing.Hold, NotOf: billing.OfMessages, Source: "own", OnlyNew: true,
		Title:   text("Een cliënt krijgt op een dag een aannemelijk aantal dagdelen.", "A client receives a plausible number of day-parts on a day."),
		Message: text("Samen {1:qty} op {2:date}; meer dan {3} dagdelen is niet aannemelijk.", "A total of {1:qty} on {2:date}; more than {3} day-parts is not plausible."),
		Remedy:  text("Controleer aantallen en eenheden (dagdelen of uren?).", "Check quantities and units (day-parts or hours?)."),
		Client: func(f *billing.ClientFile) {
			tooMuchPerDay(f, billing.Daypart, f.Judge.Policy.MaxDaypartsPerDay)
		},
	},
	{
		Code: billing.L03, Severity: billing.Hold, NotOf: billing.OfMessages, Source: "own", OnlyNew: true,
		Title:   text("Tijden van een cliënt bij een aanbieder overlappen niet.", "Times for a client with one provider do not overlap."),
		Message: text("{1}–{2} overlapt met regelnummer {3} ({4}–{5}).", "{1}–{2} overlaps with reference {3} ({4}–{5})."),
		Remedy:  text("Herstel de tijden, of bevestig dat er twee medewerkers tegelijk waren.", "Correct the times, or confirm that two staff members were present at the same time."),
		Client:  overlappingTimes,
	},
	{
		Code: billing.L04, Severity: billing.Signal, NotOf: billing.OfMessages, Source: "own",
		Title:   text("Een aantal in tijd is niet onaannemelijk klein.", "A quantity of time is not implausibly small."),
		Message: text("{1:minutes} is minder dan {2} minuten; misschien zijn het uren, of is een komma verkeerd gelezen.", "{1:minutes} is less than {2} minutes; these may be hours, or a decimal comma was misread."),
		Remedy:  text("Controleer het aantal en de eenheid (minuten of uren?).", "Check the quantity and the unit (minutes or hours?)."),
		Record: func(c *billing.Case) {
			least := c.Judge.Policy.MinMinutes
			if c.Record.Unit == billing.Time && c.Record.Quantity < billing.Quantity(least)*100 {
				c.Find(billing.FieldQuantity, quantity(c.Record.Quantity, billing.Time), itoa(least))
			}
		},
	},
}

// visit is one provider's care of the client on one day.
type visit struct {
	provider string
	date     billing.Date
}

func tooMuchPerDay(f *billing.ClientFile, unit billing.Unit, limit int) {
	counts := func(c *billing.Case) bool {
		return c.NotRejected() && c.Record.Unit == unit && !c.Product.Residential
	}
	sums := make(map[visit]billing.Quantity)
	for i := range f.Cases {
		if c := &f.Cases[i]; counts(c) {
			sums[visit{c.Record.Provider, c.Record.First}] += c.Record.Quantity
		}
	}
	most := billing.Quantity(int64(limit) * unit.PerWhole())
	for i := range f.Cases {
		c := &f.Cases[i]
		if !counts(c) {
			continue
		}
		if sum := sums[visit{c.Record.Provider, c.Record.First}]; sum > most {
			f.Find(c, billing.FieldQuantity, quantity(sum, unit), c.Record.First.String(), itoa(limit))
		}
	}
}

// overlappingTimes finds records whose clock times overlap with those of an earlier one, also past midnight. Breaks are
// ignored.
func overlappingTimes(f *billing.ClientFile) {
	type times struct {
		start, end int64
		next       int // the index of the next times that begin on the same day
	}
	var all []times           // by the index of the case
	var begun map[visit]chain // by the day on which the times begin
	for i := range f.Cases {
		c := &f.Cases[i]
		if !c.NotRejected() || c.Record.Start.IsZero() || c.Record.End.IsZero() {
			continue
		}
		if all == nil {
			all, begun = make([]times, len(f.Cases)), make(map[visit]chain, len(f.Cases)-i)
		}
		first := -1
		start, end := span(c.Record)
		all[i] = times{start: start, end: end}
		for day := c.Record.First - 1; day <= c.Record.First+1; day++ {
			before := begun[visit{c.Record.Provider, day}]
			for at, left := before.first, before.count; left > 0; at, left = all[at].next, left-1 {
				if start < all[at].end && all[at].start < end { // touching is no overlap
					if first < 0 || at < first {
						first = at
					}
					break
				}
			}
		}
		if first >= 0 {
			other := f.Cases[first].Record
			f.Find(c, billing.FieldStart, c.Record.Start.String(), c.Record.End.String(), other.Reference, other.Start.String(), other.End.String())
		}
		key := visit{c.Record.Provider, c.Record.First}
		same, known := begun[key]
		if !known {
			same.first = i
		} else {
			all[same.last].next = i
		}
		begun[key] = chain{first: same.first, last: i, count: same.count + 1}
	}
}

// span returns the seconds at which the clock times of a record begin and end, counted from the same midnight for all
// records. An end before the start lies on the next day.
func span(r *billing.Record) (start, end int64) {
	const day = 24 * 60 * 60
	midnight := int64(r.First) * day
	start, end = midnight+r.Start.Seconds(), midnight+r.End.Seconds()
	if end < start {
		end += day
	}
	return start, end
}
