package site

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// PaymentLine is a payment with the names of the municipality that pays and the provider that is paid.
type PaymentLine struct {
	Municipality string
	Provider     string
	Debit        billing.Money
	Credit       billing.Money
	Net          billing.Money
	Carried      billing.Money
	ToPay        billing.Money
	Due          billing.Date
}

// PaymentLines returns the payments of a month.
func (s *Site) PaymentLines(month *views.Month, language string) []PaymentLine {
	var lines []PaymentLine
	names := s.Names(language)
	for _, p := range month.Payments {
		lines = append(lines, PaymentLine{
			Municipality: names.Municipality(p.Municipality), Provider: names.Provider(p.Provider), Debit: p.Debit, Credit: p.Credit, Net: p.Net, Carried: p.CarriedOver, ToPay: p.ToPay, Due: p.Due,
		})
	}
	return lines
}
