package terminal

import (
	"fmt"

	"github.com/pxq-nl/pxq/billing/report"
)

// printWaiting names the declarations (JW323) that wait for a decision, and how many working days are left for an answer.
func (p *Printer) printWaiting(list []report.Waiting) {
	if len(list) == 0 {
		return
	}
	p.heading("Declaraties (JW323) die wachten op een besluit", "Declarations (JW323) that wait for a decision")
	for _, w := range list[:min(problemsShown, len(list))] {
		fmt.Fprintf(p.Out, "  %s  %s → %s  %-12s  %s\n", w.File, w.Provider, w.Municipality, w.Number, p.termOf(&w))
	}
	if more := len(list) - problemsShown; more > 0 {
		p.Line("  en nog %s", "  and %s more", p.count(more))
	}
}

// termOf tells how many prestaties wait and how long that may last.
func (p *Printer) termOf(w *report.Waiting) string {
	open := p.count(w.Open) + p.text(plural(w.Open, " prestatie open", " prestaties open"), plural(w.Open, " prestatie open", " prestaties open"))
	if w.DaysLeft < 0 {
		return open + ", " + fmt.Sprintf(p.text("termijn voorbij sinds %s (%d werkdagen)", "term passed on %s (%d working days ago)"), p.date(w.Term), -w.DaysLeft)
	}
	return open + ", " + fmt.Sprintf(p.text("antwoord uiterlijk %s: nog %d van 10 werkdagen", "answer due %s: %d of 10 working days left"), p.date(w.Term), w.DaysLeft)
}

func waitingJSON(list []report.Waiting) []object {
	waiting := []object{}
	for _, w := range list {
		waiting = append(waiting, object{"file": w.File, "provider": w.Provider, "municipality": w.Municipality, "declaration": w.Number, "open": w.Open,
			"received": w.Received.String(), "due": w.Term.String(), "working_days_left": w.DaysLeft})
	}
	return waiting
}
