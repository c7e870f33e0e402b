package value

// moment is a date, a time of day or a duration in ISO notation.
type moment struct {
	hasDate bool
	day     int64 // days since 30 December 1899
	seconds int64 // of the day, or of the duration, rounded; negative for a negative duration
}

// AppendISO appends the date or time that a cell holds as ISO text, and returns
// its kind: [Date] for 2026-01-31 or 2026-01-31T13:45:00, [Time] or [Duration]
// for 13:45:00 or PT13H45M00S. It returns false if the text is neither, appending
// the text itself, and for a negative duration or a date after the year 9999,
// appending [OutOfCalendar].
//
// If the format shows only a time of day, a moment on one of the first days of
// the count (31 December 1899 or before) is that time of day.
func AppendISO(out []byte, text []byte, format Format) ([]byte, Format, bool) {
	m, ok := parseISO(text)
	switch {
	case !ok:
		return append(out, text...), Plain, false
	case m.seconds < 0:
		return append(out, OutOfCalendar...), Plain, false
	case !m.hasDate && format == Duration:
		return appendClock(out, m.seconds), Duration, true
	case !m.hasDate:
		return appendSeconds(out, m.seconds, Time, false), Time, true
	case format == Time && m.day <= 1:
		return appendClock(out, m.seconds), Time, true
	}
	day, rest := m.day+m.seconds/secondsPerDay, m.seconds%secondsPerDay
	if day > lastDay1900 {
		return append(out, OutOfCalendar...), Plain, false
	}
	out = appendDay(out, day)
	if rest != 0 {
		out = appendClock(append(out, ' '), rest)
	}
	return out, Date, true
}

// AppendCounted is like [AppendISO] for programs that treat dates as day numbers,
// whatever notation they store them in: it applies the format as it would to a
// day number, and uses the type of the text only if the format is [Plain]. Dates
// before day 0 are [OutOfCalendar].
func AppendCounted(out []byte, text []byte, format Format) ([]byte, Format, bool) {
	m, ok := parseISO(text)
	if !ok {
		return append(out, text...), Plain, false
	}
	switch {
	case format != Plain:
	case m.hasDate:
		format = Date
	default:
		format = Time
	}
	seconds := m.day*secondsPerDay + m.seconds
	if m.day < 0 || seconds < 0 || seconds >= (lastDay1900+1)*secondsPerDay {
		return append(out, OutOfCalendar...), Plain, false
	}
	return appendSeconds(out, seconds, format, false), format, true
}

// DayOf returns the day number of an ISO date in spreadsheet programs; false if
// the text is not a date.
func DayOf(text []byte) (int, bool) {
	m, ok := parseISO(text)
	return int(m.day), ok && m.hasDate
}

// parseISO reads a date, a date and time, a time or a duration.
func parseISO(text []byte) (m moment, ok bool) {
	p := isoParser{rest: text}
	switch {
	case len(text) > 0 && (text[0] == 'P' || text[0] == '-' && len(text) > 1 && text[1] == 'P'):
		return m, p.duration(&m)
	case len(text) >= 10 && text[4] == '-':
		if m.hasDate = true; !p.date(&m) {
			return m, false
		}
		if len(p.rest) == 0 {
			return m, true
		}
		if !p.take('T') {
			return m, false
		}
	default:
		p.take('T')
	}
	if !p.clock(&m) {
		return m, false
	}
	if m.hasDate {
		p.take('Z')
	}
	return m, len(p.rest) == 0
}

// isoParser reads ISO notation from its beginning.
type isoParser struct{ rest []byte }

func (p *isoParser) take(mark byte) bool {
	if len(p.rest) == 0 || p.rest[0] != mark {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

// digits reads a number of least to most digits.
func (p *isoParser) digits(least, most int) (int64, bool) {
	n, number := 0, int64(0)
	for n < len(p.rest) && n < most && isDigit(p.rest[n]) {
		number = number*10 + int64(p.rest[n]-'0')
		n++
	}
	p.rest = p.rest[n:]
	return number, n >= least
}

// fraction reads the optional decimals of a number. up reports whether they are
// one half or more.
func (p *isoParser) fraction() (up, ok bool) {
	if !p.take('.') && !p.take(',') {
		return false, true
	}
	n := 0
	for n < len(p.rest) && isDigit(p.rest[n]) {
		n++
	}
	up = n > 0 && p.rest[0] >= '5'
	p.rest = p.rest[n:]
	return up, n > 0
}

func (p *isoParser) date(m *moment) bool {
	year, isYear := p.digits(4, 4)
	isYear = isYear && p.take('-')
	month, isMonth := p.digits(2, 2)
	isMonth = isMonth && month >= 1 && month <= 12 && p.take('-')
	day, isDay := p.digits(2, 2)
	if !isYear || !isMonth || !isDay || day < 1 || day > daysIn(year, month) {
		return false
	}
	m.day = dayOf(year, month, day)
	return true
}

func daysIn(year, month int64) int64 {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// clock reads 13:45, 13:45:00 or 13:45:00.5.
func (p *isoParser) clock(m *moment) bool {
	hours, ok := p.digits(2, 2)
	if !ok || hours > 23 || !p.take(':') {
		return false
	}
	minutes, ok := p.digits(2, 2)
	if !ok || minutes > 59 {
		return false
	}
	m.seconds = hours*3600 + minutes*60
	if !p.take(':') {
		return true
	}
	seconds, ok := p.digits(2, 2)
	if !ok || seconds > 59 {
		return false
	}
	up, ok := p.fraction()
	if m.seconds += seconds; up {
		m.seconds++
	}
	return ok
}

// duration reads P1DT2H30M15.5S, of which parts may be omitted. It accepts no
// years or months, since their length varies.
func (p *isoParser) duration(m *moment) bool {
	isNegative := p.take('-')
	p.take('P')
	parts, inTime := 0, false
	for order := "DHMS"; len(p.rest) > 0; parts++ {
		if !inTime && p.take('T') {
			inTime, order = true, "HMS"
		}
		number, ok := p.digits(1, 9)
		up, isFraction := p.fraction()
		if !ok || !isFraction || len(p.rest) == 0 {
			return false
		}
		unit := p.rest[0]
		p.rest = p.rest[1:]
		for len(order) > 0 && order[0] != unit {
			order = order[1:]
		}
		if order == "" || inTime == (unit == 'D') || up && unit != 'S' {
			return false
		}
		order = order[1:]
		switch unit {
		case 'D':
			m.seconds += number * secondsPerDay
		case 'H':
			m.seconds += number * 3600
		case 'M':
			m.seconds += number * 60
		case 'S':
			if m.seconds += number; up {
				m.seconds++
			}
		}
	}
	if isNegative {
		m.seconds = -m.seconds
	}
	return parts > 0
}
