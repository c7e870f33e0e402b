package shown

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/report"
)

// What the exports need to know of single rules stands here, and nowhere else in exporters.

// Rule returns the rule of a code; an empty one for a code that the catalogue no longer has, so that old findings
// can still be shown.
func Rule(catalogue *billing.Catalogue, code billing.Code) *billing.Rule {
	if rule := catalogue.Rule(code); rule != nil {
		return rule
	}
	return &billing.Rule{Code: code}
}

// RuleOn returns the rule of a code with the texts that are read of the record: a prestatie of a message has other words
// than a row of a spreadsheet. The record is nil of what is about none.
func RuleOn(catalogue *billing.Catalogue, record *billing.Record, code billing.Code) *billing.Rule {
	return Rule(catalogue, code).On(record)
}

// ReturnCode returns the code of the standard beside our own: that of the rule, and of a reject of a prestatie the one
// that answers it.
func ReturnCode(catalogue *billing.Catalogue, record *billing.Record, rule *billing.Rule) string {
	if record.Prestatie != nil && catalogue.SeverityOn(record, rule.Code) == billing.Reject {
		return string(ijw.ReturnOf(rule))
	}
	return rule.IJW
}

// ReturnCodes returns the codes that answer a rejected prestatie, each once, sorted: of rules that reject, and of holds on
// which a controller rejected it. Other rows have none.
func ReturnCodes(catalogue *billing.Catalogue, row *report.Row) []string {
	if row.Record.Prestatie == nil || row.Outcome != billing.Rejected {
		return nil
	}
	var codes []string
	for i := range row.Findings {
		code := row.Findings[i].Code
		if catalogue.SeverityOn(row.Record, code) == billing.Reject || Verdict(row, code) == billing.Refuse {
			codes = append(codes, string(ijw.ReturnOf(Rule(catalogue, code))))
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// ToldToProvider reports whether a provider may read findings of that code about its records: not when the rule speaks
// of another party.
func ToldToProvider(catalogue *billing.Catalogue, code billing.Code) bool {
	return !Rule(catalogue, code).NamesOthers
}

// anotherProvidersReferral reports whether the referral that a record names is another provider's.
func anotherProvidersReferral(findings []billing.Finding) bool { return found(findings, billing.R03) }

// AnotherClientsReferral reports whether the referral that a record names is another client's.
func AnotherClientsReferral(findings []billing.Finding) bool { return found(findings, billing.R02) }

func found(findings []billing.Finding, code billing.Code) bool {
	return slices.ContainsFunc(findings, func(f billing.Finding) bool { return f.Code == code })
}

// DescribesReferral reports whether findings of that code tell what the record's referral holds.
func DescribesReferral(catalogue *billing.Catalogue, code billing.Code) bool {
	return Rule(catalogue, code).TellsReferral
}

// isLateCare reports whether a finding says that the care is of a month before the period.
func isLateCare(code billing.Code) bool { return code == billing.T02 }

// LastDayInside returns the last day inside the maximum duration, of a finding that is about it.
func LastDayInside(code billing.Code, values []string) (day billing.Date, ok bool) {
	if code != billing.D02 && code != billing.D03 || len(values) == 0 {
		return 0, false
	}
	day, err := billing.ParseDate(values[len(values)-1])
	return day, err == nil
}

// ReadyReason returns the reason, in Dutch, that is offered where somebody decides on a hold of that code; "" for none.
func ReadyReason(code billing.Code) string {
	if code == billing.U02 {
		return "bevestigd dat er twee keer zorg is geleverd"
	}
	return ""
}

// FirstSignals are signals that somebody can still act on, the most urgent first. LastSignals only say that something
// differs.
var (
	FirstSignals = []billing.Code{billing.D03, billing.D02, billing.C05, billing.R15, billing.S04, billing.S03}
	LastSignals  = []billing.Code{billing.P03, billing.P04, billing.T02}
)

// readsNoRow reports whether a finding says that the row could not be read, or names a product or municipality that is
// not in the book: then it has no referral and no price.
func readsNoRow(code billing.Code) bool {
	return billing.Unreadable.Has(code) || code == billing.F07 || code == billing.F08
}

// hasNoPrice reports whether a finding leaves nothing that could be priced.
func hasNoPrice(code billing.Code) bool {
	return readsNoRow(code) || code == billing.P01 || code == billing.P05
}
