package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// heldUnder returns a declaration for October with, for each of the references, a prestatie of a client of 18, which is held,
// and one that is not held. Each client has a separate referral, numbered from 200.
func (e *exchange) heldUnder(references ...string) *ijw.Message323 {
	return declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
		p.Reference = "OTHER"
		for i, reference := range references {
			bsn, number := clientBSN(i), ijw.NumberOf(int64(200+i))
			e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) {
				m.Assigned.BSN, m.Assigned.Born, a.Number = bsn, dayOf("2008-10-01"), number
			}))
			held := *p
			held.Reference, held.Referral = reference, number
			m.Clients = append(m.Clients, ijw.Client{BSN: bsn, Prestaties: []ijw.Prestatie{held}})
		}
	})
}

// decide sends decisions on A01: a reference and a word each.
func (e *exchange) decide(file string, decisions ...string) {
	text := "Regelnummer;AGB-code;Code;Versie;Besluit;Reden;Beoordelaar\n"
	for decision := range slices.Chunk(decisions, 2) {
		text += decision[0] + ";99040001;A01;1;" + decision[1] + ";gezien;J. Jansen\n"
	}
	write(e.t, filepath.Join(e.folder, "decisions", file), text)
}

// became fails the test unless the export of records of a period has the given beginnings of rows: reference, outcome, care
// date and so on.
func (e *exchange) became(period string, records ...string) {
	e.t.Helper()
	all := succeed(e.t, e.args("export", "records", "--period", period)...)
	for _, record := range records {
		if !strings.Contains(all, "\n99040001,"+record+",") {
			e.t.Errorf("%s is not in\n%s", record, all)
		}
	}
}

// takeBack withdraws a file.
func (e *exchange) takeBack(path string) {
	e.t.Helper()
	succeed(e.t, e.args("withdraw", path)...)
	if err := os.Remove(path); err != nil {
		e.t.Fatal(err)
	}
}

// A decision on a prestatie lapses when its message is withdrawn: what is sent with the same reference later is other care.
func TestDecisionGoesWithItsMessage(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		m := e.heldUnder("7", "8")
		path := e.declare(m)
		e.run("2026-10")
		e.decide("1.csv", "7", "akkoord") // 8 waits, so that there is no answer yet
		e.run("2026-10")
		e.became("2026-10", "7,accepted", "8,held")
		e.takeBack(path)
		p := &m.Clients[1].Prestaties[0]
		p.Volume, p.Amount = ijw.NumberOf(120), ijw.AmountOf(16710)
		m.Declaration.Total = ijw.AmountOf(totalOf(m))
		e.declare(m)
		e.run("2026-10")
		e.became("2026-10", "7,held", "8,held")
		succeed(t, e.args("verify")...)
	})
}

// A row with the reference of a prestatie gets U01, and no decision on it is possible. When the row is withdrawn, the decision
// on the prestatie stays.
func TestDecisionStaysWithItsPrestatie(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.declare(e.heldUnder("7", "8"))
		e.run("2026-10")
		e.decide("1.csv", "7", "akkoord")
		e.run("2026-10")
		rows := filepath.Join(e.folder, "submissions/98.csv")
		write(t, rows, hourHeadings+hourRow("7", "2026-10-03"))
		e.run("2026-10")
		e.became("2026-10", "7,accepted,2026-10-01", "7,rejected,2026-10-03", "8,held")
		if out := succeed(t, e.args("explain", "7")...); strings.Contains(out, "blijft meetellen") || strings.Contains(out, "Besluiten") {
			t.Errorf("the row is told as a version of the prestatie:\n%s", out)
		}
		e.takeBack(rows)
		e.run("2026-10")
		e.became("2026-10", "7,accepted,2026-10-01", "8,held")
		succeed(t, e.args("verify")...)
	})
}

// A prestatie with the reference of a row is answered with 8021, and not with a controller's decision on the row.
func TestAnswerTellsNoDecisionOnARow(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		m := e.heldUnder("7", "8")
		write(t, filepath.Join(e.folder, "submissions/00.csv"), hourHeadings+strings.NewReplacer(exchangeClient, clientBSN(0), ";100;", ";200;").Replace(hourRow("7", "2026-10-03")))
		e.run("2026-10")
		e.decide("1.csv", "7", "afwijzen")
		e.declare(m)
		e.run("2026-10")
		e.decide("2.csv", "8", "akkoord")
		e.run("2026-10")
		e.became("2026-10", "7,rejected,2026-10-03", "7,rejected,2026-10-01", "8,accepted")
		e.is("2026-10", "D10", "0200 | 0200 16710D | 0200, 7 8021")
	})
}

// A prestatie can be decided on even if a table changes its reference; otherwise its message would never be answered. The
// prestatie 5.0 is not the row 5, while 66.0 is the row 66.
func TestDecisionOnReferenceThatTablesLose(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		references := []string{"7.0", "A\u00a0", "\u200bB", "E\u00adF", " G", "#N/B", "Totaal", "5.0"}
		m := e.heldUnder(references...)
		e.declare(m)
		rows := hourHeadings + hourRow("5", "2026-10-03") + hourRow("66", "2026-10-04")
		write(t, filepath.Join(e.folder, "submissions/98.csv"), strings.NewReplacer(exchangeClient, clientBSN(0), ";100;", ";200;").Replace(rows))
		e.run("2026-10")
		decisions := []string{"66.0", "akkoord"}
		for _, reference := range references {
			decisions = append(decisions, reference, "akkoord")
		}
		e.decide("1.csv", decisions...)
		e.run("2026-10")
		e.became("2026-10", "5,held", "66,accepted")
		e.is("2026-10", "D10", "0200 | 8001 75195D")
	})
}

// The pages and explain tell the prestaties 7 and 007 apart, which are of two clients and may be of two municipalities.
func TestStoryOfReferenceAsWritten(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.declare(e.heldUnder("7", "007"))
		write(t, filepath.Join(e.folder, "submissions/98.csv"), hourHeadings+hourRow("0007", "2026-10-03"))
		e.run("2026-10")
		for reference, referral := range map[string]string{"7": "nummer 200 ", "007": "nummer 201 ", "0007": "nummer 100 "} {
			if out := succeed(t, e.args("explain", reference)...); !strings.Contains(out, "Regelnummer "+reference+" ") || !strings.Contains(out, referral) || strings.Count(out, "ingelezen op") != 1 {
				t.Errorf("explain %s tells\n%s", reference, out)
			}
		}
		pages := e.pages()
		defer pages.Close()
		holds, err := pages.Holds(t.Context(), views.Scope{Role: views.Controller}, views.HoldFilter{}, 0, 10)
		if err != nil || len(holds.List) != 2 {
			t.Fatal(holds, err)
		}
		for _, hold := range holds.List {
			story, err := pages.Hold(t.Context(), views.Scope{Role: views.Municipality, Codes: []string{exchangeTown}}, hold.Nr)
			if err != nil {
				t.Fatal(err)
			}
			if referral := map[string]string{"7": "200", "007": "201"}[hold.Reference]; story.Current.Record.Reference != hold.Reference || story.Use.Number != referral || len(story.Versions) != 1 {
				t.Errorf("the page of %s tells of referral %s and %d versions", hold.Reference, story.Use.Number, len(story.Versions))
			}
		}
	})
}

// A controller's decision on the prestatie 7 is not given as the cause of a credit of the prestatie 007.
func TestCauseIsNoDecisionOnAnother(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		m := e.heldUnder("7", "8") // 8 waits, so that there is no answer, which would be final
		m.Clients[0].Prestaties[0].Reference = "007"
		e.declare(m)
		e.run("2026-10")
		succeed(t, e.args("close", "--period", "2026-10", "--as-of", "2026-11-06", "--yes")...)
		e.decide("1.csv", "7", "akkoord")
		e.assign(assigned(func(_ *ijw.Message301, a *ijw.Assignment) {
			a.Reason, a.End, a.Decided.Day = "13", a.Start, dayOf("2026-11-08")
		}))
		out := succeed(t, e.args("run", "--period", "2026-11", "--as-of", "2026-12-05")...)
		e.became("2026-11", "007,rejected", "7,accepted", "8,held")
		if !strings.Contains(out, "gewijzigde toewijzingen") || strings.Contains(out, "besluiten van controllers") {
			t.Errorf("it tells of the cause:\n%s", out)
		}
	})
}

// A controller finds a client by BSN in any notation, and explain accepts the AGB code of a provider without its leading zero.
func TestNumbersAsPeopleWriteThem(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		m := e.heldUnder("7")
		const short = "12345672"
		e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) {
			m.Assigned.BSN, m.Assigned.Born, a.Number = "0"+short, dayOf("2008-10-01"), ijw.NumberOf(300)
		}))
		m.Clients[1].BSN, m.Clients[1].Prestaties[0].Referral = "0"+short, ijw.NumberOf(300)
		e.declare(m)
		write(t, filepath.Join(e.folder, "submissions/98.csv"), hourHeadings+strings.Replace(hourRow("7", "2026-10-03"), "99040001", "1000001", 1))
		e.run("2026-10")
		pages := e.pages()
		defer pages.Close()
		for _, sought := range []string{"0" + short, short, "0123.45.672", "123 45 672", "007"} {
			found, err := pages.FindHolds(t.Context(), views.Scope{Role: views.Controller}, sought)
			if err != nil || len(found) != 1 {
				t.Errorf("%q finds %v, %v", sought, found, err)
			}
		}
		if out := succeed(t, e.args("explain", "7", "--provider", "1000001")...); !strings.Contains(out, "Regelnummer 7 van 01000001") {
			t.Error(out)
		}
	})
}

// pages opens the views of the workspace.
func (e *exchange) pages() *views.Views {
	e.t.Helper()
	read, err := workspace.Read(e.folder, "")
	if err != nil {
		e.t.Fatal(err)
	}
	pages, err := views.Open(e.t.Context(), read, e.database)
	if err != nil {
		e.t.Fatal(err)
	}
	return pages
}
