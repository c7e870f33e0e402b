package importers

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// totalsWords are the words that begin a row of totals.
var totalsWords = [...]string{"Totaal", "Total", "Subtotaal", "Eindtotaal", "Algemeen totaal", "Som"}

// isTotals reports whether a row holds totals: it begins with one of totalsWords and does not say whose care it is or
// when it was given. The word is not enough, since a provider called TotaalZorg may come first in every row.
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

// isAboutSomebody reports whether the row has a readable BSN or care date; on a referral sheet a readable BSN or start
// date, on a decision sheet a decision or the code of a rule.
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
