package billing_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// BenchmarkJudge judges clients of a hundred records over three months, two of which are declared.
func BenchmarkJudge(b *testing.B) {
	judge, c := newJudge("2026-01"), newClient()
	for i := range 100 {
		product := [...]string{"BEG", "HEEL", "BEG", "DAG"}[i%4]
		r := add(c, product, (day("2025-11-01") + billing.Date(i*91/100)).String(), minutes(60+i%4*15))
		if r.Unit == billing.Daypart {
			r.Quantity = 100
		}
		if i%3 == 0 {
			r.Start, r.End = billing.NewClock(9+i%8, 0, 0), billing.NewClock(10+i%8, 0, 0)
		}
	}
	for _, r := range c.Referrals {
		r.HasVolume, r.Volume, r.VolumeUnit, r.Frequency = true, hours(6), billing.Time, billing.PerWeek
		if r.Product == "DAG" {
			r.Volume, r.VolumeUnit = 400, billing.Daypart
		}
	}
	for judge.Period = month("2025-11"); judge.Period < month("2026-01"); judge.Period++ {
		declare(judge, c, judge.Judge(c))
	}
	b.ReportAllocs()
	for b.Loop() {
		judge.Judge(c)
	}
	b.ReportMetric(float64(len(c.Records)*b.N)/b.Elapsed().Seconds(), "records/s")
}
