package terminal

import (
	"fmt"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// causesShown is how many sums by municipality and provider are listed; --json has all.
const causesShown = 15

// printCauses prints what changes to care that was declared before cost, if there are any.
func (p *Printer) printCauses(causes []workspace.CauseSum) {
	if len(causes) == 0 {
		return
	}
	p.heading("Wat wijzigingen achteraf kosten", "What later changes cost")
	fmt.Fprintf(p.Out, "  %-35s %13s %13s %13s\n", "", p.text("minder", "less"), p.text("meer", "more"), p.text("samen", "total"))
	total := workspace.CauseSum{}
	byCause, order := make(map[workspace.Cause]workspace.CauseSum), []workspace.Cause(nil)
	for _, sum := range causes {
		if _, known := byCause[sum.Cause]; !known {
			order = append(order, sum.Cause)
		}
		all := byCause[sum.Cause]
		all.Keys, all.Less, all.More = all.Keys+sum.Keys, all.Less+sum.Less, all.More+sum.More
		byCause[sum.Cause] = all
		total.Less, total.More = total.Less+sum.Less, total.More+sum.More
	}
	shown := 0
	for _, cause := range order {
		p.causeRow("  "+cause.Text().In(p.Language), byCause[cause])
		for _, sum := range causes {
			if sum.Cause != cause {
				continue
			}
			if shown++; shown <= causesShown {
				p.causeRow("    "+p.municipality(sum.Municipality)+", "+sum.Provider, sum)
			}
		}
	}
	if shown > causesShown {
		fmt.Fprintf(p.Out, "    … %s %s\n", p.text("en nog", "and more:"), p.count(shown-causesShown))
	}
	p.causeRow("  "+p.text("Samen", "Total"), total)
}

// causeRow prints a row with the decrease, the increase and the net amount.
func (p *Printer) causeRow(label string, sum workspace.CauseSum) {
	if len([]rune(label)) > 37 {
		fmt.Fprintln(p.Out, label)
		label = ""
	}
	fmt.Fprintf(p.Out, "%-37s %13s %13s %13s\n", label, p.euros(sum.Less), p.euros(sum.More), p.euros(sum.Net()))
}

func causesJSON(causes []workspace.CauseSum) []object {
	list := []object{}
	for _, sum := range causes {
		list = append(list, object{"cause": string(sum.Cause), "municipality": sum.Municipality, "provider": sum.Provider, "keys": sum.Keys,
			"less": sum.Less.String(), "more": sum.More.String(), "net": sum.Net().String()})
	}
	return list
}
