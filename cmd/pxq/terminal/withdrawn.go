package terminal

import (
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Withdrawn prints the result of withdrawing a file; still are the paths of the file in the inboxes.
func (p *Printer) Withdrawn(withdrawn *workspace.Withdrawn, still []string) error {
	if p.JSON {
		return p.writeJSON(object{"file": withdrawn.File, "rows": withdrawn.Rows, "rows_back": withdrawn.Back, "rows_repeated": withdrawn.AlreadyReceived,
			"referrals": withdrawn.Referrals, "decisions": withdrawn.Decisions, "decisions_lapsed": withdrawn.Lapsed, "read_again": listOf(withdrawn.Files),
			"still_in": listOf(still)})
	}
	p.printWithdrawn(withdrawn, still)
	return nil
}

func (p *Printer) printWithdrawn(withdrawn *workspace.Withdrawn, still []string) {
	p.Line("%s is teruggetrokken.", "%s was taken back.", withdrawn.File)
	for _, line := range []struct {
		count                                int
		oneDutch, dutch, oneEnglish, english string
	}{
		{withdrawn.Rows, "zorgregel eruit telt niet meer mee", "zorgregels eruit tellen niet meer mee", "record in it no longer counts", "records in it no longer count"},
		{withdrawn.Back, "zorgregel uit een ander bestand geldt weer", "zorgregels uit andere bestanden gelden weer", "record of another file counts again", "records of other files count again"},
		{withdrawn.AlreadyReceived, "zorgregel uit een later bestand herhaalt nu alleen een eerdere regel", "zorgregels uit latere bestanden herhalen nu alleen een eerdere regel",
			"record of a later file now only repeats an earlier one", "records of later files now only repeat an earlier one"},
		{withdrawn.Referrals, "versie van een toewijzing vervalt", "versies van toewijzingen vervallen", "version of a referral lapses", "versions of referrals lapse"},
		{withdrawn.Decisions, "besluit eruit vervalt", "besluiten eruit vervallen", "decision in it lapses", "decisions in it lapse"},
		{withdrawn.Lapsed, "besluit uit een ander bestand vervalt met zijn regel", "besluiten uit andere bestanden vervallen met hun regel",
			"decision of another file lapses with its record", "decisions of other files lapse with their record"},
	} {
		if line.count > 0 {
			fmt.Fprintf(p.Out, "  %s\n", p.many(line.count, line.oneDutch, line.dutch, line.oneEnglish, line.english))
		}
	}
	p.heading("Wat nu?", "What next?")
	for _, path := range still {
		p.Line("  %s staat er nog: haal het weg, anders neemt de volgende run het weer in.", "  %s is still there: remove it, or the next run imports it again.", path)
	}
	if len(withdrawn.Files) > 0 {
		p.Line("  De volgende run leest opnieuw wat een deel ervan herhaalde; neem deze bestanden opnieuw in met ‘pxq import’ als ze niet meer in de werkmap staan: %s",
			"  The next run rereads files that repeated part of it; import these again with “pxq import” if they are no longer in the workspace: %s",
			strings.Join(withdrawn.Files, ", "))
	}
	p.Line("  Draai ‘pxq run’ opnieuw.", "  Do “pxq run” again.")
}

// Forgotten prints the result of forgetting the runs of a period.
func (p *Printer) Forgotten(f *workspace.Forgotten) error {
	if p.JSON {
		return p.writeJSON(object{"period": f.Period.String(), "runs": f.Runs, "answers": listOf(f.Answers), "kept": listOf(f.Kept)})
	}
	p.Line("Vergeten: %s van periode %s. Wat is ingelezen, blijft.", "Forgotten: %s of period %s. Imported files stay.",
		p.many(f.Runs, "run", "runs", "run", "runs"), f.Period)
	if len(f.Answers) > 0 {
		p.Line("  Een antwoord (JW325) is definitief: in reports/%s blijft staan %s", "  An answer (JW325) is final, so reports/%s still has %s", f.Period, strings.Join(f.Answers, ", "))
	}
	if len(f.Kept) > 0 {
		p.Line("  In reports/%s blijft staan wat niet van pxq is: %s", "  Files that pxq did not write stay in reports/%s: %s", f.Period, strings.Join(f.Kept, ", "))
	}
	p.Line("  Draai ‘pxq run’ voor de maand die u bedoelt.", "  Do “pxq run” for the month you mean.")
	return nil
}
