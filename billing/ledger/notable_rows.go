package ledger

import (
	"context"
	"maps"
	"slices"
	"strings"
)

// Some are the providers of whom plain rows are read. The zero value is nobody.
type Some struct{ Providers []string }

// notable is the condition on outcomes that are not plain, written as their index is, and plain on those under the name o
// that are.
const (
	notable = "(outcome <> 'accepted' OR codes <> '' OR open_holds <> '')"
	plain   = "o.outcome = 'accepted' AND o.codes = '' AND o.open_holds = ''"
)

// reportedOf is reportedIn, for some providers alone when they are given.
func (v *view) reportedOf(ctx context.Context, run Run, since Since, clients Clients, some *Some) ([]reported, error) {
	if some == nil {
		return v.reportedIn(ctx, run, since, clients)
	}
	within, bounds := clients.within("bsn")
	before, joined, closed := func(_, none string) string { return none }, "", []any{}
	if since.Closed != 0 {
		before = func(column, none string) string { return "coalesce(p." + column + ", " + none + ")" }
		joined, closed = joinedBefore, []any{since.Closed, since.Closed}
	}
	const stands = " AND (last_run = 0 OR last_run >= ?)"
	parts := []reported{{
		from:   " FROM (SELECT * FROM outcomes WHERE " + notable + " AND first_run > ? AND first_run <= ?" + stands + within + ") AS o" + itsRecord + joined,
		values: slices.Concat([]any{since.Closed, run.ID, run.ID}, bounds, closed), before: before,
	}}
	if since.Closed != 0 {
		held, holds := clients.within("bsn || ''")
		parts = append(parts, reported{
			from:   " FROM (SELECT * FROM outcomes WHERE " + waiting + " AND first_run <= ?" + stands + held + ") AS o" + itsRecord + joined,
			values: slices.Concat([]any{since.Closed, run.ID}, holds, closed), before: before,
		})
	}
	if len(some.Providers) == 0 {
		return parts, nil
	}
	// What came in since the close has higher numbers than all that was there.
	first, err := v.db.Number(ctx, "SELECT coalesce(min(id), 0) FROM records WHERE file_id = (SELECT min(file_id) FROM records WHERE file_id > ?)", since.LastFile)
	if err != nil {
		return nil, err
	}
	list, providers := listOfTexts(some.Providers)
	its := " AS k CROSS JOIN outcomes o" + itsRecord + joined
	where := " WHERE o.bsn = k.bsn AND o.record_id = k.id AND " + standing("o") + " AND " + plain
	parts = append(parts, reported{
		from: " FROM (SELECT bsn, id FROM records WHERE provider IN (" + list + ") AND id >= ?" + within + ")" + its, where: where,
		values: slices.Concat(providers, []any{first}, bounds, closed, []any{run.ID, run.ID}), before: before,
	})
	if since.Closed != 0 {
		parts = append(parts, reported{
			from:   " FROM (SELECT DISTINCT bsn, record_id AS id FROM outcomes WHERE first_run > ? AND first_run <= ? AND record_id < ?" + within + ")" + its,
			where:  where + " AND r.provider IN (" + list + ")",
			values: slices.Concat([]any{since.Closed, run.ID, first}, bounds, closed, []any{run.ID, run.ID}, providers), before: before,
		})
	}
	return parts, nil
}

// touched is the name under which the providers are kept of whom a row or a line became another since workbooks were made.
const touched = "touched_providers"

// TouchedProviders returns the providers of whom a row or a line became another since workbooks were made.
func (v *view) TouchedProviders(ctx context.Context) ([]string, error) {
	text, err := v.Meta(ctx, touched)
	return strings.Fields(text), err
}

// Touch adds providers to them.
func (t *Tx) Touch(ctx context.Context, providers map[string]bool) error {
	known, err := t.TouchedProviders(ctx)
	if err != nil {
		return err
	}
	all := maps.Clone(providers)
	for _, provider := range known {
		all[provider] = true
	}
	if len(all) == len(known) {
		return nil
	}
	return t.SetMeta(ctx, touched, strings.Join(slices.Sorted(maps.Keys(all)), " "))
}

// ForgetTouched notes that workbooks were made: nobody is touched.
func (t *Tx) ForgetTouched(ctx context.Context) error { return t.SetMeta(ctx, touched, "") }
