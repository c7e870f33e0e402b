package ijw

import "github.com/pxq-nl/pxq/billing"

// The return codes for rejects that the standard does not know: those with the nearest meaning in its closed list.
var nearest = map[billing.Code]ReturnCode{
	billing.C01: "0611", billing.C02: "0611", billing.C03: "0611", billing.C04: "0611",
	billing.P02: "0611", billing.P05: "0611",
	billing.F06: "9341", billing.P01: "9341",
	billing.F03: "9321",
	billing.T01: "9319", billing.T03: "9319",
	billing.D01: "9308",
}

// unlisted is the return code for every other reject: it means that the referral does not cover the prestatie.
const unlisted ReturnCode = "9338"

// ReturnOf returns the return code for a prestatie that a rule of pxq rejects: the rule's own, or the nearest one in the
// list of the standard. The return file to the provider names the rule itself.
func ReturnOf(rule *billing.Rule) ReturnCode {
	if rule.IJW != "" {
		return ReturnCode(rule.IJW)
	}
	if code, ok := nearest[rule.Code]; ok {
		return code
	}
	return unlisted
}
