package terminal

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// compared returns the values that a rule without findings compared; "" when the rule looks only at the row, or at personal
// data.
func (p *Printer) compared(e *workspace.Story, rule *billing.Rule) string {
	if e.Case == nil || e.Case.Product == nil || rule.Compare == nil {
		return ""
	}
	var use *billing.RoomUse
	if e.Use != nil {
		use = &e.Use.RoomUse
	}
	var values []string
	for _, one := range rule.Compare(e.Case, use) {
		if e.Use != nil && one.Value == e.Case.Referral.Number {
			one.Value = e.Use.Number
		}
		values = append(values, one.Name.In(p.Language)+" "+orNone(rules.Show(one.Form, one.Value, p.Language)))
	}
	return strings.Join(values, "; ")
}

// orNone returns a dash for an empty value.
func orNone(value string) string {
	if value == "" {
		return "–"
	}
	return value
}
