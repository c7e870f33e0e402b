package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/exporters/reports"
	"github.com/pxq-nl/pxq/importers"
)

// problemsShown is how many rows that were not taken are named; the rest is counted.
const problemsShown = 20

// printImported tells what came of an import.
func (a *app) printImported(imported *intake.Imported) {
	for _, file := range imported.Files {
		switch {
		case file.Refused != nil:
			fmt.Fprintf(a.out, "%s  %s\n", a.text("GEWEIGERD", "REFUSED"), file.Refused.In(a.language))
		case file.Known:
			fmt.Fprintf(a.out, "%s: %s\n", file.Name, a.text("al eerder ingelezen, niets gewijzigd", "taken in before, nothing changed"))
		default:
			fmt.Fprintf(a.out, "%s: %s\n", file.Name, a.describe(file))
		}
		a.printSheets(file)
	}
	a.printProblems(imported)
}

// describe says what a file held.
func (a *app) describe(file intake.ImportedFile) string {
	var parts []string
	add := func(count int, oneDutch, dutch, oneEnglish, english string) {
		switch {
		case count == 1:
			parts = append(parts, "1 "+a.text(oneDutch, oneEnglish))
		case count > 1:
			parts = append(parts, a.count(count)+" "+a.text(dutch, english))
		}
	}
	add(file.Records, "zorgregel", "zorgregels", "care record", "care records")
	add(file.AlreadyReceived, "al ontvangen", "al ontvangen", "already received", "already received")
	add(file.Referrals, "toewijzing", "toewijzingen", "referral", "referrals")
	add(file.Decisions, "besluit", "besluiten", "decision", "decisions")
	add(file.Skipped, "zonder nieuws", "zonder nieuws", "without news", "without news")
	add(file.Totals, "totaalregel overgeslagen", "totaalregels overgeslagen", "row of totals skipped", "rows of totals skipped")
	add(file.Empty, "lege rij overgeslagen", "lege rijen overgeslagen", "empty row skipped", "empty rows skipped")
	if len(parts) == 0 {
		return a.text("niets om in te lezen", "nothing to take in")
	}
	return strings.Join(parts, ", ")
}

// printSheets tells what of a file was not read, but for what pxq itself wrote beside it.
func (a *app) printSheets(file intake.ImportedFile) {
	var read []string
	for _, sheet := range file.Sheets {
		where := file.Name
		if sheet.Skipped == "" {
			read = append(read, sheet.Name)
		}
		if sheet.Name != "" {
			where += ", " + sheet.Name
		}
		if sheet.Skipped != "" && !reports.OwnSheet(file.Own, sheet.Name) {
			fmt.Fprintf(a.out, "  %s: %s\n", where, importers.SkippedText(sheet.Skipped, a.language))
		}
		unused := slices.DeleteFunc(slices.Clone(sheet.UnknownColumns), func(heading string) bool { return reports.OwnHeading(file.Own, heading) })
		if len(unused) > 0 {
			fmt.Fprintf(a.out, "  %s: %s %s\n", where, a.text("niet gebruikte kolommen:", "columns not used:"), billing.Mask(strings.Join(unused, ", ")))
		}
		if sheet.HiddenRows > 0 {
			fmt.Fprintf(a.out, "  %s: %d %s\n", where, sheet.HiddenRows, a.text("verborgen rijen zijn meegelezen", "hidden rows were read too"))
		}
	}
	if file.Own != "" && len(read) > 0 {
		fmt.Fprintf(a.out, "  %s: %s %s\n", file.Name, a.text("een werkboek van pxq; gelezen is alleen:", "a workbook of pxq; all that was read is:"), strings.Join(read, ", "))
	}
}

// printProblems names rows of referrals and decisions that were not taken.
func (a *app) printProblems(imported *intake.Imported) {
	for i, problem := range imported.Referrals {
		if i == problemsShown {
			fmt.Fprintf(a.out, "  … %s %d\n", a.text("en nog", "and more:"), len(imported.Referrals)-i)
			break
		}
		fmt.Fprintf(a.out, "  %s: %s\n", a.place(problem.File, problem.Sheet, problem.Row), a.referralProblem(problem))
	}
	for i, problem := range imported.Decisions {
		if i == problemsShown {
			fmt.Fprintf(a.out, "  … %s %d\n", a.text("en nog", "and more:"), len(imported.Decisions)-i)
			break
		}
		fmt.Fprintf(a.out, "  %s: %s %s %s: %s\n", a.place(problem.File, problem.Sheet, problem.Row), a.text("besluit niet overgenomen over", "decision not taken about"),
			problem.Reference, problem.Code, problem.Reason.In(a.language))
	}
}

// place names a row of a file.
func (a *app) place(file, sheet string, row int) string {
	if sheet != "" {
		file += ", " + a.text("blad", "sheet") + " " + sheet
	}
	return fmt.Sprintf("%s, %s %d", file, a.text("rij", "row"), row)
}

func (a *app) referralProblem(problem intake.ReferralProblem) string {
	text := fmt.Sprintf(a.text("toewijzing %s niet overgenomen", "referral %s not taken"), problem.Number)
	if problem.Reason.Dutch != "" {
		return text + ": " + problem.Reason.In(a.language)
	}
	for _, cell := range problem.Cells {
		found := ""
		if cell.Found != "" {
			found = fmt.Sprintf(a.text(" ‘%s’", " “%s”"), cell.Found)
		}
		text += fmt.Sprintf("; %s%s: %s", billing.ReferralHeadings[cell.Field], found, importers.WantText(cell.Want, a.language))
	}
	return text
}

// showRun tells what a run came to.
func (a *app) showRun(summary *batch.Summary, judged *batch.Judged, imported *intake.Imported, written *written) error {
func (a *app) showRun(summary *report.Summary, judged *batch.Judged, imported *batch.Imported, written *written) error {
	if a.json {
		return a.writeJSON(runJSON(summary, imported, written, a.language))
	}
	a.printRefused(imported)
	a.printProblems(imported)
	a.printTaken(imported)
	a.printSummary(summary)
	a.printWritten(written)
	a.printNext(summary, judged)
	return nil
}

// printTaken counts the referrals and decisions that this run took in; records are in the summary.
func (a *app) printTaken(imported *intake.Imported) {
	sum := intake.ImportedFile{}
	for i := range imported.Files {
		sum.Referrals += imported.Files[i].Referrals
		sum.Decisions += imported.Files[i].Decisions
	}
	if sum.Referrals+sum.Decisions > 0 {
		fmt.Fprintf(a.out, "\n%s %s\n", a.text("Ingelezen:", "Taken in:"), a.describe(sum))
	}
}

func (a *app) printRefused(imported *intake.Imported) {
	for _, file := range imported.Files {
		if file.Refused != nil {
			fmt.Fprintf(a.out, "%s  %s\n", a.text("GEWEIGERD", "REFUSED"), file.Refused.In(a.language))
		}
	}
}

func (a *app) printSummary(s *report.Summary) {
	state := a.text("VOORLOPIG", "PROVISIONAL")
	if s.Closed {
		state = a.text("AFGESLOTEN", "CLOSED")
	}
	fmt.Fprintf(a.out, "\n%s %s – %s (%s %s)\n", a.text("Periode", "Period"), s.Period, state, a.text("peildatum", "as of"), a.date(s.AsOf))
	fmt.Fprintf(a.out, a.text("Ontvangen: %s bestanden, %s zorgregels (%s al eerder ontvangen), %s lege en totaalregels overgeslagen\n\n",
		"Received: %s files, %s care records (%s already received), %s empty rows and totals skipped\n\n"),
		a.count(s.Files), a.count(s.Read), a.count(s.Again), a.count(s.Skipped))
	for _, outcome := range []billing.Outcome{billing.Accepted, billing.Held, billing.Rejected, billing.Pending, billing.Replaced, billing.Withdrawn} {
		if sum := s.Outcomes[outcome]; sum.Count > 0 || outcome <= billing.Rejected {
			fmt.Fprintf(a.out, "  %-14s %10s %s %18s\n", a.outcome(outcome), a.count(sum.Count), a.text("regels", "rows  "), a.amountOf(outcome, sum.Amount))
		}
	}
	fmt.Fprintf(a.out, "  %s\n", a.text("(bedragen per zorgregel afgerond; de declaratie hieronder rondt per declaratieregel af)",
		"(amounts rounded per record; the declaration below rounds per line)"))
	fmt.Fprintf(a.out, "\n  %-26s %16s %9s %9s %9s\n", a.text("Gemeente", "Municipality"), a.text("declaratie", "declared"), a.text("akkoord", "accepted"),
		a.text("uitval", "held"), a.text("afgewezen", "rejected"))
	for _, m := range s.Municipalities {
		fmt.Fprintf(a.out, "  %-26s %16s %9s %9s %9s\n", a.municipality(m.Code), a.euros(m.Declared), a.count(m.Accepted.Count), a.count(m.Held.Count), a.count(m.Rejected.Count))
	}
	fmt.Fprintf(a.out, "  %-26s %16s   (%s %s)\n", a.text("Regio", "Region"), a.euros(s.Declared), a.count(s.Lines), a.lines(s.Lines))
	a.printReasons(s)
	a.printCauses(s.Causes)
	if len(s.Unknown) > 0 {
		shown := s.Unknown[:min(problemsShown, len(s.Unknown))]
		fmt.Fprintf(a.out, "\n%s %s\n", fmt.Sprintf(a.text("Toewijzingen die als onbekend gelden (R01), want hun gemeente of product staat niet in het contractenboek (%s):",
			"Referrals that count as unknown (R01), since their municipality or product is not in the contract book (%s):"), a.count(len(s.Unknown))), billing.Mask(strings.Join(shown, ", ")))
	}
	if len(s.Missing) > 0 {
		fmt.Fprintf(a.out, "\n%s %s\n", a.text("Leverde vorige periode wel en nu niets aan:", "Sent last period and nothing now:"), strings.Join(s.Missing, ", "))
	}
}

// amountOf leaves out amounts that mean nothing.
func (a *app) amountOf(outcome billing.Outcome, amount billing.Money) string {
	if outcome == billing.Replaced || outcome == billing.Withdrawn {
		return ""
	}
	return a.euros(amount)
}

// reasonsShown is how many reasons a summary names.
const reasonsShown = 5

func (a *app) printReasons(s *report.Summary) {
	if len(s.Reasons) == 0 {
		return
	}
	fmt.Fprintf(a.out, "\n%s\n", a.text("Meest voorkomende redenen van uitval en afwijzing", "Most frequent reasons of holding and rejecting"))
	catalogue := rules.Catalogue()
	for _, reason := range s.Reasons[:min(reasonsShown, len(s.Reasons))] {
		rule := catalogue.Rule(reason.Code)
		fmt.Fprintf(a.out, "  %s %7s × %14s  %s\n", reason.Code, a.count(reason.Count), a.euros(reason.Amount), rule.Title.In(a.language))
	}
}

func (a *app) printWritten(written *written) {
	if written.folder == "" {
		return
	}
	fmt.Fprintf(a.out, "\n%s %s (%d %s)\n", a.text("Werkboeken:", "Workbooks:"), written.folder, len(written.files), a.text("bestanden", "files"))
	for _, kept := range written.kept {
		fmt.Fprintf(a.out, "  %s %s\n", a.text("door iemand gewijzigd, daarom bewaard als", "changed by somebody, so kept as"), kept)
	}
}

// printNext says what to do next.
func (a *app) printNext(s *report.Summary, judged *batch.Judged) {
	fmt.Fprintf(a.out, "\n%s\n", a.text("Wat nu?", "What next?"))
	if judged != nil && judged.Unchanged {
		fmt.Fprintf(a.out, "  %s\n", a.text("Er was niets nieuws: de vorige uitkomst staat nog.", "There was nothing new: the last result stands."))
	}
	step := 0
	todo := func(dutch, english string) {
		step++
		fmt.Fprintf(a.out, "  %d. %s\n", step, a.text(dutch, english))
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

func (a *app) writeJSON(value any) error {
	encoder := json.NewEncoder(a.out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}
