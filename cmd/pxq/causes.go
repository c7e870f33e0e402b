package main

import (
	"fmt"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
)

// causesShown is how many of the changes that cost or give most are named one by one; the rest is in --json.
const causesShown = 15

// printCauses tells what changes to care that was declared cost, when there are any.
func (a *app) printCauses(causes []report.CauseSum) {
	if len(causes) == 0 {
		return
	}
	fmt.Fprintf(a.out, "\n%s\n", a.text("Wat wijzigingen achteraf kosten", "What changes afterwards cost"))
	total := billing.Money(0)
	byCause, order := make(map[billing.Cause]report.CauseSum), []billing.Cause(nil)
	for _, sum := range causes {
		if _, known := byCause[sum.Cause]; !known {
			order = append(order, sum.Cause)
		}
		all := byCause[sum.Cause]
		all.Keys, all.Credit, all.Debit = all.Keys+sum.Keys, all.Credit+sum.Credit, all.Debit+sum.Debit
		byCause[sum.Cause] = all
		total += sum.Net()
	}
	shown := 0
	for _, cause := range order {
		fmt.Fprintf(a.out, "  %-42s %16s\n", cause.Text().In(a.language), a.euros(byCause[cause].Net()))
		for _, sum := range causes {
			if sum.Cause != cause {
				continue
			}
			if shown++; shown <= causesShown {
				fmt.Fprintf(a.out, "    %-40s %16s  (%s %s, %s %s)\n", a.municipality(sum.Municipality)+", "+sum.Provider, a.euros(sum.Net()),
					a.text("terug", "back"), a.euros(-sum.Credit), a.text("opnieuw", "anew"), a.euros(sum.Debit))
			}
		}
	}
	if shown > causesShown {
		fmt.Fprintf(a.out, "    … %s %s\n", a.text("en nog", "and more:"), a.count(shown-causesShown))
	}
	fmt.Fprintf(a.out, "  %-42s %16s\n", a.text("Samen", "Together"), a.euros(total))
}

func causesJSON(causes []report.CauseSum) []object {
	list := []object{}
	for _, sum := range causes {
		list = append(list, object{"cause": string(sum.Cause), "municipality": sum.Municipality, "provider": sum.Provider, "keys": sum.Keys,
			"credit": sum.Credit.String(), "debit": sum.Debit.String(), "net": sum.Net().String()})
	}
	return list
}
