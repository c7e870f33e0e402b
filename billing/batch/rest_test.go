package batch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
	"github.com/pxq-nl/pxq/billing/report"
)

// restingStories are changes to declared records, of clients of whom nothing else is left to judge.
var restingStories = []story{
	{"nothing", "", ""},
	{"comes for another client", "b: R1=1@1", ""},
	{"moves to another client", "b: R1=0\nc: R1=1@1", "credit T0 3.0000 ; correction T0 2.0000 ; late T1 1.0000"},
	{"is raised", "b: R1=4", "credit T0 3.0000 ; correction T0 6.0000"},
	{"is withdrawn", "b: R1=0", "credit T0 3.0000 ; correction T0 2.0000"},
	{"both are withdrawn", "b: R1=0 R2=0", "credit T0 3.0000"},
	{"comes again", "b: R1=1 S7=1@1", "late T1 1.0000"},
	{"comes with two contents", "b: R1=1 R1=2", ""},
	{"a late one joins", "b: R3=0,5", "credit T0 3.0000 ; correction T0 3.5000"},
}

// TestClientsAtRest checks that clients of whom everything was declared are judged again when anything of them changes.
func TestClientsAtRest(t *testing.T) {
	ledgertestEach(t, restingStories, func(t *testing.T, open func() *ledger.Store, story story) {
		k := newKit(t, open())
		k.permit(3)
		parseStory(t, "a: R1=1 R2=2")[0].take(k)
		k.run("2026-10", "2026-11-05")
		if _, err := k.batch.Close(t.Context(), k.order("2026-10", "2026-11-05")); err != nil {
			t.Fatal(err)
		}
		if clients := k.run("2026-11", "2026-12-01").Clients; clients != 0 { // the close put them at rest
			t.Fatalf("%d clients still have something to do", clients)
		}
		for _, step := range parseStory(t, story.text) {
			step.take(k)
		}
		var lines []string
		err := k.batch.Store.EachLine(t.Context(), k.run("2026-11", "2026-12-01").Run, func(line *billing.DeclaredLine) error {
			lines = append(lines, fmt.Sprintf("%s %s %s", line.Kind, line.Referral, line.Quantity.Format(line.Unit)))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		if story.want != "" {
			want = strings.Split(story.want, " ; ")
		}
		slices.Sort(lines)
		slices.Sort(want)
		if !slices.Equal(lines, want) {
			t.Errorf("%s: lines %q, want %q", story.text, lines, want)
		}
	})
}

// TestOneFileMore checks that a run in the same period as the previous one judges only the clients of whom something came in.
func TestOneFileMore(t *testing.T) {
	k := newKit(t, ledgertest.Open(t, ledgertest.SQLite(t)))
	k.permit(3)
	parseStory(t, "a: R1=1 R2=2@1 R3=1@2")[0].take(k)
	if clients := k.run("2026-10", "2026-11-05").Clients; clients != 3 {
		t.Fatalf("%d clients were judged first", clients)
	}
	parseStory(t, "b: R2=1@1")[0].take(k)
	if clients := k.run("2026-10", "2026-11-06").Clients; clients != 1 {
		t.Errorf("%d clients were judged again", clients)
	}
}

// TestNewReferralLeavesRest checks that after a new referral only care from the month in which it begins is judged again.
func TestNewReferralLeavesRest(t *testing.T) {
	k := newKit(t, ledgertest.Open(t, ledgertest.SQLite(t)))
	k.permit(1)
	parseStory(t, "a: R1=1 R2=2")[0].take(k)
	k.run("2026-10", "2026-11-05")
	if _, err := k.batch.Close(t.Context(), k.order("2026-10", "2026-11-05")); err != nil {
		t.Fatal(err)
	}
	for _, referral := range []struct {
		number, from string
		records      int
	}{{"V1", "2026-11-01", 0}, {"V2", "2026-10-01", 2}} {
		k.take("2026-12-01", k.write(referral.number+".csv", referralHeadings, fmt.Sprintf("%s;%s;Tilburg;%s;;45;%s;;;;", referral.number, clientNumber(0), providerB, referral.from)))
		if judged := k.run("2026-11", "2026-12-01"); judged.Clients != 1 || judged.Records != referral.records {
			t.Errorf("%s: %d clients and %d records were judged", referral.number, judged.Clients, judged.Records)
		}
	}
}

// helpOf returns a kit with care of one client that counts for S04, whose limit is ten hours.
func helpOf(t *testing.T) *kit {
	t.Helper()
	k := newKit(t, ledgertest.Open(t, ledgertest.SQLite(t)))
	for i := range k.book.Products {
		k.book.Products[i].Kind = billing.Begeleiding
	}
	k.book.Index()
	k.policy.Segment1Begeleiding = 10
	k.permit(1)
	return k
}

// hoursOf returns a row of care of the client of helpOf.
func hoursOf(reference, date, hours string) string {
	return strings.Join([]string{reference, providerA, clientNumber(0), "T0", "", "45A01", date, "", "", "uur", hours, ""}, ";")
}

// bringAndClose takes in rows and runs and closes a period.
func (k *kit) bringAndClose(period, asOf string, rows ...string) {
	k.t.Helper()
	if len(rows) > 0 {
		k.take(asOf, k.write("voor-"+period+".csv", append([]string{careHeadings}, rows...)...))
	}
	k.run(period, asOf)
	if _, err := k.batch.Close(k.t.Context(), k.order(period, asOf)); err != nil {
		k.t.Fatal(err)
	}
}

// TestCorrectionLeavesRest checks that after a correction only care from its month on is judged again, with the same result as
// judging all care of everybody.
func TestCorrectionLeavesRest(t *testing.T) {
	for _, test := range []struct {
		name, february, january string
		held                    []string // of February too, which keeps that month from resting
		becomes                 string   // the corrected February
		records                 int
	}{
		{"little", "2", "3", nil, "1", 2},
		{"so much that January passed the limit", "8", "4", nil, "1", 3},
		{"so much, in a month that does not rest", "8", "4", []string{hoursOf("R0", "2026-02-20", "13")}, "0", 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			k := helpOf(t)
			k.bringAndClose("2026-02", "2026-03-05", append(test.held, hoursOf("R1", "2026-02-10", test.february))...)
			k.bringAndClose("2026-03", "2026-04-05", hoursOf("R2", "2026-01-10", test.january))
			k.bringAndClose("2026-04", "2026-05-05")
			k.take("2026-06-01", k.write("correctie.csv", careHeadings, hoursOf("R1", "2026-02-10", test.becomes)))
			if judged := k.likeWhole("2026-05", "2026-06-05"); judged.Records != test.records {
				t.Errorf("%d records were judged, want %d", judged.Records, test.records)
			}
		})
	}
}

// TestHelpPassedOnceClosed checks that care which passes the limit of S04 is known to do so once a close put it at rest, also
// if an earlier price changed: a correction may take the signal away.
func TestHelpPassedOnceClosed(t *testing.T) {
	k := helpOf(t)
	k.bringAndClose("2026-02", "2026-03-05", hoursOf("R1", "2026-02-10", "8"))
	k.bringAndClose("2026-03", "2026-04-05", hoursOf("R2", "2026-01-10", "4"))
	k.book.Prices[0].Price += 100
	k.book.Prices[0].To = day("2026-01-31")
	k.book.Prices = append(k.book.Prices, billing.PriceRow{Product: "45A01", Unit: billing.Time, Price: 9123, From: day("2026-02-01")})
	k.book.Index()
	k.bringAndClose("2026-04", "2026-05-05", hoursOf("R3", "2026-04-10", "1"))
	k.take("2026-06-01", k.write("correctie.csv", careHeadings, hoursOf("R1", "2026-02-10", "1")))
	k.likeWhole("2026-05", "2026-06-05")
}

// TestHelpIsCountedAnewInJanuary checks that everybody is judged in a new year: help counts from the previous year on, so care
// that passed the limit with help of two years ago no longer passes it.
func TestHelpIsCountedAnewInJanuary(t *testing.T) {
	k := helpOf(t)
	k.take("2026-12-05", k.write("voor.csv", careHeadings, hoursOf("R1", "2026-11-10", "8")))
	k.bringAndClose("2027-11", "2027-12-05", hoursOf("R2", "2027-10-10", "4"))
	k.bringAndClose("2027-12", "2028-01-05")
	if judged := k.likeWhole("2028-01", "2028-02-05"); judged.Records != 2 {
		t.Errorf("%d records were judged, want 2", judged.Records)
	}
}

// TestLackingBeforeRest checks that a declared record that lacks room is judged before care at rest that was declared later.
func TestLackingBeforeRest(t *testing.T) {
	k := helpOf(t)
	room := func(asOf, hours string) {
		k.take(asOf, k.write("ruimte-"+hours+".csv", referralHeadings, fmt.Sprintf("T0;%s;Tilburg;%s;;45;2026-01-01;;%s;uur;6;", clientNumber(0), providerA, hours)))
	}
	room("2026-03-01", "12")
	k.bringAndClose("2026-02", "2026-03-05", hoursOf("R1", "2026-02-10", "6"))
	room("2026-04-01", "5")
	k.bringAndClose("2026-03", "2026-04-05", hoursOf("R2", "2026-01-10", "3"))
	k.bringAndClose("2026-04", "2026-05-05")
	k.take("2026-06-01", k.write("nieuw.csv", careHeadings, hoursOf("R3", "2026-05-10", "1")))
	k.likeWhole("2026-05", "2026-06-05")
}

// likeWhole runs a period, and checks that the result is the same as when all care of everybody is judged.
func (k *kit) likeWhole(period, asOf string) *batch.Judged {
	k.t.Helper()
	judged := k.run(period, asOf)
	before, found := k.rows(judged.Run), k.found(judged.Run)
	k.batch.Program = "another" // judges everybody whole
	whole := k.run(period, asOf).Run
	if after := k.rows(whole); !slices.Equal(before, after) {
		k.t.Errorf("%q, and of everything %q", before, after)
	}
	if after := k.found(whole); !slices.Equal(found, after) {
		k.t.Errorf("%q, and of everything %q", found, after)
	}
	return judged
}

// found returns every row with its findings.
func (k *kit) found(run ledger.Run) (rows []string) {
	k.t.Helper()
	err := k.reporter.EachRow(k.t.Context(), run, func(row *report.Row) error {
		rows = append(rows, fmt.Sprint(row.Record.Reference, row.Outcome, row.Findings))
		return nil
	})
	if err != nil {
		k.t.Fatal(err)
	}
	slices.Sort(rows)
	return rows
}

// visitOf returns a row of care of the client of helpOf between two clock times.
func visitOf(reference, date, start, end, hours string) string {
	return strings.Join([]string{reference, providerA, clientNumber(0), "T0", "", "45A01", date, start, end, "uur", hours, ""}, ";")
}

// TestNightBeforeRest checks that a record that overlaps with care of the night before, which is at rest, keeps that finding
// when it is judged again because something of its month came in later.
func TestNightBeforeRest(t *testing.T) {
	k := helpOf(t)
	k.bringAndClose("2026-02", "2026-03-05", visitOf("R1", "2026-02-28", "23:00", "01:00", "2"))
	k.bringAndClose("2026-03", "2026-04-05", visitOf("R2", "2026-03-01", "00:30", "01:30", "1"))
	k.bringAndClose("2026-04", "2026-05-05", hoursOf("R3", "2026-04-10", "1"))
	k.bringAndClose("2026-05", "2026-06-05", hoursOf("R4", "2026-05-10", "1"))
	k.take("2026-06-20", k.write("laat.csv", careHeadings, hoursOf("R5", "2026-03-20", "1")))
	k.likeWhole("2026-06", "2026-07-05")
}
