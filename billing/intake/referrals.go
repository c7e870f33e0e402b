package intake

import (
	"github.com/pxq-nl/pxq/billing"
)

// referralRows are the rows of referrals of a file: within one file the last row of a number alone is looked at.
type referralRows struct {
	last     map[string]*billing.ReferralRow // by number
	numbers  []string                        // in the order of the file
	earlier  []*billing.ReferralRow          // rows whose number comes once more further down
	noNumber []*billing.ReferralRow
}

func newReferralRows() *referralRows {
	return &referralRows{last: make(map[string]*billing.ReferralRow)}
}

// Referral takes a row of referrals.
func (g *group) Referral(row *billing.ReferralRow) error {
	if g.file.before != 0 && g.file.again == nil {
		g.file.result.Skipped++ // the file is read again for its care only
		return nil
	}
	rows := g.file.referrals
	if row.Number == "" {
		rows.noNumber = append(rows.noNumber, row)
		return nil
	}
	if before := rows.last[row.Number]; before != nil {
		rows.earlier = append(rows.earlier, before)
	} else {
		rows.numbers = append(rows.numbers, row.Number)
	}
	rows.last[row.Number] = row
	return nil
}

// takeReferrals turns the rows of the file into versions, in the order of the file.
func (g *group) takeReferrals() error {
	rows := g.file.referrals
	for _, row := range rows.noNumber {
		_, cells := billing.MergeReferral(nil, row)
		g.refuseReferral(row, cells, billing.Text{})
	}
	for _, row := range rows.earlier {
		g.refuseReferral(row, nil, billing.Text{
			Dutch:   "dit nummer staat verderop in het bestand nog eens; alleen de laatste regel telt.",
			English: "this number is in the file once more further down; only the last row counts.",
		})
	}
	if len(rows.numbers) == 0 {
		return nil
	}
	latest, err := g.tx.LatestReferrals(g.ctx, rows.numbers)
	if err != nil {
		return err
	}
	for _, number := range rows.numbers {
		if err := g.takeReferral(latest[number], rows.last[number]); err != nil {
			return err
		}
	}
	return nil
}

func (g *group) takeReferral(before *billing.Referral, row *billing.ReferralRow) error {
	if before != nil && g.file.again.older(before.FileID) {
		g.file.result.Skipped++
		return nil
	}
	next, cells := billing.MergeReferral(before, row)
	if next == nil {
		g.refuseReferral(row, cells, billing.Text{})
		return nil
	}
	if before != nil && before.BSN != next.BSN {
		g.refuseReferral(row, nil, billing.Text{
			Dutch:   "dit nummer is al bekend voor een andere cliënt. Geef de toewijzing een eigen nummer.",
			English: "this number is known for another client already. Give the referral a number of its own.",
		})
		return nil
	}
	if before != nil && sameReferral(before, next) {
		g.file.result.Skipped++
		return nil
	}
	g.file.result.Referrals++
	g.mark(next.BSN)
	next.Received, next.Given = g.asOf, columnsOf(row)
	return g.tx.AddReferral(g.ctx, next, g.file.id)
}

func (g *group) refuseReferral(row *billing.ReferralRow, cells []billing.ReferralCell, reason billing.Text) {
	g.referralProblems = append(g.referralProblems, ReferralProblem{
		File: g.file.result.Name, Sheet: row.Sheet, Row: row.Row, Number: g.withoutClients(row.Number, row.BSN), Cells: cells, Reason: reason,
	})
}

// sameReferral reports whether a new version says nothing new.
func sameReferral(a, b *billing.Referral) bool {
	x, y := *a, *b
	same := x.VolumeText.Equal(y.VolumeText) && (x.BeforeText == nil) == (y.BeforeText == nil) && (x.BeforeText == nil || x.BeforeText.Equal(*y.BeforeText))
	for _, r := range []*billing.Referral{&x, &y} {
		r.VolumeText, r.BeforeText = x.VolumeText, nil
		r.Version, r.Received, r.File, r.FileID, r.Sheet, r.Row, r.Given = 0, 0, "", 0, "", 0, 0
	}
	return same && x == y
}
