package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// eachExchange runs a test on both databases, in a workspace with referral 100.
func eachExchange(t *testing.T, test func(t *testing.T, e *exchange)) {
	t.Helper()
	notOnceMore(t)
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		e := newExchange(t, fresh())
		e.assign(assigned())
		test(t, e)
	})
}

// notOnceMore skips a test with -short, which is how the race detector is run: TestEveryRuleIsAnswered uses the same goroutines.
func notOnceMore(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("TestEveryRuleIsAnswered does the same with -short")
	}
}

// is fails the test unless the answer to the declaration with a number is want.
func (e *exchange) is(period, number, want string) {
	e.t.Helper()
	if got := e.answer(period, "jw325-"+exchangeProvider+"-"+number+".xml"); got != want {
		e.t.Errorf("%s: %q, want %q", number, got, want)
	}
}

// The identification and number of a processed message cannot be used again; those of one that counts as never sent can.
func TestUsedUp(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.declare(declared("2026-10"))
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { m.Declaration.Number, p.Reference = "DX", "RX" }))
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { m.Header.Identification.ID, p.Reference = "IY", "RY" }))
		e.declare(declared("2026-09", func(m *ijw.Message323, p *ijw.Prestatie) {}))
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			m.Header.Identification.ID, m.Declaration.Number, p.Reference = "I10", "D10", "RZ"
			m.Declaration.Period = spanOf("2026-09-01", "2026-09-30")
		}))
		// The references and numbers of the refused ones, and of the month before: all free.
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			m.Header.Identification.ID, m.Declaration.Number, p.Reference = "IY", "DX", "RX"
			p.Period = spanOf("2026-09-01", "2026-09-30")
		}))
		e.run("2026-10")
		e.is("2026-10", "D10", granted)
		e.is("2026-10", "DX", "9056")
		e.is("2026-10", "D10-2", "0200 | 9333 0D")
		e.is("2026-10", "D09", "0200 | 8214 0D")
		e.is("2026-10", "D10-3", "9056")
		e.is("2026-10", "DX-2", granted)

		e.declare(declared("2026-11", func(m *ijw.Message323, p *ijw.Prestatie) {
			m.Declaration.Number, m.Declaration.Period = "D10", spanOf("2026-09-01", "2026-09-30")
		}))
		e.run("2026-11")
		e.is("2026-11", "D10", "0200 | 8214 9333 0D")
		if _, err := os.Stat(filepath.Join(e.folder, "reports/2026-11/jw325-"+exchangeProvider+"-DX.xml")); err == nil {
			t.Error("an answer stands in a folder of another period")
		}
	})
}

// A message with a date in the future is judged again once that day has come; other messages are not.
func TestJudgedAgain(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		path := e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { m.Header.Identification.Dated = dayOf("2026-11-07") }))
		e.run("2026-10")
		e.is("2026-10", "D10", "8848")
		first := succeed(t, e.args("answer", path)...)
		e.run("2026-10", "--as-of", "2026-11-07")
		e.is("2026-10", "D10", "8848")
		e.is("2026-10", "D10-2", granted)
		if again := read(t, filepath.Join(e.folder, "reports/2026-10/jw325-"+exchangeProvider+"-D10.xml")); again != first {
			t.Error("the first answer changed")
		}
		if latest := succeed(t, e.args("answer", path)...); inShort(t, []byte(latest)) != granted {
			t.Error(latest)
		}
		if !strings.Contains(first, "<ns:Identificatie>A1<") && !strings.Contains(first, ">A1<") {
			t.Error(first)
		}
	})
}

// What a prestatie uses of its referral, and what cannot be claimed twice.
func TestClaimedTwice(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.declare(declared("2026-10"))
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { // rejected: too much
			minutes(p, 601, 8355)
			p.Product, p.Category = "54X02", "54"
			numbered(m, 2)
			p.Reference = "REJ"
		}))
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { numbered(m, 3) }))
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			numbered(m, 4)
			p.Reference, p.Period = "REJ", spanOf("2026-09-01", "2026-09-30")
		}))
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { // the book finds a product by its code in any case
			numbered(m, 6)
			p.Product = strings.ToLower(p.Product)
		}))
		e.run("2026-10")
		e.is("2026-10", "D10", granted)
		e.is("2026-10", "D3", "0200 | 0200 0D | 0200, R10-3 9389")
		e.is("2026-10", "D6", "0200 | 0200 0D | 0200, R10-6 9389")
		e.is("2026-10", "D4", "0200 | 0200 0D | 0200, REJ 8021")
		// A rejected prestatie does not count: September can still be claimed.
		e.declare(declared("2026-11", func(m *ijw.Message323, p *ijw.Prestatie) {
			numbered(m, 5)
			p.Period = spanOf("2026-09-01", "2026-09-30")
		}))
		e.run("2026-11")
		e.is("2026-11", "D5", granted)
	})
}

// A credit takes back an approved debit once, and repeats it in all but its references.
func TestCredits(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		first := declared("2026-10")
		debit := first.Clients[0].Prestaties[0]
		e.declare(first)
		// The debit is not approved yet in the same run.
		only := func(reference string, number int, change func(*ijw.Prestatie)) *ijw.Message323 {
			return declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
				old := debit
				if change != nil {
					change(&old)
				}
				m.Clients[0].Prestaties = nil
				numbered(m, number)
				creditOf(m, old, reference)
			})
		}
		e.declare(only("C0", 20, nil))
		e.run("2026-10")
		e.is("2026-10", "D10", granted)
		e.is("2026-10", "D20", "0200 | 0200 0D | 0200, C0 8017")

		for i, change := range []func(*ijw.Prestatie){
			func(p *ijw.Prestatie) { p.Referral = ijw.NumberOf(101) },
			func(p *ijw.Prestatie) { p.Category = "54" },
			func(p *ijw.Prestatie) { p.Product = "54X02" },
			func(p *ijw.Prestatie) { p.Period = spanOf("2026-10-01", "2026-10-30") },
			func(p *ijw.Prestatie) { p.Volume = ijw.NumberOf(61) },
			func(p *ijw.Prestatie) { p.Unit = ijw.Hour },
			func(p *ijw.Prestatie) { p.Tariff = ijw.NumberOf(140) },
			func(p *ijw.Prestatie) { p.Amount = ijw.AmountOf(8354) },
			func(p *ijw.Prestatie) { p.Reference = "R99" },
		} {
			e.declare(only("C"+string(rune('a'+i)), 30+i, change))
		}
		// A credit with a new debit for the same care: the credit is judged first, whatever their order.
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			minutes(p, 120, 8355)
			p.Reference = "NEW"
			creditOf(m, debit, "C1")
			m.Header.Identification.ID, m.Declaration.Number = "I40", "D40"
		}))
		e.declare(only("C2", 41, nil))
		e.run("2026-10", "--as-of", "2026-11-10")
		for i := range 9 {
			e.is("2026-10", "D3"+string(rune('0'+i)), "0200 | 0200 0D | 0200, C"+string(rune('a'+i))+" 8017")
		}
		e.is("2026-10", "D40", "0200 | 8001 8355D")
		e.is("2026-10", "D41", "0200 | 0200 0D | 0200, C2 9390")

		// The lines have what is left: two hours.
		lines := succeed(t, e.args("export", "lines", "--period", "2026-10")...)
		if !strings.Contains(lines, ",2.0000,83.55,167.10,") || strings.Count(lines, "\n") != 2 {
			t.Error(lines)
		}

		succeed(t, e.args("close", "--period", "2026-10", "--as-of", "2026-11-10")...)

		// A declaration with only a credit has a negative total, so it is a credit as a whole.
		e.declare(declared("2026-11", func(m *ijw.Message323, p *ijw.Prestatie) {
			newer := *p
			minutes(&newer, 120, 8355)
			newer.Reference, newer.Period = "NEW", spanOf("2026-10-01", "2026-10-31")
			m.Clients[0].Prestaties = nil
			creditOf(m, newer, "C3")
		}))
		e.run("2026-11")
		e.is("2026-11", "D11", "0200 | 8001 16710C")
		lines = succeed(t, e.args("export", "lines", "--period", "2026-11")...)
		if !strings.Contains(lines, "credit") || !strings.Contains(lines, "-167.10") {
			t.Error(lines)
		}
	})
}

// A rejected credit leaves its debit in force, so a new debit in its place is a duplicate.
func TestRejectedCreditWithNewDebit(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		first := declared("2026-10")
		debit := first.Clients[0].Prestaties[0]
		e.declare(first)
		e.run("2026-10")
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			wrong := debit
			wrong.Volume = ijw.NumberOf(61)
			minutes(p, 120, 8355)
			numbered(m, 2)
			creditOf(m, wrong, "C1")
		}))
		e.run("2026-10")
		e.is("2026-10", "D2", "0200 | 0200 0D | 0200, R10-2 9389, C1 8017")
		records := succeed(t, e.args("export", "records", "--period", "2026-10")...)
		if strings.Count(records, ",rejected,") != 2 || strings.Count(records, ",accepted,") != 1 {
			t.Error(records)
		}
	})
}

// An answer is final: later changes of the referral change neither an approved nor a rejected prestatie.
func TestAnswersAreFinal(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.declare(declared("2026-10"))
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			numbered(m, 2)
			p.Referral = ijw.NumberOf(300)
		}))
		e.run("2026-10")
		e.is("2026-10", "D2", "0200 | 0200 0D | 0200, R10-2 9338")
		later := func(reason string, start, end string) {
			e.assign(assigned(func(_ *ijw.Message301, a *ijw.Assignment) {
				a.Decided.Day, a.Reason, a.Start, a.End = dayOf("2026-11-06"), reason, dayOf(start), dayOf(end)
			}))
		}
		later("13", "2026-01-01", "2026-01-01")
		e.assign(assigned(func(_ *ijw.Message301, a *ijw.Assignment) { a.Number = ijw.NumberOf(300) }))
		e.run("2026-10", "--as-of", "2026-11-08")
		e.is("2026-10", "D10", granted)
		e.is("2026-10", "D2", "0200 | 0200 0D | 0200, R10-2 9338")
		lines := succeed(t, e.args("export", "lines", "--period", "2026-10")...)
		if !strings.Contains(lines, ",1.0000,83.55,83.55,") || strings.Count(lines, "\n") != 2 {
			t.Error(lines)
		}
		findings := succeed(t, e.args("export", "findings", "--period", "2026-10")...)
		if !strings.Contains(findings, "R09,signal,9384") {
			t.Error(findings)
		}
	})
}

// A run without reports gives no answers. A message with a held prestatie has no answer until a controller decides.
func TestWaiting(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) {
			m.Assigned.BSN, m.Assigned.Born, a.Number = anotherClient, dayOf("2008-10-01"), ijw.NumberOf(200)
		}))
		path := e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			old := *p
			old.Referral, old.Reference = ijw.NumberOf(200), "OLD"
			m.Clients = append(m.Clients, ijw.Client{BSN: anotherClient, Prestaties: []ijw.Prestatie{old}})
		}))
		say := func(part string) {
			t.Helper()
			status, _, errOut := call(t, e.args("answer", path, "--lang", "en")...)
			if status != failed || !strings.Contains(errOut, part) {
				t.Errorf("status %d: %s", status, errOut)
			}
		}
		succeed(t, e.args("import", filepath.Join(e.folder, "referrals", "01.xml"), "--as-of", "2026-11-05")...)
		say("was not imported")
		succeed(t, e.args("import", path, "--as-of", "2026-11-05")...)
		say("no run since it was imported")
		e.run("2026-10", "--no-reports")
		say("is waiting for a decision or for its month")
		e.run("2026-10")
		e.is("2026-10", "D10", "none")
		say("is waiting for a decision or for its month")
		// The other prestatie is declared nevertheless.
		if lines := succeed(t, e.args("export", "lines", "--period", "2026-10")...); !strings.Contains(lines, ",83.55,83.55,") {
			t.Error(lines)
		}
		records := succeed(t, e.args("export", "records", "--period", "2026-10", "--format", "json")...)
		if !strings.Contains(records, `"A01"`) {
			t.Error(records)
		}
		version := versionOf(t, e, "OLD")
		write(t, filepath.Join(e.folder, "decisions/1.csv"), "Regelnummer;AGB-code;Code;Versie;Besluit;Reden;Beoordelaar\nOLD;99040001;A01;"+version+";afwijzen;te oud;J. Jansen\n")
		e.run("2026-10", "--as-of", "2026-11-09", "--no-reports")
		say("the last run wrote no reports. Do “pxq run --period 2026-10”")
		e.run("2026-10", "--as-of", "2026-11-09")
		e.is("2026-10", "D10", "0200 | 0200 8355D | 0200, OLD 9338")
	})
}

// The results of a prestatie in a closed month stay: that it was held, and its findings, even if a later run answered it without
// them.
func TestFoundBeforeTheAnswer(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		born := func(day, decided string) {
			e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) {
				m.Assigned.Born, a.Decided.Day = dayOf(day), dayOf(decided)
			}))
		}
		born("2008-10-01", "2026-02-01")
		e.declare(declared("2026-10"))
		e.run("2026-10")
		e.is("2026-10", "D10", "none")
		succeed(t, e.args("close", "--period", "2026-10", "--as-of", "2026-11-05", "--yes")...)
		closed := e.findings("2026-10")
		if !strings.Contains(closed, "A01,hold,") {
			t.Error(closed)
		}
		born("2015-02-14", "2026-11-01")
		e.run("2026-11")
		e.is("2026-11", "D10", granted)
		if now := e.findings("2026-10"); now != closed {
			t.Errorf("closed with\n%s\nnow\n%s", closed, now)
		}
	})
}

// A reference may be padded with blanks, which table cells lose. A decision can use the reference as the workbook of the
// controllers shows it.
func TestDecidedThoughPadded(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) {
			m.Assigned.Born, a.Decided.Day = dayOf("2008-08-01"), dayOf("2026-02-01")
		}))
		held := func(number int, reference string, period ijw.Span) {
			e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
				numbered(m, number)
				p.Reference, p.Period = reference, period
			}))
		}
		held(1, "R1   ", spanOf("2026-10-01", "2026-10-31"))
		held(2, " 007", spanOf("2026-09-01", "2026-09-30"))
		held(3, "R3 ", spanOf("2026-08-01", "2026-08-31"))
		e.run("2026-10")
		decide := func(file string, references ...string) string {
			rows := "Regelnummer;AGB-code;Code;Versie;Besluit;Reden;Beoordelaar\n"
			for _, reference := range references {
				rows += reference + ";99040001;A01;1;akkoord;gezien;J. Jansen\n"
			}
			path := filepath.Join(e.folder, "decisions", file)
			write(t, path, rows)
			return succeed(t, e.args("decide", path, "--as-of", "2026-11-06", "--lang", "en")...)
		}
		if said := decide("1.csv", "R1", "007", "R3  "); !strings.Contains(said, "3 decisions") {
			t.Error(said)
		}
		e.run("2026-10", "--as-of", "2026-11-07")
		for _, number := range []string{"D1", "D2", "D3"} {
			e.is("2026-10", number, granted)
		}
	})
}

// When a later month is run before an earlier one is closed, care that the run approves still waits for its own month: the
// answer is final, but the declaration of the earlier month does not include that care.
func TestApprovedBeforeItsMonth(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.assign(assigned())
		e.declare(declared("2026-11"))
		e.run("2026-11")
		e.is("2026-11", "D11", granted)
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			m.Declaration.Period = spanOf("2026-11-01", "2026-11-30")
			m.Header.Identification.Dated = dayOf("2026-12-01")
		}))
		e.run("2026-10", "--as-of", "2026-12-05")
		if e.lineCount("2026-10", ",regular,2026-10,") != 1 || e.lineCount("2026-10", ",2026-11,") != 0 {
			t.Error(succeed(t, e.args("export", "lines", "--period", "2026-10")...))
		}
		succeed(t, e.args("close", "--period", "2026-10", "--as-of", "2026-12-05")...)
		e.run("2026-11", "--as-of", "2026-12-06")
		if e.lineCount("2026-11", "2026-11,regular,2026-11,") != 1 {
			t.Error(succeed(t, e.args("export", "lines", "--period", "2026-11")...))
		}
		succeed(t, e.args("close", "--period", "2026-11", "--as-of", "2026-12-06")...)
		succeed(t, e.args("verify")...)
		e.run("2026-12", "--as-of", "2027-01-05")
		if lines := succeed(t, e.args("export", "lines", "--period", "2026-12")...); strings.Count(lines, "\n") != 1 {
			t.Error(lines)
		}
	})
}

// versionOf returns the version of a record as explain shows it.
func versionOf(t *testing.T, e *exchange, reference string) string {
	t.Helper()
	out := succeed(t, e.args("explain", reference, "--json")...)
	_, after, found := strings.Cut(out, `"version": `)
	if !found {
		t.Fatal(out)
	}
	return strings.Trim(after[:strings.IndexAny(after, ",\n")], `"`)
}

// hourHeadings are the headings of the rows that hourRow returns, each an hour of care.
const hourHeadings = "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\n"

func hourRow(reference, date string) string {
	return reference + ";99040001;" + exchangeClient + ";100;45X01;" + date + ";uur;1\n"
}

// A reference that a spreadsheet used cannot be used by a message, and the other way round.
func TestReferencesOfSpreadsheets(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		write(t, filepath.Join(e.folder, "submissions/00.csv"), hourHeadings+hourRow("R10", "2026-10-03")+hourRow("0077", "2026-10-04"))
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { p.Period = spanOf("2026-09-01", "2026-09-30") }))
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			numbered(m, 2)
			p.Reference = "77"
		}))
		write(t, filepath.Join(e.folder, "submissions/98.csv"), hourHeadings+strings.Replace(hourRow("77", "2026-10-05"), "99040001", "99040002", 1)+hourRow("77", "2026-10-06"))
		e.run("2026-10")
		e.is("2026-10", "D10", "0200 | 0200 0D | 0200, R10 8021")
		e.is("2026-10", "D2", granted)
		// A message and a spreadsheet of a new provider, taken in together.
		if records := succeed(t, e.args("export", "records", "--period", "2026-10")...); strings.Count(records, "U01,98.csv") != 1 {
			t.Error(records)
		}
		write(t, filepath.Join(e.folder, "submissions/99.csv"), hourHeadings+hourRow("77", "2026-10-05"))
		e.run("2026-10", "--as-of", "2026-11-08")
		records := succeed(t, e.args("export", "records", "--period", "2026-10")...)
		if !strings.Contains(records, "U01,99.csv") {
			t.Error(records)
		}
	})
}

// A row of a spreadsheet with the reference of a prestatie is rejected once, however often its file is sent again, and stays
// rejected when a later file is withdrawn; otherwise the care would be paid twice. A row that was received before the
// prestatie counts as already received.
func TestSpreadsheetRowsOfAUsedReference(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		write(t, filepath.Join(e.folder, "submissions/00.csv"), hourHeadings+hourRow("R10", "2026-10-03"))
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { p.Reference = "77" }))
		e.run("2026-10")
		records := func() string { return succeed(t, e.args("export", "records", "--period", "2026-10")...) }
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			numbered(m, 2)
			p.Reference, p.Period = "R10", spanOf("2026-09-01", "2026-09-30")
		}))
		e.run("2026-10")
		if text := records(); !strings.Contains(text, "R10,rejected,2026-09-01") || strings.Count(text, "U01") != 1 {
			t.Error(text)
		}
		used := hourRow("77", "2026-10-04") + hourRow("R10", "2026-10-03")
		write(t, filepath.Join(e.folder, "submissions/91.csv"), hourHeadings+used)
		e.run("2026-10", "--as-of", "2026-11-08")
		twoOf := func(when, file string, replaced int) {
			t.Helper()
			text := records()
			if strings.Count(text, "U01,"+file) != 1 || strings.Count(text, "77,replaced,2026-10-04") != replaced || strings.Count(text, "R10,accepted,2026-10-03") != 1 || strings.Count(text, "U01") != 2 {
				t.Errorf("%s:\n%s", when, text)
			}
		}
		twoOf("first", "91.csv", 0)
		back, _ := filepath.Glob(filepath.Join(e.folder, "reports/2026-10/retour-99040001*.xlsx"))
		sent := read(t, back[0])
		write(t, filepath.Join(e.folder, "submissions/92.csv"), hourHeadings+used+hourRow("NEW", "2026-10-05"))
		e.run("2026-10", "--as-of", "2026-11-09")
		twoOf("again", "92.csv", 1)
		write(t, filepath.Join(e.folder, "submissions/93.xlsx"), sent)
		e.run("2026-10", "--as-of", "2026-11-10")
		twoOf("the return file", "92.csv", 1)
		succeed(t, e.args("withdraw", filepath.Join(e.folder, "submissions/92.csv"), "--as-of", "2026-11-10")...)
		os.Remove(filepath.Join(e.folder, "submissions/92.csv"))
		e.run("2026-10", "--as-of", "2026-11-10")
		twoOf("taken back", "91.csv", 0)
	})
}

// Rows of spreadsheets before and after a message with the same reference are versions of each other; the message does not come
// between them.
func TestMessageBetweenSpreadsheets(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		write(t, filepath.Join(e.folder, "submissions/00.csv"), hourHeadings+hourRow("77", "2026-10-06")+hourRow("78", "2026-10-07"))
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { p.Reference = "77" }))
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			numbered(m, 2)
			p.Reference = "78"
		}))
		write(t, filepath.Join(e.folder, "submissions/98.csv"), hourHeadings+hourRow("77", "2026-10-09")+hourRow("78", "2026-10-07")+hourRow("79", "2026-10-08"))
		e.run("2026-10")
		records := succeed(t, e.args("export", "records", "--period", "2026-10")...)
		for file, want := range map[string]int{"U01,00.csv": 1, "U01,98.csv": 1} { // of 77; 78 was received already
			if strings.Count(records, file) != want {
				t.Errorf("%s: want %d in\n%s", file, want, records)
			}
		}
	})
}

// Weeks and totals over several months of one referral.
func TestVolumesOfMonths(t *testing.T) {
	notOnceMore(t)
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		e := newExchange(t, fresh())
		e.assign(assigned(func(_ *ijw.Message301, a *ijw.Assignment) {
			a.Unit, a.Volume, a.Frequency = ijw.Hour, ijw.NumberOf(3), billing.PerWeek
			a.Start, a.End = dayOf("2026-08-12"), dayOf("2026-10-31")
		}))
		// Weeks: August 12 – 31 touches 4, September 5, October 5; the whole 12 (36 hours).
		for i, month := range []struct{ first, last string }{{"2026-08-12", "2026-08-31"}, {"2026-09-01", "2026-09-30"}, {"2026-10-01", "2026-10-31"}} {
			e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
				hours := []int64{12, 15, 10}[i]
				numbered(m, i)
				p.Period = spanOf(month.first, month.last)
				minutes(p, hours*60, 8355)
			}))
		}
		e.run("2026-10")
		e.is("2026-10", "D0", "0200 | 8001 100260D")
		e.is("2026-10", "D1", "0200 | 8001 125325D")
		e.is("2026-10", "D2", "0200 | 0200 0D | 0200, R10-2 9322")
	})
}

// A message that waits can be withdrawn and sent again with other content. A message that was answered cannot, whatever the
// answer: the first answer is final.
func TestAnsweredIsNotTakenBack(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) {
			m.Assigned.BSN, m.Assigned.Born, a.Number = anotherClient, dayOf("2008-10-01"), ijw.NumberOf(200)
		}))
		right := e.declare(declared("2026-10"))
		wrong := e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			numbered(m, 2)
			m.Declaration.Total = ijw.AmountOf(1)
		}))
		waits := e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			numbered(m, 3)
			m.Clients[0].BSN, p.Referral = anotherClient, ijw.NumberOf(200)
		}))
		e.run("2026-10")
		for _, path := range []string{right, wrong} {
			status, _, errOut := call(t, e.args("withdraw", path, "--lang", "en")...)
			if status != failed || !strings.Contains(errOut, "gave an answer (jw325-99040001-D") || !strings.Contains(errOut, "that is final") {
				t.Errorf("status %d: %s", status, errOut)
			}
		}
		succeed(t, e.args("withdraw", waits)...)
		if err := os.Remove(waits); err != nil {
			t.Fatal(err)
		}
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { // its numbers and references can be used again
			numbered(m, 3)
			p.Period = spanOf("2026-09-01", "2026-09-30")
		}))
		e.run("2026-10", "--as-of", "2026-11-08")
		e.is("2026-10", "D10", granted)
		e.is("2026-10", "D2", wrongInside)
		e.is("2026-10", "D3", granted)
		succeed(t, e.args("verify")...)
	})
}

// A prestatie may be declared while its message waits for an answer, and rejected by that answer once the month is closed. The
// line of the closed month still comes from it, so that the next close and verify find nothing wrong, and the line is credited.
func TestDeclaredBeforeItWasRejected(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) {
			m.Assigned.BSN, m.Assigned.Born, a.Number = anotherClient, dayOf("2008-10-01"), ijw.NumberOf(101)
		}))
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			held := *p
			held.Reference, held.Referral = "OLD", ijw.NumberOf(101)
			m.Clients = append(m.Clients, ijw.Client{BSN: anotherClient, Prestaties: []ijw.Prestatie{held}})
		}))
		e.run("2026-10")
		e.is("2026-10", "D10", "none") // one of the two is held
		succeed(t, e.args("close", "--period", "2026-10", "--as-of", "2026-11-05", "--yes")...)

		// The client moves, so that the municipality of the message has no such referral any more.
		write(t, filepath.Join(e.folder, "referrals/9.csv"), "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Ingangsdatum\n100;"+exchangeClient+";Goirle;99040001;45X01;2026-01-01\n")
		version := versionOf(t, e, "OLD")
		write(t, filepath.Join(e.folder, "decisions/1.csv"), "Regelnummer;AGB-code;Code;Versie;Besluit;Reden;Beoordelaar\nOLD;99040001;A01;"+version+";akkoord;verlengd;J. Jansen\n")
		e.run("2026-11")
		e.is("2026-11", "D10", "0200 | 0200 8355D | 8187, R10 0233")
		if lines := succeed(t, e.args("export", "lines", "--period", "2026-11")...); !strings.Contains(lines, ",83.55,-83.55,") {
			t.Error(lines)
		}
		succeed(t, e.args("close", "--period", "2026-11", "--as-of", "2026-12-06", "--yes")...)
		succeed(t, e.args("verify")...)
	})
}
