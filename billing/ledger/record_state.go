package ledger

import (
	"context"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
)

// Providers returns the providers of which any row was ever kept.
func (t *Tx) Providers(ctx context.Context) (map[string]bool, error) {
	// From one provider to the next along the index: there are few of them and many records.
	var list []string
	err := t.SelectContext(ctx, &list, "WITH RECURSIVE found (provider) AS (SELECT min(provider) FROM records UNION ALL "+
		"SELECT (SELECT min(r.provider) FROM records r WHERE r.provider > found.provider) FROM found WHERE found.provider IS NOT NULL) "+
		"SELECT provider FROM found WHERE provider IS NOT NULL")
	if err != nil {
		return nil, err
	}
	providers := make(map[string]bool, len(list))
	for _, provider := range list {
		providers[provider] = true
	}
	return providers, nil
}

// SetState changes the state of a row; by is the group of files that does.
func (t *Tx) SetState(ctx context.Context, bsn string, id int64, state State, by int64) error {
	return t.exec(ctx, "UPDATE records SET state = ?, settled_by = ? WHERE bsn = ? AND id = ?", int(state), by, bsn, id)
}

// SetAmbiguous marks a row as one of several contents under one reference (U01).
func (t *Tx) SetAmbiguous(ctx context.Context, bsn string, id int64) error {
	return t.exec(ctx, "UPDATE records SET ambiguous = 1 WHERE bsn = ? AND id = ?", bsn, id)
}

// nextRecord is the name under which the number of the next record is kept: to look for the highest would mean
// to read every record there is.
const nextRecord = "next_record"

// NextRecordID returns the number that the next record gets.
func (t *Tx) NextRecordID(ctx context.Context) (int64, error) {
	kept, err := t.Meta(ctx, nextRecord)
	if err != nil {
		return 0, err
	}
	if kept == "" {
		return 1, nil
	}
	return strconv.ParseInt(kept, 10, 64)
}

// SetNextRecordID keeps the number that the next record gets.
func (t *Tx) SetNextRecordID(ctx context.Context, id int64) error {
	return t.SetMeta(ctx, nextRecord, strconv.FormatInt(id, 10))
}

func (t *Tx) next(ctx context.Context, statement string) (int64, error) {
	var number int64
	err := t.GetContext(ctx, &number, statement)
	return number, err
}

// LastCareDate returns the last care date on or before a day of the rows that were kept; none when there is none.
func (s *Store) LastCareDate(ctx context.Context, until billing.Date) (billing.Date, error) {
	var day int32
	err := s.db.GetContext(ctx, &day, s.dialect.bind("SELECT coalesce(max(care_date), 0) FROM records WHERE care_date <= ? AND state <> 3"), int32(until))
	return billing.Date(day), err
}

// ProvidersOf returns the providers that have a row with the reference, in order.
func (s *Store) ProvidersOf(ctx context.Context, reference string) ([]string, error) {
	var providers []string
	err := s.db.SelectContext(ctx, &providers, s.dialect.bind("SELECT DISTINCT provider FROM records WHERE reference = ? AND state <> 3 ORDER BY provider"), reference)
	return providers, err
}
