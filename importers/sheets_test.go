package importers_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers"
)

// grid is a sheet of a workbook as rows of cells; nil skips a row.
type grid [][]any

// workbook writes a workbook of the given kind ("" for none) and returns its path.
func workbook(t testing.TB, kind string, order []string, sheets map[string]grid) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range order {
		_, err := book.NewSheet(name)
		must(err)
		for i, cells := range sheets[name] {
			for j, value := range cells {
				cell, err := excelize.CoordinatesToCellName(j+1, i+1)
				must(err)
				if value != nil {
					must(book.SetCellValue(name, cell, value))
				}
			}
		}
	}
	must(book.DeleteSheet("Sheet1"))
	if kind != "" {
		must(book.SetDocProps(&excelize.DocProperties{Category: "pxq:" + kind}))
	}
	path := filepath.Join(t.TempDir(), "werkmap.xlsx")
	must(book.SaveAs(path))
	return path
}

func readPath(path string) (*taken, *billing.FileSummary, error) {
	sink := &taken{}
	summary, err := (&importers.Reader{}).Read(context.Background(), path, asOf, sink)
	return sink, summary, err
}

func TestRowsAreCounted(t *testing.T) {
	sink, summary := mustRead(t, "a.csv", "Aanlevering januari\n\nAGB-code;;\nAGB aanbieder;1000001\nAGB;20000002\n\n"+
		"regel nr.;B.S.N.;Product;Zorg-datum;Eenheid;Hoeveelheid;Ploeg;Kleur;kleur;\n\n"+
		"R1;999910012;45VB1;07-01-2026;uur;1\n;;;;;\n \u00a0; ;\nR2;999910012;45VB1;07-01-2026;uur;2;;rood;los\n"+
		"TOTAAL;;;;;3\n;Totaal uren;;;;3\nR3;999910012;45VB1;07-01-2026;uur;2\n\n")
	sheet := summary.Sheets[0]
	if sheet.Kind != billing.SubmissionSheet || sheet.HeadingRow != 7 || sheet.Rows != 3 || sheet.Totals != 2 || sheet.Empty != 3 {
		t.Errorf("got %+v", sheet)
	}
	if want := []string{"Ploeg", "Kleur"}; !slices.Equal(sheet.UnknownColumns, want) {
		t.Errorf("unknown columns %q, want %q", sheet.UnknownColumns, want)
	}
	var rows []int
	for _, record := range sink.records {
		rows = append(rows, record.Row)
		if record.Provider != "01000001" || len(record.Findings) > 0 {
			t.Errorf("row %d: provider %q, %s", record.Row, record.Provider, findings(record))
		}
	}
	if !slices.Equal(rows, []int{9, 12, 15}) {
		t.Errorf("rows %v", rows)
	}
}

func TestWorkbookCells(t *testing.T) {
	row := []any{"R1", 1000001, 999910012, time.Date(2012, 5, 2, 0, 0, 0, 0, time.UTC), 900101, 855, 54001,
		time.Date(2026, 1, 7, 12, 0, 0, 0, time.UTC), nil, nil, nil, nil, nil, 1.33333333333333, 1.234, nil, nil}
	headings := make([]any, 0, 17)
	for _, heading := range billing.FieldHeadings[1:] {
		headings = append(headings, heading)
	}
	path := workbook(t, "", []string{"Uitleg", "Uren", "Dagdelen"}, map[string]grid{
		"Uitleg": {{"Vul de bladen in"}}, "Uren": {headings, row}, "Dagdelen": {nil, headings, row},
	})
	sink, summary, err := readPath(path)
	if err != nil {
		t.Fatal(err)
	}
	r := sink.records[0]
	if r.Provider != "01000001" || r.BSN != "999910012" || r.BirthDate != billing.NewDate(2012, 5, 2) || r.ReferralNumber != "900101" ||
		r.Municipality != "855" || r.Product != "54001" || r.First != billing.NewDate(2026, 1, 7) || r.Quantity != 8000 || r.Unit != billing.Time ||
		r.ClaimedPrice.String() != "1.234" || r.Sheet != "Uren" || r.Row != 2 || len(r.Findings) > 0 {
		t.Errorf("got %+v", r)
	}
	if r := sink.records[1]; r.Unit != billing.Daypart || r.Quantity != 133 || r.Sheet != "Dagdelen" || r.Row != 3 {
		t.Errorf("got %+v", r)
	}
	if s := summary.Sheets[0]; s.Skipped != importers.SkippedNoHeading || s.Kind != billing.NoSheet || s.Name != "Uitleg" {
		t.Errorf("got %+v", s)
	}
}

// Spaces around the texts of a workbook are not part of them, and a cell of spaces is empty. A coordination point may be the
// date of its registration, and ja or nee a logical value.
func TestTextsOfWorkbooks(t *testing.T) {
	care := grid{{"Regelnummer", " AGB-code", "BSN ", "Productcode", "Datum", "Aantal", "Toewijzingsnummer"}, {" R1", "01000001 ", " 999910012", "45VB1 ", " 07-01-2026", " 1,5 ", "  "}}
	sink, _, err := readPath(workbook(t, "", []string{"Uren"}, map[string]grid{"Uren": care}))
	if err != nil {
		t.Fatal(err)
	}
	if r := sink.records[0]; r.Reference != "R1" || r.Provider != "01000001" || r.BSN != "999910012" || r.Product != "45VB1" || r.ReferralNumber != "" || len(r.Findings) > 0 {
		t.Errorf("got %+v", r)
	}
	referrals := grid{{"Toewijzingsnummer", "BSN", "Gemeente", "AGB-code", "Ingangsdatum", "Productcode", "Coordinatiepunt", "Eigen plaatsing", "Verlengde jeugdhulp"},
		{900101, 999910012, "0855", "01000001", "01-06-2025", "45VB1", time.Date(2025, 5, 30, 0, 0, 0, 0, time.UTC), true, false}}
	if sink, _, err = readPath(workbook(t, "", []string{"Blad1"}, map[string]grid{"Blad1": referrals})); err != nil {
		t.Fatal(err)
	}
	if r := sink.referrals[0]; r.CoordinationPoint != "2025-05-30" || !r.OwnPlacement || r.ExtendedYouthCare || len(r.Unreadable) > 0 {
		t.Errorf("got %+v, unreadable %+v", r.Referral, r.Unreadable)
	}
}

// An unreadable reason counts as none; the row says which cell holds what.
func TestReasonsThatCannotBeRead(t *testing.T) {
	headings := []any{"Regelnummer", "AGB-code", "Code", "Versie", "Besluit", "Reden", "Beoordelaar"}
	unread := []any{"R1", "01000001", "R12", 1, "akkoord"}
	decision := []any{"R1", "01000001", "R12", 1, "akkoord", nil, "J. de Vries"}
	path := workbook(t, "uitval", []string{"Uitval"}, map[string]grid{"Uitval": {headings, unread, decision, decision}})
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if err := errors.Join(book.SetCellFormula("Uitval", "F2", "1+1"), book.SetCellFormula("Uitval", "G2", "1+1"), book.SetCellBool("Uitval", "F3", true), book.Save()); err != nil {
		t.Fatal(err)
	}
	sink, _, err := readPath(path)
	if err != nil {
		t.Fatal(err)
	}
	want := []billing.BadCell{{Place: "F2"}, {Place: "F3", Found: "TRUE"}, {}}
	for i, got := range sink.decisions {
		if got.BadReason != want[i] || got.Reason != "" || got.By != map[bool]string{true: "", false: "J. de Vries"}[i == 0] {
			t.Errorf("got %+v", *got)
		}
	}
}

// Values that a spreadsheet program could not compute are unreadable everywhere, and never count as empty where
// that would change what the rules find.
func TestErrorCells(t *testing.T) {
	headings := make([]any, 0, 17)
	for _, heading := range billing.FieldHeadings[1:] {
		headings = append(headings, heading)
	}
	path := workbook(t, "", []string{"A"}, map[string]grid{"A": {headings}})
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for column := 'A'; column <= 'Q'; column++ {
		if err := book.SetCellFormula("A", string(column)+"2", "1/0"); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.Save(); err != nil {
		t.Fatal(err)
	}
	book.Close()
	sink, _, err := readPath(path)
	if err != nil {
		t.Fatal(err)
	}
	r := sink.records[0]
	want := "F01 Regelnummer Regelnummer; F05 AGB-code #?; F04 BSN fout; F02 Geboortedatum •••; F01 Productcode Productcode; F02 Datum #?; " +
		"F02 Begintijd #?; F02 Eindtijd #?; F02 Pauze #?; F06 Eenheid #?||#?; F03 Aantal #?; F11 Tarief #?; F11 Bedrag #?"
	if got := findings(r); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if r.ReferralNumber != "#?" || r.Municipality != "#?" || r.Daypart != "" || r.Remark != "" {
		t.Errorf("got %+v", r)
	}
}

func TestOwnWorkbooks(t *testing.T) {
	row := []any{"R1", 1000001, 999910012, "45VB1", "07-01-2026", 1, "akkoord"}
	care := grid{{"Regelnummer", "AGB-code", "BSN", "Productcode", "Datum", "Aantal", "Uitkomst"}, row}
	decisions := grid{{"Regelnummer", "AGB-code", "Code", "Versie", "Besluit", "Reden", "Beoordelaar"}, {"R1", 1000001, "R12", 1, "akkoord", "is gemeld", "J. de Vries"}}
	order := []string{"Uren", "Overzicht", "Besluiten"}
	sheets := map[string]grid{"Uren": care, "Overzicht": care, "Besluiten": decisions}

	sink, summary, err := readPath(workbook(t, "retour", order, sheets))
	if err != nil || len(sink.records) != 1 || len(sink.decisions) != 0 || summary.Sheets[1].Skipped != importers.SkippedReturn {
		t.Errorf("retour: %v, %+v", err, summary)
	}
	sink, summary, err = readPath(workbook(t, "uitval", order, sheets))
	if err != nil || len(sink.records) != 0 || len(sink.decisions) != 1 || summary.Sheets[0].Skipped != importers.SkippedUitval {
		t.Errorf("uitval: %v, %+v", err, summary)
	}
	sink, _, err = readPath(workbook(t, "template-submission", order, sheets))
	if err != nil || len(sink.records) != 2 || len(sink.decisions) != 1 {
		t.Errorf("template: %v, %d records", err, len(sink.records))
	}
	for _, kind := range []string{"gemeente", "regio", "verantwoording"} {
		_, _, err = readPath(workbook(t, kind, order, sheets))
		refused(t, kind, err, kind+".xlsx")
	}
}

// refused checks that an error is a refusal with these words in both languages.
func refused(t *testing.T, what string, err error, words ...string) {
	t.Helper()
	var refusal importers.Refusal
	if !errors.As(err, &refusal) {
		t.Errorf("%s: got %v, want a refusal", what, err)
		return
	}
	for _, lang := range []string{"nl", "en"} {
		for _, word := range words {
			if text := refusal.In(lang); !strings.Contains(text, word) || strings.Contains(text, "%!") {
				t.Errorf("%s: %q misses %q", what, text, word)
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	_, _, err := read(t, "a.csv", "iets\nRegelnummer;BSN;Datum;Uren\nR1;999910012;07-01-2026;3\n")
	refused(t, "too few headings", err, "a.csv", "2", "Regelnummer, BSN, Datum", "Productcode", "template")
	_, _, err = read(t, "a.csv", "a;b\n")
	refused(t, "no headings", err, "a.csv")
	_, _, err = read(t, "a.csv", strings.Repeat("x\n", 30)+submissionHeadings+changed(nil))
	refused(t, "headings below row 30", err, "30")
	if _, _, err = read(t, "a.csv", strings.Repeat("\n", 29)+submissionHeadings+changed(nil)); err != nil {
		t.Errorf("headings in row 30: %v", err)
	}
	_, _, err = read(t, "tarieven.csv", "productcode;eenheid;agb;tarief;van;tot;bron\n45VB1;uur;;91.23;2026-01-01;;x\n")
	refused(t, "prices", err, "tarieven", "contract/")
	_, _, err = read(t, "x.csv", "agb;naam\n01000001;Voorbeeld\n")
	refused(t, "providers", err, "aanbieders", "contract/")
	_, _, err = read(t, "a.xlsx", submissionHeadings)
	refused(t, "not what the name says", err, "a.xlsx")
	_, _, err = read(t, "a.csv", submissionHeadings+changed(nil)+`R2;"open`)
	refused(t, "damaged", err, "a.csv")
}

func TestSkippedTexts(t *testing.T) {
	for _, key := range []string{importers.SkippedNoHeading, importers.SkippedBook, importers.SkippedReturn, importers.SkippedUitval} {
		if importers.SkippedText(key, "nl") == "" || importers.SkippedText(key, "en") == "" {
			t.Errorf("%s has no text", key)
		}
	}
}

// A table of the book among the sheets is skipped; a sheet whose rows only resemble one is not.
func TestBookSheetIsSkipped(t *testing.T) {
	care := grid{{"Regelnummer", "AGB-code", "BSN", "Productcode", "Datum", "Aantal"}, {"R1", 1000001, 999910012, "45VB1", "07-01-2026", 1}}
	prices := grid{{"productcode", "eenheid", "agb", "tarief", "van", "tot"}, {"45VB1", "uur", "", 91.23, "2026-01-01", ""}}
	sink, summary, err := readPath(workbook(t, "", []string{"Uren", "Tarieven"}, map[string]grid{"Uren": care, "Tarieven": prices}))
	if err != nil || len(sink.records) != 1 || summary.Sheets[1].Skipped != importers.SkippedBook {
		t.Errorf("got %v, %+v", err, summary)
	}
}
