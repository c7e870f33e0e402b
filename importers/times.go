package importers

import (
	"strconv"
	"time"

	"github.com/pxq-nl/pxq/billing"
)

// What F10 found; its first value. The others are start and end, and where a quantity is compared with them the time
// between them less the break and the quantity, in hundredths of a minute.
const (
	timesOrder  = "volgorde" // the end is not after the start
	timesBreak  = "pauze"    // the break takes all the time
	timesDiffer = "verschil" // the times and the quantity say different things
)

const (
	timesTolerance = 100  // the times may be less than a minute from the quantity, in hundredths
	clockChange    = 6000 // an hour, in hundredths of a minute
	changeFrom     = 2 * 3600
	changeTo       = 3 * 3600
)

// times is what a row says of start, end and break.
type times struct {
	both       bool  // start and end are filled
	readable   bool  // all that is filled could be read, and both are there
	start, end int64 // in seconds since midnight
	rest       billing.Quantity
	compare    bool // a quantity of time is given
}

// readTimes reads start, end and break. One of the two times alone counts as none, and so does the break then, but
// all must be readable.
func (r *submissionRow) readTimes() times {
	start, startFilled := r.readClock(billing.FieldStart)
	end, endFilled := r.readClock(billing.FieldEnd)
	rest, restReadable := r.readBreak()
	t := times{both: startFilled && endFilled}
	if !t.both || start.IsZero() || end.IsZero() {
		return t
	}
	r.Start, r.End, r.Break = start, end, rest
	t.start, t.end, t.rest, t.readable = start.Seconds(), end.Seconds(), rest, restReadable
	return t
}

func (r *submissionRow) readClock(field billing.Field) (clock billing.Clock, isFilled bool) {
	cell := r.cell(field)
	if !filled(cell) {
		return 0, false
	}
	clock, ok := readClock(cell, field == billing.FieldEnd)
	if !ok {
		r.report(billing.F02, field, found(cell))
		return 0, true
	}
	return clock, true
}

func (r *submissionRow) readBreak() (rest billing.Quantity, ok bool) {
	cell := r.cell(billing.FieldBreak)
	if !filled(cell) {
		return 0, true
	}
	if rest, ok = readBreak(cell); !ok {
		r.report(billing.F02, billing.FieldBreak, found(cell))
	}
	return rest, ok
}

// between returns the time between start and end less the break; below 0 for a night.
func (t *times) between() billing.Quantity { return minutesOf(t.end-t.start) - t.rest }

// overnight returns the times with the end on the next day.
func (t *times) overnight() times {
	night := *t
	night.end += secondsPerDay
	return night
}

// judgeTimes finds F10: times out of order, a break that takes them all, or a quantity of time that differs from
// them by a minute or more. A night is read from an end before the start where a quantity agrees with it.
func (r *submissionRow) judgeTimes(t *times) {
	between := t.between()
	switch {
	case t.end > t.start && between <= 0:
		r.reportTimes(billing.FieldBreak, timesBreak, t, between)
	case t.end > t.start:
		if t.compare && !t.agree(r.Quantity, r.First) {
			r.reportTimes(billing.FieldQuantity, timesDiffer, t, between)
		}
	case t.end == t.start, r.Unit != billing.Time:
		r.reportTimes(billing.FieldEnd, timesOrder, t, between)
	default:
		r.judgeNight(t.overnight())
	}
}

// judgeNight finds F10 in times of which the end is taken to be on the next day, which a quantity must bear out.
func (r *submissionRow) judgeNight(night times) {
	between := night.between()
	switch {
	case !night.compare:
		r.reportTimes(billing.FieldEnd, timesOrder, &night, between)
	case between <= 0:
		r.reportTimes(billing.FieldBreak, timesBreak, &night, between)
	case !night.agree(r.Quantity, r.First):
		r.reportTimes(billing.FieldQuantity, timesDiffer, &night, between)
	}
}

// reportTimes adds F10 with what it found.
func (r *submissionRow) reportTimes(field billing.Field, what string, t *times, between billing.Quantity) {
	values := []string{what, r.Start.String(), r.End.String()}
	if t.compare {
		values = append(values, strconv.FormatInt(int64(between), 10), strconv.FormatInt(int64(r.Quantity), 10))
	}
	r.report(billing.F10, field, values...)
}

// agree reports whether the time between start and end less the break is less than a minute from a quantity; over
// the hour that the clock change takes or gives on the care date or the day after it, also with that hour counted.
func (t *times) agree(quantity billing.Quantity, day billing.Date) bool {
	between := t.between()
	if isNear(between, quantity) {
		return true
	}
	for later, change := range [...]billing.Date{day, day.AddDays(1)} {
		midnight := int64(later) * secondsPerDay
		if day.IsZero() || t.start > midnight+changeFrom || t.end < midnight+changeTo {
			continue
		}
		switch changeOn(change) {
		case time.March:
			if isNear(between-clockChange, quantity) {
				return true
			}
		case time.October:
			if isNear(between+clockChange, quantity) {
				return true
			}
		}
	}
	return false
}

func isNear(a, b billing.Quantity) bool {
	apart := a - b
	return apart < timesTolerance && apart > -timesTolerance
}

// changeOn returns the month of the clock change on a day, March or October; 0 when the clock does not change then.
func changeOn(day billing.Date) time.Month {
	date := day.Time()
	const lastWeekFrom = 25 // both months have 31 days
	if date.Weekday() == time.Sunday && date.Day() >= lastWeekFrom && (date.Month() == time.March || date.Month() == time.October) {
		return date.Month()
	}
	return 0
}
