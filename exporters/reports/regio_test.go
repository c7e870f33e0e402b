package reports_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
)

// negative gives the demo a provider that was credited the given number of months ago and has declared nothing since.
func negative(d *demo, months int) {
	const agb, town = "01000001", "0785"
	d.report.Earlier = append(d.report.Earlier, report.EarlierTotal{
		Period: period.Add(-months), Municipality: town, Provider: agb, Product: "45VB1", Unit: billing.Time, CareMonth: period.Add(-months - 1),
		Quantity: -6000, Amount: -250_00,
	})
	slices.SortStableFunc(d.report.Earlier, func(a, b report.EarlierTotal) int { return int(a.Period - b.Period) })
	d.report.Payments = append(d.report.Payments, report.Payment{Provider: agb, Municipality: town, CarriedOver: -250_00})
}

// TestLongNegativeBalances: a provider with a negative balance for three months is listed, with the amount and the first month.
func TestLongNegativeBalances(t *testing.T) {
	for months, named := range map[int]bool{1: false, 2: true, 3: true} {
		d := newDemo(60)
		negative(d, months)
		dir, _ := written(t, d)
		file := open(t, filepath.Join(dir, "regio.xlsx"))
		text := allText(t, file, "Samenvatting")
		if strings.Contains(text, "Al drie maanden of langer een negatief saldo") != named {
			t.Errorf("%d months ago: named must be %v", months, named)
		}
		if !named {
			continue
		}
		row := under(t, rowsOf(t, file, "Samenvatting"), "Al drie maanden of langer een negatief saldo", "Voorbeeld Wonen & Thuis")
		if row[1] != "Goirle" || row[2] != "01000001" || row[3] != "-250" || row[5] != []string{"", "", "3", "4"}[months] {
			t.Errorf("%d months ago: %q", months, row)
		}
	}
	d := newDemo(60)
	negative(d, 3)
	d.report.Earlier = append(d.report.Earlier, report.EarlierTotal{ // settled in between, and negative again
		Period: period.Add(-1), Municipality: "0785", Provider: "01000001", Product: "45VB1", Unit: billing.Time, CareMonth: period.Add(-1), Amount: 300_00,
	})
	dir, _ := written(t, d)
	if strings.Contains(allText(t, open(t, filepath.Join(dir, "regio.xlsx")), "Samenvatting"), "langer een negatief saldo") {
		t.Error("a balance that was settled is named")
	}
}

// TestRefusedFilesStandInTheReconciliation: a refused file is listed with the reason.
func TestRefusedFilesStandInTheReconciliation(t *testing.T) {
	d := newDemo(60)
	d.report.Refused = []report.RefusedFile{{
		Name: "999910012 oktober.xlsx", Reason: billing.Text{Dutch: "De werkmap is versleuteld. Sla haar op zonder wachtwoord.", English: "The workbook is encrypted."},
	}}
	dir, _ := written(t, d)
	for _, name := range []string{"regio.xlsx", "uitval.xlsx"} {
		told := slices.ContainsFunc(rowsOf(t, open(t, filepath.Join(dir, name)), "Aansluiting"), func(row []string) bool {
			return len(row) == 2 && strings.HasSuffix(row[0], " oktober.xlsx") && !strings.Contains(row[0], "999910012") && row[1] == d.report.Refused[0].Reason.Dutch
		})
		if !told {
			t.Errorf("%s does not name the file that was refused", name)
		}
	}
}

// TestReplacedRowsHaveTheirMunicipality: a replaced row counts where its client lives, as far as that is known: from
// the row itself, from the row in its place, or from its referral.
func TestReplacedRowsHaveTheirMunicipality(t *testing.T) {
	d := newDemo(300)
	unknown := 0
	for i := range d.rows {
		row := &d.rows[i]
		if row.Outcome == billing.Replaced || row.Outcome == billing.Withdrawn {
			row.Municipality = ""
			switch unknown++; unknown % 3 {
			case 0:
				row.Record.Municipality = "" // known from its referral
			case 1:
				row.Record.Municipality, row.Record.ReferralNumber = "", "" // known from the row in its place
				next := &d.rows[i-3]
				row.Record.Reference = fmt.Sprintf("%012d", unknown) // a spreadsheet dropped its leading zeros
				next.Record.Reference, next.Record.Version = strconv.Itoa(unknown), 2
			}
		}
	}
	d.redo()
	dir, _ := written(t, d)
	file := open(t, filepath.Join(dir, "regio.xlsx"))
	for _, town := range []string{"Goirle", "Tilburg", "Waalwijk"} {
		if row := under(t, rowsOf(t, file, "Samenvatting"), "Zorgregels per gemeente", town); row[8] != "10" {
			t.Errorf("%s: %q", town, row)
		}
	}
	if row := under(t, rowsOf(t, file, "Samenvatting"), "Zorgregels per gemeente", "onbekend"); row[8] != "0" || unknown != 30 {
		t.Errorf("of no municipality: %q of %d", row, unknown)
	}
}
