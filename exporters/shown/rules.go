package shown

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/report"
)

// In exporters, only this file knows what is special about single rules.

// Rule returns the rule of a code. For a code that is no longer in the catalogue it returns a rule without texts, so that old
// findings can still be shown.
func Rule(catalogue *billing.Catalogue, code billing.Code) *billing.Rule {
	if rule := catalogue.Rule(code); rule != nil {
		return rule
	}
	return &billing.Rule{Code: code}
}

// RuleOn returns the rule of a code with the texts for that record: they differ between a prestatie of a message and a row of
// a spreadsheet. The record is nil for a finding that is on no record.
func RuleOn(catalogue *billing.Catalogue, record *billing.Record, code billing.Code) *billing.Rule {
	return Rule(catalogue, code).On(record)
}

// ReturnCode returns the return code of the standard: that of the rule, or for a reject of a prestatie the code that
// answers it.
func ReturnCode(catalogue *billing.Catalogue, record *billing.Record, rule *billing.Rule) string {
	if record.Prestatie != nil && catalogue.SeverityOn(record, rule.Code) == billing.Reject {
		return string(ijw.ReturnOf(rule))
	}
	return rule.IJW
}

// ReturnCodes returns the return codes that answer a rejected prestatie, sorted and without duplicates: of rules that reject,
// and of holds on which a controller rejected it. It returns nil for other rows.
func ReturnCodes(catalogue *billing.Catalogue, row *report.Row) []string {
	if row.Record.Prestatie == nil || row.Outcome != billing.Rejected {
		return nil
	}
	var codes []string
	for i := range row.Findings {
		code := row.Findings[i].Code
		if Rejects(catalogue, row, code) {
			codes = append(codes, string(ijw.ReturnOf(Rule(catalogue, code))))
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// Rejects reports whether a finding of that code rejects the row: by its rule, or because a controller rejected the row on it.
func Rejects(catalogue *billing.Catalogue, row *report.Row, code billing.Code) bool {
	return catalogue.SeverityOn(row.Record, code) == billing.Reject || Verdict(row, code) == billing.Refuse
}

// ProviderMayRead reports whether a provider may read findings of that code on its records: not if the rule names another
// party.
func ProviderMayRead(catalogue *billing.Catalogue, code billing.Code) bool {
	return !Rule(catalogue, code).NamesOthers
}

// anotherProvidersReferral reports whether the referral that a record names is another provider's.
func anotherProvidersReferral(findings []billing.Finding) bool { return hasCode(findings, billing.R03) }

// AnotherClientsReferral reports whether the referral that a record names is another client's.
func AnotherClientsReferral(findings []billing.Finding) bool { return hasCode(findings, billing.R02) }

// hasCode reports whether one of the findings has that code.
func hasCode(findings []billing.Finding, code billing.Code) bool {
	return slices.ContainsFunc(findings, func(f billing.Finding) bool { return f.Code == code })
}

// DescribesReferral reports whether findings of that code reveal what the record's referral holds.
func DescribesReferral(catalogue *billing.Catalogue, code billing.Code) bool {
	return Rule(catalogue, code).TellsReferral
}

// isLateCare reports whether a finding says that the care is of a month before the period.
func isLateCare(code billing.Code) bool { return code == billing.T02 }

// LastDayInside returns the last day within the maximum duration, from the values of a finding about it; else ok is false.
func LastDayInside(code billing.Code, values []string) (day billing.Date, ok bool) {
	if code != billing.D02 && code != billing.D03 || len(values) == 0 {
		return 0, false
	}
	day, err := billing.ParseDate(values[len(values)-1])
	return day, err == nil
}

// ReadyReason returns the reason, in Dutch, that is suggested for a decision on a hold of that code; "" for none.
func ReadyReason(code billing.Code) string {
	if code == billing.U02 {
		return "bevestigd dat er twee keer zorg is geleverd"
	}
	return ""
}

// FirstSignals are signals on which somebody can still act, the most urgent first. LastSignals only report a
// difference.
var (
	FirstSignals = []billing.Code{billing.D03, billing.D02, billing.C05, billing.R15, billing.S04, billing.S03}
	LastSignals  = []billing.Code{billing.P03, billing.P04, billing.T02}
)

// readsNoRow reports whether a finding leaves the row without referral and price: it could not be read, or names a product or
// municipality that is not in the book.
func readsNoRow(code billing.Code) bool {
	return billing.Unreadable.Has(code) || code == billing.F07 || code == billing.F08
}

// hasNoPrice reports whether a finding leaves the row without a price.
func hasNoPrice(code billing.Code) bool {
	return readsNoRow(code) || code == billing.P01 || code == billing.P05
}
