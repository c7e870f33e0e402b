package report

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// PageSummary is the summary that a run stores for the pages: totals by provider and municipality, without clients, so that
// a user who may see only some of these gets the totals of those.
type PageSummary struct {
	Run      int64
	Period   billing.Period
	AsOf     billing.Date
	ClosedOn billing.Date // none if it is open
	Head     string       // head of the chain after the close; "" before it
	Inputs   string       // fingerprint of what was judged
	Files    int
	Read     int
	Again    []AgainSum
	Skipped  int
	Received []ReceivedSum
	Rows     []RowSum
	Reasons  []Reason // of the rows that are held or rejected; nil if stored by an earlier version
	Lines    []LinePart
	Payments []Payment
	Ceilings []billing.Ceiling
	OnDay    bool // Ceilings go by the rows of product and municipality on the care date; earlier versions took the newest rows
	Causes   []CauseSum
	Gap      Gap
	Missing  []string // providers that sent nothing
	Unsent   []string // providers whose rows came only from files that pxq read again by itself; nil if stored by an earlier version
	Signals  int
	LeftOut  int
	Debts    []Debt
}

// Closed reports whether the declaration is final.
func (k *PageSummary) Closed() bool { return k.ClosedOn != 0 }

// isWhole reports whether the summary is not nil and has everything that is stored today.
func (k *PageSummary) isWhole() bool { return k != nil && k.Reasons != nil }

// OnlyAgain returns the providers that since the last close sent only rows already received, in order, such as one that
// sent last month's file again under another name.
func (k *PageSummary) OnlyAgain() []string {
	var again []string
	for i := range k.Again {
		provider := k.Again[i].Provider
		if provider != "" && !slices.Contains(k.Unsent, provider) && !slices.ContainsFunc(k.Rows, func(row RowSum) bool { return row.Provider == provider && !row.Earlier }) {
			again = append(again, provider)
		}
	}
	slices.Sort(again)
	return slices.Compact(again)
}

// Balances returns the sum of the negative balances that are carried over to the next period.
func (k *PageSummary) Balances() Sum { return balancesOf(k.Payments) }

func balancesOf(payments []Payment) (balances Sum) {
	for i := range payments {
		if balance := payments[i].CarriesOver(); balance < 0 {
			balances.add(1, balance)
		}
	}
	return balances
}

// AgainSum counts rows that were already received.
type AgainSum struct {
	Provider, Municipality string
	Rows                   int
}

// ReceivedSum counts the rows that came in on a day.
type ReceivedSum struct {
	Day      billing.Date
	Provider string // the provider with most rows in the file; "" if none
	Rows     int
}

// RowSum counts rows with one outcome and the same reasons.
type RowSum struct {
	Provider, Municipality string
	Outcome                billing.Outcome
	Codes                  []billing.Code // of the rules that hold or reject them
	Earlier                bool           // came in before the last close
	Sum
}

// LinePart adds up lines of the declaration.
type LinePart struct {
	Provider, Municipality, Product string
	Unit                            billing.Unit
	Kind                            billing.LineKind
	Late                            bool // care of an earlier month
	CareMonth                       billing.Period
	Lines                           int
	Quantity                        billing.Quantity
	Amount                          billing.Money
}

// KeepPageSummary stores the page summary of a run, in the transaction that made the run. It does not read again what was
// added up while judging, nor, for a close, the rows and lines, since a close does not change them.
func (r *Reporter) KeepPageSummary(ctx context.Context, tx *ledger.Tx, run ledger.Run, setting Setting, added *ledger.Added) error {
	setting, err := settingOf(ctx, tx, run, setting) // for a month closed by an older version, with the book of its close
	if err != nil {
		return err
	}
	totals, err := r.totalsOf(ctx, tx, run, added)
	if err != nil {
		return err
	}
	kept, err := r.makePageSummary(ctx, tx, run, setting, totals)
	if err != nil {
		return err
	}
	body, err := summaryText(kept)
	if err != nil {
		return err
	}
	return tx.KeepSummary(ctx, run.ID, body)
}

// PageSummaryAgrees reports whether the stored page summary of a run equals the one computed from its rows and lines. It
// does not check a run made with a book or policy other than the current ones, since such a run is repeated before anybody
// relies on it.
func (r *Reporter) PageSummaryAgrees(ctx context.Context, tx *ledger.Tx, run ledger.Run, setting Setting) (bool, error) {
	kept, err := tx.SummaryOf(ctx, run.ID)
	if err != nil || kept == "" {
		return true, err
	}
	setting, err = settingOf(ctx, tx, run, setting)
	if err != nil || setting.Fingerprint != run.Book {
		return true, err
	}
	made, err := r.makePageSummary(ctx, tx, run, setting, nil)
	if err != nil {
		return false, err
	}
	body, err := summaryText(made)
	if err != nil || body == kept {
		return err == nil, err
	}
	return agreesWithEarlier(made, kept)
}

// agreesWithEarlier reports whether body, as an earlier version stored it, agrees with the summary that was made now.
// Earlier versions left the sums of rows that differ only in Earlier in any order, stored no reasons, and did not list
// providers as missing whose rows came only from files that pxq read again. They counted ceilings by the newest rows of
// products and municipalities, so those are not compared.
func agreesWithEarlier(made *PageSummary, body string) (bool, error) {
	kept := &PageSummary{}
	if err := json.Unmarshal([]byte(body), kept); err != nil {
		return false, nil // not a page summary
	}
	kept.sortRows()
	if kept.Reasons == nil {
		made.Reasons = nil
	}
	if kept.Unsent == nil {
		made.Missing = slices.DeleteFunc(made.Missing, func(provider string) bool { return slices.Contains(made.Unsent, provider) })
		made.Unsent = nil
	}
	if !kept.OnDay {
		made.Ceilings, made.OnDay = kept.Ceilings, false
	}
	old, err := summaryText(kept)
	if err != nil {
		return false, err
	}
	now, err := summaryText(made)
	return old == now, err
}

func summaryText(kept *PageSummary) (string, error) {
	body, err := json.Marshal(kept)
	if err != nil {
		return "", fmt.Errorf("keep the summary: %w", err)
	}
	return string(body), nil
}

// PageSummaryOf returns the stored page summary of a run; nil if it has none.
func PageSummaryOf(ctx context.Context, tx *ledger.Tx, run ledger.Run) (*PageSummary, error) {
	body, err := tx.SummaryOf(ctx, run.ID)
	if err != nil || body == "" {
		return nil, err
	}
	kept := &PageSummary{}
	if err := json.Unmarshal([]byte(body), kept); err != nil {
		return nil, fmt.Errorf("read the summary of run %d: %w", run.ID, err)
	}
	return kept, nil
}
