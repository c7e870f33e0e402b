package terminal

import (
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Month writes what a run came to.
func (p *Printer) Month(m *workspace.Month) error {
	if p.JSON {
		return p.writeJSON(monthJSON(m, p.Language))
	}
	p.printRefused(m.Imported)
	p.printProblems(m.Imported)
	p.printTaken(m.Imported)
	for _, file := range m.TooLarge {
		fmt.Fprintf(p.Out, "%s: %s\n", file, p.text("het antwoord (JW325) zou groter zijn dan 25 MB en is niet geschreven. Laat de aanbieder de declaratie splitsen.",
			"the answer (JW325) would be larger than 25 MB and was not written. Have the provider split the declaration."))
	}
	p.printSummary(m.Summary)
	p.printWorkbooks(m.Workbooks)
	p.printNext(m)
	return nil
}

// Closed writes what a close came to.
func (p *Printer) Closed(m *workspace.Month) error {
	if p.JSON {
		closed := monthJSON(m, p.Language)
		closed["head"] = m.Head
		return p.writeJSON(closed)
	}
	p.printSummary(m.Summary)
	p.printWorkbooks(m.Workbooks)
	fmt.Fprintf(p.Out, "\n%s\n  %s\n", p.text("Afgesloten. Hoofd van de keten (bewaar dit buiten de database):", "Closed. Head of the chain (keep this outside the database):"), m.Head)
	return nil
}

// printTaken counts the referrals and decisions that this run took in; records are in the summary.
func (p *Printer) printTaken(imported *workspace.Imported) {
	sum := workspace.ImportedFile{}
	for i := range imported.Files {
		sum.Referrals += imported.Files[i].Referrals
		sum.Decisions += imported.Files[i].Decisions
	}
	if sum.Referrals+sum.Decisions > 0 {
		fmt.Fprintf(p.Out, "\n%s %s\n", p.text("Ingelezen:", "Taken in:"), p.describe(sum))
	}
}

func (p *Printer) printRefused(imported *workspace.Imported) {
	for _, file := range imported.Files {
		if file.Refused != nil {
			fmt.Fprintf(p.Out, "%s  %s\n", p.text("GEWEIGERD", "REFUSED"), file.Refused.In(p.Language))
		}
	}
}

func (p *Printer) printSummary(s *workspace.Summary) {
	state := p.text("VOORLOPIG", "PROVISIONAL")
	if s.Closed {
		state = p.text("AFGESLOTEN", "CLOSED")
	}
	fmt.Fprintf(p.Out, "\n%s %s – %s (%s %s)\n", p.text("Periode", "Period"), s.Period, state, p.text("peildatum", "as of"), p.date(s.AsOf))
	fmt.Fprintf(p.Out, p.text("Ontvangen: %s bestanden, %s zorgregels (%s al eerder ontvangen), %s lege en totaalregels overgeslagen\n\n",
		"Received: %s files, %s care records (%s already received), %s empty rows and totals skipped\n\n"),
		p.count(s.Files), p.count(s.Read), p.count(s.Again), p.count(s.Skipped))
	for _, outcome := range []billing.Outcome{billing.Accepted, billing.Held, billing.Rejected, billing.Pending, billing.Replaced, billing.Withdrawn} {
		if sum := s.Outcomes[outcome]; sum.Count > 0 || outcome <= billing.Rejected {
			fmt.Fprintf(p.Out, "  %-14s %10s %s %18s\n", p.outcome(outcome), p.count(sum.Count), p.text("regels", "rows  "), p.amountOf(outcome, sum.Amount))
		}
	}
	fmt.Fprintf(p.Out, "  %s\n", p.text("(bedragen per zorgregel afgerond; de declaratie hieronder rondt per declaratieregel af)",
		"(amounts rounded per record; the declaration below rounds per line)"))
	fmt.Fprintf(p.Out, "\n  %-26s %16s %9s %9s %9s\n", p.text("Gemeente", "Municipality"), p.text("declaratie", "declared"), p.text("akkoord", "accepted"),
		p.text("uitval", "held"), p.text("afgewezen", "rejected"))
	for _, m := range s.Municipalities {
		fmt.Fprintf(p.Out, "  %-26s %16s %9s %9s %9s\n", p.municipality(m.Code), p.euros(m.Declared), p.count(m.Accepted.Count), p.count(m.Held.Count), p.count(m.Rejected.Count))
	}
	fmt.Fprintf(p.Out, "  %-26s %16s   (%s %s)\n", p.text("Regio", "Region"), p.euros(s.Declared), p.count(s.Lines), p.lines(s.Lines))
	p.printReasons(s)
	p.printCauses(s.Causes)
	if len(s.Unknown) > 0 {
		shown := s.Unknown[:min(problemsShown, len(s.Unknown))]
		fmt.Fprintf(p.Out, "\n%s %s\n", fmt.Sprintf(p.text("Toewijzingen die als onbekend gelden (R01), want hun gemeente of product staat niet in het contractenboek (%s):",
			"Referrals that count as unknown (R01), since their municipality or product is not in the contract book (%s):"), p.count(len(s.Unknown))), strings.Join(shown, ", "))
	}
	if len(s.Missing) > 0 {
		fmt.Fprintf(p.Out, "\n%s %s\n", p.text("Leverde vorige periode wel en nu niets aan:", "Sent last period and nothing now:"), strings.Join(s.Missing, ", "))
	}
}

// amountOf leaves out amounts that mean nothing.
func (p *Printer) amountOf(outcome billing.Outcome, amount billing.Money) string {
	if outcome == billing.Replaced || outcome == billing.Withdrawn {
		return ""
	}
	return p.euros(amount)
}

// reasonsShown is how many reasons a summary names.
const reasonsShown = 5

func (p *Printer) printReasons(s *workspace.Summary) {
	if len(s.Reasons) == 0 {
		return
	}
	fmt.Fprintf(p.Out, "\n%s\n", p.text("Meest voorkomende redenen van uitval en afwijzing", "Most frequent reasons of holding and rejecting"))
	catalogue := rules.Catalogue()
	for _, reason := range s.Reasons[:min(reasonsShown, len(s.Reasons))] {
		rule := catalogue.Rule(reason.Code)
		fmt.Fprintf(p.Out, "  %s %7s × %14s  %s\n", reason.Code, p.count(reason.Count), p.euros(reason.Amount), rule.Title.In(p.Language))
	}
}

func (p *Printer) printWorkbooks(w *workspace.Workbooks) {
	if w.Folder == "" {
		return
	}
	fmt.Fprintf(p.Out, "\n%s %s (%d %s)\n", p.text("Werkboeken:", "Workbooks:"), w.Folder, len(w.Files), p.text("bestanden", "files"))
	for _, kept := range w.Kept {
		fmt.Fprintf(p.Out, "  %s %s\n", p.text("door iemand gewijzigd, daarom bewaard als", "changed by somebody, so kept as"), kept)
	}
}

// printNext says what to do next.
func (p *Printer) printNext(m *workspace.Month) {
	s := m.Summary
	fmt.Fprintf(p.Out, "\n%s\n", p.text("Wat nu?", "What next?"))
	if m.Unchanged {
		fmt.Fprintf(p.Out, "  %s\n", p.text("Er was niets nieuws: de vorige uitkomst staat nog.", "There was nothing new: the last result stands."))
	}
	step := 0
	todo := func(dutch, english string) {
		step++
		fmt.Fprintf(p.Out, "  %d. %s\n", step, p.text(dutch, english))
	}
	if s.Outcomes[billing.Held].Count > 0 {
		todo("Laat controllers uitval.xlsx invullen (Besluit, Reden, Beoordelaar) en zet het in decisions/.", "Have controllers fill in uitval.xlsx and put it into decisions/.")
	}
	if s.Outcomes[billing.Rejected].Count > 0 {
		todo("Stuur elke aanbieder zijn retour-….xlsx; verbeterde regels komen in submissions/.", "Send each provider its retour-….xlsx; mended rows go into submissions/.")
	}
	if !s.Closed {
		todo("Draai ‘pxq run’ opnieuw; sluit de periode af met ‘pxq close’.", "Do “pxq run” again; close the period with “pxq close”.")
	}
}
