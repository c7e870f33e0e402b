package ledger

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// OpenLine is a stored line with the number of the run that first declared it.
type OpenLine struct {
	billing.DeclaredLine
	FirstRun int64
}

var lineColumns = []string{
	"bsn", "first_run", "last_run", "period", "kind", "care_month", "municipality", "provider", "referral", "product", "unit", "quantity",
	"price", "amount", "record_count", "first_date", "sequence", "original", "hash",
}

// lineText is the expression for a line, under the alias l, as one text.
var lineText = packed.Row(packed.Under("l").Each(strings.Fields("first_run last_run period care_month quantity price amount record_count first_date sequence")),
	packed.Under("l").Each(strings.Fields("bsn kind municipality provider referral product unit original hash")))

// Number returns the number of a line, made of its period and its sequence number in it; "" for sequence 0.
func Number(period billing.Period, sequence int64) string {
	if sequence == 0 {
		return ""
	}
	text := strconv.FormatInt(sequence, 10)
	return period.String() + "-" + "000000"[min(len(text), 6):] + text
}

// chained reads a lineText. The strings of the line share its memory.
func chained(text string) (line ChainedLine, firstRun int64, err error) {
	u := packed.Unpack(text)
	firstRun, line.LastRun = u.Number(), u.Number()
	line.Period, line.CareMonth, line.Quantity, line.Price = billing.Period(u.Number()), billing.Period(u.Number()), billing.Quantity(u.Number()), billing.Price(u.Number())
	line.Amount, line.Records, line.First, line.Sequence = billing.Money(u.Number()), int(u.Number()), billing.Date(u.Number()), u.Number()
	var kind, unit string
	u.Texts(&line.BSN, &kind, &line.Municipality, &line.Provider, &line.Referral, &line.Product, &unit, &line.Original, &line.Hash)
	if u.Err != nil {
		return line, firstRun, fmt.Errorf("read lines: %w", u.Err)
	}
	if line.Kind, err = words.LineKind(kind); err != nil {
		return line, firstRun, err
	}
	line.Unit, err = words.Unit(unit)
	line.Number = Number(line.Period, line.Sequence)
	return line, firstRun, err
}

// eachLine visits lines by value: the visitor may keep them.
func (v *view) eachLine(ctx context.Context, where string, values []any, visit func(OpenLine) error) error {
	var text string
	return v.db.Each(ctx, "SELECT "+lineText+" FROM lines l WHERE "+where, values, func(scan database.Scan) error {
		if err := scan(&text); err != nil {
			return fmt.Errorf("read lines: %w", err)
		}
		line, firstRun, err := chained(text)
		if err != nil {
			return err
		}
		return visit(OpenLine{line.DeclaredLine, firstRun})
	})
}

// lineAtRest is the expression for a line of care at rest, under the alias l, as one text, with only what counts for
// judging: there are more of them with every month, and they are read for every client. It begins with a 0, which no
// lineText does.
var lineAtRest = packed.Row([]string{"0", "l.care_month", "CASE l.kind WHEN 'credit' THEN -l.quantity ELSE l.quantity END", "l.price"},
	packed.Under("l").Each(strings.Fields("bsn referral product unit")))

func (r *ClientReader) lines(ctx context.Context, in string, values []any, clients map[string]*StoredClient) error {
	statement, by := "SELECT "+lineText+" FROM lines l WHERE "+in+" AND l.last_run = 0", "l.bsn"
	if !r.whole { // a client is at rest up to the last day of a month, and a line's first day is in its care month
		rests := "l.sequence > 0 AND CASE WHEN l.first_date > 0 THEN l.first_date <= c.rest_to ELSE l.care_month <= " + r.rests.month + " END"
		statement, by = "SELECT CASE WHEN "+rests+" THEN "+lineAtRest+" ELSE "+lineText+" END FROM clients c CROSS JOIN lines l WHERE "+onClient(in)+" AND l.bsn = c.bsn AND l.last_run = 0", "c.bsn"
	}
	var text string
	return r.tx.db.Each(ctx, statement+" ORDER BY "+by+", l.period, l.sequence", values, func(scan database.Scan) error {
		if err := scan(&text); err != nil {
			return fmt.Errorf("read lines: %w", err)
		}
		if text[0] == '0' {
			return addAtRest(clients, text)
		}
		line, firstRun, err := chained(text)
		if err != nil {
			return err
		}
		if stored := clients[line.BSN]; line.Number == "" {
			stored.Open = append(stored.Open, OpenLine{line.DeclaredLine, firstRun})
		} else {
			stored.Client.Ledger = append(stored.Client.Ledger, line.DeclaredLine)
		}
		return nil
	})
}

// addAtRest adds a line, read from a lineAtRest, to its client.
func addAtRest(clients map[string]*StoredClient, text string) error {
	u := packed.Unpack(text)
	u.Number()
	line := billing.Line{LineKey: billing.LineKey{CareMonth: billing.Period(u.Number())}, Quantity: billing.Quantity(u.Number()), Price: billing.Price(u.Number())}
	var unit string
	u.Texts(&line.BSN, &line.Referral, &line.Product, &unit)
	if u.Err != nil {
		return fmt.Errorf("read lines: %w", u.Err)
	}
	var err error
	line.Unit, err = words.Unit(unit)
	client := clients[line.BSN].Client
	client.AtRest = weighed(client.AtRest, line)
	return err
}

// weighed returns lines with line added or, if it is a credit, without the line that it credits.
func weighed(lines []billing.Line, line billing.Line) []billing.Line {
	if line.Quantity < 0 {
		credited := line
		credited.Quantity = -line.Quantity
		if at := slices.Index(lines, credited); at >= 0 {
			return slices.Delete(lines, at, at+1)
		}
	}
	return append(lines, line)
}

// LineWriter writes the lines of an open period that changed in a run.
type LineWriter struct {
	tx   *Tx
	run  int64
	rows *database.Bulk
}

// LineWriter returns a writer for the run.
func (t *Tx) LineWriter(run int64) *LineWriter {
	return &LineWriter{tx: t, run: run, rows: t.db.Bulk("lines", lineColumns...)}
}

// Put stores a client's declaration from this run on: lines that hold already stay, the others end or are added.
func (w *LineWriter) Put(ctx context.Context, before []OpenLine, after []billing.DeclaredLine) error {
	stands := make(map[billing.DeclaredLine]int, len(before))
	for _, line := range before {
		stands[line.DeclaredLine]++
	}
	for _, line := range after {
		if stands[line] > 0 {
			stands[line]--
			continue
		}
		if err := addLine(ctx, w.rows, OpenLine{line, w.run}, 0, ""); err != nil {
			return err
		}
	}
	for _, line := range before {
		gone := stands[line.DeclaredLine]
		if gone == 0 {
			continue
		}
		ended := equalLines(before, line)
		stands[line.DeclaredLine] = max(gone-ended, 0)
		if err := w.end(ctx, line); err != nil {
			return err
		}
		for range max(ended-gone, 0) { // equal lines end together: those that stay are added again
			if err := addLine(ctx, w.rows, OpenLine{line.DeclaredLine, w.run}, 0, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

// equalLines counts the lines equal to line, including its first run.
func equalLines(lines []OpenLine, line OpenLine) int {
	count := 0
	for i := range lines {
		if lines[i] == line {
			count++
		}
	}
	return count
}

// addLine writes a line; for a final line with its sequence number and hash, otherwise with 0 and "".
func addLine(ctx context.Context, rows *database.Bulk, line OpenLine, sequence int64, hash string) error {
	return rows.Add(ctx, line.BSN, line.FirstRun, 0, int32(line.Period), string(line.Kind), int32(line.CareMonth), line.Municipality, line.Provider,
		line.Referral, line.Product, line.Unit.String(), int64(line.Quantity), int64(line.Price), int64(line.Amount), line.Records,
		int32(line.First), sequence, line.Original, hash)
}

// end makes a line of an open period hold no longer. The plus sign keeps SQLite from using the index on open lines, with
// which it would search the whole period for each.
func (w *LineWriter) end(ctx context.Context, line OpenLine) error {
	return w.tx.db.Exec(ctx, "UPDATE lines SET last_run = ? WHERE bsn = ? AND period = ? AND +sequence = 0 AND last_run = 0 AND first_run = ? AND kind = ? "+
		"AND care_month = ? AND municipality = ? AND provider = ? AND referral = ? AND product = ? AND unit = ? AND price = ? AND original = ? AND quantity = ? AND record_count = ? "+
		"AND first_date = ?",
		w.run-1, line.BSN, int32(line.Period), line.FirstRun, string(line.Kind), int32(line.CareMonth), line.Municipality, line.Provider,
		line.Referral, line.Product, line.Unit.String(), int64(line.Price), line.Original, int64(line.Quantity),
		line.Records, int32(line.First))
}

// Flush writes the lines that are still collected.
func (w *LineWriter) Flush(ctx context.Context) error { return w.rows.Flush(ctx) }

// lineOrder is the order of billing.CompareDeclared in SQL; units are ordered by their words.
const lineOrder = " ORDER BY municipality, provider, bsn, referral, product, unit, care_month, " +
	"CASE kind WHEN 'credit' THEN 0 WHEN 'correction' THEN 1 WHEN 'late' THEN 2 ELSE 3 END, price, original, first_date, quantity"

// EachLine visits the lines of a run's period as that run left them, in the order of the export. Lines of an open period
// are numbered by their place in it.
func (v *view) EachLine(ctx context.Context, run Run, visit func(*billing.DeclaredLine) error) error {
	sequence := int64(0)
	return v.eachLine(ctx, "period = ? AND "+standing("l")+lineOrder, []any{run.Period, run.ID, run.ID}, func(line OpenLine) error {
		sequence++
		line.Number = Number(line.Period, sequence)
		return visit(&line.DeclaredLine)
	})
}

// LineAt returns the line at a place, counted from 1, in a run's declaration; ok is false if there is none.
func (v *view) LineAt(ctx context.Context, run Run, place int64) (found billing.DeclaredLine, ok bool, err error) {
	if place < 1 {
		return found, false, nil
	}
	values := []any{run.Period, run.ID, run.ID}
	where := "period = ? AND " + standing("l") + lineOrder + " LIMIT 1 OFFSET ?"
	if run.Closed() { // the places are final
		where = "period = ? AND " + standing("l") + " AND sequence = ?"
		values = append(values, place)
	} else {
		values = append(values, place-1)
	}
	err = v.eachLine(ctx, where, values, func(line OpenLine) error {
		line.Number = Number(line.Period, place)
		found, ok = line.DeclaredLine, true
		return nil
	})
	return found, ok, err
}

// LinesOf visits the lines of a key: those of closed periods, and the current open ones.
func (v *view) LinesOf(ctx context.Context, key billing.LineKey, visit func(*billing.DeclaredLine) error) error {
	return v.eachLine(ctx, "bsn = ? AND provider = ? AND municipality = ? AND referral = ? AND product = ? AND unit = ? AND care_month = ? "+
		"AND last_run = 0 ORDER BY period, sequence",
		[]any{key.BSN, key.Provider, key.Municipality, key.Referral, key.Product, key.Unit.String(), int32(key.CareMonth)},
		func(line OpenLine) error { return visit(&line.DeclaredLine) })
}

// EachLineOf visits the lines of clients, given in BSN order, in the declaration of a run's period as that run left them.
func (v *view) EachLineOf(ctx context.Context, run Run, clients []string, visit func(*billing.DeclaredLine) error) error {
	if len(clients) == 0 {
		return nil
	}
	in, values := database.Within("bsn", clients)
	return v.eachLine(ctx, in+" AND period = ? AND "+standing("l")+lineOrder, append(values, run.Period, run.ID, run.ID),
		func(line OpenLine) error { return visit(&line.DeclaredLine) })
}

// CareYears returns the calendar years with care that was declared, or that a run declares or holds, in order.
func (v *view) CareYears(ctx context.Context, run Run) ([]int, error) {
	var months, days []int32
	err := v.db.List(ctx, &months, "SELECT DISTINCT care_month FROM lines WHERE sequence > 0 OR (period = ? AND "+standing("lines")+")", run.Period, run.ID, run.ID)
	if err != nil {
		return nil, err
	}
	if err := v.db.List(ctx, &days, "SELECT DISTINCT r.care_date"+waitingIn, run.ID, run.ID, 1, int32(billing.NewDate(9999, 12, 31))); err != nil {
		return nil, err
	}
	var years []int
	for _, month := range months {
		years = append(years, billing.Period(month).Year())
	}
	for _, day := range days {
		years = append(years, billing.Date(day).Period().Year())
	}
	slices.Sort(years)
	return slices.Compact(years), nil
}
