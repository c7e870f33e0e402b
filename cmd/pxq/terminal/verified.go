package terminal

import (
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Verified prints the result of verifying the ledger.
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
	if verified.Periods > 1 && verified.Rows > 0 {
		p.Line("  Een zorgregel telt hierin voor elke afgesloten periode waarin zij akkoord was. Ook alle andere bewaarde rijen zijn gelezen en met hun controlesom vergeleken.",
			"  A care record counts here for every closed period in which it was accepted. All other stored rows were also read and compared with their checksums.")
	}
	if verified.Head != "" {
		p.Line("Hoofd van de keten:\n  %s", "Head of the chain:\n  %s", verified.Head)
	}
	return nil
}

func (p *Printer) verdict(faults int) string {
	if faults == 0 {
		return p.in(green, p.text("niets wijkt af", "no differences"))
	}
	return p.in(red, p.many(faults, "afwijking", "afwijkingen", "difference", "differences"))
}

// Trail prints the last commands of the audit trail, or all if last is 0, and whether its chain holds.
func (p *Printer) Trail(told *workspace.Trail, last int) error {
	first := 0
	if last > 0 {
		first = max(0, len(told.Commands)-last)
	}
	faults := []string{}
	for _, fault := range told.Faults {
		faults = append(faults, fault.In(p.Language))
	}
	if p.JSON {
		commands := []object{}
		for i := first; i < len(told.Commands); i++ {
			commands = append(commands, trailJSON(&told.Commands[i], told.Ended[i]))
		}
		return p.writeJSON(object{"commands": commands, "entries": told.Entries, "head": told.Head, "faults": faults})
	}
	for i := first; i < len(told.Commands); i++ {
		p.printCommand(&told.Commands[i])
	}
	for _, fault := range faults {
		fmt.Fprintln(p.Out, fault)
	}
	p.Line("%s in %s nagerekend: %s.", "%s in %s recomputed: %s.", p.many(len(told.Commands), "opdracht", "opdrachten", "command", "commands"),
		p.many(told.Entries, "regel", "regels", "entry", "entries"), p.verdict(len(faults)))
	return nil
}

func trailJSON(e *workspace.TrailEntry, ended string) object {
	files := []object{}
	for _, file := range e.Files {
		files = append(files, object{"name": file.Name, "sha256": file.SHA256})
	}
	counts := object{}
	for name, number := range e.Counts {
		counts[name] = number
	}
	return object{"number": e.Act, "begun": e.Moment, "ended": ended, "who": e.Who, "command": e.Command, "result": string(e.Result), "files": files, "counts": counts, "remark": e.Remark}
}

// results are the names of the final results of commands. A command with another result is at work, or was killed.
var results = map[string]billing.Text{
	"done": {Dutch: "gedaan", English: "done"}, "failed": {Dutch: "mislukt of geweigerd", English: "failed or refused"},
	"interrupted": {Dutch: "onderbroken", English: "interrupted"},
}

// countNames are the names of the counts of a command.
var countNames = []struct {
	key  string
	name billing.Text
}{
	{"rows", billing.Text{Dutch: "zorgregels gelezen", English: "records read"}}, {"kept", billing.Text{Dutch: "bewaard", English: "stored"}},
	{"withdrawn files", billing.Text{Dutch: "teruggenomen bestanden", English: "files taken back"}},
	{"lines", billing.Text{Dutch: "declaratieregels", English: "lines"}}, {"cents", billing.Text{Dutch: "samen", English: "total"}},
}

func (p *Printer) printCommand(e *workspace.TrailEntry) {
	result, ended := results[string(e.Result)]
	if !ended {
		result = billing.Text{Dutch: "bezig", English: "in progress"}
	}
	fmt.Fprintf(p.Out, "%d  %s  %s  %s\n", e.Act, e.Moment, e.Who, p.in(bold, result.In(p.Language)))
	fmt.Fprintf(p.Out, "    %s\n", e.Command)
	for _, file := range e.Files {
		fmt.Fprintf(p.Out, "    %s  %s\n", file.SHA256, file.Name)
	}
	var counts []string
	for _, count := range countNames {
		if number, has := e.Counts[count.key]; has {
			shown := p.count(int(number))
			if count.key == "cents" {
				shown = p.euros(billing.Money(number))
			}
			counts = append(counts, count.name.In(p.Language)+": "+shown)
		}
	}
	if len(counts) > 0 {
		fmt.Fprintf(p.Out, "    %s\n", strings.Join(counts, ", "))
	}
	if e.Remark != "" {
		fmt.Fprintf(p.Out, "    %s\n", e.Remark)
	}
}
