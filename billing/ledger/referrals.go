package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

var referralColumns = []string{
	"bsn", "number", "version", "is_latest", "birth_date", "municipality", "provider", "product", "category", "start_date", "end_date",
	"has_volume", "volume", "volume_unit", "volume_text", "volume_written", "frequency", "has_budget", "budget", "referrer", "assigned",
	"status", "coordination_point", "own_placement", "extended_to", "extended_youth_care", "continues_to", "before_text",
	"declared_before", "amount_before", "received", "file_id", "sheet", "row_number", "given",
	"added_after", "taken_after", "assigned_at",
}

// referralRow is a row of the table referrals.
type referralRow struct {
	r          billing.Referral
	latest     bool
	volumeText string
	beforeText string
	given      string
	added      int64
	taken      int64
}

func (row *referralRow) scanTargets() []any {
	r := &row.r
	return []any{
		&r.BSN, &r.Number, &r.Version, &row.latest, &r.BirthDate, &r.Municipality, &r.Provider, &r.Product, &r.Category, &r.Start, &r.End,
		&r.HasVolume, &r.Volume, words.UnitIn(&r.VolumeUnit), &row.volumeText, &r.VolumeWritten, &r.Frequency, &r.HasBudget, &r.Budget, &r.Referrer, &r.Assigned,
		&r.Status, &r.CoordinationPoint, &r.OwnPlacement, &r.ExtendedTo, &r.ExtendedYouthCare, &r.ContinuesTo, &row.beforeText,
		&r.DeclaredBefore, &r.AmountBefore, &r.Received, &r.FileID, &r.Sheet, &r.Row, &row.given,
		&row.added, &row.taken, &r.AssignedAt,
	}
}

func (row *referralRow) referral(names *names) (*billing.Referral, error) {
	r := row.r
	volume, err := words.Decimal(row.volumeText)
	if err != nil {
		return nil, err
	}
	if volume != nil {
		r.VolumeText = *volume
	}
	if r.BeforeText, err = words.Decimal(row.beforeText); err != nil {
		return nil, err
	}
	if r.Given, err = words.ReferralFields(row.given); err != nil {
		return nil, err
	}
	r.File = names.file(r.FileID)
	return &r, nil
}

// AddReferral stores a new version of a referral, as the latest.
func (t *Tx) AddReferral(ctx context.Context, r *billing.Referral, fileID int64) error {
	writer := t.ReferralWriter()
	if err := writer.Add(ctx, r, fileID); err != nil {
		return err
	}
	return writer.Flush(ctx)
}

// ReferralWriter writes new versions of referrals in bulk. Flush it before referrals are read.
type ReferralWriter struct {
	tx      *Tx
	rows    *database.Bulk
	waiting map[billing.ReferralKey]bool
	numbers []string
}

// ReferralWriter returns a writer of new versions.
func (t *Tx) ReferralWriter() *ReferralWriter {
	return &ReferralWriter{tx: t, rows: t.db.Bulk("referrals", referralColumns...), waiting: make(map[billing.ReferralKey]bool)}
}

// Flush writes the versions that are still collected, and marks the clients that have a record naming one of the referrals.
func (w *ReferralWriter) Flush(ctx context.Context) error {
	if err := w.tx.markStrays(ctx, w.numbers); err != nil {
		return err
	}
	w.numbers, w.waiting = nil, make(map[billing.ReferralKey]bool)
	return w.rows.Flush(ctx)
}

// Add writes a new version of a referral, as the latest.
func (w *ReferralWriter) Add(ctx context.Context, r *billing.Referral, fileID int64) error {
	of := billing.ReferralKey{Client: r.BSN, Number: r.Number}
	if w.waiting[of] {
		if err := w.Flush(ctx); err != nil {
			return err
		}
	}
	runs, err := w.tx.LastRunID(ctx)
	if err == nil {
		r.Version, err = w.tx.freeVersion(ctx, r)
	}
	if err != nil {
		return err
	}
	if r.Version > 1 { // otherwise there is no earlier one
		if err := w.tx.db.Exec(ctx, "UPDATE referrals SET is_latest = 0 WHERE bsn = ? AND number = ? AND version < ? AND is_latest <> 0", r.BSN, r.Number, r.Version); err != nil {
			return err
		}
	}
	w.waiting[of], w.numbers = true, append(w.numbers, r.Number)
	volume := ""
	if r.HasVolume {
		volume = r.VolumeText.String()
	}
	return w.rows.Add(ctx, r.BSN, r.Number, r.Version, 1, int32(r.BirthDate), r.Municipality, r.Provider, r.Product, r.Category,
		int32(r.Start), int32(r.End), database.Flag(r.HasVolume), int64(r.Volume), r.VolumeUnit.String(), volume, r.VolumeWritten, int(r.Frequency),
		database.Flag(r.HasBudget), int64(r.Budget), r.Referrer, int32(r.Assigned), r.Status, r.CoordinationPoint, database.Flag(r.OwnPlacement),
		int32(r.ExtendedTo), database.Flag(r.ExtendedYouthCare), int32(r.ContinuesTo), words.WriteDecimal(r.BeforeText), int64(r.DeclaredBefore),
		int64(r.AmountBefore), int32(r.Received), fileID, r.Sheet, r.Row, words.WriteReferralFields(r.Given), runs, 0, r.AssignedAt)
}

// LatestReferrals returns the latest versions of the referrals with these numbers, by number: one for each client that has
// the number.
func (t *Tx) LatestReferrals(ctx context.Context, numbers []string) (map[string][]*billing.Referral, error) {
	names, err := t.fileNames(ctx)
	if err != nil {
		return nil, err
	}
	return t.latestReferrals(ctx, names, numbers)
}

func (v *view) latestReferrals(ctx context.Context, names *names, numbers []string) (map[string][]*billing.Referral, error) {
	found := make(map[string][]*billing.Referral)
	err := database.EachPart(numbers, func(part []string) error {
		list, values := database.ListOf(part)
		return v.eachReferral(ctx, names, "is_latest = 1 AND number IN ("+list+") ORDER BY number, bsn", func(r *billing.Referral) error {
			found[r.Number] = append(found[r.Number], r)
			return nil
		}, values...)
	})
	return found, err
}

func (v *view) eachReferral(ctx context.Context, names *names, where string, visit func(*billing.Referral) error, values ...any) error {
	return v.db.Each(ctx, "SELECT "+strings.Join(referralColumns, ", ")+" FROM referrals WHERE "+where, values, func(scan database.Scan) error {
		var row referralRow
		if err := scan(row.scanTargets()...); err != nil {
			return fmt.Errorf("read referrals: %w", err)
		}
		referral, err := row.referral(names)
		if err != nil {
			return err
		}
		return visit(referral)
	})
}

// EachLatestReferral visits the latest version of every referral, by number and client.
func (v *view) EachLatestReferral(ctx context.Context, visit func(*billing.Referral) error) error {
	names, err := v.loadNames(ctx)
	if err != nil {
		return err
	}
	return v.eachReferral(ctx, names, "is_latest = 1 ORDER BY number, bsn", visit)
}

// Named is a municipality and a product named by referrals, as written.
type Named struct{ Municipality, Product string }

// NamedByReferrals returns what the latest versions of referrals name, without duplicates. It steps along an index from one
// pair to the next, so its cost does not grow with the number of referrals.
func (v *view) NamedByReferrals(ctx context.Context) ([]Named, error) {
	var named []Named
	const next = "SELECT municipality, product FROM referrals WHERE is_latest = 1 AND (municipality, product) %s (?, ?) ORDER BY municipality, product LIMIT 1"
	var found Named
	for step := fmt.Sprintf(next, ">="); ; step = fmt.Sprintf(next, ">") {
		ok := false
		err := v.db.Each(ctx, step, []any{found.Municipality, found.Product}, func(scan database.Scan) error {
			ok = true
			return scan(&found.Municipality, &found.Product)
		})
		if err != nil || !ok {
			return named, err
		}
		named = append(named, found)
	}
}

// EachReferralNaming visits the latest versions of the referrals that name one of these pairs, by number and client.
func (v *view) EachReferralNaming(ctx context.Context, named []Named, visit func(*billing.Referral) error) error {
	if len(named) == 0 {
		return nil
	}
	names, err := v.loadNames(ctx)
	if err != nil {
		return err
	}
	var found []*billing.Referral
	for _, wanted := range named {
		err := v.eachReferral(ctx, names, "is_latest = 1 AND municipality = ? AND product = ?", func(referral *billing.Referral) error {
			found = append(found, referral)
			return nil
		}, wanted.Municipality, wanted.Product)
		if err != nil {
			return err
		}
	}
	slices.SortFunc(found, func(a, b *billing.Referral) int {
		return cmp.Or(strings.Compare(a.Number, b.Number), strings.Compare(a.BSN, b.BSN))
	})
	for _, referral := range found {
		if err := visit(referral); err != nil {
			return err
		}
	}
	return nil
}

// freeVersion returns the number of a new version of a referral: the next one, unless a version that was taken back still
// has it because a closed period refers to it.
func (t *Tx) freeVersion(ctx context.Context, r *billing.Referral) (int, error) {
	if t.takenBack < 0 {
		count, err := t.db.Number(ctx, "SELECT count(*) FROM (SELECT 1 AS one FROM referrals WHERE taken_after > 0 LIMIT 1) AS found")
		if err != nil {
			return 0, err
		}
		t.takenBack = count
	}
	if t.takenBack == 0 {
		return r.Version, nil
	}
	var last int
	err := t.db.Get(ctx, &last, "SELECT coalesce(max(version), 0) FROM referrals WHERE bsn = ? AND number = ?", r.BSN, r.Number)
	return max(r.Version, last+1), err
}

// VersionsOf returns the versions of a referral that were not taken back, in order.
func (t *Tx) VersionsOf(ctx context.Context, of billing.ReferralKey) ([]*billing.Referral, error) {
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

// ReferralsChangedSince returns the numbers of the referrals of which a version was added or taken back after a run, by
// client.
func (t *Tx) ReferralsChangedSince(ctx context.Context, run int64) (map[string][]string, error) {
	return t.referralsChanged(ctx, run, 1<<62)
}

func (t *Tx) referralsChanged(ctx context.Context, after, before int64) (map[string][]string, error) {
	changed := make(map[string][]string)
	err := t.db.Each(ctx, "SELECT DISTINCT bsn, number FROM referrals WHERE (added_after >= ? AND added_after < ?) "+
		"OR (taken_after > ? AND taken_after <= ?) ORDER BY bsn, number", []any{after, before, after, before}, func(scan database.Scan) error {
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
	list, values := database.ListOf(numbers)
	held := make(map[string]*billing.Referral)
	err = t.eachReferral(ctx, names, "bsn = ? AND added_after < ? AND (taken_after = 0 OR taken_after > ?) AND number IN ("+list+") ORDER BY version", func(r *billing.Referral) error {
		held[r.Number] = r
		return nil
	}, append([]any{bsn, run, run}, values...)...)
	return held, err
}
