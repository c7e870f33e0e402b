package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing/ijw"
)

// sheetOf returns a sheet of a report as lines of cells, separated by bars.
func (e *exchange) sheetOf(period, pattern, sheet string) string {
	e.t.Helper()
	paths, _ := filepath.Glob(filepath.Join(e.folder, "reports", period, pattern))
	if len(paths) != 1 {
		e.t.Fatalf("%d workbooks %s", len(paths), pattern)
	}
	book, err := excelize.OpenFile(paths[0])
	if err != nil {
		e.t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(sheet)
	if err != nil {
		e.t.Fatal(err)
	}
	text := ""
	for _, row := range rows {
		text += strings.Join(row, " | ") + "\n"
	}
	return text
}

// Prestaties are shown with records: their period, place in the message and return code, in the terms of messages.
func TestPrestatiesAreShown(t *testing.T) {
	notOnceMore(t)
	e := newExchange(t, "sqlite:"+filepath.Join(t.TempDir(), "pxq.db"))
	e.assign(assigned())
	e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) {
		m.Assigned.BSN, m.Assigned.Born, a.Number = anotherClient, dayOf("2008-10-01"), ijw.NumberOf(200)
	}))
	path := e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
		p.Tariff = ijw.NumberOf(140)
		held := *p
		held.Reference, held.Referral, held.Tariff = "HELD", ijw.NumberOf(200), ijw.NumberOf(139)
		m.Clients = append(m.Clients, ijw.Client{BSN: anotherClient, Prestaties: []ijw.Prestatie{held}})
	}))
	has := func(what, text string, parts ...string) {
		t.Helper()
		for _, part := range parts {
			if !strings.Contains(text, part) {
				t.Errorf("%s lacks %q:\n%.3000s", what, part, text)
			}
		}
		for _, part := range []string{"Er is met het contracttarief gerekend", "contract's price was used", "de regel in", "care date"} {
			if strings.Contains(text, part) {
				t.Errorf("%s speaks of a row: %s", what, text)
			}
		}
	}
	has("check", succeed(t, "check", path, filepath.Join(e.folder, "referrals/01.xml"), filepath.Join(e.folder, "referrals/02.xml"), "--as-of", "2026-11-05"),
		"declaratie D10, cliënt 1, prestatie 1 (regel ", "P03 (0611)", "Gebruik het tarief van het contract")
	e.run("2026-10")
	has("explain", succeed(t, e.args("explain", "R10", "--lang", "en")...), "2026 – ", "declaration D10, client 1, prestatie 1 (line ", "P03 (0611)", "Use the price in the contract")
	has("explain as JSON", succeed(t, e.args("explain", "R10", "--json")...), `"until": "2026-10-31"`, `"return_code": "0611"`, `"declaration": "D10"`)
	has("retour", e.sheetOf("2026-10", "retour-99040001*.xlsx", "Prestaties"), "R10 | afgewezen | 0611 | P03 | P03 (0611): ", "declaratie D10, cliënt 1, prestatie 1", "HELD | uitval", "01 minuut")
	if hours := e.sheetOf("2026-10", "retour-99040001*.xlsx", "Uren"); strings.Contains(hours, "R10") {
		t.Error("a prestatie stands on a sheet that is read back")
	}
	has("gemeente", e.sheetOf("2026-10", "gemeente-0855*.xlsx", "Afgewezen"), "declaratie D10, cliënt 1, prestatie 1 | 0611")
	has("uitval", e.sheetOf("2026-10", "uitval.xlsx", "Uitval"), "declaratie D10, cliënt 2, prestatie 1", "83.55 | € 83.55")
	has("rejects", e.sheetOf("2026-10", "uitval.xlsx", "Afgewezen"), "declaratie D10, cliënt 1, prestatie 1 | 0611")
	findings := succeed(t, e.args("export", "findings", "--period", "2026-10")...)
	has("findings", findings, "P03,reject,0611,99040001,R10", "D10,1,", "Gebruik het tarief van het contract")

	// A message that counts as never sent: its findings are where users look for them.
	wrong := e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
		numbered(m, 2)
		m.Declaration.Total = ijw.AmountOf(1)
		p.Period = spanOf("2026-09-01", "2026-10-31")
	}))
	has("run", succeed(t, e.args("run", "--period", "2026-10", "--as-of", "2026-11-06")...), "niet verstuurd gelden", "99040001 → 0855  D2", "0001: ", "(en nog 1)")
	has("run as JSON", succeed(t, e.args("run", "--period", "2026-10", "--as-of", "2026-11-06", "--json")...), `"not_sent"`, `"element": "Client[1]/Prestatie[1]/ProductPeriode"`)
	for _, book := range []string{"retour-99040001*.xlsx", "uitval.xlsx"} {
		has(book, e.sheetOf("2026-10", book, "Berichten"), "J14 | 0001 | ", "J05 | 0001 | ", "Client[1]/Prestatie[1]/ProductPeriode", filepath.Base(wrong))
	}
	findings = succeed(t, e.args("export", "findings", "--period", "2026-10")...)
	has("findings of the message", findings, "J14,reject,0001,99040001,,04.xml,D2,", ",Declaratie/TotaalIngediendBedrag,", ",Client[1]/Prestatie[1]/ProductPeriode,")

	// Sending the return file back changes nothing.
	back, _ := filepath.Glob(filepath.Join(e.folder, "reports/2026-10/retour-99040001*.xlsx"))
	write(t, filepath.Join(e.folder, "submissions/terug.xlsx"), read(t, back[0]))
	e.run("2026-10", "--as-of", "2026-11-08", "--lang", "en")
	if again := succeed(t, e.args("export", "findings", "--period", "2026-10")...); again != findings {
		t.Error(again)
	}
	has("retour in English", e.sheetOf("2026-10", "retour-99040001*.xlsx", "Prestaties"), "Return codes", "First day", "declaration D10, client 1, prestatie 1")
}

// The first sheet of a return file explains about messages that a declaration that counts as never sent is not among its rows,
// and that rejected prestaties cannot be corrected on a sheet of the file.
func TestFirstSheetTellsOfMessages(t *testing.T) {
	notOnceMore(t)
	e := newExchange(t, "sqlite:"+filepath.Join(t.TempDir(), "pxq.db"))
	e.assign(assigned())
	e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { m.Declaration.Total = ijw.AmountOf(1) }))
	e.run("2026-10")
	first := e.sheetOf("2026-10", "retour-99040001*.xlsx", "Overzicht")
	if strings.Contains(first, "Niets: ") || !strings.Contains(first, "zodat niets eruit meetelt: 1. Het blad Berichten") {
		t.Errorf("nothing of the message:\n%s", first)
	}

	e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { p.Tariff = ijw.NumberOf(140) }))
	e.run("2026-10")
	first = e.sheetOf("2026-10", "retour-99040001*.xlsx", "Overzicht")
	for _, part := range []string{"P03 (afwijzing)", "meetelt: 1. ", "verbeter een afgewezen prestatie in een volgend bericht", "op de bladen Uren, Dagdelen en Prestaties."} {
		if !strings.Contains(first, part) {
			t.Errorf("no %q:\n%s", part, first)
		}
	}
	if strings.Contains(first, "Kies op de bladen Uren en Dagdelen") {
		t.Errorf("to be mended where nothing stands:\n%s", first)
	}
}

// Only skipped rows of care are accounted for, not empty rows among decisions or referrals.
func TestEmptyRowsOfOtherFilesAreNoCare(t *testing.T) {
	notOnceMore(t)
	e := newExchange(t, "sqlite:"+filepath.Join(t.TempDir(), "pxq.db"))
	e.assign(assigned())
	empty := ";;;;;;;\n"
	write(t, filepath.Join(e.folder, "submissions/00.csv"), hourHeadings+hourRow("S1", "2026-10-03")+empty+hourRow("S2", "2026-10-04"))
	write(t, filepath.Join(e.folder, "decisions/00.csv"), "Regelnummer;AGB-code;Code;Versie;Besluit;Reden;Beoordelaar\nS1;99040001;A01;1;aanhouden;;J. Jansen\n"+empty+"S2;99040001;A01;1;aanhouden;;J. Jansen\n")
	write(t, filepath.Join(e.folder, "referrals/00.csv"), "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Ingangsdatum\n300;"+exchangeClient+";0855;99040001;45X01;2026-10-01\n"+empty+"301;"+exchangeClient+";0855;99040001;45X01;2026-10-02\n")
	e.run("2026-10")
	if sheet := e.sheetOf("2026-10", "regio.xlsx", "Aansluiting"); !strings.Contains(sheet, "Overgeslagen: lege rijen | 1 ") {
		t.Error(sheet)
	}
}

// A rejected prestatie shows the codes of its answer, even of a rule that is not shown to providers.
func TestReturnCodesOfWhatIsNotTold(t *testing.T) {
	notOnceMore(t)
	e := newExchange(t, "sqlite:"+filepath.Join(t.TempDir(), "pxq.db"))
	e.assign(assigned())
	e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { p.Referral = ijw.NumberOf(200) }))
	// R02 is not shown for a referral that another provider has too.
	e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) {
		m.Header.Receiver, m.Assigned.BSN, a.Number = "99040002", anotherClient, ijw.NumberOf(200)
	}))
	e.run("2026-10")
	e.is("2026-10", "D10", "0200 | 0200 0D | 0200, R10 8187 9338")
	if sheet := e.sheetOf("2026-10", "retour-99040001*.xlsx", "Prestaties"); !strings.Contains(sheet, "R10 | afgewezen | 8187 9338 | R03 | ") {
		t.Error(sheet)
	}
}
