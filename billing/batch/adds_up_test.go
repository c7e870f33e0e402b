package batch_test

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
)

// addsUp compares all figures of a run that a reader would expect to agree, and reports those that do not.
func (k *kit) addsUp(run ledger.Run, errorf func(format string, values ...any)) {
	ctx := context.Background()
	made, err := k.reporter.Report(ctx, run, report.Setting{Book: k.book, Policy: k.policy, Fingerprint: k.fingerprint()})
	if err != nil {
		k.t.Fatal(err)
	}
	s, err := k.reporter.Summarise(ctx, run, &made.ReportHead)
	if err != nil {
		k.t.Fatal(err)
	}
	same := func(what string, got, want any) {
		if got != want {
			errorf("%s: %v and %v", what, got, want)
		}
	}
	rows, read, earlier := make(map[billing.Outcome]int), 0, 0
	count := 0
	if err := made.Rows(ctx, func(row *report.Row) error {
		rows[row.Outcome]++
		count++
		if row.Before != billing.NoOutcome {
			earlier++
		}
		return nil
	}); err != nil {
		k.t.Fatal(err)
	}
	for _, file := range made.Files {
		read += file.Rows
		same(file.Name+": read, kept and already received", file.Rows, file.Kept+againIn(&file))
	}
	same("rows of the files and of the summary", s.Read, read)
	same("read, new and already received", s.Read, s.New+s.Again)
	same("rows of the report, new and of before", count, s.New+s.Earlier)
	same("rows of before", s.Earlier, earlier)
	outcomes := 0
	for outcome, sum := range s.Outcomes {
		outcomes += sum.Count
		same("rows "+outcome.String(), rows[outcome], sum.Count)
	}
	same("all outcomes, new and of before", outcomes, s.New+s.Earlier)
	var towns report.MunicipalitySum
	for _, town := range s.Municipalities {
		towns.Accepted, towns.Held, towns.Rejected = towns.Accepted.Plus(town.Accepted), towns.Held.Plus(town.Held), towns.Rejected.Plus(town.Rejected)
		towns.Declared += town.Declared
	}
	same("accepted of the municipalities and of all", towns.Accepted, s.Outcomes[billing.Accepted])
	same("held of the municipalities and of all", towns.Held, s.Outcomes[billing.Held])
	same("rejected of the municipalities and of all", towns.Rejected, s.Outcomes[billing.Rejected])
	same("declared for the municipalities and for all", towns.Declared, s.Declared)
	k.amountsAddUp(run, made, s, same)
	k.statusAddsUp(run, s, same)
}

func againIn(file *report.FileIn) int {
	rows := 0
	for _, again := range file.Again {
		rows += again.Rows
	}
	return rows
}

// amountsAddUp does so for lines, payments, causes and the reconciliation of accepted with declared amounts.
func (k *kit) amountsAddUp(run ledger.Run, made *report.Report, s *report.Summary, same func(string, any, any)) {
	ctx := context.Background()
	total, lines, wholeHours := billing.Money(0), 0, false
	byKey, corrected := make(map[billing.LineKey]billing.Money), make(map[billing.LineKey]bool)
	if err := k.batch.Store.EachLine(ctx, run, func(line *billing.DeclaredLine) error {
		lines++
		total += line.Amount
		wholeHours = wholeHours || line.Product == "45A02"
		key := line.LineKey
		key.Municipality = ""
		byKey[key] += line.Amount
		corrected[key] = corrected[key] || line.Kind == billing.Credit || line.Kind == billing.Correction
		return nil
	}); err != nil {
		k.t.Fatal(err)
	}
	kinds := report.Sum{}
	for _, sum := range s.Kinds {
		kinds = kinds.Plus(sum)
	}
	same("lines and kinds of lines", kinds, report.Sum{Count: lines, Amount: total})
	same("lines and declared", report.Sum{Count: s.Lines, Amount: s.Declared}, kinds)
	net, toPay := billing.Money(0), billing.Money(0)
	for _, payment := range made.Payments {
		same("net of a payment", payment.Net, payment.Debit+payment.Credit)
		net, toPay = net+payment.Net, toPay+payment.ToPay
	}
	same("payments and declared", net, s.Declared)
	same("payments and what is to be paid", toPay, s.ToPay)
	changed := billing.Money(0)
	for key, amount := range byKey {
		if corrected[key] {
			changed += amount
		}
	}
	causes := billing.Money(0)
	for _, cause := range s.Causes {
		causes += cause.Net()
	}
	same("causes and the lines that changed", causes, changed)
	gap := s.Gap
	same("accepted, and where declared begins", gap.Accepted, s.Outcomes[billing.Accepted].Amount)
	same("declared, and where accepted ends", gap.Declared, s.Declared)
	same("from accepted to declared", gap.Accepted+gap.DeclaredBefore+gap.Changed+gap.Rounding, gap.Declared)
	if most := billing.Money(s.Outcomes[billing.Accepted].Count+lines+1) / 2; !wholeHours && max(gap.Rounding, -gap.Rounding) > most {
		same("the rounding", gap.Rounding, most)
	}
}

// statusAddsUp does so for the status by provider.
func (k *kit) statusAddsUp(run ledger.Run, s *report.Summary, same func(string, any, any)) {
	status, err := k.reporter.Status(context.Background(), k.fingerprint())
	if err != nil {
		k.t.Fatal(err)
	}
	var all report.ProviderStatus
	for _, p := range status.Providers {
		same("rows of provider "+p.Provider, p.Received-p.Again+p.Earlier, p.Accepted+p.Held+p.Rejected+p.Other+p.Unseen)
		all.Received, all.Again, all.Earlier = all.Received+p.Received, all.Again+p.Again, all.Earlier+p.Earlier
		all.Accepted, all.Held, all.Rejected, all.Unseen = all.Accepted+p.Accepted, all.Held+p.Held, all.Rejected+p.Rejected, all.Unseen+p.Unseen
	}
	if run.Closed() {
		return // the status starts from nothing
	}
	same("received by the providers and read", all.Received-all.Unseen, s.Read)
	same("of before by the providers and in all", all.Earlier, s.Earlier)
	same("accepted by the providers and in all", all.Accepted, s.Outcomes[billing.Accepted].Count)
	same("held of the providers and in all", all.Held, s.Outcomes[billing.Held].Count)
	same("rejected of the providers and in all", all.Rejected, s.Outcomes[billing.Rejected].Count)
}

// TestEverythingAddsUp takes random steps, including changes of prices, and checks the figures of the last run.
func TestEverythingAddsUp(t *testing.T) {
	try(t, 40, func(draw *rapid.T) {
		k, done := inMemory(t, draw)
		defer done()
		k.permit(3)
		w := newWorld(draw, k)
		for range w.number("steps", 1, 14) {
			w.step()
			if w.number("price", 0, 5) == 0 {
				k.book = testBook()
				k.book.Prices[0].Price = billing.Price(w.number("cents", 80_00, 99_99))
				w.tell("the price is %s", k.book.Prices[0].Price)
			}
		}
		k.addsUp(w.judge(w.period), func(format string, values ...any) {
			draw.Errorf("%s\n"+format, append([]any{strings.Join(w.told, "\n")}, values...)...)
		})
	})
}

// TestStatusBeforeTheRun checks that the counts are right with rows that no run has seen yet, and after a file was taken
// back.
func TestStatusBeforeTheRun(t *testing.T) {
	eachKit(t, func(t *testing.T, made func() *kit) {
		k := made()
		k.permit(3)
		status := func() report.ProviderStatus {
			t.Helper()
			status, err := k.reporter.Status(t.Context(), "")
			if err != nil || len(status.Providers) != 1 {
				t.Fatalf("%+v %v", status, err)
			}
			return status.Providers[0]
		}
		k.tell("a: R1=1 R2=13 R3=?\nb: R1=1 R4=1")
		if got, want := status(), (report.ProviderStatus{Provider: providerA, Received: 5, Again: 1, Unseen: 4}); got != want {
			t.Errorf("before a run: %+v", got)
		}
		k.run("2026-10", "2026-11-05")
		if got, want := status(), (report.ProviderStatus{Provider: providerA, Received: 5, Again: 1, Accepted: 2, Held: 1, Rejected: 1}); got != want {
			t.Errorf("after it: %+v", got)
		}
		k.withdraw("b.csv")
		if got, want := status(), (report.ProviderStatus{Provider: providerA, Received: 3, Accepted: 1, Held: 1, Rejected: 1}); got != want {
			t.Errorf("with a file taken back: %+v", got)
		}
		k.close("2026-10", "2026-11-05")
		k.tell("c: R1=0 R6=1")
		k.run("2026-11", "2026-12-05")
		if got, want := status(), (report.ProviderStatus{Provider: providerA, Received: 2, Earlier: 2, Accepted: 1, Held: 1, Other: 2}); got != want {
			t.Errorf("a month later: %+v", got)
		}
	})
}
