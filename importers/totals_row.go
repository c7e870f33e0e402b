package importers

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// totalsWords are the words with which a row of totals begins.
var totalsWords = [...]string{"Totaal", "Total", "Subtotaal", "Eindtotaal", "Algemeen totaal", "Som"}

// isTotals reports whether a row holds totals: it begins with such a word, and nothing in it says whose care it is
// or when. A provider called TotaalZorg may stand first in every row.
func (l *layout) isTotals(cells []table.Cell) bool {
	return beginsTotals(firstFilled(cells)) && !l.isAboutSomebody(cells)
}

func beginsTotals(first table.Cell) bool {
	for _, word := range totalsWords {
		if len(first.Text) >= len(word) && strings.EqualFold(first.Text[:len(word)], word) {
			return true
		}
	}
	return false
}

// isAboutSomebody reports whether the row has a readable BSN or day of care, in a file of referrals a readable BSN
// or start, among decisions a decision or the code of a rule.
func (l *layout) isAboutSomebody(cells []table.Cell) bool {
	bsn, date := int(billing.FieldBSN), int(billing.FieldDate)
	switch l.kind {
	case billing.DecisionSheet:
		code := strings.ToUpper(usableText(cellAt(cells, l.place[decisionCode])))
		return filled(cellAt(cells, l.place[decisionWord])) || billing.ParseCode(code) != billing.NoCode
	case billing.ReferralSheet:
		bsn, date = int(billing.ReferralBSN), int(billing.ReferralStart)
	}
	_, wrong := readBSN(cellAt(cells, l.place[bsn]))
	_, ok := readDate(cellAt(cells, l.place[date]))
	return wrong == "" || ok
}
