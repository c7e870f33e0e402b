package batch_test

import (
	"context"
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
)

// world is a workspace in which random steps are taken: care, referrals and decisions come in, periods are run and
// closed, files are taken back.
type world struct {
	*kit
	draw   *rapid.T
	tidy   bool           // most care is in order, so that it comes to rest once it is declared
	period billing.Period // the open one
	asOf   billing.Date
	files  []string // taken in so far
	told   []string // the steps taken, to explain a failure
}

func newWorld(t *rapid.T, k *kit) *world {
	return &world{kit: k, draw: t, tidy: rapid.Bool().Draw(t, "tidy"), period: day("2026-10-01").Period(), asOf: day("2026-10-20")}
}

func (w *world) pick(label string, of ...string) string {
	return rapid.SampledFrom(of).Draw(w.draw, label)
}

func (w *world) number(label string, low, high int) int {
	return rapid.IntRange(low, high).Draw(w.draw, label)
}

func (w *world) tell(format string, values ...any) {
	w.told = append(w.told, fmt.Sprintf(format, values...))
}

// date draws a care date around the open period.
func (w *world) date() string {
	return w.period.First().AddDays(w.number("day", -40, 40)).String()
}

const careHeadings = "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Gemeente;Productcode;Datum;Begintijd;Eindtijd;Eenheid;Aantal;Tarief"

// care draws a row of a submission under a reference.
func (w *world) care(reference string) string {
	if w.tidy && w.number("untidy", 0, 9) > 0 {
		client := w.number("client", 0, 2)
		times, quantity := w.pick("times", ";", ";", ";", "23:00;1:00", "0:30;1:30"), "" // of nights, also between two months
		if times == ";" {
			quantity = w.pick("quantity", "1", "1", "2", "0")
		}
		return strings.Join([]string{
			reference, providerA, clientNumber(client), fmt.Sprintf("T%d", client), "", "45A01",
			w.period.First().AddDays(w.number("day", -1, 2)).String(), times, "uur", quantity, "",
		}, ";")
	}
	client := w.number("client", 0, 2)
	bsn := clientNumber(client)
	if w.number("bad bsn", 0, 19) == 0 {
		bsn = "123"
	}
	times := w.pick("times", ";", ";", ";", "9:00;10:00", "9:30;11:00")
	unit, quantity := w.pick("unit", "uur", "uur", "uur", "minuut", "dagdeel"), w.pick("quantity", "1", "1", "2", "0,75", "9", "0", "veel")
	if times != ";" {
		unit, quantity = "uur", ""
	}
	return strings.Join([]string{
		reference, w.pick("provider", providerA, providerA, providerB), bsn, w.pick("referral", "", "T0", "T1", "T2", "U0", "U1", "X"),
		w.pick("municipality", "", "Tilburg", "Gilze en Rijen", "Atlantis"), w.pick("product", "45A01", "45A01", "45a02", "99X99"), w.date(), times, unit, quantity,
		w.pick("price", "", "", "91,23", "90"),
	}, ";")
}

func (w *world) submission() []string {
	lines := []string{careHeadings}
	rows, references := 8, 9
	if w.tidy {
		rows, references = 3, 3
	}
	for range w.number("rows", 1, rows) {
		lines = append(lines, w.care(fmt.Sprintf("R%d", w.number("reference", 1, references))))
	}
	return lines
}

func (w *world) referrals() []string {
	lines := []string{referralHeadings + ";Status"}
	for range w.number("rows", 1, 3) {
		client := w.number("client", 0, 2)
		letter, provider := "T", providerA
		if w.number("provider", 0, 2) == 0 {
			letter, provider = "U", providerB
		}
		volume := w.pick("volume", ";;", ";;", "3;uur;6", "2;uur;4", "4;dagdeel;6", "90;minuut;2")
		lines = append(lines, strings.Join([]string{
			fmt.Sprintf("%s%d", letter, client), clientNumber(client), w.pick("municipality", "Tilburg", "Tilburg", "0784", "Atlantis"), provider,
			w.pick("product", "", "", "45A01"), "45", w.pick("start", "2026-01-01", "2026-01-01", "2026-10-10"), w.pick("end", "", "", "2026-10-25"), volume,
			w.pick("status", "", "", "", "verwijderd"),
		}, ";"))
	}
	return lines
}

// room draws versions of referrals that change only their volume, in total, per month or per week, and their budget.
func (w *world) room() []string {
	lines := []string{referralHeadings + ";Budget"}
	for client, frequency := range []string{"6", "4", "2"} {
		lines = append(lines, fmt.Sprintf("T%d;%s;Tilburg;%s;;45;2026-01-01;;%s;uur;%s;%s", client, clientNumber(client), providerA,
			w.pick("volume", "2", "3", "5", "9"), frequency, w.pick("budget", "", "", "200", "600")))
	}
	return lines
}

func (w *world) decisions() []string {
	lines := []string{"Regelnummer;AGB-code;Code;Versie;Besluit;Reden;Beoordelaar"}
	for range w.number("rows", 1, 4) {
		lines = append(lines, strings.Join([]string{
			fmt.Sprintf("R%d", w.number("reference", 1, 9)), w.pick("provider", providerA, providerB), w.pick("code", "U02", "U04", "U06", "L01", "L03", "R10", "T04"),
			w.pick("version", "1", "1", "2", "3"), w.pick("word", "akkoord", "afwijzen", "aanhouden"), "gezien", w.pick("by", "J. Jansen", "K. Jansen"),
		}, ";"))
	}
	return lines
}

// bring takes in a group of files.
func (w *world) bring(groups ...[]string) {
	var paths []string
	for _, lines := range groups {
		name := fmt.Sprintf("f%03d.csv", len(w.files))
		w.files = append(w.files, name)
		paths = append(paths, w.write(name, lines...))
		w.tell("%s on %s:\n\t%s", name, w.asOf, strings.Join(lines[1:], "\n\t"))
	}
	w.take(w.asOf.String(), paths...)
}

// judge runs the open period, or the one after it.
func (w *world) judge(period billing.Period) ledger.Run {
	w.tell("run %s", period)
	return w.run(period.String(), w.asOf.String()).Run
}

// step takes one random step.
func (w *world) step() {
	switch w.pick("step", "care", "care", "care", "group", "referrals", "decisions", "run", "run", "next", "close", "close", "back", "again", "days") {
	case "care":
		w.bring(w.submission())
	case "group":
		w.bring(w.submission(), w.submission())
	case "referrals":
		w.bring(w.referrals())
	case "decisions":
		w.bring(w.decisions())
	case "run":
		w.judge(w.period)
	case "next":
		w.judge(w.period.Add(1))
	case "close":
		w.closePeriod()
	case "back":
		w.takeBack()
	case "again":
		if len(w.files) > 0 {
			name := w.pick("file", w.files...)
			w.tell("%s once more on %s", name, w.asOf)
			w.take(w.asOf.String(), w.folder+"/"+name)
		}
	case "days":
		w.asOf = w.asOf.AddDays(w.number("days", 1, 20))
	}
}

func (w *world) closePeriod() {
	w.asOf = max(w.asOf, w.period.Last()+1)
	w.judge(w.period)
	w.tell("close %s", w.period)
	if _, err := w.batch.Close(context.Background(), w.order(w.period.String(), w.asOf.String())); err != nil {
		w.draw.Fatal(err)
	}
	w.period = w.period.Add(1)
}

func (w *world) takeBack() {
	if len(w.files) == 0 {
		return
	}
	name := w.pick("file", w.files...)
	w.tell("take back %s", name)
	_, err := w.intake.Withdraw(context.Background(), w.folder+"/"+name, nil)
	if _, refused := err.(intake.Refusal); err != nil && !refused {
		w.draw.Fatal(err)
	}
}

// state formats all results of a run.
func (w *world) state(run ledger.Run) string {
	ctx, text := context.Background(), &strings.Builder{}
	err := w.reporter.EachRow(ctx, run, func(row *report.Row) error {
		r := row.Record
		fmt.Fprintf(text, "row %s %s %s %s:%d v%d %s %v %v %s %s %s %s %s\n", r.Provider, r.Reference, r.BSN, r.File, r.Row, r.Version, row.Outcome, row.Findings,
			row.OpenHolds, row.Referral, row.Municipality, row.Product, row.Price, r.Declared)
		return nil
	})
	if err != nil {
		w.draw.Fatal(err)
	}
	err = w.batch.Store.EachLine(ctx, run, func(line *billing.DeclaredLine) error {
		fmt.Fprintf(text, "line %+v\n", *line)
		return nil
	})
	if err != nil {
		w.draw.Fatal(err)
	}
	signals, err := w.batch.Store.Signals(ctx, run.Month())
	if err != nil {
		w.draw.Fatal(err)
	}
	for _, signal := range signals {
		fmt.Fprintf(text, "signal %+v\n", signal)
	}
	return text.String()
}
