package terminal

import (
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// filesShown is how many files status names; --json names all.
const filesShown = 30

// hashShown is how much of a hash is shown: enough to name the file by.
const hashShown = 12

// Status writes where a workspace stands.
func (p *Printer) Status(s *workspace.Standing) error {
	if p.JSON {
		return p.writeJSON(statusJSON(s))
	}
	p.Line("Regio %s, %s\n", "Region %s, %s\n", s.Region, s.Address)
	if len(s.Periods) == 0 {
		p.Line("Er is nog geen periode berekend. Doe ‘pxq run --period JJJJ-MM’.", "No period was computed yet. Do “pxq run --period YYYY-MM”.")
	}
	for _, period := range s.Periods {
		state, set := p.text("voorlopig", "provisional"), yellow
		if period.Closed {
			state, set = p.text("afgesloten op ", "closed on ")+p.date(period.ClosedOn), green
		}
		fmt.Fprintf(p.Out, "  %s  %s %18s  %s\n", period.Period, p.in(set, fmt.Sprintf("%-24s", state)), p.euros(period.Declared), p.lines(period.Lines))
	}
	if s.Stale {
		p.gap()
		p.Line("Sinds de laatste run kwam er iets binnen of is er iets gewijzigd: doe ‘pxq run’ opnieuw.", "Since the last run something came in or changed: do “pxq run” again.")
	}
	p.printSenders(s)
	p.printFilesTaken(s.Files)
	if len(s.Missing) > 0 {
		p.gap()
		p.Line("Leverde vorige periode wel en nu niets aan: %s", "Sent last period and nothing now: %s", strings.Join(s.Missing, ", "))
	}
	return nil
}

// printSenders tells what each provider sent, and what the last run made of its rows.
func (p *Printer) printSenders(s *workspace.Standing) {
	p.heading("Zorgregels per aanbieder", "Care records per provider")
	if len(s.Providers) == 0 {
		p.Line("  Er is niets ontvangen sinds de laatste afsluiting, en er staat niets open.", "  Nothing was received since the last close, and nothing is open.")
		return
	}
	fmt.Fprintf(p.Out, "  %-8s %-28s %9s %9s %9s %9s\n", "AGB", p.text("naam", "name"), p.text("ontvangen", "received"), p.text("akkoord", "accepted"),
		p.text("uitval", "held"), p.text("afgewezen", "rejected"))
	for _, sent := range s.Providers {
		name := ""
		if provider := s.Book.Provider(sent.Provider); provider != nil {
			name = provider.Name
		}
		fmt.Fprintf(p.Out, "  %-8s %-28.28s %9s %9s %9s %9s\n", p.orUnknown(sent.Provider), name, p.count(sent.Received), p.count(sent.Accepted), p.count(sent.Held), p.count(sent.Rejected))
	}
	p.Line("  Ontvangen is sinds de laatste afsluiting; de uitkomsten zijn die van de laatste run, ook van regels van eerder die in uitval zijn of anders uitkwamen.",
		"  Received is since the last close; the outcomes are those of the last run, also of rows from before that are held or came out otherwise.")
}

// printFilesTaken names the files that were taken in, with the beginning of the hash by which ‘pxq withdraw’ knows them.
func (p *Printer) printFilesTaken(files []workspace.TakenFile) {
	if len(files) == 0 {
		return
	}
	p.heading("Bestanden sinds de laatste afsluiting (hash, ingelezen op, naam)", "Files since the last close (hash, taken in on, name)")
	if rest := len(files) - filesShown; rest > 0 {
		p.Line("  … eerst nog %s (--json)", "  … first %s more (--json)", p.files(rest))
		files = files[rest:]
	}
	for _, file := range files {
		fmt.Fprintf(p.Out, "  %s  %s  "+hang+"%s\n", file.SHA256[:min(hashShown, len(file.SHA256))], p.date(file.Received), file.Name)
	}
}

func (p *Printer) orUnknown(code string) string {
	if code == "" {
		return p.text("onbekend", "unknown")
	}
	return code
}

func statusJSON(s *workspace.Standing) object {
	periods, providers, files := []object{}, []object{}, []object{}
	for _, p := range s.Periods {
		periods = append(periods, object{"period": p.Period.String(), "closed": p.Closed, "closed_on": p.ClosedOn.String(), "declared": p.Declared.String(),
			"lines": p.Lines, "head": p.Head})
	}
	for _, p := range s.Providers {
		providers = append(providers, object{"provider": p.Provider, "received": p.Received, "accepted": p.Accepted, "held": p.Held, "rejected": p.Rejected})
	}
	for _, file := range s.Files {
		files = append(files, object{"file": file.Name, "sha256": file.SHA256, "kind": file.Kind, "received": file.Received.String(), "rows": file.Rows})
	}
	return object{"files": files, "periods": periods, "providers": providers, "missing_providers": listOf(s.Missing), "stale": s.Stale}
}
