package tables

import (
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/shown"
)

// RecordColumns are the columns of the export records.
var RecordColumns = []string{
	"provider", "reference", "outcome", "care_date", "bsn", "referral", "product", "unit", "quantity", "price", "codes",
	"file", "sheet", "row",
}

// RecordCells returns a row in the order of RecordColumns. A row that was not judged has no referral, price and codes;
// an F-rejected row has no referral and price.
func RecordCells(row *report.Row) []string {
	record := row.Record
	return []string{
		record.Provider, record.Reference, row.Outcome.String(), record.First.String(), record.BSN, shown.Referral(row),
		shown.Product(row), record.Unit.String(), shownQuantity(record), shownPrice(row), strings.Join(shown.Codes(row), " "),
		record.File, record.Sheet, strconv.Itoa(record.Row),
	}
}

func shownQuantity(record *billing.Record) string {
	if !record.HasQuantity {
		return ""
	}
	return record.Quantity.Format(record.Unit)
}

func shownPrice(row *report.Row) string {
	if !shown.HasPrice(row) {
		return ""
	}
	return row.Price.String()
}
