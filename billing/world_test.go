package billing_test

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
)

const (
	client   = "999910012"
	provider = "01000001"
)

// newJudge makes a judge over a small book: minutes, whole hours and day-parts, each for a price that changed on
// 15 January 2026.
func newJudge(period string) *billing.Judge {
	from, change := day("2020-01-01"), day("2026-01-15")
	book := &billing.Book{
		Segments: []billing.Segment{{Code: "4", SettledPQ: true, MaxMonths: 24}},
		Products: []billing.Product{
			{Code: "BEG", Segment: "4", Category: "45", Kind: billing.Begeleiding, AllowsTime: true},
			{Code: "HEEL", Segment: "4", Category: "45", AllowsTime: true, WholeHours: true},
			{Code: "DAG", Segment: "4", Category: "41", AllowsDaypart: true},
		},
		Municipalities: []billing.Municipality{{Code: "0855", Name: "Tilburg"}, {Code: "0785", Name: "Goirle"}},
		Providers:      []billing.Provider{{AGB: provider}},
		Contracts:      []billing.Contract{{Provider: provider, Segment: "4", From: from}},
		Prices: []billing.PriceRow{
			{Product: "BEG", Unit: billing.Time, Price: 9123, From: from, To: change - 1}, {Product: "BEG", Unit: billing.Time, Price: 9345, From: change},
			{Product: "HEEL", Unit: billing.Time, Price: 7560, From: from, To: change - 1}, {Product: "HEEL", Unit: billing.Time, Price: 8010, From: change},
			{Product: "DAG", Unit: billing.Daypart, Price: 9000, From: from},
		},
	}
	return &billing.Judge{Period: month(period), Book: book.Index(), Policy: billing.DefaultPolicy(), Catalogue: rules.Catalogue()}
}

// newClient makes a client with a referral without limits for each product, numbered like it.
func newClient() *billing.Client {
	c := &billing.Client{BSN: client}
	for _, product := range []string{"BEG", "HEEL", "DAG"} {
		c.Referrals = append(c.Referrals, &billing.Referral{
			Number: product, BSN: client, Municipality: "Tilburg", Provider: provider, Product: product, Start: day("2025-06-01"), Version: 1,
		})
	}
	return c
}

// add adds a record on the referral of its product, sent on its care date.
func add(c *billing.Client, product, date string, quantity billing.Quantity) *billing.Record {
	id := int64(1)
	for _, r := range c.Records {
		id = max(id, r.ID+1)
	}
	unit := billing.Time
	if product == "DAG" {
		unit = billing.Daypart
	}
	r := &billing.Record{
		ID: id, Provider: provider, Reference: fmt.Sprintf("A-%03d", id), BSN: client, ReferralNumber: product, Product: product, First: day(date),
		Unit: unit, Quantity: quantity, HasQuantity: true, Version: 1, Received: day(date), FirstReceived: day(date),
	}
	c.Records = append(c.Records, r)
	return r
}

// stands is the remark of records that were accepted at the last close.
const stands = "stands"

// declare closes the run's period for the client: its lines are numbered and added to the ledger, and what was
// accepted counts as declared and stands. What it replaced, and what was rejected, no longer stands.
func declare(judge *billing.Judge, c *billing.Client, judgement *billing.Judgement) {
	for _, line := range judgement.Declaration {
		line.Number = judge.Period.String() + "/" + strconv.Itoa(len(c.Ledger)+1)
		c.Ledger = append(c.Ledger, line)
	}
	gone := make(map[string]bool) // references whose standing version no longer stands
	for i := range judgement.Cases {
		one := &judgement.Cases[i]
		one.Record.Remark = ""
		if one.Outcome != billing.Accepted {
			gone[one.Record.Reference] = gone[one.Record.Reference] || one.Record.Standing
			continue
		}
		one.Record.Remark, one.Record.DeclaredPrice = stands, one.Price
		if one.Record.Declared == 0 {
			one.Record.Declared = judge.Period
		}
	}
	c.Records = slices.DeleteFunc(c.Records, func(r *billing.Record) bool { return r.Standing && gone[r.Reference] })
	for _, r := range c.Records {
		r.Newer = r.Newer && !gone[r.Reference]
	}
}
