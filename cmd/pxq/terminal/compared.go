package terminal

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// compared writes the values that a rule held against each other when it found nothing; "" when the rule looks at the row
// alone or at personal data.
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

// orNone shows that there is no value.
func orNone(value string) string {
	if value == "" {
		return "–"
	}
	return value
}
