package ledger

import (
	"context"
	"fmt"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// Close makes the lines of a run's period final: numbered in the order of the export, each chained by a hash
// to the one before, and never changed again. It keeps the book and the policy, and seals all that came in, was judged
// or was written since the close before. It gives the run as closed, with the head of the chain.
func (t *Tx) Close(ctx context.Context, run Run, asOf billing.Date, head string, book *billing.Book, policy billing.Policy) (Run, error) {
	lines, err := t.openLines(ctx, run)
	if err != nil {
		return run, err
	}
	// What is open goes, what is final comes in its place: nothing but this close ever deletes a line. What earlier
	// runs of the period declared stays, to be compared with.
	if err := t.remove(ctx, "lines", "sequence = 0 AND (last_run = 0 OR period <> ?)", run.Period); err != nil {
		return run, err
	}
	rows := t.bulk("lines", lineColumns...)
	total := billing.Money(0)
	for i := range lines {
		line := &lines[i]
		line.Number = Number(run.Month(), int64(i+1))
		total += line.Amount
		head = Link(head, CanonicalLine(&line.DeclaredLine))
		if err := rows.addLine(ctx, *line, int64(i+1), head); err != nil {
			return run, err
		}
	}
	if err := rows.flush(ctx); err != nil {
		return run, err
	}
	if err := t.NoteDeclaredOn(ctx, run, book); err != nil {
		return run, err
	}
	if err := t.keepBook(ctx, run, book, policy); err != nil {
		return run, err
	}
	if run.Seal, err = t.seal(ctx, run); err != nil {
		return run, err
	}
	run.ClosedOn = int32(asOf)
	run.Head = Link(head, CanonicalClose(run, len(lines), total))
	t.did.Say("close %s", run.Month())
	t.did.AddFile("head "+run.Month().String(), run.Head) // as a hash: in a remark, digits of it could be masked as a number of a client
	t.did.Count("lines", int64(len(lines)))
	t.did.Count("cents", int64(total))
	if err := t.declare(ctx, run); err != nil {
		return run, err
	}
	if err := t.keepTotals(ctx, run.Month()); err != nil {
		return run, err
	}
	return run, t.exec(ctx, "UPDATE runs SET closed_on = ?, head = ?, seal = ? WHERE id = ?", run.ClosedOn, run.Head, run.Seal, run.ID)
}

func (t *Tx) openLines(ctx context.Context, run Run) ([]OpenLine, error) {
	var lines []OpenLine
	err := t.eachLine(ctx, "period = ? AND last_run = 0 AND sequence = 0"+lineOrder, []any{run.Period}, func(line OpenLine) error {
		lines = append(lines, line)
		return nil
	})
	return lines, err
}

// declare notes on the accepted versions that they were declared, first in which period and last at what price, and that
// they stand; of the others that they do not. What was so at the close before, and has the same outcome still, was
// noted then: only outcomes that began since it are read.
func (t *Tx) declare(ctx context.Context, run Run) error {
	before, _, err := t.LastClosed(ctx)
	if err != nil {
		return err
	}
	const accepted = "o.outcome = 'accepted'"
	return t.exec(ctx, "UPDATE records SET declared = CASE WHEN "+accepted+" AND records.declared = 0 THEN ? ELSE records.declared END, "+
		"declared_price = CASE WHEN "+accepted+" THEN o.price ELSE records.declared_price END, standing = CASE WHEN "+accepted+" THEN 1 ELSE 0 END "+
		"FROM outcomes o WHERE o.bsn = records.bsn AND o.record_id = records.id AND o.first_run > ? AND o.last_run = 0 AND CASE WHEN "+accepted+
		" THEN records.declared = 0 OR records.standing = 0 OR records.declared_price <> o.price ELSE records.standing = 1 END", run.Period, before.ID)
}

// KeptReport is a workbook as pxq wrote it last. Content is only kept of a closed period.
type KeptReport struct {
	Name    string `db:"name"`
	SHA256  string `db:"sha256"`
	Content []byte `db:"content"`
}

// ReportsOfYear returns the key under which the workbooks of a year are noted in the place of a period. No month has
// it: a month counts from 0 upwards.
func ReportsOfYear(year int) billing.Period { return billing.Period(-year) }

// KeepReports notes which workbooks were written of a period, in the place of those before.
func (t *Tx) KeepReports(ctx context.Context, period billing.Period, reports []KeptReport) error {
	if err := t.remove(ctx, "reports", "period = ?", int32(period)); err != nil {
		return err
	}
	for _, report := range reports {
		t.sum("reports", int64(period), int32(period), report.Name, report.SHA256, flag(report.Content != nil))
		if err := t.exec(ctx, "INSERT INTO reports (period, name, sha256, content) VALUES (?,?,?,?)", int32(period), report.Name, report.SHA256,
			report.Content); err != nil {
			return err
		}
	}
	return nil
}

// ReportHashes returns the SHA-256 of the workbooks that were written last of a period, by name.
func (v *view) ReportHashes(ctx context.Context, period billing.Period) (map[string]string, error) {
	var reports []KeptReport
	if err := v.list(ctx, &reports, "SELECT name, sha256 FROM reports WHERE period = ?", int32(period)); err != nil {
		return nil, err
	}
	hashes := make(map[string]string, len(reports))
	for _, report := range reports {
		hashes[report.Name] = report.SHA256
	}
	return hashes, nil
}

// ReportContent returns a kept workbook of a closed period.
func (v *view) ReportContent(ctx context.Context, period billing.Period, name string) ([]byte, error) {
	var content []byte
	_, err := none(v.get(ctx, &content, "SELECT content FROM reports WHERE period = ? AND name = ?", int32(period), name))
	return content, err
}

// keepBook keeps the book and the policy of a run, so that its period can be shown again as it was.
func (t *Tx) keepBook(ctx context.Context, run Run, book *billing.Book, policy billing.Policy) error {
	text, err := words.WriteBook(book, policy)
	if err != nil {
		return err
	}
	t.sum("books", 0, bookName(run), text)
	return t.SetMeta(ctx, bookName(run), text)
}

// Book returns the book and the policy of a closed run; ok is false when none was kept.
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
