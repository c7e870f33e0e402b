package table

import (
	"errors"
	"testing"
)

// checkRows reads all that can be read and checks what always holds: rows
// ascend, problems are problems, and they come last.
func checkRows(t *testing.T, name string, content []byte) {
	f, err := openLimited(name, content, Limits{Unpacked: 64 << 20, Rows: 100_000})
	if err != nil {
		isProblem(t, err)
		return
	}
	for _, sheet := range f.Sheets() {
		last, ended := 0, false
		for row, err := range f.Rows(sheet) {
			if ended {
				t.Fatal("something comes after a problem")
			}
			if err != nil {
				isProblem(t, err)
				ended = true
				continue
			}
			if row.Number <= last || len(row.Cells) == 0 || row.Cells[len(row.Cells)-1].Kind == Empty {
				t.Fatalf("row %d after %d, %v", row.Number, last, row.Cells)
			}
			last = row.Number
		}
	}
}

func isProblem(t *testing.T, err error) {
	t.Helper()
	var p *Problem
	if !errors.As(err, &p) || p.Code == "internal" || p.File == "" || p.Dutch == "" {
		t.Fatalf("no proper problem: %v", err)
	}
}

func FuzzSheet(f *testing.F) {
	for _, rows := range []string{
		good, `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>a&amp;_x000D_</t></is></c><c r="C1" s="3"><v>46023.5</v></c></row>`,
		`<row r="3" hidden="1"><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2026-01-31</v></c><c t="str"><f>A1</f><v/></c></row><!-- c --><row/>`,
	} {
		f.Add(minimal(rows)["xl/worksheets/sheet1.xml"])
	}
	f.Fuzz(func(t *testing.T, sheet string) {
		content := minimal("").with("xl/worksheets/sheet1.xml", sheet).bytes(t)
		checkRows(t, "a.xlsx", content)
		compareWithDecoder(t, sheet, content)
	})
}

func FuzzXLSX(f *testing.F) {
	f.Add(minimal(good).bytes(f))
	f.Add(providerWorkbook(f, 3))
	f.Add(compoundFile("Workbook"))
	f.Fuzz(func(t *testing.T, content []byte) { checkRows(t, "a.xlsx", content) })
}

func FuzzCSV(f *testing.F) {
	for _, text := range []string{"a;b\n1;2\n", "sep=,\n\"a\"\"\r\nb\",c", "\xFF\xFEa\x00;\x00b\x00", "\xEF\xBB\xBFa\tb\r\r\n", "caf\xE9;\"x\"y"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, content []byte) { checkRows(t, "a.csv", content) })
}
