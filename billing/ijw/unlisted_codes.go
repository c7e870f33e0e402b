package ijw

import "github.com/pxq-nl/pxq/billing"

// The return codes of rejects for which the standard has none, of the nearest meaning in its closed list.
var nearest = map[billing.Code]ReturnCode{
	billing.C01: "0611", billing.C02: "0611", billing.C03: "0611", billing.C04: "0611",
	billing.P02: "0611", billing.P05: "0611",
	billing.F06: "9341", billing.P01: "9341",
	billing.F03: "9321",
	billing.T01: "9319", billing.T03: "9319",
	billing.D01: "9308",
}

// unlisted answers every other reject: it says that the referral does not carry the prestatie.
const unlisted ReturnCode = "9338"

// ReturnOf gives the code with which a rule of pxq answers the prestatie that it rejects: the rule's own return code, or
// the nearest one that the list has. The return file to the provider names the rule itself.
func ReturnOf(rule *billing.Rule) ReturnCode {
	if rule.IJW != "" {
		return ReturnCode(rule.IJW)
	}
	if code, ok := nearest[rule.Code]; ok {
		return code
	}
	return unlisted
}
