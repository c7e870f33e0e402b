package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ijw"
)

// refusedMessage returns a message that reuses the declaration number D10 (9333), with prestaties with the given references.
func refusedMessage(identification string, references ...string) *ijw.Message323 {
	return declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
		m.Header.Identification.ID = identification
		first := *p
		m.Clients[0].Prestaties = nil
		for i, reference := range references {
			next := first
			next.Reference = reference
			if i > 0 { // each has a separate period
				next.Period = spanOf("2026-0"+string(rune('0'+i))+"-01", "2026-0"+string(rune('0'+i))+"-28")
			}
			m.Clients[0].Prestaties = append(m.Clients[0].Prestaties, next)
		}
	})
}

// holds is shows, and also fails the test if verify finds a fault.
func (e *exchange) holds(when, period string, ambiguous int, rows ...string) {
	e.t.Helper()
	e.shows(when, period, ambiguous, rows...)
	succeed(e.t, e.args("verify")...)
}

// shows fails the test unless a period has each of the rows once – a reference with outcome and care date – and as many with U01
// as ambiguous says.
func (e *exchange) shows(when, period string, ambiguous int, rows ...string) {
	e.t.Helper()
	text := succeed(e.t, e.args("export", "records", "--period", period)...)
	for _, row := range rows {
		if strings.Count(text, row) != 1 {
			e.t.Errorf("%s: not once %s", when, row)
		}
	}
	if strings.Count(text, "U01") != ambiguous {
		e.t.Errorf("%s: U01 is not there %d times", when, ambiguous)
	}
	if e.t.Failed() {
		e.t.Fatal(text)
	}
}

func (e *exchange) rows(name string, rows ...string) {
	e.t.Helper()
	write(e.t, filepath.Join(e.folder, "submissions", name), hourHeadings+strings.Join(rows, ""))
}

// A message that counts as never sent gives up its references to rows that came in between it and the run that found it so, as
// if it had not come.
func TestRowsBehindAMessageNeverSent(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { p.Period = spanOf("2026-09-01", "2026-09-30") }))
		e.rows("00.csv", hourRow("CHANGED", "2026-10-07"), hourRow("GONE", "2026-10-08"), hourRow("SAME", "2026-10-09"))
		e.run("2026-10", "--as-of", "2026-11-03")

		e.rows("01.csv", hourRow("BEFORE", "2026-10-10"))
		e.declare(refusedMessage("I2", "BEFORE", "CHANGED", "GONE", "SAME", "TWICE"))
		tomorrow := e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			numbered(m, 3)
			p.Reference, m.Header.Identification.Dated = "LATER", dayOf("2026-11-07")
		}))
		e.declare(declared("2026-09", func(m *ijw.Message323, p *ijw.Prestatie) { p.Reference = "EARLY" }))
		e.rows("97.csv", hourRow("LATER", "2026-10-01"), hourRow("EARLY", "2026-10-02"), hourRow("TWICE", "2026-10-03"), hourRow("CHANGED", "2026-10-17"),
			strings.Replace(hourRow("GONE", "2026-10-08"), "uur;1", "uur;0", 1))
		e.rows("98.csv", hourRow("TWICE", "2026-10-03"), hourRow("SAME", "2026-10-09"))
		e.run("2026-10", "--as-of", "2026-11-04")
		e.is("2026-10", "D10-2", "0200 | 9333 0D")
		e.is("2026-10", "D3", "8848")
		e.is("2026-10", "D09", "0200 | 8214 0D")
		counted := []string{
			"BEFORE,accepted,2026-10-10", "LATER,accepted,2026-10-01", "EARLY,accepted,2026-10-02", "TWICE,accepted,2026-10-03", "CHANGED,accepted,2026-10-17",
			"CHANGED,replaced,2026-10-07", "GONE,replaced,2026-10-08", "GONE,withdrawn,2026-10-08", "SAME,accepted,2026-10-09",
		}
		e.holds("refused", "2026-10", 0, counted...)
		if told := succeed(t, e.args("explain", "LATER")...); strings.Contains(told, "U01") || !strings.Contains(told, "2026-10-01") && !strings.Contains(told, "1 oktober") && !strings.Contains(told, "01-10-2026") {
			t.Error(told)
		}

		// When the message is sent again it is processed, and its reference turns out to be used.
		e.run("2026-10", "--as-of", "2026-11-08")
		e.is("2026-10", "D3-2", "0200 | 0200 0D | 0200, LATER 8021")
		e.holds("sent again", "2026-10", 1, counted...)

		if status, _, told := call(t, e.args("withdraw", tomorrow, "--as-of", "2026-11-08")...); status == done {
			t.Error("a message that was answered is taken back", told)
		}
		taken := filepath.Join(e.folder, "submissions/97.csv")
		succeed(t, e.args("withdraw", taken, "--as-of", "2026-11-08")...)
		if err := os.Remove(taken); err != nil {
			t.Fatal(err)
		}
		e.run("2026-10", "--as-of", "2026-11-09")
		e.holds("the rows are taken back", "2026-10", 1, "CHANGED,accepted,2026-10-07", "GONE,accepted,2026-10-08", "TWICE,accepted,2026-10-03", "SAME,accepted,2026-10-09")
	})
}

// When a file has two rows with one reference and different content, nobody can say which holds, even when one equals the row
// that held before and the reference seemed to be used.
func TestTwoContentsBehindAMessageNeverSent(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { p.Period = spanOf("2026-09-01", "2026-09-30") }))
		e.rows("00.csv", hourRow("BOTH", "2026-10-07"))
		e.run("2026-10")
		e.declare(refusedMessage("I2", "BOTH"))
		e.rows("98.csv", hourRow("BOTH", "2026-10-07"), hourRow("BOTH", "2026-10-08"))
		e.run("2026-10")
		if status, _, _ := call(t, e.args("close", "--period", "2026-10", "--yes", "--as-of", "2026-11-05")...); status == done {
			t.Fatal("closed before the file is read again")
		}
		e.run("2026-10")
		e.holds("read again", "2026-10", 2, "BOTH,accepted,2026-10-07", "BOTH,rejected,2026-10-07", "BOTH,rejected,2026-10-08")
	})
}

// A message that no longer counts as never sent, before it was answered, has its references again, except that of a row that
// was declared in a closed month since.
func TestMessageSentAfterAll(t *testing.T) {
	for _, closed := range []bool{false, true} {
		eachExchange(t, func(t *testing.T, e *exchange) {
			first := e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { p.Referral = ijw.NumberOf(999) }))
			e.declare(refusedMessage("I2", "USED"))
			e.rows("98.csv", hourRow("USED", "2026-10-07"), hourRow("USED", "2026-10-07"))
			e.run("2026-10", "--no-reports")
			e.holds("refused", "2026-10", 0, "USED,accepted,2026-10-07")
			if closed {
				succeed(t, e.args("close", "--period", "2026-10", "--yes", "--as-of", "2026-11-05", "--confirm", "proef")...)
			}
			succeed(t, e.args("withdraw", first, "--as-of", "2026-11-05")...)
			if err := os.Remove(first); err != nil {
				t.Fatal(err)
			}
			if !closed {
				e.run("2026-10")
				e.is("2026-10", "D10", granted)
				e.holds("sent after all", "2026-10", 1, "USED,rejected,2026-10-07", "USED,accepted,2026-10-01")
				return
			}
			e.run("2026-11")
			e.holds("sent after all", "2026-11", 1, "USED,accepted,2026-10-07", "USED,rejected,2026-10-01")
		})
	}
}

// A message that counts as never sent after all takes its rows out of the totals, also when a run was forgotten in between.
func TestTotalsOfAMessageNotSentAfterAForgottenRun(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		first := e.declare(declared("2026-10", func(*ijw.Message323, *ijw.Prestatie) {}))
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { m.Declaration.Number, p.Reference = "DB", "SECOND" }))
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			m.Header.Identification.ID, m.Declaration.Number, p.Reference = "I3", "DB", "THIRD"
		}))
		e.run("2026-10", "--no-reports")
		e.run("2026-11", "--no-reports")
		succeed(t, e.args("forget", "--period", "2026-11")...)
		succeed(t, e.args("withdraw", first, "--as-of", "2026-11-05")...)
		if err := os.Remove(first); err != nil {
			t.Fatal(err)
		}
		e.run("2026-10", "--no-reports")
		succeed(t, e.args("verify")...)
	})
}

// A message that was answered 8848, came again and waits is taken back like any other: what was answered counts as never sent.
func TestWithdrawOfAMessageSentAgain(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.rows("00.csv", hourRow("ROW", "2026-10-07"))
		path := e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { m.Header.Identification.Dated = dayOf("2026-11-07") }))
		e.run("2026-10")
		e.is("2026-10", "D10", "8848")
		e.run("2026-10", "--as-of", "2026-11-08", "--no-reports")
		e.holds("sent again", "2026-10", 0, "R10,accepted,2026-10-01", "ROW,accepted,2026-10-07")
		succeed(t, e.args("withdraw", path, "--as-of", "2026-11-08")...)
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		e.run("2026-10", "--as-of", "2026-11-08")
		e.holds("taken back", "2026-10", 0, "ROW,accepted,2026-10-07")
		if text := succeed(t, e.args("export", "records", "--period", "2026-10")...); strings.Contains(text, "R10") {
			t.Error(text)
		}
		e.is("2026-10", "D10", "8848")
		e.is("2026-10", "D10-2", "none")

		// When it is sent once more it counts, and is then final.
		sent := e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { m.Header.Identification.Dated = dayOf("2026-11-07") }))
		e.run("2026-10", "--as-of", "2026-11-09")
		e.is("2026-10", "D10-2", granted)
		if status, _, told := call(t, e.args("withdraw", sent, "--as-of", "2026-11-09")...); status == done {
			t.Error("a message that was answered is taken back", told)
		}
		e.holds("sent once more", "2026-10", 0, "R10,accepted,2026-10-01", "ROW,accepted,2026-10-07")
	})
}

// notSentUntilTheClose sends a message that a close counts as never sent, because it has the identification of one that is
// withdrawn after the close, and then another message with the same number.
func (e *exchange) notSentUntilTheClose(behind func(*ijw.Message323, *ijw.Prestatie)) {
	e.t.Helper()
	first := e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { p.Referral = ijw.NumberOf(999) }))
	e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { m.Declaration.Number, p.Reference = "DB", "SECOND" }))
	e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
		m.Header.Identification.ID, m.Declaration.Number, p.Reference = "I3", "DB", "THIRD"
		behind(m, p)
	}))
	e.run("2026-10", "--no-reports")
	succeed(e.t, e.args("close", "--period", "2026-10", "--yes", "--as-of", "2026-11-05", "--confirm", "proef")...)
	succeed(e.t, e.args("withdraw", first, "--as-of", "2026-11-05")...)
	if err := os.Remove(first); err != nil {
		e.t.Fatal(err)
	}
}

// A message that a close counted as never sent, and a later run does not, counts as received since that close; one that only the
// close counted is gone from then on. The closed period stays as it was.
func TestMessageSentAfterTheClose(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) { // a client of eighteen is held
			m.Header.Identification.ID, m.Assigned.BSN, m.Assigned.Born, a.Number = "T2", anotherClient, dayOf("2007-02-14"), ijw.NumberOf(200)
		}))
		e.notSentUntilTheClose(func(m *ijw.Message323, p *ijw.Prestatie) {
			m.Clients[0].BSN, p.Referral = anotherClient, ijw.NumberOf(200)
		})
		e.run("2026-11")
		e.is("2026-11", "DB", granted)
		e.is("2026-11", "DB-2", "0200 | 9333 0D")
		e.holds("sent after all", "2026-11", 0, "SECOND,accepted,2026-10-01")
		e.holds("closed", "2026-10", 0, "THIRD,held,2026-10-01")
		e.rows("98.csv", hourRow("ROW", "2026-11-07"))
		e.run("2026-11")
		status := func(when string) {
			t.Helper()
			if told := succeed(t, e.args("status", "--json")...); !strings.Contains(told, `"received":1`) && !strings.Contains(told, `"received": 1`) {
				t.Error(when, told)
			}
		}
		rows := filepath.Join(e.folder, "submissions/98.csv")
		succeed(t, e.args("withdraw", rows, "--as-of", "2026-12-05")...)
		if err := os.Remove(rows); err != nil {
			t.Fatal(err)
		}
		status("rows are taken back")
		e.run("2026-11")
		status("run again")
		succeed(t, e.args("close", "--period", "2026-11", "--yes", "--as-of", "2026-12-05", "--confirm", "proef")...)
		e.run("2026-12")
		e.holds("the month after", "2026-11", 0, "SECOND,accepted,2026-10-01")
	})
}

// A message that was paid in a closed period counts as sent, even when an earlier one counts after all: what was paid comes first.
func TestPaidMessageStays(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.notSentUntilTheClose(func(m *ijw.Message323, p *ijw.Prestatie) { p.Period = spanOf("2026-09-01", "2026-09-30") })
		e.run("2026-11")
		e.is("2026-11", "DB", "0200 | 9333 0D")
		e.is("2026-11", "DB-2", granted)
		if lines := succeed(t, e.args("export", "lines", "--period", "2026-11")...); strings.Count(lines, "\n") != 1 {
			t.Error(lines)
		}
		succeed(t, e.args("close", "--period", "2026-11", "--yes", "--as-of", "2026-12-05", "--confirm", "proef")...)
		e.holds("closed", "2026-11", 0)
	})
}

// A row that came in after a message with its reference gets the reference once the message is withdrawn, and not before.
func TestRowBehindAMessageTakenBack(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		path := e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { p.Reference = "USED" }))
		e.rows("98.csv", hourRow("USED", "2026-10-07"), hourRow("OTHER", "2026-10-08"))
		e.run("2026-10", "--no-reports")
		e.holds("behind it", "2026-10", 1, "USED,rejected,2026-10-07", "USED,accepted,2026-10-01")
		succeed(t, e.args("withdraw", path, "--as-of", "2026-11-05")...)
		remove(t, path)
		e.run("2026-10", "--no-reports")
		e.holds("taken back", "2026-10", 0, "USED,accepted,2026-10-07", "OTHER,accepted,2026-10-08")
	})
}

// A message that waits for a decision is not too early because one of a later month, which waits as well, was paid in part.
func TestMessageWaitsLongerThanAMonth(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) { // who is eighteen waits for a decision
			m.Header.Identification.ID, m.Assigned.BSN, m.Assigned.Born, a.Number = "T2", anotherClient, dayOf("2007-02-14"), ijw.NumberOf(200)
		}))
		month := func(period, closing string, change func(*ijw.Message323, *ijw.Prestatie)) {
			t.Helper()
			e.declare(declared(period, change))
			e.run(period)
			succeed(t, e.args("close", "--period", period, "--yes", "--as-of", closing, "--confirm", "proef")...)
		}
		month("2026-10", "2026-11-05", func(m *ijw.Message323, p *ijw.Prestatie) {
			m.Clients[0].BSN, p.Referral = anotherClient, ijw.NumberOf(200)
		})
		month("2026-11", "2026-12-05", func(m *ijw.Message323, p *ijw.Prestatie) {
			held := *p
			held.Reference, held.Referral = "HELD", ijw.NumberOf(200)
			m.Clients = append(m.Clients, ijw.Client{BSN: anotherClient, Prestaties: []ijw.Prestatie{held}})
		})
		e.run("2026-12")
		e.holds("still waiting", "2026-12", 0, "R10,held,2026-10-01", "R11,accepted,2026-11-01", "HELD,held,2026-11-01")
	})
}
