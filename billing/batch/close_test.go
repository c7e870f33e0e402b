package batch_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// refused returns the Dutch text of a refusal; "" when there was none.
func refused(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	problem, ok := errors.AsType[*ledger.Problem](err)
	if !ok {
		t.Fatalf("no refusal: %v", err)
	}
	if problem.English == "" || strings.Contains(problem.Dutch+problem.English, "%!") {
		t.Errorf("%+v", problem)
	}
	return problem.Dutch
}

// example returns a book in which the prices of one product, and the contracts of one provider, are examples.
func example(product, provider string) func(k *kit) {
	return func(k *kit) {
		k.book = testBook()
		for i := range k.book.Prices {
			if k.book.Prices[i].Product == product {
				k.book.Prices[i].SourceOfRow = "Voorbeeld: nergens gepubliceerd"
			}
		}
		for i := range k.book.Contracts {
			if k.book.Contracts[i].Provider == provider {
				k.book.Contracts[i].SourceOfRow = "voorbeeld"
			}
		}
		k.book.Index()
	}
}

// TestClosable is the table of reasons to refuse a close. October has one line of product 45A01 by provider A.
func TestClosable(t *testing.T) {
	run := func(period, asOf string) func(k *kit) { return func(k *kit) { k.run(period, asOf) } }
	for _, test := range []struct {
		name, period, asOf string
		before             []func(k *kit)
		want               string // in the refusal; "" when the period is closed
	}{
		{"in order", "2026-10", "2026-11-05", []func(k *kit){run("2026-10", "2026-11-05")}, ""},
		{"on the first day after", "2026-10", "2026-11-01", []func(k *kit){run("2026-10", "2026-11-01")}, ""},
		{"the month is not over", "2026-10", "2026-10-31", []func(k *kit){run("2026-10", "2026-10-31")}, "is op 31-10-2026 nog niet voorbij"},
		{"the month was not over at the last run", "2026-10", "2026-11-05", []func(k *kit){run("2026-10", "2026-10-31")},
			"De laatste run van 2026-10 gold op 31-10-2026, toen de maand nog niet voorbij was"},
		{"run again after the month", "2026-10", "2026-11-05", []func(k *kit){run("2026-10", "2026-10-31"), run("2026-10", "2026-11-01")}, ""},
		{"no run at all", "2026-10", "2026-11-05", nil, "nog geen run"},
		{"no run of this month", "2026-10", "2026-11-05", []func(k *kit){run("2026-09", "2026-11-05")}, "De laatste run is van 2026-09"},
		{"something came in", "2026-10", "2026-11-05", []func(k *kit){run("2026-10", "2026-11-05"), func(k *kit) { k.tell("b: R2=1") }}, "nog iets binnengekomen"},
		{"another policy", "2026-10", "2026-11-05", []func(k *kit){run("2026-10", "2026-11-05"), func(k *kit) { k.policy.GapDays++ }}, "nog iets binnengekomen of gewijzigd"},
		{"closed already", "2026-10", "2026-11-05", []func(k *kit){func(k *kit) { k.close("2026-10", "2026-11-05") }}, "is al afgesloten"},
		{"not the next", "2026-12", "2027-01-05", []func(k *kit){func(k *kit) { k.close("2026-10", "2026-11-05") }, run("2026-12", "2027-01-05")}, "na 2026-10 komt eerst 2026-11"},
		{"an example price", "2026-10", "2026-11-05", []func(k *kit){example("45A01", ""), run("2026-10", "2026-11-05")},
			"declaratieregels (1) berusten op wat in het contractenboek bij bron als voorbeeld is gemerkt: tarief 91,23 van product 45A01."},
		{"an example contract", "2026-10", "2026-11-05", []func(k *kit){example("", providerA), run("2026-10", "2026-11-05")}, "contract van 30000001 voor segment 4"},
		{"examples of others", "2026-10", "2026-11-05", []func(k *kit){example("45A02", providerB), run("2026-10", "2026-11-05")}, ""},
		{"a mark taken away since the run", "2026-10", "2026-11-05", []func(k *kit){example("45A01", ""), run("2026-10", "2026-11-05"), func(k *kit) {
			for i := range k.book.Prices {
				k.book.Prices[i].SourceOfRow = "" // which changes no judgement
			}
		}}, ""},
	} {
		eachKit(t, func(t *testing.T, made func() *kit) {
			k := made()
			k.permit(3)
			k.tell("a: R1=1")
			for _, step := range test.before {
				step(k)
			}
			order := k.order(test.period, test.asOf)
			_, asked := k.batch.Closable(t.Context(), order)
			_, err := k.batch.Close(t.Context(), order)
			if got := refused(t, err); (got == "") != (test.want == "") || !strings.Contains(got, test.want) {
				t.Errorf("%s: got %q, want %q", test.name, got, test.want)
			} else if got != refused(t, asked) {
				t.Errorf("%s: asked before the close it says %q", test.name, refused(t, asked))
			}
		})
	}
}

// TestTrialClosesOnExamples checks that a workspace for trials may declare on examples, and that what it declared can be
// taken back where examples are not allowed.
func TestTrialClosesOnExamples(t *testing.T) {
	eachKit(t, func(t *testing.T, made func() *kit) {
		k := made()
		k.permit(3)
		k.tell("a: R1=1")
		example("45A01", providerA)(k)
		k.run("2026-10", "2026-11-05")
		order := k.order("2026-10", "2026-11-05")
		order.AllowExamples = true
		if _, err := k.batch.Close(t.Context(), order); err != nil {
			t.Fatal(err)
		}
		k.tell("b: R1=0")
		k.run("2026-11", "2026-12-05")
		if _, err := k.batch.Close(t.Context(), k.order("2026-11", "2026-12-05")); err != nil {
			t.Errorf("a credit is refused: %v", err)
		}
		k.sound()
	})
}

// TestTidiedBook is the table of what must not be removed from a book once it was declared on: care of product 45A01 in
// segment 4 by provider A for Tilburg, which was credited since in every second case.
func TestTidiedBook(t *testing.T) {
	for _, test := range []struct {
		name string
		tidy func(book *billing.Book)
		want []string // what the refusal names; none when the book is accepted
	}{
		{"nothing", func(*billing.Book) {}, nil},
		{"another provider", func(b *billing.Book) { b.Providers, b.Contracts = b.Providers[:1], b.Contracts[:1] }, nil},
		{"another municipality", func(b *billing.Book) { b.Municipalities = b.Municipalities[:1] }, nil},
		{"another product", func(b *billing.Book) { b.Products, b.Prices = b.Products[:1], b.Prices[:2] }, nil},
		{"a contract that ended", func(b *billing.Book) { b.Contracts[0].To = day("2025-01-31") }, nil},
		{"prices", func(b *billing.Book) { b.Prices = nil }, nil},
		{"the provider and its contract", func(b *billing.Book) { b.Providers, b.Contracts = b.Providers[1:], b.Contracts[1:] },
			[]string{"aanbieders: op 30000001 is gedeclareerd; laat de rij staan en geef het contract een einddatum", "contracten: op het contract van 30000001 voor segment 4 is gedeclareerd"}},
		{"the municipality", func(b *billing.Book) { b.Municipalities = b.Municipalities[1:] }, []string{"gemeenten: op 0855 is gedeclareerd"}},
		{"a municipality merged into another", func(b *billing.Book) {
			b.Municipalities = []billing.Municipality{{Code: "0784", Name: "Gilze en Rijen", Aliases: []string{"0855", "Tilburg"}}}
		}, []string{"gemeenten: op 0855 is gedeclareerd"}},
		{"the product", func(b *billing.Book) { b.Products, b.Prices = b.Products[1:], b.Prices[2:] }, []string{"producten: op 45A01 is gedeclareerd"}},
		{"the segment", func(b *billing.Book) {
			b.Segments[0].Code = "5"
			for i := range b.Products {
				b.Products[i].Segment = "5"
			}
			for i := range b.Contracts {
				b.Contracts[i].Segment = "5"
			}
		}, []string{"segmenten: op 4 is gedeclareerd", "contracten: op het contract van 30000001 voor segment 4"}},
		{"everything", func(b *billing.Book) { *b = billing.Book{} }, []string{"aanbieders: op 30000001", "gemeenten: op 0855", "producten: op 45A01", "segmenten: op 4", "contracten: op het contract van 30000001"}},
	} {
		for _, credited := range []bool{false, true} {
			eachKit(t, func(t *testing.T, made func() *kit) {
				k := made()
				k.permit(3)
				k.tell("a: R1=1 R2=2")
				k.close("2026-10", "2026-11-05")
				if credited {
					k.tell("b: R1=0 R2=0")
					k.close("2026-11", "2026-12-05")
				}
				book := testBook()
				test.tidy(book)
				k.book = book.Index()
				last, _, err := k.batch.Store.LastClosed(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				order := k.order(last.Month().Add(1).String(), "2027-01-05")
				_, ran := k.batch.Run(t.Context(), order, nil)
				said := refused(t, ran)
				if (said == "") != (test.want == nil) || said != refused(t, k.batch.CheckBook(t.Context(), k.book)) {
					t.Errorf("%s: got %q", test.name, said)
				}
				if got := strings.Count(said, "is gedeclareerd;"); got != len(test.want) {
					t.Errorf("%s: %d losses are named, want %d: %s", test.name, got, len(test.want), said)
				}
				for _, want := range test.want {
					if !strings.Contains(said, want) {
						t.Errorf("%s: no %q in %q", test.name, want, said)
					}
				}
				if now, _, err := k.batch.Store.LastRun(t.Context()); test.want != nil && (err != nil || now != last) {
					t.Errorf("%s: there is a run with the refused book: %+v, %v", test.name, now, err)
				}
			})
		}
	}
}

// TestBookLostSinceTheRun checks that a close, too, refuses a book that lacks what was declared on.
func TestBookLostSinceTheRun(t *testing.T) {
	eachKit(t, func(t *testing.T, made func() *kit) {
		k := made()
		k.permit(3)
		k.tell("a: R1=1")
		k.close("2026-10", "2026-11-05")
		k.run("2026-11", "2026-12-05")
		k.book = testBook()
		k.book.Providers = k.book.Providers[1:]
		k.book.Index()
		_, err := k.batch.Close(t.Context(), k.order("2026-11", "2026-12-05"))
		if got := refused(t, err); !strings.Contains(got, "op 30000001 is gedeclareerd") {
			t.Errorf("got %q", got)
		}
	})
}

// TestCloseProvesBeforeItSeals is the table of changes behind pxq's back between the last run and the close: where verify
// would find one, the close is refused. The second month credits a line, corrects it and has late care of another client.
func TestCloseProvesBeforeItSeals(t *testing.T) {
	for _, statement := range []string{
		"UPDATE lines SET amount = amount + 1000000 WHERE sequence = 0",
		"UPDATE lines SET quantity = quantity + 100 WHERE sequence = 0 AND kind = 'late'",
		"DELETE FROM lines WHERE sequence = 0",
		"DELETE FROM lines WHERE sequence = 0 AND kind = 'credit'",
		"INSERT INTO lines SELECT * FROM lines WHERE sequence = 0 AND kind = 'late'",
		"UPDATE outcomes SET outcome = 'rejected' WHERE last_run = 0",
		"UPDATE outcomes SET price = price + 1 WHERE last_run = 0 AND outcome = 'accepted'",
		"UPDATE outcomes SET last_run = 1 WHERE last_run = 0",
		"DELETE FROM outcomes WHERE first_run > 1",
		"UPDATE records SET quantity = quantity + 1 WHERE file_id > 2",
		"UPDATE records SET state = 'replaced' WHERE state = 'current'",
		"UPDATE records SET standing = 0",
		"DELETE FROM records WHERE file_id > 2",
		"UPDATE referrals SET birth_date = birth_date + 1",
	} {
		ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
			address := fresh()
			k := newKit(t, ledgertest.Open(t, address))
			k.permit(4)
			k.tell("a: R1=1 R2=2")
			k.close("2026-10", "2026-11-05")
			k.tell("b: R2=5 R3=3@1")
			k.run("2026-11", "2026-12-05")
			ledgertest.Execute(t, address, statement)
			_, err := k.batch.Close(t.Context(), k.order("2026-11", "2026-12-05"))
			if got := refused(t, err); !strings.Contains(got, "Periode 2026-11 is niet afgesloten: wat bewaard is, is niet wat pxq schreef") {
				t.Errorf("%s: got %q", statement, got)
			}
			if last, _, err := k.batch.Store.LastClosed(t.Context()); err != nil || last.Month().String() != "2026-10" {
				t.Errorf("%s: %s was closed, %v", statement, last.Month(), err)
			}
		})
	}
}

// A close proves care at rest too, though the period does not depend on it: R1 was declared in the first month, and
// nothing that came in since concerns its client or its referral.
func TestCloseProvesWhatLiesAtRest(t *testing.T) {
	for _, statement := range []string{
		"", // nothing: the close goes through
		"UPDATE records SET quantity = quantity + 1 WHERE file_id = (SELECT min(file_id) FROM records)",
		"UPDATE outcomes SET price = price + 1 WHERE first_run = 1",
		"DELETE FROM outcomes WHERE first_run = 1",
		"UPDATE referrals SET volume = volume + 1 WHERE file_id = (SELECT min(file_id) FROM referrals)",
	} {
		ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
			address := fresh()
			k := newKit(t, ledgertest.Open(t, address))
			k.permit(4)
			k.tell("a: R1=1")
			k.close("2026-10", "2026-11-05")
			k.run("2026-11", "2026-12-05")
			k.close("2026-11", "2026-12-05")
			k.tell("b: R3=1@1")
			k.run("2026-12", "2027-01-05")
			if statement != "" {
				ledgertest.Execute(t, address, statement)
			}
			_, err := k.batch.Close(t.Context(), k.order("2026-12", "2027-01-05"))
			if got := refused(t, err); strings.Contains(got, "Periode 2026-12 is niet afgesloten: wat bewaard is, is niet wat pxq schreef") != (statement != "") {
				t.Errorf("%s: got %q", statement, got)
			}
		})
	}
}

// A close puts no client at rest whose care still waits, even if somebody changed the store to that end: verify finds nothing.
func TestCloseLeavesWhatWaits(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		address := fresh()
		k := newKit(t, ledgertest.Open(t, address))
		k.permit(1)
		k.take("2026-11-05", k.write("a.csv", "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal",
			"A1;"+providerA+";"+clientNumber(0)+";T0;45A01;01-10-2026;uur;1", "A2;"+providerA+";"+clientNumber(0)+";T0;45A01;02-11-2026;uur;1"))
		k.run("2026-10", "2026-11-05")
		ledgertest.Execute(t, address, "UPDATE clients SET closed_rest_to = 30000, closed_passed = 0")
		k.close("2026-10", "2026-11-05")
		if judged := k.run("2026-11", "2026-12-05"); judged.Clients != 1 || len(k.rows(judged.Run)) != 2 || !strings.Contains(strings.Join(k.rows(judged.Run), ";"), "accepted") {
			t.Errorf("%d clients are judged: %q", judged.Clients, k.rows(judged.Run))
		}
		lines := 0
		err := k.batch.Store.EachLine(t.Context(), k.run("2026-11", "2026-12-05").Run, func(*billing.DeclaredLine) error {
			lines++
			return nil
		})
		if err != nil || lines != 1 {
			t.Errorf("%d lines of the care that waited: %v", lines, err)
		}
	})
}
