// Package shown decides how rows, findings and lines are shown, in tables for programs and workbooks for people alike: which
// values a row has to show (shown.go), what is special about single rules (rules.go), and what a provider may read of its
// own rows (provider.go).
package shown

import (
	"slices"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
)

// Judged reports whether the row was judged by the rules; replaced and withdrawing rows were not.
func Judged(row *report.Row) bool {
	return row.Outcome != billing.Replaced && row.Outcome != billing.Withdrawn
}

// hasFinding reports whether the row has a finding for whose code test returns true.
func hasFinding(row *report.Row, test func(billing.Code) bool) bool {
	return slices.ContainsFunc(row.Findings, func(f billing.Finding) bool { return test(f.Code) })
}

// Referral returns the number of the referral that was used; "" for a row that was not judged or could not be read.
func Referral(row *report.Row) string {
	if !Judged(row) || hasFinding(row, readsNoRow) {
		return ""
	}
	return row.Referral
}

// Product returns the product's code as the book spells it, or as it was written.
func Product(row *report.Row) string {
	if row.Product != "" {
		return row.Product
	}
	return row.Record.Product
}

// HasPrice reports whether there is a price to show.
func HasPrice(row *report.Row) bool {
	return row.Price != 0 && Judged(row) && !hasFinding(row, hasNoPrice)
}

// Codes returns the codes of the row's findings, each once, sorted.
func Codes(row *report.Row) []string {
	if !Judged(row) {
		return nil
	}
	codes := make([]string, 0, len(row.Findings))
	for i := range row.Findings {
		codes = append(codes, row.Findings[i].Code.String())
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// Decision returns the decision in force on a finding of the row; nil for none.
func Decision(row *report.Row, code billing.Code) *billing.Decision {
	for i := len(row.Decisions) - 1; i >= 0; i-- {
		if row.Decisions[i].Code == code {
			return &row.Decisions[i]
		}
	}
	return nil
}

// Verdict returns the word of the decision in force on a finding of the row; "" for none.
func Verdict(row *report.Row, code billing.Code) string {
	if decision := Decision(row, code); decision != nil {
		return decision.Word
	}
	return ""
}

// MessageAndRemedy returns what was found and how to put it right.
func MessageAndRemedy(rule *billing.Rule, values []string, language string) string {
	message, remedy := rules.Message(rule, values, language), rules.Remedy(rule, values, language)
	if message == "" || remedy == "" {
		return message + remedy
	}
	return message + " " + remedy
}

// Column returns the letters of a field's column on the row's sheet; "" if it is not known.
func Column(row *report.Row, field billing.Field) string {
	if row.Columns == nil || field == billing.NoField || field >= billing.FieldsEnd {
		return ""
	}
	letters, err := excelize.ColumnNumberToName(row.Columns.Columns[field])
	if err != nil {
		return ""
	}
	return letters
}

// SignedQuantity returns the quantity of a line, negative for a credit, like its amount.
func SignedQuantity(line *billing.DeclaredLine) billing.Quantity {
	if line.Kind == billing.Credit {
		return -line.Quantity
	}
	return line.Quantity
}
