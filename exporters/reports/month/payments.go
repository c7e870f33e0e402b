package month

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// PaymentColumn is a column of payments.
type PaymentColumn = layout.Column[*report.Payment]

func paymentAmount(heading string, width float64, amount func(*report.Payment) billing.Money) PaymentColumn {
	return layout.Col(heading, width, workbook.Euro, func(_ *layout.View, p *report.Payment) workbook.Value { return workbook.Money(amount(p)) }).Summed()
}

// The columns of payments.
var (
	PaymentAGB      = layout.Col("AGB-code", 12, workbook.Plain, func(_ *layout.View, p *report.Payment) workbook.Value { return workbook.Text(p.Provider) })
	PaymentProvider = layout.Col("Aanbieder", 34, workbook.Plain, func(v *layout.View, p *report.Payment) workbook.Value {
		return workbook.Text(v.ProviderName(p.Provider))
	})
	PaymentTown = layout.Col("Gemeente", 24, workbook.Plain, func(v *layout.View, p *report.Payment) workbook.Value {
		return workbook.Text(v.MunicipalityName(p.Municipality))
	})
	PaymentTownCode = layout.Col("Gemeentecode", 17, workbook.Plain, func(_ *layout.View, p *report.Payment) workbook.Value { return workbook.Text(p.Municipality) })
	PaymentDebit    = paymentAmount("Debet", 17, func(p *report.Payment) billing.Money { return p.Debit })
	PaymentCredit   = paymentAmount("Credit", 17, func(p *report.Payment) billing.Money { return p.Credit })
	PaymentNet      = paymentAmount("Netto", 17, func(p *report.Payment) billing.Money { return p.Net })
	PaymentCarried  = paymentAmount("Verrekend van eerder", 17, func(p *report.Payment) billing.Money { return p.CarriedOver })
	PaymentToPay    = paymentAmount("Te betalen", 17, func(p *report.Payment) billing.Money { return p.ToPay })
	PaymentForward  = paymentAmount("Door naar volgende periode", 19, (*report.Payment).CarriesOver)
	PaymentDue      = layout.Col("Betalen voor of op", 14, workbook.DayOf, func(_ *layout.View, p *report.Payment) workbook.Value {
		if p.ToPay == 0 {
			return workbook.None()
		}
		return workbook.Day(p.Due)
	})
)

// PaymentsWhere returns the payments for which test returns true.
func (m *Month) PaymentsWhere(test func(*report.Payment) bool) []*report.Payment {
	var found []*report.Payment
	for i := range m.Payments {
		if test(&m.Payments[i]) {
			found = append(found, &m.Payments[i])
		}
	}
	return found
}

// PaymentSheet returns a sheet of payments.
func (m *Month) PaymentSheet(columns []PaymentColumn, payments []*report.Payment) layout.Sheet {
	const about = "Wat aan wie te betalen is, en wanneer; een negatief saldo gaat door naar de volgende periode."
	return layout.Sheet{Name: "Betaling", About: about, Build: func(book *workbook.Book, name string) error {
		rows := m.Spool.Rows()
		for _, payment := range payments {
			rows.Add(layout.CellsOf(m.View, columns, payment)...)
		}
		return book.AddTable(layout.TableOf(m.View, name, "tbl_betaling", name, m.Say(about), columns, rows))
	}}
}

// SumOf returns the sum of an amount over payments, and the number of those in which it is not 0.
func SumOf(payments []*report.Payment, amount func(*report.Payment) billing.Money) report.Sum {
	sum := report.Sum{}
	for _, payment := range payments {
		if part := amount(payment); part != 0 {
			sum = sum.Plus(report.Sum{Count: 1, Amount: part})
		}
	}
	return sum
}

func paid(p *report.Payment) billing.Money { return p.ToPay }

// ToPay returns the sum of what is to be paid.
func ToPay(payments []*report.Payment) billing.Money { return SumOf(payments, paid).Amount }
