package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/rates"
)

// A submission and referrals that were filled in on templates have no findings.
func TestFilledInTemplatesHaveNoFindings(t *testing.T) {
	book := rates.HartVanBrabant()
	folder := t.TempDir()
	var agb, product, town string
	for _, contract := range book.Contracts {
		for _, p := range book.Products {
			area := book.Municipalities[0].Area
			if p.Segment == "4" && contract.Segment == "4" && contract.Includes(p.Code) && (contract.Area == "" || contract.Area == area) && product == "" {
				agb, product, town = contract.Provider, p.Code, book.Municipalities[0].Name
			}
		}
	}
	submission, referrals := filepath.Join(folder, "uren.xlsx"), filepath.Join(folder, "toewijzingen.xlsx")
	succeed(t, "template", "submission", "--out", submission, "--provider", agb, "--as-of", "2026-11-05", "--workspace", folder)
	succeed(t, "template", "referrals", "--out", referrals, "--as-of", "2026-11-05", "--workspace", folder)
	day := func(month, day int) time.Time { return time.Date(2026, time.Month(month), day, 0, 0, 0, 0, time.UTC) }
	fillIn(t, referrals, "Toewijzingen", []any{"900101", "999990019", time.Date(2014, 3, 15, 0, 0, 0, 0, time.UTC), town, agb, product, nil,
		day(1, 1), day(12, 31), 4.5, "uur", "per week", nil, "gemeente", nil, "actief"})
	fillIn(t, submission, "Uren", []any{"2026-10-0001", nil, "999990019", nil, "900101", town, product, day(10, 7), nil, nil, nil, nil, "uur", 1.25})
	out := succeed(t, "check", submission, referrals, "--as-of", "2026-11-05", "--workspace", folder)
	if !regexp.MustCompile(`1 zorgregel\n +1 .*zonder bezwaar\n +0 .*voor een controller\n +0 .*af te wijzen\n`).MatchString(out) || strings.Contains(out, "onbekende kolom") {
		t.Error(out)
	}
}

func fillIn(t *testing.T, path, sheet string, row []any) {
	t.Helper()
	file, err := excelize.OpenFile(path)
	if err == nil {
		err = file.SetSheetRow(sheet, "A6", &row)
	}
	if err == nil {
		err = file.Save()
	}
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
}

// A template never overwrites a file, and wrong usage is explained.
func TestTemplateRefusals(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "boek.xlsx")
	succeed(t, "template", "contract", "--out", path, "--workspace", folder)
	before, _ := os.ReadFile(path)
	for _, refusal := range []struct {
		status int
		args   []string
		says   string
	}{
		{failed, []string{"contract", "--out", path}, "is er al"},
		{failed, []string{"submission", "--out", path + "x.xlsx", "--provider", "99999999"}, "contractenboek"},
		{failed, []string{"submission", "--out", filepath.Join(folder, "geen", "x.xlsx")}, "geschreven"},
		{misused, []string{"submission", "--out", "x.csv"}, ".xlsx"},
		{misused, []string{"submission"}, ".xlsx"},
		{misused, []string{"referrals", "--out", "x.xlsx", "--provider", "01000001"}, "--provider"},
		{misused, []string{"iets", "--out", "x.xlsx"}, "submission"},
	} {
		status, _, said := call(t, append(append([]string{"template"}, refusal.args...), "--workspace", folder)...)
		if status != refusal.status || !strings.Contains(said, refusal.says) {
			t.Errorf("%v: %d %s", refusal.args, status, said)
		}
	}
	if after, _ := os.ReadFile(path); string(after) != string(before) {
		t.Error("the file was changed")
	}
}
