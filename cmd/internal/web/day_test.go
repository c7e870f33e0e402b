package web_test

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// A day on the pages, on both databases: a provider sends, a controller decides, the region runs and two accounts close. When the
// command takes in the same folders into an empty database, the result is the same to the cent.
func TestADayOnThePages(t *testing.T) {
	t.Parallel()
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		s := newSiteWith(t, 1500, "", fresh())
		provider, controller, region, second := s.as(t, "demo-aanbieder"), s.as(t, "demo-controller"), s.as(t, "demo-regio"), s.as(t, "demo-regio-2")
		_, page := provider.get(t, "/aanleveren")
		code := matches(page, `AGB-code (\d{8})`)[0]
		location := provider.upload(t, "oktober.csv", "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\nDAG-1;"+code+";999900006;300201;45X01;02-10-2026;uur;2\n")
		provider.until(t, location, "Wordt gecontroleerd")
		provider.post(t, location+"/insturen", "")
		provider.until(t, location, "Wordt ingelezen")
		rows := controller.holds(t)
		if len(rows) == 0 {
			t.Fatal("nothing is held")
		}
		controller.decide(t, rows[0], "afwijzen", "niet geleverd")
		controller.idle(t)
		if status, _ := region.post(t, "/berekenen", "periode=2026-10"); status != http.StatusSeeOther {
			t.Fatalf("run: %d", status)
		}
		region.idle(t)
		if _, list := controller.get(t, "/uitval"); strings.Contains(list, `data-row="`+rows[0].key+`"`) {
			t.Error("what was decided is still asked")
		}
		if !strings.Contains(controller.page(t, "/besluiten"), `<a href="/uitval/`+rows[0].nr+`">Herzien</a>`) || !strings.Contains(controller.page(t, "/uitval/"+rows[0].nr), rows[0].key+"@"+rows[0].version+"@afwijzen") {
			t.Error("what was decided cannot be revised")
		}
		if _, page := provider.get(t, location); !strings.Contains(page, "oktober.csv: 1 zorgregel, waarvan 1 afgewezen") {
			t.Errorf("what became of the upload is not told: %s", page)
		}
		file := matches(provider.page(t, location), `href="(/regels\?bestand=\d+)"`)
		if len(file) != 1 || !strings.Contains(provider.page(t, file[0]), "DAG-1") || strings.Contains(provider.page(t, file[0]), "R2610") {
			t.Errorf("the rows of one file: %v", file)
		}
		for account, paths := range pathsOf {
			c := s.as(t, account)
			for _, path := range paths {
				if status, err := c.status(path); err != nil || status != http.StatusOK && path != "/is-er-niet" {
					t.Errorf("%s %s: %d %v", account, path, status, err)
				}
			}
		}
		folder := filepath.Join(t.TempDir(), "again")
		for _, name := range []string{"submissions", "referrals", "decisions"} {
			if err := os.CopyFS(filepath.Join(folder, name), os.DirFS(filepath.Join(s.folder, name))); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
		}
		settings, err := os.ReadFile(filepath.Join(s.folder, "pxq.toml"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "pxq.toml"), settings, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, what := range []string{"lines", "payments", "totals"} {
			byPages, byCommand := exported(t, s.folder, s.database, what, false), exported(t, folder, "", what, true)
			if !bytes.Equal(byPages, byCommand) || len(byPages) < 100 {
				t.Errorf("%s by pages and by command differ: %d and %d bytes", what, len(byPages), len(byCommand))
			}
		}
		for _, c := range []*client{region, second} {
			form := closing(t, c)
			if status, body := c.post(t, "/afsluiten", form); status != http.StatusSeeOther {
				t.Fatalf("close: %d %s", status, body)
			}
		}
		second.until(t, "/afsluiten", `name="run"`)
		if _, page := second.get(t, "/maanden"); !strings.Contains(page, "afgesloten") {
			t.Error("not closed")
		}
		second.idle(t) // the workbooks are written
		s.everythingIsThere(t, second)
	})
}

// closing returns the form that closes October.
func closing(t *testing.T, c *client) string {
	t.Helper()
	_, page := c.get(t, "/afsluiten")
	run, inputs := matches(page, `name="run" value="(\d+)"`), matches(page, `name="invoer" value="([^"]*)"`)
	if run == nil {
		t.Fatalf("it cannot be closed: %s", page)
	}
	return "run=" + run[0] + "&invoer=" + inputs[0] + "&aansluiting=1&periode=2026-10"
}

// exported returns an export of October. If run is true, the workspace is run first.
func exported(t *testing.T, folder, database, what string, run bool) []byte {
	t.Helper()
	read, err := workspace.Read(folder, "")
	if err != nil {
		t.Fatal(err)
	}
	opened, err := read.Open(t.Context(), workspace.Options{Database: database, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	period := billing.PeriodOf(2026, 10)
	if run {
		// Decisions need records that a run has judged before.
		if _, err := opened.Run(t.Context(), workspace.RunOptions{Period: period, AsOf: day}, nil); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := opened.Export(t.Context(), workspace.Export{What: what, Format: "csv", Period: period}, &out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
