package billing

import "fmt"

// Clock is a time of the day in seconds since midnight plus one, 24:00 included. The zero value is none.
type Clock int32

// NewClock gives the time of the day, or none outside 0:00–24:00.
func NewClock(hour, minute, second int) Clock {
	seconds := hour*3600 + minute*60 + second
	if hour < 0 || minute < 0 || minute > 59 || second < 0 || second > 59 || seconds > 86400 {
		return 0
	}
	return Clock(seconds + 1)
}

// IsZero says that there is no time.
func (c Clock) IsZero() bool { return c == 0 }

// Seconds gives the seconds since midnight.
func (c Clock) Seconds() int64 { return int64(c) - 1 }

// String gives 9:05 as 09:05, with seconds only when there are any; nothing for none.
func (c Clock) String() string {
	if c == 0 {
		return ""
	}
	s := int(c.Seconds())
	if s%60 != 0 {
		return fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%02d:%02d", s/3600, s/60%60)
}
