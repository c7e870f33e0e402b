package importers

import (
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// decisions reads the rows of a decision sheet as written; package batch, which knows the records, judges them. A row
// whose decision cell the controller left empty is read too.
type decisions struct {
	*layout
	provider table.Cell
	file     string
	sheet    string
}

func (d *decisions) decision(row table.Row) *billing.DecisionRow {
	text := func(field decisionField) string { return cellAt(row.Cells, d.place[field]).Text }
	reason := cellAt(row.Cells, d.place[decisionReason])
	decision := &billing.DecisionRow{
		Reference: text(decisionReference), Code: text(decisionCode), Word: text(decisionWord),
		Reason: usableText(reason), By: usableText(cellAt(row.Cells, d.place[decisionBy])), Second: usableText(cellAt(row.Cells, d.place[decisionSecond])), File: d.file, Sheet: d.sheet, Row: row.Number,
	}
	if filled(reason) && !usable(reason) {
		decision.BadReason.Place = cellName(d.place[decisionReason], row.Number)
		if reason.Kind != table.NoValue {
			decision.BadReason.Found = maskedText(reason)
		}
	}
	provider := cellAt(row.Cells, d.place[decisionProvider])
	if !filled(provider) {
		provider = d.provider
	}
	decision.Provider = provider.Text
	if agb, ok := readAGB(provider); ok {
		decision.Provider = agb
	}
	decision.Version, decision.BadVersion = readVersion(text(decisionVersion))
	return decision
}

// readVersion reads the number of a version; 0 means none is given. bad reports text that is not a positive number.
func readVersion(text string) (version int, bad bool) {
	if text = billing.WithoutPointZero(text); text == "" {
		return 0, false
	}
	version, err := strconv.Atoi(text)
	if err != nil || version < 1 || !allDigits(text) {
		return 0, true
	}
	return version, false
}
