package main

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// findings returns the export of the findings of a period.
func (e *exchange) findings(period string) string {
	e.t.Helper()
	return succeed(e.t, e.args("export", "findings", "--period", period)...)
}

// lineCount returns how often part occurs in the export of the lines of a period.
func (e *exchange) lineCount(period, part string) int {
	e.t.Helper()
	return strings.Count(succeed(e.t, e.args("export", "lines", "--period", period)...), part)
}

// deleted sends referral 100 again as deleted, decided on the given day.
func (e *exchange) deleted(decided string) {
	e.t.Helper()
	e.assign(assigned(func(_ *ijw.Message301, a *ijw.Assignment) {
		a.Decided.Day, a.Reason, a.End = dayOf(decided), "13", a.Start
	}))
}

// S12, TR385: an approved prestatie stays, and keeps its room, when its referral is deleted; the deletion is signalled
// (R15), before the close and after it, until the prestatie is credited.
func TestDeletedReferralWithApproved(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		first := declared("2026-10")
		e.declare(first)
		e.run("2026-10")
		if strings.Contains(e.findings("2026-10"), "R15") {
			t.Error("R15 without a deletion")
		}
		e.deleted("2026-11-06")
		e.run("2026-10", "--as-of", "2026-11-08")
		if got := e.findings("2026-10"); !strings.Contains(got, "R15,signal,") || !strings.Contains(got, "R09,signal,9384") {
			t.Error(got)
		}
		succeed(t, e.args("close", "--period", "2026-10", "--as-of", "2026-11-08")...)
		e.run("2026-11")
		if e.lineCount("2026-11", "credit") != 0 {
			t.Error("the approved prestatie was taken back")
		}
		if got := e.findings("2026-11"); strings.Contains(got, "R15") {
			t.Error("R15 once more, of a change before the close: " + got)
		}
		e.declare(declared("2026-11", func(m *ijw.Message323, p *ijw.Prestatie) {
			m.Clients[0].Prestaties = nil
			creditOf(m, first.Clients[0].Prestaties[0], "C1")
		}))
		e.run("2026-11", "--as-of", "2026-12-06")
		e.is("2026-11", "D11", "0200 | 8001 8355C")
		if e.lineCount("2026-11", "credit") != 1 {
			t.Error("the credit is not in the lines")
		}
	})
}

// S12: an approved prestatie keeps its room over closed months, however narrow its referral becomes.
func TestApprovedKeepsRoom(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		total := func(decided string, volume int64) {
			e.assign(assigned(func(_ *ijw.Message301, a *ijw.Assignment) {
				a.Decided.Day, a.Volume, a.Frequency = dayOf(decided), ijw.NumberOf(volume), billing.InTotal
			}))
		}
		total("2026-01-03", 120)
		e.declare(declared("2026-10"))
		e.run("2026-10")
		succeed(t, e.args("close", "--period", "2026-10", "--as-of", "2026-11-06")...)
		total("2026-11-07", 100)
		e.declare(declared("2026-11", func(_ *ijw.Message323, p *ijw.Prestatie) { minutes(p, 41, 8355) }))
		e.run("2026-11")
		e.is("2026-11", "D11", "0200 | 0200 0D | 0200, R11 9322")
		e.declare(declared("2026-11", func(m *ijw.Message323, p *ijw.Prestatie) {
			numbered(m, 2)
			minutes(p, 40, 8355)
		}))
		total("2026-11-08", 30) // less than was approved
		e.declare(declared("2026-11", func(m *ijw.Message323, p *ijw.Prestatie) {
			numbered(m, 3)
			p.Period = spanOf("2026-09-01", "2026-09-30")
			minutes(p, 1, 8355)
		}))
		e.run("2026-11", "--as-of", "2026-12-07")
		e.is("2026-11", "D2", "0200 | 0200 0D | 0200, R11-2 9322")
		e.is("2026-11", "D3", "0200 | 0200 0D | 0200, R11-3 9322")
		if e.lineCount("2026-11", "credit") != 0 {
			t.Error("the approved prestatie was taken back")
		}
	})
}

// S8: the same bytes are judged again only after 8848. A message with a date in the future that breaks a rule of level 2 is
// answered with 0001, once.
func TestJudgedAgainOnlyAfter8848(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			m.Header.Identification.Dated = dayOf("2026-11-07")
			m.Declaration.Total = ijw.AmountOf(1)
		}))
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			m.Header.Receiver, m.Declaration.Number = "0001", "DX"
		}))
		e.run("2026-10")
		e.run("2026-10", "--as-of", "2026-11-09")
		e.is("2026-10", "D10", "0001")
		e.is("2026-10", "D10-2", "none")
		e.is("2026-10", "DX", "S300")
		e.is("2026-10", "DX-2", "none")
	})
}

// S2, S5: a client whose only referral is for a product that is not in the book is a known client. An unknown product gets no
// finding but S329.
func TestUnknownProduct(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) {
			m.Assigned.BSN, a.Number, a.Product = anotherClient, ijw.NumberOf(200), "45Z99"
		}))
		unknown := func(number int, change func(*ijw.Prestatie)) {
			e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
				m.Clients[0].BSN, p.Referral, p.Product = anotherClient, ijw.NumberOf(200), "45Z99"
				change(p)
				numbered(m, number)
			}))
		}
		unknown(1, func(p *ijw.Prestatie) {})
		unknown(2, func(p *ijw.Prestatie) { p.Reference, p.Volume, p.Amount = "R10-1", ijw.NumberOf(0), ijw.AmountOf(0) })
		unknown(3, func(p *ijw.Prestatie) {
			p.Unit, p.Category, p.Period = ijw.FullDay, "54", spanOf("2026-10-02", "2026-10-30")
		})
		unknown(4, func(p *ijw.Prestatie) { p.Product = "45X01" }) // on a referral that counts as unknown
		e.run("2026-10")
		e.is("2026-10", "D1", "0200 | 0200 0D | 0200, R10-1 S329")
		e.is("2026-10", "D2", "0200 | 0200 0D | 0200, R10-1-2 S329")
		e.is("2026-10", "D3", "0200 | 0200 0D | 0200, R10-3 S329")
		e.is("2026-10", "D4", "0200 | 0200 0D | 0200, R10-4 9338")
	})
}

// TR369: a budget is compared with the cents that are claimed, even where price × volume is a fraction of a cent more.
func TestBudgetInCents(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) {
			a.Number, a.Product, a.Volume, a.Budget = ijw.NumberOf(300), "", ijw.Number{}, ijw.NumberOf(8494+139)
		}))
		for i, volume := range []int64{61, 1, 1} { // 84.9425, 1.3925 and once more
			e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
				p.Referral, p.Period = ijw.NumberOf(300), []ijw.Span{spanOf("2026-08-01", "2026-08-31"), spanOf("2026-09-01", "2026-09-30"), p.Period}[i]
				minutes(p, volume, 8355)
				numbered(m, i)
			}))
		}
		e.run("2026-10")
		e.is("2026-10", "D0", "0200 | 8001 8494D")
		e.is("2026-10", "D1", "0200 | 8001 139D")
		e.is("2026-10", "D2", "0200 | 0200 0D | 0200, R10-2 9369")
	})
}

// S3: after afwijzen the answer has the code of the hold that was decided on, not those of holds that were lifted.
func TestRefusedOnOneHold(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) { // 18 years, and after two years
			m.Assigned.BSN, m.Assigned.Born, a.Number, a.Start = anotherClient, dayOf("2008-09-01"), ijw.NumberOf(200), dayOf("2024-01-01")
		}))
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			m.Clients[0].BSN, p.Referral = anotherClient, ijw.NumberOf(200)
		}))
		e.run("2026-10")
		decide := func(file, code, word string) {
			write(t, filepath.Join(e.folder, "decisions", file), "Regelnummer;AGB-code;Code;Versie;Besluit;Reden;Beoordelaar\nR10;99040001;"+code+";"+
				versionOf(t, e, "R10")+";"+word+";gezien;J. Jansen\n")
		}
		decide("1.csv", "A01", "akkoord")
		e.run("2026-10", "--as-of", "2026-11-08")
		e.is("2026-10", "D10", "none")
		decide("2.csv", "D01", "afwijzen")
		e.run("2026-10", "--as-of", "2026-11-09")
		e.is("2026-10", "D10", "0200 | 0200 0D | 0200, R10 9308")
	})
}

// S1, TR332: a number is unique within one municipality only, also for one client.
func TestNumberOfTwoMunicipalities(t *testing.T) {
	notOnceMore(t)
	const everywhere = "99040003" // has a contract for the whole region
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		e := newExchange(t, fresh())
		e.assign(assigned(func(m *ijw.Message301, _ *ijw.Assignment) { m.Header.Receiver = everywhere }))
		other := func(decided string, volume int64) {
			e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) {
				m.Header.Sender, m.Header.Receiver = "0867", everywhere
				a.Category, a.Product, a.Volume, a.Decided.Day = "54", "54X02", ijw.NumberOf(volume), dayOf(decided)
			}))
		}
		other("2026-01-02", 60)
		e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) { // and of another client in a third
			m.Header.Sender, m.Header.Receiver, m.Assigned.BSN = "0766", everywhere, anotherClient
		}))
		is := func(period, number, want string) {
			t.Helper()
			if got := e.answer(period, "jw325-"+everywhere+"-"+number+".xml"); got != want {
				t.Errorf("%s: %q, want %q", number, got, want)
			}
		}
		at := func(number int, town string, change func(*ijw.Message323, *ijw.Prestatie)) {
			e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
				m.Header.Sender, m.Header.Receiver = everywhere, town
				change(m, p)
				numbered(m, number)
			}))
		}
		at(1, "0855", func(_ *ijw.Message323, p *ijw.Prestatie) {})
		at(2, "0867", func(_ *ijw.Message323, p *ijw.Prestatie) {})
		at(3, "0867", func(_ *ijw.Message323, p *ijw.Prestatie) {
			p.Category, p.Product = "54", "54X02"
			minutes(p, 61, 11875)
		})
		at(4, "0766", func(_ *ijw.Message323, p *ijw.Prestatie) {})
		at(5, "0766", func(m *ijw.Message323, p *ijw.Prestatie) { m.Clients[0].BSN = anotherClient })
		e.run("2026-10")
		is("2026-10", "D1", granted)
		is("2026-10", "D2", "0200 | 0200 0D | 0200, R10-2 9339 9340")
		is("2026-10", "D3", "0200 | 0200 0D | 0200, R10-3 9321")
		is("2026-10", "D4", "0200 | 0200 0D | 8187, R10-4 0233")
		is("2026-10", "D5", granted)
		other("2026-11-06", 600) // a newer version of the one of Waalwijk only
		e.declare(declared("2026-11", func(m *ijw.Message323, p *ijw.Prestatie) {
			m.Header.Sender = everywhere
			minutes(p, 600, 8355)
		}))
		e.run("2026-11")
		is("2026-11", "D11", "0200 | 8001 83550D")
	})
}

// S2: for a client without a referral of the municipality the error is on the client; for a prestatie on another client's
// referral it is on that prestatie only. Leading zeros of the number mean nothing.
func TestAnotherClientsReferral(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) {
			m.Assigned.BSN, a.Number = anotherClient, ijw.NumberOf(200)
		}))
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			own, stranger := *p, *p
			own.Reference, own.Referral = "OWN", ijw.Number{Value: 200, Text: "000200"}
			p.Reference = "OTHER"
			stranger.Reference = "NOBODY"
			m.Clients[0].BSN = anotherClient
			m.Clients[0].Prestaties = append(m.Clients[0].Prestaties, own)
			m.Clients = append(m.Clients, ijw.Client{BSN: clientBSN(0), Prestaties: []ijw.Prestatie{stranger}})
		}))
		e.run("2026-10")
		e.is("2026-10", "D10", "0200 | 0200 8355D | 0200, OTHER 8187 | 8187, NOBODY 0233")
	})
}

// TR323, TR390: a credit that differs from its debit and is sent a second time breaks both. S11: the results of the two.
func TestCreditWrongAndAgain(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		first := declared("2026-10")
		debit := first.Clients[0].Prestaties[0]
		e.declare(first)
		e.run("2026-10")
		credit := func(number int, change func(*ijw.Prestatie)) {
			e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
				taken := debit
				change(&taken)
				m.Clients[0].Prestaties = nil
				creditOf(m, taken, "C"+string(rune('0'+number)))
				m.Header.Identification.ID, m.Declaration.Number = "J"+string(rune('0'+number)), "E"+string(rune('0'+number))
			}))
		}
		credit(1, func(*ijw.Prestatie) {})
		credit(2, func(p *ijw.Prestatie) { p.Volume = ijw.NumberOf(59) })
		credit(3, func(*ijw.Prestatie) {})
		e.run("2026-10", "--as-of", "2026-11-08")
		e.is("2026-10", "E1", "0200 | 8001 8355C")
		e.is("2026-10", "E2", "0200 | 0200 0D | 0200, C2 8017 9390")
		e.is("2026-10", "E3", "0200 | 0200 0D | 0200, C3 9390")
		records := succeed(t, e.args("export", "records", "--period", "2026-10")...)
		for _, part := range []string{"R10,replaced,", "C1,withdrawn,", "C2,rejected,", "C3,rejected,"} {
			if !strings.Contains(records, part) {
				t.Errorf("%s is not in\n%s", part, records)
			}
		}
		if e.lineCount("2026-10", "\n") != 1 {
			t.Error("a line stands")
		}
	})
}

// S10: a credit is judged only on what it takes back, even when its client has no referral left. With a new debit the client
// is unknown (S2), and so is a client of whom nothing was approved.
func TestCreditWithoutReferralLeft(t *testing.T) {
	notOnceMore(t)
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		e := newExchange(t, fresh())
		table := filepath.Join(e.folder, "referrals", "00.csv")
		const heading = "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Ingangsdatum\n"
		write(t, table, heading+"100;"+exchangeClient+";0855;99040001;45X01;2026-01-01\n200;"+anotherClient+";0855;99040001;45X01;2026-01-01\n")
		first := declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			other := *p
			other.Reference, other.Referral = "OTHER", ijw.NumberOf(200)
			m.Clients = append(m.Clients, ijw.Client{BSN: anotherClient, Prestaties: []ijw.Prestatie{other}})
		})
		e.declare(first)
		e.run("2026-10")
		e.is("2026-10", "D10", "0200 | 8001 16710D")
		write(t, filepath.Join(e.folder, "referrals", "01.csv"), heading+"100;"+exchangeClient+";0867;99040001;45X01;2026-01-01\n200;"+anotherClient+";0867;99040001;45X01;2026-01-01\n")
		credit := func(number int, client int, more bool) {
			e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
				debit := first.Clients[client].Prestaties[0]
				m.Clients[0].BSN, p.Referral = first.Clients[client].BSN, debit.Referral
				p.Period = spanOf("2026-09-01", "2026-09-30")
				if !more {
					m.Clients[0].Prestaties = nil
				}
				numbered(m, number)
				creditOf(m, debit, "C"+strconv.Itoa(number))
			}))
		}
		credit(1, 0, false)
		credit(2, 0, false)
		credit(3, 1, true)
		e.run("2026-10", "--as-of", "2026-11-08")
		e.is("2026-10", "D1", "0200 | 8001 8355C")
		e.is("2026-10", "D2", "0200 | 0200 0D | 0200, C2 9390")
		e.is("2026-10", "D3", "0200 | 0200 0D | 8187, R10-3 0233, C3 0233")
		succeed(t, e.args("verify")...)
	})
}

// S9: references of prestaties are compared as written, also for decisions: 7 and 007 are decided on separately, and so are the
// row 0042 of a spreadsheet and the prestatie 42. Zeros that a spreadsheet dropped are ignored if no other has the digits.
func TestDecisionOnReferenceAsWritten(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		clients := []string{anotherClient, clientBSN(0), clientBSN(1), clientBSN(2)}
		for i, bsn := range clients {
			e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) {
				m.Assigned.BSN, m.Assigned.Born, a.Number = bsn, dayOf("2008-10-01"), ijw.NumberOf(int64(200+i))
			}))
		}
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			p.Reference = "OTHER"
			for i, reference := range []string{"7", "007", "42", "0088"} {
				held := *p
				held.Reference, held.Referral = reference, ijw.NumberOf(int64(200+i))
				m.Clients = append(m.Clients, ijw.Client{BSN: clients[i], Prestaties: []ijw.Prestatie{held}})
			}
		}))
		rows := filepath.Join(e.folder, "submissions/98.csv")
		write(t, rows, hourHeadings+strings.NewReplacer(exchangeClient, clients[2], ";100;", ";202;").Replace(hourRow("0042", "2026-10-03")))
		e.run("2026-10")
		decide := func(file string, decisions ...string) {
			text := "Regelnummer;AGB-code;Code;Versie;Besluit;Reden;Beoordelaar\n"
			for i := 0; i < len(decisions); i += 2 {
				text += decisions[i] + ";99040001;A01;1;" + decisions[i+1] + ";gezien;J. Jansen\n"
			}
			write(t, filepath.Join(e.folder, "decisions", file), text)
		}
		became := func(outcomes ...string) {
			t.Helper()
			records := succeed(t, e.args("export", "records", "--period", "2026-10")...)
			for _, outcome := range outcomes {
				if !strings.Contains(records, "\n99040001,"+outcome+",") {
					t.Errorf("%s is not in\n%s", outcome, records)
				}
			}
		}
		decide("1.csv", "007", "afwijzen", "7", "akkoord", "0042", "afwijzen")
		e.run("2026-10", "--as-of", "2026-11-08")
		became("7,accepted", "007,rejected", "42,held", "0042,rejected", "0088,held")
		if decided := e.decidedOnPages("7", "007"); !slices.Equal(decided, []string{"akkoord", "afwijzen"}) {
			t.Errorf("the pages tell of %q", decided)
		}
		decide("2.csv", "42", "akkoord", "88", "akkoord")
		succeed(t, e.args("decide", filepath.Join(e.folder, "decisions/2.csv"), "--as-of", "2026-11-09")...)
		succeed(t, e.args("withdraw", rows)...) // with the decisions on it, and no others
		if err := os.Remove(rows); err != nil {
			t.Fatal(err)
		}
		e.run("2026-10", "--as-of", "2026-11-09")
		became("7,accepted", "42,accepted", "0088,accepted")
		e.is("2026-10", "D10", "0200 | 0200 33420D | 0200, 007 9338")
		succeed(t, e.args("verify")...)
	})
}

// decidedOnPages returns the decisions on the age of clients by reference, as the pages show them to a controller who may
// revise them.
func (e *exchange) decidedOnPages(references ...string) []string {
	e.t.Helper()
	pages := e.pages()
	defer pages.Close()
	var keys []views.HoldKey
	for nr := range int64(20) {
		keys = append(keys, views.HoldKey{Nr: nr, Code: billing.A01})
	}
	asked, err := pages.DecidableHolds(e.t.Context(), views.Scope{Role: views.Controller}, keys)
	if err != nil {
		e.t.Fatal(err)
	}
	list, _, err := pages.Decisions(e.t.Context(), views.Scope{Role: views.Controller}, 0, 20)
	if err != nil {
		e.t.Fatal(err)
	}
	listed := make(map[int64]string)
	for i := range list {
		listed[list[i].Nr] = list[i].Word
	}
	var decided []string
	for _, reference := range references {
		for i := range asked {
			if asked[i].Written == reference {
				if word := listed[asked[i].Nr]; word != asked[i].Decided {
					e.t.Errorf("the list leads to %s with %q", reference, word)
				}
				decided = append(decided, asked[i].Decided)
			}
		}
	}
	return decided
}

// When a file of decisions is withdrawn, a file that repeated it is read again. Its decision on the prestatie 7 is not overruled
// by a later decision on the prestatie 007.
func TestDecisionReadAgainOnReferenceAsWritten(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		clients := []string{anotherClient, clientBSN(0), clientBSN(1)}
		for i, bsn := range clients {
			e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) {
				m.Assigned.BSN, m.Assigned.Born, a.Number = bsn, dayOf("2008-10-01"), ijw.NumberOf(int64(200+i))
			}))
		}
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			for i, reference := range []string{"7", "007", "9"} { // the last stays held, so that no answer is given
				held := *p
				held.Reference, held.Referral = reference, ijw.NumberOf(int64(200+i))
				m.Clients = append(m.Clients, ijw.Client{BSN: clients[i], Prestaties: []ijw.Prestatie{held}})
			}
			p.Reference = "OTHER"
		}))
		e.run("2026-10")
		decide := func(file, reference, behind string) string {
			path := filepath.Join(e.folder, "decisions", file)
			write(t, path, "Regelnummer;AGB-code;Code;Versie;Besluit;Reden;Beoordelaar\n"+reference+";99040001;A01;1;akkoord;gezien;J. Jansen\n"+behind)
			return path
		}
		first := decide("1.csv", "7", "")
		decide("2.csv", "7", ";;;;;;\n")
		decide("3.csv", "007", "")
		e.run("2026-10", "--as-of", "2026-11-08")
		succeed(t, e.args("withdraw", first)...)
		if err := os.Remove(first); err != nil {
			t.Fatal(err)
		}
		e.run("2026-10", "--as-of", "2026-11-08")
		records := succeed(t, e.args("export", "records", "--period", "2026-10")...)
		for _, outcome := range []string{"7,accepted", "007,accepted", "9,held"} {
			if !strings.Contains(records, "\n99040001,"+outcome+",") {
				t.Errorf("%s is not in\n%s", outcome, records)
			}
		}
	})
}

// S9: a prestatie is no version of a spreadsheet row whose reference differs in leading zeros only: a version of the row that
// stands while a newer one is rejected stays, whatever the outcome of the prestatie.
func TestPrestatieTakesNoPlace(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		write(t, filepath.Join(e.folder, "submissions/00.csv"), hourHeadings+hourRow("0042", "2026-10-03"))
		e.run("2026-10")
		succeed(t, e.args("close", "--period", "2026-10", "--as-of", "2026-11-06", "--yes")...)
		write(t, filepath.Join(e.folder, "submissions/01.csv"), hourHeadings+strings.Replace(hourRow("0042", "2026-10-03"), "45X01", "99X99", 1))
		e.declare(declared("2026-11", func(_ *ijw.Message323, p *ijw.Prestatie) { p.Reference = "42" }))
		e.run("2026-11")
		records := succeed(t, e.args("export", "records", "--period", "2026-11")...)
		for _, outcome := range []string{"0042,accepted,2026-10-03", "0042,rejected,2026-10-03", "42,accepted,2026-11-01"} {
			if !strings.Contains(records, "\n99040001,"+outcome+",") {
				t.Errorf("%s is not in\n%s", outcome, records)
			}
		}
		if lines := succeed(t, e.args("export", "lines", "--period", "2026-11")...); strings.Contains(lines, ",credit,") {
			t.Errorf("what stands was credited:\n%s", lines)
		}
		succeed(t, e.args("verify")...)
	})
}

// S9: nor does a prestatie count as such a row that was withdrawn: the row is not reported as left out.
func TestPrestatieIsNotLeftOut(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		send := func(name string, rows ...string) {
			write(t, filepath.Join(e.folder, "submissions", name), hourHeadings+strings.Join(rows, ""))
		}
		send("00.csv", hourRow("0042", "2026-10-03"), hourRow("A", "2026-10-04"), hourRow("B", "2026-10-05"))
		e.run("2026-10")
		send("01.csv", strings.Replace(hourRow("0042", "2026-10-03"), ";uur;1", ";uur;0", 1))
		e.run("2026-10")
		e.declare(declared("2026-10", func(_ *ijw.Message323, p *ijw.Prestatie) { p.Reference = "42" }))
		e.run("2026-10")
		send("03.csv", hourRow("A", "2026-10-06"), hourRow("B", "2026-10-07"))
		if out := succeed(t, e.args("run", "--period", "2026-10", "--as-of", "2026-11-05")...); strings.Contains(out, "stond wel in") {
			t.Errorf("a row that was withdrawn is named as left out:\n%s", out)
		}
	})
}

// S12, S14: an answer is final and stays in the folder of the period that first gave it, even when the run that gave it was of
// the wrong month and is forgotten.
func TestForgottenRunLeavesItsAnswers(t *testing.T) {
	eachExchange(t, func(t *testing.T, e *exchange) {
		path := e.declare(declared("2026-10"))
		e.run("2026-11", "--as-of", "2026-12-02")
		first := read(t, filepath.Join(e.folder, "reports/2026-11/jw325-99040001-D10.xml"))
		out := succeed(t, e.args("forget", "--period", "2026-11", "--as-of", "2026-12-02")...)
		if !strings.Contains(out, "in reports/2026-11 blijft staan jw325-99040001-D10.xml") || strings.Contains(out, "niet van pxq") {
			t.Error(out)
		}
		if left, _ := filepath.Glob(filepath.Join(e.folder, "reports/2026-11/*")); len(left) != 1 {
			t.Errorf("left: %v", left)
		}
		e.run("2026-10", "--as-of", "2026-12-02")
		e.is("2026-10", "D10", "none")
		e.is("2026-11", "D10", granted)
		if e.lineCount("2026-10", ",83.55,83.55,") != 1 {
			t.Error("what was approved is not declared in its month")
		}
		succeed(t, e.args("close", "--period", "2026-10", "--as-of", "2026-12-02")...)
		e.run("2026-11", "--as-of", "2026-12-03")
		if now := read(t, filepath.Join(e.folder, "reports/2026-11/jw325-99040001-D10.xml")); now != first || succeed(t, e.args("answer", path)...) != first {
			t.Error("the answer changed")
		}
		if more, _ := filepath.Glob(filepath.Join(e.folder, "reports/2026-11/bewaard-*")); len(more) > 0 {
			t.Errorf("kept: %v", more)
		}
	})
}

// TR378, TR389, TR318, TR323: a merged municipality may have older codes in the book next to its present one. Whichever code a
// message uses, it is one municipality: nothing can be claimed of it twice, and a message with one code can take back what was
// sent with another.
func TestMunicipalityByOldCode(t *testing.T) {
	notOnceMore(t)
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		e := newExchange(t, fresh())
		contract := e.ownBook()
		towns := filepath.Join(contract, "gemeenten.csv")
		write(t, towns, strings.Replace(read(t, towns), "\n0855;Tilburg;", "\n0855;Tilburg;0999,", 1))
		e.assign(assigned())
		first := declared("2026-10")
		e.declare(first)
		old := func(number int, change func(*ijw.Message323, *ijw.Prestatie)) {
			e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
				m.Header.Receiver = "0999"
				change(m, p)
				numbered(m, number)
			}))
		}
		old(1, func(*ijw.Message323, *ijw.Prestatie) {})
		old(2, func(m *ijw.Message323, p *ijw.Prestatie) {
			m.Declaration.Period, p.Period = spanOf("2026-09-01", "2026-09-30"), spanOf("2026-09-01", "2026-09-30")
		})
		e.run("2026-10")
		e.is("2026-10", "D10", granted)
		e.is("2026-10", "D1", "0200 | 0200 0D | 0200, R10-1 9389")
		e.is("2026-10", "D2", "0200 | 8214 0D")
		e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			m.Header.Receiver, m.Header.Identification.ID, m.Declaration.Number, m.Clients[0].Prestaties = "0999", "I3", "D3", nil
			creditOf(m, first.Clients[0].Prestaties[0], "C1")
		}))
		e.run("2026-10", "--as-of", "2026-11-08")
		e.is("2026-10", "D3", "0200 | 8001 8355C")
		succeed(t, e.args("verify")...)
	})
}
