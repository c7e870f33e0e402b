package intake

import (
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// columnsOf returns the columns that the file of a row has, a bit for each: taking back an earlier version requires knowing
// which values were the row's own.
func columnsOf(row *billing.ReferralRow) uint32 {
	given := uint32(0)
	for field, present := range row.Present {
		if present {
			given |= 1 << field
		}
	}
	return given
}

// rowOf returns the row that a version was made from.
func rowOf(version *billing.Referral) *billing.ReferralRow {
	row := &billing.ReferralRow{Referral: *version}
	for field := range row.Present {
		row.Present[field] = version.Given&(1<<field) != 0
	}
	return row
}

// takeBackReferrals takes back the versions of referrals that came in with the file. Later versions are rebuilt from what
// their own files said.
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
	first := slices.IndexFunc(versions, func(r *billing.Referral) bool { return w.isGone(r.FileID) })
	var remain []*billing.Referral
	for _, version := range versions[first:] {
		w.clients[version.BSN] = true
		if w.isGone(version.FileID) {
			w.done.Referrals++
		} else {
			remain = append(remain, version)
		}
	}
	return remakeReferral(w.ctx, w.tx, w.closed, versions, first, remain)
}

// remakeReferral takes back the versions of a referral from index from on, and replaces them by others, rebuilt from what
// their own files said. One without anything new is omitted: its file is read again, which reports why it is not taken.
func remakeReferral(ctx context.Context, tx *ledger.Tx, closed int64, versions []*billing.Referral, from int, others []*billing.Referral) error {
	for _, version := range versions[from:] {
		if err := tx.TakeBackReferral(ctx, version, closed); err != nil {
			return err
		}
	}
	var last *billing.Referral
	if from > 0 {
		last = versions[from-1]
		if err := tx.MakeLatest(ctx, last); err != nil {
			return err
		}
	}
	for _, version := range others {
		next, _ := billing.MergeReferral(last, rowOf(version))
		if next == nil || last != nil && (last.BSN != next.BSN || sameReferral(last, next)) {
			continue
		}
		next.Received, next.Given = version.Received, version.Given
		if err := tx.AddReferral(ctx, next, version.FileID); err != nil {
			return err
		}
		last = next
	}
	return nil
}
