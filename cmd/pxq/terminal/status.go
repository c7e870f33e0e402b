package terminal

import (
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// filesShown is how many files are listed; --json has all.
const filesShown = 30

// hashShown is how many digits of a hash are shown, which is enough for ‘pxq withdraw’.
const hashShown = 12

// Status prints the status of a workspace.
func (p *Printer) Status(s *workspace.State) error {
	if p.JSON {
		return p.writeJSON(statusJSON(s))
	}
	p.Line("Regio %s, %s\n", "Region %s, %s\n", s.Region, s.Address)
	if len(s.Periods) == 0 {
		p.Line("Er is nog geen periode berekend. Doe ‘pxq run --period JJJJ-MM’.", "No period has been run yet. Use “pxq run --period YYYY-MM”.")
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
		p.Line("Sinds de laatste run kwam er iets binnen of is er iets gewijzigd: doe ‘pxq run’ opnieuw.", "Something has come in or changed since the last run: do “pxq run” again.")
	}
	p.printSenders(s)
	p.printWaiting(s.Waiting)
	p.printFilesTaken(s.Files)
	if len(s.Missing) > 0 {
		p.gap()
		p.Line("Leverde vorige periode wel en nu niets aan: %s", "Sent something last period, but nothing now: %s", strings.Join(s.Missing, ", "))
	}
	p.printOnlyAgain(s.OnlyAgain())
	return nil
}

// printSenders prints what each provider sent, and the outcomes of its rows in the last run.
func (p *Printer) printSenders(s *workspace.State) {
	p.heading("Zorgregels per aanbieder", "Care records per provider")
	if len(s.Providers) == 0 {
		p.Line("  Er is niets ontvangen sinds de laatste afsluiting, en er staat niets open.", "  Nothing has been received since the last close, and nothing is open.")
		return
	}
	fmt.Fprintf(p.Out, "  %-8s %-20s %7s %7s %7s %7s %7s %7s\n", "AGB", p.text("naam", "name"), p.text("nieuw", "new"), p.text("eerder", "before"), p.text("akkoord", "accept."),
		p.text("uitval", "held"), p.text("afgew.", "reject."), p.text("overig", "other"))
	for _, sent := range s.Providers {
		name := ""
		if provider := s.Book.Provider(sent.Provider); provider != nil {
			name = provider.Name
		}
		fmt.Fprintf(p.Out, "  %-8s %-20.20s %7s %7s %7s %7s %7s %7s\n", p.orUnknown(sent.Provider), name, p.count(sent.Received-sent.Again), p.count(sent.Earlier),
			p.count(sent.Accepted), p.count(sent.Held), p.count(sent.Rejected), p.count(sent.Other+sent.Unseen))
	}
	p.Line("  Nieuw kwam binnen sinds de laatste afsluiting; van eerder is wat in uitval staat of een andere uitkomst kreeg. Nieuw en eerder zijn samen akkoord, uitval, afgewezen en overig (wacht, vervangen, ingetrokken of nog niet getoetst).",
		"  “New” came in since the last close; “before” is earlier, and held or with a different outcome. Together they add up to accepted, held, rejected and other (pending, replaced, withdrawn or not judged yet).")
}

// printFilesTaken lists the last files that were taken in, with the first digits of their hash for ‘pxq withdraw’.
func (p *Printer) printFilesTaken(files []workspace.TakenFile) {
	if len(files) == 0 {
		return
	}
	p.heading("Bestanden sinds de laatste afsluiting (hash, ingelezen op, van wie of wat, naam)", "Files since the last close (hash, imported on, from whom or of what kind, name)")
	if rest := len(files) - filesShown; rest > 0 {
		p.Line("  … eerst nog %s (--json)", "  … %s before these (--json)", p.files(rest))
		files = files[rest:]
	}
	for _, file := range files {
		fmt.Fprintf(p.Out, "  %s  %s  %-12s  "+hang+"%s\n", file.SHA256[:min(hashShown, len(file.SHA256))], p.date(file.Received), p.sourceOf(file), bsn.MaskLine(file.Name))
	}
}

// sourceOf returns the provider of a file, or else what the file holds, which tells files with the same name apart.
func (p *Printer) sourceOf(file workspace.TakenFile) string {
	switch {
	case file.Provider != "":
		return file.Provider
	case file.Kind == ledger.ReferralFile:
		return p.text("toewijzingen", "referrals")
	case file.Kind == ledger.DecisionFile:
		return p.text("besluiten", "decisions")
	}
	return "–"
}

func (p *Printer) orUnknown(code string) string {
	if code == "" {
		return p.text("onbekend", "unknown")
	}
	return code
}

func statusJSON(s *workspace.State) object {
	periods, providers, files := []object{}, []object{}, []object{}
	for _, p := range s.Periods {
		periods = append(periods, object{"period": p.Period.String(), "closed": p.Closed, "closed_on": p.ClosedOn.String(), "declared": p.Declared.String(),
			"lines": p.Lines, "head": p.Head})
	}
	for _, p := range s.Providers {
		providers = append(providers, object{"provider": p.Provider, "received": p.Received, "already_received": p.Again, "earlier": p.Earlier, "accepted": p.Accepted,
			"held": p.Held, "rejected": p.Rejected, "other": p.Other, "not_judged": p.Unseen})
	}
	for _, file := range s.Files {
		files = append(files, object{"file": bsn.MaskLine(file.Name), "sha256": file.SHA256, "kind": file.Kind, "provider": file.Provider, "received": file.Received.String(), "rows": file.Rows})
	}
	return object{"files": files, "periods": periods, "providers": providers, "missing_providers": listOf(s.Missing), "stale": s.Stale, "waiting_answers": waitingJSON(s.Waiting)}
}
