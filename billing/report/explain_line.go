package report

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// ExplainedLine is a line with its rows.
type ExplainedLine struct {
	Line     billing.DeclaredLine
	Referral string // number of the referral, with the BSNs of clients masked
	Rows     []*Row
	Exact    billing.Quantity // sum of the rows
	Product  *billing.Product // its row for the care month, which decided the rounding
}

// explainLine fills in the line with the record, final or open.
func explainLine(ctx context.Context, tx *ledger.Tx, e *Explanation) error {
	var lines []billing.DeclaredLine
	err := tx.LinesOf(ctx, e.Case.Key(), func(line *billing.DeclaredLine) error {
		lines = append(lines, *line)
		return nil
	})
	if err != nil {
		return err
	}
	judged, err := tx.RowsOfClient(ctx, e.Run, e.Current.Record.BSN)
	if err != nil {
		return err
	}
	for _, line := range billing.Balance(lines) {
		if candidate := (&ExplainedLine{Line: line, Product: e.Case.Judge.Book.ProductIn(line.Product, line.CareMonth)}); line.Price == e.Case.Price && candidate.isOf(e.Current.Record, judged) {
			e.Line = candidate
		}
	}
	if e.Line == nil {
		return nil
	}
	if err := e.Line.mask(ctx, tx); err != nil {
		return err
	}
	if e.Current.Record.Prestatie != nil {
		return e.Line.addRows(ctx, tx, e.Line.prestatieIn(judged))
	}
	return e.Line.addRows(ctx, tx, e.Line.rowsIn(judged))
}

func (l *ExplainedLine) mask(ctx context.Context, tx *ledger.Tx) (err error) {
	l.Referral, err = tx.ClientNumbers(ctx).MaskOf(l.Line.Referral, l.Line.BSN)
	return err
}

// addRows adds the rows of the line.
func (l *ExplainedLine) addRows(ctx context.Context, tx *ledger.Tx, judged []*ledger.JudgedRow) (err error) {
	if l.Rows, err = rowsOf(ctx, tx, judged); err != nil {
		return err
	}
	for _, row := range l.Rows {
		l.Exact += row.Record.Quantity
	}
	return nil
}

// isOf reports whether the line is that of an accepted record with its key and price. Each prestatie is a separate line, and
// the rows of spreadsheets together are one. If a prestatie and the rows have the same quantity, the line counts as that of
// either.
func (l *ExplainedLine) isOf(r *billing.Record, judged []*ledger.JudgedRow) bool {
	own := l.prestatieIn(judged)
	if r.Prestatie != nil {
		return len(own) > 0 && own[0].Record.ID == r.ID
	}
	if len(own) == 0 {
		return true
	}
	var sum billing.Quantity
	for _, row := range l.rowsIn(judged) {
		sum += row.Record.Quantity
	}
	return sum == l.Line.Quantity
}

// rowsIn returns the accepted rows of spreadsheets with the key and price of the line.
func (l *ExplainedLine) rowsIn(judged []*ledger.JudgedRow) []*ledger.JudgedRow {
	var rows []*ledger.JudgedRow
	for _, row := range judged {
		if row.Record.Prestatie == nil && l.holds(row) {
			rows = append(rows, row)
		}
	}
	return rows
}

// prestatieIn returns the prestatie that makes up the line; nil for a line of spreadsheet rows.
func (l *ExplainedLine) prestatieIn(judged []*ledger.JudgedRow) []*ledger.JudgedRow {
	for i, row := range judged {
		r := row.Record
		if r.Prestatie != nil && l.Line.Records == 1 && r.Quantity == l.Line.Quantity && r.First == l.Line.First && l.holds(row) {
			return judged[i : i+1]
		}
	}
	return nil
}

// holds reports whether the row is accepted and has the key and price of the line.
func (l *ExplainedLine) holds(row *ledger.JudgedRow) bool {
	r := row.Record
	key := billing.LineKey{Provider: r.Provider, Municipality: row.Outcome.Municipality, BSN: r.BSN, Referral: row.Outcome.Referral,
		Product: row.Outcome.Product, Unit: r.Unit, CareMonth: r.First.Period()}
	return row.Outcome.Outcome == billing.Accepted && row.Price == l.Line.Price && key == l.Line.LineKey
}

// ExplainLine returns the line with this number and its rows. It returns a refusal if there is no such line.
func (r *Reporter) ExplainLine(ctx context.Context, number string, setting Setting) (*ExplainedLine, error) {
	month, place, ok := parseNumber(number)
	if !ok {
		return nil, ledger.Refuse("%s is geen regelnummer van een declaratie, zoals 2026-10-000123.", "%s is not the number of a declaration line, like 2026-10-000123.", number)
	}
	explained := &ExplainedLine{}
	err := r.Store.Read(ctx, func(tx *ledger.Tx) error {
		run, ok, err := tx.RunOf(ctx, month)
		if err != nil {
			return err
		}
		if ok {
			explained.Line, ok, err = tx.LineAt(ctx, run, place)
		}
		if err != nil {
			return err
		}
		if !ok || explained.Line.Number != number {
			return ledger.Refuse("Declaratieregel %s bestaat niet.", "Declaration line %s does not exist.", number)
		}
		setting, err := settingOf(ctx, tx, run, setting)
		if err != nil {
			return err
		}
		explained.Product = setting.Book.ProductIn(explained.Line.Product, explained.Line.CareMonth)
		if err := explained.mask(ctx, tx); err != nil {
			return err
		}
		if explained.Line.Kind == billing.Credit {
			return nil // it repeats its original
		}
		judged, err := tx.RowsOfClient(ctx, run, explained.Line.BSN)
		if err != nil {
			return err
		}
		rows := explained.prestatieIn(judged)
		if len(rows) == 0 {
			rows = explained.rowsIn(judged)
		}
		return explained.addRows(ctx, tx, rows)
	})
	if err != nil {
		return nil, err
	}
	return explained, nil
}

// parseNumber parses the number of a line into its period and its place in that period. An invalid place is 0.
func parseNumber(number string) (period billing.Period, place int64, ok bool) {
	const length = len("2026-10")
	if len(number) <= length {
		return 0, 0, false
	}
	period, err := billing.ParsePeriod(number[:length])
	if err != nil {
		return 0, 0, false
	}
	if place, err = strconv.ParseInt(strings.TrimPrefix(number[length:], "-"), 10, 64); err != nil || place < 0 {
		place = 0
	}
	return period, place, true
}

// Arithmetic returns the calculation of the amount of a line as text.
func Arithmetic(line *billing.DeclaredLine) string {
	return fmt.Sprintf("%s × %d / %d = %s", line.Price, line.Quantity, line.Unit.PerWhole(), line.Price.Times(line.Quantity, line.Unit))
}
