package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/pxq-nl/pxq/billing"
)

// citizens are the BSNs in a month, each with the providers that sent care of it.
type citizens map[string][]string

// in returns the BSNs in a text, in any notation: with spaces, dashes, dots, slashes, underscores or zero-width characters
// between the digits, with digits of any script, without the leading zero.
func (c citizens) in(text []byte) (found []string) {
	var digits []byte
	gap := 0
	look := func() {
		for _, length := range []int{9, 8} {
			if len(digits) < length {
				continue
			}
			number := strings.Repeat("0", 9-length) + string(digits[len(digits)-length:])
			if c[number] != nil && !slices.Contains(found, number) {
				found = append(found, number)
			}
		}
	}
	for _, r := range string(text) {
		switch digit := digitOf(r); {
		case digit >= 0:
			digits, gap = append(digits, byte('0'+digit)), 0
			look()
		case gap < 3 && (strings.ContainsRune(" .-_/\u00a0\u2013", r) || unicode.Is(unicode.Cf, r)):
			gap++
		default:
			digits, gap = digits[:0], 0
		}
	}
	return found
}

// digitOf returns the value of a digit of any script; -1 for anything else.
func digitOf(r rune) int {
	if !unicode.IsDigit(r) {
		return -1
	}
	first := r
	for unicode.IsDigit(first-1) && r-first < 9 {
		first--
	}
	return int(r - first)
}

// citizensOf reads the BSNs of a month from the export of its records.
func citizensOf(t *testing.T, exported string) citizens {
	t.Helper()
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(exported, "\ufeff")))
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	bsn, provider := slices.Index(rows[0], "bsn"), slices.Index(rows[0], "provider")
	found := make(citizens)
	for _, row := range rows[1:] {
		if billing.ValidBSN(row[bsn]) {
			found[row[bsn]] = append(found[row[bsn]], row[provider])
		}
	}
	return found
}

// The search finds a number in any notation.
func TestSearchOfCitizens(t *testing.T) {
	known := citizens{"999910012": {"x"}, "012345672": {"x"}}
	for _, text := range []string{
		"999910012", "a999910012b", "9999 10 012", "9999-10-012", "9999.10.012", "9999_10/012", "9\u200b99910012", "９９９９１００１２", "1999910012", "12345672", "BSN: 9999 – 10012", "٩٩٩٩١٠٠١٢",
	} {
		if len(known.in([]byte(text))) != 1 {
			t.Errorf("%q: not found", text)
		}
	}
	for _, text := range []string{"", "99991001", "999910013", "9999 a 10012", "9999\n10012"} {
		if found := known.in([]byte(text)); len(found) > 0 {
			t.Errorf("%q: found %q", text, found)
		}
	}
}

// No output contains a BSN, except the exports and workbooks that are meant to. A provider's return file has only those of its
// own clients.
func TestNoCitizenLeaves(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and no two goroutines of it meet")
	}
	folder, temporary := t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", temporary)
	run := func(args ...string) []byte {
		var out, errOut bytes.Buffer
		run(t.Context(), append(args, "--workspace", folder, "--as-of", "2026-11-12"), &out, &errOut)
		return append(out.Bytes(), errOut.Bytes()...)
	}
	said := map[string][]byte{"generate": run("generate", "--records", "400", "--seed", "7", "--lang", "en")}
	said["run"] = run("run", "--period", "2026-10")
	records := []byte(succeed(t, "export", "records", "--period", "2026-10", "--workspace", folder))
	known := citizensOf(t, string(records))
	if len(known) < 40 || len(known.in(records)) < len(known) {
		t.Fatalf("%d citizens, of whom %d are found", len(known), len(known.in(records)))
	}
	var submission string
	err := filepath.WalkDir(filepath.Join(folder, "submissions"), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			submission = path
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	bsn, reference := someRecord(t, string(records))
	broken := filepath.Join(temporary, "aanlevering "+bsn+".csv")
	write(t, broken, "Regelnummer;AGB-code;BSN;Productcode;Datum;Eenheid;Aantal\n"+bsn+";"+bsn+";x"+bsn+";"+bsn+";"+bsn+";"+bsn[:4]+" "+bsn[4:]+";"+bsn+"\n")
	said["import of nonsense"] = run("import", broken) // before the commands whose output reports it
	for name, args := range map[string][]string{
		"run again": {"run", "--period", "2026-10"}, "status": {"status"}, "status in JSON": {"status", "--json"}, "check": {"check", submission}, "check of nonsense": {"check", broken},
		"explain": {"explain", reference}, "explain in JSON": {"explain", reference, "--json"}, "diff": {"diff", "--period", "2026-10"},
		"totals": {"export", "totals", "--period", "2026-10"}, "findings": {"export", "findings", "--period", "2026-10"}, "payments": {"export", "payments", "--period", "2026-10"},
		"no such file": {"import", filepath.Join(folder, bsn+".csv")}, "reference that is a number": {"explain", bsn}, "the same in JSON": {"explain", bsn, "--json"}, "no such command": {bsn}, "no such flag": {"--" + bsn}, "no such period": {"run", "--period", bsn},
	} {
		said[name] = run(args...)
	}
	for _, args := range [][]string{{"run", "--period", "2026-10", "--json"}, {"close", "--period", "2026-10", "--yes"}, {"report", "--year", "2026"}, {"verify"}, {"audit", "--last", "0"}, {"status", "--lang", "en"}} {
		said[strings.Join(args, " ")] = run(args...)
	}
	for what, text := range said {
		shown := bytes.ReplaceAll(text, []byte(broken), nil) // a path that the user gave
		if found := known.in(shown); len(found) > 0 {
			t.Errorf("%s writes %d numbers, the first in\n%s", what, len(found), around(shown, found[0]))
		}
	}
	if err := os.Remove(broken); err != nil {
		t.Fatal(err)
	}
	known.notInFiles(t, folder)
	if left := entries(t, temporary); len(left) > 0 {
		t.Errorf("in the folder for temporary files stand %q", left)
	}
	t.Logf("%d citizens, looked for in %d commands and in the files", len(known), len(said))
}

// someRecord returns the BSN and the reference of a record.
func someRecord(t *testing.T, exported string) (bsn, reference string) {
	t.Helper()
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(exported, "\ufeff")))
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		bsn, reference = row[slices.Index(rows[0], "bsn")], row[slices.Index(rows[0], "reference")]
		if billing.ValidBSN(bsn) && reference != "" {
			return bsn, reference
		}
	}
	t.Fatal("no record")
	return "", ""
}

// notInFiles searches all files that pxq wrote: their names, and the contents of those that are not meant to have BSNs.
func (c citizens) notInFiles(t *testing.T, folder string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name := entry.Name()
		if found := c.in([]byte(name)); len(found) > 0 {
			t.Errorf("a number stands in the name of a file")
		}
		top, _, _ := strings.Cut(strings.TrimPrefix(path, folder+string(filepath.Separator)), string(filepath.Separator))
		switch {
		case top == "submissions" || top == "referrals" || strings.HasPrefix(name, "pxq.db"):
			return nil
		case strings.HasPrefix(name, "gemeente-") || name == "uitval.xlsx":
			return nil // meant for those who may see them
		}
		for _, number := range c.in(unpacked(t, path)) {
			provider, isReturn := strings.CutPrefix(name, "retour-")
			if !isReturn || !slices.ContainsFunc(c[number], func(sent string) bool { return strings.HasPrefix(provider, sent) }) {
				t.Errorf("%s holds the number of a citizen that is not for its reader", name)
				break
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// unpacked returns the content of a file; for a workbook that of all its parts.
func unpacked(t *testing.T, path string) (all []byte) {
	t.Helper()
	if filepath.Ext(path) != ".xlsx" {
		return []byte(read(t, path))
	}
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	for _, part := range archive.File {
		all = append(all, part.Name...)
		opened, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(opened)
		if err != nil {
			t.Fatal(err)
		}
		all = append(append(all, '\n'), content...)
		opened.Close()
	}
	return all
}

// around returns the line of a text with a number.
func around(text []byte, number string) string {
	for line := range strings.Lines(string(text)) {
		if len(citizens{number: {""}}.in([]byte(line))) > 0 {
			return line
		}
	}
	return "(over lines)"
}
