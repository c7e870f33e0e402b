package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/rates"
)

// closer tries to close the month of the last run of a play, as the command does. A refusal leaves no trace.
type closer struct {
	batch *batch.Batch
	input batch.RunInput

	tried, asVerify int // number of refusals, and of those for a reason that verify gives
}

// nextMonth runs the month after the last close of the sample, so that it could be closed, and returns its closer.
func (p *play) nextMonth(period, asOf string) *closer {
	p.Helper()
	p.pxq("run", "--period", period, "--as-of", asOf)
	folder, err := workspace.Read(p.folder, "")
	if err != nil {
		p.Fatal(err)
	}
	book, err := folder.Book()
	if err != nil {
		p.Fatal(err)
	}
	month, problem := billing.ParsePeriod(period)
	day, another := billing.ParseDate(asOf)
	if err := errors.Join(problem, another); err != nil {
		p.Fatal(err)
	}
	store := ledgertest.Open(p, p.database)
	reporter := &report.Reporter{Store: store, Catalogue: rules.Catalogue(), Program: workspace.Program()}
	setting := report.Setting{Region: folder.Settings.Region, Language: folder.Language, Book: book.Book, Policy: folder.Settings.Policy, Fingerprint: book.Fingerprint, Notes: book.Notes}
	return &closer{
		input: batch.RunInput{Period: month, AsOf: day, Book: book.Book, Policy: folder.Settings.Policy, Fingerprint: book.Fingerprint, AllowExamples: true},
		batch: &batch.Batch{Store: store, Catalogue: rules.Catalogue(), Program: workspace.Program(),
			Fingerprint: func(book *billing.Book, policy billing.Policy) string {
				return fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%s\n%s", rates.Fingerprint(book), policy.Text())))
			},
			SummaryAgrees: func(ctx context.Context, tx *ledger.Tx, run ledger.Run) (bool, error) {
				return reporter.PageSummaryAgrees(ctx, tx, run, setting)
			},
		},
	}
}

// isRefused checks that closing the month is refused, and reports whether the reason is one that verify gives.
func (c *closer) isRefused(t *testing.T) (asVerify bool) {
	t.Helper()
	_, err := c.batch.Close(t.Context(), c.input)
	if err == nil {
		t.Fatalf("%s was closed", c.input.Period)
	}
	asVerify = strings.Contains(err.Error(), "what is stored is not what pxq wrote")
	if c.tried++; asVerify {
		c.asVerify++
	}
	return asVerify
}

// succeeds closes the month, after all changes were undone. This proves that it was refused for these only.
func (c *closer) succeeds(t *testing.T) {
	t.Helper()
	if _, err := c.batch.Close(t.Context(), c.input); err != nil {
		t.Error(err)
	}
	if c.asVerify < c.tried*9/10 {
		t.Errorf("of %d refusals %d are in the words of verify", c.tried, c.asVerify)
	}
}

// A command adds an entry to the audit trail. That must not hide that somebody removed entries from its end, however many
// commands follow.
func TestTamperingWithTheTrail(t *testing.T) {
	folder := monthFolder(t, "small")
	p := &play{T: t, folder: folder, database: "sqlite:" + filepath.Join(folder, "pxq.db")}
	p.pxq("run", "--period", "2026-10", "--as-of", "2026-11-05", "--no-reports")
	p.execute(p.open(), "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)")
	for range 2 {
		status, _, said := call(t, "close", "--period", "2026-10", "--as-of", "2026-11-05", "--yes", "--workspace", folder)
		if status != failed || !strings.Contains(said, "van het logboek past niet in de keten") {
			t.Errorf("status %d, %s", status, said)
		}
		p.verify(false)
	}
}
