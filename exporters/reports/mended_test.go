package reports_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
)

// TestCorrectionsNameWhatTheyReplace expects the number of the credited line at the credit and at its correction.
func TestCorrectionsNameWhatTheyReplace(t *testing.T) {
	dir, _ := written(t, newDemo(300))
	rows := rowsOf(t, open(t, filepath.Join(dir, "gemeente-0855-Tilburg.xlsx")), "Correcties")
	kind, original := slices.Index(rows[headingRow-1], "Soort"), slices.Index(rows[headingRow-1], "Corrigeert regel")
	credited, corrections := "", 0
	for _, row := range rows[headingRow:] {
		switch row[kind] {
		case "credit":
			credited = row[original]
		case "correctie":
			if corrections++; credited == "" || row[original] != credited {
				t.Errorf("%q: corrects %q, not %q", row, row[original], credited)
			}
		}
	}
	if corrections == 0 {
		t.Error("no corrections")
	}
}

// TestSignalsByKind expects signals that need action at the top, with the last day for it, and those that only report a
// difference at the end.
func TestSignalsByKind(t *testing.T) {
	dir, _ := written(t, newDemo(300))
	rows := rowsOf(t, open(t, filepath.Join(dir, "uitval.xlsx")), "Signalen")
	last := slices.Index(rows[headingRow-1], "Laatste dag binnen de maximale duur")
	var codes []string
	for _, row := range rows[headingRow:] {
		codes = append(codes, row[0])
		if day := row[last]; (day != "") != (row[0] == "D02" || row[0] == "D03") {
			t.Errorf("%s: last day %q", row[0], day)
		}
	}
	if kinds := strings.Join(slices.Compact(codes), " "); kinds != "D03 D02 C05 S03 R13 P03" {
		t.Errorf("kinds in this order: %s", kinds)
	}
}

// TestQuality expects shares of the records received since the last close, and the totals that they are shares of.
func TestQuality(t *testing.T) {
	d := newDemo(300)
	received, rejected, late, corrected := 0, 0, 0, 0
	for i := range d.rows {
		row := &d.rows[i]
		if i%30 == 0 {
			row.Record.Version, row.Record.First = 2, period.First().AddDays(-1)
		}
		if row.Before != billing.NoOutcome {
			continue
		}
		received++
		for count, is := range map[*int]bool{
			&rejected: row.Outcome == billing.Rejected, &corrected: row.Record.Version > 1, &late: row.Record.First != 0 && row.Record.First < period.First(),
		} {
			if is {
				*count++
			}
		}
	}
	dir, _ := written(t, d)
	totals := under(t, rowsOf(t, open(t, filepath.Join(dir, "regio.xlsx")), "Samenvatting"), "Kwaliteit van de aanleveringen", "Totaal")
	for column, want := range map[int]int{2: received, 3: rejected, 5: late, 7: corrected} {
		if totals[column] != strconv.Itoa(want) || want == 0 {
			t.Errorf("column %d: %s, want %d", column, totals[column], want)
		}
	}
}

// TestResidentsOnly: after R02 the municipality is that of another client's referral, and it is not shown the client.
func TestResidentsOnly(t *testing.T) {
	d := newDemo(60)
	row := &d.rows[3]
	row.Record.BSN = "999990019"
	row.Findings = append(row.Findings, billing.Finding{Code: billing.R02, Field: billing.FieldBSN, Values: []string{row.Referral}})
	dir, _ := written(t, d)
	if text := everythingIn(t, filepath.Join(dir, "gemeente-"+row.Municipality+"-Tilburg.xlsx")); strings.Contains(text, "999990019") {
		t.Error("the municipality is shown a client of another")
	}
}

// TestTownsWithOddNames: the name of a municipality may be that of another column, of another municipality, or unfit for a
// heading.
func TestTownsWithOddNames(t *testing.T) {
	d := newDemo(60)
	for i, name := range []string{"AGB-code", "agb-code", "Baarle\n" + strings.Repeat("Nassau ", 60)} {
		d.report.Book.Municipalities[i].Name = name
	}
	d.report.Book.Index()
	dir, _ := written(t, d)
	headings := rowsOf(t, open(t, filepath.Join(dir, "regio.xlsx")), "Aanbieders per gemeente")[headingRow-1]
	if got := strings.Join(headings, "|"); got != "AGB-code|Aanbieder|agb-code 0785.|AGB-code 0855.|Baarle Nassau Nassau Nassau Nassau Nass…|Totaal" {
		t.Errorf("headings %s", got)
	}
}

// TestLaterToSettle: a negative balance is shown apart from what is paid.
func TestLaterToSettle(t *testing.T) {
	d := newDemo(60)
	for i := range d.report.Payments {
		if payment := &d.report.Payments[i]; payment.Municipality == "0855" {
			payment.CarriedOver, payment.ToPay = -payment.Net-100, 0
		}
	}
	dir, _ := written(t, d)
	rows := rowsOf(t, open(t, filepath.Join(dir, "gemeente-0855-Tilburg.xlsx")), "Samenvatting")
	if row := under(t, rows, "Kerncijfer", "Later te verrekenen"); row[1] != "-1" {
		t.Errorf("later: %q", row)
	}
	if row := under(t, rows, "Kerncijfer", "Te betalen"); row[1] != "0" || row[2] != "0" {
		t.Errorf("to pay: %q", row)
	}
}

// TestHoldsOnDeclaredRecords: a hold found after a close needs a decision, and is shown apart.
func TestHoldsOnDeclaredRecords(t *testing.T) {
	d := newDemo(60)
	d.rows[0].OpenHolds = []billing.Code{billing.R10}
	find(&d.rows[0], billing.Accepted, billing.R10, billing.FieldMunicipality, d.rows[0].Referral, "0785", "Tilburg")
	dir, _ := written(t, d)
	if text := allText(t, open(t, filepath.Join(dir, "uitval.xlsx")), "Overzicht"); !strings.Contains(text, "Daarvan al gedeclareerd, en akkoord zolang niemand ze afwijst: 1, samen € 116,81.") {
		t.Errorf("it says: %s", text[:min(len(text), 900)])
	}
}

// TestHoldsByRule expects the holds rule by rule, in the order of the first sheet: the largest amount at stake first.
func TestHoldsByRule(t *testing.T) {
	dir, _ := written(t, newDemo(300))
	file := open(t, filepath.Join(dir, "uitval.xlsx"))
	var codes, stakes []string
	for _, row := range rowsOf(t, file, "Uitval")[headingRow:] {
		codes = append(codes, row[2])
	}
	found := false
	for _, row := range rowsOf(t, file, "Overzicht") {
		switch {
		case len(row) > 0 && row[0] == "Uitval per reden":
			found = true
		case found && len(row) == 0:
			found = false
		case found && row[0] != "Code":
			stakes = append(stakes, row[0])
		}
	}
	codes = append(slices.Compact(codes), "–", "Totaal") // records with two holds are subtracted once
	if !slices.Equal(codes, stakes) || len(codes) < 5 {
		t.Errorf("rules %v, at stake %v", codes, stakes)
	}
}

// TestHoldsByAmount expects the holds of a rule with the largest amount at stake first, and a suggested reason on U02.
func TestHoldsByAmount(t *testing.T) {
	d := newDemo(300)
	for i := range d.rows {
		d.rows[i].Record.Quantity += billing.Quantity(i * 7 % 50)
	}
	d.redo()
	dir, _ := written(t, d)
	file := open(t, filepath.Join(dir, "uitval.xlsx"))
	rows := rowsOf(t, file, "Uitval")
	amount := slices.Index(rows[headingRow-1], "Betrokken bedrag")
	byRule, first, last := make(map[string][]float64), 0, 0
	for i, row := range rows[headingRow:] {
		number, err := strconv.ParseFloat(row[amount], 64)
		if err != nil {
			t.Fatal(err)
		}
		if byRule[row[2]] = append(byRule[row[2]], number); row[2] == "U02" {
			if last = headingRow + 1 + i; first == 0 {
				first = last
			}
		}
	}
	for code, amounts := range byRule {
		slices.Reverse(amounts)
		if !slices.IsSorted(amounts) || amounts[0] == amounts[len(amounts)-1] {
			t.Errorf("%s: %v", code, amounts)
		}
	}
	validations, err := file.GetDataValidations("Uitval")
	if err != nil {
		t.Fatal(err)
	}
	offered := slices.ContainsFunc(validations, func(v *excelize.DataValidation) bool {
		return v.Formula1 == `"bevestigd dat er twee keer zorg is geleverd"` && v.Sqref == fmt.Sprintf("F%d:F%d", first, last) && !v.ShowErrorMessage
	})
	if !offered {
		t.Errorf("no reason is offered for U02 in F%d:F%d: %+v", first, last, validations)
	}
}

// TestHoldsOnPaper expects what a controller needs on one page wide: the columns of the decision, the finding, the amount and
// the client.
func TestHoldsOnPaper(t *testing.T) {
	dir, _ := written(t, newDemo(300))
	file := open(t, filepath.Join(dir, "uitval.xlsx"))
	for sheet, last := range map[string]string{"Uitval": "BSN", "Afgewezen": "Betrokken bedrag", "Signalen": "Regelnummer"} {
		want := fmt.Sprintf("'%s'!$A$1:$%s$%d", sheet, columnOf(t, file, sheet, last), len(rowsOf(t, file, sheet)))
		printed := slices.ContainsFunc(file.GetDefinedName(), func(name excelize.DefinedName) bool {
			return name.Name == "_xlnm.Print_Area" && name.Scope == sheet && name.RefersTo == want
		})
		layout, err := file.GetPageLayout(sheet)
		if err != nil || !printed || *layout.FitToWidth != 1 {
			t.Errorf("%s: %+v, not %s (%v)", sheet, file.GetDefinedName(), want, err)
		}
	}
}

// TestProvidersAndProducts expects a table of providers and products that adds up to the declaration of the municipality.
func TestProvidersAndProducts(t *testing.T) {
	d := newDemo(300)
	dir, _ := written(t, d)
	file := open(t, filepath.Join(dir, "gemeente-0855-Tilburg.xlsx"))
	const sheet = "Aanbieders en producten"
	want := billing.Money(0)
	for i := range d.lines {
		if d.lines[i].Municipality == "0855" {
			want += d.lines[i].Amount
		}
	}
	rows := rowsOf(t, file, sheet)
	if got := cents(t, file, sheet, columnOf(t, file, sheet, "Bedrag")+"4"); got != want || len(rows) != headingRow+2 || rows[headingRow][1] == "onbekend" || rows[headingRow][3] == "onbekend" {
		t.Errorf("%s, want %s: %q", got, want, rows[headingRow:])
	}
}
