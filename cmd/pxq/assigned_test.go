package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// eachAssigning runs a test on both databases, in a workspace without referrals.
func eachAssigning(t *testing.T, test func(t *testing.T, e *exchange)) {
	t.Helper()
	notOnceMore(t)
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) { test(t, newExchange(t, fresh())) })
}

// monthly sends a referral for a number of minutes a month, decided at a time on 2026-01-02; 60 minutes are declared.
func monthly(minutes int64, at string) *ijw.Message301 {
	return assigned(func(_ *ijw.Message301, a *ijw.Assignment) {
		a.Volume, a.Decided.Time = ijw.NumberOf(minutes), ijw.ClockText(at)
	})
}

const tooMuch = "0200 | 0200 0D | 0200, R10 9321"

// Of two versions of a referral the one that was decided last counts, whatever the order of the files; if they were decided at
// the same time, the one in the later file.
func TestLatestAssignmentCounts(t *testing.T) {
	for _, test := range []struct{ first, second, answer string }{
		{"10:00:00", "10:00:01", tooMuch},
		{"10:00:01", "10:00:00", granted},
		{"10:00:00", "10:00:00", tooMuch},
		{"10:00:00.5", "10:00:00.25", granted},
		{"10:00:00.25", "10:00:00.5", tooMuch},
		{"10:00:00.09", "10:00:00.1", tooMuch},
		{"24:00:00", "23:59:59.999999999", granted},
		{"23:59:59.999999999", "24:00:00", tooMuch},
	} {
		for _, apart := range []bool{false, true} {
			eachAssigning(t, func(t *testing.T, e *exchange) {
				e.assign(monthly(600, test.first))
				if apart {
					e.run("2026-10", "--no-reports")
				}
				e.assign(monthly(59, test.second))
				e.declare(declared("2026-10"))
				e.run("2026-10")
				if got := e.answer("2026-10", "jw325-99040001-D10.xml"); got != test.answer {
					t.Errorf("%s and then %s, each in a run: %v: %s", test.first, test.second, apart, got)
				}
			})
		}
	}
}

// A spreadsheet row has no time of decision: a message that comes after it counts, whatever date the row has.
func TestAssignmentAfterSpreadsheet(t *testing.T) {
	eachAssigning(t, func(t *testing.T, e *exchange) {
		write(t, filepath.Join(e.folder, "referrals/00.csv"), "Toewijzingsnummer;BSN;Geboortedatum;Gemeente;AGB-code;Productcode;Ingangsdatum;Volume;Eenheid;Frequentie;Toewijzingsdatum\n"+
			"100;"+exchangeClient+";2015-02-14;0855;99040001;45X01;2026-01-01;59;minuut;4;2026-06-01\n")
		e.assign(monthly(600, "10:00:00"))
		e.declare(declared("2026-10"))
		e.run("2026-10")
		e.is("2026-10", "D10", granted)
	})
}

// A referral number is unique within a municipality: the client who has it keeps it, and another who is given it is reported.
// Spreadsheets may have given it to two clients, written in two ways; then a message is about the referral of its own client.
func TestNumberOfTwoClients(t *testing.T) {
	of := func(bsn string, minutes int64) *ijw.Message301 {
		m := monthly(minutes, "10:00:00")
		m.Assigned.BSN = bsn
		return m
	}
	eachAssigning(t, func(t *testing.T, e *exchange) {
		e.assign(of(exchangeClient, 600))
		e.assign(of(anotherClient, 600))
		if _, told, _ := call(t, e.args("run", "--period", "2026-10", "--as-of", "2026-11-05")...); strings.Count(told, "dit nummer is in deze gemeente al bekend voor een andere cliënt") != 1 {
			t.Error(told)
		}
		e.declare(declared("2026-10"))
		e.declare(declared("2026-10", func(m *ijw.Message323, _ *ijw.Prestatie) { m.Clients[0].BSN = anotherClient; numbered(m, 2) }))
		e.run("2026-10")
		e.is("2026-10", "D10", granted)
		e.is("2026-10", "D2", "0200 | 0200 0D | 8187, R10-2 0233")
	})
	for _, numbers := range [][2]string{{"100", "000000100"}, {"000000100", "100"}} {
		eachAssigning(t, func(t *testing.T, e *exchange) {
			row := func(number, bsn string) string {
				return number + ";" + bsn + ";2015-02-14;0855;99040001;45X01;2026-01-01;59;minuut;4\n"
			}
			write(t, filepath.Join(e.folder, "referrals/00.csv"), "Toewijzingsnummer;BSN;Geboortedatum;Gemeente;AGB-code;Productcode;Ingangsdatum;Volume;Eenheid;Frequentie\n"+
				row(numbers[0], exchangeClient)+row(numbers[1], anotherClient))
			e.assign(of(anotherClient, 600))
			e.declare(declared("2026-10"))
			e.declare(declared("2026-10", func(m *ijw.Message323, _ *ijw.Prestatie) { m.Clients[0].BSN = anotherClient; numbered(m, 2) }))
			e.run("2026-10")
			e.is("2026-10", "D10", tooMuch)
			e.is("2026-10", "D2", granted)
		})
	}
}

// A product that breaks a rule is reported and not taken, while the others are; if the client breaks a rule, none are. A product
// that is assigned twice is reported and taken.
func TestAssignedThatBreaksARule(t *testing.T) {
	eachAssigning(t, func(t *testing.T, e *exchange) {
		e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) {
			wrong := *a
			wrong.Number, wrong.End = ijw.NumberOf(101), dayOf("2025-12-31") // CS003
			m.Assigned.Products = append(m.Assigned.Products, wrong)
		}))
		e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) {
			m.Header.Identification.ID, m.Assigned.BSN, a.Number = "T2", anotherClient[:8]+"9", ijw.NumberOf(102) // CS002
		}))
		e.declare(declared("2026-10"))
		for i, number := range []int64{101, 102} {
			e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) { p.Referral = ijw.NumberOf(number); numbered(m, i+2) }))
		}
		_, told, _ := call(t, e.args("run", "--period", "2026-10", "--as-of", "2026-11-05")...)
		for _, want := range []string{"101: CS003", "CS002"} {
			if !strings.Contains(told, want) {
				t.Errorf("not told: %s\n%s", want, told)
			}
		}
		e.is("2026-10", "D10", granted)
		e.is("2026-10", "D2", "0200 | 0200 0D | 0200, R10-2 9338")
		e.is("2026-10", "D3", "0200 | 0200 0D | 0200, R10-3 9338")
	})
	eachAssigning(t, func(t *testing.T, e *exchange) {
		e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) {
			again := *a
			again.Number = ijw.NumberOf(101) // TR302
			m.Assigned.Products = append(m.Assigned.Products, again)
		}))
		e.declare(declared("2026-10", func(_ *ijw.Message323, p *ijw.Prestatie) { p.Referral = ijw.NumberOf(101) }))
		_, told, _ := call(t, e.args("run", "--period", "2026-10", "--as-of", "2026-11-05")...)
		if !strings.Contains(told, "TR302") {
			t.Error(told)
		}
		e.is("2026-10", "D10", granted)
	})
}

// A message that repeated another says the same once the other is taken back; what came since still comes after it, also if it is
// not in the folder any more.
func TestAssignmentThatRepeatedAnother(t *testing.T) {
	again := func(minutes int64, id string) *ijw.Message301 {
		m := monthly(minutes, "10:00:00")
		m.Header.Identification.ID = id
		return m
	}
	for _, test := range []struct {
		name  string
		since func(e *exchange)
		want  string
	}{
		{"nothing", func(*exchange) {}, granted},
		{"a message decided at the same time", func(e *exchange) { e.assign(again(59, "T3")) }, tooMuch},
		{"a spreadsheet", func(e *exchange) {
			write(e.t, filepath.Join(e.folder, "referrals/03.csv"), "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Ingangsdatum;Volume;Eenheid;Frequentie\n"+
				"100;"+exchangeClient+";0855;99040001;45X01;2026-01-01;59;minuut;4\n")
		}, tooMuch},
	} {
		eachAssigning(t, func(t *testing.T, e *exchange) {
			for _, send := range []func(){func() { e.assign(again(600, "T1")) }, func() { e.assign(again(600, "T2")) }, func() { test.since(e) }} {
				send()
				e.run("2026-10", "--no-reports")
			}
			e.gone("referrals/03.*")
			e.takeBack(filepath.Join(e.folder, "referrals/01.xml"))
			e.declare(declared("2026-10"))
			e.run("2026-10")
			if got := e.answer("2026-10", "jw325-99040001-D10.xml"); got != test.want {
				t.Errorf("%s: %s", test.name, got)
			}
		})
	}
}

// gone deletes the files of a pattern from the folder.
func (e *exchange) gone(pattern string) {
	e.t.Helper()
	paths, err := filepath.Glob(filepath.Join(e.folder, pattern))
	for _, path := range paths {
		err = errors.Join(err, os.Remove(path))
	}
	if err != nil {
		e.t.Fatal(err)
	}
}
