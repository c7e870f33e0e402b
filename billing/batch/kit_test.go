package batch_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/words"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/rates"
)

const (
	providerA = "30000001"
	providerB = "30000002"
)

// day parses an ISO date.
func day(text string) billing.Date {
	date, err := billing.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return date
}

// clientNumber returns the n-th citizen service number of the range for tests.
func clientNumber(n int) string {
	for number := 999_900_006; ; number++ {
		if bsn := fmt.Sprintf("%09d", number); billing.ValidBSN(bsn) {
			if n--; n < 0 {
				return bsn
			}
		}
	}
}

// testBook is a small book: two products of one segment, one of them also in day-parts.
func testBook() *billing.Book {
	from := day("2025-01-01")
	book := &billing.Book{
		Segments: []billing.Segment{{Code: "4", Name: "Ambulant", SettledPQ: true}},
		Products: []billing.Product{
			{Code: "45A01", Name: "Begeleiding", Segment: "4", Category: "45", AllowsTime: true, AllowsDaypart: true},
			{Code: "45A02", Name: "Behandeling", Segment: "4", Category: "45", AllowsTime: true, WholeHours: true},
		},
		Municipalities: []billing.Municipality{{Code: "0855", Name: "Tilburg"}, {Code: "0784", Name: "Gilze en Rijen", Aliases: []string{"Gilze-Rijen"}}},
		Providers:      []billing.Provider{{AGB: providerA, Name: "Aanbieder A"}, {AGB: providerB, Name: "Aanbieder B"}},
		Contracts: []billing.Contract{
			{Provider: providerA, Segment: "4", From: from}, {Provider: providerB, Segment: "4", From: from},
		},
		Prices: []billing.PriceRow{
			{Product: "45A01", Unit: billing.Time, Price: 9123, From: from}, {Product: "45A01", Unit: billing.Daypart, Price: 20050, From: from},
			{Product: "45A02", Unit: billing.Time, Price: 10001, From: from, To: day("2026-10-14")},
			{Product: "45A02", Unit: billing.Time, Price: 10450, From: day("2026-10-15")},
		},
	}
	return book.Index()
}

// fileReader adapts importers.Reader to the intake.
type fileReader struct{ importers.Reader }

func (r fileReader) Read(ctx context.Context, path string, asOf billing.Date, sink billing.Sink) (*billing.FileSummary, error) {
	return r.Reader.Read(ctx, path, asOf, sink)
}

func (fileReader) Hash(path string) (string, error) { return importers.Hash(path) }

// kit is an intake and a batch with a folder for their files.
type kit struct {
	t        testing.TB
	folder   string
	intake   *intake.Intake
	batch    *batch.Batch
	reporter *report.Reporter
	book     *billing.Book
	policy   billing.Policy
}

func newKit(t testing.TB, store *ledger.Store) *kit {
	catalogue := rules.Catalogue()
	k := &kit{
		t: t, folder: t.TempDir(), book: testBook(), policy: billing.DefaultPolicy(),
		intake:   &intake.Intake{Store: store, Reader: fileReader{}, Catalogue: catalogue, Held: 1},
		batch:    &batch.Batch{Store: store, Catalogue: catalogue, Program: "pxq test"},
		reporter: &report.Reporter{Store: store, Catalogue: catalogue, Program: "pxq test"},
	}
	k.batch.KeepSummary = k.keep
	return k
}

// keep stores the summary of a run from its totals, and checks that its rows and lines give the same one.
func (k *kit) keep(ctx context.Context, tx *ledger.Tx, run ledger.Run, added *ledger.Added) error {
	setting := report.Setting{Book: k.book, Policy: k.policy, Fingerprint: run.Book}
	if err := k.reporter.KeepPageSummary(ctx, tx, run, setting, added); err != nil {
		return err
	}
	agrees, err := k.reporter.PageSummaryAgrees(ctx, tx, run, setting)
	if err == nil && !agrees {
		k.t.Errorf("what run %d keeps of %s is not what its rows and lines come to", run.ID, run.Month())
	}
	return err
}

// write makes a file in the folder and returns its path.
func (k *kit) write(name string, lines ...string) string {
	k.t.Helper()
	path := filepath.Join(k.folder, name)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		k.t.Fatal(err)
	}
	return path
}

// take takes in one group of files.
func (k *kit) take(asOf string, paths ...string) *intake.Imported {
	k.t.Helper()
	imported, err := k.intake.Import(context.Background(), [][]string{paths}, day(asOf), nil)
	if err != nil {
		k.t.Fatal(err)
	}
	return imported
}

const referralHeadings = "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Productcategorie;Ingangsdatum;Einddatum;Volume;Eenheid;Frequentie"

// permit takes in one referral without limits for each of the first clients, T0, T1, …, for provider A, and U0, U1, …
// for provider B.
func (k *kit) permit(clients int) {
	k.t.Helper()
	lines := []string{referralHeadings}
	for n := range clients {
		lines = append(lines,
			fmt.Sprintf("T%d;%s;Tilburg;%s;;45;2026-01-01;;;;", n, clientNumber(n), providerA),
			fmt.Sprintf("U%d;%s;Tilburg;%s;;45;2026-01-01;;;;", n, clientNumber(n), providerB))
	}
	imported := k.take("2026-01-02", k.write("referrals.csv", lines...))
	if len(imported.Referrals) > 0 || imported.Refused() > 0 {
		k.t.Fatalf("referrals not taken: %+v", imported)
	}
}

// run judges a period.
func (k *kit) run(period, asOf string) *batch.Judged {
	k.t.Helper()
	judged, err := k.batch.Run(context.Background(), k.order(period, asOf), nil)
	if err != nil {
		k.t.Fatal(err)
	}
	return judged
}

func (k *kit) order(period, asOf string) batch.RunInput {
	return batch.RunInput{
		Period: day(period + "-01").Period(), AsOf: day(asOf), Book: k.book, Policy: k.policy, Fingerprint: k.fingerprint(),
	}
}

// fingerprint returns equal texts for equal books and policies.
func (k *kit) fingerprint() string { return fmt.Sprint(rates.Fingerprint(k.book), k.policy) }

// rows returns every kept row as a run left it: file and row (the first under the heading is 1), outcome, codes.
func (k *kit) rows(run ledger.Run) []string {
	k.t.Helper()
	var rows []string
	err := k.reporter.EachRow(context.Background(), run, func(row *report.Row) error {
		name := strings.TrimSuffix(row.Record.File, filepath.Ext(row.Record.File))
		parts := []string{fmt.Sprintf("%s%d", name, row.Record.Row-1), row.Outcome.String()}
		if codes := words.CodesOf(row.Findings); codes != "" {
			parts = append(parts, codes)
		}
		rows = append(rows, strings.Join(parts, " "))
		return nil
	})
	if err != nil {
		k.t.Fatal(err)
	}
	slices.Sort(rows)
	return rows
}
