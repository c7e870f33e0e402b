package exporters

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
)

// RecordColumns are the columns of the export records.
var RecordColumns = []string{
	"provider", "reference", "outcome", "care_date", "bsn", "referral", "product", "unit", "quantity", "price", "codes",
	"file", "sheet", "row",
}

// RecordCells gives a row in the order of RecordColumns. What was not judged has no referral, price and codes;
// an F-rejected row has no referral and price.
func RecordCells(row *batch.Row) []string {
	record := row.Record
	return []string{
		record.Provider, record.Reference, row.Outcome.String(), record.Date.String(), record.BSN, shownReferral(row),
		shownProduct(row), record.Unit.String(), shownQuantity(record), shownPrice(row), strings.Join(shownCodes(row), " "),
		record.File, record.Sheet, strconv.Itoa(record.Row),
	}
}

// rowRejects are the F findings that reject.
var rowRejects = billing.Unreadable | billing.Codes(billing.F07, billing.F08)

// priceless are the findings after which no price is shown.
var priceless = rowRejects | billing.Codes(billing.P01, billing.P05)

// judged says whether the row was held against the rules: not one that was replaced or withdraws.
func judged(row *batch.Row) bool {
	return row.Outcome != billing.Replaced && row.Outcome != billing.Withdrawn
}

func codesOf(row *batch.Row) billing.CodeSet {
	var set billing.CodeSet
	for i := range row.Findings {
		set |= billing.Codes(row.Findings[i].Code)
	}
	return set
}

func shownReferral(row *batch.Row) string {
	if !judged(row) || codesOf(row).Meets(rowRejects) {
		return ""
	}
	return row.Referral
}

func shownProduct(row *batch.Row) string {
	if row.Product != "" {
		return row.Product
	}
	return row.Record.Product
}

func shownQuantity(record *billing.Record) string {
	if !record.HasQuantity {
		return ""
	}
	return record.Quantity.Format(record.Unit)
}

func shownPrice(row *batch.Row) string {
	if !hasPrice(row) {
		return ""
	}
	return row.Price.String()
}

func hasPrice(row *batch.Row) bool {
	return row.Price != 0 && judged(row) && !codesOf(row).Meets(priceless)
}

// shownCodes gives the codes of the row's findings, each once, sorted.
func shownCodes(row *batch.Row) []string {
	if !judged(row) {
		return nil
	}
	codes := make([]string, 0, len(row.Findings))
	for i := range row.Findings {
		codes = append(codes, row.Findings[i].Code.String())
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}
