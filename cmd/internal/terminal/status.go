package terminal

import (
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Status writes where a workspace stands.
func (p *Printer) Status(w *workspace.Workspace, status *workspace.Status) error {
	if p.JSON {
		return p.writeJSON(statusJSON(status))
	}
	p.printStatus(w, status)
	return nil
}

func (p *Printer) printStatus(w *workspace.Workspace, s *workspace.Status) {
	fmt.Fprintf(p.Out, "%s %s, %s\n\n", p.text("Regio", "Region"), w.Settings.Region, w.Address())
	if len(s.Periods) == 0 {
		fmt.Fprintln(p.Out, p.text("Er is nog geen periode berekend. Doe ‘pxq run --period JJJJ-MM’.", "No period was computed yet. Do “pxq run --period YYYY-MM”."))
	}
	for _, period := range s.Periods {
		state := p.text("voorlopig", "provisional")
		if period.Closed {
			state = p.text("afgesloten op ", "closed on ") + period.ClosedOn.String()
		}
		fmt.Fprintf(p.Out, "  %s  %-24s %16s  %8s %s\n", period.Period, state, p.euros(period.Declared), p.count(period.Lines), p.lines(period.Lines))
	}
	if s.Stale {
		fmt.Fprintf(p.Out, "\n%s\n", p.text("Sinds de laatste run kwam er iets binnen of is er iets gewijzigd: doe ‘pxq run’ opnieuw.", "Since the last run something came in or changed: do “pxq run” again."))
	}
	fmt.Fprintf(p.Out, "\n%s\n", p.text("Per aanbieder: regels sinds de laatste afsluiting, en die van eerder die in uitval zijn of een andere uitkomst kregen",
		"Per provider: rows since the last close, and those of before that are held or got another outcome"))
	fmt.Fprintf(p.Out, "  %-8s %-20s %7s %7s %7s %7s %7s %7s\n", "", "", p.text("nieuw", "new"), p.text("eerder", "before"), p.text("akkoord", "accept."), p.text("uitval", "held"),
		p.text("afgew.", "reject."), p.text("overig", "other"))
	for _, sent := range s.Providers {
		name := ""
		if provider := p.Book.Provider(sent.Provider); provider != nil {
			name = provider.Name
		}
		fmt.Fprintf(p.Out, "  %-8s %-20.20s %7s %7s %7s %7s %7s %7s\n", p.orUnknown(sent.Provider), name, p.count(sent.Received-sent.Again), p.count(sent.Earlier), p.count(sent.Accepted),
			p.count(sent.Held), p.count(sent.Rejected), p.count(sent.Other+sent.Unseen))
	}
	fmt.Fprintf(p.Out, "  %s\n", p.text("(nieuw + eerder = akkoord + uitval + afgewezen + overig; overig: wacht, vervangen, ingetrokken of nog niet getoetst;\n  wat al eerder was ontvangen telt niet mee)",
		"(new + before = accepted + held + rejected + other; other: pending, replaced, withdrawn or not judged yet;\n  what was received before is not counted)"))
	if len(s.Missing) > 0 {
		fmt.Fprintf(p.Out, "\n%s %s\n", p.text("Leverde vorige periode wel en nu niets aan:", "Sent last period and nothing now:"), strings.Join(s.Missing, ", "))
	}
}

func (p *Printer) orUnknown(code string) string {
	if code == "" {
		return p.text("onbekend", "unknown")
	}
	return code
}

func statusJSON(s *workspace.Status) object {
	periods, providers := []object{}, []object{}
	for _, p := range s.Periods {
		periods = append(periods, object{"period": p.Period.String(), "closed": p.Closed, "closed_on": p.ClosedOn.String(), "declared": p.Declared.String(),
			"lines": p.Lines, "head": p.Head})
	}
	for _, p := range s.Providers {
		providers = append(providers, object{"provider": p.Provider, "received": p.Received, "already_received": p.Again, "earlier": p.Earlier, "accepted": p.Accepted,
			"held": p.Held, "rejected": p.Rejected, "other": p.Other, "not_judged": p.Unseen})
	}
	return object{"periods": periods, "providers": providers, "missing_providers": listOf(s.Missing), "stale": s.Stale}
}
