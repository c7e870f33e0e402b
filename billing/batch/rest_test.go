package batch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// restingStories are things that happen to records that were declared, of clients of whom nothing else is left to do.
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

// TestClientsAtRest sees that clients of whom all was declared are judged again when anything of them changes.
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

// TestOneFileMore sees that a run in the period of the run before judges only the clients of whom something came in.
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

// TestNewReferralLeavesRest sees that a referral of which there was none before makes only care from the month in which it
// begins be judged again.
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
