package ledger

import (
	"context"
	"strings"

	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/schema"
)

// tables tells the database what it keeps.
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

// sumsFrom is the schema from which sums are kept.
const sumsFrom = 9

// changing names the tables of which every row carries a digest of its own, with the columns that may change
// after the row was written and are therefore not in it. Verify holds the others against what they follow from.
var changing = map[string][]string{
	"files":     {"kept", "withdrawn", "reread"},
	"records":   {"ambiguous", "state", "settled_by", "declared", "declared_price", "known_as", "standing"},
	"referrals": {"is_latest", "taken_after"},
	"decisions": {"known_as"},
	"outcomes":  {"last_run"},
	"lines":     {"last_run"},
}

// lateColumns are the columns of them that a later schema added, with 0 or nothing in the rows that were there.
var lateColumns = map[string][]string{"records": {"break_time", "prior_other_client", "seen_before", "last_date"}, "referrals": {"assigned_at"}, "decisions": {"decided_second"}}

// DigestedTables names the tables whose rows carry a digest and are not proven client by client.
func DigestedTables() []string { return []string{"files", "decisions"} }

func columnsOf(table string) []string {
	if table == "files" {
		return fileTable
	}
	return decisionTable
}

// summed are the rows that are summed, by the name of their sum. Columns that may change later and follow from others are
// not in it: Contradictions holds them against those.
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

// guarded are the rows that nothing changes once they are there.
var guarded = []database.Guarded{
	{Table: "lines", When: "OLD.sequence > 0", Why: "a declared line never changes"},
	{Table: "runs", When: "OLD.closed_on > 0", Why: "a closed run never changes"},
	{Table: "audit", Why: "the audit trail is only added to"},
}
