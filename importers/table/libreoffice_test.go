package table

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// libreOffice converts files to a format, changing only the extension of their
// names. If CI is set, LibreOffice must be installed.
func libreOffice(t *testing.T, to string, paths ...string) (folder string) {
	t.Helper()
	if _, err := exec.LookPath("soffice"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("CI is set and LibreOffice is not here; .ci/needs installs it: %v", err)
		}
		t.Skip("not tried with LibreOffice, which is not here; .ci/needs installs it")
	}
	folder = t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	arguments := []string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--norestore", "--convert-to", to, "--outdir", folder}
	command := exec.CommandContext(ctx, "soffice", append(arguments, paths...)...)
	// soffice starts the program that does the work.
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
	if said, err := command.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, said)
	}
	return folder
}

// variedWorkbook writes a workbook with every kind of cell that a sheet of care can hold, and more.
func variedWorkbook(t *testing.T, path string) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetSheetName("Sheet1", "Uren"))
	style := func(s excelize.Style) int {
		number, err := f.NewStyle(&s)
		must(err)
		return number
	}
	set := func(cell string, value any, s int) {
		must(f.SetCellValue("Uren", cell, value))
		if s != 0 {
			must(f.SetCellStyle("Uren", cell, cell, s))
		}
	}
	format := func(code string) int { return style(excelize.Style{CustomNumFmt: &code}) }
	struck := style(excelize.Style{Font: &excelize.Font{Strike: true}})

	for i, text := range []string{"Regelnummer", " ruimte ", "a\nb", "a  b", "é€𝄞", "<&>\"'", "0012", "\u00a0vast\u00a0", "nul\u200bbreedte", "#N/A", "x ", "' quote"} {
		set(fmt.Sprint(ColumnName(i), 1), text, 0)
	}
	for i, number := range []any{1, -2.5, 0.1, 7.3, 1.0 / 3, 123456789012, 1e-7, 0, 12345678901234567.0, 2.0 / 3} {
		set(fmt.Sprint(ColumnName(i), 2), number, 0)
	}
	for i, code := range []string{"dd-mm-yyyy", "[$-413]d mmmm yyyy", "dd-mm-yyyy hh:mm", "h:mm", "[h]:mm", "hh:mm:ss", "mm:ss", "0.00", "0%", "€ #,##0.00", "@", "0000000000", "mmm-yy", "General", "0.00E+00", "# ?/?", "[hh]:mm:ss", "yyyy-mm-dd", "d/m/yy h:mm AM/PM"} {
		for row, number := range []float64{46023, 46023.75, 46023.573032407, 0.354166666666667, 1.10416666666667, 0, 20, 61, 60, 400.5, 2958465} {
			set(fmt.Sprint(ColumnName(i), 4+row), number, format(code))
		}
	}
	for i, formula := range []string{"B2*2", "1/0", "NA()", `""`, `"tekst"`, "1=1", "VALUE(\"x\")", "DATE(2026,1,31)", "TIME(8,30,0)", "A1", "0.1+0.2", "SQRT(-1)"} {
		must(f.SetCellFormula("Uren", fmt.Sprint(ColumnName(i), 20), formula))
	}
	set("A21", true, 0)
	set("B21", false, 0)
	for _, cell := range []string{"A22", "B22", "C23"} {
		set(cell, "weg "+cell, struck)
	}
	set("A23", "blijft", 0)
	set("B23", "blijft", 0)
	must(f.SetCellRichText("Uren", "A24", []excelize.RichTextRun{{Text: "ge", Font: &excelize.Font{Strike: true}}, {Text: "heel", Font: &excelize.Font{Strike: true, Bold: true}}}))
	set("A26", "verborgen", 0)
	must(f.SetRowVisible("Uren", 26, false))
	set("A27", "samen", 0)
	must(f.MergeCell("Uren", "A27", "C28"))
	set("D28", "naast", 0)
	set("A29", "opmerking", 0)
	must(f.AddComment("Uren", excelize.Comment{Cell: "A29", Author: "x", Text: "geen celtekst"}))
	must(f.SetCellHyperLink("Uren", "A30", "https://example.org", "External"))
	set("A30", "koppeling", 0)
	for row := 31; row < 40; row++ {
		for column := range 5 {
			set(fmt.Sprint(ColumnName(column), row), "zelfde", 0)
		}
	}
	set("XFD41", "laatste kolom", 0)
	set("A1000", "ver weg", 0)
	for _, name := range []string{"Verborgen", "Laatste & 'één"} {
		_, err := f.NewSheet(name)
		must(err)
		must(f.SetCellValue(name, "B2", name))
	}
	must(f.SetSheetVisible("Verborgen", false))
	must(f.SetDocProps(&excelize.DocProperties{Category: "pxq:retour"}))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "pxq_kind_retour", RefersTo: "Uren!$A$1"}))
	must(f.SaveAs(path))
}

// describe returns everything read from a file, one line per row.
func describe(t *testing.T, path string) (lines []string) {
	t.Helper()
	f, err := Open(path, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, sheet := range f.Sheets() {
		lines = append(lines, fmt.Sprintf("sheet %s, hidden %v", sheet.Name, sheet.Hidden))
		for row, err := range f.Rows(sheet) {
			if err != nil {
				t.Fatal(err)
			}
			lines = append(lines, line(row))
		}
	}
	return append(lines, "kind "+f.Kind())
}

// ownDocument returns an OpenDocument workbook with what LibreOffice can read but does not write itself.
func ownDocument() parts {
	column := `<table:table-column table:number-columns-repeated="%d" table:default-cell-style-name="%s"/>`
	return odsParts(fmt.Sprintf(column, 3, "ce1") + fmt.Sprintf(column, 16381, "Default") +
		`<table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="2"><text:p>samen</text:p></table:table-cell><table:covered-table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:covered-table-cell></table:table-row>` +
		`<table:table-row><table:covered-table-cell table:number-columns-repeated="2"/>` + odsText(`x<text:s text:c="3"/>y`) + `</table:table-row>` +
		`<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="4" office:value-type="float" office:value="2.5"><text:p>2,5</text:p></table:table-cell></table:table-row>` +
		`<table:table-row table:visibility="filter">` + odsText("gefilterd") + `</table:table-row>` +
		`<table:table-row-group table:display="false"><table:table-row table:visibility="collapse">` + odsText("in een groep") + `</table:table-row></table:table-row-group>` +
		`<table:table-row>` + odsValue("time", "time-value", "PT26H30M00S", `table:style-name="ce3"`) + odsValue("time", "time-value", "PT08H30M00S", `table:style-name="ce2"`) +
		odsValue("date", "date-value", "2026-01-31T13:45:00", `table:style-name="ce1"`) + odsValue("boolean", "boolean-value", "true", "") +
		odsValue("float", "value", "46023.25", `table:style-name="ce1"`) + odsValue("float", "value", "0.25", `table:style-name="ce2"`) + odsValue("float", "value", "46023", `table:style-name="ce3"`) +
		odsValue("date", "date-value", "2026-01-31T13:45:00", `table:style-name="ce2"`) + odsValue("time", "time-value", "PT08H30M00S", `table:style-name="ce1"`) + odsValue("percentage", "value", "0.25", `table:style-name="ce1"`) + `</table:table-row>`)
}

// markedWorkbooks writes workbooks that are each marked as written by pxq in one way.
func markedWorkbooks(t *testing.T, folder string) (paths []string) {
	t.Helper()
	for name, mark := range map[string]func(f *excelize.File) error{
		"category": func(f *excelize.File) error {
			return f.SetDocProps(&excelize.DocProperties{Category: "pxq:uitval"})
		},
		"property": func(f *excelize.File) error {
			return f.SetCustomProps(excelize.CustomProperty{Name: "pxq-kind", Value: "uitval"})
		},
		"name": func(f *excelize.File) error {
			return f.SetDefinedName(&excelize.DefinedName{Name: "pxq_kind_uitval", RefersTo: "Sheet1!$A$1"})
		},
	} {
		f := excelize.NewFile()
		path := filepath.Join(folder, name+".xlsx")
		if err := errors.Join(mark(f), f.SaveAs(path), f.Close()); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// alike returns lines without what LibreOffice names differently in an OpenDocument workbook.
func alike(lines []string) []string {
	codes := regexp.MustCompile(`Error:(Err:\d+|#VALUE!|#NUM!)`)
	for i, line := range lines {
		lines[i] = codes.ReplaceAllString(line, "Error:#VALUE!")
	}
	return lines
}

// The cells of a sheet are the same whether LibreOffice saves it as an xlsx workbook
// or as an OpenDocument one, and so is the mark that pxq wrote the workbook.
func TestLibreOffice(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and no two goroutines of it meet")
	}
	folder := t.TempDir()
	varied, own := filepath.Join(folder, "varied.xlsx"), filepath.Join(folder, "own.ods")
	variedWorkbook(t, varied)
	if err := os.WriteFile(own, packed(t, ownDocument()), 0o600); err != nil {
		t.Fatal(err)
	}
	marked := markedWorkbooks(t, folder)
	documents := libreOffice(t, "ods", append(marked, varied, own)...)
	workbooks := libreOffice(t, "xlsx", filepath.Join(documents, "varied.ods"), filepath.Join(documents, "own.ods"))

	want := alike(describe(t, filepath.Join(documents, "varied.ods")))
	if len(want) < 40 || want[len(want)-1] != "kind retour" {
		t.Errorf("read only %d lines: %q", len(want), want)
	}
	for name, got := range map[string][]string{
		"xlsx": alike(describe(t, filepath.Join(workbooks, "varied.xlsx"))),
		"sent": alike(slices.DeleteFunc(describe(t, varied), func(line string) bool { return strings.HasPrefix(line, "20:") })),
	} {
		want := want
		if name == "sent" { // its formulas have no stored values
			want = slices.DeleteFunc(slices.Clone(want), func(line string) bool { return strings.HasPrefix(line, "20:") })
		}
		sameLines(t, name, got, want)
	}
	want = describe(t, own)
	sameLines(t, "own.ods", describe(t, filepath.Join(documents, "own.ods")), want)
	sameLines(t, "own.xlsx", describe(t, filepath.Join(workbooks, "own.xlsx")), want)
	for _, path := range marked {
		lines := describe(t, filepath.Join(documents, strings.TrimSuffix(filepath.Base(path), ".xlsx")+".ods"))
		if got := lines[len(lines)-1]; got != "kind uitval" {
			t.Errorf("%s: %s", filepath.Base(path), got)
		}
	}
}

func sameLines(t *testing.T, name string, got, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d lines, want %d", name, len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Errorf("%s\n%s\nwant\n%s", name, got[i], want[i])
		}
	}
}
