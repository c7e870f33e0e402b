package importers

import (
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// decisions turns the rows of a sheet into decisions, as written: what they mean is for the batch to judge,
// which knows the records. A row of which the controller left the decision empty is handed over too.
type decisions struct {
	*layout
	provider table.Cell
	file     string
	sheet    string
}

func (d *decisions) decision(row table.Row) *billing.DecisionRow {
	text := func(field decisionField) string { return cellAt(row.Cells, d.place[field]).Text }
	decision := &billing.DecisionRow{
		Reference: text(decisionReference), Code: text(decisionCode), Word: text(decisionWord),
		Reason: text(decisionReason), By: text(decisionBy), File: d.file, Sheet: d.sheet, Row: row.Number,
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

// readVersion reads the number of a version; none is the current one.
func readVersion(text string) (version int, bad bool) {
	if text == "" {
		return 0, false
	}
	version, err := strconv.Atoi(text)
	if err != nil || version < 1 || !allDigits(text) {
		return 0, true
	}
	return version, false
}
