package reports_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports"
)

// demoYear is the year of a region in which everything happens: two periods are closed and one is not; each
// provider has care in two municipalities, in hours and day-parts, with credits and held records.
func demoYear() *report.Year {
	y := &report.Year{
		Region: "Voorbeeldregio", Language: "nl", Program: "pxq 1.0", Book: demoBook(), Fingerprint: "3f9a2c", Year: 2026, AsOf: billing.NewDate(2026, 11, 9),
		Notes: []billing.Text{{Dutch: "De tarieven zijn voorbeelden.", English: "The prices are examples."}},
		Until: period - 1, Head: "c0ffee", FinalWith: billing.PeriodOf(2027, 3), Open: period,
		Periods: []report.YearPeriod{{Period: period - 2, ClosedOn: billing.NewDate(2026, 9, 9)}, {Period: period - 1, ClosedOn: billing.NewDate(2026, 10, 9)}, {Period: period}},
	}
	for i, agb := range demoProviders {
		for j, town := range demoTowns[:2] {
			amount := billing.Money(100_00*(i+1) + 7*j)
			first := report.YearTotal{YearKey: report.YearKey{Municipality: town, Provider: agb, Product: "45VB1", Unit: billing.Time, CareMonth: period - 2}, Quantity: 7500}
			first.LineSum = report.LineSum{Debits: 3, Debit: 3 * amount, Credits: 1, Credit: -amount}
			first.Held, first.HeldQuantity = report.Sum{Count: 2, Amount: 33_33}, 1200
			second := report.YearTotal{YearKey: report.YearKey{Municipality: town, Provider: agb, Product: "44VB1", Unit: billing.Daypart, CareMonth: period - 1}, Quantity: 150}
			second.LineSum = report.LineSum{Debits: 1, Debit: amount}
			third := report.YearTotal{YearKey: report.YearKey{Municipality: town, Provider: agb, Product: "45VB1", Unit: billing.Time, CareMonth: period}, Open: report.Sum{Count: 1, Amount: 5 * amount}}
			y.Totals = append(y.Totals, first, second, third)
			y.Shares = append(y.Shares,
				report.YearShare{Period: period - 2, Municipality: town, Provider: agb, LineSum: report.LineSum{Debits: 2, Debit: 2 * amount}, Whole: 2*amount + 1_00},
				report.YearShare{Period: period - 1, Municipality: town, Provider: agb, LineSum: report.LineSum{Debits: 2, Debit: 2 * amount, Credits: 1, Credit: -amount}, Whole: amount},
				report.YearShare{Period: period, Municipality: town, Provider: agb, LineSum: report.LineSum{Debits: 1, Debit: 5 * amount}, Whole: 5 * amount})
			y.Ledger = append(y.Ledger, report.LedgerSum{Municipality: town, Provider: agb, LineSum: report.LineSum{Debits: 4, Debit: 4 * amount, Credits: 1, Credit: -amount}})
		}
	}
	y.Shares = append(y.Shares, report.YearShare{Period: period - 1, Municipality: "0867", Provider: "01000001", Whole: 9_00}) // care of another year
	return y
}

// settled removes everything that makes the year provisional.
func settled(y *report.Year) *report.Year {
	y.Until, y.Open, y.Waiting = y.FinalWith, 0, 0
	y.Periods[2].ClosedOn = billing.NewDate(2026, 11, 9)
	kept := y.Totals[:0]
	for _, total := range y.Totals {
		if total.Held, total.HeldQuantity = (report.Sum{}), 0; total.Open.Count == 0 {
			kept = append(kept, total)
		}
	}
	y.Totals = kept
	y.Shares = slices.DeleteFunc(y.Shares, func(s report.YearShare) bool { return s.Period == period })
	return y
}

// early leaves of the year only a run of its open period: nothing was ever closed.
func early(y *report.Year) *report.Year {
	y.Until, y.Head, y.Ledger, y.Waiting = 0, "", nil, 1
	y.Periods = y.Periods[2:]
	y.Shares = slices.DeleteFunc(y.Shares, func(s report.YearShare) bool { return s.Period != period })
	for i := range y.Totals {
		y.Totals[i].LineSum, y.Totals[i].Quantity = report.LineSum{}, 0
	}
	return y
}

func writtenYear(t *testing.T, y *report.Year) (dir string, files []reports.File) {
	t.Helper()
	dir = t.TempDir()
	files, err := reports.WriteYear(t.Context(), dir, y)
	if err != nil {
		t.Fatal(err)
	}
	return dir, files
}

func TestYearWorkbooks(t *testing.T) {
	dir, files := writtenYear(t, demoYear())
	want := []string{
		"verantwoording-01000001-Voorbeeld Wonen Thuis.xlsx", "verantwoording-20000002-Stichting Voorbeeld Zorg.xlsx", "verantwoording-30000003-De Fictie Groep.xlsx",
		"verantwoording-gemeente-0785-Goirle.xlsx", "verantwoording-gemeente-0855-Tilburg.xlsx", "verantwoording-regio.xlsx",
	}
	if names := namesIn(t, dir); !slices.Equal(names, want) {
		t.Fatalf("workbooks %q", names)
	}
	for _, file := range files {
		if info, err := os.Stat(filepath.Join(dir, file.Name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", file.Name, info.Mode(), err)
		}
		book := open(t, filepath.Join(dir, file.Name))
		if properties, err := book.GetDocProps(); err != nil || properties.Category != "pxq:verantwoording" || properties.Created != "2026-11-09T00:00:00Z" {
			t.Errorf("%s: %+v %v", file.Name, properties, err)
		}
		for _, sheet := range book.GetSheetList() {
			checkSheet(t, book, file.Name+" "+sheet, sheet)
		}
		signed := strings.Contains(allText(t, book, "Samenvatting"), "Handtekening")
		if ofProvider := !strings.Contains(file.Name, "gemeente") && !strings.Contains(file.Name, "regio"); signed != ofProvider {
			t.Errorf("%s: to be signed is %v", file.Name, signed)
		}
		sumsAgree(t, book, file.Name)
	}
	if _, again := writtenYear(t, demoYear()); !slices.Equal(files, again) {
		t.Errorf("written again:\n%v\n%v", files, again)
	}
}

// sumsAgree recalculates every total and difference of a workbook and compares it with the value stored with the formula.
func sumsAgree(t *testing.T, book *excelize.File, name string) {
	t.Helper()
	count := 0
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for row, cells := range rows {
			for column, stored := range cells {
				cell, _ := excelize.CoordinatesToCellName(column+1, row+1)
				if formula, err := book.GetCellFormula(sheet, cell); err != nil || formula == "" {
					continue
				}
				count++
				var numbers [2]float64
				calculated, err := book.CalcCellValue(sheet, cell, excelize.Options{RawCellValue: true})
				for i, text := range []string{stored, calculated} {
					if _, scanned := fmt.Sscan(text, &numbers[i]); scanned != nil {
						t.Errorf("%s %s!%s holds %q", name, sheet, cell, text)
					}
				}
				if difference := numbers[0] - numbers[1]; err != nil || difference > 1e-6 || difference < -1e-6 {
					t.Errorf("%s %s!%s: stored %s, calculated %s %v", name, sheet, cell, stored, calculated, err)
				}
			}
		}
	}
	if count < 20 {
		t.Errorf("%s has %d formulas", name, count)
	}
}

// TestYearNamesNobodyElse searches every provider's statement for anything of another one.
func TestYearNamesNobodyElse(t *testing.T) {
	y := demoYear()
	dir, _ := writtenYear(t, y)
	for _, own := range y.Book.Providers {
		name := slices.IndexFunc(namesIn(t, dir), func(name string) bool { return strings.Contains(name, own.AGB) })
		text := everythingIn(t, filepath.Join(dir, namesIn(t, dir)[name]))
		for _, other := range y.Book.Providers {
			for _, secret := range []string{other.AGB, strings.ReplaceAll(other.Name, "&", "&amp;")} {
				if strings.Contains(text, secret) != (own.AGB == other.AGB) {
					t.Errorf("the statement of %s: %q is in it: %v", own.AGB, secret, own.AGB != other.AGB)
				}
			}
		}
	}
}

// TestYearEnglish searches for texts without English, in provisional, final and early statements.
func TestYearEnglish(t *testing.T) {
	for name, y := range map[string]*report.Year{"provisional": demoYear(), "final": settled(demoYear()), "early": early(demoYear())} {
		y.Language = "en"
		dir, files := writtenYear(t, y)
		for _, file := range files {
			text := everythingIn(t, filepath.Join(dir, file.Name))
			if at := strings.Index(text, "⟦"); at >= 0 {
				t.Errorf("%s %s: %.80s", name, file.Name, text[at:])
			}
			if strings.Contains(text, "VOORLOPIG") || strings.Contains(text, "PROVISIONAL") == (name == "final") || strings.Contains(text, "c0ffee") == (name == "early") {
				t.Errorf("%s %s", name, file.Name)
			}
		}
	}
}

// TestYearIsProvisional checks the reasons one by one; those of one party do not mention another.
func TestYearIsProvisional(t *testing.T) {
	final := func(change func(*report.Year)) *report.Year {
		y := settled(demoYear())
		change(y)
		return y
	}
	for want, y := range map[string]*report.Year{
		"": final(func(*report.Year) {}),
		"Zorg van 2026 mag binnenkomen tot en met maart 2027, en die periode is nog niet afgesloten: afgesloten is tot en met februari 2027.": final(func(y *report.Year) { y.Until-- }),
		"Zorg van 2026 mag binnenkomen tot en met maart 2027, en die periode is nog niet afgesloten: er is nog geen periode afgesloten.":      final(func(y *report.Year) { y.Until = 0 }),
		"Zorgregels in uitval: 2, samen € 12,34.": final(func(y *report.Year) { y.Totals[0].Held = report.Sum{Count: 2, Amount: 12_34} }),
		"Declaratieregels van april 2027, die nog niet is afgesloten: 1, samen € -5,00.": final(func(y *report.Year) {
			y.Open, y.Totals[0].Open = billing.PeriodOf(2027, 4), report.Sum{Count: 1, Amount: -5_00}
		}),
		"Gedeclareerde zorgregels waarop later iets gevonden is en die op een besluit wachten: 1, samen € 5,00.": final(func(y *report.Year) {
			y.Totals[0].Asked = report.Sum{Count: 1, Amount: 5_00}
		}),
		"Het contractenboek of het beleid is na de laatste run gewijzigd; ‘pxq run’ neemt dat mee.":                  final(func(y *report.Year) { y.BookChanged = true }),
		"Na de laatste run is iets binnengekomen of gewijzigd dat zorg van 2026 kan raken; ‘pxq run’ neemt dat mee.": final(func(y *report.Year) { y.Waiting = 1 }),
	} {
		if got := strings.Join(reports.Provisional(y), " "); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	dir, _ := writtenYear(t, final(func(y *report.Year) { y.Totals[0].Held = report.Sum{Count: 2, Amount: 12_34} })) // of 01000001 in 0855
	for name, held := range map[string]bool{
		"01000001-Voorbeeld Wonen Thuis": true, "20000002-Stichting Voorbeeld Zorg": false, "gemeente-0855-Tilburg": true, "gemeente-0785-Goirle": false, "regio": true,
	} {
		if text := everythingIn(t, filepath.Join(dir, "verantwoording-"+name+".xlsx")); strings.Contains(text, "VOORLOPIG") != held || strings.Contains(text, "12,34") != held {
			t.Errorf("%s: provisional must be %v", name, held)
		}
	}
}

// TestYearDifferenceStopsEverything breaks each count in turn: nothing may then be written.
func TestYearDifferenceStopsEverything(t *testing.T) {
	for name, c := range map[string]struct {
		breakIt func(*report.Year)
		dutch   string
	}{
		"a line that is not proven":     {func(y *report.Year) { y.Ledger[0].Debits-- }, "declaratieregels, grootboek en specificatie van de regio: 29 tegenover 30"},
		"an amount that is not proven":  {func(y *report.Year) { y.Ledger[0].Debit++ }, "debet, grootboek en specificatie van de regio"},
		"a credit that is not proven":   {func(y *report.Year) { y.Totals[0].Credit++ }, "credit, grootboek en specificatie van de regio"},
		"another municipality":          {func(y *report.Year) { y.Totals[0].Municipality = "0785" }, "grootboek en specificatie van gemeente 0785"},
		"another provider":              {func(y *report.Year) { y.Ledger[0].Provider = "20000002" }, "grootboek en specificatie van aanbieder 01000001"},
		"a share that is gone":          {func(y *report.Year) { y.Shares = y.Shares[1:] }, "grootboek en declaratieperioden van de regio"},
		"a closed share under open":     {func(y *report.Year) { y.Periods[1].ClosedOn = 0 }, "grootboek en declaratieperioden van de regio"},
		"a share of another provider":   {func(y *report.Year) { y.Shares[0].Provider = "20000002" }, "grootboek en declaratieperioden van aanbieder 01000001"},
		"proven lines without any more": {func(y *report.Year) { y.Totals, y.Shares = nil, nil }, "grootboek en specificatie van de regio"},
	} {
		t.Run(name, func(t *testing.T) {
			y := demoYear()
			c.breakIt(y)
			dir := t.TempDir()
			_, err := reports.WriteYear(t.Context(), dir, y)
			difference, ok := errors.AsType[*reports.Difference](err)
			if !ok || !strings.Contains(difference.Text.Dutch, c.dutch) || difference.Text.English == "" {
				t.Errorf("got %v", err)
			}
			if names := namesIn(t, dir); len(names) > 0 {
				t.Errorf("written all the same: %v", names)
			}
		})
	}
}
