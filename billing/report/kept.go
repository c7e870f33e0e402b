package report

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// Kept is what a run keeps of itself for the pages: totals that name no client, by provider and municipality, so that
// whoever may see only a part adds up that part.
type Kept struct {
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
	Signals  int
	LeftOut  int
	Debts    []Debt
}

// Closed reports whether the declaration is final.
func (k *Kept) Closed() bool { return k.ClosedOn != 0 }

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

// Keep keeps what a run came to, in the transaction that made it.
func (r *Reporter) Keep(ctx context.Context, tx *ledger.Tx, run ledger.Run, setting Setting) error {
	body, err := r.keptText(ctx, tx, run, setting)
	if err != nil {
		return err
	}
	return tx.KeepSummary(ctx, run.ID, body)
}

// KeptAgrees reports whether what a run kept of itself is what follows from the rows and lines that it left. A run that
// was made with another book or policy than those in use is made anew before anybody relies on it.
func (r *Reporter) KeptAgrees(ctx context.Context, tx *ledger.Tx, run ledger.Run, setting Setting) (bool, error) {
	kept, err := tx.SummaryOf(ctx, run.ID)
	if err != nil || kept == "" {
		return true, err
	}
	setting, err = settingOf(ctx, tx, run, setting)
	if err != nil || setting.Fingerprint != run.Book {
		return true, err
	}
	made, err := r.MakeKept(ctx, tx, run, setting)
	if err != nil {
		return false, err
	}
	body, err := keptBody(made)
	if err != nil || body == kept {
		return err == nil, err
	}
	return agreesWithEarlier(made, kept)
}

// agreesWithEarlier reports whether a text says what was made in the way of an earlier version: those had the sums of rows
// that came in before the last close and of those that came in since in either order, and no reasons.
func agreesWithEarlier(made *Kept, body string) (bool, error) {
	kept := &Kept{}
	if err := json.Unmarshal([]byte(body), kept); err != nil {
		return false, nil // not what a run keeps, so it agrees with none
	}
	kept.sortRows()
	if kept.Reasons == nil {
		made.Reasons = nil
	}
	old, err := keptBody(kept)
	if err != nil {
		return false, err
	}
	now, err := keptBody(made)
	return old == now, err
}

func (r *Reporter) keptText(ctx context.Context, tx *ledger.Tx, run ledger.Run, setting Setting) (string, error) {
	kept, err := r.MakeKept(ctx, tx, run, setting)
	if err != nil {
		return "", err
	}
	return keptBody(kept)
}

func keptBody(kept *Kept) (string, error) {
	body, err := json.Marshal(kept)
	if err != nil {
		return "", fmt.Errorf("keep the summary: %w", err)
	}
	return string(body), nil
}

// KeptOf returns what a run kept of itself; nil when it kept nothing.
func KeptOf(ctx context.Context, tx *ledger.Tx, run ledger.Run) (*Kept, error) {
	body, err := tx.SummaryOf(ctx, run.ID)
	if err != nil || body == "" {
		return nil, err
	}
	kept := &Kept{}
	if err := json.Unmarshal([]byte(body), kept); err != nil {
		return nil, fmt.Errorf("read the summary of run %d: %w", run.ID, err)
	}
	return kept, nil
}

// MakeKept adds up what a run came to.
func (r *Reporter) MakeKept(ctx context.Context, tx *ledger.Tx, run ledger.Run, setting Setting) (*Kept, error) {
	since, err := tx.SinceClose(ctx, run.ID)
	if err != nil {
		return nil, err
	}
	rows, recounted, err := tx.RowTotals(ctx, run, since, setting.Policy.RecalculateFrom)
	if err != nil {
		return nil, err
	}
	lines, err := tx.LineTotals(ctx, run)
	if err != nil {
		return nil, err
	}
	head := &ReportHead{Period: run.Month(), Book: setting.Book, Policy: setting.Policy, Fingerprint: setting.Fingerprint, Catalogue: r.Catalogue}
	g := &gathering{tx, run, since, head}
	for _, fill := range []func(context.Context) error{g.files, g.leftOut, g.money, g.causes} {
		if err := fill(ctx); err != nil {
			return nil, err
		}
	}
	if head.Missing, err = missing(ctx, tx, since, senders(rows, head.Files)); err != nil {
		return nil, err
	}
	kept := &Kept{
		Run: run.ID, Period: run.Month(), AsOf: billing.Date(run.AsOf), ClosedOn: billing.Date(run.ClosedOn), Head: run.Head, Inputs: run.Inputs, Files: len(head.Files),
		Payments: head.Payments, Ceilings: head.Ceilings, Causes: head.Causes, Missing: head.Missing, LeftOut: len(head.LeftOut), Debts: head.LastingDebts(),
	}
	kept.addFiles(head.Files)
	if err := kept.addRows(rows, r.Catalogue); err != nil {
		return nil, err
	}
	declared := billing.Money(0)
	for _, line := range lines {
		declared += line.Amount
		kept.Lines = append(kept.Lines, LinePart{
			Provider: line.Provider, Municipality: line.Municipality, Product: line.Product, Unit: line.Unit, Kind: line.Kind, CareMonth: line.CareMonth,
			Late: line.CareMonth < run.Month(), Lines: line.Lines, Quantity: line.Quantity, Amount: line.Amount,
		})
	}
	if kept.Signals, err = tx.CountSignals(ctx, run.Month()); err != nil {
		return nil, err
	}
	kept.Gap = newGap(rows, recounted, declared)
	return kept, nil
}

func (k *Kept) addFiles(files []FileIn) {
	again := make(map[AgainSum]int)
	received := make(map[ReceivedSum]int)
	for _, file := range files {
		k.Read += file.Rows
		k.Skipped += file.Totals + file.Empty
		for _, a := range file.Again {
			again[AgainSum{Provider: a.Provider, Municipality: a.Municipality}] += a.Rows
		}
		if file.Rows > 0 {
			received[ReceivedSum{Day: file.Received, Provider: file.Provider}] += file.Rows
		}
	}
	for key, rows := range again {
		key.Rows = rows
		k.Again = append(k.Again, key)
	}
	slices.SortFunc(k.Again, func(a, b AgainSum) int {
		return cmp.Or(strings.Compare(a.Provider, b.Provider), strings.Compare(a.Municipality, b.Municipality))
	})
	for key, rows := range received {
		key.Rows = rows
		k.Received = append(k.Received, key)
	}
	slices.SortFunc(k.Received, func(a, b ReceivedSum) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), strings.Compare(a.Provider, b.Provider))
	})
}

func (k *Kept) addRows(rows []ledger.RowTotal, catalogue *billing.Catalogue) error {
	type key struct {
		provider, municipality, codes string
		outcome                       billing.Outcome
		earlier                       bool
	}
	sums := make(map[key]*Sum)
	for i := range rows {
		row := &rows[i]
		at := key{provider: row.Provider, municipality: row.Municipality, outcome: row.Outcome, earlier: row.Earlier}
		if row.Outcome == billing.Held || row.Outcome == billing.Rejected {
			at.codes = row.Codes
		}
		if sums[at] == nil {
			sums[at] = &Sum{}
		}
		sums[at].add(row.Rows, row.Amount())
	}
	for at, sum := range sums {
		codes, err := words.Codes(at.codes)
		if err != nil {
			return err
		}
		codes = slices.DeleteFunc(codes, func(code billing.Code) bool { return catalogue.Severity(code) < billing.Hold })
		k.Rows = append(k.Rows, RowSum{Provider: at.provider, Municipality: at.municipality, Outcome: at.outcome, Codes: codes, Earlier: at.earlier, Sum: *sum})
	}
	k.sortRows()
	return k.addReasons(rows, catalogue)
}

// addReasons counts why rows are held or rejected, the most frequent reason first.
func (k *Kept) addReasons(rows []ledger.RowTotal, catalogue *billing.Catalogue) error {
	reasons := make(map[billing.Code]*Reason)
	for i := range rows {
		row := &rows[i]
		if row.Outcome != billing.Held && row.Outcome != billing.Rejected {
			continue
		}
		codes, err := words.Codes(row.Codes)
		if err != nil {
			return err
		}
		for _, code := range codes {
			if catalogue.SeverityFor(code, originOf(row)) == billing.Signal {
				continue
			}
			if reasons[code] == nil {
				reasons[code] = &Reason{Code: code}
			}
			reasons[code].add(row.Rows, row.Amount())
		}
	}
	k.Reasons = make([]Reason, 0, len(reasons)) // also of none: nil is not known
	for _, reason := range reasons {
		k.Reasons = append(k.Reasons, *reason)
	}
	slices.SortFunc(k.Reasons, func(a, b Reason) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code)) })
	return nil
}

func originOf(row *ledger.RowTotal) billing.Origin {
	if row.Prestatie {
		return billing.FromMessage
	}
	return billing.FromSpreadsheet
}

// sortRows puts the sums of rows in one order, whatever order they were made in.
func (k *Kept) sortRows() {
	slices.SortFunc(k.Rows, func(a, b RowSum) int {
		return cmp.Or(strings.Compare(a.Provider, b.Provider), strings.Compare(a.Municipality, b.Municipality), cmp.Compare(a.Outcome, b.Outcome),
			slices.Compare(a.Codes, b.Codes), compareBool(a.Earlier, b.Earlier), cmp.Compare(a.Count, b.Count), cmp.Compare(a.Amount, b.Amount))
	})
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
