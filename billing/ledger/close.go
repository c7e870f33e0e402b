package ledger

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// Close makes the lines of a run's period final: they are numbered in the order of the export, each chained by a hash to
// the one before, and never change again. It stores the book and the policy, and seals everything that came in, was judged
// or was written since the previous close. It returns the run as closed, with the head of the chain.
func (t *Tx) Close(ctx context.Context, run Run, asOf billing.Date, head string, book *billing.Book, policy billing.Policy) (Run, error) {
	lines, err := t.openLines(ctx, run)
	if err != nil {
		return run, err
	}
	// The open lines are deleted and final ones take their place: only a close ever deletes lines. The lines of earlier
	// runs of the period stay, for comparison.
	if err := t.db.Remove(ctx, "lines", "sequence = 0 AND (last_run = 0 OR period <> ?)", run.Period); err != nil {
		return run, err
	}
	rows := t.db.Bulk("lines", lineColumns...)
	total := billing.Money(0)
	for i := range lines {
		line := &lines[i]
		line.Number = Number(run.Month(), int64(i+1))
		total += line.Amount
		head = Link(head, canonicalLine(&line.DeclaredLine))
		if err := addLine(ctx, rows, *line, int64(i+1), head); err != nil {
			return run, err
		}
	}
	if err := rows.Flush(ctx); err != nil {
		return run, err
	}
	if err := t.NoteDeclaredOn(ctx, run, book); err != nil {
		return run, err
	}
	if err := t.keepBook(ctx, run, book, policy); err != nil {
		return run, err
	}
	if run.Seal, err = t.db.Seal(ctx, database.Close{ID: run.ID, Period: run.Period, LastFile: run.LastFile}); err != nil {
		return run, err
	}
	run.ClosedOn = asOf
	run.Head = Link(head, canonicalClose(run, len(lines), total))
	t.db.Did.Say("close %s", run.Month())
	t.db.Did.AddFile("head "+run.Month().String(), run.Head) // as a hash: in a remark some of its digits could be masked as a BSN
	t.db.Did.Count("lines", int64(len(lines)))
	t.db.Did.Count("cents", int64(total))
	if err := t.declare(ctx, run); err != nil {
		return run, err
	}
	if err := t.rest(ctx); err != nil {
		return run, err
	}
	if err := t.keepTotals(ctx, run.Month()); err != nil {
		return run, err
	}
	return run, t.db.Exec(ctx, "UPDATE runs SET closed_on = ?, head = ?, seal = ? WHERE id = ?", run.ClosedOn, run.Head, run.Seal, run.ID)
}

func (t *Tx) openLines(ctx context.Context, run Run) ([]OpenLine, error) {
	var lines []OpenLine
	err := t.eachLine(ctx, "period = ? AND last_run = 0 AND sequence = 0"+lineOrder, []any{run.Period}, func(line OpenLine) error {
		lines = append(lines, line)
		return nil
	})
	return lines, err
}

// declare marks accepted versions as standing and declared (the first period, and the latest price), and the others as not
// standing. A version with the same outcome as at the previous close was marked then, so only outcomes that began since are
// read.
func (t *Tx) declare(ctx context.Context, run Run) error {
	before, _, err := t.LastClosed(ctx)
	if err != nil {
		return err
	}
	const accepted = "o.outcome = 'accepted'"
	return t.db.Exec(ctx, "UPDATE records SET declared = CASE WHEN "+accepted+" AND records.declared = 0 THEN ? ELSE records.declared END, "+
		"declared_price = CASE WHEN "+accepted+" THEN o.price ELSE records.declared_price END, standing = CASE WHEN "+accepted+" THEN 1 ELSE 0 END "+
		"FROM outcomes o WHERE o.bsn = records.bsn AND o.record_id = records.id AND o.first_run > ? AND o.last_run = 0 AND CASE WHEN "+accepted+
		" THEN records.declared = 0 OR records.standing = 0 OR records.declared_price <> o.price ELSE records.standing = 1 END", run.Period, before.ID)
}

// rest puts records at rest, as the last judgement of each client determined for when its declaration is final. A client with
// an undeclared accepted or pending record up to that day is skipped: no judgement leads to this, but somebody may have changed
// the database.
func (t *Tx) rest(ctx context.Context) error {
	rests, err := t.restBounds(ctx, "clients.rest_to")
	if err != nil {
		return err
	}
	return t.db.Exec(ctx, "UPDATE clients SET undeclared = 0, rest_to = closed_rest_to, passed = closed_passed, closed_rest_to = 0, closed_passed = 0 WHERE "+toJudge+" AND closed_rest_to > 0 "+
		"AND NOT EXISTS (SELECT 1 FROM records r CROSS JOIN outcomes o WHERE r.bsn = clients.bsn AND r.id >= "+rests.row+" AND r.declared = 0 AND r.care_date <> 0 AND r.care_date <= clients.closed_rest_to "+
		"AND o.bsn = r.bsn AND o.record_id = r.id AND o.last_run = 0 AND o.outcome IN ('accepted', 'pending'))")
}

// KeptReport is a workbook as last written. Content is only stored for a closed period.
type KeptReport struct {
	Name    string `db:"name"`
	SHA256  string `db:"sha256"`
	Content []byte `db:"content"`
}

// ReportsOfYear returns the key under which the workbooks of a year are stored, in place of a period. It is no month: those
// are not negative.
func ReportsOfYear(year int) billing.Period { return billing.Period(-year) }

// KeepReports replaces the list of workbooks written for a period.
func (t *Tx) KeepReports(ctx context.Context, period billing.Period, reports []KeptReport) error {
	if err := t.db.Remove(ctx, "reports", "period = ?", int32(period)); err != nil {
		return err
	}
	for _, report := range reports {
		t.db.Sum("reports", int64(period), int32(period), report.Name, report.SHA256, database.Flag(report.Content != nil))
		if err := t.db.Exec(ctx, "INSERT INTO reports (period, name, sha256, content) VALUES (?,?,?,?)", int32(period), report.Name, report.SHA256,
			report.Content); err != nil {
			return err
		}
	}
	return nil
}

// ReportHashes returns the SHA-256 of the workbooks last written for a period, by name.
func (v *view) ReportHashes(ctx context.Context, period billing.Period) (map[string]string, error) {
	var reports []KeptReport
	if err := v.db.List(ctx, &reports, "SELECT name, sha256 FROM reports WHERE period = ?", int32(period)); err != nil {
		return nil, err
	}
	hashes := make(map[string]string, len(reports))
	for _, report := range reports {
		hashes[report.Name] = report.SHA256
	}
	return hashes, nil
}

// ReportContent returns a stored workbook of a closed period; nil if there is none.
func (v *view) ReportContent(ctx context.Context, period billing.Period, name string) ([]byte, error) {
	var content []byte
	_, err := database.Found(v.db.Get(ctx, &content, "SELECT content FROM reports WHERE period = ? AND name = ?", int32(period), name))
	return content, err
}

// keepBook stores the book and the policy of a run, so that its period can be shown again as it was.
func (t *Tx) keepBook(ctx context.Context, run Run, book *billing.Book, policy billing.Policy) error {
	text, err := words.WriteBook(book, policy)
	if err != nil {
		return err
	}
	t.db.Sum("books", 0, bookName(run), text)
	return t.SetMeta(ctx, bookName(run), text)
}

// Book returns the book and the policy of a closed run; ok is false if none was stored.
func (v *view) Book(ctx context.Context, run Run) (book *billing.Book, policy billing.Policy, ok bool, err error) {
	text, err := v.Meta(ctx, bookName(run))
	if err != nil || text == "" {
		return nil, billing.Policy{}, false, err
	}
	if book, policy, err = words.Book(text); err != nil {
		return nil, billing.Policy{}, false, fmt.Errorf("period %s: %w", run.Month(), err)
	}
	return book, policy, true, nil
}

func bookName(run Run) string { return "book/" + strconv.FormatInt(run.ID, 10) }

var declaredOnColumns = []string{"provider", "product", "municipality", "care_month", "segment", "first_date"}

// NoteDeclaredOn stores which parts of the book the final lines of a closed run's period depend on, with the segments that
// the book gave the products on their care dates.
func (t *Tx) NoteDeclaredOn(ctx context.Context, run Run, book *billing.Book) error {
	found, err := t.declaredOnBy(ctx, run, book)
	if err != nil {
		return err
	}
	for _, on := range found {
		err := t.db.Insert(ctx, "declared_on", "INSERT INTO declared_on ("+strings.Join(declaredOnColumns, ", ")+") VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING",
			on.Provider, on.Product, on.Municipality, int32(on.Day.Period()), on.Segment, int32(on.Day))
		if err != nil {
			return err
		}
	}
	return nil
}

// declaredOnBy returns which parts of the book the lines of a closed run's period depend on, with the earliest day in each
// month.
func (t *Tx) declaredOnBy(ctx context.Context, run Run, book *billing.Book) ([]billing.DeclaredOn, error) {
	var found []billing.DeclaredOn
	known := make(map[billing.DeclaredOn]bool) // with the first of the month as Day
	err := t.db.Each(ctx, "SELECT DISTINCT provider, product, municipality, first_date FROM lines WHERE period = ? AND sequence > 0 "+
		"ORDER BY provider, product, municipality, first_date", []any{run.Period}, func(scan database.Scan) error {
		var on billing.DeclaredOn
		if err := scan(&on.Provider, &on.Product, &on.Municipality, &on.Day); err != nil {
			return err
		}
		if product := book.ProductOn(on.Product, on.Day); product != nil {
			on.Segment = product.Segment
		}
		month := on
		if month.Day = on.Day.Period().First(); !known[month] {
			known[month] = true
			found = append(found, on)
		}
		return nil
	})
	return found, err
}

// DeclaredOn returns which parts of the book were declared on in closed periods, including what was credited since.
func (v *view) DeclaredOn(ctx context.Context) ([]billing.DeclaredOn, error) {
	var all []billing.DeclaredOn
	var row string
	err := v.db.Each(ctx, "SELECT "+packed.Row([]string{"first_date"}, []string{"provider", "product", "municipality", "segment"})+
		" FROM declared_on ORDER BY provider, product, municipality, care_month, segment", nil, func(scan database.Scan) error {
		if err := scan(&row); err != nil {
			return err
		}
		u := packed.Unpack(row)
		on := billing.DeclaredOn{Day: billing.Date(u.Number())}
		u.Texts(&on.Provider, &on.Product, &on.Municipality, &on.Segment)
		all = append(all, on)
		return u.Err
	})
	return all, err
}

// noteAllDeclaredOn calls NoteDeclaredOn for the periods that were closed before this was stored, with their own books.
func (t *Tx) noteAllDeclaredOn(ctx context.Context) error {
	closed, err := t.db.Closes(ctx) // works before later columns exist
	if err != nil {
		return err
	}
	for _, before := range closed {
		run := Run{ID: before.ID, Period: before.Period, LastFile: before.LastFile}
		book, _, kept, err := t.Book(ctx, run)
		if err != nil {
			return fmt.Errorf("what was declared on: %w", err)
		}
		if !kept {
			book = (&billing.Book{}).Index() // the segments are unknown then
		}
		if err := t.NoteDeclaredOn(ctx, run, book); err != nil {
			return err
		}
	}
	return nil
}
