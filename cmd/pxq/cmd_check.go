package main

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/importers/table"
	"github.com/pxq-nl/pxq/rates"
)

// findingsShown is how many findings of a kind check names; the rest is counted.
const findingsShown = 25

func (a *app) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check BESTAND...",
		Short: "Toetst bestanden vóór het aanleveren; schrijft niets / checks files before sending; writes nothing",
		Long: `Toetst een aanlevering op alles wat zonder database te toetsen is. Geef toewijzingen en het contractenboek
erbij om ook daaraan te toetsen; zonder boek geldt dat van de werkmap of het ingebouwde.

Checks a submission on all that can be judged without the database. Referrals and the contract book may be among the files.
Exit status: 0 done, also with findings; 1 failed; 2 wrong usage; 3 a file was refused whole.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.check(cmd.Context(), args) },
	}
}

// checked is what check found in one go.
type checked struct {
	rows     int
	outcomes map[billing.Outcome]int
	byCode   map[billing.Code]int
	shown    []string
}

func (a *app) check(ctx context.Context, paths []string) error {
	asOf, err := a.day()
	if err != nil {
		return err
	}
	settings, err := readSettings(filepath.Join(a.workspace, "pxq.toml"))
	if err != nil {
		return err
	}
	if a.lang == "" {
		a.language = settings.Language
	}
	book, paths, err := a.bookAmong(paths)
	if err != nil {
		return err
	}
	store, err := ledger.OpenMemory(ctx) // nothing of it touches the disk
	if err != nil {
		return err
	}
	defer store.Close()
	b := &batch.Batch{Store: store, Catalogue: rules.Catalogue(), Program: program()}
	in := &intake.Intake{Store: store, Reader: reader{}, Catalogue: b.Catalogue}
	imported, err := in.Import(ctx, byFolder(paths), asOf, nil)
	if err != nil {
		return err
	}
	withReferrals := false
	for _, file := range imported.Files {
		withReferrals = withReferrals || file.Referrals > 0
	}
	if !withReferrals {
		b.Catalogue = withoutReferrals()
	}
	period := latestMonth(ctx, store, asOf)
	judged, err := b.Run(ctx, batch.RunInput{Period: period, AsOf: asOf, Book: book, Policy: settings.Policy}, nil)
	if err != nil {
		return err
	}
	result, err := a.gatherChecks(ctx, b, judged.Run, withReferrals)
	if err != nil {
		return err
	}
	return a.showChecked(result, imported, withReferrals)
}

// bookAmong takes the contract book out of the files, or gives that of the workspace or the built-in one.
func (a *app) bookAmong(paths []string) (*billing.Book, []string, error) {
	var books, rest []string
	for _, path := range paths {
		isBook, err := importers.IsBook(path, table.DefaultLimits())
		if err == nil && isBook {
			books = append(books, path)
			continue
		}
		rest = append(rest, path) // a file that cannot be read is refused when it is taken in
	}
	var book *billing.Book
	var found bool
	var err error
	if len(books) > 0 {
		book, found, err = importers.BookFiles(books, table.DefaultLimits())
	} else {
		book, found, err = importers.Book(filepath.Join(a.workspace, "contract"), table.DefaultLimits())
	}
	if err != nil {
		return nil, nil, err
	}
	if !found {
		book = rates.HartVanBrabant()
	}
	a.names = book
	return book, rest, nil
}

// latestMonth gives the last care month that was delivered, not after the as-of date.
func latestMonth(ctx context.Context, store *ledger.Store, asOf billing.Date) billing.Period {
	day, err := store.LastCareDate(ctx, asOf)
	if err != nil || day.IsZero() {
		return asOf.Period()
	}
	return day.Period()
}

func (a *app) gatherChecks(ctx context.Context, b *batch.Batch, run ledger.Run, withReferrals bool) (*checked, error) {
	result := &checked{outcomes: make(map[billing.Outcome]int), byCode: make(map[billing.Code]int)}
	reporter := &report.Reporter{Store: b.Store, Catalogue: b.Catalogue, Program: b.Program}
	err := reporter.EachRow(ctx, run, func(row *report.Row) error {
		result.rows++
		findings := slices.DeleteFunc(slices.Clone(row.Findings), func(f billing.Finding) bool {
			return f.Code == billing.T02 || f.Code == billing.R01 && !withReferrals // of which period it will be is not known yet
		})
		outcome := billing.Accepted
		var seen billing.CodeSet
		for _, finding := range findings {
			rule := b.Catalogue.Rule(finding.Code)
			switch {
			case rule.Severity == billing.Reject:
				outcome = billing.Rejected
			case rule.Severity == billing.Hold && outcome == billing.Accepted:
				outcome = billing.Held
			}
			if !seen.Has(finding.Code) {
				result.byCode[finding.Code]++
			}
			seen.Add(finding.Code)
			if result.byCode[finding.Code] <= findingsShown {
				result.shown = append(result.shown, fmt.Sprintf("%s: %s %s %s", cellOf(row, finding), finding.Code,
					rules.Message(rule, finding.Values, a.language), rules.Remedy(rule, finding.Values, a.language)))
			}
		}
		if row.Outcome == billing.Replaced || row.Outcome == billing.Withdrawn {
			outcome = row.Outcome
		}
		result.outcomes[outcome]++
		return nil
	})
	return result, err
}

// withoutReferrals gives the catalogue for files that come without referrals: that no referral is found says
// nothing then, and must not silence the rules that pass over rejected records.
func withoutReferrals() *billing.Catalogue {
	list := rules.All()
	for i := range list {
		if list[i].Code == billing.R01 {
			list[i].Severity = billing.Hold
		}
	}
	return billing.NewCatalogue(list)
}

// cellOf names the cell that a finding is about, as a spreadsheet shows it.
func cellOf(row *report.Row, finding billing.Finding) string {
	column := ""
	if row.Columns != nil && row.Columns.Columns[finding.Field] > 0 {
		column = table.ColumnName(row.Columns.Columns[finding.Field] - 1)
	}
	if row.Record.Sheet == "" {
		return fmt.Sprintf("%s!%s%d", row.Record.File, column, row.Record.Row)
	}
	return fmt.Sprintf("%s, %s!%s%d", row.Record.File, row.Record.Sheet, column, row.Record.Row)
}

func (a *app) showChecked(result *checked, imported *intake.Imported, withReferrals bool) error {
	if imported.Refused() > 0 {
		a.status = refused
	}
	if a.json {
		codes := object{}
		for code, count := range result.byCode {
			codes[code.String()] = count
		}
		return a.writeJSON(object{"rows": result.rows, "rejected": result.outcomes[billing.Rejected], "held": result.outcomes[billing.Held],
			"without_objection": result.outcomes[billing.Accepted], "codes": codes, "findings": listOf(result.shown), "imported": importedJSON(imported, a.language)})
	}
	a.printImported(imported)
	for _, line := range result.shown {
		fmt.Fprintln(a.out, line)
	}
	for _, code := range slices.Sorted(maps.Keys(result.byCode)) {
		if count := result.byCode[code]; count > findingsShown {
			fmt.Fprintf(a.out, "%s: %s %s\n", code, a.text("en nog", "and more:"), a.count(count-findingsShown))
		}
	}
	fmt.Fprintf(a.out, a.text("\n%s zorgregels: %s zonder bezwaar, %s voor een controller, %s af te wijzen", "\n%s care records: %s without objection, %s for a controller, %s to be rejected"),
		a.count(result.rows), a.count(result.outcomes[billing.Accepted]), a.count(result.outcomes[billing.Held]), a.count(result.outcomes[billing.Rejected]))
	if passed := result.outcomes[billing.Replaced] + result.outcomes[billing.Withdrawn]; passed > 0 {
		fmt.Fprintf(a.out, a.text(", %s vervangen of ingetrokken", ", %s replaced or withdrawn"), a.count(passed))
	}
	fmt.Fprintln(a.out, a.text(". Er is niets bewaard.", ". Nothing was kept."))
	if !withReferrals {
		fmt.Fprintln(a.out, a.text("Zonder toewijzingen erbij is daaraan niet getoetst.", "Without referrals nothing was held against them."))
	}
	return nil
}
