package batch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
)

// refer takes in a version of referral Tn.
func (k *kit) refer(name string, n int, municipality, end, status string) {
	k.t.Helper()
	path := k.write(name+".csv", "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcategorie;Ingangsdatum;Einddatum;Status",
		fmt.Sprintf("T%d;%s;%s;%s;45;2026-01-01;%s;%s", n, clientNumber(n), municipality, providerA, end, status))
	if imported := k.take("2026-11-10", path); len(imported.Referrals) > 0 {
		k.t.Fatalf("%+v", imported.Referrals)
	}
}

// told returns the R15 signals and the causes of a run: cause, municipality, keys and net amount.
func (k *kit) told(run ledger.Run) (signals, causes []string) {
	k.t.Helper()
	found, err := k.batch.Store.Signals(k.t.Context(), run.Month())
	if err != nil {
		k.t.Fatal(err)
	}
	for _, signal := range found {
		if signal.Code == billing.R15 {
			signals = append(signals, strings.Join(append(signal.Values, signal.Provider, signal.Municipality), " "))
		}
	}
	made, err := k.reporter.Report(k.t.Context(), run, report.Setting{Book: k.book, Policy: k.policy, Fingerprint: k.fingerprint()})
	if err != nil {
		k.t.Fatal(err)
	}
	for _, cause := range made.Causes {
		causes = append(causes, fmt.Sprintf("%s %s %s %d %s %s", cause.Cause, cause.Municipality, cause.Provider, cause.Keys, cause.Less, cause.More))
	}
	return signals, causes
}

// changesAfterClose are single changes after the close of a month. One hour costs 91.23.
var changesAfterClose = []struct {
	name            string
	change          func(k *kit)
	signals, causes []string
}{
	{"nothing", func(*kit) {}, nil, nil},
	{"care of the new month", func(k *kit) {
		k.take("2026-11-30", k.write("n.csv", storyHeadings, strings.ReplaceAll(storyRow(k.t, "R9=1"), "2026-10", "2026-11")))
	}, nil, nil},
	{"late care under a declared key", func(k *kit) { k.tell("b: R5=1") }, nil, []string{"record 0855 30000001 1 0.00 91.23"}},
	{"late care under a key of its own", func(k *kit) { k.tell("b: R5=1@2") }, nil, nil},
	{"a newer version", func(k *kit) { k.tell("b: R2=1") }, nil, []string{"record 0855 30000001 1 -91.23 0.00"}},
	{"a number that is used for another client", func(k *kit) { k.tell("b: R2=2@1") }, nil, nil},
	{"a record that moves to another client", func(k *kit) { k.tell("b: R2=0\nc: R2=2@1") }, nil, []string{"record 0855 30000001 2 -182.46 182.46"}},
	{"a withdrawn record", func(k *kit) { k.tell("b: R1=0 R2=0") }, nil, []string{"record 0855 30000001 1 -273.69 0.00"}},
	{"a decision", func(k *kit) { k.decide("d", "R4 1 L01 akkoord") }, nil, nil}, // never declared, so late
	{"the referral was withdrawn", func(k *kit) { k.refer("r", 0, "Tilburg", "", "verwijderd") },
		[]string{"T0 withdrawn 27369 2026-10 30000001 0855"}, []string{"referral 0855 30000001 1 -273.69 0.00"}},
	{"the referral moved", func(k *kit) { k.refer("r", 0, "0784", "", "") },
		[]string{"T0 moved 27369 2026-10 30000001 0855"}, []string{"referral 0784 30000001 1 0.00 273.69", "referral 0855 30000001 1 -273.69 0.00"}},
	{"the referral ended earlier", func(k *kit) { k.refer("r", 0, "Tilburg", "2026-10-01", "") },
		[]string{"T0 ended 18246 2026-10 30000001 0855"}, []string{"referral 0855 30000001 1 -182.46 0.00"}},
	{"the referral ended later than the care", func(k *kit) { k.refer("r", 0, "Tilburg", "2026-10-31", "") }, nil, nil},
	{"the referral ended later than the care, of which a record was withdrawn", func(k *kit) {
		k.refer("r", 0, "Tilburg", "2026-10-31", "")
		k.tell("b: R2=0")
	}, nil, []string{"record 0855 30000001 1 -182.46 0.00"}},
	{"a new referral", func(k *kit) { k.refer("r", 7, "Tilburg", "", "") }, nil, nil},
	{"back and forth", func(k *kit) {
		k.refer("r", 0, "Tilburg", "", "verwijderd")
		k.run("2026-11", "2026-12-05")
		k.refer("s", 0, "Tilburg", "", "actief")
	}, nil, nil},
	{"another price", func(k *kit) {
		k.book = testBook()
		k.book.Prices[0].Price = 10_000
	}, nil, []string{"price 0855 30000001 2 0.00 35.08"}},
	{"another product code", func(k *kit) {
		k.book = testBook()
		k.book.Contracts[0].From = day("2026-10-02")
		k.book.Index()
	}, nil, []string{"book 0855 30000001 1 -91.23 0.00"}},
}

func TestChangesAfterClose(t *testing.T) {
	const before = "a: R1=1 R2=2 R3=1@1 R4=8@2 S4=8@2"
	eachKit(t, func(t *testing.T, made func() *kit) {
		for _, c := range changesAfterClose {
			t.Run(c.name, func(t *testing.T) {
				k := made()
				k.permit(3)
				k.tell(before)
				k.close("2026-10", "2026-11-05")
				c.change(k)
				for _, again := range []bool{false, true} { // a second run makes no difference
					if again {
						k.tell("z: R77=?")
					}
					signals, causes := k.told(k.run("2026-11", "2026-12-05").Run)
					if !slices.Equal(signals, c.signals) || !slices.Equal(causes, c.causes) {
						t.Errorf("got %q %q\nwant %q %q", signals, causes, c.signals, c.causes)
					}
				}
				closed := k.close("2026-11", "2026-12-05")
				if signals, causes := k.told(closed); !slices.Equal(signals, c.signals) || !slices.Equal(causes, c.causes) {
					t.Errorf("once closed %q %q", signals, causes)
				}
				if signals, causes := k.told(k.run("2026-12", "2027-01-05").Run); len(signals)+len(causes) > 0 {
					t.Errorf("a month later %q %q", signals, causes)
				}
				k.sound()
			})
		}
	})
}

// The cause is the decision when a controller refuses what was declared, lifts a hold under a declared key, or lifts one on
// care that moved to another month: in the month that it left.
func TestDecisionAfterClose(t *testing.T) {
	for _, c := range []struct {
		name, before string
		later        func(k *kit) // after the close
		decision     string
		period, asOf string
		cause        string
	}{
		{"under a declared key", "a: R1=1#3 R2=8#1 S2=8#1", func(*kit) {}, "R2 1 L01 akkoord", "2026-11", "2026-12-05", "decision 0855 30000001 1 0.00 729.84"},
		{"on care that moved", "a: R1=1 R2=2", func(k *kit) {
			k.take("2026-11-30", k.write("n.csv", storyHeadings, strings.ReplaceAll(storyRow(k.t, "R2=2"), "2026-10", "2026-11")))
			k.close("2026-11", "2026-12-05")
		}, "R2 2 U04 akkoord", "2026-12", "2027-01-05", "decision 0855 30000001 1 -182.46 0.00"},
	} {
		eachKit(t, func(t *testing.T, made func() *kit) {
			k := made()
			k.permit(3)
			k.tell(c.before)
			k.close("2026-10", "2026-11-05")
			c.later(k)
			k.decide("d", c.decision)
			if _, causes := k.told(k.run(c.period, c.asOf).Run); !slices.Equal(causes, []string{c.cause}) {
				t.Errorf("%s: %q", c.name, causes)
			}
		})
	}
}

// diffText formats a difference in short lines.
func (k *kit) diffText(period string) []string {
	k.t.Helper()
	diff, ok, err := k.batch.Diff(k.t.Context(), k.order(period, "2026-11-05"))
	if err != nil {
		k.t.Fatal(err)
	}
	if !ok {
		return []string{"one run"}
	}
	text := []string{}
	for _, line := range diff.Lines {
		way := "changed"
		switch {
		case line.Before == nil:
			way = "came"
		case line.After == nil:
			way = "went"
		}
		text = append(text, fmt.Sprintf("%s %s %s %s %s", way, line.Line().Kind, line.Line().Referral, line.Net(), line.Cause))
	}
	for _, row := range diff.Rows {
		text = append(text, strings.TrimSpace(fmt.Sprintf("%s: %s %s > %s %s", row.Reference, row.Before, row.BeforeCodes, row.After, row.AfterCodes)))
	}
	return text
}

func TestDiff(t *testing.T) {
	steps := []struct {
		name string
		do   func(k *kit)
		want []string
	}{
		{"the first", func(k *kit) { k.tell("a: R1=1 R2=2") }, []string{"one run"}},
		{"a newer version and new care", func(k *kit) { k.tell("x: R1=3 R3=1@1") }, []string{
			"changed regular T0 182.46 record", "came regular T1 91.23 record", "R1: accepted  > replaced", "R1:   > accepted", "R3:   > accepted"}},
		{"another month between", func(k *kit) {
			k.run("2026-11", "2026-12-05")
			k.tell("c: R3=?")
		}, []string{"R3:   > rejected F03"}},
		{"a file taken back", func(k *kit) { k.withdraw("x.csv") }, []string{
			"changed regular T0 -182.46 record", "went regular T1 -91.23 record", "R1: replaced  > accepted", "R1: accepted  >", "R3: accepted  >"}},
		{"the referral was withdrawn", func(k *kit) { k.refer("r", 0, "Tilburg", "", "verwijderd") }, []string{
			"went regular T0 -273.69 referral", "R1: accepted  > rejected R09", "R2: accepted  > rejected R09"}},
		{"and came back", func(k *kit) { k.refer("s", 0, "Tilburg", "", "actief") }, []string{
			"came regular T0 273.69 referral", "R1: rejected R09 > accepted", "R2: rejected R09 > accepted"}},
		{"more care", func(k *kit) { k.tell("y: R4=1@1") }, []string{"came regular T1 91.23 record", "R4:   > accepted"}},
		{"taken back with another month between", func(k *kit) {
			k.run("2026-11", "2026-12-05") // in which R4 is late (T02)
			k.withdraw("y.csv")
		}, []string{"went regular T1 -91.23 record", "R4: accepted  >"}},
		{"another price", func(k *kit) {
			k.book = testBook()
			k.book.Prices[0].Price = 10_000
		}, []string{"changed regular T0 26.31 price"}},
		{"nothing", func(*kit) {}, []string{"changed regular T0 26.31 price"}},
	}
	eachKit(t, func(t *testing.T, made func() *kit) {
		k := made()
		k.permit(3)
		var last []string
		for _, step := range steps {
			step.do(k)
			k.run("2026-10", "2026-11-05")
			if last = k.diffText("2026-10"); !slices.Equal(last, step.want) {
				t.Errorf("%s\n got %q\nwant %q", step.name, last, step.want)
			}
		}
		if _, err := k.batch.Close(t.Context(), k.order("2026-10", "2026-11-05")); err != nil {
			t.Fatal(err)
		}
		if got := k.diffText("2026-10"); !slices.Equal(got, last) {
			t.Errorf("once closed\n got %q\nwant %q", got, last)
		}
		k.sound()
		if _, _, err := k.batch.Diff(t.Context(), k.order("2027-05", "2027-06-05")); err == nil {
			t.Error("a period without a run was compared")
		}
	})
}
