package batch_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
	"github.com/pxq-nl/pxq/billing/report"
)

const yearHeadings = "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal"

// care returns a row of client n at a provider.
func care(reference, provider string, n int, date, unit, quantity string) string {
	referral := fmt.Sprintf("T%d", n)
	if provider == providerB {
		referral = fmt.Sprintf("U%d", n)
	}
	return strings.Join([]string{reference, provider, clientNumber(n), referral, "45A01", date, unit, quantity}, ";")
}

func (k *kit) year(year int) *report.Year {
	k.t.Helper()
	statement, err := k.reporter.Year(context.Background(), year, report.Setting{
		Region: "Proef", Language: "nl", Book: k.book, Policy: k.policy, Fingerprint: k.fingerprint(),
	}, nil)
	if err != nil {
		k.t.Fatal(err)
	}
	return statement
}

// shown formats a statement: its header, its totals and its shares.
func shown(y *report.Year) string {
	var text strings.Builder
	fmt.Fprintf(&text, "until %s, open %s, ends with %s, waiting %d\n", y.Until, y.Open, y.FinalWith, y.Waiting)
	for _, t := range y.Totals {
		fmt.Fprintf(&text, "%s %s %s %s: %s, %d for %s, %d for %s; held %d, %s for %s; open %d for %s\n", t.CareMonth, t.Municipality, t.Provider, t.Product,
			t.Quantity.Format(t.Unit), t.Debits, t.Debit, t.Credits, t.Credit, t.Held.Count, t.HeldQuantity.Format(t.Unit), t.Held.Amount, t.Open.Count, t.Open.Amount)
	}
	for _, s := range y.Shares {
		fmt.Fprintf(&text, "in %s %s: %s and %s of %s\n", s.Period, s.Provider, s.Debit, s.Credit, s.Whole)
	}
	for _, s := range y.Ledger {
		fmt.Fprintf(&text, "ledger %s %s: %d for %s, %d for %s\n", s.Municipality, s.Provider, s.Debits, s.Debit, s.Credits, s.Credit)
	}
	for _, p := range y.Periods {
		fmt.Fprintf(&text, "period %s %s\n", p.Period, p.ClosedOn)
	}
	return text.String()
}

func differs(t *testing.T, what, got, want string) {
	t.Helper()
	if want = strings.ReplaceAll(strings.TrimLeft(want, "\n"), "\t", ""); got != want {
		t.Errorf("%s:\n%s\ngot\n%s", what, difference(want, got), got)
	}
}

// TestYear plays a year with late care, a correction, a withdrawal and held records, whose last month is declared in
// the next year.
func TestYear(t *testing.T) {
	ledgertest.EachDatabase(t, func(t *testing.T, open func() *ledger.Store) {
		k := newKit(t, open())
		k.permit(3)
		k.take("2026-12-03", k.write("1.csv", yearHeadings,
			care("R1", providerA, 0, "2026-11-05", "uur", "1"), care("R2", providerA, 0, "2026-11-06", "minuut", "50"),
			care("R3", providerA, 2, "2026-11-09", "minuut", "721,01"), care("R4", providerA, 2, "2026-11-10", "minuut", "721,01"), // held, each rounded
			care("S1", providerB, 1, "2026-11-05", "dagdeel", "1,5")))
		k.run("2026-11", "2026-12-03")
		differs(t, "before any close", shown(k.year(2026)), `
			until , open 2026-11, ends with 2027-03, waiting 0
			2026-11 0855 30000001 45A01: 0.0000, 0 for 0.00, 0 for 0.00; held 2, 24.0337 for 2192.60; open 1 for 167.26
			2026-11 0855 30000002 45A01: 0.00, 0 for 0.00, 0 for 0.00; held 0, 0.00 for 0.00; open 1 for 300.75
			in 2026-11 30000001: 167.26 and 0.00 of 167.26
			in 2026-11 30000002: 300.75 and 0.00 of 300.75
			period 2026-11 
			`)
		k.close("2026-11", "2026-12-03")
		k.take("2027-01-04", k.write("2.csv", yearHeadings, care("R1", providerA, 0, "2026-11-05", "uur", "3"), care("R5", providerA, 1, "2026-11-30", "uur", "1"),
			care("R6", providerA, 0, "2026-12-31", "uur", "1"), care("S1", providerB, 1, "2026-11-05", "dagdeel", "0")))
		k.close("2026-12", "2027-01-04")
		k.take("2027-02-04", k.write("3.csv", yearHeadings, care("R7", providerA, 0, "2027-01-01", "uur", "2"), care("R8", providerA, 1, "2026-12-31", "uur", "4")))
		k.run("2027-01", "2027-02-04")
		k.take("2027-02-05", k.write("4.csv", yearHeadings, care("R9", providerA, 1, "2026-12-30", "uur", "4")))
		differs(t, "2026", shown(k.year(2026)), `
			until 2026-12, open 2027-01, ends with 2027-03, waiting 1
			2026-11 0855 30000001 45A01: 4.8333, 3 for 608.21, 1 for -167.26; held 2, 24.0337 for 2192.60; open 0 for 0.00
			2026-12 0855 30000001 45A01: 1.0000, 1 for 91.23, 0 for 0.00; held 0, 0.0000 for 0.00; open 1 for 364.92
			2026-11 0855 30000002 45A01: 0.00, 1 for 300.75, 1 for -300.75; held 0, 0.00 for 0.00; open 0 for 0.00
			in 2026-11 30000001: 167.26 and 0.00 of 167.26
			in 2026-11 30000002: 300.75 and 0.00 of 300.75
			in 2026-12 30000001: 532.18 and -167.26 of 364.92
			in 2026-12 30000002: 0.00 and -300.75 of -300.75
			in 2027-01 30000001: 364.92 and 0.00 of 547.38
			ledger 0855 30000001: 4 for 699.44, 1 for -167.26
			ledger 0855 30000002: 1 for 300.75, 1 for -300.75
			period 2026-11 2026-12-03
			period 2026-12 2027-01-04
			period 2027-01 
			`)
		differs(t, "2027", shown(k.year(2027)), `
			until 2026-12, open 2027-01, ends with 2028-03, waiting 0
			2027-01 0855 30000001 45A01: 0.0000, 0 for 0.00, 0 for 0.00; held 0, 0.0000 for 0.00; open 1 for 182.46
			in 2027-01 30000001: 182.46 and 0.00 of 547.38
			period 2027-01 
			`)
	})
}

// TestYearAfterTheClose checks what may still change a year that was closed: a decision on a declared record, and
// another book. A provider that was removed from the book keeps the name that it had at the last close.
func TestYearAfterTheClose(t *testing.T) {
	ledgertest.EachDatabase(t, func(t *testing.T, open func() *ledger.Store) {
		k := newKit(t, open())
		k.permit(1)
		k.take("2026-12-03", k.write("1.csv", yearHeadings+";Gemeente", care("R1", providerA, 0, "2026-11-05", "uur", "1")+";Tilburg"))
		k.close("2026-11", "2026-12-03")
		if y := k.year(2026); y.BookChanged || y.Totals[0].Asked.Count != 0 || y.Since != day("2026-11-01").Period() {
			t.Errorf("after the close: %+v", y)
		}
		k.take("2026-12-20", k.write("2.csv", referralHeadings, "T0;"+clientNumber(0)+";Gilze en Rijen;"+providerA+";;45;2026-01-01;;;;"))
		k.run("2026-12", "2027-01-04")
		y := k.year(2026)
		asked := report.Sum{}
		for _, total := range y.Totals {
			asked.Count += total.Asked.Count
			asked.Amount += total.Asked.Amount
		}
		if asked != (report.Sum{Count: 1, Amount: 91_23}) || y.BookChanged {
			t.Errorf("asked %+v, book changed %v", asked, y.BookChanged)
		}
		k.book.Providers = k.book.Providers[1:] // without provider A
		k.book.Index()
		if y := k.year(2026); !y.BookChanged || y.Book.Provider(providerA).Name != "Aanbieder A" {
			t.Errorf("without the provider: %+v", y)
		}
	})
}

// TestYearRefused checks the texts with which a statement is refused: of nothing, and of a ledger that was changed.
func TestYearRefused(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		address := fresh()
		k := newKit(t, ledgertest.Open(t, address))
		k.permit(1)
		refused := func(year int, words string) {
			t.Helper()
			_, err := k.reporter.Year(t.Context(), year, report.Setting{Book: k.book, Policy: k.policy}, nil)
			refusal, ok := err.(intake.Refusal)
			if !ok || !strings.Contains(refusal.In("nl"), words) || refusal.In("en") == refusal.In("nl") || strings.Contains(refusal.In("en")+refusal.In("nl"), "%!") {
				t.Errorf("%d: %v, want %s", year, err, words)
			}
		}
		refused(2026, "nog geen periode berekend")
		k.run("2026-11", "2026-12-03")
		refused(2026, "niets in uitval, ook niet van een ander jaar")
		k.take("2026-12-03", k.write("1.csv", yearHeadings, care("R1", providerA, 0, "2026-11-05", "uur", "1")))
		k.close("2026-11", "2026-12-03")
		refused(2025, "Er is zorg van: 2026. Geef bijvoorbeeld --year 2026")
		if err := k.batch.Store.Write(t.Context(), func(tx *ledger.Tx) error { return tx.Unguard(t.Context()) }); err != nil {
			t.Fatal(err)
		}
		ledgertest.Execute(t, address, "UPDATE lines SET amount = amount + 1")
		refused(2026, "De keten van het grootboek klopt niet, daarom is er geen verantwoording gemaakt. Regel 2026-11-000001 past niet")
	})
}

// TestYearsAreTheLedger checks, after random steps, that the statements of all years together are the ledger, and that
// each agrees with the lines that prove it and with what was declared in the periods.
func TestYearsAreTheLedger(t *testing.T) {
	try(t, 25, func(draw *rapid.T) {
		k, done := inMemory(t, draw)
		defer done()
		k.permit(3)
		w := newWorld(draw, k)
		for range w.number("steps", 1, 12) {
			w.step()
		}
		run := w.judge(w.period)
		w.statements(run)
	})
}

func (w *world) statements(run ledger.Run) {
	ctx, all, held, open := context.Background(), billing.Money(0), 0, billing.Money(0)
	years, err := w.batch.Store.CareYears(ctx, run)
	if err != nil {
		w.draw.Fatal(err)
	}
	for _, year := range years {
		y := w.year(year)
		var totals, shares, lines report.LineSum
		for _, t := range y.Totals {
			totals.Merge(t.LineSum)
			held += t.Held.Count
			open += t.Open.Amount
		}
		for _, s := range y.Shares {
			if s.Period != y.Open {
				shares.Merge(s.LineSum)
			}
		}
		for _, s := range y.Ledger {
			lines.Merge(s.LineSum)
		}
		if totals != lines || shares != lines {
			w.draw.Errorf("%s\n%d: totals %+v, shares %+v, lines %+v", strings.Join(w.told, "\n"), year, totals, shares, lines)
		}
		all += totals.Net()
	}
	final, declared := billing.Money(0), billing.Money(0)
	sum := func(to *billing.Money) func(*billing.DeclaredLine) error {
		return func(line *billing.DeclaredLine) error {
			*to += line.Amount
			return nil
		}
	}
	closed, err := w.batch.Store.ClosedRuns(ctx)
	if err != nil {
		w.draw.Fatal(err)
	}
	for _, before := range closed {
		if err := w.batch.Store.EachChained(ctx, before.Month(), func(line *ledger.ChainedLine) error { return sum(&final)(&line.DeclaredLine) }); err != nil {
			w.draw.Fatal(err)
		}
	}
	if err := w.batch.Store.EachLine(ctx, run, sum(&declared)); err != nil {
		w.draw.Fatal(err)
	}
	rows := slices.DeleteFunc(w.rows(run), func(row string) bool { return !strings.Contains(row, " held") })
	if all != final || open != declared || held != len(rows) {
		w.draw.Errorf("%s\nthe years have %s, %s open and %d held; the ledger %s, %s and %d", strings.Join(w.told, "\n"), all, open, held, final, declared, len(rows))
	}
}
