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
	"records":   {"ambiguous", "state", "settled_by", "declared", "declared_price"},
	"referrals": {"is_latest", "taken_after"},
	"decisions": {},
	"outcomes":  {"last_run"},
	"lines":     {"last_run"},
}

// lateColumns are the columns that a later schema added behind the others, with 0 in the rows that were there. They
// are in the digest of a row only when they are not 0, so that the digests from before still agree.
var lateColumns = map[string][]string{"records": {"break_time", "last_date"}, "referrals": {"assigned_at"}}

// fixedColumns returns, for each column of a table that was not added later, whether it is in the digest.
func fixedColumns(table string, columns []string) []bool {
	var fixed []bool
	for _, column := range columns {
		if slices.Contains(lateColumns[table], column) {
			break // those that follow were added later too
		}
		fixed = append(fixed, !slices.Contains(digested[table], column))
	}
	return fixed
}

// digest returns the first half of the SHA-256 over the fixed values of a row, in hexadecimal. It finds what was
// changed behind pxq's back; who can rebuild the ledger whole is found by the head of the chain. Values beyond the
// columns that fixed speaks of are of columns that were added later.
func digest(fixed []bool, values []any) string {
	text := make([]byte, 0, 512)
	for i, value := range values {
		if i < len(fixed) && !fixed[i] || i >= len(fixed) && value == any(int64(0)) {
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
// row stands, without a BSN.
func (v *view) Tampered(ctx context.Context, table string, visit func(where string) error) error {
	columns := columnsOf(table)
	fixed := fixedColumns(table, columns)
	values := make([]any, len(columns)+1)
	targets := make([]any, len(values))
	for i := range values {
		targets[i] = &values[i]
	}
	return v.each(ctx, "SELECT "+strings.Join(columns, ", ")+", digest FROM "+table, nil, func(scan scanner) error {
		if err := scan(targets...); err != nil {
			return err
		}
		if digest(fixed, values[:len(columns)]) == asText(values[len(columns)]) {
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
