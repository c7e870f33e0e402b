package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// alwaysRecalculate are settings that make LibreOffice recalculate every formula when it opens a file. By default it uses the
// stored values, so that no difference would ever be found.
const alwaysRecalculate = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`

// testLibreOffice lets LibreOffice recalculate every formula of every workbook, and compares the results with the stored values.
// All workbooks go through one process, since it is slow to start: those that pxq wrote, one that was damaged to prove that
// differences are found, and templates that were filled in.
func testLibreOffice(t *testing.T, books []string) {
	_, missing := exec.LookPath("soffice")
	need(t, "LibreOffice", missing)
	o := &office{profile: t.TempDir(), in: t.TempDir(), out: t.TempDir()}
	write(t, filepath.Join(o.profile, "user", "registrymodifications.xcu"), alwaysRecalculate)
	books = largestAndSmallest(t, books)
	var written []string
	for _, book := range books {
		written = append(written, o.add(t, book))
	}
	damaged := o.addDamaged(t, books)
	filled := o.addFilledIn(t, books)
	o.convert(t, "xlsx", o.files...)
	t.Run("as stored", func(t *testing.T) {
		formulas := 0
		for i, name := range written {
			complaints, compared := o.compare(t, name)
			formulas += compared
			for _, complaint := range complaints {
				t.Errorf("%s: %s", nameOf(books[i]), complaint)
			}
		}
		if formulas < 400 {
			t.Errorf("%d formulas compared", formulas)
		}
	})
	t.Run("damaged", func(t *testing.T) { o.testDamaged(t, damaged) })
	t.Run("filled in", func(t *testing.T) {
		for _, f := range filled {
			f.check(t, o)
		}
	})
	t.Run("printed", func(t *testing.T) { o.testPages(t, books, written) })
}

// office is LibreOffice with a separate profile.
type office struct {
	profile, in, out string
	files            []string
}

// add adds a workbook to convert, under a unique name.
func (o *office) add(t *testing.T, path string) (name string) {
	t.Helper()
	name = fmt.Sprintf("%02d-%s", len(o.files), filepath.Base(path))
	write(t, filepath.Join(o.in, name), read(t, path))
	o.files = append(o.files, name)
	return name
}

// convert converts the named workbooks. LibreOffice reports no errors, so convert checks that every file was made.
func (o *office) convert(t *testing.T, to string, names ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	args := []string{"-env:UserInstallation=file://" + o.profile, "--headless", "--norestore", "--convert-to", to, "--outdir", o.out}
	for _, name := range names {
		args = append(args, filepath.Join(o.in, name))
	}
	command := exec.CommandContext(ctx, "soffice", args...)
	// soffice starts the program that does the work.
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
	said, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("soffice: %v\n%s", err, said)
	}
	for _, name := range names {
		if _, err := os.Stat(o.converted(name, to)); err != nil {
			t.Fatalf("LibreOffice does not open %s: %v\n%s", name, err, said)
		}
	}
}

func (o *office) converted(name, to string) string {
	return filepath.Join(o.out, strings.TrimSuffix(name, ".xlsx")+"."+to)
}

// compare compares the value of every formula of a workbook with the one that LibreOffice calculates, and finds errors in cells.
func (o *office) compare(t *testing.T, name string) (complaints []string, formulas int) {
	t.Helper()
	stored := sheetsOf(partsOf(t, filepath.Join(o.in, name)))
	calculated := sheetsOf(partsOf(t, o.converted(name, "xlsx")))
	for sheet, part := range stored {
		if calculated[sheet] == nil {
			return append(complaints, sheet+" is gone"), formulas
		}
		cells, others := cellsOf(part), cellsOf(calculated[sheet])
		for at, cell := range cells {
			if len(cell.all("f")) == 0 {
				continue
			}
			formulas++
			if complaint := differs(cell, others[at]); complaint != "" {
				complaints = append(complaints, fmt.Sprintf("%s!%s =%s: %s", sheet, at, cell.first("f").text, complaint))
			}
		}
		for at, other := range others {
			if other.attrs["t"] == "e" && (cells[at] == nil || len(cells[at].all("f")) == 0) {
				complaints = append(complaints, fmt.Sprintf("%s!%s holds the error %s", sheet, at, other.first("v").text))
			}
		}
	}
	slices.Sort(complaints)
	return complaints, formulas
}

// differs returns how the stored value of a formula differs from the calculated one.
func differs(stored, calculated *element) string {
	if calculated == nil || len(calculated.all("f")) == 0 {
		return "is no formula any more"
	}
	want, got := stored.first("v").text, calculated.first("v").text
	if calculated.attrs["t"] == "e" || strings.HasPrefix(got, "Err:") {
		return "gives the error " + got
	}
	if stored.attrs["t"] != "" { // a text
		if want != got {
			return fmt.Sprintf("stored is %q, calculated %q", want, got)
		}
		return ""
	}
	one, err := strconv.ParseFloat(want, 64)
	if err != nil {
		return fmt.Sprintf("stored is %q", want)
	}
	if other, err := strconv.ParseFloat(got, 64); err != nil || !sameNumber(one, other) {
		return fmt.Sprintf("stored is %s, calculated %s", want, got)
	}
	return ""
}

// sameNumber reports whether two numbers are equal up to floating-point precision, and in any case in whole cents.
func sameNumber(one, other float64) bool {
	return math.Abs(one-other) <= 1e-9*max(1, math.Abs(one)) && math.Abs(one-other) < 0.001
}

var (
	storedFormula = regexp.MustCompile(`<f>[^<]*</f><v>[^<]*</v>`)
	storedNumber  = regexp.MustCompile(`(<c(?: r="[A-Z]+[0-9]+")?)(?: [^>]*)?><v>[^<]*</v></c>`)
)

// damages are ways to damage a formula or number, each with the complaint that must follow.
var damages = []struct {
	what       *regexp.Regexp
	with, says string
}{
	{storedFormula, `<f>1+2</f><v>4711.25</v>`, "stored is 4711.25, calculated 3"},
	{storedFormula, `<f>29/100</f><v>0.3</v>`, "stored is 0.3, calculated 0.29"},
	{storedFormula, `<f>NOSUCH(1)</f><v>1</v>`, "gives the error #NAME?"},
	{storedFormula, `<f>SUM(#REF!)</f><v>0</v>`, "gives the error #REF!"},
	{storedFormula, `<f>1/0</f><v>0</v>`, "gives the error #DIV/0!"},
	{storedNumber, `$1 t="e"><v>#N/A</v></c>`, "holds the error #N/A"},
}

// addDamaged adds a workbook with one damage in every sheet but the first.
func (o *office) addDamaged(t *testing.T, books []string) (name string) {
	t.Helper()
	parts := rawParts(t, books[slices.IndexFunc(books, func(path string) bool { return kindOf(path) == "regio" })])
	for i, damage := range damages {
		sheet := fmt.Sprintf("xl/worksheets/sheet%d.xml", i+2)
		place := damage.what.FindString(parts[sheet])
		if place == "" {
			t.Fatalf("%s has nothing to damage", sheet)
		}
		parts[sheet] = strings.Replace(parts[sheet], place, damage.what.ReplaceAllString(place, damage.with), 1)
	}
	path := filepath.Join(t.TempDir(), "damaged.xlsx")
	write(t, path, zipOf(t, parts))
	return o.add(t, path)
}

// testDamaged checks that all damages are found. Otherwise it would go unnoticed if nothing were recalculated.
func (o *office) testDamaged(t *testing.T, name string) {
	complaints, _ := o.compare(t, name)
	for _, damage := range damages {
		if !slices.ContainsFunc(complaints, func(said string) bool { return strings.Contains(said, damage.says) }) {
			t.Errorf("%q is not among %q", damage.says, complaints)
		}
	}
}

// largestAndSmallest returns two workbooks of every kind in every folder; the others are similar, and would cost time.
func largestAndSmallest(t *testing.T, books []string) (picked []string) {
	t.Helper()
	bySize := slices.SortedStableFunc(slices.Values(books), func(a, b string) int { return cmp.Compare(sizeOf(t, a), sizeOf(t, b)) })
	first, last := make(map[string]string), make(map[string]string)
	for _, book := range bySize {
		kind := filepath.Dir(book) + kindOf(book)
		if first[kind] == "" {
			first[kind] = book
		}
		last[kind] = book
	}
	for _, book := range books {
		if kind := filepath.Dir(book) + kindOf(book); book == first[kind] || book == last[kind] {
			picked = append(picked, book)
		}
	}
	return picked
}

func sizeOf(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}
