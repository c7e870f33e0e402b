package main

import (
	"bufio"
	"bytes"
	"database/sql"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// TestServeKilled kills the pages with SIGKILL at random moments of uploads and jobs, a few times on each database. What was
// confirmed to a user is stored exactly once; nothing is stored partially, and every job has an outcome.
func TestServeKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for a while")
	}
	killServers(t, func(kills int, _ time.Time) bool { return kills < 2 })
}

// TestSoakServeKilled is TestServeKilled for the duration in PXQ_SOAK, with at least two hundred kills.
func TestSoakServeKilled(t *testing.T) {
	long := soaking(t)
	killServers(t, func(kills int, begun time.Time) bool { return kills < 200 || time.Since(begun) < long })
}

func killServers(t *testing.T, more func(kills int, begun time.Time) bool) {
	program, plan := programOf(t), makeMonth(t)
	ledgertest.EachKind(t, func(t *testing.T, newAddress func() string) {
		p := &killedPages{T: t, program: program, month: plan, folder: plan.copyTo(t), address: newAddress(), sent: make(map[string]bool), put: make(map[string]bool), reasons: make(map[string]bool)}
		if out, err := plan.command(program, p.folder, p.address, "run", "--period", "2026-10").CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		seed := uint64(time.Now().UnixNano())
		t.Logf("seed %d", seed)
		chance := rand.New(rand.NewPCG(seed, 0))
		begun, kills := time.Now(), 0
		for ; more(kills, begun); kills++ {
			p.play(time.Duration(chance.IntN(int(1500 * time.Millisecond))))
			p.letTimePass()
		}
		p.settle()
		p.prove()
		t.Logf("%d kills, %d uploads told as sent of %d, %d decisions told as taken", kills, len(p.sent), len(p.put), len(p.reasons))
	})
}

// killedPages is a workspace whose pages are killed repeatedly, with what was confirmed to users.
type killedPages struct {
	*testing.T
	*month
	program, folder, address string
	sent, put                map[string]bool // references that were sent in, and that were uploaded
	reasons                  map[string]bool // of decisions
	number                   int
}

// start serves the pages, and returns their address.
func (p *killedPages) start() (*exec.Cmd, string) {
	p.Helper()
	command := exec.Command(p.program, "serve", "--listen", "127.0.0.1:0", "--workspace", p.folder, "--as-of", p.asOf)
	command.Env = append(os.Environ(), "PXQ_DATABASE="+p.address)
	out, err := command.StdoutPipe()
	if err != nil {
		p.Fatal(err)
	}
	var errOut bytes.Buffer
	command.Stderr = &errOut
	if err := command.Start(); err != nil {
		p.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	found := regexp.MustCompile(`http://[0-9.:]+`).FindString(line)
	if err != nil || found == "" {
		_ = command.Process.Kill()
		_ = command.Wait()
		p.Fatalf("the pages do not start: %q %v\n%s", line, err, errOut.String())
	}
	return command, found
}

// play uses the pages until they are killed.
func (p *killedPages) play(after time.Duration) {
	p.Helper()
	command, base := p.start()
	timer := time.AfterFunc(after, func() { _ = command.Process.Kill() })
	for p.once(base) {
	}
	timer.Stop()
	_ = command.Process.Kill()
	_ = command.Wait()
}

// letTimePass makes the uploads an hour older, since an account may make only a number of them an hour.
func (p *killedPages) letTimePass() {
	p.Helper()
	driver, address, table := "postgres", p.address, "uploads"
	if path, ok := strings.CutPrefix(p.address, "sqlite:"); ok {
		driver, address = "sqlite", filepath.Join(filepath.Dir(path), "pxq-web.db")
	} else if parsed, err := url.Parse(address); err == nil {
		table = `"` + parsed.Query().Get("search_path") + `_web".uploads`
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		p.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("UPDATE " + table + " SET made = made - 3600"); err != nil && !strings.Contains(err.Error(), "no such table") {
		p.Fatal(err)
	}
}

// once lets a provider send a file, a controller decide and the region run; alive is false when the server no longer answers.
func (p *killedPages) once(base string) (alive bool) {
	p.number++
	provider, controller, region := p.person(base, "demo-aanbieder"), p.person(base, "demo-controller"), p.person(base, "demo-regio")
	if provider == nil || controller == nil || region == nil {
		return false
	}
	page, ok := provider.get("/aanleveren")
	code := regexp.MustCompile(`AGB-code (\d{8})`).FindStringSubmatch(page)
	if !ok || code == nil {
		return false
	}
	reference := fmt.Sprintf("GEDOOD-%d", p.number)
	p.put[reference] = true
	location, ok := provider.upload(fmt.Sprintf("Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\n%[1]s-a;%[2]s;123;1;45A48;02-10-2026;uur;2\n%[1]s-b;%[2]s;123;1;45A48;03-10-2026;uur;2\n", reference, code[1]))
	if !ok {
		return false
	}
	for range 100 {
		if page, ok = provider.get(location); !ok {
			return false
		}
		if !strings.Contains(page, "Wordt gecontroleerd") {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if status := provider.post(location+"/insturen", nil); status == http.StatusSeeOther {
		p.sent[reference] = true
	}
	if page, ok = controller.get("/uitval"); !ok {
		return false
	}
	for _, row := range regexp.MustCompile(`<tr data-row="([^"]+)" data-version="(\d+)" data-nr="\d+" data-reasons`).FindAllStringSubmatch(page, 1) {
		reason := fmt.Sprintf("besloten nummer %d.", p.number)
		if controller.post("/uitval/besluit", url.Values{"regel": {row[1] + "@" + row[2]}, "besluit": {"akkoord"}, "reden": {reason}}) == http.StatusSeeOther {
			p.reasons[reason] = true
		}
	}
	return region.post("/berekenen", url.Values{"periode": {"2026-10"}}) == http.StatusSeeOther
}

// settle waits until all requested work is done.
func (p *killedPages) settle() {
	p.Helper()
	command, base := p.start()
	defer func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	}()
	admin := p.person(base, "demo-beheerder")
	for range 1200 {
		if page, ok := admin.get("/beheer/stand"); ok && regexp.MustCompile(`lopen</dt><dd>0<`).MatchString(page) {
			region := p.person(base, "demo-regio")
			page, _ := region.get("/taken")
			if strings.Contains(page, "mislukt") {
				p.Errorf("a job failed: %s", page)
			}
			p.everyReason(base)
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.Fatal("jobs never end")
}

// everyReason compares the stored decisions with those that were confirmed to users.
func (p *killedPages) everyReason(base string) {
	p.Helper()
	controller := p.person(base, "demo-controller")
	all := ""
	for blad := 1; blad < 50; blad++ {
		page, ok := controller.get(fmt.Sprintf("/besluiten?blad=%d", blad))
		all += page
		if !ok || !strings.Contains(page, `rel="next"`) {
			break
		}
	}
	for reason := range p.reasons {
		if count := strings.Count(all, reason); count != 1 {
			p.Errorf("the decision with the reason %q is there %d times", reason, count)
		}
	}
}

// prove verifies the ledger and counts what was sent.
func (p *killedPages) prove() {
	p.Helper()
	for _, args := range [][]string{{"run", "--period", "2026-10"}, {"verify"}} {
		if out, err := p.command(p.program, p.folder, p.address, args...).CombinedOutput(); err != nil {
			p.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	out, err := p.command(p.program, p.folder, p.address, "export", "records", "--period", "2026-10").Output()
	if err != nil {
		p.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
	if err != nil {
		p.Fatal(err)
	}
	count := make(map[string]int)
	for _, row := range rows {
		if reference, is := strings.CutPrefix(row[1], "GEDOOD-"); is {
			count["GEDOOD-"+strings.TrimRight(reference, "-ab")]++
		}
	}
	for reference := range p.put {
		if got := count[reference]; got != 2 && (p.sent[reference] || got != 0) {
			p.Errorf("%s, told as sent %v: %d of its 2 rows are there", reference, p.sent[reference], got)
		}
	}
}

// person is a user of the pages.
type person struct {
	http.Client
	base string
}

// person signs a user in; nil when the server no longer answers.
func (p *killedPages) person(base, account string) *person {
	p.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		p.Fatal(err)
	}
	who := &person{http.Client{Jar: jar, Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, base}
	if who.post("/aanmelden/demo", url.Values{"account": {account}}) != http.StatusSeeOther {
		return nil
	}
	return who
}

func (p *person) get(path string) (page string, ok bool) {
	answer, err := p.Get(p.base + path)
	if err != nil {
		return "", false
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return string(body), err == nil && answer.StatusCode == http.StatusOK
}

func (p *person) post(path string, form url.Values) (status int) {
	answer, err := p.PostForm(p.base+path, form)
	if err != nil {
		return 0
	}
	answer.Body.Close()
	return answer.StatusCode
}

func (p *person) upload(content string) (location string, ok bool) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, _ := form.CreateFormFile("bestand", "regels.csv")
	fmt.Fprint(part, content)
	form.Close()
	answer, err := p.Post(p.base+"/aanleveren", form.FormDataContentType(), &body)
	if err != nil {
		return "", false
	}
	answer.Body.Close()
	return answer.Header.Get("Location"), answer.StatusCode == http.StatusSeeOther
}
