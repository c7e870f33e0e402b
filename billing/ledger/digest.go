package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// digested names the tables of which every row carries a digest of its own, with the columns that may change
// after the row was written and are therefore not in it. Verify holds the others against what they follow from.
var digested = map[string][]string{
	"files":     {"kept", "withdrawn", "reread"},
	"records":   {"ambiguous", "state", "settled_by", "declared", "declared_price", "known_as", "standing"},
	"referrals": {"is_latest", "taken_after"},
	"decisions": {"known_as"},
	"outcomes":  {"last_run"},
	"lines":     {"last_run"},
}

// lateColumns are the columns that a later schema added, with 0 in the rows that were there. They are in the digest of a
// row only when they are not 0, so that the digests from before still agree.
var lateColumns = map[string][]string{"records": {"break_time", "prior_other_client", "seen_before", "last_date"}, "referrals": {"assigned_at"}}

// digestPart says whether a column is in the digest of its row.
type digestPart uint8

const (
	notInDigest digestPart = iota
	inDigest
	inDigestUnlessZero
)

// digestParts returns, for each column of a table, whether it is in the digest.
func digestParts(table string, columns []string) []digestPart {
	parts := make([]digestPart, len(columns))
	for i, column := range columns {
		switch {
		case slices.Contains(lateColumns[table], column):
			parts[i] = inDigestUnlessZero
		case !slices.Contains(digested[table], column):
			parts[i] = inDigest
		}
	}
	return parts
}

// digest returns the first half of the SHA-256 over the values of a row that are in it, in hexadecimal. It finds what was
// changed behind pxq's back; who can rebuild the ledger whole is found by the head of the chain.
func digest(parts []digestPart, values []any) string {
	text := make([]byte, 0, 512)
	for i, value := range values {
		if parts[i] == notInDigest || parts[i] == inDigestUnlessZero && (value == any(0) || value == any(int64(0))) {
			continue
		}
		switch v := value.(type) {
		case string:
			text = append(text, v...)
		case []byte:
			text = append(text, v...)
		case int64:
			text = strconv.AppendInt(text, v, 10)
		case int:
			text = strconv.AppendInt(text, int64(v), 10)
		case int32:
			text = strconv.AppendInt(text, int64(v), 10)
		default:
			text = fmt.Append(text, v)
		}
		text = append(text, '\x1f')
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}

// Tampered visits the rows of a table whose digest does not agree with what they hold: where it says where the
// row stands, without a BSN. The rows are counted in the tally by what they hold; nil for none.
func (v *view) Tampered(ctx context.Context, scope Scope, table string, tally *Tally, visit func(where string) error) error {
	columns := columnsOf(table)
	part := slices.Index(columns, summed[table].part)
	parts := digestParts(table, columns)
	values := make([]any, len(columns)+1)
	targets := make([]any, len(values))
	for i := range values {
		targets[i] = &values[i]
	}
	statement, parameters := scope.from("SELECT " + strings.Join(columns, ", ") + ", digest FROM " + table + " ")
	return v.each(ctx, statement, parameters, func(scan scanner) error {
		if err := scan(targets...); err != nil {
			return err
		}
		holds := digest(parts, values[:len(columns)])
		if tally != nil {
			tally.add(table, asNumber(values[part]), holds)
		}
		if holds == asText(values[len(columns)]) {
			return nil
		}
		return visit(whereOf(columns, values))
	})
}

// DigestedTables names the tables whose rows carry a digest.
func DigestedTables() []string {
	return []string{"files", "records", "referrals", "decisions", "outcomes", "lines"}
}

func columnsOf(table string) []string {
	switch table {
	case "files":
		return fileTable
	case "records":
		return recordColumns
	case "referrals":
		return referralColumns
	case "decisions":
		return decisionTable
	case "outcomes":
		return outcomeColumns
	}
	return lineColumns
}

// whereOf names a row by what people know it by.
func whereOf(columns []string, values []any) string {
	var parts []string
	for i, column := range columns {
		switch column {
		case "id", "record_id", "provider", "reference", "number", "version", "period", "sequence", "row_number", "care_month", "first_run":
			parts = append(parts, column+" "+asText(values[i]))
		}
	}
	return strings.Join(parts, ", ")
}

func asText(value any) string {
	if raw, ok := value.([]byte); ok {
		return string(raw)
	}
	return fmt.Sprint(value)
}
