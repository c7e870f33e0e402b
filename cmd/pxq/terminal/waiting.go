package terminal

import (
	"fmt"

	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
)

// printWaiting lists the declarations (JW323) that wait for a decision, and the working days that are left for an answer.
func (p *Printer) printWaiting(list []report.Waiting) {
	if len(list) == 0 {
		return
	}
	p.heading("Declaraties (JW323) die wachten op een besluit", "Declarations (JW323) waiting for a decision")
	for _, w := range list[:min(problemsShown, len(list))] {
		fmt.Fprintf(p.Out, "  %s  %s → %s  %-12s  %s\n", w.File, w.Provider, w.Municipality, w.Number, p.termOf(&w))
	}
	if more := len(list) - problemsShown; more > 0 {
		p.Line("  en nog %s", "  and %s more", p.count(more))
	}
}

// printNotSent lists the declarations (JW323) that count as never sent, with the first finding on each.
func (p *Printer) printNotSent(list []report.NotSent) {
	if len(list) == 0 {
		return
	}
	p.heading("Declaraties (JW323) die als niet verstuurd gelden", "Declarations (JW323) that count as never sent")
	for i := range list[:min(problemsShown, len(list))] {
		m := &list[i]
		fmt.Fprintf(p.Out, "  %s  %s → %s  %-12s  %s\n", m.File, m.Provider, m.Municipality, m.Number, p.wrongWith(m))
	}
	if more := len(list) - problemsShown; more > 0 {
		p.Line("  en nog %s", "  and %s more", p.count(more))
	}
}

// wrongWith returns the first finding on a declaration, with its return code.
func (p *Printer) wrongWith(m *report.NotSent) string {
	first := &m.Findings[0]
	told := first.Return + ": " + rules.Message(rules.Catalogue().Rule(first.Code), first.Values, p.Language)
	if more := len(m.Findings) - 1; more > 0 {
		told += " " + fmt.Sprintf(p.text("(en nog %s)", "(and %s more)"), p.count(more))
	}
	return told
}

func notSentJSON(list []report.NotSent) []object {
	told := []object{}
	for i := range list {
		m := &list[i]
		findings := []object{}
		for _, f := range m.Findings {
			findings = append(findings, object{"code": f.Code.String(), "return_code": f.Return, "element": f.Place, "line": f.Line})
		}
		told = append(told, object{"file": m.File, "provider": m.Provider, "municipality": m.Municipality, "declaration": m.Number, "prestaties": m.Prestaties,
			"claimed": m.Claimed.String(), "findings": findings})
	}
	return told
}

// termOf returns how many prestaties wait, and until when.
func (p *Printer) termOf(w *report.Waiting) string {
	open := p.count(w.Open) + p.text(plural(w.Open, " prestatie open", " prestaties open"), plural(w.Open, " prestatie open", " prestaties open"))
	if w.DaysLeft < 0 {
		return open + ", " + fmt.Sprintf(p.text("termijn voorbij sinds %s (%s)", "deadline passed on %s (%s ago)"), p.date(w.Term),
			p.many(-w.DaysLeft, "werkdag", "werkdagen", "working day", "working days"))
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
