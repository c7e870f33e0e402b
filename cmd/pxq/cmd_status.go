package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing/report"
)

func (a *app) statusCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: "Perioden, wat er binnenkwam en wat openstaat / periods, what came in and what is open",
		Long:  "Toont de perioden, de ingelezen bestanden, en per aanbieder wat er kwam en wat openstaat.\n\nExit status: 0 done; 1 failed; 2 wrong usage.",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.showStatus(cmd.Context()) },
	}
}

func (a *app) showStatus(ctx context.Context) error {
	w, err := a.openWorkspace(ctx, false)
	if err != nil {
		return err
	}
	defer w.close()
	book, err := w.book()
	if err != nil {
		return err
	}
	status, err := w.reporter().Status(ctx, book.fingerprint)
	if err != nil {
		return err
	}
	if a.json {
		return a.writeJSON(statusJSON(status))
	}
	a.printStatus(w, status)
	return nil
}

func (a *app) printStatus(w *workspace, s *report.Status) {
	fmt.Fprintf(a.out, "%s %s, %s\n\n", a.text("Regio", "Region"), w.settings.Region, w.batch.Store.Address())
	if len(s.Periods) == 0 {
		fmt.Fprintln(a.out, a.text("Er is nog geen periode berekend. Doe ‘pxq run --period JJJJ-MM’.", "No period was computed yet. Do “pxq run --period YYYY-MM”."))
	}
	for _, p := range s.Periods {
		state := a.text("voorlopig", "provisional")
		if p.Closed {
			state = a.text("afgesloten op ", "closed on ") + p.ClosedOn.String()
		}
		fmt.Fprintf(a.out, "  %s  %-24s %16s  %8s %s\n", p.Period, state, a.euros(p.Declared), a.count(p.Lines), a.lines(p.Lines))
	}
	if s.Stale {
		fmt.Fprintf(a.out, "\n%s\n", a.text("Sinds de laatste run kwam er iets binnen of is er iets gewijzigd: doe ‘pxq run’ opnieuw.", "Since the last run something came in or changed: do “pxq run” again."))
	}
	fmt.Fprintf(a.out, "\n%s\n", a.text("Sinds de laatste afsluiting, per aanbieder (regels ontvangen, akkoord, uitval, afgewezen):",
		"Since the last close, per provider (rows received, accepted, held, rejected):"))
	for _, p := range s.Providers {
		name := ""
		if provider := a.names.Provider(p.Provider); provider != nil {
			name = provider.Name
		}
		fmt.Fprintf(a.out, "  %-8s %-40.40s %8s %8s %8s %8s\n", orUnknown(a, p.Provider), name, a.count(p.Received), a.count(p.Accepted), a.count(p.Held), a.count(p.Rejected))
	}
	if len(s.Missing) > 0 {
		fmt.Fprintf(a.out, "\n%s %s\n", a.text("Leverde vorige periode wel en nu niets aan:", "Sent last period and nothing now:"), strings.Join(s.Missing, ", "))
	}
}

func orUnknown(a *app, code string) string {
	if code == "" {
		return a.text("onbekend", "unknown")
	}
	return code
}

func statusJSON(s *report.Status) object {
	periods, providers := []object{}, []object{}
	for _, p := range s.Periods {
		periods = append(periods, object{"period": p.Period.String(), "closed": p.Closed, "closed_on": p.ClosedOn.String(), "declared": p.Declared.String(),
			"lines": p.Lines, "head": p.Head})
	}
	for _, p := range s.Providers {
		providers = append(providers, object{"provider": p.Provider, "received": p.Received, "accepted": p.Accepted, "held": p.Held, "rejected": p.Rejected})
	}
	return object{"periods": periods, "providers": providers, "missing_providers": listOf(s.Missing), "stale": s.Stale}
}
