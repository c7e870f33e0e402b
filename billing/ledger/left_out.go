package ledger

import (
	"context"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// LeftOut is a row of an earlier file that a later file of the same provider leaves out, while it repeats more than half
// of that file. It stands.
type LeftOut struct {
	FileID    int64 // that leaves it out
	EarlierID int64 // that gave it
	BSN       string
	Provider  string
	Reference string // as the earlier file writes it
	Sheet     string
	Row       int // as a spreadsheet shows it

	File, Earlier string // names of the files
}

var leftOutColumns = []string{"file_id", "earlier_id", "bsn", "provider", "known_as", "reference", "sheet", "row_number", "back_in"}

const leftOutFields = "SELECT l.file_id, l.earlier_id, l.bsn, l.provider, l.reference, l.sheet, l.row_number, f.name, e.name " +
	"FROM left_out l JOIN files f ON f.id = l.file_id JOIN files e ON e.id = l.earlier_id WHERE "

func (v *view) leftOut(ctx context.Context, where string, values ...any) ([]LeftOut, error) {
	var rows []LeftOut
	err := v.each(ctx, leftOutFields+where+" ORDER BY l.provider, l.file_id, l.earlier_id, l.sheet, l.row_number", values, func(scan scanner) error {
		var row LeftOut
		err := scan(&row.FileID, &row.EarlierID, &row.BSN, &row.Provider, &row.Reference, &row.Sheet, &row.Row, &row.File, &row.Earlier)
		rows = append(rows, row)
		return err
	})
	return rows, err
}

// LeftOutOf returns the rows of a provider that a later file left out and that did not come again since.
func (t *Tx) LeftOutOf(ctx context.Context, provider string) ([]LeftOut, error) {
	return t.leftOut(ctx, "l.provider = ? AND l.back_in = 0", provider)
}

// LeftOutSince returns the rows that the files after one, up to and including another, left out, and that no file until
// then brought again.
func (v *view) LeftOutSince(ctx context.Context, after, until int64) ([]LeftOut, error) {
	return v.leftOut(ctx, "l.file_id > ? AND l.file_id <= ? AND (l.back_in = 0 OR l.back_in > ?)", after, until, until)
}

// AddLeftOut keeps that a file leaves out a row of an earlier one.
func (t *Tx) AddLeftOut(ctx context.Context, row LeftOut) error {
	values := []any{row.FileID, row.EarlierID, row.BSN, row.Provider, billing.KnownAs(row.Reference), row.Reference, row.Sheet, row.Row, 0}
	t.sum("left_out", row.FileID, values...)
	return t.exec(ctx, "INSERT INTO left_out ("+strings.Join(leftOutColumns, ", ")+") VALUES (?,?,?,?,?,?,?,?,?)", values...)
}

// BackAgain notes that a row that was left out came again in a group of files.
func (t *Tx) BackAgain(ctx context.Context, row LeftOut, group int64) error {
	return t.update(ctx, "left_out", "back_in = ?", []any{group}, "file_id = ? AND provider = ? AND known_as = ?",
		row.FileID, row.Provider, billing.KnownAs(row.Reference))
}

// ForgetLeftOut forgets what a file that is taken back left out, what others left out of it, and that its group brought
// something again.
func (t *Tx) ForgetLeftOut(ctx context.Context, file, group int64) error {
	if err := t.remove(ctx, "left_out", "file_id = ? OR earlier_id = ?", file, file); err != nil {
		return err
	}
	return t.update(ctx, "left_out", "back_in = 0", nil, "back_in = ?", group)
}

// ReferencesOfFile counts the references that the kept rows of a provider in a file bear.
func (t *Tx) ReferencesOfFile(ctx context.Context, file int64, provider string) (int, error) {
	count, err := t.number(ctx, "SELECT count(DISTINCT known_as) FROM records WHERE file_id = ? AND provider = ? AND known_as <> '' AND state <> 'taken_back'", file, provider)
	return int(count), err
}
