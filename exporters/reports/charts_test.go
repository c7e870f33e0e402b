package reports_test

import (
	"archive/zip"
	"io"
	"path/filepath"
	"strings"
	"testing"
)

// partsOf returns the parts of a workbook whose names have the given prefix.
func partsOf(t *testing.T, path, prefix string) []string {
	t.Helper()
	file, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var parts []string
	for _, entry := range file.File {
		if !strings.HasPrefix(entry.Name, prefix) {
			continue
		}
		reader, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, string(text))
	}
	return parts
}

// TestCharts expects the charts of a municipality and of the region, each with an alternative text, and on cells that
// hold numbers.
func TestCharts(t *testing.T) {
	dir, _ := written(t, newDemo(300))
	for name, least := range map[string]int{"gemeente-0855-Tilburg.xlsx": 3, "regio.xlsx": 2} {
		path := filepath.Join(dir, name)
		charts := partsOf(t, path, "xl/charts/chart")
		if len(charts) < least {
			t.Errorf("%s: %d charts", name, len(charts))
		}
		described := strings.Count(strings.Join(partsOf(t, path, "xl/drawings/drawing"), ""), `descr="Staafdiagram`)
		if described != len(charts) {
			t.Errorf("%s: %d of %d charts have a text", name, described, len(charts))
		}
		file := open(t, path)
		for _, chart := range charts {
			if bars, lines := strings.Count(chart, "<ser>"), strings.Count(chart, `</a:solidFill><a:ln w="9525">`); bars == 0 || lines != bars {
				t.Errorf("%s: %d of %d bars have a line around them", name, lines, bars)
			}
			_, values, _ := strings.Cut(chart, "<val>")
			_, formula, _ := strings.Cut(values, "<f>")
			formula, _, _ = strings.Cut(formula, "</f>")
			sheet, area, found := strings.Cut(strings.ReplaceAll(strings.NewReplacer("&apos;", "", "&#39;", "").Replace(formula), "'", ""), "!")
			first, _, _ := strings.Cut(strings.ReplaceAll(area, "$", ""), ":")
			if value, err := file.GetCellValue(sheet, first); !found || err != nil || value == "" {
				t.Errorf("%s: %s holds %q %v", name, formula, value, err)
			}
		}
	}
}

// TestOneBarIsNoChart: there is no chart of one bar, which shows no more than its number does, nor of clients of whom no number
// may be shown.
func TestOneBarIsNoChart(t *testing.T) {
	dir, _ := written(t, newDemo(300))
	for _, chart := range partsOf(t, filepath.Join(dir, "gemeente-0855-Tilburg.xlsx"), "xl/charts/chart") {
		if strings.Contains(chart, "Cliënten naar") {
			t.Error("the clients are drawn, of whom there are fewer than five")
		}
	}
}

// TestSmallGroups expects that no number of clients below five is shown.
func TestSmallGroups(t *testing.T) {
	dir, _ := written(t, newDemo(300))
	text := allText(t, open(t, filepath.Join(dir, "gemeente-0855-Tilburg.xlsx")), "Samenvatting")
	if _, clients, found := strings.Cut(text, "Bedrag per cliënt"); !found || !strings.Contains(clients, "minder dan 5") {
		t.Error("the two clients of the demo are counted out")
	}
}
