package batch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// returnsOf gives the return file and the outcome of every row of a run's report, and where the rows already received are counted.
func (k *kit) returnsOf(run ledger.Run) string {
	k.t.Helper()
	report, err := k.batch.Report(k.t.Context(), run, batch.Setting{Book: k.book, Policy: k.policy})
	if err != nil {
		k.t.Fatal(err)
	}
	var found []string
	if err := report.Rows(k.t.Context(), func(row *batch.Row) error {
		found = append(found, fmt.Sprint(row.Record.Reference, " ", row.ReturnTo, " ", row.Outcome))
		return nil
	}); err != nil {
		k.t.Fatal(err)
	}
	slices.Sort(found)
	for i := range report.Files {
		for _, again := range report.Files[i].Again {
			found = append(found, fmt.Sprintf("again %d %s", again.Rows, again.ReturnTo))
		}
	}
	return strings.Join(found, "; ")
}

// TestUnknownProvidersGoBackToTheSender: a row with a code that is not in the book goes back to the provider with most
// rows in its file, like one whose code cannot be read; also when it was received before. Where the book does not have
// the sender either, it stays what it was. Mended and sent again it counts.
func TestUnknownProvidersGoBackToTheSender(t *testing.T) {
	const unknown, stranger = "30000009", "30000008"
	ledgertest.EachDatabase(t, func(t *testing.T, open func() *ledger.Store) {
		k := newKit(t, open())
		k.permit(1)
		care := func(reference, provider string) string {
			return strings.Join([]string{reference, provider, clientNumber(0), "", "45A01", "2026-10-06", "uur", reference[1:]}, ";") // no two alike
		}
		const headings = "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal"
		lines := []string{headings, care("R1", providerA), care("R2", providerA), care("R3", unknown), care("R4", "12"), care("R5", providerB)}
		k.take("2026-11-05", k.write("a.csv", lines...))
		k.take("2026-11-05", k.write("b.csv", headings, care("S1", stranger), care("S2", stranger), care("S3", unknown)))
		const rows = "R1 30000001 accepted; R2 30000001 accepted; R3 30000001 rejected; R4 30000001 rejected; R5 " + providerB +
			" accepted; S1 30000008 rejected; S2 30000008 rejected; S3 30000009 rejected"
		if got := k.returnsOf(k.run("2026-10", "2026-11-05").Run); got != rows {
			t.Errorf("got  %s\nwant %s", got, rows)
		}
		k.take("2026-11-06", k.write("c.csv", headings, care("R1", providerA), care("R2", providerA), care("R3", unknown)))
		const want = rows + "; again 2 30000001; again 1 30000001"
		if got := k.returnsOf(k.run("2026-10", "2026-11-06").Run); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		k.take("2026-11-07", k.write("d.csv", headings, care("R3", providerA)))
		if got := k.returnsOf(k.run("2026-10", "2026-11-07").Run); !strings.Contains(got, "R3 30000001 accepted") {
			t.Errorf("mended and sent again: %s", got)
		}
	})
}
