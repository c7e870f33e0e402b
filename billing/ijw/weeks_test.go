package ijw_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// How many ISO weeks a period touches, and so how much care of 3 hours a week fits in it (TR321, TR322): the examples of
// the standard and of rules.md.
func TestWeeks(t *testing.T) {
	for _, test := range []struct {
		source, first, last string
		weeks               int
	}{
		{"ours", "2026-11-01", "2026-11-30", 6},
		{"ours", "2026-12-01", "2026-12-31", 5},
		{"ours: its first days are 2026-W53", "2027-01-01", "2027-01-31", 5},
		{"IV076: its own text says both 9 and 12 hours for July; 12 is right", "2025-07-07", "2025-07-31", 4},
		{"IV076", "2025-08-01", "2025-08-31", 5},
		{"IV076", "2025-09-01", "2025-09-07", 1},
		{"IV076: in all", "2025-07-07", "2025-09-07", 9},
		{"IV077", "2025-10-07", "2025-10-31", 4},
		{"IV077", "2025-11-01", "2025-11-30", 5},
		{"IV077: ends in 2026-W01", "2025-12-01", "2025-12-30", 5},
		{"IV077: in all", "2025-10-07", "2025-12-30", 13},
		{"IV078: says 9 hours, 3 weeks; 12 is right, as the first of its 4 weeks counts whole", "2026-11-12", "2026-11-30", 4},
		{"IV078 of 2021, where 9 hours is right", "2021-10-12", "2021-10-31", 3},
	} {
		referral := &billing.Referral{
			Start: day(test.first), End: day(test.last), HasVolume: true,
			Volume: 3 * 6000, VolumeUnit: billing.Time, Frequency: billing.PerWeek,
		}
		if room, limited := referral.WholeRoom(); !limited || room != billing.Quantity(test.weeks*3*6000) {
			t.Errorf("%s: %s to %s has %s hours, want %d weeks of 3", test.source, test.first, test.last, room.Format(billing.Time), test.weeks)
		}
	}
}

// IV078: part of a month gives the volume of a whole month.
func TestBrokenMonth(t *testing.T) {
	referral := &billing.Referral{
		Start: day("2025-10-14"), End: day("2025-12-13"), HasVolume: true,
		Volume: 15 * 6000, VolumeUnit: billing.Time, Frequency: billing.PerMonth,
	}
	for month := range 3 {
		if room, limited := referral.MonthRoom(billing.PeriodOf(2025, 10+month)); !limited || room != 15*6000 {
			t.Errorf("month %d: %s", 10+month, room.Format(billing.Time))
		}
	}
}
