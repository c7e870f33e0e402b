package terminal

import (
	"fmt"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// causesShown is how many of the changes that cost or give most are named one by one; the rest is in --json.
const causesShown = 15

// printCauses tells what changes to care that was declared cost, when there are any.
func (p *Printer) printCauses(causes []workspace.CauseSum) {
	if len(causes) == 0 {
		return
	}
	fmt.Fprintf(p.Out, "\n%s\n", p.text("Wat wijzigingen achteraf kosten", "What changes afterwards cost"))
	total := billing.Money(0)
	byCause, order := make(map[workspace.Cause]workspace.CauseSum), []workspace.Cause(nil)
	for _, sum := range causes {
		if _, known := byCause[sum.Cause]; !known {
			order = append(order, sum.Cause)
		}
		all := byCause[sum.Cause]
		all.Keys, all.Less, all.More = all.Keys+sum.Keys, all.Less+sum.Less, all.More+sum.More
		byCause[sum.Cause] = all
		total += sum.Net()
	}
	shown := 0
	for _, cause := range order {
		fmt.Fprintf(p.Out, "  %-42s %16s\n", cause.Text().In(p.Language), p.euros(byCause[cause].Net()))
		for _, sum := range causes {
			if sum.Cause != cause {
				continue
			}
			if shown++; shown <= causesShown {
				fmt.Fprintf(p.Out, "    %-40s %16s  (%s %s, %s %s)\n", p.municipality(sum.Municipality)+", "+sum.Provider, p.euros(sum.Net()),
					p.text("minder", "less"), p.euros(-sum.Less), p.text("meer", "more"), p.euros(sum.More))
			}
		}
	}
	if shown > causesShown {
		fmt.Fprintf(p.Out, "    … %s %s\n", p.text("en nog", "and more:"), p.count(shown-causesShown))
	}
	fmt.Fprintf(p.Out, "  %-42s %16s\n", p.text("Samen", "Together"), p.euros(total))
}

func causesJSON(causes []workspace.CauseSum) []object {
	list := []object{}
	for _, sum := range causes {
		list = append(list, object{"cause": string(sum.Cause), "municipality": sum.Municipality, "provider": sum.Provider, "keys": sum.Keys,
			"less": sum.Less.String(), "more": sum.More.String(), "net": sum.Net().String()})
	}
	return list
}
