package batch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestWidenedReferral checks that after a referral gets more room or a later end, only care for which that matters is judged
// again: care that lacked room, or that came after the end.
func TestWidenedReferral(t *testing.T) {
	for _, test := range []struct {
		name          string
		before, after string // end, volume and frequency of the referral
		rows          []string
		records       int
		want          string // of the last row
	}{
		{"more room, nothing lacked it", "2027-12-31;9;uur;4", "2027-12-31;12;uur;4", []string{hoursOf("R2", "2026-02-20", "1")}, 0, ""},
		{"more room for what lacked it in a month at rest", ";5;uur;4", ";9;uur;4", []string{hoursOf("R2", "2026-02-20", "4")}, 2, "R2accepted"},
		{"longer, no care after the end", "2026-05-15;9;uur;4", "2026-12-31;9;uur;4", []string{hoursOf("R2", "2026-02-20", "1")}, 0, ""},
		{"longer, with care after the end", "2026-02-15;9;uur;4", "2026-12-31;9;uur;4", []string{hoursOf("R2", "2026-02-20", "1")}, 2, "R2accepted"},
		{"shorter", "2027-12-31;9;uur;4", "2026-02-15;9;uur;4", []string{hoursOf("R2", "2026-02-20", "1")}, 2, "R2rejected"},
	} {
		t.Run(test.name, func(t *testing.T) {
			k := helpOf(t)
			refer := func(asOf, as string) {
				k.take(asOf, k.write("ruimte-"+asOf+".csv", referralHeadings, fmt.Sprintf("T0;%s;Tilburg;%s;;45;2026-01-01;%s", clientNumber(0), providerA, as)))
			}
			refer("2026-02-01", test.before)
			k.bringAndClose("2026-02", "2026-03-05", append(test.rows, hoursOf("R1", "2026-02-10", "4"))...)
			k.bringAndClose("2026-03", "2026-04-05")
			k.bringAndClose("2026-04", "2026-05-05")
			refer("2026-06-01", test.after)
			judged := k.likeWhole("2026-05", "2026-06-05")
			if judged.Records != test.records {
				t.Errorf("%d records were judged, want %d", judged.Records, test.records)
			}
			rows := k.found(judged.Run)
			if last := rows[len(rows)-1]; test.want != "" && last[:len(test.want)] != test.want {
				t.Errorf("%s, want %s", last, test.want)
			}
		})
	}
}

// TestWithdrawnBeforeWhatPassed checks that withdrawing a declared row also undoes what it was counted for: here it came before
// the one at rest that passed the limit of S04, which is of an earlier day but was declared later.
func TestWithdrawnBeforeWhatPassed(t *testing.T) {
	k := helpOf(t)
	k.bringAndClose("2026-11", "2026-12-05", hoursOf("D", "2026-11-05", "6"))
	k.bringAndClose("2026-12", "2027-01-05", hoursOf("X", "2026-10-15", "6"), hoursOf("Y", "2026-12-10", "6"))
	k.bringAndClose("2027-01", "2027-02-05", hoursOf("Z", "2026-11-20", "1"))
	k.take("2027-03-01", k.write("intrekking.csv", careHeadings, hoursOf("D", "2026-11-05", "0")))
	k.likeWhole("2027-02", "2027-03-05")
}

// TestMendedRowLeavesRest checks that correcting a row that was never declared leaves care at rest alone, even if a limit was
// passed.
func TestMendedRowLeavesRest(t *testing.T) {
	k := helpOf(t)
	k.bringAndClose("2026-02", "2026-03-05", hoursOf("R1", "2026-02-10", "12"))
	k.bringAndClose("2026-03", "2026-04-05", hoursOf("R2", "2026-03-10", "1"))
	k.take("2026-05-01", k.write("april.csv", careHeadings, hoursOf("R3", "2026-04-10", "3")))
	k.run("2026-04", "2026-05-02")
	k.take("2026-05-03", k.write("correctie.csv", careHeadings, hoursOf("R3", "2026-04-10", "2")))
	if judged := k.likeWhole("2026-04", "2026-05-05"); judged.Records != 1 {
		t.Errorf("%d records were judged, want 1", judged.Records)
	}
}

// TestRoomUsedAtRest checks that care at rest, up to its last day, keeps its part of a volume or a budget when care comes in
// later, and is not credited meanwhile.
func TestRoomUsedAtRest(t *testing.T) {
	for _, test := range []struct{ name, room string }{{"a volume", "10;uur;6;"}, {"a budget", ";;;1000"}} {
		t.Run(test.name, func(t *testing.T) {
			k := helpOf(t)
			k.take("2026-02-01", k.write("ruimte.csv", referralHeadings+";Budget", fmt.Sprintf("T0;%s;Tilburg;%s;;45;2026-01-01;;%s", clientNumber(0), providerA, test.room)))
			k.bringAndClose("2026-02", "2026-03-05", hoursOf("R1", "2026-02-28", "6"))
			k.take("2026-04-01", k.write("maart.csv", careHeadings, hoursOf("R2", "2026-03-10", "4"), hoursOf("R3", "2026-03-11", "2")))
			judged := k.likeWhole("2026-03", "2026-04-05")
			if judged.Records != 2 {
				t.Errorf("%d records were judged, want 2", judged.Records)
			}
			var outcomes []string
			for _, row := range k.found(judged.Run) {
				outcomes = append(outcomes, row[:len("R1accepted")])
			}
			if want := []string{"R1accepted", "R2accepted", "R3rejected"}; !slices.Equal(outcomes, want) {
				t.Errorf("got %q, want %q", outcomes, want)
			}
		})
	}
}

// TestFrozenDoesNotRest checks that what was declared in a frozen month does not come to rest: a row of it that was withdrawn
// since is no longer credited, and uses no room either.
func TestFrozenDoesNotRest(t *testing.T) {
	for _, test := range []struct {
		name  string
		april []string
		may   string // hours that fit
	}{{"before the period", nil, "9"}, {"once closed", []string{hoursOf("R3", "2026-04-10", "1")}, "8"}} {
		t.Run(test.name, func(t *testing.T) {
			k := helpOf(t)
			k.take("2026-02-01", k.write("ruimte.csv", referralHeadings, fmt.Sprintf("T0;%s;Tilburg;%s;;45;2026-01-01;;10;uur;6", clientNumber(0), providerA)))
			k.bringAndClose("2026-02", "2026-03-05", hoursOf("R1", "2026-02-10", "6"))
			k.bringAndClose("2026-03", "2026-04-05", hoursOf("R2", "2026-03-10", "1"))
			k.policy.RecalculateFrom = day("2026-03-01").Period()
			k.bringAndClose("2026-04", "2026-05-05", append(test.april, hoursOf("R1", "2026-02-10", "0"))...)
			k.take("2026-06-01", k.write("mei.csv", careHeadings, hoursOf("R4", "2026-05-10", test.may)))
			judged := k.likeWhole("2026-05", "2026-06-05")
			if rows := k.found(judged.Run); !strings.HasPrefix(rows[len(rows)-1], "R4accepted") {
				t.Errorf("got %q", rows)
			}
		})
	}
}
