package batch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
	"github.com/pxq-nl/pxq/billing/report"
)

// holds returns every open hold in the report of a run: reference, code, since when, what is used of the referral.
func (k *kit) holds(run ledger.Run) []string {
	k.t.Helper()
	made, err := k.reporter.Report(k.t.Context(), run, report.Setting{Book: k.book, Policy: k.policy})
	if err != nil {
		k.t.Fatal(err)
	}
	var found []string
	err = made.Rows(k.t.Context(), func(row *report.Row) error {
		for i, code := range row.OpenHolds {
			use := ""
			if row.Use != nil {
				use = fmt.Sprintf(" month %s/%s whole %s/%s spent %s", row.Use.Month.Format(billing.Time), row.Use.MonthRoom.Format(billing.Time),
					row.Use.Whole.Format(billing.Time), row.Use.WholeRoom.Format(billing.Time), row.Use.Spent)
			}
			found = append(found, fmt.Sprintf("%s %s since %s%s", row.Record.Reference, code, row.HeldSince[i], use))
		}
		return nil
	})
	if err != nil {
		k.t.Fatal(err)
	}
	slices.Sort(found)
	return found
}

// TestHeldSince checks that a report says since when each hold has been open, and what accepted care uses of the
// referral. More than 12 hours on a day is L01; the same care twice is U02.
func TestHeldSince(t *testing.T) {
	ledgertest.EachDatabase(t, func(t *testing.T, open func() *ledger.Store) {
		k := newKit(t, open())
		k.take("2026-01-02", k.write("referral.csv", referralHeadings,
			"T0;"+clientNumber(0)+";Tilburg;"+providerA+";;45;2026-10-01;2026-11-30;40;uur;4"))
		const use = " month 4.0000/40.0000 whole 4.0000/80.0000 spent 364.92"
		for _, step := range []struct{ comes, asOf, want string }{
			{"a: R1=13 R2=4", "2026-11-05", "R1 L01 since 2026-11-05" + use},
			{"", "2026-11-09", "R1 L01 since 2026-11-05" + use},
			{"b: S3=13#1", "2026-11-10", "R1 L01 since 2026-11-05" + use + "; S3 L01 since 2026-11-10" + use + "; S3 U02 since 2026-11-10" + use},
			{"c: R1=2 S3=0", "2026-11-11", ""},
			{"d: R1=14", "2026-11-12", "R1 L01 since 2026-11-12" + use},
		} {
			if step.comes != "" {
				parseStory(t, step.asOf+"> "+step.comes)[0].take(k)
			}
			got := strings.Join(k.holds(k.run("2026-10", step.asOf).Run), "; ")
			if got != step.want {
				t.Errorf("%s %s:\ngot  %s\nwant %s", step.asOf, step.comes, got, step.want)
			}
		}
	})
}
