package ledger_test

import (
	"context"
	"fmt"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// benchRecords is the number of records, in files of benchFile rows, about benchClients clients.
const (
	benchRecords = 100_000
	benchFile    = 2_500
	benchClients = 9_000
)

// BenchmarkStore stores records as intake does, file by file, and reads them back client by client, on both databases.
func BenchmarkStore(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { benchStore(b, func() string { return ledgertest.SQLite(b) }) })
	b.Run("postgres", func(b *testing.B) { benchStore(b, func() string { return ledgertest.Postgres(b) }) })
}

func benchStore(b *testing.B, fresh func() string) {
	ctx := b.Context()
	var keeping, reading, waiting time.Duration
	for b.Loop() {
		b.StopTimer()
		store := ledgertest.Open(b, fresh())
		records := make([]billing.Record, benchRecords)
		for n := range records {
			records[n] = benchRecord(n)
		}
		b.StartTimer()
		begin, started := processorTime(), time.Now()
		if err := store.Write(ctx, func(tx *ledger.Tx) error { return keepBench(ctx, tx, records) }); err != nil {
			b.Fatal(err)
		}
		waiting += time.Since(started)
		kept := processorTime()
		if err := store.Read(ctx, func(tx *ledger.Tx) error { return readBench(ctx, tx) }); err != nil {
			b.Fatal(err)
		}
		keeping, reading = keeping+kept-begin, reading+processorTime()-kept
		b.StopTimer()
		store.Close()
		b.StartTimer()
	}
	b.ReportMetric(float64(keeping)/float64(b.N)/benchRecords, "cpu-ns/kept")
	b.ReportMetric(float64(waiting)/float64(b.N)/benchRecords, "wall-ns/kept") // what a database server does is in it too
	b.ReportMetric(float64(reading)/float64(b.N)/benchRecords, "cpu-ns/read")
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/benchRecords, "ns/record")
}

// benchRecord returns a record like those that providers send: a client occurs in many files.
func benchRecord(n int) billing.Record {
	client, price := n*7919%benchClients, decimal.New(7102, -2)
	return billing.Record{
		ID: int64(n + 1), Provider: fmt.Sprintf("990%05d", n/benchFile%40), Reference: fmt.Sprintf("R2610-%06d", n), BSN: fmt.Sprintf("9%08d", client),
		ReferralNumber: fmt.Sprint(10_000 + client), Municipality: "Tilburg", Product: "45A01", First: billing.NewDate(2026, 10, 1+n%31), Unit: billing.Time,
		Start: billing.Clock(30_000 + n%7*900), End: billing.Clock(37_200), Quantity: billing.Quantity(3000 + n%7*500), HasQuantity: true, ClaimedPrice: &price,
		FileID: int64(1 + n/benchFile), Sheet: "Uren", Row: n%benchFile + 2, Version: 1, Received: billing.NewDate(2026, 11, 5), FirstReceived: billing.NewDate(2026, 11, 5),
	}
}

func keepBench(ctx context.Context, tx *ledger.Tx, records []billing.Record) error {
	writer, clients := tx.RecordWriter(), make(map[string]bool)
	for file := range slices.Chunk(records, benchFile) {
		if err := writer.Begin(ctx); err != nil {
			return err
		}
		for n := range file {
			clients[file[n].BSN] = true
			if err := writer.Add(ctx, &file[n], ledger.Current); err != nil {
				return err
			}
		}
		writer.Keep()
	}
	if err := writer.Flush(ctx); err != nil {
		return err
	}
	return tx.MarkClients(ctx, clients)
}

func readBench(ctx context.Context, tx *ledger.Tx) error {
	reader, err := tx.ClientReader(ctx, ledger.Everyone)
	if err != nil {
		return err
	}
	for records := 0; ; {
		clients, err := reader.Next(ctx)
		if err != nil {
			return err
		}
		for _, client := range clients {
			records += len(client.Client.Records)
		}
		if len(clients) == 0 && records != benchRecords {
			return fmt.Errorf("read %d records", records)
		}
		if len(clients) == 0 {
			return nil
		}
	}
}

// processorTime returns the processor time that this program used, without that of a database server.
func processorTime() time.Duration {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
