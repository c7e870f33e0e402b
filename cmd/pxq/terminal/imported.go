package terminal

import (
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/importers"
)

// problemsShown is the length of lists, for example of rows that were not taken; the rest is counted.
const problemsShown = 20

// Imported prints the result of an import.
func (p *Printer) Imported(imported *workspace.Imported) error {
	if p.JSON {
		return p.writeJSON(importedJSON(imported, p.Language))
	}
	p.printImported(imported)
	return nil
}

// CameIn prints, for files that were taken in before a command failed, what was not taken of them. A later command does not
// report it, since it knows these files.
func (p *Printer) CameIn(imported *workspace.Imported) error {
	if len(imported.Referrals)+len(imported.Decisions)+len(imported.Contradictions)+imported.Refused() == 0 {
		return nil
	}
	if p.JSON {
		return p.writeJSON(importedJSON(imported, p.Language))
	}
	p.printNotTaken(imported)
	return nil
}

// printNotTaken prints the rows that were not taken, the decisions that contradict others, and the files that were refused.
func (p *Printer) printNotTaken(imported *workspace.Imported) {
	p.printProblems(imported, problemsShown)
	p.printContradictions(imported)
	p.printRefused(imported)
}

// Decided prints the result of an import of decisions, with every one that was not taken.
func (p *Printer) Decided(imported *workspace.Imported) error {
	if p.JSON {
		return p.writeJSON(importedJSON(imported, p.Language))
	}
	p.printFiles(imported)
	p.printProblems(imported, len(imported.Decisions))
	p.printContradictions(imported)
	p.printLeftOut(leftOutOfImport(imported))
	p.printRefused(imported)
	return nil
}

// printImported prints the result of an import, with refused files last.
func (p *Printer) printImported(imported *workspace.Imported) {
	p.printFiles(imported)
	p.printProblems(imported, problemsShown)
	p.printContradictions(imported)
	p.printLeftOut(leftOutOfImport(imported))
	p.printRefused(imported)
}

func (p *Printer) printFiles(imported *workspace.Imported) {
	for _, file := range imported.Files {
		switch {
		case file.Refused != nil:
			continue
		case file.Known:
			fmt.Fprintf(p.Out, "%s: %s\n", file.Name, p.text("al eerder ingelezen, niets gewijzigd", "imported before, nothing changed"))
		default:
			fmt.Fprintf(p.Out, "%s: %s\n", file.Name, p.describe(file))
		}
		p.printSheets(file)
	}
	p.printBackAgain(imported)
}

// printBackAgain lists the files that were withdrawn and then taken in again, mostly because they were left in an inbox.
func (p *Printer) printBackAgain(imported *workspace.Imported) {
	var names []string
	for _, file := range imported.Files {
		if file.BackAgain && file.Refused == nil {
			names = append(names, file.Name)
		}
	}
	if len(names) == 0 {
		return
	}
	p.Line("%s Eerder teruggetrokken, en nu opnieuw ingelezen: %s", "%s Taken back before, and now imported again: %s",
		p.in(yellow, p.text("LET OP:", "ATTENTION:")), strings.Join(names, ", "))
	p.Line("  Als dat niet de bedoeling is: haal het bestand weg uit de map en trek het opnieuw terug met ‘pxq withdraw’.",
		"  If this is not what you want: remove the file from the folder and take it back again with “pxq withdraw”.")
}

// printRefused lists the files that were refused whole.
func (p *Printer) printRefused(imported *workspace.Imported) {
	refused := imported.Refused()
	if refused == 0 {
		return
	}
	p.heading("Geweigerd", "Refused")
	for _, file := range imported.Files {
		if file.Refused != nil {
			fmt.Fprintf(p.Out, "  • %s\n", p.in(red, bsn.MaskLine(file.Refused.In(p.Language))))
		}
	}
	if refused == 1 {
		p.Line("  Van dit bestand is niets ingelezen.", "  Nothing was imported from this file.")
	} else {
		p.Line("  Van deze %s is niets ingelezen.", "  Nothing was imported from these %s.", p.files(refused))
	}
}

// describe returns a summary of the contents of a file.
func (p *Printer) describe(file workspace.ImportedFile) string {
	var parts []string
	add := func(count int, oneDutch, dutch, oneEnglish, english string) {
		if count > 0 {
			parts = append(parts, p.many(count, oneDutch, dutch, oneEnglish, english))
		}
	}
	add(file.Records, "zorgregel", "zorgregels", "care record", "care records")
	add(file.AlreadyReceived, "al ontvangen", "al ontvangen", "already received", "already received")
	add(file.Referrals, "toewijzing", "toewijzingen", "referral", "referrals")
	add(file.Decisions, "besluit", "besluiten", "decision", "decisions")
	add(file.Skipped, "zonder nieuws", "zonder nieuws", "with nothing new", "with nothing new")
	add(file.Totals, "totaalregel overgeslagen", "totaalregels overgeslagen", "total row skipped", "total rows skipped")
	add(file.Empty, "lege rij overgeslagen", "lege rijen overgeslagen", "empty row skipped", "empty rows skipped")
	if m := file.Message; m != nil && m.Inside {
		number := bsn.MaskLine(m.Declaration)
		parts = append(parts, p.text("declaratie "+number+" klopt in zichzelf niet en wordt beantwoord met 0001; ‘pxq check’ zegt waarom",
			"declaration "+number+" is wrong in itself and is answered with 0001; “pxq check” says why"))
	}
	if len(parts) == 0 {
		return p.text("niets om in te lezen", "nothing to import")
	}
	return strings.Join(parts, ", ")
}

// printSheets prints what was not read in a file, apart from what pxq itself wrote for people, and what was read though it may
// have been overlooked.
func (p *Printer) printSheets(file workspace.ImportedFile) {
	var read []string
	for _, sheet := range file.Sheets {
		where := whereIn(&file, sheet)
		if sheet.Skipped == "" {
			read = append(read, sheet.Name)
		}
		if isUnread(&file, sheet) {
			fmt.Fprintf(p.Out, "  %s: %s\n", where, importers.SkippedText(sheet.Skipped, p.Language))
		}
		if unused := unusedColumns(&file, sheet); len(unused) > 0 {
			fmt.Fprintf(p.Out, "  %s: %s %s\n", where, p.text("niet gebruikte kolommen:", "columns not used:"), billing.Mask(strings.Join(unused, ", ")))
		}
		if sheet.NamesMark && sheet.Skipped == "" {
			fmt.Fprintf(p.Out, "  %s: %s\n", where, p.text("de eerste regel (sep=) telt mee als rij 1; Excel toont haar niet, dus rij 3 is daar rij 2",
				"the first line (sep=) counts as row 1; Excel does not show it, so row 3 is row 2 there"))
		}
		if sheet.HiddenRows > 0 {
			fmt.Fprintf(p.Out, "  %s: %s\n", where, p.hiddenRows(sheet.HiddenRows))
		}
		if sheet.StruckRows > 0 {
			fmt.Fprintf(p.Out, "  %s: %s\n", where, p.struckRows(sheet.StruckRows))
		}
	}
	if file.WrittenAs != "" && len(read) > 0 {
		fmt.Fprintf(p.Out, "  %s: %s %s\n", file.Name, p.text("een werkboek van pxq; gelezen is alleen:", "a workbook made by pxq; only this was read:"), strings.Join(read, ", "))
	}
}

// struckRows returns the number of rows that were read though their text is struck through, which does not remove them.
func (p *Printer) struckRows(count int) string {
	return p.many(count, "doorgestreepte rij is meegelezen", "doorgestreepte rijen zijn meegelezen", "row with struck-through text was read too", "rows with struck-through text were read too")
}

// hiddenRows returns the number of rows that were read though they are hidden.
func (p *Printer) hiddenRows(count int) string {
	return p.many(count, "verborgen rij is meegelezen", "verborgen rijen zijn meegelezen", "hidden row was read too", "hidden rows were read too")
}

// printProblems lists the first shown rows of referrals and of decisions that were not taken, and counts the others.
func (p *Printer) printProblems(imported *workspace.Imported, shown int) {
	if len(imported.Referrals)+len(imported.Decisions) == 0 {
		return
	}
	p.heading("Niet overgenomen", "Not accepted")
	more := func(count int) {
		if count > shown {
			fmt.Fprintf(p.Out, "  … %s %s (--json)\n", p.text("en nog", "and more:"), p.count(count-shown))
		}
	}
	for _, problem := range imported.Referrals[:min(shown, len(imported.Referrals))] {
		fmt.Fprintf(p.Out, "  • %s: %s\n", p.place(problem.File, problem.Sheet, problem.Row), p.referralProblem(problem))
	}
	more(len(imported.Referrals))
	for _, problem := range imported.Decisions[:min(shown, len(imported.Decisions))] {
		p.Line("  • %s: besluit ‘%s’ over %s %s: %s", "  • %s: decision “%s” about %s %s: %s", p.place(problem.File, problem.Sheet, problem.Row), problem.Word,
			problem.Reference, problem.Code, problem.Reason.In(p.Language))
	}
	more(len(imported.Decisions))
}

func (p *Printer) referralProblem(problem workspace.ReferralProblem) string {
	text := fmt.Sprintf(p.text("toewijzing %s", "referral %s"), problem.Number)
	if problem.Number == "" {
		text = p.text("toewijzing zonder nummer", "referral without a number")
	}
	if problem.Reason.Dutch != "" {
		return text + ": " + problem.Reason.In(p.Language)
	}
	for _, cell := range problem.Cells {
		found := ""
		if cell.Found != "" {
			found = fmt.Sprintf(p.text(" ‘%s’", " “%s”"), cell.Found)
		}
		text += fmt.Sprintf("; %s%s: %s", billing.ReferralHeadings[cell.Field], found, importers.WantText(cell.Want, p.Language))
	}
	return text
}

// importedJSON returns the result of an import for JSON.
func importedJSON(imported *workspace.Imported, language string) object {
	files := []object{}
	for _, file := range imported.Files {
		item := object{
			"file": file.Name, "known": file.Known, "records": file.Records, "kept": file.Kept, "already_received": file.AlreadyReceived,
			"totals": file.Totals, "empty": file.Empty, "referrals": file.Referrals, "decisions": file.Decisions, "skipped": file.Skipped,
			"sheets": sheetsJSON(&file),
		}
		if file.BackAgain {
			item["taken_back_before"] = true
		}
		if file.Refused != nil {
			item["refused"] = bsn.MaskLine(file.Refused.In(language))
		}
		files = append(files, item)
	}
	return object{"files": files, "refused": imported.Refused(), "not_taken": notTakenJSON(imported, language),
		"contradictions": contradictionsJSON(imported), "left_out": leftOutJSON(leftOutOfImport(imported))}
}

func notTakenJSON(imported *workspace.Imported, language string) []object {
	list := []object{}
	for _, problem := range imported.Referrals {
		reasons := []string{}
		if problem.Reason.Dutch != "" {
			reasons = append(reasons, problem.Reason.In(language))
		}
		for _, cell := range problem.Cells {
			reasons = append(reasons, billing.ReferralHeadings[cell.Field]+": "+importers.WantText(cell.Want, language))
		}
		list = append(list, object{"kind": "referral", "file": problem.File, "sheet": problem.Sheet, "row": problem.Row, "referral": problem.Number, "reasons": reasons})
	}
	for _, problem := range imported.Decisions {
		list = append(list, object{"kind": "decision", "file": problem.File, "sheet": problem.Sheet, "row": problem.Row, "reference": problem.Reference,
			"code": problem.Code, "decision": problem.Word, "reasons": []string{problem.Reason.In(language)}})
	}
	return list
}
