package batch_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// TestRecount is the table of the differences that a recount finds between records and lines after one of them was changed.
// Digests and columns would find the same changes, so each month is named. In each play 45A01 costs 91.23 an hour.
func TestRecount(t *testing.T) {
	const about = " van de zorgregels (aanbieder 30000001, toewijzing T0, product 45A01, zorgmaand 2026-10)."
	t1 := strings.Replace(about, "T0", "T1", 1)
	other := strings.Replace(about, " van de zorgregels", ": een regel is anders dan de zorgregels maken", 1)
	// October declares 3 hours of one client; November credits them, declares 6 in their place, and 3 hours of another client late.
	corrected := func(k *kit) {
		k.policy.RecalculateFrom = day("2026-10-01").Period() // freezes nothing of this
		k.tell("a: R1=1 R2=2")
		k.close("2026-10", "2026-11-05")
		k.tell("b: R2=5 R3=3@1")
	}
	for _, test := range []struct {
		play      func(k *kit) // before the run of the last month
		closed    bool         // that month is closed too, and verify recounts; else its close does
		statement string
		want      []string
	}{
		{corrected, true, "", nil},
		{corrected, true, "UPDATE lines SET amount = amount + 100 WHERE kind = 'regular'", []string{"2026-10: het grootboek wijkt 1.00 af" + about, "2026-11: het grootboek wijkt 1.00 af" + about}},
		{corrected, true, "UPDATE lines SET amount = amount - 100 WHERE kind = 'credit'", []string{"2026-11: het grootboek wijkt -1.00 af" + about}},
		{corrected, true, "DELETE FROM lines WHERE kind = 'late'", []string{"2026-11: het grootboek wijkt -273.69 af" + t1}},
		{corrected, true, "UPDATE lines SET quantity = quantity + 6000 WHERE kind = 'late'", nil}, // in closed months only the cents must agree
		{corrected, true, "UPDATE records SET quantity = quantity + 6000 WHERE reference = 'R3'", []string{"2026-11: het grootboek wijkt -91.23 af" + t1}},
		{corrected, true, "UPDATE outcomes SET outcome = 'rejected' WHERE record_id = (SELECT id FROM records WHERE reference = 'R3')", []string{"2026-11: het grootboek wijkt 273.69 af" + t1}},
		{corrected, true, "UPDATE outcomes SET price = price + 100 WHERE record_id = (SELECT id FROM records WHERE reference = 'R1')",
			[]string{"2026-10: het grootboek wijkt -1.00 af" + about, "2026-11: het grootboek wijkt -1.00 af" + about}},
		{corrected, false, "", nil},
		{corrected, false, "UPDATE lines SET amount = amount + 100 WHERE kind = 'correction'", []string{"2026-11: het grootboek wijkt 1.00 af" + about}},
		{corrected, false, "DELETE FROM lines WHERE kind = 'credit'", []string{"2026-11: het grootboek wijkt 273.69 af" + about}},
		{corrected, false, "UPDATE lines SET quantity = quantity + 6000 WHERE kind = 'correction'", []string{"2026-11" + other, "2026-11" + other}}, // the changed line, and the one that is missing
		// No outcome changes, and the lines that should have been added are gone.
		{func(k *kit) {
			k.tell("a: R1=1,25")
			k.close("2026-10", "2026-11-05")
			k.book = testBook()
			k.book.Products[0].WholeHours = true
			k.book.Index()
		}, true, "DELETE FROM lines WHERE kind <> 'regular'", []string{"2026-11: het grootboek wijkt 22.81 af" + about}},
		{func(k *kit) {
			k.tell("a: R1=1")
			k.close("2026-10", "2026-11-05")
			k.tell("b: R1=0")
			k.policy.RecalculateFrom = day("2026-11-01").Period() // freezes what is withdrawn
		}, true, "", nil},
		{func(k *kit) {
			k.tell("a: R1=1")
			k.close("2026-10", "2026-11-05")
			k.tell("b: R1=0")
			k.policy.RecalculateFrom = day("2026-11-01").Period()
			k.close("2026-11", "2026-12-05")
			k.policy.RecalculateFrom = 0
		}, true, "DELETE FROM lines WHERE kind = 'credit'", []string{"2026-12: het grootboek wijkt 91.23 af" + about}},
	} {
		ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
			address := fresh()
			k := newKit(t, ledgertest.Open(t, address))
			k.permit(2)
			test.play(k)
			last := k.lastRun()
			month := last.Month().Add(1).String()
			if k.run(month, "2027-01-05"); test.closed {
				k.close(month, "2027-01-05")
			}
			if test.statement != "" {
				if err := k.batch.Store.Write(t.Context(), func(tx *ledger.Tx) error { return tx.Unguard(t.Context()) }); err != nil {
					t.Fatal(err)
				}
				ledgertest.Execute(t, address, test.statement)
			}
			var said []string
			if test.closed {
				verified, err := k.batch.Verify(t.Context(), "")
				if err != nil {
					t.Fatal(err)
				}
				for _, fault := range verified.Faults {
					said = append(said, fault.Dutch)
				}
			} else {
				_, err := k.batch.Close(t.Context(), k.order(month, "2027-01-05"))
				if problem, ok := errors.AsType[*ledger.Problem](err); ok {
					said = strings.Split(problem.Dutch, "\n")
				} else if err != nil {
					t.Fatal(err)
				}
			}
			var got []string
			for _, text := range said {
				if month, ok := strings.CutPrefix(strings.TrimSpace(text), "Periode "); ok && strings.Contains(text, "zorgregels") {
					got = append(got, month)
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("%s: got %q, want %q; all of it: %q", test.statement, got, test.want, said)
			}
		})
	}
}
