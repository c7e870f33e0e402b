package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
)

// runFlags are the flags of run.
type runFlags struct {
	period    string
	noReports bool
}

func (a *app) runCommand() *cobra.Command {
	flags := &runFlags{}
	command := &cobra.Command{
		Use:   "run --period JJJJ-MM",
		Short: "De hele maandelijkse batch / the whole monthly batch",
		Long: `Leest wat er nieuw is in contract/, referrals/, submissions/ en decisions/, toetst elke regel, berekent de
declaratie van de periode en schrijft de werkboeken in reports/PERIODE. Nog eens draaien zonder iets nieuws
verandert niets.

Takes in what is new, judges every record, computes the declaration of the period and writes the workbooks.
Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but a file was refused whole.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runBatch(cmd.Context(), flags) },
	}
	command.Flags().StringVar(&flags.period, "period", "", "de maand die gedeclareerd wordt / the month to declare")
	command.Flags().BoolVar(&flags.noReports, "no-reports", false, "schrijf geen werkboeken / write no workbooks")
	return command
}

func (a *app) runBatch(ctx context.Context, flags *runFlags) error {
	w, book, order, err := a.openMonth(ctx, flags.period, true, "pxq run")
	if err != nil {
		return err
	}
	defer w.close()
	if run, ok, err := w.batch.Store.RunOf(ctx, order.Period); err != nil {
		return err
	} else if ok && run.Closed() {
		return w.showClosed(ctx, run, book)
	}
	groups, err := w.inbox()
	if err != nil {
		return err
	}
	imported, err := w.takeIn(ctx, groups, order.AsOf)
	if err != nil {
		return err
	}
	if imported.Refused() > 0 {
		a.status = refused
	}
	return w.judgeAndReport(ctx, order, book, imported, !flags.noReports)
}

// openMonth opens the workspace to work on one month: its settings and its book are read before anything else,
// so that an error in them stops the command before it changes anything, and other writers are kept away.
func (a *app) openMonth(ctx context.Context, text string, create bool, what string) (*workspace, *bookInUse, batch.RunInput, error) {
	none := batch.RunInput{}
	period, err := parsePeriod(text)
	if err != nil {
		return nil, nil, none, err
	}
	asOf, err := a.day()
	if err != nil {
		return nil, nil, none, err
	}
	w, err := a.openWorkspace(ctx, create)
	if err != nil {
		return nil, nil, none, err
	}
	book, err := w.book()
	if err == nil {
		err = w.lock(ctx, what)
	}
	if err != nil {
		return nil, nil, none, errors.Join(err, w.close())
	}
	return w, book, batch.RunInput{Period: period, AsOf: asOf, Book: book.book, Policy: w.settings.Policy, Fingerprint: book.fingerprint}, nil
}

// judgeAndReport judges, writes the workbooks and shows the summary.
func (w *workspace) judgeAndReport(ctx context.Context, order batch.RunInput, book *bookInUse, imported *intake.Imported, reports bool) error {
	progress := w.app.progress(w.app.text("Toetsen", "Judging"), 0)
	judged, err := w.batch.Run(ctx, order, progress.step)
	progress.end()
	if err != nil {
		return err
	}
	report, err := w.reporter().Report(ctx, judged.Run, w.setting(book))
	if err != nil {
		return err
	}
	written := &written{}
	if reports {
		if written, err = w.writeReports(ctx, judged.Run, report); err != nil {
			return err
		}
	}
	summary, err := w.reporter().Summarise(ctx, judged.Run, &report.ReportHead)
	if err != nil {
		return err
	}
	return w.app.showRun(summary, judged, imported, written)
}

// setting gives what a report is made with.
func (w *workspace) setting(book *bookInUse) report.Setting {
	return report.Setting{
		Region: w.settings.Region, Language: w.app.language, Book: book.book, Policy: w.settings.Policy, Fingerprint: book.fingerprint,
		Notes: book.notes,
	}
}

// showClosed reports a closed period again, as it was: nothing is taken in or judged.
func (w *workspace) showClosed(ctx context.Context, run ledger.Run, book *bookInUse) error {
	setting, err := w.reporter().SettingOf(ctx, run, w.setting(book))
	if err != nil {
		return err
	}
	w.app.names = setting.Book
	report, err := w.reporter().Report(ctx, run, setting)
	if err != nil {
		return err
	}
	known, err := w.batch.Store.ReportHashes(ctx, run.Month())
	if err != nil {
		return err
	}
	var written *written
	if made, err := w.batch.Store.Meta(ctx, reportsName(run.Month())); err != nil {
		return err
	} else if strings.HasSuffix(made, closedReports) {
		written, err = w.restoreReports(ctx, run, known)
		if err != nil {
			return err
		}
	} else if written, err = w.writeReports(ctx, run, report); err != nil { // the close was cut short before they were written
		return err
	}
	summary, err := w.reporter().Summarise(ctx, run, &report.ReportHead)
	if err != nil {
		return err
	}
	return w.app.showRun(summary, nil, &intake.Imported{}, written)
}
