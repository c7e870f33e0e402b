package reports

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

type paymentColumn = column[*report.Payment]

func paymentAmount(heading string, amount func(*report.Payment) billing.Money) paymentColumn {
	return paymentColumn{heading, 17, workbook.Euro, func(_ *view, p *report.Payment) workbook.Value { return workbook.Money(amount(p)) }, summed}
}

// The columns of payments.
var (
	paymentAGB      = paymentColumn{"AGB-code", 12, workbook.Plain, func(_ *view, p *report.Payment) workbook.Value { return workbook.Text(p.Provider) }, plain}
	paymentProvider = paymentColumn{"Aanbieder", 34, workbook.Plain, func(v *view, p *report.Payment) workbook.Value { return workbook.Text(v.providerName(p.Provider)) }, plain}
	paymentTown     = paymentColumn{"Gemeente", 24, workbook.Plain, func(v *view, p *report.Payment) workbook.Value {
		return workbook.Text(v.municipalityName(p.Municipality))
	}, plain}
	paymentTownCode = paymentColumn{"Gemeentecode", 17, workbook.Plain, func(_ *view, p *report.Payment) workbook.Value { return workbook.Text(p.Municipality) }, plain}
	paymentDebit    = paymentAmount("Debet", func(p *report.Payment) billing.Money { return p.Debit })
	paymentCredit   = paymentAmount("Credit", func(p *report.Payment) billing.Money { return p.Credit })
	paymentNet      = paymentAmount("Netto", func(p *report.Payment) billing.Money { return p.Net })
	paymentCarried  = paymentAmount("Verrekend van eerder", func(p *report.Payment) billing.Money { return p.CarriedOver })
	paymentToPay    = paymentAmount("Te betalen", func(p *report.Payment) billing.Money { return p.ToPay })
	paymentForward  = paymentAmount("Door naar volgende periode", goesOn)
	paymentDue      = paymentColumn{"Betalen voor of op", 14, workbook.DayOf, func(_ *view, p *report.Payment) workbook.Value {
		if p.ToPay == 0 {
			return workbook.None()
		}
		return workbook.Day(p.Due)
	}, plain}
)

var (
	paymentsOfRegion = []paymentColumn{
		paymentAGB, paymentProvider, paymentTownCode, paymentTown, paymentDebit, paymentCredit, paymentNet, paymentCarried,
		paymentToPay, paymentForward, paymentDue,
	}
	paymentsOfMunicipality = []paymentColumn{
		paymentAGB, paymentProvider, paymentDebit, paymentCredit, paymentNet, paymentCarried, paymentToPay, paymentForward, paymentDue,
	}
)

// paymentsWhere gives the payments for which the test holds.
func (g *gathering) paymentsWhere(test func(*report.Payment) bool) []*report.Payment {
	var found []*report.Payment
	for i := range g.Payments {
		if test(&g.Payments[i]) {
			found = append(found, &g.Payments[i])
		}
	}
	return found
}

// paymentSheet is a sheet with what is to be paid.
func (g *gathering) paymentSheet(columns []paymentColumn, payments []*report.Payment) sheet {
	const about = "Wat aan wie te betalen is, en wanneer; een negatief saldo gaat door naar de volgende periode."
	return sheet{name: "Betaling", about: about, build: func(book *workbook.Book, name string) error {
		rows := g.spool.Rows()
		for _, payment := range payments {
			rows.Add(cellsOf(g.view, columns, payment)...)
		}
		return book.AddTable(tableOf(g.view, name, "tbl_betaling", name, g.say(about), columns, rows))
	}}
}

// goesOn is what a payment leaves for the next period: nothing, or a negative balance.
func goesOn(p *report.Payment) billing.Money { return p.Net + p.CarriedOver - p.ToPay }

// sumOf adds up an amount of payments, and counts those that have it.
func sumOf(payments []*report.Payment, amount func(*report.Payment) billing.Money) report.Sum {
	sum := report.Sum{}
	for _, payment := range payments {
		if part := amount(payment); part != 0 {
			sum = sum.Plus(report.Sum{Count: 1, Amount: part})
		}
	}
	return sum
}

func paid(p *report.Payment) billing.Money { return p.ToPay }

// toPay adds up what is to be paid.
func toPay(payments []*report.Payment) billing.Money { return sumOf(payments, paid).Amount }

func showEuros(amount billing.Money, language string) string {
	return rules.Show("amount", amount.String(), language)
}
