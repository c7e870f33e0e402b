package web_test

import (
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

// pgProgram returns the path of a client program of PostgreSQL; "" if it is not installed.
func pgProgram(name string) string {
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if len(found) == 0 {
		return ""
	}
	return found[len(found)-1]
}

// restored returns the site restored from a backup made as the README says: of the folder and both stores. What was in the stores
// before is gone.
func (s *site) restored(t *testing.T) *site {
	t.Helper()
	folder, kept := filepath.Join(t.TempDir(), "again"), filepath.Join(t.TempDir(), "kopie")
	if s.database == "" || strings.HasPrefix(s.database, "sqlite:") {
		read, opened := s.open(t)
		if err := opened.Backup(t.Context(), kept); err != nil {
			t.Fatal(err)
		}
		if made, err := webstore.Backup(t.Context(), read.DatabaseAddress(s.database), kept+".web"); err != nil || !made {
			t.Fatalf("the store of the pages: %v %v", made, err)
		}
		copyWithout(t, s.folder, folder, "pxq.db", "pxq-web.db")
		database := filepath.Join(folder, "pxq.db")
		for from, to := range map[string]string{kept: database, kept + ".web": filepath.Join(folder, "pxq-web.db")} {
			if err := os.Rename(from, to); err != nil {
				t.Fatal(err)
			}
		}
		return serve(t, folder, "")
	}
	dump, restore := pgProgram("pg_dump"), pgProgram("pg_restore")
	if dump == "" || restore == "" {
		return nil
	}
	address, err := url.Parse(s.database)
	if err != nil {
		t.Fatal(err)
	}
	query := address.Query()
	schema := query.Get("search_path")
	query.Del("search_path")
	address.RawQuery = query.Encode()
	run := func(program string, args ...string) {
		t.Helper()
		if said, err := exec.Command(program, args...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v %s", program, err, said)
		}
	}
	run(dump, "--format=custom", "--file="+kept, "--schema="+schema, "--schema="+schema+"_web", "--dbname="+address.String())
	s.stop(t)
	for _, gone := range []string{schema, schema + "_web"} {
		ledgertest.Execute(t, s.database, `DROP SCHEMA "`+gone+`" CASCADE`)
	}
	run(restore, "--dbname="+address.String(), kept)
	copyWithout(t, s.folder, folder)
	return serve(t, folder, s.database)
}

// Files that were sent after the backup are still in the folder when it is restored: they are taken in again, and their page says
// so.
func TestWhatWasSentSinceTheBackup(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	provider := s.as(t, "demo-aanbieder")
	upload := provider.upload(t, "een.csv", "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\neen;;;;;;;\n")
	provider.until(t, upload, "data-stream")
	read, opened := s.open(t)
	kept := filepath.Join(t.TempDir(), "kopie")
	if err := opened.Backup(t.Context(), kept); err != nil {
		t.Fatal(err)
	}
	if made, err := webstore.Backup(t.Context(), read.DatabaseAddress(""), kept+".web"); err != nil || !made {
		t.Fatalf("the store of the pages: %v %v", made, err)
	}
	provider.post(t, upload+"/insturen", "")
	provider.until(t, upload, "data-stream")
	s.stop(t)
	folder := filepath.Join(t.TempDir(), "again")
	copyWithout(t, s.folder, folder, "pxq.db", "pxq-web.db")
	for from, to := range map[string]string{kept: "pxq.db", kept + ".web": "pxq-web.db"} {
		if err := os.Rename(from, filepath.Join(folder, to)); err != nil {
			t.Fatal(err)
		}
	}
	again := serve(t, folder, "").as(t, "demo-aanbieder")
	if page := again.until(t, upload, "data-stream"); !strings.Contains(page, "Ingelezen: 1 regel nieuw") {
		t.Errorf("it says %s", matches(page, `<h1>(.*)</h1>`))
	}
}

// copyWithout copies a folder, except for files whose name starts with one of the given names.
func copyWithout(t *testing.T, from, to string, without ...string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	for _, name := range without {
		found, err := filepath.Glob(filepath.Join(to, name+"*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// pagesOf returns the pages of every role, without what depends on the time or the disk.
func (s *site) pagesOf(t *testing.T) map[string]string {
	t.Helper()
	pages := make(map[string]string)
	for account, paths := range pathsOf {
		c := s.as(t, account)
		for _, path := range paths {
			if path == "/beheer/logboek" || path == "/beheer/stand" || path == "/beheer/accounts" {
				continue
			}
			_, page := c.get(t, path)
			pages[account+" "+path] = steady(page)
		}
	}
	return pages
}

// everythingIsThere restores a backup of both stores and compares the pages with those before it. Sessions are still valid, and so
// is the chain of the log.
func (s *site) everythingIsThere(t *testing.T, signedIn *client) {
	t.Helper()
	before := s.pagesOf(t)
	again := s.restored(t)
	if again == nil {
		t.Log("no pg_dump: the backup of PostgreSQL is not restored")
		return
	}
	for path, page := range again.pagesOf(t) {
		if page != before[path] {
			t.Errorf("%s is not what it was", path)
		}
	}
	still := &client{signedIn.Client, again}
	if status, _ := still.get(t, "/maand"); status != http.StatusOK {
		t.Errorf("who was signed in is not any more: %d", status)
	}
	if _, page := again.as(t, "demo-beheerder").post(t, "/beheer/logboek/keten", ""); !strings.Contains(page, "De keten klopt") || !strings.Contains(page, "afsluiten") {
		t.Error("the log is not what it was")
	}
}
