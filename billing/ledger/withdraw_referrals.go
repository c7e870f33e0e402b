package ledger

import (
	"context"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// LastRunID returns the number of the last run of all; 0 for none. It is asked once in a transaction.
func (t *Tx) LastRunID(ctx context.Context) (int64, error) {
	if t.lastRun < 0 {
		run, err := t.number(ctx, "SELECT coalesce(max(id), 0) FROM runs")
		if err != nil {
			return 0, err
		}
		t.lastRun = run
	}
	return t.lastRun, nil
}

// freeVersion returns the number of a new version of a referral: the next one, unless a version that was taken
// back still bears it for the sake of a closed period.
func (t *Tx) freeVersion(ctx context.Context, r *billing.Referral) (int, error) {
	if t.takenBack < 0 {
		count, err := t.number(ctx, "SELECT count(*) FROM (SELECT 1 AS one FROM referrals WHERE taken_after > 0 LIMIT 1) AS found")
		if err != nil {
			return 0, err
		}
		t.takenBack = count
	}
	if t.takenBack == 0 {
		return r.Version, nil
	}
	var last int
	err := t.get(ctx, &last, "SELECT coalesce(max(version), 0) FROM referrals WHERE bsn = ? AND number = ?", r.BSN, r.Number)
	return max(r.Version, last+1), err
}

// ReferralsOfFiles returns the referrals of which these files brought a version that still holds.
func (t *Tx) ReferralsOfFiles(ctx context.Context, files []int64) ([]billing.ReferralOf, error) {
	var referrals []billing.ReferralOf
	list, values := listOf(files)
	err := t.each(ctx, "SELECT DISTINCT bsn, number FROM referrals WHERE taken_after = 0 AND file_id IN ("+list+") ORDER BY number, bsn", values, func(scan scanner) error {
		var of billing.ReferralOf
		err := scan(&of.Client, &of.Number)
		referrals = append(referrals, of)
		return err
	})
	return referrals, err
}

// VersionsOf returns the versions of a referral that were not taken back, in order.
func (t *Tx) VersionsOf(ctx context.Context, of billing.ReferralOf) ([]*billing.Referral, error) {
	names, err := t.fileNames(ctx)
	if err != nil {
		return nil, err
	}
	var versions []*billing.Referral
	err = t.eachReferral(ctx, names, "bsn = ? AND number = ? AND taken_after = 0 ORDER BY version", func(r *billing.Referral) error {
		versions = append(versions, r)
		return nil
	}, of.Client, of.Number)
	return versions, err
}

// TakeBackReferral takes back a version of a referral. One that a closed period showed stays, for that period
// only.
func (t *Tx) TakeBackReferral(ctx context.Context, r *billing.Referral, closed int64) error {
	runs, err := t.LastRunID(ctx)
	if err != nil {
		return err
	}
	t.takenBack = -1
	if err := t.remove(ctx, "referrals", "bsn = ? AND number = ? AND version = ? AND added_after >= ?", r.BSN, r.Number, r.Version, closed); err != nil {
		return err
	}
	return t.exec(ctx, "UPDATE referrals SET is_latest = 0, taken_after = ? WHERE bsn = ? AND number = ? AND version = ?", runs+1, r.BSN, r.Number, r.Version)
}

// MakeLatest makes a stored version of a referral the latest.
func (t *Tx) MakeLatest(ctx context.Context, r *billing.Referral) error {
	return t.exec(ctx, "UPDATE referrals SET is_latest = 1 WHERE bsn = ? AND number = ? AND version = ?", r.BSN, r.Number, r.Version)
}

// ReferralsChangedSince gives the referrals of which a version came or went after a run, by client.
func (t *Tx) ReferralsChangedSince(ctx context.Context, run int64) (map[string][]string, error) {
	return t.referralsChanged(ctx, run, 1<<62)
}

func (t *Tx) referralsChanged(ctx context.Context, after, before int64) (map[string][]string, error) {
	changed := make(map[string][]string)
	err := t.each(ctx, "SELECT DISTINCT bsn, number FROM referrals WHERE (added_after >= ? AND added_after < ?) "+
		"OR (taken_after > ? AND taken_after <= ?) ORDER BY bsn, number", []any{after, before, after, before}, func(scan scanner) error {
		var bsn, number string
		err := scan(&bsn, &number)
		changed[bsn] = append(changed[bsn], number)
		return err
	})
	return changed, err
}

// ReferralsAt returns the versions of a client's referrals that held in a run, by number.
func (t *Tx) ReferralsAt(ctx context.Context, bsn string, numbers []string, run int64) (map[string]*billing.Referral, error) {
	names, err := t.fileNames(ctx)
	if err != nil {
		return nil, err
	}
	values := []any{bsn, run, run}
	for _, number := range numbers {
		values = append(values, number)
	}
	held := make(map[string]*billing.Referral)
	err = t.eachReferral(ctx, names, "bsn = ? AND added_after < ? AND (taken_after = 0 OR taken_after > ?) AND number IN ("+
		strings.TrimSuffix(strings.Repeat("?,", len(numbers)), ",")+") ORDER BY version", func(r *billing.Referral) error {
		held[r.Number] = r
		return nil
	}, values...)
	return held, err
}

// listOf returns numbers as the parameters of a list.
func listOf(numbers []int64) (list string, values []any) {
	for _, number := range numbers {
		values = append(values, number)
	}
	return strings.TrimSuffix(strings.Repeat("?,", len(numbers)), ","), values
}
