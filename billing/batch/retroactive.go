package batch

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// changedReferrals are the referrals of which a version came or went since the last close. A change that takes back
// care that was declared is told (R15), for few mean it to work back in time.
type changedReferrals struct {
	tx     *ledger.Tx
	book   *billing.Book
	closed int64
	of     map[string][]string // numbers by client
}

func newChangedReferrals(ctx context.Context, tx *ledger.Tx, book *billing.Book) (*changedReferrals, error) {
	closed, err := tx.LastClosedID(ctx)
	if err != nil || closed == 0 {
		return &changedReferrals{}, err
	}
	of, err := tx.ReferralsChangedSince(ctx, closed)
	return &changedReferrals{tx, book, closed, of}, err
}

// The words of a change, keys of the texts of R15.
const (
	changeWithdrawn = "withdrawn"
	changeMoved     = "moved"
	changeEnded     = "ended"
)

// signals returns R15 for the client.
func (c *changedReferrals) signals(ctx context.Context, j judgement) ([]billing.ReferralSignal, error) {
	numbers := c.of[j.BSN]
	if len(numbers) == 0 || !slices.ContainsFunc(j.Declaration, func(line billing.DeclaredLine) bool { return line.Kind == billing.Credit }) {
		return nil, nil
	}
	held, err := c.tx.ReferralsAt(ctx, j.BSN, numbers, c.closed)
	if err != nil {
		return nil, err
	}
	now := make(map[string]*billing.Referral)
	for _, referral := range j.stored.Client.Referrals {
		now[referral.Number] = referral
	}
	var signals []billing.ReferralSignal
	for _, number := range numbers {
		before := held[number]
		if before == nil {
			continue
		}
		change := c.change(before, now[number])
		cents, months := credited(j.Declaration, number, func(line *billing.DeclaredLine) bool {
			return change != changeEnded || line.CareMonth >= now[number].End.Period()
		})
		if change == "" || cents == 0 {
			continue
		}
		signal := billing.ReferralSignal{Code: billing.R15, Referral: before, Values: []string{
			number, change, strconv.FormatInt(int64(cents), 10), monthsText(months),
		}}
		if municipality := c.book.Municipality(before.Municipality); municipality != nil {
			signal.Municipality = municipality.Code
		}
		signals = append(signals, signal)
	}
	return signals, nil
}

// change returns the word for what changed; "" for what takes nothing back. A referral whose file was taken back is
// gone.
func (c *changedReferrals) change(before, now *billing.Referral) string {
	switch {
	case now == nil, now.Withdrawn() && !before.Withdrawn():
		return changeWithdrawn
	case c.book.Municipality(before.Municipality) != c.book.Municipality(now.Municipality):
		return changeMoved
	case !now.End.IsZero() && (before.End.IsZero() || now.End < before.End):
		return changeEnded
	}
	return ""
}

// credited adds up what a declaration takes back on a referral, less what comes in its place under the same key, and
// gives the care months, in order.
func credited(declaration []billing.DeclaredLine, referral string, counts func(*billing.DeclaredLine) bool) (billing.Money, []billing.Period) {
	sums := make(map[billing.LineKey]billing.Money)
	for i := range declaration {
		line := &declaration[i]
		if line.Referral == referral && (line.Kind == billing.Credit || line.Kind == billing.Correction) && counts(line) {
			sums[line.LineKey] += line.Amount
		}
	}
	total, months := billing.Money(0), []billing.Period(nil)
	for key, sum := range sums {
		if sum < 0 {
			total -= sum
			months = append(months, key.CareMonth)
		}
	}
	slices.Sort(months)
	return total, slices.Compact(months)
}

// monthsText writes months, those that follow each other as from and to.
func monthsText(months []billing.Period) string {
	var parts []string
	for len(months) > 0 {
		last := 0
		for last+1 < len(months) && months[last+1] == months[last].Add(1) {
			last++
		}
		switch last {
		case 0:
			parts = append(parts, months[0].String())
		case 1:
			parts = append(parts, months[0].String(), months[1].String())
		default:
			parts = append(parts, months[0].String()+" – "+months[last].String())
		}
		months = months[last+1:]
	}
	return strings.Join(parts, ", ")
}
