package batch

import (
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// changedReferrals are the referrals of which a version was added or removed since the last close. A change that takes back
// declared care is signalled (R15), because changes are seldom meant to be retroactive; so is the withdrawal of a referral
// that has approved prestaties.
type changedReferrals struct {
	tx     *ledger.Tx
	book   *billing.Book
	rule   *billing.Rule
	closed int64               // the last closed run; 0 if there is none
	of     map[string][]string // numbers of referrals by client
}

func newChangedReferrals(ctx context.Context, tx *ledger.Tx, book *billing.Book, catalogue *billing.Catalogue) (*changedReferrals, error) {
	c := &changedReferrals{tx: tx, book: book, rule: catalogue.Rule(billing.R15)}
	var err error
	if c.closed, err = tx.LastClosedID(ctx); err != nil || c.closed == 0 {
		return c, err
	}
	c.of, err = tx.ReferralsChangedSince(ctx, c.closed)
	return c, err
}

// signals returns the R15 signals of the client.
func (c *changedReferrals) signals(ctx context.Context, j judgement) ([]billing.ReferralSignal, error) {
	approved := approvedOn(j.Cases)
	numbers := c.changed(j.BSN, approved)
	credits := slices.ContainsFunc(j.Declaration, func(line billing.DeclaredLine) bool { return line.Kind == billing.Credit })
	if len(numbers) == 0 || !credits && len(approved) == 0 {
		return nil, nil
	}
	var held map[string]*billing.Referral
	if c.closed != 0 {
		var err error
		if held, err = c.tx.ReferralsAt(ctx, j.BSN, numbers, c.closed); err != nil {
			return nil, err
		}
	}
	now := make(map[string]*billing.Referral)
	for _, referral := range j.stored.Client.Referrals {
		now[referral.Number] = referral
	}
	var signals []billing.ReferralSignal
	for _, number := range numbers {
		change := &billing.ReferralChange{Book: c.book, Before: held[number], Now: now[number], Declaration: j.Declaration, Cases: j.Cases, Approved: approved[number]}
		values, found := c.rule.Change(change)
		if !found {
			continue
		}
		about := change.Before
		if about == nil {
			about = change.Now
		}
		signal := billing.ReferralSignal{Code: billing.R15, Referral: about, Values: values}
		if municipality := c.book.Municipality(about.Municipality); municipality != nil {
			signal.Municipality = municipality.Code
		}
		signals = append(signals, signal)
	}
	return signals, nil
}

// changed returns the numbers of the client's referrals that changed since the last close, or, before the first close, that
// have approved prestaties.
func (c *changedReferrals) changed(bsn string, approved map[string][]*billing.Case) []string {
	if c.closed != 0 {
		return c.of[bsn]
	}
	numbers := make([]string, 0, len(approved))
	for number := range approved {
		numbers = append(numbers, number)
	}
	slices.Sort(numbers)
	return numbers
}

// approvedOn returns the approved prestaties that no credit took back, by the number of their referral.
func approvedOn(cases []billing.Case) map[string][]*billing.Case {
	var on map[string][]*billing.Case
	for i := range cases {
		if c := &cases[i]; c.IsApproved() {
			if on == nil {
				on = make(map[string][]*billing.Case)
			}
			number := c.Record.Prestatie.Answer.Referral
			on[number] = append(on[number], c)
		}
	}
	return on
}
