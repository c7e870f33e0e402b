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
	fmt.Fprintf(p.Out, p.text("%s afgesloten perioden, %s definitieve regels en %s zorgregels nagerekend: %s.\n",
		"%s closed periods, %s final lines and %s records recomputed: %s.\n"), p.count(verified.Periods), p.count(verified.Lines), p.count(verified.Rows),
		p.verdict(len(faults)))
	if verified.Head != "" {
		fmt.Fprintf(p.Out, "%s %s\n", p.text("Hoofd van de keten:", "Head of the chain:"), verified.Head)
	}
	return nil
}

func (p *Printer) verdict(faults int) string {
	if faults == 0 {
		return p.text("niets wijkt af", "nothing differs")
	}
	return fmt.Sprintf(p.text("%d afwijkingen", "%d differences"), faults)
}
