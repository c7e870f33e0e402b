package templates_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/templates"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/importers/table"
	"github.com/pxq-nl/pxq/rates"
)

func templateHead(language string) templates.Head {
	return templates.Head{
		Region: "Voorbeeldregio", Language: language, Program: "pxq 1.0", AsOf: billing.NewDate(2026, 11, 9), Book: rates.HartVanBrabant(),
	}
}

// makeTemplate writes a template twice and expects the same bytes.
func makeTemplate(t *testing.T, write func(string, templates.Head) error, head templates.Head) string {
	t.Helper()
	var sums [2][sha256.Size]byte
	path := ""
	for i := range sums {
		path = filepath.Join(t.TempDir(), "sjabloon.xlsx")
		if err := write(path, head); err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sums[i] = sha256.Sum256(content)
	}
	if sums[0] != sums[1] {
		t.Error("the same template has other bytes")
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v %v", info.Mode(), err)
	}
	if err := write(path, head); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a template that is there is overwritten: %v", err)
	}
	if names, err := os.ReadDir(filepath.Dir(path)); err != nil || len(names) != 1 {
		t.Errorf("left behind: %v", names)
	}
	return path
}

// fill writes rows under the headings of a sheet.
func fill(t *testing.T, path, sheet string, firstRow int, rows ...[]any) {
	t.Helper()
	file := open(t, path)
	for i, row := range rows {
		for column, value := range row {
			if value == nil {
				continue
			}
			cell, err := excelize.CoordinatesToCellName(column+1, firstRow+i)
			if err != nil {
				t.Fatal(err)
			}
			if err := file.SetCellValue(sheet, cell, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := file.Save(); err != nil {
		t.Fatal(err)
	}
}

// asTime formats a cell as a time, as typing 0:15 into it does.
func asTime(t *testing.T, path, sheet, cell string) {
	t.Helper()
	file := open(t, path)
	style, err := file.NewStyle(&excelize.Style{NumFmt: 20})
	if err != nil {
		t.Fatal(err)
	}
	if err := file.SetCellStyle(sheet, cell, cell, style); err != nil {
		t.Fatal(err)
	}
	if err := file.Save(); err != nil {
		t.Fatal(err)
	}
}

// day returns a date as a person types it into a cell.
func day(year, month, dayOfMonth int) any { return billing.NewDate(year, month, dayOfMonth).Time() }

// TestSubmission fills in a template and reads it: every row is read as it was meant, without a finding.
func TestSubmission(t *testing.T) {
	for _, language := range []string{"nl", "en"} {
		head := templateHead(language)
		head.Provider = head.Book.Contracts[0].Provider
		product := ""
		for i := range head.Book.Products {
			if p := &head.Book.Products[i]; p.AllowsTime && product == "" {
				product = p.Code
			}
		}
		path := makeTemplate(t, templates.Submission, head)
		if sink, _, err := readFile(t, path); err != nil || len(sink.records) != 0 {
			t.Fatalf("%s: empty: %v", language, err)
		}
		fill(t, path, "Uren", 6,
			[]any{"2026-10-0001", nil, "999990019", day(2014, 3, 15), "900101", "Tilburg", product, day(2026, 10, 7), nil, nil, nil, nil, "uur", 1.25},
			[]any{"2026-10-0002", nil, "999990019", nil, nil, "0855", product, day(2026, 10, 8), 0.375, 0.4375, 15},
			[]any{"2026-10-0003", nil, "999990019", nil, nil, "Tilburg", product, day(2026, 10, 9), nil, nil, nil, nil, "minuut", 75, 90.5, 113.13, "vrij"})
		fill(t, path, "Dagdelen", 6, []any{"2026-10-0004", head.Provider, "999990019", nil, nil, nil, product, day(2026, 10, 9), nil, nil, nil, "avond", nil, 1.5})
		sink, summary, err := readFile(t, path)
		if err != nil || len(sink.records) != 4 || len(sink.decisions) != 0 {
			t.Fatalf("%s: %v, %d rows", language, err, len(sink.records))
		}
		for i, want := range []billing.Quantity{7500, 7500, 7500, 150} {
			record := sink.records[i]
			if len(record.Findings) > 0 || record.Provider != head.Provider || record.BSN != "999990019" {
				t.Errorf("%s: %+v", language, record)
			}
			if record.Quantity != want {
				t.Errorf("%s: %s has quantity %d, not %d", language, record.Reference, record.Quantity, want)
			}
		}
		for _, sheet := range summary.Sheets {
			if len(sheet.UnknownColumns) > 0 || sheet.Totals != 0 || (sheet.Kind == billing.NoSheet) != (sheet.Skipped == importers.SkippedNoHeading) {
				t.Errorf("%s: %+v", language, sheet)
			}
			if templates.OwnSheet(summary.WrittenAs, sheet.Name) != (sheet.Skipped != "") || templates.OwnSheet("", sheet.Name) {
				t.Errorf("%s: whether %s is a sheet for people only", language, sheet.Name)
			}
		}
	}
}

// TestHoursAddUp compares the total above the headings with the sum of what is read: a provider checks the one before it
// sends the other.
func TestHoursAddUp(t *testing.T) {
	path := makeTemplate(t, templates.Submission, templateHead("nl"))
	product := "45X03"
	row := func(number string, start, end, pause, unit, quantity any) []any {
		return []any{number, "99040020", "999990019", nil, nil, nil, product, day(2026, 10, 7), start, end, pause, nil, unit, quantity}
	}
	fill(t, path, "Uren", 6,
		row("1", 0.375, 0.75, 30, nil, nil), row("2", 0.375, 0.5, 0.25/24, nil, nil), row("3", 0.375, 0.5, nil, nil, nil),
		row("4", 0.375, 0.5, 30, "uur", 2.5), row("5", nil, nil, nil, "minuut", 90), row("6", nil, nil, 15, nil, 0.75))
	asTime(t, path, "Uren", "K7")
	sink, _, err := readFile(t, path)
	if err != nil {
		t.Fatal(err)
	}
	var read billing.Quantity
	for _, record := range sink.records {
		read += record.Quantity
	}
	shown, err := open(t, path).CalcCellValue("Uren", "N4", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	if hours, err := strconv.ParseFloat(shown, 64); err != nil || math.Abs(hours*6000-float64(read)) > 1e-6 {
		t.Errorf("the total above the headings is %s hours; read are %d hundredths of minutes", shown, read)
	}
}

func readFile(t *testing.T, path string) (*taken, *billing.FileSummary, error) {
	t.Helper()
	sink := &taken{}
	summary, err := (&importers.Reader{}).Read(t.Context(), path, billing.NewDate(2026, 11, 10), sink)
	return sink, summary, err
}

// TestTemplateHelps checks the validations, notes, names and marks that help to fill in a template.
func TestTemplateHelps(t *testing.T) {
	file := open(t, makeTemplate(t, templates.Submission, templateHead("nl")))
	for _, sheet := range []string{"Uren", "Dagdelen"} {
		checks, err := file.GetDataValidations(sheet)
		if err != nil {
			t.Fatal(err)
		}
		kinds := map[string]int{}
		for _, check := range checks {
			kinds[check.Type]++
			if check.Error == nil || *check.Error == "" || len(check.Formula1) > 255 || strings.ContainsAny(check.Formula1, "{}") {
				t.Errorf("%s %s: %q", sheet, check.Sqref, check.Formula1)
			}
		}
		if kinds["list"] < 3 || kinds["date"] != 2 || kinds["time"] != 2 || kinds["decimal"] != 3 || kinds["custom"] != 3 {
			t.Errorf("%s: %v", sheet, kinds)
		}
		notes, err := file.GetComments(sheet)
		if err != nil || len(notes) != int(billing.FieldsEnd)-1 {
			t.Errorf("%s: %d notes %v", sheet, len(notes), err)
		}
		if marks, err := file.GetConditionalFormats(sheet); err != nil || len(marks) != 2 {
			t.Errorf("%s: %v %v", sheet, marks, err)
		}
	}
	names := fmt.Sprint(file.GetDefinedName())
	for _, name := range []string{"lijst_producten_uren", "lijst_producten_dagdelen", "lijst_gemeenten", "lijst_eenheden", "lijst_dagdelen", "elf_plaats"} {
		if !strings.Contains(names, name) {
			t.Errorf("no name %s", name)
		}
	}
	if text := allText(t, file, "Uitleg"); !strings.Contains(text, "2026-10-0001") {
		t.Error("no number is proposed")
	}
}

// allText returns the texts of a sheet.
func allText(t *testing.T, file *excelize.File, sheet string) string {
	t.Helper()
	rows, err := file.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(rows)
}

// TestReferrals fills in a referral and reads it without a finding.
func TestReferrals(t *testing.T) {
	head := templateHead("nl")
	path := makeTemplate(t, templates.Referrals, head)
	fill(t, path, "Toewijzingen", 6, []any{
		"900101", "999990019", day(2014, 3, 15), "Tilburg", "01000001", head.Book.Products[0].Code, nil, day(2026, 1, 1), day(2026, 12, 31),
		4.5, "uur", "per week", nil, "huisarts", day(2025, 12, 20), "actief", "2026-000123", "nee", nil, "ja", nil, 12.5, 1000,
	})
	sink := &referralsTaken{}
	summary, err := (&importers.Reader{}).Read(t.Context(), path, billing.NewDate(2026, 11, 10), sink)
	if err != nil || len(sink.rows) != 1 {
		t.Fatalf("%v %+v", err, summary)
	}
	row := sink.rows[0]
	if len(row.Unreadable) > 0 || row.Number != "900101" || row.Referrer != "02" || row.Frequency != billing.PerWeek || row.VolumeWritten != "uur" {
		t.Errorf("%+v", row)
	}
	for field, present := range row.Present {
		if !present {
			t.Errorf("no column %s", billing.ReferralHeadings[field])
		}
	}
}

type referralsTaken struct {
	taken
	rows []*billing.ReferralRow
}

func (r *referralsTaken) Referral(row *billing.ReferralRow) error {
	r.rows = append(r.rows, row)
	return nil
}

// TestBookInPlainWords expects a plain word above every heading of the book, which is a key, and that no such word is a key.
func TestBookInPlainWords(t *testing.T) {
	for _, language := range []string{"nl", "en"} {
		path := filepath.Join(t.TempDir(), "boek.xlsx")
		if err := templates.Contract(path, templateHead(language)); err != nil {
			t.Fatal(err)
		}
		file, err := excelize.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		for _, sheet := range rates.TableNames {
			rows, err := file.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for i, heading := range rows[4] {
				if i >= len(rows[3]) || rows[3][i] == "" || slices.Contains(rates.Columns(sheet), strings.ToLower(rows[3][i])) {
					t.Errorf("%s: above %s stands %q", sheet, heading, rows[3])
				}
			}
		}
	}
}

// TestContract loads an empty contract book and one with a row in every table.
func TestContract(t *testing.T) {
	path := makeTemplate(t, templates.Contract, templateHead("nl"))
	load := func() *billing.Book {
		book, found, err := importers.Book(filepath.Dir(path), table.DefaultLimits())
		if err != nil || !found {
			t.Fatalf("%v %v", found, err)
		}
		return book
	}
	if book := load(); len(book.Segments)+len(book.Contracts) != 0 {
		t.Errorf("not empty: %+v", book)
	}
	fill(t, path, "segmenten", 6, []any{"4", "Ambulante hulp", "pxq", 24, nil, "ja", "nee", "voorbeeld"})
	fill(t, path, "producten", 6, []any{"45VB1", "Begeleiding", "4", "45", "begeleiding", "6.762", "uur", nil, nil, "nee", "nee", "exact"})
	fill(t, path, "gebieden", 6, []any{"A", "Midden"})
	fill(t, path, "gemeenten", 6, []any{"0855", "Tilburg", nil, "A"})
	fill(t, path, "aanbieders", 6, []any{"01000001", "Voorbeeld"})
	fill(t, path, "contracten", 6, []any{"01000001", "4", "A", nil, day(2026, 1, 1), nil, 100000})
	fill(t, path, "tarieven", 6, []any{"45VB1", "uur", nil, 93.45, day(2026, 1, 1), nil})
	if book := load(); len(book.Contracts) != 1 || book.Contracts[0].Ceiling != 100_000_00 || len(book.Prices) != 1 || book.Prices[0].Price != 9345 {
		t.Errorf("%+v", book)
	}
}

// TestBookReadsBack writes the built-in book as a workbook and reads it back complete.
func TestBookReadsBack(t *testing.T) {
	path := makeTemplate(t, func(path string, head templates.Head) error {
		return templates.Book(path, head, rates.HartVanBrabantTables())
	}, templateHead("nl"))
	book, _, err := importers.Book(filepath.Dir(path), table.DefaultLimits())
	if err != nil || rates.Fingerprint(book) != rates.Fingerprint(rates.HartVanBrabant()) {
		t.Fatalf("another book: %v", err)
	}
	file := open(t, path)
	for _, name := range file.GetDefinedName() {
		if strings.HasPrefix(name.Name, "boek_") && !strings.Contains(name.RefersTo, "COUNTA(") {
			t.Errorf("%s offers empty cells: %s", name.Name, name.RefersTo)
		}
	}
	for _, sheet := range file.GetSheetList()[1:] {
		if linked, to, err := file.GetCellHyperLink(sheet, "A3"); !linked || to != "'Uitleg'!A1" || err != nil {
			t.Errorf("%s: no way back: %s %v", sheet, to, err)
		}
	}
}

// TestManyWaysToFillIn fills in both sheets in the ways in which people do: the code of the provider once above the
// headings, dates and times as such or as texts, minutes, numbers without their leading zero.
func TestManyWaysToFillIn(t *testing.T) {
	head := templateHead("nl")
	path := makeTemplate(t, templates.Submission, head)
	ways := [][]any{
		{day(2026, 10, 7), nil, nil, nil, nil, "uur", 1.25}, {"07-10-2026", "9:00", "10:15"}, {"2026-10-07", 0.375, 0.4375, "0:15", nil, "uur"},
		{day(2026, 10, 7), nil, nil, nil, nil, "minuut", 75}, {day(2026, 10, 7), nil, nil, nil, nil, nil, "1,25"}, {day(2026, 10, 7), nil, nil, nil, nil, "uur", "1:15"},
	}
	const count = 24
	for _, sheet := range []string{"Uren", "Dagdelen"} {
		var rows [][]any
		for i := range count {
			row := []any{fmt.Sprintf("%s-%04d", sheet, i), nil, []any{"999990019", 999990019}[i%2], nil, nil, []any{"Tilburg", "0855", 855}[i%3], head.Book.Products[0].Code}
			if sheet == "Uren" {
				row = append(row, ways[i%len(ways)]...)
			} else {
				row = append(row, day(2026, 10, i+1), nil, nil, nil, []any{"ochtend", "Avond", nil}[i%3], []any{nil, "dagdeel"}[i%2], 1.5)
			}
			rows = append(rows, row)
		}
		fill(t, path, sheet, 3, []any{nil, "01000001"})
		fill(t, path, sheet, 6, rows...)
	}
	sink, _, err := readFile(t, path)
	if err != nil || len(sink.records) != 2*count {
		t.Fatalf("%v, %d rows", err, len(sink.records))
	}
	for _, record := range sink.records {
		want := billing.Quantity(7500)
		if record.Unit == billing.Daypart {
			want = 150
		}
		if len(record.Findings) > 0 || record.Quantity != want || record.Provider != "01000001" || record.BSN != "999990019" {
			t.Errorf("%+v", record)
		}
	}
}
