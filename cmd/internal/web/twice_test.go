package web_test

import (
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// file returns a file with one record of the demo provider.
func (c *client) file(t *testing.T, reference string) string {
	t.Helper()
	code := matches(c.page(t, "/aanleveren"), `AGB-code (\d{8})`)[0]
	return "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\n" + reference + ";" + code + ";999967186;261000039;45X01;30-10-2026;uur;1\n"
}

// sent uploads a file and sends it.
func (c *client) sent(t *testing.T, name, content string) (location string) {
	t.Helper()
	location = c.upload(t, name, content)
	c.until(t, location, "Wordt gecontroleerd")
	c.posted(t, location+"/insturen", nil)
	return location
}

// The rows of a file that is sent again were already received, and taking the second upload back leaves those of the first in.
func TestTakingBackASecondSending(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c := s.as(t, "demo-aanbieder")
	content := c.file(t, "TWEE-1")
	first := c.sent(t, "een.csv", content)
	if page := c.until(t, first, "Wordt ingelezen"); !strings.Contains(page, "1 regel nieuw, 0 regels al ontvangen") {
		t.Errorf("the first: %s", page)
	}
	second := c.sent(t, "twee.csv", content)
	if page := c.until(t, second, "Wordt ingelezen"); !strings.Contains(page, "0 regels nieuw, 1 regel al ontvangen") {
		t.Errorf("the second: %s", page)
	}
	c.posted(t, second+"/intrekken", nil)
	if page := c.until(t, second, "Wordt ingetrokken"); !strings.Contains(page, "telt nog mee") {
		t.Errorf("taken back: %s", page)
	}
	if list := c.page(t, "/aanleveringen?toon=bestanden"); strings.Contains(list, "ingetrokken") {
		t.Errorf("the first sending was taken back with the second: %s", list)
	}
	ledgertest.Execute(t, "sqlite:"+filepath.Join(s.folder, "pxq-web.db"), "UPDATE uploads SET sent = 1790000000")
	const sent = "21-09-2026"
	if page := c.page(t, first); !strings.Contains(page, sent) {
		t.Fatalf("the receipt does not say when: %s", page)
	}
	c.posted(t, first+"/intrekken", nil)
	if page := c.until(t, first, "Wordt ingetrokken"); !strings.Contains(page, "Ingetrokken") || !strings.Contains(page, sent) {
		t.Errorf("the receipt tells of another sending: %s", page)
	}
	if list := c.page(t, "/aanleveringen?toon=bestanden"); !strings.Contains(list, "ingetrokken") {
		t.Errorf("the first sending stands: %s", list)
	}
}

// What an upload brings can be taken back though it repeats a file that a run has seen, which stays in.
func TestTakingBackBesideAFileThatWasSeen(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c, region := s.as(t, "demo-aanbieder"), s.as(t, "demo-regio")
	old := c.file(t, "OUD-1")
	first := c.sent(t, "oud.csv", old)
	c.until(t, first, "Wordt ingelezen")
	region.posted(t, "/berekenen", url.Values{"periode": {"2026-10"}})
	region.idle(t)
	both := c.upload(t, "oud.csv", old, "nieuw.csv", c.file(t, "NIEUW-1"))
	c.until(t, both, "Wordt gecontroleerd")
	c.posted(t, both+"/insturen", nil)
	if page := c.until(t, both, "Wordt ingelezen"); !strings.Contains(page, "Intrekken</button>") {
		t.Fatalf("the new file cannot be taken back: %s", page)
	}
	c.posted(t, both+"/intrekken", nil)
	if page := c.until(t, both, "Wordt ingetrokken"); !strings.Contains(page, "telt nog mee") {
		t.Errorf("taken back: %s", page)
	}
	if page := c.page(t, first); strings.Contains(page, "Intrekken</button>") || strings.Contains(page, "Ingetrokken") {
		t.Errorf("the first upload: %s", page)
	}
	region.posted(t, "/berekenen", url.Values{"periode": {"2026-10"}})
	region.idle(t)
	records := string(exported(t, s.folder, s.database, "records", false))
	for reference, want := range map[string]bool{"OUD-1": true, "NIEUW-1": false} {
		if is := strings.Contains(records, reference); is != want {
			t.Errorf("%s counts: %v", reference, is)
		}
	}
}

// A run also takes in files whose job is still waiting; that job then reports the result.
func TestARunGoesBeforeAJob(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	provider, controller := s.as(t, "demo-aanbieder"), s.as(t, "demo-controller")
	_, opened := s.open(t)
	if _, err := opened.ImportAs(t.Context(), "test", nil, day, nil); err != nil { // keeps the lock, so that the jobs wait
		t.Fatal(err)
	}
	upload := provider.sent(t, "een.csv", provider.file(t, "TWEE-1"))
	controller.decide(t, controller.holds(t)[0], "aanhouden", "gebeld")
	if _, err := opened.Run(t.Context(), workspace.RunOptions{Period: billing.PeriodOf(2026, 10), AsOf: day, NoWorkbooks: true}, nil); err != nil {
		t.Fatal(err)
	}
	if err := opened.Close(); err != nil {
		t.Fatal(err)
	}
	if page := provider.until(t, upload, "Wordt ingelezen"); !strings.Contains(page, "1 regel nieuw, 0 regels al ontvangen") {
		t.Errorf("the upload: %s", page)
	}
	page := ""
	for ends := time.Now().Add(time.Minute); !strings.Contains(page, "1 besluit ingelezen"); time.Sleep(50 * time.Millisecond) {
		if page = controller.page(t, "/taken"); time.Now().After(ends) {
			t.Fatalf("the decision: %s", page)
		}
	}
}

// The page of a file without records has nothing to send, and that of a file whose rows were all received says so.
func TestNothingToSend(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c := s.as(t, "demo-aanbieder")
	content := c.file(t, "NIETS-1")
	heading, _, _ := strings.Cut(content, "\n")
	empty := c.upload(t, "leeg.csv", heading+"\n")
	if page := c.until(t, empty, "Wordt gecontroleerd"); !strings.Contains(page, "<h1>Geen zorgregels gevonden</h1>") || strings.Contains(page, "/insturen") {
		t.Errorf("a file of headings: %s", matches(page, `<h1>(.*)</h1>`))
	}
	location := c.sent(t, "een.csv", content)
	c.until(t, location, "Wordt ingelezen")
	again := c.upload(t, "twee.csv", content)
	if page := c.until(t, again, "Wordt gecontroleerd"); !strings.Contains(page, "<h1>Alles was al ontvangen</h1>") || !strings.Contains(page, "<button>Stuur nog eens in</button>") {
		t.Errorf("what was received: %s", matches(page, `<h1>(.*)</h1>`))
	}
}
