package intake

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// referralRows are the referral rows of a file.
type referralRows struct {
	byNumber map[string][]*billing.ReferralRow
	numbers  []string // in the order of the file
	noNumber []*billing.ReferralRow
}

func newReferralRows() *referralRows {
	return &referralRows{byNumber: make(map[string][]*billing.ReferralRow)}
}

// Referral adds a row of a referral file.
func (g *group) Referral(row *billing.ReferralRow) error {
	if g.file.before != 0 && g.file.again == nil {
		g.file.result.Skipped++ // the file is read again only for its care
		return nil
	}
	rows := g.file.referrals
	if row.Number == "" {
		rows.noNumber = append(rows.noNumber, row)
		return nil
	}
	if rows.byNumber[row.Number] == nil {
		rows.numbers = append(rows.numbers, row.Number)
	}
	rows.byNumber[row.Number] = append(rows.byNumber[row.Number], row)
	return nil
}

// takeReferrals turns the rows of the file into versions, in the order of the file. Of the rows of one referral only the
// last counts.
func (g *group) takeReferrals() error {
	rows := g.file.referrals
	for _, row := range rows.noNumber {
		_, cells := billing.MergeReferral(nil, row)
		g.refuseReferral(row, cells, billing.Text{})
	}
	if len(rows.numbers) == 0 {
		return nil
	}
	latest, err := g.tx.LatestReferrals(g.ctx, rows.numbers)
	if err != nil {
		return err
	}
	g.file.writer = g.tx.ReferralWriter()
	for _, number := range rows.numbers {
		known := latest[number]
		for _, same := range g.sameReferrals(known, rows.byNumber[number]) {
			last := len(same) - 1
			for _, row := range same[:last] {
				g.refuseReferral(row, nil, billing.Text{
					Dutch:   "dit nummer staat verderop in het bestand nog eens; alleen de laatste regel telt.",
					English: "this number appears again further down in the file; only the last row counts.",
				})
			}
			taken, err := g.takeReferral(known, same[last])
			if err != nil {
				return err
			}
			if taken != nil {
				known = append(slices.DeleteFunc(slices.Clone(known), func(r *billing.Referral) bool { return r.BSN == taken.BSN }), taken)
			}
		}
	}
	return g.file.writer.Flush(g.ctx)
}

// bearer identifies whose referral a row is about: the row's own cells or, for a column that the file lacks, those of the
// only known version of the number.
type bearer struct{ bsn, municipality string }

func (g *group) bearerOf(known []*billing.Referral, row *billing.ReferralRow) bearer {
	b := bearer{row.BSN, row.Municipality}
	if len(known) == 1 {
		if !row.Present[billing.ReferralBSN] {
			b.bsn = known[0].BSN
		}
		if !row.Present[billing.ReferralMunicipality] {
			b.municipality = known[0].Municipality
		}
	}
	b.municipality = g.in.municipality(b.municipality)
	return b
}

// municipality returns a municipality in a form that is equal for different notations.
func (in *Intake) municipality(written string) string {
	if in.Book != nil {
		if known := in.Book.Municipality(written); known != nil {
			return known.Code
		}
	}
	return billing.FoldMunicipality(written)
}

// isOne reports whether two rows of one number are about one referral: unless both client and municipality differ, because
// numbers are unique only within a municipality.
func (b bearer) isOne(other bearer) bool {
	return b.bsn == other.bsn || b.municipality == other.municipality
}

// sameReferrals divides the rows of one number by referral, the rows of each in the order of the file and the referrals by
// their first row.
func (g *group) sameReferrals(known []*billing.Referral, rows []*billing.ReferralRow) [][]*billing.ReferralRow {
	type referral struct {
		rows    []*billing.ReferralRow
		bearers []bearer
	}
	var referrals []*referral
	for _, row := range rows {
		whose := g.bearerOf(known, row)
		var home *referral
		referrals = slices.DeleteFunc(referrals, func(other *referral) bool {
			if !slices.ContainsFunc(other.bearers, whose.isOne) {
				return false
			}
			if home == nil {
				home = other
				return false
			}
			// The row belongs to both, so they are one referral.
			home.rows, home.bearers = append(home.rows, other.rows...), append(home.bearers, other.bearers...)
			return true
		})
		if home == nil {
			home = &referral{}
			referrals = append(referrals, home)
		}
		home.rows, home.bearers = append(home.rows, row), append(home.bearers, whose)
	}
	same := make([][]*billing.ReferralRow, len(referrals))
	for i, one := range referrals {
		slices.SortStableFunc(one.rows, func(a, b *billing.ReferralRow) int { return slices.Index(rows, a) - slices.Index(rows, b) })
		same[i] = one.rows
	}
	return same
}

// before returns the version that precedes a row, nil for none; clash is the referral of another client with the number in
// the same municipality.
func (g *group) before(known []*billing.Referral, row *billing.ReferralRow) (before, clash *billing.Referral) {
	whose := g.bearerOf(known, row)
	for _, referral := range known {
		if referral.BSN == whose.bsn {
			return referral, nil
		}
	}
	for _, referral := range known {
		if whose.municipality == "" || g.in.municipality(referral.Municipality) == whose.municipality {
			return nil, referral
		}
	}
	return nil, nil
}

// takeReferral takes a row as a version, and returns it; nil if it is not taken.
func (g *group) takeReferral(known []*billing.Referral, row *billing.ReferralRow) (*billing.Referral, error) {
	before, clash := g.before(known, row)
	if before != nil && g.file.again.older(before.FileID) {
		if err := g.file.writer.Flush(g.ctx); err != nil {
			return nil, err
		}
		return nil, g.insertReferral(before, row)
	}
	next, cells := billing.MergeReferral(before, row)
	switch {
	case next == nil:
		g.refuseReferral(row, cells, billing.Text{})
		return nil, nil
	case clash != nil:
		g.refuseReferral(row, nil, billing.Text{
			Dutch:   "dit nummer is in deze gemeente al bekend voor een andere cliënt. Geef de toewijzing een eigen nummer.",
			English: "this number is already known in this municipality for another client. Give the referral its own number.",
		})
		return nil, nil
	case before != nil && sameReferral(before, next):
		g.file.result.Skipped++
		return nil, nil
	}
	g.file.result.Referrals++
	g.markReferral(before, next)
	file, received := g.cameIn()
	next.Received, next.Given = received, columnsOf(row)
	return next, g.file.writer.Add(g.ctx, next, file)
}

// insertReferral inserts a row of a file that is read again before the versions that came since. Those are rebuilt, because
// a file that lacks a column keeps the earlier value.
func (g *group) insertReferral(latest *billing.Referral, row *billing.ReferralRow) error {
	versions, err := g.tx.VersionsOf(g.ctx, billing.ReferralKey{Client: latest.BSN, Number: latest.Number})
	if err != nil {
		return err
	}
	from := slices.IndexFunc(versions, func(r *billing.Referral) bool { return g.file.again.older(r.FileID) })
	var last *billing.Referral
	if from > 0 {
		last = versions[from-1]
	}
	next, cells := billing.MergeReferral(last, row)
	switch {
	case next == nil:
		g.refuseReferral(row, cells, billing.Text{})
		return nil
	case last != nil && (last.BSN != next.BSN || sameReferral(last, next)):
		g.file.result.Skipped++
		return nil
	}
	g.file.result.Referrals++
	g.mark(next.BSN)
	closed, _, err := g.tx.LastClosed(g.ctx)
	if err != nil {
		return err
	}
	inserted := row.Referral
	inserted.Given = columnsOf(row)
	inserted.FileID, inserted.Received = g.cameIn()
	return remakeReferral(g.ctx, g.tx, closed.ID, versions, from, append([]*billing.Referral{&inserted}, versions[from:]...))
}

func (g *group) refuseReferral(row *billing.ReferralRow, cells []billing.ReferralCell, reason billing.Text) {
	g.referralProblems = append(g.referralProblems, ReferralProblem{
		File: g.file.result.Name, Sheet: row.Sheet, Row: row.Row, Number: g.shownNumber(row), Cells: cells, Reason: reason,
	})
}

// sameReferral reports whether two versions have the same content.
func sameReferral(a, b *billing.Referral) bool {
	x, y := *a, *b
	same := x.VolumeText.Equal(y.VolumeText) && (x.BeforeText == nil) == (y.BeforeText == nil) && (x.BeforeText == nil || x.BeforeText.Equal(*y.BeforeText))
	for _, r := range []*billing.Referral{&x, &y} {
		r.VolumeText, r.BeforeText = x.VolumeText, nil
		r.Version, r.Received, r.File, r.FileID, r.Sheet, r.Row, r.Given = 0, 0, "", 0, "", 0, 0
	}
	return same && x == y
}

// widens reports whether the new version changes nothing except that more may be delivered, or for longer. From is the
// first day whose care may be judged differently for that: the day after the previous end. Records that lacked room may
// have it now. A first version widens nothing.
func widens(before, next *billing.Referral) (from billing.Date, only bool) {
	if before == nil {
		return 0, false
	}
	from = noDay
	if next.End != before.End {
		if before.End == 0 || next.End != 0 && next.End < before.End {
			return 0, false
		}
		from = before.End + 1
	}
	if next.Volume < before.Volume || next.Budget < before.Budget {
		return 0, false
	}
	same := *next
	same.End, same.Volume, same.VolumeText, same.VolumeWritten, same.Budget = before.End, before.Volume, before.VolumeText, before.VolumeWritten, before.Budget
	return from, sameReferral(before, &same)
}
