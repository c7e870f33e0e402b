package terminal

import (
	"fmt"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Verified writes what the proof of a ledger found.
func (p *Printer) Verified(verified *workspace.Verified) error {
	faults := []string{}
	for _, fault := range verified.Faults {
		faults = append(faults, fault.In(p.Language))
	}
	if p.JSON {
		return p.writeJSON(object{"periods": verified.Periods, "lines": verified.Lines, "rows": verified.Rows, "head": verified.Head, "faults": faults})
	}
	for _, fault := range faults {
		fmt.Fprintln(p.Out, fault)
	}
	p.Line("%s, %s en %s nagerekend: %s.", "%s, %s and %s recomputed: %s.",
		p.many(verified.Periods, "afgesloten periode", "afgesloten perioden", "closed period", "closed periods"),
		p.many(verified.Lines, "definitieve regel", "definitieve regels", "final line", "final lines"), p.records(verified.Rows), p.verdict(len(faults)))
	if verified.Head != "" {
		p.Line("Hoofd van de keten:\n  %s", "Head of the chain:\n  %s", verified.Head)
	}
	return nil
}

func (p *Printer) verdict(faults int) string {
	if faults == 0 {
		return p.in(green, p.text("niets wijkt af", "nothing differs"))
	}
	return p.in(red, p.many(faults, "afwijking", "afwijkingen", "difference", "differences"))
}
