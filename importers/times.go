package importers

import (
	"strconv"
	"time"

	"github.com/pxq-nl/pxq/billing"
)

// The first value of F10: what is wrong. The others are the start and the end and, if a quantity is compared with them,
// the time between them less the break, and the quantity, both in hundredths of a minute.
const (
	timesOrder  = "volgorde" // the end is not after the start
	timesBreak  = "pauze"    // the break takes up all the time
	timesDiffer = "verschil" // the times and the quantity differ
)

const (
	timesTolerance = 100      // times and quantity must differ by less than this: a minute, in hundredths
	clockChange    = 6000     // an hour, in hundredths of a minute
	changeFrom     = 2 * 3600 // the clock changes between 02:00 …
	changeTo       = 3 * 3600 // … and 03:00, in seconds since midnight
)

// times holds the start, end and break of a row.
type times struct {
	both       bool             // start and end are filled
	readable   bool             // start and end are filled and readable, and so is the break if it is filled
	start, end int64            // in seconds since midnight
	pause      billing.Quantity // the break
	compare    bool             // the row gives a quantity of time to compare with
}

// readTimes reads the start, end and break. A lone start or end counts as none, and the break is then ignored too, but
// each filled cell must be readable.
func (r *submissionRow) readTimes() times {
	start, startFilled := r.readClock(billing.FieldStart)
	end, endFilled := r.readClock(billing.FieldEnd)
	pause, pauseReadable := r.readBreak()
	t := times{both: startFilled && endFilled}
	if !t.both || start.IsZero() || end.IsZero() {
		return t
	}
	r.Start, r.End, r.Break = start, end, pause
	t.start, t.end, t.pause, t.readable = start.Seconds(), end.Seconds(), pause, pauseReadable
	return t
}

func (r *submissionRow) readClock(field billing.Field) (clock billing.Clock, isFilled bool) {
	cell := r.cell(field)
	if !filled(cell) {
		return 0, false
	}
	clock, ok := readClock(cell, field == billing.FieldEnd)
	if !ok {
		r.report(billing.F02, field, maskedText(cell))
		return 0, true
	}
	return clock, true
}

func (r *submissionRow) readBreak() (pause billing.Quantity, ok bool) {
	cell := r.cell(billing.FieldBreak)
	if !filled(cell) {
		return 0, true
	}
	if pause, ok = readBreak(cell); !ok {
		r.report(billing.F02, billing.FieldBreak, maskedText(cell))
	}
	return pause, ok
}

// between returns the time between start and end less the break; it is negative if the end is before the start.
func (t *times) between() billing.Quantity { return minutesOf(t.end-t.start) - t.pause }

// overnight returns the times with the end moved to the next day.
func (t *times) overnight() times {
	night := *t
	night.end += secondsPerDay
	return night
}

// judgeTimes judges F10: times out of order, a break that takes up all the time, or a quantity of time that differs from
// the times by a minute or more. An end before the start counts as a night if a quantity confirms it.
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

// judgeNight judges F10 for times that end on the next day, which a quantity must confirm.
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

// reportTimes adds an F10 finding with its values.
func (r *submissionRow) reportTimes(field billing.Field, what string, t *times, between billing.Quantity) {
	values := []string{what, r.Start.String(), r.End.String()}
	if t.compare {
		values = append(values, strconv.FormatInt(int64(between), 10), strconv.FormatInt(int64(r.Quantity), 10))
	}
	r.report(billing.F10, field, values...)
}

// agree reports whether the time between start and end less the break is within a minute of the quantity. If the clock
// changes between start and end, on the care date or the day after it, the time may also be an hour shorter (March) or
// longer (October).
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

// changeOn returns March or October if the clock changes on the day in that month, else 0.
func changeOn(day billing.Date) time.Month {
	date := day.Time()
	const lastWeekFrom = 25 // both months have 31 days
	if date.Weekday() == time.Sunday && date.Day() >= lastWeekFrom && (date.Month() == time.March || date.Month() == time.October) {
		return date.Month()
	}
	return 0
}
