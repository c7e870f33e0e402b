package batch

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
)

// ReferralProblem says why a row of referrals was not taken. An earlier version stays as it was.
type ReferralProblem struct {
	File, Sheet string
	Row         int
	Number      string
	Cells       []billing.ReferralCell // cells that could not be taken
	Reason      billing.Text           // when it is about the row as a whole
}

// referralIntake gathers the rows of a file by number: within one file the last row alone is looked at.
type referralIntake struct {
	rows   map[string]*billing.ReferralRow
	order  []string
	double []*billing.ReferralRow
	noName []*billing.ReferralRow // rows without a number
}

func newReferralIntake() *referralIntake {
	return &referralIntake{rows: make(map[string]*billing.ReferralRow)}
}

// Referral takes a row of referrals.
func (in *intake) Referral(row *billing.ReferralRow) error {
	if in.file.before != 0 && in.file.anew == nil {
		in.file.result.Skipped++ // the file is read again for its care only
		return nil
	}
	gathered := in.file.referrals
	if row.Number == "" {
		gathered.noName = append(gathered.noName, row)
		return nil
	}
	if before := gathered.rows[row.Number]; before != nil {
		gathered.double = append(gathered.double, before)
	} else {
		gathered.order = append(gathered.order, row.Number)
	}
	gathered.rows[row.Number] = row
	return nil
}

// takeReferrals turns the gathered rows into versions, in the order of the file.
func (in *intake) takeReferrals(ctx context.Context) error {
	gathered := in.file.referrals
	for _, row := range gathered.noName {
		_, cells := billing.MergeReferral(nil, row)
		in.refuseReferral(row, cells, billing.Text{})
	}
	for _, row := range gathered.double {
		in.refuseReferral(row, nil, billing.Text{
			Dutch:   "dit nummer staat verderop in het bestand nog eens; alleen de laatste regel telt.",
			English: "this number is in the file once more further down; only the last row counts.",
		})
	}
	if len(gathered.order) == 0 {
		return nil
	}
	latest, err := in.tx.LatestReferrals(ctx, gathered.order)
	if err != nil {
		return err
	}
	for _, number := range gathered.order {
		if err := in.takeReferral(ctx, latest[number], gathered.rows[number]); err != nil {
			return err
		}
	}
	return nil
}

func (in *intake) takeReferral(ctx context.Context, before *billing.Referral, row *billing.ReferralRow) error {
	if before != nil && in.file.anew.older(before.FileID) {
		in.file.result.Skipped++
		return nil
	}
	next, cells := billing.MergeReferral(before, row)
	if next == nil {
		in.refuseReferral(row, cells, billing.Text{})
		return nil
	}
	if before != nil && before.BSN != next.BSN {
		in.refuseReferral(row, nil, billing.Text{
			Dutch:   "dit nummer is al bekend voor een andere cliënt. Geef de toewijzing een eigen nummer.",
			English: "this number is known for another client already. Give the referral a number of its own.",
		})
		return nil
	}
	if before != nil && sameReferral(before, next) {
		in.file.result.Skipped++
		return nil
	}
	in.file.result.Referrals++
	in.mark(next.BSN)
	next.Received, next.Given = in.asOf, columnsOf(row)
	return in.tx.AddReferral(ctx, next, in.file.id)
}

func (in *intake) refuseReferral(row *billing.ReferralRow, cells []billing.ReferralCell, reason billing.Text) {
	in.referralProblems = append(in.referralProblems, ReferralProblem{
		File: in.file.result.Name, Sheet: row.Sheet, Row: row.Row, Number: billing.Mask(row.Number), Cells: cells, Reason: reason,
	})
}

// sameReferral says whether a new version says nothing new.
func sameReferral(a, b *billing.Referral) bool {
	x, y := *a, *b
	same := x.VolumeText.Equal(y.VolumeText) && (x.BeforeText == nil) == (y.BeforeText == nil) && (x.BeforeText == nil || x.BeforeText.Equal(*y.BeforeText))
	for _, r := range []*billing.Referral{&x, &y} {
		r.VolumeText, r.BeforeText = x.VolumeText, nil
		r.Version, r.Received, r.File, r.FileID, r.Sheet, r.Row, r.Given = 0, 0, "", 0, "", 0, 0
	}
	return same && x == y
}
