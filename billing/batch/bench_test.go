package batch_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// benchRecords is the number of records that a benchmark takes in, of one client for every thirty. PXQ_BENCH_RECORDS
// sets another number.
func benchRecords(b *testing.B) int {
	text := os.Getenv("PXQ_BENCH_RECORDS")
	if text == "" {
		return 30_000
	}
	records, err := strconv.Atoi(text)
	if err != nil {
		b.Fatal(err)
	}
	return records
}

// madeReader makes records instead of reading them: files named referrals, and months that differ by name.
type madeReader struct {
	records int
	clients []string
}

func newMadeReader(records int) *madeReader {
	m := &madeReader{records: records}
	for number := 999_900_006; len(m.clients) < max(1, records/30); number++ {
		// Beyond the range for tests once that is used up: these numbers never leave the test.
		if bsn := fmt.Sprintf("%09d", number%1_000_000_000); billing.ValidBSN(bsn) {
			m.clients = append(m.clients, bsn)
		}
	}
	return m
}

func (m *madeReader) Hash(path string) (string, error) { return path, nil }

func (m *madeReader) Read(_ context.Context, path string, asOf billing.Date, sink billing.Sink) (*billing.FileSummary, error) {
	summary := &billing.FileSummary{Name: path, SHA256: path, Sheets: []billing.SheetSummary{{Kind: billing.SubmissionSheet, Rows: m.records}}}
	if path == "referrals" {
		summary.Sheets[0].Kind, summary.Sheets[0].Rows = billing.ReferralSheet, len(m.clients)
		for n, bsn := range m.clients {
			row := &billing.ReferralRow{Referral: billing.Referral{
				Number: fmt.Sprintf("T%d", n), BSN: bsn, Municipality: "Tilburg", Provider: providerA, Category: "45", Start: day("2026-01-01"),
			}, Present: [billing.ReferralFieldsEnd]bool{true, true, false, true, true, false, true, true}}
			if err := sink.Referral(row); err != nil {
				return nil, err
			}
		}
		return summary, nil
	}
	var slab []billing.Record
	for n := range m.records {
		if len(slab) == 0 {
			slab = make([]billing.Record, 256)
		}
		r := &slab[0]
		slab = slab[1:]
		client := n * 7919 % len(m.clients) // in another order than the store's
		*r = billing.Record{
			Provider: providerA, Reference: fmt.Sprintf("%s-%07d", path, n), BSN: m.clients[client], ReferralNumber: fmt.Sprintf("T%d", client),
			Municipality: "Tilburg", Product: "45A01", First: day("2026-10-01").AddDays(n / len(m.clients) % 31), Unit: billing.Time,
			Quantity: billing.Quantity(3000 + n%7*500), HasQuantity: true, File: path, Row: n + 2, Received: asOf,
		}
		if err := sink.Record(r); err != nil {
			return nil, err
		}
	}
	return summary, nil
}

func benchKit(b *testing.B, address string, made *madeReader) *kit {
	store, err := ledger.Open(context.Background(), address, ledger.Options{Create: true})
	if err != nil {
		b.Fatal(err)
	}
	k := newKit(b, store)
	k.intake.Reader = made
	k.take("2026-01-02", "referrals")
	runtime.GC()
	return k
}

// eachAddress runs a benchmark on each kind of database.
func eachAddress(b *testing.B, bench func(b *testing.B, fresh func() string)) {
	b.Run("sqlite", func(b *testing.B) { bench(b, func() string { return ledgertest.SQLite(b) }) })
	b.Run("postgres", func(b *testing.B) { bench(b, func() string { return ledgertest.Postgres(b) }) })
}

// BenchmarkImport takes a month into an empty store.
func BenchmarkImport(b *testing.B) {
	made := newMadeReader(benchRecords(b))
	eachAddress(b, func(b *testing.B, fresh func() string) {
		for b.Loop() {
			b.StopTimer()
			k := benchKit(b, fresh(), made)
			b.StartTimer()
			k.take("2026-11-05", "2026-10")
			b.StopTimer()
			k.batch.Store.Close()
			b.StartTimer()
		}
		b.ReportMetric(float64(made.records)*float64(b.N)/b.Elapsed().Seconds(), "records/s")
	})
}

// BenchmarkRun judges a month and writes the results.
func BenchmarkRun(b *testing.B) {
	made := newMadeReader(benchRecords(b))
	eachAddress(b, func(b *testing.B, fresh func() string) {
		for b.Loop() {
			b.StopTimer()
			k := benchKit(b, fresh(), made)
			k.take("2026-11-05", "2026-10")
			b.StartTimer()
			if judged := k.run("2026-10", "2026-11-05"); judged.Records != made.records {
				b.Fatalf("%d records were judged", judged.Records)
			}
			b.StopTimer()
			k.batch.Store.Close()
			b.StartTimer()
		}
		b.ReportMetric(float64(made.records)*float64(b.N)/b.Elapsed().Seconds(), "records/s")
	})
}

// BenchmarkAgain takes in a month of which every row is known already.
func BenchmarkAgain(b *testing.B) {
	made := newMadeReader(benchRecords(b))
	eachAddress(b, func(b *testing.B, fresh func() string) {
		for b.Loop() {
			b.StopTimer()
			k := benchKit(b, fresh(), made)
			k.take("2026-11-05", "2026-10")
			k.intake.Reader = &otherBytes{made}
			b.StartTimer()
			if imported := k.take("2026-11-05", "2026-10"); imported.Files[0].AlreadyReceived != made.records {
				b.Fatalf("%d rows were received before", imported.Files[0].AlreadyReceived)
			}
			b.StopTimer()
			k.batch.Store.Close()
			b.StartTimer()
		}
		b.ReportMetric(float64(made.records)*float64(b.N)/b.Elapsed().Seconds(), "records/s")
	})
}

// otherBytes is the same month in a file with other bytes.
type otherBytes struct{ *madeReader }

func (o *otherBytes) Hash(path string) (string, error) { return path + " again", nil }
