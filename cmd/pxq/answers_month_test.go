package main

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/synthetic"
	"github.com/pxq-nl/pxq/rates"
)

// A month generated as messages can be run. Nearly all of it is approved, and every kind of mistake is answered.
func TestGenerateMessages(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole month, in which no two goroutines meet that do not meet in a small one")
	}
	e := newExchange(t, "sqlite:pxq.db")
	e.folder = filepath.Join(t.TempDir(), "werk")
	e.database = "sqlite:" + filepath.Join(t.TempDir(), "pxq.db")
	succeed(t, "generate", "--ijw", "--records", "6000", "--workspace", e.folder)
	if status := e.run("2026-10", "--as-of", "2026-11-12"); status != done {
		t.Errorf("status %d", status)
	}
	answers, _ := filepath.Glob(filepath.Join(e.folder, "reports/2026-10/jw325-*.xml"))
	said, approved := "", 0
	for _, path := range answers {
		answer := inShort(t, []byte(read(t, path)))
		if strings.HasPrefix(answer, "0200 | 8001") {
			approved++
		}
		said += answer + " "
	}
	for _, code := range []string{
		"0001", "0611", "8017", "8021", "8187", "8214", "8848", "9056", "9308", "9319", "9321", "9333", "9338", "9339", "9340", "9341", "9346", "9384", "9387", "9388", "9389", "S300", "S329",
	} {
		if !strings.Contains(said, code) {
			t.Errorf("no answer with %s", code)
		}
	}
	found := e.findings("2026-10")
	for _, rule := range rules.Catalogue().Rules {
		if code := rule.Code.String(); strings.HasPrefix(code, "J") && rule.Code != billing.J28 && !strings.Contains(found, "\n"+code+",reject,") {
			t.Errorf("nothing breaks %s (%s)", code, rule.Standard)
		}
	}
	for _, code := range []string{"R07", "V03"} { // of declarations of which a part waits
		if !strings.Contains(found, "\n"+code+",reject,") {
			t.Errorf("nothing breaks %s", code)
		}
	}
	// What can only be sent after the answers: a credit with a debit in its place, and the same credit again.
	later, _ := filepath.Glob(filepath.Join(e.folder, "later/jw323/*.xml"))
	for _, path := range later {
		write(t, filepath.Join(e.folder, "submissions/jw323", "zz-"+filepath.Base(path)), read(t, path))
	}
	e.run("2026-10", "--as-of", "2026-11-14")
	credited, again := 0, 0
	answers, _ = filepath.Glob(filepath.Join(e.folder, "reports/2026-10/jw325-*.xml"))
	for _, path := range answers {
		switch answer := inShort(t, []byte(read(t, path))); {
		case strings.Contains(answer, "9390"):
			again++
		case strings.HasSuffix(path, "B.xml") && strings.HasPrefix(answer, "0200 | 8001 0D"):
			credited++
		}
	}
	if credited == 0 || again == 0 {
		t.Errorf("%d credits accepted, %d rejected as the second", credited, again)
	}
	if approved*2 < len(answers) {
		t.Errorf("%d of %d declarations are approved", approved, len(answers))
	}
}

// A month of the demo that is exported as declarations, and taken in by an empty workspace with the same referrals, gives the
// same lines, to the cent.
func TestMonthThereAndBack(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole month, in which no two goroutines meet that do not meet in a small one")
	}
	from := newExchange(t, "")
	from.database = "sqlite:" + filepath.Join(from.folder, "pxq.db")
	from.sendWhatIsLeftOut()
	from.run("2026-10", "--as-of", "2026-11-12")

	to := newExchange(t, "sqlite:"+filepath.Join(t.TempDir(), "pxq.db"))
	if err := os.CopyFS(filepath.Join(to.folder, "contract"), os.DirFS(filepath.Join(from.folder, "contract"))); err != nil {
		t.Fatal(err)
	}
	to.assignAll(from)

	book := rates.HartVanBrabant()
	leftOut, declarations := "", 0
	for provider := range book.Providers {
		agb := book.Providers[provider].AGB
		leftOut += succeed(t, from.args("export", "jw323", "--provider", agb, "--period", "2026-10", "--lang", "en")...)
	}
	for _, reason := range []string{"credit or correction", "more than one price", "not a whole number of minutes", "not a whole number of at most 9 digits"} {
		if !strings.Contains(leftOut, reason) {
			t.Errorf("nothing was left out as: %s", reason)
		}
	}
	paths, _ := filepath.Glob(filepath.Join(from.folder, "reports/2026-10/jw323-*.xml"))
	from.validateAs("JW323", paths)
	for _, path := range paths {
		to.send("submissions", []byte(read(t, path)))
		declarations++
	}
	to.run("2026-10", "--as-of", "2026-11-12")
	answers, _ := filepath.Glob(filepath.Join(to.folder, "reports/2026-10/jw325-*.xml"))
	if len(answers) != declarations || declarations == 0 {
		t.Errorf("%d answers to %d declarations\n%s", len(answers), declarations, succeed(t, to.args("export", "findings", "--period", "2026-10")...))
	}
	for _, path := range answers {
		if answer := inShort(t, []byte(read(t, path))); !strings.HasPrefix(answer, "0200 | 8001") {
			t.Errorf("%s: %.300s", filepath.Base(path), answer)
		}
	}
	exported, back := from.lines(), to.lines()
	for key, line := range back {
		if exported[key] != line {
			t.Errorf("%.40s: %q there, %q back", key, exported[key], line)
		}
		delete(exported, key)
	}
	for key := range exported {
		if referral := strings.Split(key, ",")[3]; !strings.Contains(leftOut, referral) {
			t.Errorf("line of referral %s was neither declared nor named", referral)
		}
	}
	if len(back) == 0 || len(exported) == 0 {
		t.Errorf("%d lines back, %d left out", len(back), len(exported))
	}
}

// sendWhatIsLeftOut adds to a month of the demo each kind of line that cannot be in a JW323: corrected care, two prices in a
// month, hours that are no whole minutes, a referral number that is no number. (A book without a category is refused.)
func (e *exchange) sendWhatIsLeftOut() {
	e.t.Helper()
	bsn := clientBSN(8_000) // not in the demo
	write(e.t, filepath.Join(e.folder, "referrals/eigen.csv"), "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Ingangsdatum\n"+
		"900000001;"+bsn+";0855;99040001;45X01;2026-01-01\nT-1;"+bsn+";0855;99040001;45X01;2026-01-01\n")
	const heading = "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\n"
	row := func(reference, referral, date, minutes string) string {
		return reference + ";99040001;" + bsn + ";" + referral + ";45X01;" + date + ";minuut;" + minutes + "\n"
	}
	write(e.t, filepath.Join(e.folder, "submissions/september.csv"), heading+row("EIGEN-1", "900000001", "2026-09-03", "60"))
	e.run("2026-09")
	succeed(e.t, e.args("close", "--period", "2026-09", "--as-of", "2026-10-06")...)
	succeed(e.t, "generate", "--plain", "--records", "3000", "--workspace", e.folder)
	write(e.t, filepath.Join(e.folder, "submissions/oktober.csv"), heading+row("EIGEN-1", "900000001", "2026-09-03", "90")+row("EIGEN-2", "T-1", "2026-10-06", "60"))
	change := func(table, from, to string) {
		path := filepath.Join(e.folder, "contract", table)
		text := read(e.t, path)
		if strings.Count(text, from) != 1 {
			e.t.Fatalf("%s has %q %d times", table, from, strings.Count(text, from))
		}
		write(e.t, path, strings.Replace(text, from, to, 1))
	}
	change("tarieven.csv", "45X01;uur;;83.55;2026-01-01;;", "45X01;uur;;84.75;2026-10-16;;voorbeeld\n45X01;uur;;83.55;2026-01-01;2026-10-15;")
}

// assignAll sends the referrals of another workspace: as JW301 if possible, and otherwise as a table.
func (e *exchange) assignAll(from *exchange) {
	e.t.Helper()
	store, err := ledger.Open(context.Background(), from.database, ledger.Options{})
	if err != nil {
		e.t.Fatal(err)
	}
	defer store.Close()
	book := rates.HartVanBrabant()
	table := &strings.Builder{}
	rows := csv.NewWriter(table)
	rows.Comma = ';'
	write := func(cells ...string) {
		if err := rows.Write(cells); err != nil {
			e.t.Fatal(err)
		}
	}
	write("Toewijzingsnummer", "BSN", "Gemeente", "AGB-code", "Productcode", "Productcategorie", "Ingangsdatum", "Coordinatiepunt", "Max duur verlengd tot",
		"Verlengde jeugdhulp", "Voortzetting tot", "Budget")
	day := func(date billing.Date) string {
		if date.IsZero() {
			return ""
		}
		return date.String()
	}
	err = store.EachLatestReferral(context.Background(), func(r *billing.Referral) error {
		town := book.Municipality(r.Municipality)
		product := book.Product(r.Product)
		if town == nil || r.Product != "" && product == nil {
			return nil
		}
		category := ""
		if product != nil {
			category = product.Category
		}
		sayable := *r
		within(&sayable)
		message, ok := synthetic.AssignmentOf(&sayable, town.Code, category)
		if !ok {
			return nil
		}
		a := message.Assigned.Products[0]
		yes := "nee"
		if r.ExtendedYouthCare {
			yes = "ja"
		}
		budget := ""
		if r.HasBudget {
			budget = r.Budget.String()
		}
		write(r.Number, r.BSN, town.Code, r.Provider, a.Product, a.Category, day(r.Start), r.CoordinationPoint, day(r.ExtendedTo), yes, day(r.ContinuesTo), budget)
		e.assign(message)
		return nil
	})
	rows.Flush()
	if err != nil {
		e.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(e.folder, "referrals", "00.csv"), []byte(table.String()), 0o600); err != nil {
		e.t.Fatal(err)
	}
}

// within changes the terms of a referral to ones that a JW301 cannot express: a large volume for the whole referral, no product,
// an end.
func within(r *billing.Referral) {
	switch {
	case r.HasBudget && r.End.IsZero():
		r.End = billing.NewDate(2030, 12, 31)
	case r.HasBudget || r.Product == "":
	case !r.HasVolume: // of any product of its category then
		r.Product = ""
	case r.Volume%100 != 0 || r.Frequency == billing.PerWeek && r.End.IsZero() || r.Frequency == billing.PerDay:
		r.HasVolume, r.Volume, r.Frequency = true, 100_000_000, billing.InTotal
	}
}

// lines returns the quantity, price and amount of the declared lines by key.
func (e *exchange) lines() map[string]string {
	e.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(succeed(e.t, e.args("export", "lines", "--period", "2026-10")...))).ReadAll()
	if err != nil {
		e.t.Fatal(err)
	}
	lines := make(map[string]string)
	for _, row := range rows[1:] {
		// municipality, provider, bsn, referral, product, unit, care month
		key := strings.Join([]string{row[3], row[4], row[5], row[6], row[7], row[8], row[2]}, ",")
		lines[key] += strings.Join(row[9:12], " ")
	}
	return lines
}
