package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

const conformance = "../../testdata/conformance"

// step is a step of a conformance sample; see the README of the sample basic.
type step struct {
	Do     string   `json:"do"`
	AsOf   string   `json:"as_of"`
	Files  []string `json:"files"`
	Period string   `json:"period"`
	From   string   `json:"from"`
	Name   string   `json:"name"`
	What   []string `json:"what"`
}

// Every folder of testdata/conformance is played step by step on both databases.
func TestConformance(t *testing.T) {
	samples, err := filepath.Glob(filepath.Join(conformance, "*", "steps.json"))
	if err != nil || len(samples) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	for _, path := range samples {
		folder := filepath.Dir(path)
		var steps []step
		if err := json.Unmarshal([]byte(read(t, path)), &steps); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		t.Run(filepath.Base(folder), func(t *testing.T) {
			ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
				play := &play{T: t, folder: copyFolder(t, folder), database: fresh()}
				for _, step := range steps {
					play.step(step)
				}
			})
		})
	}
}

// play is a sample that is played in a copy of its folder.
type play struct {
	*testing.T
	folder, database string
	close            *closer // closes a month, once there is one that can be closed
}

func (p *play) step(s step) {
	p.Helper()
	switch s.Do {
	case "import":
		args := []string{"import"}
		for _, file := range s.Files {
			args = append(args, filepath.Join(p.folder, file))
		}
		p.pxq(append(args, "--as-of", s.AsOf)...)
	case "book":
		p.replaceBook(s.From)
	case "run", "close":
		p.pxq(s.Do, "--period", s.Period, "--as-of", s.AsOf)
	case "export":
		for _, what := range s.What {
			p.compare(s, what)
		}
	default:
		p.Fatalf("unknown step %q", s.Do)
	}
}

func (p *play) pxq(args ...string) string {
	p.Helper()
	return succeed(p, append(args, "--workspace", p.folder, "--database", p.database, "--quiet")...)
}

func (p *play) replaceBook(from string) {
	contract := filepath.Join(p.folder, "contract")
	if err := os.RemoveAll(contract); err != nil {
		p.Fatal(err)
	}
	if err := os.CopyFS(contract, os.DirFS(filepath.Join(p.folder, from))); err != nil {
		p.Fatal(err)
	}
}

func (p *play) compare(s step, what string) {
	p.Helper()
	path := filepath.Join("expected", s.Name+"."+what+".csv")
	want := without(parseCSV(p, read(p, filepath.Join(p.folder, path))), "line", "original_line")
	var got string
	if what == "signals" {
		got = p.signals(s.Period)
	} else {
		got = without(parseCSV(p, p.pxq("export", what, "--period", s.Period, "--format", "csv")), "line", "original_line")
	}
	if got != want {
		p.Errorf("%s: %s", path, firstDifference(want, got))
	}
}

// signals returns the code, provider and referral of the signals D02 and D03.
func (p *play) signals(period string) string {
	rows := parseCSV(p, p.pxq("export", "findings", "--period", period, "--format", "csv"))
	column := make(map[string]int)
	for i, heading := range rows[0] {
		column[heading] = i
	}
	signals := [][]string{{"code", "provider", "value"}}
	for _, row := range rows[1:] {
		if code := row[column["code"]]; code == "D02" || code == "D03" {
			signals = append(signals, []string{code, row[column["provider"]], row[column["value"]]})
		}
	}
	return without(signals)
}
