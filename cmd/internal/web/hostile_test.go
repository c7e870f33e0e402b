package web_test

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	_ "modernc.org/sqlite" // to change the web store without the program
)

// bomb returns a workbook with one part that unpacks to the given number of MiB.
func bomb(t *testing.T, part string, mib int) string {
	t.Helper()
	var out bytes.Buffer
	parts := map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Uren" sheetId="1" r:id="s"/></sheets></workbook>`,
		"xl/worksheets/sheet1.xml":   `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>`,
	}
	archive := zip.NewWriter(&out)
	write := func(name string, mib int, text string) {
		file, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		head, tail, _ := strings.Cut(text, ">") // fill the part inside its first element
		if _, err := io.WriteString(file, head+">"); err != nil {
			t.Fatal(err)
		}
		for blank := bytes.Repeat([]byte(" "), 1<<20); mib > 0; mib-- {
			if _, err := file.Write(blank); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := io.WriteString(file, tail); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range parts {
		size := 0
		if name == part {
			size = mib
		}
		write(name, size, text)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// bombed uploads a workbook on every page that accepts one: it is refused with a reason, nothing of it is kept, and the memory of
// the server does not grow.
func bombed(t *testing.T, s *site, name, content string) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	provider := s.as(t, "demo-aanbieder")
	location := provider.upload(t, name, content)
	if body := provider.until(t, location, "Wordt gecontroleerd"); !strings.Contains(body, "Geweigerd") || strings.Contains(body, s.folder) {
		t.Errorf("%s is not refused: %s", name, matches(body, `<h1>(.*)</h1>`))
	}
	for _, place := range [][2]string{{"demo-regio", "/toewijzingen"}, {"demo-regio", "/boek"}, {"demo-controller", "/uitval/inlezen"}} {
		if status, location := s.as(t, place[0]).postFile(t, place[1], name, content); status != http.StatusUnprocessableEntity {
			t.Errorf("%s at %s: %d %s", name, place[1], status, location)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if after.HeapInuse > before.HeapInuse+64<<20 {
		t.Errorf("%s leaves %d MiB behind", name, (after.HeapInuse-before.HeapInuse)>>20)
	}
	left, err := filepath.Glob(filepath.Join(s.folder, "uploads", "*", name))
	if err != nil || len(left) > 1 { // the provider's is kept until it is discarded
		t.Errorf("left behind: %v %v", left, err)
	}
}

// A small file that unpacks to a large one is refused wherever files are uploaded. The test is not parallel, since it measures the
// memory of the whole program.
func TestBombs(t *testing.T) {
	bombed(t, newSite(t, 1500), "bom.xlsx", bomb(t, "xl/workbook.xml", 40))
}

// TestSoakBombs is TestBombs with a sheet larger than the limit of any file.
func TestSoakBombs(t *testing.T) {
	soaking(t)
	content := bomb(t, "xl/worksheets/sheet1.xml", 2500)
	t.Logf("%d KiB", len(content)>>10)
	bombed(t, newSite(t, 1500), "bom.xlsx", content)
}

// formula is a text that a spreadsheet program would run, with markup that a browser would.
const formula = `=HYPERLINK("http://elders.example";"x")<script>alert(1)</script>`

// hostileSheet returns a workbook of a provider whose sheet name is markup and whose cells are formulas.
func hostileSheet(t *testing.T, code string) string {
	t.Helper()
	const name = "<img src=x onerror=f()>"
	book := excelize.NewFile()
	err := book.SetSheetName("Sheet1", name)
	for i, heading := range []string{"Regelnummer", "AGB-code", "BSN", "Toewijzingsnummer", "Productcode", "Datum", "Eenheid", "Aantal", formula} {
		cell, cellErr := excelize.CoordinatesToCellName(i+1, 1)
		err = errors.Join(err, cellErr, book.SetCellStr(name, cell, heading))
	}
	err = errors.Join(err, book.SetCellStr(name, "A2", formula), book.SetCellStr(name, "B2", code), book.SetCellFormula(name, "H2", `HYPERLINK("http://elders.example","x")`), book.SetCellStr(name, "E2", formula))
	var out bytes.Buffer
	if err := errors.Join(err, book.Write(&out), book.Close()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Whatever visitors type or upload is shown as text: on every page, and in every file that a spreadsheet program opens.
func TestFormulasAreText(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	admin := s.as(t, "demo-beheerder")
	status, _ := admin.post(t, "/beheer/accounts", url.Values{"naam": {"=2+5+cmd"}, "getoond": {formula}, "rol": {"regio"}}.Encode())
	if status >= http.StatusInternalServerError {
		t.Fatalf("invite: %d", status)
	}
	admin.post(t, "/aanmelden", url.Values{"naam": {"=2+5+cmd"}, "wachtwoord": {formula}}.Encode())
	controller := s.as(t, "demo-controller")
	row := controller.holds(t)[0]
	for _, text := range []string{formula, " @SUM(A1)<script>alert(1)</script>, a reason that is longer than forty characters"} {
		status, body := controller.post(t, "/uitval/besluit", url.Values{"regel": {row.key + "@" + row.version}, "besluit": {"aanhouden"}, "reden": {text}}.Encode())
		if begins := text[0] == '='; begins != (status == http.StatusUnprocessableEntity) || strings.Contains(body, "een BSN kan zijn") {
			t.Errorf("reason %q: %d", text, status)
		}
	}
	controller.idle(t)

	provider := s.as(t, "demo-aanbieder")
	code := matches(provider.page(t, "/aanleveren"), `AGB-code (\d{8})`)[0]
	quoted := `"` + strings.ReplaceAll(formula, `"`, `""`) + `"`
	location := provider.upload(t, "=cmd|calc'!A1<img src=x onerror=alert(1)>.csv", "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal;"+quoted+"\n"+
		strings.Join([]string{quoted, code, quoted, quoted, quoted, quoted, quoted, quoted, quoted}, ";")+"\n")
	provider.until(t, location, "Wordt gecontroleerd")
	sheet := provider.upload(t, "blad.xlsx", hostileSheet(t, code))
	provider.until(t, sheet, "Wordt gecontroleerd")
	pages := map[*client][]string{
		admin:      {"/beheer/accounts", "/beheer/logboek", "/beheer/stand"},
		controller: {"/uitval", "/uitval?stand=besloten", "/besluiten", "/taken"},
		provider:   {location, location + "?tab=regel", sheet, sheet + "?tab=regel", "/aanleveren", "/aanleveringen"},
	}
	told := 0
	for c, paths := range pages {
		for _, path := range paths {
			status, body := c.get(t, path)
			if status != http.StatusOK || strings.Contains(body, "<script>alert") || strings.Contains(body, "<img src=x") {
				t.Errorf("%s: %d, or markup in it", path, status)
			}
			told += strings.Count(body, "&lt;script&gt;")
		}
	}
	if told == 0 {
		t.Error("what was sent stands on no page")
	}
	for c, path := range map[*client]string{admin: "/beheer/logboek/csv", s.as(t, "demo-regio"): "/downloads/2026-10/totalen.csv"} {
		status, body := c.get(t, path)
		if status != http.StatusOK {
			t.Errorf("%s: %d", path, status)
		}
		if c == admin && !strings.Contains(body, "'=2+5+cmd") {
			t.Error("the name of the account is not in the log as a text")
		}
		for line := range strings.Lines(body) {
			for cell := range strings.SplitSeq(strings.TrimSpace(line), ";") {
				if cell = strings.TrimPrefix(cell, `"`); strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "+") || strings.HasPrefix(cell, "@") {
					t.Errorf("%s has a formula: %s", path, line)
				}
			}
		}
	}
	status, workbook := provider.get(t, location+"/bevindingen")
	if status != http.StatusOK {
		t.Fatalf("findings: %d", status)
	}
	archive, err := zip.NewReader(strings.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range archive.File {
		part, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(part)
		if err != nil || bytes.Contains(content, []byte("<script")) {
			t.Errorf("%s of the findings has markup (%v)", file.Name, err)
		}
		for _, own := range matches(string(content), `<f[^>]*>([^<]*)</f>`) {
			if !strings.HasPrefix(own, "SUM(") && !strings.HasPrefix(own, "SUBTOTAL(") {
				t.Errorf("%s of the findings has a formula: %s", file.Name, own)
			}
		}
	}
}

// A session that an attacker started, or that was ended, gives no access, and the store holds no token in plain text.
func TestSessionsAreNotStolen(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	address, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	token := func(c *client) string {
		for _, cookie := range c.Jar.Cookies(address) {
			if cookie.Name == "pxq" {
				return cookie.Value
			}
		}
		return ""
	}
	with := func(token string) *client {
		c := s.as(t, "")
		c.Jar.SetCookies(address, []*http.Cookie{{Name: "pxq", Value: token}})
		return c
	}
	isIn := func(c *client) bool { status, _ := c.get(t, "/maand"); return status == http.StatusOK }

	const chosen = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" // by the attacker
	victim := with(chosen)
	victim.get(t, "/aanmelden")
	if token(victim) == chosen {
		victim.get(t, "/maand") // starts a session that holds the requested page
	}
	before := token(victim)
	victim.post(t, "/aanmelden/demo", "account=demo-regio")
	after := token(victim)
	if after == "" || after == before || after == chosen || !isIn(victim) {
		t.Fatal("signing in gives no token of its own")
	}
	for what, old := range map[string]string{"chosen": chosen, "of before signing in": before} {
		if old != "" && isIn(with(old)) {
			t.Errorf("the token %s is signed in", what)
		}
	}
	_, page := victim.get(t, "/maand")
	answer, err := victim.Get(s.URL + "/maand/2026-10")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.Header.Get("Cache-Control") != "no-store" || answer.Header.Get("Referrer-Policy") != "no-referrer" || strings.Contains(page, after) {
		t.Errorf("a page may be kept, or tells the token: %v", answer.Header)
	}
	for _, file := range []string{"pxq-web.db", "pxq-web.db-wal"} {
		content, err := os.ReadFile(filepath.Join(s.folder, file))
		if err == nil && bytes.Contains(content, []byte(after)) {
			t.Errorf("the token stands in %s", file)
		}
	}
	beside := with(after) // the same session in another window
	victim.post(t, "/afmelden", "")
	if isIn(victim) || isIn(beside) || isIn(with(after)) {
		t.Error("a session goes on after signing out")
	}
}

// rewritten are changes to the log without the program, each of which must be found.
var rewritten = map[string]string{
	"moment":   "UPDATE log SET moment = '2020-01-01T00:00:00Z' WHERE id = 2",
	"account":  "UPDATE log SET account = 'iemand.anders' WHERE id = 2",
	"role":     "UPDATE log SET role = 'controller' WHERE id = 2",
	"address":  "UPDATE log SET address = '10.0.0.1' WHERE id = 2",
	"act":      "UPDATE log SET act = 'zoeken' WHERE id = 2",
	"object":   "UPDATE log SET object = 'iets anders' WHERE id = 2",
	"outcome":  "UPDATE log SET outcome = 'mislukt' WHERE id = 2",
	"hash":     "UPDATE log SET hash = 'x' WHERE id = 2",
	"taken":    "DELETE FROM log WHERE id = 2",
	"first":    "DELETE FROM log WHERE id = 1",
	"swapped":  "UPDATE log SET id = CASE id WHEN 2 THEN -3 ELSE -2 END WHERE id IN (2, 3); UPDATE log SET id = -id WHERE id < 0",
	"cut off":  "DELETE FROM log WHERE id > 3",
	"emptied":  "DELETE FROM log",
	"inserted": "INSERT INTO log SELECT (SELECT max(id) + 1 FROM log), moment, account, role, address, act, object, outcome, hash FROM log WHERE id = 2",
}

// Controleer keten finds a row of the log that was changed or removed, and an end that was cut off.
func TestChangedLogIsFound(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	admin := s.as(t, "demo-beheerder")
	for _, account := range []string{"demo-regio", "demo-controller", "demo-aanbieder"} {
		s.as(t, account)
	}
	if _, page := admin.post(t, "/beheer/logboek/keten", ""); !strings.Contains(page, "De keten klopt:") {
		t.Fatalf("the chain does not hold: %s", matches(page, `<p class="(?:good|bad)[^>]*>([^<]*)`))
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(s.folder, "pxq-web.db")+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	for what, change := range rewritten {
		if _, err := db.Exec("DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT * FROM log"); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec("DROP TRIGGER IF EXISTS log_no_update; DROP TRIGGER IF EXISTS log_no_delete; " + change); err != nil {
			t.Fatal(what, err)
		}
		if _, page := admin.post(t, "/beheer/logboek/keten", ""); !strings.Contains(page, "De keten klopt niet") {
			t.Errorf("%s: the log holds", what)
		}
		if _, err := db.Exec("DELETE FROM log; INSERT INTO log SELECT * FROM kept"); err != nil {
			t.Fatal(err)
		}
	}
	if _, page := admin.post(t, "/beheer/logboek/keten", ""); !strings.Contains(page, "De keten klopt:") {
		t.Error("the log as it was does not hold")
	}
	// A second line for the same entry does not override the hash kept first.
	heads := filepath.Join(s.folder, "web-heads.txt")
	content, err := os.ReadFile(heads)
	if err != nil {
		t.Fatal(err)
	}
	id, _, _ := strings.Cut(string(content), " ")
	for _, links := range []struct{ kept, says string }{{string(content) + id + " x\n", "De keten klopt:"}, {id + " x\n" + string(content), "De keten klopt niet"}} {
		if err := os.WriteFile(heads, []byte(links.kept), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, page := admin.post(t, "/beheer/logboek/keten", ""); !strings.Contains(page, links.says) {
			t.Errorf("with\n%swants %s", links.kept, links.says)
		}
	}
}

// Clients that send very slowly, or do not read the response, keep nobody else waiting.
func TestSlowClients(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.pages.Serve(ctx, listener) }()
	honest := s.as(t, "demo-regio")
	var cookie string
	address, _ := url.Parse(s.URL)
	for _, c := range honest.Jar.Cookies(address) {
		cookie = c.Name + "=" + c.Value
	}
	var slow []net.Conn
	begin := func(text string) {
		t.Helper()
		connection, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		slow = append(slow, connection)
		if _, err := io.WriteString(connection, text); err != nil {
			t.Fatal(err)
		}
	}
	const head = "Host: x\r\nSec-Fetch-Site: same-origin\r\nCookie: "
	for i := range 100 {
		switch i % 4 {
		case 0: // half a header
			begin("GET /maand HTTP/1.1\r\nHost: x\r\nX-")
		case 1: // half a form
			begin("POST /berekenen HTTP/1.1\r\n" + head + cookie + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\nperi")
		case 2: // the start of a file
			begin("POST /toewijzingen HTTP/1.1\r\n" + head + cookie + "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 50000000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"t.csv\"\r\n\r\nToe")
		case 3: // pages that are not read
			begin(strings.Repeat("GET /maand/2026-10 HTTP/1.1\r\n"+head+cookie+"\r\n\r\n", 8))
		}
	}
	began := time.Now()
	for range 20 {
		answer, err := http.Get("http://" + listener.Addr().String() + "/aanmelden")
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Errorf("beside slow clients: %d", answer.StatusCode)
		}
		if status, _ := honest.get(t, "/maand/2026-10"); status != http.StatusOK {
			t.Errorf("beside slow clients: %d", status)
		}
	}
	t.Logf("40 requests beside %d slow clients: %v", len(slow), time.Since(began).Round(time.Millisecond))
	if os.Getenv("PXQ_SOAK") != "" {
		s.turnedAway(t, slow)
	}
	for _, connection := range slow {
		connection.Close()
	}
	cancel()
	if err := <-ended; err != nil && err != http.ErrServerClosed {
		t.Error(err)
	}
}

// turnedAway waits until the connections of slow senders are closed: with half a header within 10 s, with half a form within 40.
func (s *site) turnedAway(t *testing.T, slow []net.Conn) {
	t.Helper()
	for i, within := range map[int]time.Duration{0: 10 * time.Second, 1: 40 * time.Second} {
		if err := slow[i].SetReadDeadline(time.Now().Add(within)); err != nil {
			t.Fatal(err)
		}
		answer, err := io.ReadAll(slow[i])
		if err != nil {
			t.Errorf("slow client %d is still there: %v", i, err)
		}
		t.Logf("%.60q", answer)
	}
}
