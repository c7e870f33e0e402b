package report

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// PageSummary is what a run keeps of itself for the pages: totals that name no client, by provider and municipality, so
// that whoever may see only a part adds up that part.
type PageSummary struct {
	Run      int64
	Period   billing.Period
	AsOf     billing.Date
	ClosedOn billing.Date // none while it is open
	Head     string       // of the chain, once closed
	Inputs   string       // fingerprint of what was judged
	Files    int
	Read     int
	Again    []AgainSum
	Skipped  int
	Received []ReceivedSum
	Rows     []RowSum
	Reasons  []Reason // of the rows that are held or rejected; nil in what earlier versions kept
	Lines    []LinePart
	Payments []Payment
	Ceilings []billing.Ceiling
	Causes   []CauseSum
	Gap      Gap
	Missing  []string // providers that sent nothing
	Unsent   []string // providers of whom rows came only in files that pxq read once more by itself; nil in what earlier versions kept
	Signals  int
	LeftOut  int
	Debts    []Debt
}

// Closed reports whether the declaration is final.
func (k *PageSummary) Closed() bool { return k.ClosedOn != 0 }

// isWhole reports whether a run kept all that is kept today.
func (k *PageSummary) isWhole() bool { return k != nil && k.Reasons != nil }

// OnlyAgain returns the providers of whom all that came in since the last close had been received already, in order: as
// of one who sent last month's file once more, under another name.
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

// Balances adds up the negative balances that go on to the next period.
func (k *PageSummary) Balances() Sum { return balancesOf(k.Payments) }

func balancesOf(payments []Payment) (balances Sum) {
	for i := range payments {
		if balance := payments[i].GoesOn(); balance < 0 {
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

// ReceivedSum counts what came in on a day.
type ReceivedSum struct {
	Day      billing.Date
	Provider string // with most rows in the file; "" if none
	Rows     int
}

// RowSum counts rows with one outcome and the same reasons.
type RowSum struct {
	Provider, Municipality string
	Outcome                billing.Outcome
	Codes                  []billing.Code // that hold or reject them
	Earlier                bool           // they came in before the last close
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

// KeepPageSummary keeps what a run came to, in the transaction that made it. What was added up while it judged is not read
// again; a close changes no row and no line.
func (r *Reporter) KeepPageSummary(ctx context.Context, tx *ledger.Tx, run ledger.Run, setting Setting, added *ledger.Added) error {
	setting, err := settingOf(ctx, tx, run, setting) // of a month that was closed by an older version, the book of its close
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

// PageSummaryAgrees reports whether what a run kept of itself is what follows from the rows and lines that it left. A run
// that was made with another book or policy than those in use is made anew before anybody relies on it.
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

// agreesWithEarlier reports whether a text says what was made in the way of an earlier version: those had the sums of rows
// that came in before the last close and of those that came in since in either order, no reasons, and took who sent a file
// that pxq read once more for one who sent it.
func agreesWithEarlier(made *PageSummary, body string) (bool, error) {
	kept := &PageSummary{}
	if err := json.Unmarshal([]byte(body), kept); err != nil {
		return false, nil // not what a run keeps, so it agrees with none
	}
	kept.sortRows()
	if kept.Reasons == nil {
		made.Reasons = nil
	}
	if kept.Unsent == nil {
		made.Missing = slices.DeleteFunc(made.Missing, func(provider string) bool { return slices.Contains(made.Unsent, provider) })
		made.Unsent = nil
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

// PageSummaryOf returns what a run kept of itself; nil when it kept nothing.
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
