package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports"
)

func (a *app) reportCommand() *cobra.Command {
	year := ""
	command := &cobra.Command{
		Use:   "report --year JJJJ",
		Short: "De productieverantwoording van een jaar / the production statement of a year",
		Long: `Schrijft in reports/JAAR wat de zorg van een kalenderjaar werd, per gemeente, aanbieder, product en maand: gedeclareerd,
gecrediteerd en nog in uitval, uit de afgesloten perioden. De keten van het grootboek wordt eerst nagerekend; elk
werkboek noemt haar hoofd. De aanbieder ondertekent de zijne. Voorlopig zolang er zorg van dat jaar kan binnenkomen,
of iets ervan in uitval of nog niet afgesloten is.

Writes the yearly statement into reports/YEAR: what the care of a calendar year came to by municipality, provider,
product and month, drawn from the closed periods once the chain of the ledger was proven.
Exit status: 0 done; 1 failed; 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.report(cmd.Context(), year) },
	}
	command.Flags().StringVar(&year, "year", "", "het jaar waarin de zorg is geleverd / the year in which the care was delivered")
	return command
}

// parseYear reads the flag --year.
func parseYear(text string) (int, error) {
	if text == "" {
		return 0, usage("geef het jaar: --year 2026.", "give the year: --year 2026.")
	}
	year, err := strconv.Atoi(text)
	if err != nil || len(text) != len("2026") || year < 1000 {
		return 0, usage("--year is een jaar als 2026, niet ‘%s’.", "--year is a year like 2026, not “%s”.", text)
	}
	return year, nil
}

// report locks other writers out: workbooks are written, and must all be of one state of the ledger.
func (a *app) report(ctx context.Context, text string) error {
	year, err := parseYear(text)
	if err != nil {
		return err
	}
	w, err := a.openWorkspace(ctx, false)
	if err != nil {
		return err
	}
	defer w.close()
	book, err := w.book()
	if err != nil {
		return err
	}
	if err := w.lock(ctx, "pxq report"); err != nil {
		return err
	}
	progress := a.progress(a.text("Grootboek narekenen", "Recomputing the ledger"), 0)
	statement, err := w.reporter().Year(ctx, year, w.setting(book), progress.step)
	progress.end()
	if err != nil {
		return err
	}
	written, err := w.writeYear(ctx, statement)
	if err != nil {
		return err
	}
	if a.json {
		return a.writeJSON(yearJSON(statement, written))
	}
	a.printYear(statement, written)
	return nil
}

// writeYear writes the workbooks of a year. They are always made anew: it takes seconds, and gives the same bytes.
func (w *workspace) writeYear(ctx context.Context, year *report.Year) (*written, error) {
	folder := filepath.Join(w.folder, "reports", strconv.Itoa(year.Year))
	key := ledger.ReportsOfYear(year.Year)
	known, err := w.batch.Store.ReportHashes(ctx, key)
	if err != nil {
		return nil, err
	}
	progress := w.app.progress(w.app.text("Werkboeken schrijven", "Writing workbooks"), 0)
	defer progress.end()
	files, kept, err := reports.Replace(folder, known, func(dir string) ([]reports.File, error) {
		return reports.WriteYear(ctx, dir, year)
	})
	if err != nil {
		return nil, err
	}
	reports := make([]ledger.KeptReport, len(files))
	for i, file := range files {
		reports[i] = ledger.KeptReport{Name: file.Name, SHA256: file.SHA256}
	}
	return &written{folder: folder, files: fileNames(files), kept: kept}, w.batch.Store.Write(ctx, func(tx *ledger.Tx) error {
		return tx.KeepReports(ctx, key, reports)
	})
}

// yearSums is a year in five numbers.
type yearSums struct {
	final      report.LineSum
	held, open report.Sum
}

func sumsOf(year *report.Year) yearSums {
	var sums yearSums
	for i := range year.Totals {
		total := &year.Totals[i]
		sums.final.Merge(total.LineSum)
		sums.held = sums.held.Plus(total.Held)
		sums.open = sums.open.Plus(total.Open)
	}
	return sums
}

func (a *app) printYear(year *report.Year, written *written) {
	reasons, sums := reports.Provisional(year), sumsOf(year)
	state := a.text("DEFINITIEF", "FINAL")
	if len(reasons) > 0 {
		state = a.text("VOORLOPIG", "PROVISIONAL")
	}
	fmt.Fprintf(a.out, "\n%s %d – %s\n", a.text("Productieverantwoording", "Production statement"), year.Year, state)
	lines, records := a.text("declaratieregels", "lines"), a.text("zorgregels", "records")
	for _, row := range []struct {
		label  string
		sum    report.Sum
		counts string
	}{
		{a.text("gedeclareerd", "declared"), report.Sum{Count: sums.final.Debits, Amount: sums.final.Debit}, lines},
		{a.text("gecrediteerd", "credited"), report.Sum{Count: sums.final.Credits, Amount: sums.final.Credit}, lines},
		{a.text("netto", "net"), report.Sum{Count: sums.final.Lines(), Amount: sums.final.Net()}, lines},
		{a.text("in uitval", "held"), sums.held, records},
		{a.text("nog niet afgesloten", "not closed yet"), sums.open, lines},
	} {
		fmt.Fprintf(a.out, "  %-20s %16s %9s %s\n", row.label, a.euros(row.sum.Amount), a.count(row.sum.Count), row.counts)
	}
	if len(reasons) > 0 {
		fmt.Fprintf(a.out, "\n%s\n", a.text("Waarom voorlopig", "Why provisional"))
	}
	for _, reason := range reasons {
		fmt.Fprintf(a.out, "  • %s\n", reason)
	}
	a.printWritten(written)
	if year.Head != "" {
		fmt.Fprintf(a.out, "%s\n  %s\n", a.text("Hoofd van de keten:", "Head of the chain:"), year.Head)
	}
}

// yearJSON is a year for programs: amounts in euros with two decimals, as texts.
func yearJSON(year *report.Year, written *written) object {
	reasons, sums := reports.Provisional(year), sumsOf(year)
	return object{
		"year": year.Year, "final": len(reasons) == 0, "reasons": listOf(reasons), "closed_until": year.Until.String(), "head": year.Head,
		"lines": sums.final.Lines(), "debit": sums.final.Debit.String(), "credit": sums.final.Credit.String(), "net": sums.final.Net().String(),
		"held": sumJSON(sums.held), "not_closed": object{"lines": sums.open.Count, "amount": sums.open.Amount.String()},
		"reports": written.folder, "workbooks": listOf(written.files), "kept": listOf(written.kept),
	}
}
