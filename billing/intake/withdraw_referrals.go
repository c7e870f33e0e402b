package intake

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// columnsOf returns the columns that the file of a row has, a bit for each: whoever takes back the version before
// must know which values were its own.
func columnsOf(row *billing.ReferralRow) uint32 {
	given := uint32(0)
	for field, present := range row.Present {
		if present {
			given |= 1 << field
		}
	}
	return given
}

// rowOf returns the row that made a version.
func rowOf(version *billing.Referral) *billing.ReferralRow {
	row := &billing.ReferralRow{Referral: *version}
	for field := range row.Present {
		row.Present[field] = version.Given&(1<<field) != 0
	}
	return row
}

// takeBackReferrals takes back the versions of referrals that came with the file. Later versions are made anew of
// what their own files said.
func (w *withdrawal) takeBackReferrals() error {
	referrals, err := w.tx.ReferralsOfFiles(w.ctx, w.gone)
	if err != nil {
		return err
	}
	for _, referral := range referrals {
		versions, err := w.tx.VersionsOf(w.ctx, referral)
		if err != nil {
			return err
		}
		if err := w.takeBackReferral(versions); err != nil {
			return err
		}
	}
	return nil
}

func (w *withdrawal) takeBackReferral(versions []*billing.Referral) error {
	isGone := func(r *billing.Referral) bool { return w.isGone(r.FileID) }
	first := slices.IndexFunc(versions, isGone)
	var last *billing.Referral
	if first > 0 {
		last = versions[first-1]
	}
	for _, version := range versions[first:] {
		w.clients[version.BSN] = true
		if err := w.tx.TakeBackReferral(w.ctx, version, w.closed); err != nil {
			return err
		}
	}
	if last != nil {
		if err := w.tx.MakeLatest(w.ctx, last); err != nil {
			return err
		}
	}
	for _, version := range versions[first:] {
		if isGone(version) {
			w.done.Referrals++
			continue
		}
		next, _ := billing.MergeReferral(last, rowOf(version))
		if next == nil || last != nil && (last.BSN != next.BSN || sameReferral(last, next)) {
			continue // its file is read again, and then says why it is not taken
		}
		next.Received, next.Given = version.Received, version.Given
		if err := w.tx.AddReferral(w.ctx, next, version.FileID); err != nil {
			return err
		}
		last = next
	}
	return nil
}
