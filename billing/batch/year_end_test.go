package batch_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// TestYearUntilItsEnd: the statement of a year lists every period in which care of the year can come in, with what was declared in it,
// also if none came in; that of the next year begins with its first month.
func TestYearUntilItsEnd(t *testing.T) {
	ledgertest.EachDatabase(t, func(t *testing.T, open func() *ledger.Store) {
		k := newKit(t, open())
		k.permit(1)
		k.policy.LateMonths = 1
		k.take("2026-12-03", k.write("1.csv", yearHeadings, care("R1", providerA, 0, "2026-11-05", "uur", "4")))
		k.close("2026-11", "2026-12-03")
		k.close("2026-12", "2027-01-04")
		k.take("2027-02-04", k.write("2.csv", yearHeadings, care("R2", providerA, 0, "2027-01-05", "uur", "1")))
		const totals = `2026-11 0855 30000001 45A01: 4.0000, 1 for 364.92, 0 for 0.00; held 0, 0.0000 for 0.00; open 0 for 0.00
			in 2026-11 30000001: 364.92 and 0.00 of 364.92
			in 2027-01 30000001: 0.00 and 0.00 of 91.23
			ledger 0855 30000001: 1 for 364.92, 0 for 0.00
			period 2026-11 2026-12-03
			period 2026-12 2027-01-04
			`
		k.run("2027-01", "2027-02-04")
		differs(t, "2026 before its end", shown(k.year(2026)), `
			until 2026-12, open 2027-01, ends with 2027-01, waiting 0
			`+totals+`period 2027-01 
			`)
		k.close("2027-01", "2027-02-04")
		differs(t, "2026 at its end", shown(k.year(2026)), `
			until 2027-01, open , ends with 2027-01, waiting 0
			`+totals+`period 2027-01 2027-02-04
			`)
		differs(t, "2027", shown(k.year(2027)), `
			until 2027-01, open , ends with 2028-01, waiting 0
			2027-01 0855 30000001 45A01: 1.0000, 1 for 91.23, 0 for 0.00; held 0, 0.0000 for 0.00; open 0 for 0.00
			in 2027-01 30000001: 91.23 and 0.00 of 91.23
			ledger 0855 30000001: 1 for 91.23, 0 for 0.00
			period 2027-01 2027-02-04
			`)
	})
}

// TestYearAfterItsEnd corrects care of a year after the last period in which such care can come in. The statement then runs on
// to the last period with a correction, final or not, and no further.
func TestYearAfterItsEnd(t *testing.T) {
	ledgertest.EachDatabase(t, func(t *testing.T, open func() *ledger.Store) {
		k := newKit(t, open())
		k.permit(2)
		k.policy.LateMonths = 1
		bring := func(asOf, hours, more string) {
			k.take(asOf, k.write(asOf+".csv", yearHeadings, care("R1", providerA, 0, "2026-11-05", "uur", hours), more))
		}
		bring("2026-12-03", "4", care("R2", providerA, 1, "2026-11-05", "uur", "1"))
		k.close("2026-11", "2026-12-03")
		k.close("2026-12", "2027-01-04")
		k.close("2027-01", "2027-02-04")
		bring("2027-03-04", "3", care("R3", providerA, 1, "2027-02-05", "uur", "2"))
		k.close("2027-02", "2027-03-04")
		bring("2027-04-04", "3", care("R4", providerA, 1, "2027-03-05", "uur", "1"))
		k.close("2027-03", "2027-04-04")
		bring("2027-05-04", "3", care("R5", providerA, 1, "2027-04-05", "uur", "2"))
		k.run("2027-04", "2027-05-04")
		differs(t, "corrected", shown(k.year(2026)), `
			until 2027-03, open 2027-04, ends with 2027-01, waiting 0
			2026-11 0855 30000001 45A01: 4.0000, 3 for 729.84, 1 for -364.92; held 0, 0.0000 for 0.00; open 0 for 0.00
			in 2026-11 30000001: 456.15 and 0.00 of 456.15
			in 2027-02 30000001: 273.69 and -364.92 of 91.23
			ledger 0855 30000001: 3 for 729.84, 1 for -364.92
			period 2026-11 2026-12-03
			period 2026-12 2027-01-04
			period 2027-01 2027-02-04
			period 2027-02 2027-03-04
			`)
		bring("2027-05-05", "2", care("R5", providerA, 1, "2027-04-05", "uur", "2"))
		k.run("2027-04", "2027-05-05")
		differs(t, "being corrected", shown(k.year(2026)), `
			until 2027-03, open 2027-04, ends with 2027-01, waiting 0
			2026-11 0855 30000001 45A01: 4.0000, 3 for 729.84, 1 for -364.92; held 0, 0.0000 for 0.00; open 2 for -91.23
			in 2026-11 30000001: 456.15 and 0.00 of 456.15
			in 2027-02 30000001: 273.69 and -364.92 of 91.23
			in 2027-04 30000001: 182.46 and -273.69 of 91.23
			ledger 0855 30000001: 3 for 729.84, 1 for -364.92
			period 2026-11 2026-12-03
			period 2026-12 2027-01-04
			period 2027-01 2027-02-04
			period 2027-02 2027-03-04
			period 2027-04 
			`)
		k.close("2027-04", "2027-05-05")
		differs(t, "closed", shown(k.year(2026)), `
			until 2027-04, open , ends with 2027-01, waiting 0
			2026-11 0855 30000001 45A01: 3.0000, 4 for 912.30, 2 for -638.61; held 0, 0.0000 for 0.00; open 0 for 0.00
			in 2026-11 30000001: 456.15 and 0.00 of 456.15
			in 2027-02 30000001: 273.69 and -364.92 of 91.23
			in 2027-03 30000001: 0.00 and 0.00 of 91.23
			in 2027-04 30000001: 182.46 and -273.69 of 91.23
			ledger 0855 30000001: 4 for 912.30, 2 for -638.61
			period 2026-11 2026-12-03
			period 2026-12 2027-01-04
			period 2027-01 2027-02-04
			period 2027-02 2027-03-04
			period 2027-03 2027-04-04
			period 2027-04 2027-05-05
			`)
	})
}
