package own_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/own"
	"github.com/pxq-nl/pxq/rates"
)

// alone returns a check of files without any knowledge of the region.
func alone(files ...string) *own.Check {
	return &own.Check{Provider: provider, AsOf: day("2026-11-20"), Book: rates.HartVanBrabant(), Policy: billing.DefaultPolicy(), Files: files}
}

// foundIn returns the codes that a check found, by reference.
func foundIn(t *testing.T, of *own.Check) (*own.Result, map[string]string) {
	t.Helper()
	result, err := of.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[string]string)
	for _, row := range result.Found {
		for _, finding := range row.Findings {
			found[row.Reference] += finding.Code.String() + " "
		}
	}
	return result, found
}

// The findings of a check are written as a workbook in the layout of the return file, with the cells to correct marked.
// Checking the workbook itself gives the same findings as the original file.
func TestFindingsAsWorkbook(t *testing.T) {
	content := headings + care("1", "123456789", "T1", "2026-10-01", "2") + care("2", "999900006", "T1", "31-09-2026", "1,5") +
		strings.Replace(care("3", "999900006", "T1", "2026-10-05", "anderhalf"), "45X01", "45Z99", 1) + strings.Replace(care("4", "999900006", "T1", "2026-10-06", "1"), "uur", "dagdeel", 1)
	of := alone(file(t, "oktober.csv", content))
	result, found := foundIn(t, of)
	dir := t.TempDir()
	name, err := of.WriteFindings(t.Context(), dir, "pxq", report.Setting{Region: "Hart van Brabant", Language: "nl", Book: of.Book, Policy: of.Policy})
	if err != nil || !strings.HasPrefix(name, "bevindingen-"+provider) {
		t.Fatalf("%q: %v", name, err)
	}
	path := filepath.Join(dir, name)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	again, foundAgain := foundIn(t, alone(path))
	foundAgain["1"] = strings.Replace(foundAgain["1"], "F01", "F04", 1) // an invalid BSN is stored nowhere, so its cell is empty
	if again.Rows != result.Rows || len(again.Refused) > 0 || fmt.Sprint(foundAgain) != fmt.Sprint(found) || len(found) != 4 {
		t.Errorf("%d rows, refused %v, found %v; of the file %d rows, %v", again.Rows, again.Refused, foundAgain, result.Rows, found)
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	notes, err := book.GetComments("Uren")
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for _, note := range notes {
		for _, run := range note.Paragraph {
			said += note.Cell + ": " + run.Text + "\n"
		}
	}
	for _, code := range []string{"F04", "F02", "F03"} {
		if !strings.Contains(said, code+": ") {
			t.Errorf("no cell is marked with %s: %s", code, said)
		}
	}
	rows, err := book.GetRows("Uren")
	if err != nil {
		t.Fatal(err)
	}
	for _, heading := range []string{"Versie", "Toegekend bedrag"} {
		if strings.Contains(fmt.Sprint(rows), heading) {
			t.Errorf("there is a column %s, but nothing was taken in", heading)
		}
	}
}

// testdata has messages that are valid by their schema.
const testdata = "../../../../importers/ijw/testdata"

// message returns the declaration of the test data as one of the provider.
func message(t *testing.T, change ...string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(testdata, "jw323.xml"))
	if err != nil {
		t.Fatal(err)
	}
	return file(t, "declaratie.xml", strings.NewReplacer(append([]string{">42420001<", ">" + provider + "<"}, change...)...).Replace(string(content)))
}

// A declaration (JW323) is checked prestatie by prestatie, with the codes of its answer. A file is refused when it holds a
// declaration of another provider, one that breaks a rule as a whole, or referrals.
func TestCheckOfMessages(t *testing.T) {
	result, found := foundIn(t, alone(message(t)))
	if len(result.Refused) > 0 || result.Rows == 0 || !strings.Contains(found["R1"], "J20") {
		t.Fatalf("%d rows, found %v, refused %v", result.Rows, found, result.Refused)
	}
	first := result.Found[0].Findings[0]
	if !first.InMessage || first.Return == "" || !strings.HasPrefix(first.Cell, "prestatie ") {
		t.Errorf("the finding is %+v", first)
	}
	for row, codes := range found {
		if strings.Contains(codes, "J26") {
			t.Errorf("%s has %s: what was answered before only a run knows", row, codes)
		}
	}
	for path, want := range map[string]string{
		filepath.Join(testdata, "jw323.xml"): "andere AGB-code",
		message(t, ">15371<", ">1<"):         "(0001) regel ",
		// Findings on the header have no line.
		message(t, "<ijw:Dagtekening>2026-11-05<", "<ijw:Dagtekening>2027-12-31<"): "J17 (8848) Header/BerichtIdentificatie/Dagtekening: ",
		message(t, "490", "491"):             "",
		filepath.Join(testdata, "jw301.xml"): "JW301",
	} {
		result, _ := foundIn(t, alone(path))
		if len(result.Refused) == 0 || !strings.Contains(result.Refused[0].Reason.Dutch, want) || result.Rows > 0 {
			t.Errorf("%s: %d rows, refused %v", want, result.Rows, result.Refused)
		}
		if len(result.Refused) > 0 && result.Refused[0].Reason.Dutch == result.Refused[0].Reason.English {
			t.Errorf("%s is not in English", result.Refused[0].Reason.English)
		}
	}
}
