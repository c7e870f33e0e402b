package ledger

import "context"

// Unaccounted says whether every row kept has exactly one outcome that holds, and every file as many kept
// rows as it says. It gives the numbers that differ; both 0 when all is well.
func (t *Tx) Unaccounted(ctx context.Context) (withoutOutcome, files int, err error) {
	var records, outcomes int
	if err := t.GetContext(ctx, &records, "SELECT count(*) FROM records WHERE state <> 3"); err != nil {
		return 0, 0, err
	}
	if err := t.GetContext(ctx, &outcomes, "SELECT count(*) FROM outcomes WHERE last_run = 0"); err != nil {
		return 0, 0, err
	}
	err = t.GetContext(ctx, &files, "SELECT count(*) FROM files f LEFT JOIN (SELECT file_id, count(*) AS kept FROM records WHERE state <> 3 GROUP BY file_id) r "+
		"ON r.file_id = f.id LEFT JOIN (SELECT file_id, sum(row_count) AS again FROM again GROUP BY file_id) a ON a.file_id = f.id "+
		"WHERE f.withdrawn = 0 AND (f.kept <> coalesce(r.kept, 0) OR f.row_count <> f.kept + coalesce(a.again, 0))")
	return records - outcomes, files, err
}
