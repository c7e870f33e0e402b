package terminal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Month prints the result of a run.
func (p *Printer) Month(m *workspace.Month) error {
	if p.JSON {
		return p.writeJSON(monthJSON(m, p.Language))
	}
	p.printTaken(m.Imported)
	for _, file := range m.TooLarge {
		fmt.Fprintf(p.Out, "%s: %s\n", file, p.text("het antwoord (JW325) zou groter zijn dan 25 MB en is niet geschreven. Neem het bericht terug met ‘pxq withdraw’ en laat de aanbieder dezelfde prestaties in meer berichten versturen.",
			"the answer (JW325) would be larger than 25 MB and was not written. Take the message back with “pxq withdraw” and have the provider send the same prestaties in several messages."))
	}
	p.printSummary(m)
	p.printWorkbooks(m.Workbooks)
	p.printNotTaken(m.Imported)
	p.printNext(m)
	return nil
}

// Closed prints the result of a close.
func (p *Printer) Closed(m *workspace.Month) error {
	if p.JSON {
		closed := monthJSON(m, p.Language)
		closed["head"] = m.Head
		return p.writeJSON(closed)
	}
	p.printSummary(m)
	p.printWorkbooks(m.Workbooks)
	p.gap()
	fmt.Fprintf(p.Out, "%s\n  %s\n", p.text("Afgesloten. Hoofd van de keten (bewaar dit buiten de database):", "Closed. Head of the chain (keep this outside the database):"), m.Head)
	return nil
}

// printTaken prints the number of referrals and decisions that a run took in, the files with hidden or struck-through rows, and
// what was not read. Records are in the summary.
func (p *Printer) printTaken(imported *workspace.Imported) {
	var sum workspace.ImportedFile
	var hidden, struck rowsIn
	for i := range imported.Files {
		file := &imported.Files[i]
		sum.Referrals += file.Referrals
		sum.Decisions += file.Decisions
		for _, sheet := range file.Sheets {
			hidden.add(file.Name, sheet.HiddenRows)
			struck.add(file.Name, sheet.StruckRows)
		}
	}
	if sum.Referrals+sum.Decisions > 0 {
		p.gap()
		fmt.Fprintf(p.Out, "%s %s\n", p.text("Ingelezen:", "Imported:"), p.describe(sum))
	}
	if hidden.count > 0 {
		fmt.Fprintf(p.Out, "%s: %s\n", p.hiddenRows(hidden.count), strings.Join(hidden.files, ", "))
	}
	if struck.count > 0 {
		fmt.Fprintf(p.Out, "%s: %s\n", p.struckRows(struck.count), strings.Join(struck.files, ", "))
	}
	p.printUnread(imported)
	p.printBackAgain(imported)
}

// rowsIn is the number of rows of some kind, with the files that have them.
type rowsIn struct {
	count int
	files []string
}

func (r *rowsIn) add(file string, rows int) {
	r.count += rows
	if rows > 0 && !slices.Contains(r.files, file) {
		r.files = append(r.files, file)
	}
}

func (p *Printer) printSummary(m *workspace.Month) {
	s := m.Summary
	state := p.in(yellow, p.text("VOORLOPIG", "PROVISIONAL"))
	if s.Closed {
		state = p.in(green, p.text("AFGESLOTEN", "CLOSED"))
	}
	p.gap()
	fmt.Fprintf(p.Out, "%s – %s (%s %s)\n", p.in(bold, p.text("Periode", "Period")+" "+s.Period.String()), state, p.text("peildatum", "as of"), p.date(s.AsOf))
	p.printBroken(s)
	p.printReceived(s)
	p.printOutcomes(s)
	p.printDeclaration(s)
	p.printMunicipalities(s)
	p.printReasons(s)
	p.printCauses(s.Causes)
	p.printLeftOut(leftOutOfSummary(s))
	p.printWaiting(s.Waiting)
	p.printNotSent(s.NotSent)
	if len(s.Unknown) > 0 {
		shown := s.Unknown[:min(problemsShown, len(s.Unknown))]
		p.gap()
		p.Line("Toewijzingen die als onbekend gelden (R01), want hun gemeente of product staat niet in het contractenboek (%s): %s",
			"Referrals that count as unknown (R01), because their municipality or product is not in the contract book (%s): %s", p.count(len(s.Unknown)),
			billing.Mask(strings.Join(shown, ", ")))
	}
	if len(s.Missing) > 0 {
		p.gap()
		p.Line("Leverde vorige periode wel en nu niets aan: %s", "Sent something last period, but nothing now: %s", strings.Join(s.Missing, ", "))
	}
	p.printOnlyAgain(s.OnlyAgain)
	p.printDebts(s.Debts)
}

// printOnlyAgain lists the providers that sent nothing new: mostly a file of an earlier month under another name.
func (p *Printer) printOnlyAgain(providers []string) {
	if len(providers) > 0 {
		p.gap()
		p.Line("Stuurde alleen regels die al waren ontvangen: %s", "Sent only records that had already been received: %s", strings.Join(providers, ", "))
	}
}

// printBroken lists the safety bounds that the month breaks.
func (p *Printer) printBroken(s *workspace.Summary) {
	for _, bound := range s.Broken {
		fmt.Fprintf(p.Out, "%s %s\n", p.in(red, p.text("LET OP:", "ATTENTION:")), bound.Text.In(p.Language))
	}
	if len(s.Broken) > 0 && !s.Closed {
		p.Line("Deze maand wordt alleen afgesloten met ‘pxq close --confirm \"WAAROM\"’.", "This month can only be closed with “pxq close --confirm \"WHY\"”.")
	}
}

// printReceived prints how the number of rows in the summary follows from what came in.
func (p *Printer) printReceived(s *workspace.Summary) {
	came := plural(s.Files, "kwam", "kwamen")
	p.Line("Sinds de vorige afsluiting "+came+" %s binnen met %s.", "Since the last close, %s came in with %s.", p.files(s.Files), p.records(s.Read))
	if s.ReadAgain > 0 {
		p.Line("  Daarvan las pxq %s zelf nog eens, omdat een dag die in de toekomst lag is gekomen of iets anders is teruggenomen.",
			"  Of these, pxq reread %s by itself, because a day that was in the future has come or something else was taken back.", p.files(s.ReadAgain))
	}
	all := 0
	for _, sum := range s.Outcomes {
		all += sum.Count
	}
	fresh := s.Read - s.Again
	if s.Again > 0 {
		p.Line("  %10s al eerder ontvangen: tellen niet nog eens", "  %10s already received: they are not counted again", p.count(s.Again))
	}
	p.Line("  %10s nieuw of gewijzigd", "  %10s new or changed", p.count(fresh))
	if earlier := all - fresh; earlier > 0 {
		p.Line("  %10s van eerder, in uitval of met een andere uitkomst dan bij de afsluiting", "  %10s from before, held or with a different outcome than at the close",
			p.count(earlier))
	}
	if s.Skipped > 0 {
		p.Line("  %s overgeslagen.", "  %s skipped.", p.many(s.Skipped, "lege rij of totaalregel", "lege rijen en totaalregels", "empty row or total row was", "empty rows and total rows were"))
	}
}

// outcomesInOrder are the outcomes in the order of a summary, which always lists the first three.
var outcomesInOrder = []billing.Outcome{billing.Accepted, billing.Held, billing.Rejected, billing.Pending, billing.Replaced, billing.Withdrawn}

func (p *Printer) printOutcomes(s *workspace.Summary) {
	all := workspace.Sum{}
	p.heading("Uitkomst van deze zorgregels", "Outcome of these care records")
	for _, outcome := range outcomesInOrder {
		sum := s.Outcomes[outcome]
		all.Count += sum.Count
		if sum.Count > 0 || outcome <= billing.Rejected {
			p.outcomeRow(p.in(colourOf(outcome), fmt.Sprintf("%-14s", p.outcome(outcome))), sum.Count, p.amountOf(outcome, sum.Amount))
		}
	}
	p.outcomeRow(fmt.Sprintf("%-14s", p.text("samen", "total")), all.Count, "")
}

func (p *Printer) outcomeRow(label string, rows int, amount string) {
	fmt.Fprintln(p.Out, strings.TrimRight(fmt.Sprintf("  %s %10s %-6s %18s", label, p.count(rows), p.text(plural(rows, "regel", "regels"), plural(rows, "row", "rows")), amount), " "))
}

// plural returns one if number is 1, and more otherwise.
func plural(number int, one, more string) string {
	if number == 1 {
		return one
	}
	return more
}

// printDeclaration prints the parts of the declaration, and why it differs from the sum of what was accepted.
func (p *Printer) printDeclaration(s *workspace.Summary) {
	p.heading("Declaratie", "Declaration")
	for _, kind := range []billing.LineKind{billing.Regular, billing.Late, billing.Correction, billing.Credit} {
		if sum := s.Kinds[kind]; sum.Count > 0 {
			fmt.Fprintf(p.Out, "  %-14s %s\n", p.kind(kind), p.linesFor(sum.Count, sum.Amount))
		}
	}
	fmt.Fprintf(p.Out, "  %-14s %s\n", p.text("samen", "total"), p.linesFor(s.Lines, s.Declared))
	p.printGap(s.Gap)
}

func (p *Printer) linesFor(lines int, amount billing.Money) string {
	return fmt.Sprintf("%10s %-6s %18s", p.count(lines), p.text(plural(lines, "regel", "regels"), plural(lines, "line", "lines")), p.euros(amount))
}

func (p *Printer) printMunicipalities(s *workspace.Summary) {
	head := fmt.Sprintf("  %-26s %18s %9s %9s %9s", p.text("Gemeente", "Municipality"), p.text("declaratie", "declared"), p.text("akkoord", "accepted"),
		p.text("uitval", "held"), p.text("afgewezen", "rejected"))
	p.gap()
	fmt.Fprintf(p.Out, "%s\n", p.in(bold, head))
	for _, m := range s.Municipalities {
		fmt.Fprintf(p.Out, "  %-26.26s %18s %9s %9s %9s\n", p.municipality(m.Code), p.euros(m.Declared), p.count(m.Accepted.Count), p.count(m.Held.Count), p.count(m.Rejected.Count))
	}
	fmt.Fprintf(p.Out, "  %-26s %18s %9s %9s %9s\n", p.text("Regio", "Region"), p.euros(s.Declared), p.count(s.Outcomes[billing.Accepted].Count),
		p.count(s.Outcomes[billing.Held].Count), p.count(s.Outcomes[billing.Rejected].Count))
}

// amountOf returns the amount for an outcome; "" for outcomes whose amount means nothing.
func (p *Printer) amountOf(outcome billing.Outcome, amount billing.Money) string {
	if outcome == billing.Replaced || outcome == billing.Withdrawn {
		return ""
	}
	return p.euros(amount)
}

// reasonsShown is how many reasons a summary lists.
const reasonsShown = 5

func (p *Printer) printReasons(s *workspace.Summary) {
	if len(s.Reasons) == 0 {
		return
	}
	p.heading("Meest voorkomende redenen van uitval en afwijzing", "Most frequent reasons for holding and rejecting")
	catalogue := rules.Catalogue()
	for _, reason := range s.Reasons[:min(reasonsShown, len(s.Reasons))] {
		rule := catalogue.Rule(reason.Code)
		fmt.Fprintf(p.Out, "  %s %7s × %16s  "+hang+"%s\n", reason.Code, p.count(reason.Count), p.euros(reason.Amount), rule.Title.In(p.Language))
	}
}

func (p *Printer) printWorkbooks(w *workspace.Workbooks) {
	if w.Folder == "" {
		return
	}
	p.gap()
	p.Line("Werkboeken: %s (%s)", "Workbooks: %s (%s)", w.Folder, p.files(len(w.Files)))
	for _, kept := range w.Kept {
		p.Line("  door iemand gewijzigd, daarom bewaard als %s", "  changed by someone, so kept as %s", kept)
	}
}

// printNext prints what the user should do next.
func (p *Printer) printNext(m *workspace.Month) {
	s := m.Summary
	p.heading("Wat nu?", "What next?")
	if m.Unchanged {
		p.Line("  Er was niets nieuws: de vorige uitkomst staat nog.", "  There was nothing new: the previous result is unchanged.")
	}
	step := 0
	todo := func(dutch, english string, values ...any) {
		step++
		p.Line(fmt.Sprintf("  %d. %s", step, dutch), fmt.Sprintf("  %d. %s", step, english), values...)
	}
	if s.Outcomes[billing.Held].Count > 0 {
		todo("Laat controllers uitval.xlsx invullen (Besluit, Reden, Beoordelaar) en zet het in decisions/.", "Have controllers fill in uitval.xlsx (Besluit, Reden, Beoordelaar) and put it into decisions/.")
	}
	if s.Outcomes[billing.Rejected].Count > 0 {
		todo("Stuur elke aanbieder zijn retour-….xlsx; verbeterde regels komen in submissions/.", "Send each provider its retour-….xlsx; corrected records go into submissions/.")
	}
	if problems := len(m.Imported.Referrals) + len(m.Imported.Decisions); problems > 0 {
		todo("Herstel wat niet is overgenomen (%s) en zet het als nieuw bestand terug.", "Correct what was not accepted (%s) and put it back as a new file.", p.rows(problems))
	}
	if refused := m.Imported.Refused(); refused > 0 {
		todo("%s geweigerd (zie hierboven): herstel wat er staat, of haal het weg.", "%s refused (see above): correct what is named there, or remove the file.",
			p.many(refused, "bestand is", "bestanden zijn", "file was", "files were"))
	}
	switch {
	case s.Closed:
	case s.AsOf <= s.Period.Last():
		todo("De maand is op %s nog niet voorbij: draai ‘pxq run’ opnieuw na %s; dan kan zij worden afgesloten.", "The month is not over yet on %s: do “pxq run” again after %s; then it can be closed.",
			p.date(s.AsOf), p.date(s.Period.Last()))
	case s.Lines == 0:
		todo("Er is niets te declareren. Is dit de maand die u bedoelt, en staan haar aanleveringen in submissions/? Een run van een verkeerde maand vergeet u met ‘pxq forget’.",
			"There is nothing to declare. Is this the month you mean, and are its submissions in submissions/? Undo a run of the wrong month with “pxq forget”.")
	case step == 0:
		todo("Klopt de uitkomst, sluit de periode dan af met ‘pxq close’.", "If the result is right, close the period with “pxq close”.")
	default:
		todo("Draai ‘pxq run’ opnieuw; sluit de periode af met ‘pxq close’.", "Do “pxq run” again; close the period with “pxq close”.")
	}
}
