package terminal

import (
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Withdrawn writes what taking back a file came to; still says where the file stands.
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
	fmt.Fprintf(p.Out, "%s %s.\n", withdrawn.File, p.text("is teruggetrokken", "was taken back"))
	for _, line := range []struct {
		count          int
		dutch, english string
	}{
		{withdrawn.Rows, "zorgregels eruit tellen niet meer mee", "records of it no longer count"},
		{withdrawn.Back, "zorgregels uit andere bestanden gelden weer", "records of other files hold again"},
		{withdrawn.AlreadyReceived, "zorgregels uit latere bestanden herhalen nu alleen een eerdere regel", "records of later files now only repeat an earlier one"},
		{withdrawn.Referrals, "versies van toewijzingen vervallen", "versions of referrals are gone"},
		{withdrawn.Decisions, "besluiten eruit vervallen", "decisions of it are gone"},
		{withdrawn.Lapsed, "besluiten uit andere bestanden vervallen met hun regel", "decisions of other files lapse with their record"},
	} {
		if line.count > 0 {
			fmt.Fprintf(p.Out, "  %s %s\n", p.count(line.count), p.text(line.dutch, line.english))
		}
	}
	fmt.Fprintf(p.Out, "\n%s\n", p.text("Wat nu?", "What next?"))
	for _, path := range still {
		fmt.Fprintf(p.Out, "  "+p.text("%s staat er nog: haal het weg, anders neemt de volgende run het weer in.\n",
			"%s is still there: remove it, or the next run takes it in again.\n"), path)
	}
	if len(withdrawn.Files) > 0 {
		fmt.Fprintf(p.Out, "  "+p.text("De volgende run leest opnieuw wat een deel ervan herhaalde; neem deze bestanden opnieuw in met ‘pxq import’ als ze niet meer in de werkmap staan: %s\n",
			"The next run reads again what repeated a part of it; take these files in again with “pxq import” if they are no longer in the workspace: %s\n"),
			strings.Join(withdrawn.Files, ", "))
	}
	fmt.Fprintf(p.Out, "  %s\n", p.text("Draai ‘pxq run’ opnieuw.", "Do “pxq run” again."))
}
