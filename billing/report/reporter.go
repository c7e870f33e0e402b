package report

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Reporter queries a store.
type Reporter struct {
	Store     *ledger.Store
	Catalogue *billing.Catalogue
	Program   string // name and version
}

// Setting is what a report needs in addition to the store.
type Setting struct {
	Region      string
	Language    string
	Book        *billing.Book
	Policy      billing.Policy
	SecondFrom  billing.Money // amount from which a decision needs a second controller; 0 for never
	Fingerprint string        // of the book
	Notes       []billing.Text
}

// SettingOf returns the setting for showing a run: for a closed run, with the book and the policy stored at its close.
func (r *Reporter) SettingOf(ctx context.Context, run ledger.Run, setting Setting) (Setting, error) {
	err := r.Store.Read(ctx, func(tx *ledger.Tx) (err error) {
		setting, err = settingOf(ctx, tx, run, setting)
		return err
	})
	return setting, err
}

func settingOf(ctx context.Context, tx *ledger.Tx, run ledger.Run, setting Setting) (Setting, error) {
	if !run.Closed() {
		return setting, nil
	}
	book, policy, ok, err := tx.Book(ctx, run)
	if err != nil || !ok {
		return setting, err
	}
	setting.Book, setting.Policy, setting.Fingerprint = book, policy, run.Book
	return setting, nil
}

// Report returns the data of the workbooks of a run's period. Its lines, rows and signals are read when they are streamed.
func (r *Reporter) Report(ctx context.Context, run ledger.Run, setting Setting) (*Report, error) {
	report := &Report{ReportHead: ReportHead{
		Region: setting.Region, Language: setting.Language, Period: run.Month(), AsOf: run.AsOf, Closed: run.Closed(),
		ChainHead: run.Head, Program: run.Program, Fingerprint: setting.Fingerprint, Book: setting.Book, Policy: setting.Policy,
		Catalogue: r.Catalogue, Notes: setting.Notes, SecondFrom: setting.SecondFrom,
	}}
	err := r.Store.Read(ctx, func(tx *ledger.Tx) error {
		since, err := tx.SinceClose(ctx, run.ID)
		if err != nil {
			return err
		}
		kept, err := PageSummaryOf(ctx, tx, run)
		if err != nil {
			return err
		}
		g := &gathering{tx, run, since, &report.ReportHead}
		fills := []func(context.Context) error{g.files, g.leftOut, g.waiting, g.notSent, g.missing, g.money, g.causes}
		if kept.isWhole() {
			g.take(kept)
			fills = []func(context.Context) error{g.files, g.leftOut, g.waiting, g.notSent, g.earlier}
		}
		for _, fill := range fills {
			if err := fill(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	report.Lines = func(ctx context.Context, visit func(*billing.DeclaredLine) error) error {
		return ahead(ctx, []ledger.Run{run}, r.Store.EachLine, visit)
	}
	report.Signals = func(ctx context.Context, visit func(*Signal) error) error {
		return r.Store.Read(ctx, func(tx *ledger.Tx) error { return eachSignal(ctx, tx, run, visit) })
	}
	report.Rows = func(ctx context.Context, visit func(*Row) error) error {
		return r.reportRows(ctx, run, setting, nil, visit)
	}
	report.RowsOf = func(ctx context.Context, providers []string, quiet bool, visit func(*Row) error) error {
		return r.reportRows(ctx, run, setting, &ledger.Some{Providers: providers, Quiet: quiet}, visit)
	}
	report.Clients = func(ctx context.Context, numbers []string) (clients map[string]bool, err error) {
		err = r.Store.Read(ctx, func(tx *ledger.Tx) error {
			clients, err = tx.ClientsAmong(ctx, numbers)
			return err
		})
		return clients, err
	}
	return report, nil
}

// gathering fills in the head of a report from one state of the store.
type gathering struct {
	tx    *ledger.Tx
	run   ledger.Run
	since ledger.Since
	head  *ReportHead
}

// take fills in what the run has stored in its page summary.
func (g *gathering) take(kept *PageSummary) {
	g.head.Missing, g.head.Payments, g.head.Ceilings, g.head.Causes = kept.Missing, kept.Payments, kept.Ceilings, kept.Causes
}
