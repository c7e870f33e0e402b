package billing_test

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
)

// drawDate draws a care date from November 2025 to April 2026.
func drawDate(t *rapid.T) string {
	return (day("2025-11-01") + billing.Date(rapid.IntRange(0, 180).Draw(t, "day"))).String()
}

// drawRecord adds a record of any kind, sometimes with something wrong.
func drawRecord(t *rapid.T, c *billing.Client) {
	product := rapid.SampledFrom([]string{"BEG", "HEEL", "DAG"}).Draw(t, "product")
	quantity := billing.Quantity(rapid.IntRange(1, 40_000).Draw(t, "quantity"))
	if product == "DAG" {
		quantity = quantity%400 + 1
	}
	r := add(c, product, drawDate(t), quantity)
	spoil(t, r)
	if rapid.Bool().Draw(t, "times") {
		start := rapid.IntRange(0, 22).Draw(t, "start")
		r.Start, r.End = billing.NewClock(start, 0, 0), billing.NewClock(start+1, 30, 0)
	}
}

func spoil(t *rapid.T, r *billing.Record) {
	switch rapid.IntRange(0, 12).Draw(t, "spoil") {
	case 0:
		r.ReferralNumber = ""
	case 1:
		r.ReferralNumber = "T9"
	case 2:
		r.Municipality = "Goirle" // held
	case 3:
		r.Product = "XXX"
	case 4:
		r.Findings = []billing.Finding{{Code: billing.F03}}
	}
}

// drawReferral sets limits of any kind on a referral.
func drawReferral(t *rapid.T, r *billing.Referral) {
	r.Start = day("2025-08-01") + billing.Date(rapid.IntRange(0, 200).Draw(t, "start"))
	if r.End = 0; rapid.Bool().Draw(t, "ends") {
		r.End = r.Start + billing.Date(rapid.IntRange(30, 300).Draw(t, "days"))
	}
	r.HasVolume = rapid.Bool().Draw(t, "volume")
	r.Volume = billing.Quantity(rapid.IntRange(0, 200_000).Draw(t, "room"))
	r.VolumeUnit = billing.Time
	if r.Product == "DAG" {
		r.VolumeUnit, r.Volume = billing.Daypart, r.Volume/100
	}
	r.Frequency = rapid.SampledFrom([]billing.Frequency{billing.PerDay, billing.PerWeek, billing.PerMonth, billing.InTotal}).Draw(t, "frequency")
	r.HasBudget = rapid.IntRange(0, 3).Draw(t, "budget") == 0
	r.Budget = billing.Money(rapid.IntRange(0, 200_000).Draw(t, "cents"))
	r.Municipality = rapid.SampledFrom([]string{"Tilburg", "Tilburg", "Goirle"}).Draw(t, "municipality")
	r.Status = rapid.SampledFrom([]string{"", "", "", billing.StatusWithdrawn}).Draw(t, "status")
}

func drawClient(t *rapid.T) *billing.Client {
	c := newClient()
	for _, r := range c.Referrals {
		drawReferral(t, r)
	}
	for range rapid.IntRange(0, 25).Draw(t, "records") {
		drawRecord(t, c)
	}
	return c
}

// change changes anything that can change between two periods.
func change(t *rapid.T, judge *billing.Judge, c *billing.Client) {
	for range rapid.IntRange(0, 6).Draw(t, "changes") {
		kind := rapid.IntRange(0, 9).Draw(t, "change")
		if len(c.Records) == 0 && (kind < 4 || kind > 6) {
			continue
		}
		switch kind {
		case 0, 7, 8, 9: // a new version
			newVersion(t, c, rapid.IntRange(0, len(c.Records)-1).Draw(t, "record"))
		case 1: // a record is withdrawn
			reference := rapid.SampledFrom(c.Records).Draw(t, "record").Reference
			c.Records = slices.DeleteFunc(c.Records, func(r *billing.Record) bool { return r.Reference == reference })
		case 2, 3: // a decision
			r := rapid.SampledFrom(c.Records).Draw(t, "record")
			c.Decisions = append(c.Decisions, billing.Decision{
				Provider: r.Provider, Reference: r.Reference, Version: r.Version, Code: rapid.SampledFrom([]billing.Code{billing.R10, billing.L01, billing.U02, billing.U04, billing.P02}).Draw(t, "code"),
				Word: rapid.SampledFrom([]string{billing.Allow, billing.Refuse, billing.KeepHeld}).Draw(t, "word"),
			})
		case 4:
			drawReferral(t, rapid.SampledFrom(c.Referrals).Draw(t, "referral"))
		case 5:
			row := &judge.Book.Prices[rapid.IntRange(0, len(judge.Book.Prices)-1).Draw(t, "price")]
			row.Price = billing.Price(rapid.IntRange(1, 20_000).Draw(t, "cents"))
		case 6: // a gap in the prices
			row := &judge.Book.Prices[rapid.IntRange(0, len(judge.Book.Prices)-1).Draw(t, "price")]
			row.From += billing.Date(rapid.IntRange(0, 40).Draw(t, "gap"))
		}
	}
}

// newVersion adds a newer version of a record. A version that stands is judged too; any other is replaced.
func newVersion(t *rapid.T, c *billing.Client, at int) {
	before := c.Records[at]
	if before.Standing {
		return // there is a newer one already, which may be replaced instead
	}
	next := *before
	next.ID, next.Version = next.ID+1000, next.Version+1
	next.Declared, next.DeclaredPrice, next.Findings, next.Remark = 0, 0, nil, ""
	next.HasPrior, next.PriorUnit, next.PriorQuantity = true, next.Unit, next.Quantity
	next.Quantity = billing.Quantity(rapid.IntRange(1, 40_000).Draw(t, "quantity"))
	if rapid.Bool().Draw(t, "another day") {
		next.First = day(drawDate(t))
	}
	spoil(t, &next)
	if before.Remark == stands && next.Readable() {
		before.Standing, next.Newer = true, true
		c.Records = append(c.Records, &next)
		return
	}
	if next.Readable() || !before.Readable() {
		c.Records[at] = &next
	}
}
