package ledger

import (
	"context"
	"strings"

	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
	"github.com/pxq-nl/pxq/billing/ledger/proof"
	"github.com/pxq-nl/pxq/billing/ledger/schema"
)

// provenTables are the tables that ClientProof checks, client by client.
var provenTables = proof.Tables{
	Records:    proof.Table{Name: "records", Columns: packed.RecordColumns(), Part: "file_id", Key: "bsn, id", Digests: true, Packed: &recordDetails},
	Outcomes:   proof.Table{Name: "outcomes", Columns: outcomeColumns, Part: "first_run", Key: "bsn, record_id, first_run", Digests: true},
	Lines:      proof.Table{Name: "lines", Columns: lineColumns, Part: "first_run", Key: "bsn", Digests: true},
	Referrals:  proof.Table{Name: "referrals", Columns: referralColumns, Part: "file_id", Key: "bsn, number, version", Digests: true},
	Prestaties: proof.Table{Name: "prestaties", Columns: prestatieTable, Part: "file_id", Key: "bsn, record_id"},
}

// recordDetails describes the columns of a record that are stored as one text.
var recordDetails = proof.Packed{Column: "details", Columns: packed.DetailColumns(), Split: packed.SplitDetails}

// Contradictions counts, in the tables that ClientProof does not check, the rows whose changeable columns contradict the
// data they are derived from. The counts that are not 0 are returned by name.
func (v *view) Contradictions(ctx context.Context) (map[string]int, error) {
	counts := make(map[string]int)
	for name, statement := range contradictions {
		count, err := v.db.Number(ctx, statement)
		if err != nil {
			return nil, err
		}
		if count > 0 {
			counts[name] = int(count)
		}
	}
	return counts, nil
}

// contradictions are statements whose counts are all 0 in a sound store.
var contradictions = map[string]string{
	"decisions.known_as": "SELECT count(*) FROM decisions WHERE known_as <> " + knownAs,
	"files.withdrawn": "SELECT count(*) FROM files f WHERE withdrawn < 0 OR withdrawn > 1 + " + lastNumber + " OR (withdrawn > 0 AND (EXISTS (SELECT 1 FROM records r WHERE r.file_id = f.id " +
		"AND r.state <> 'taken_back') OR EXISTS (SELECT 1 FROM referrals r WHERE r.file_id = f.id AND r.taken_after = 0))) " +
		"OR (withdrawn = 0 AND EXISTS (SELECT 1 FROM records r WHERE r.file_id = f.id AND r.state = 'taken_back' AND r.last_date = 0) AND NOT EXISTS (SELECT 1 FROM files w WHERE w.withdrawn > 0))",
	// Versions are taken back with their file, or replaced when an earlier one was taken back.
	"referrals.taken_after": "SELECT count(*) FROM referrals WHERE taken_after < 0 OR taken_after > 1 + " + lastNumber + " OR (taken_after > 0 AND NOT EXISTS " +
		"(SELECT 1 FROM files w WHERE w.withdrawn > 0 AND w.kind IN ('" + ReferralFile + "', '" + MixedFile + "')))",
	"files.reread": "SELECT count(*) FROM files WHERE reread <> 0 AND NOT EXISTS (SELECT 1 FROM files w WHERE w.withdrawn > 0) AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.judged_by > 0)",
	"declared_on": "SELECT count(*) FROM (SELECT DISTINCT provider, product, municipality, care_month FROM closed_totals) l WHERE NOT EXISTS " +
		"(SELECT 1 FROM declared_on d WHERE d.provider = l.provider AND d.product = l.product AND d.municipality = l.municipality AND d.care_month = l.care_month)",
	"runs.head":     "SELECT count(*) FROM runs WHERE closed_on < 0 OR (closed_on = 0 AND (head <> '' OR seal <> ''))", // closed ones are checked by ProveChain
	"sums.epoch":    "SELECT count(*) FROM sums WHERE epoch <> 0 AND epoch NOT IN (SELECT id FROM runs WHERE closed_on > 0)",
	"closed_totals": "SELECT count(*) FROM closed_totals WHERE period NOT IN (SELECT period FROM runs WHERE closed_on > 0)", // missing and wrong totals are found by ProveChain
	"files.kept":    strings.ReplaceAll(otherCounts, "?", "0"),
}

// lastNumber is the highest number that was given to a run, including forgotten ones.
const lastNumber = "(SELECT coalesce(max(n), 0) FROM (SELECT id AS n FROM runs UNION ALL SELECT CAST(value AS INTEGER) FROM meta WHERE name = '" + numbersGiven + "') numbers)"

// knownAs is billing.KnownAs of the column reference.
const knownAs = "CASE WHEN reference = '' OR ltrim(reference, '0123456789') <> '' THEN reference WHEN ltrim(reference, '0') = '' THEN '0' ELSE ltrim(reference, '0') END"

// tables returns the schema of the ledger.
func tables() *database.Schema {
	return &database.Schema{
		Files: schema.Files, SumsFrom: sumsFrom, Changing: changing, Late: lateColumns, Summed: summed, Guarded: guarded,
		Closes: "SELECT id, period, last_file FROM runs WHERE closed_on > 0 ORDER BY id",
		Rewrites: map[int]func(context.Context, *database.Tx) error{
			2:  schema.InWords,
			6:  func(ctx context.Context, tx *database.Tx) error { return newTx(tx).noteAllDeclaredOn(ctx) },
			7:  func(ctx context.Context, tx *database.Tx) error { return tx.Guard(ctx) },
			24: func(ctx context.Context, tx *database.Tx) error { return newTx(tx).noteAllFirstRows(ctx) },
			21: func(ctx context.Context, tx *database.Tx) error { return tx.GuardReplacing(ctx) },
		},
	}
}

// sumsFrom is the schema step from which sums are kept.
const sumsFrom = 9

// changing names the tables whose rows each carry a digest, with the columns that may change after the row was written and
// are therefore not in it. Verify checks those columns against the data they are derived from.
var changing = map[string][]string{
	"files":     {"kept", "withdrawn", "reread"},
	"records":   {"ambiguous", "state", "settled_by", "declared", "declared_price", "known_as", "standing"},
	"referrals": {"is_latest", "taken_after"},
	"decisions": {"known_as"},
	"outcomes":  {"last_run"},
	"lines":     {"last_run"},
}

// lateColumns are the columns of those tables that a later step added, with 0 or "" in the existing rows.
var lateColumns = map[string][]string{"records": {"break_time", "prior_other_client", "seen_before", "last_date"}, "referrals": {"assigned_at"}, "decisions": {"decided_second"}}

// DigestedTables returns the tables whose rows have a digest and that ClientProof does not check.
func DigestedTables() []string { return []string{"files", "decisions"} }

func columnsOf(table string) []string {
	if table == "files" {
		return fileTable
	}
	return decisionTable
}

// summed describes the rows that are summed, by the name of their sum. Columns that may change later and are derived from
// others are not in the sums: Contradictions checks them.
var summed = map[string]database.Summed{
	"files":      {Table: "files", By: database.ByFile, Part: "id"},
	"records":    {Table: "records", By: database.ByFile, Part: "file_id"},
	"referrals":  {Table: "referrals", By: database.ByFile, Part: "file_id"},
	"decisions":  {Table: "decisions", By: database.ByFile, Part: "file_id"},
	"outcomes":   {Table: "outcomes", By: database.ByRun, Part: "first_run"},
	"lines":      {Table: "lines", By: database.ByRun, Part: "first_run"},
	"again":      {Table: "again", By: database.ByFile, Part: "file_id", Columns: againColumns},
	"left_out":   {Table: "left_out", By: database.ByFile, Part: "file_id", Columns: leftOutColumns},
	"messages":   {Table: "messages", By: database.ByFile, Part: "file_id", Columns: messageTable},
	"answers":    {Table: "messages", Where: "answered_by > 0", By: database.ByFile, Part: "file_id", Columns: []string{"file_id", "answer"}},
	"prestaties": {Table: "prestaties", By: database.ByFile, Part: "file_id", Columns: prestatieTable},
	"runs":       {Table: "runs", By: database.ByRun, Part: "id", Columns: strings.Fields("id period as_of inputs book program last_file")},
	"signals":    {Table: "signals", By: database.Itself, Part: "period", Columns: signalColumns},
	"reports": {Table: "reports", By: database.Itself, Part: "period",
		Columns: []string{"period", "name", "sha256", "CASE WHEN content IS NULL THEN 0 ELSE 1 END"}},
	"summaries":   {Table: "summaries", By: database.ByRun, Part: "run", Columns: []string{"run", "body"}, Later: true},
	"declared_on": {Table: "declared_on", By: database.Itself, Part: database.NoPart, Columns: declaredOnColumns},
	"books":       {Table: "meta", Where: "name LIKE 'book/%'", By: database.Itself, Part: database.NoPart, Columns: []string{"name", "value"}},
}

// guarded are the rows that must not change once they are written.
var guarded = []database.Guarded{
	{Table: "lines", When: "OLD.sequence > 0", Why: "a declared line never changes"},
	{Table: "runs", When: "OLD.closed_on > 0", Why: "a closed run never changes"},
	{Table: "audit", Why: "the audit trail is only added to"},
}
