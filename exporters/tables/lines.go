package tables

import (
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
)

// LineColumns are the columns of the export lines.
var LineColumns = []string{
	"period", "kind", "care_month", "municipality", "provider", "bsn", "referral", "product", "unit", "quantity", "price",
	"amount", "records", "line", "original_line",
}

// lineCells returns a declaration line in the order of LineColumns.
func lineCells(line *billing.DeclaredLine) []string {
	return []string{
		line.Period.String(), string(line.Kind), line.CareMonth.String(), line.Municipality, line.Provider, line.BSN,
		line.Referral, line.Product, line.Unit.String(), line.Quantity.Format(line.Unit), line.Price.String(),
		line.Amount.String(), strconv.Itoa(line.Records), line.Number, line.Original,
	}
}

// paymentColumns are the columns of the export payments.
var paymentColumns = []string{
	"period", "provider", "municipality", "debit", "credit", "net", "carried_over", "to_pay", "due_date",
}

// paymentCells returns a payment in the order of paymentColumns.
func paymentCells(period billing.Period, payment *report.Payment) []string {
	return []string{
		period.String(), payment.Provider, payment.Municipality, payment.Debit.String(), payment.Credit.String(),
		payment.Net.String(), payment.CarriedOver.String(), payment.ToPay.String(), payment.Due.String(),
	}
}
