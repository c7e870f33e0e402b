package ledger

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

var prestatieColumns = []string{
	"client_place", "part", "line", "receiver", "category", "unit", "volume", "has_tariff", "tariff", "claimed", "is_credit", "previous", "declared_to",
	"verdict", "answer_findings", "answer_price", "answer_referral", "answer_municipality", "answer_product",
}

var prestatieTable = append([]string{"bsn", "record_id", "file_id"}, prestatieColumns...)

// prestatieRow is a row of the table prestaties; empty for a record that is no prestatie.
type prestatieRow struct {
	p        billing.Prestatie
	answer   billing.PrestatieAnswer
	verdict  string
	findings string
}

func (row *prestatieRow) scanTargets() []any {
	p, a := &row.p, &row.answer
	return []any{
		&p.Client, &p.Part, &p.Line, &p.Receiver, &p.Category, &p.Unit, &p.Volume, &p.HasTariff, &p.Tariff, &p.Claimed, &p.Credit, &p.Previous, &p.DeclaredTo,
		&row.verdict, &row.findings, &a.Price, &a.Referral, &a.Municipality, &a.Product,
	}
}

// The stored words for a verdict.
const (
	verdictApproved = "approved"
	verdictRejected = "rejected"
)

// prestatie returns the prestatie; nil if the record is none.
func (row *prestatieRow) prestatie() (*billing.Prestatie, error) {
	if row.p.Client == 0 {
		return nil, nil
	}
	p := row.p
	if row.verdict == "" {
		return &p, nil
	}
	answer := row.answer
	answer.Approved = row.verdict == verdictApproved
	var err error
	if answer.Findings, err = words.Findings(row.findings, 0); err != nil {
		return nil, err
	}
	for i := range answer.Findings {
		answer.Codes.Add(answer.Findings[i].Code)
	}
	p.Answer = &answer
	return &p, nil
}

// joinedPrestatie joins records r to their prestaties as m.
const joinedPrestatie = " LEFT JOIN prestaties m ON m.bsn = r.bsn AND m.record_id = r.id"

// messageSeparator separates the columns of a prestatie: XML cannot contain it.
const messageSeparator = "\x1f"

// prestatiePacked is the expression for a joined prestatie as one text, in the order of prestatieColumns; "" if the record
// is none.
var prestatiePacked = "CASE WHEN m.bsn IS NULL THEN '' ELSE concat_ws('" + messageSeparator + "', m." + strings.Join(prestatieColumns, ", m.") + ") END"

// unpackPrestatie reads a prestatiePacked; nil if the record is no prestatie.
func unpackPrestatie(text string) (*billing.Prestatie, error) {
	if text == "" {
		return nil, nil
	}
	var row prestatieRow
	p, a := &row.p, &row.answer
	u := packed.UnpackBy(text, messageSeparator)
	p.Client, p.Part, p.Line, p.Receiver, p.Category, p.Unit = int(u.Number()), int(u.Number()), int(u.Number()), u.Word(), u.Word(), u.Word()
	p.Volume, p.HasTariff, p.Tariff, p.Claimed, p.Credit, p.Previous = u.Number(), u.Flag(), u.Number(), billing.Money(u.Number()), u.Flag(), u.Word()
	p.DeclaredTo, row.verdict, row.findings = billing.Date(u.Number()), u.Word(), u.Word()
	a.Price, a.Referral, a.Municipality, a.Product = billing.Price(u.Number()), u.Word(), u.Word(), u.Word()
	if u.Err != nil {
		return nil, u.Err
	}
	return row.prestatie()
}

// prestaties adds their prestatie to the clients' records that have one.
func (r *ClientReader) prestaties(ctx context.Context, in string, values []any, clients map[string]*StoredClient) error {
	var bsn string
	var id int64
	found := make(map[int64]*billing.Prestatie)
	err := r.tx.db.Each(ctx, "SELECT bsn, record_id, "+strings.Join(prestatieColumns, ", ")+" FROM prestaties WHERE "+in, values, func(scan database.Scan) error {
		var row prestatieRow
		if err := scan(append([]any{&bsn, &id}, row.scanTargets()...)...); err != nil {
			return err
		}
		p, err := row.prestatie()
		found[id] = p
		return err
	})
	if err != nil || len(found) == 0 {
		return err
	}
	for _, client := range clients {
		for _, record := range client.Client.Records {
			record.Prestatie = found[record.ID]
		}
	}
	return nil
}

// PrestatieWriter writes the prestaties of records.
type PrestatieWriter struct{ rows *database.Bulk }

// PrestatieWriter returns a writer of prestaties; Flush it before the transaction ends or they are read.
func (t *Tx) PrestatieWriter() *PrestatieWriter {
	return &PrestatieWriter{t.db.Bulk("prestaties", prestatieTable...)}
}

// Add writes the prestatie of a record.
func (w *PrestatieWriter) Add(ctx context.Context, r *billing.Record) error {
	return w.add(ctx, r, "", &billing.PrestatieAnswer{})
}

// AddStored writes the prestatie of a record from another store, with its answer.
func (w *PrestatieWriter) AddStored(ctx context.Context, r *billing.Record) error {
	answer := r.Prestatie.Answer
	switch {
	case answer == nil:
		return w.Add(ctx, r)
	case answer.Approved:
		return w.add(ctx, r, verdictApproved, answer)
	}
	return w.add(ctx, r, verdictRejected, answer)
}

func (w *PrestatieWriter) add(ctx context.Context, r *billing.Record, verdict string, answer *billing.PrestatieAnswer) error {
	p := r.Prestatie
	return w.rows.Add(ctx, r.BSN, r.ID, r.FileID, p.Client, p.Part, p.Line, p.Receiver, p.Category, p.Unit, p.Volume, database.Flag(p.HasTariff), p.Tariff,
		int64(p.Claimed), database.Flag(p.Credit), p.Previous, int32(p.DeclaredTo), verdict, words.WriteFindings(answer.Findings), int64(answer.Price), answer.Referral,
		answer.Municipality, answer.Product)
}

// unanswered holds the files of messages that were not answered yet at the time of a run. The answer of a later run must
// not show in the results of that run.
type unanswered map[int64]bool

// unansweredIn returns the messages that were answered by a later run.
func (v *view) unansweredIn(ctx context.Context, run Run) (unanswered, error) {
	var files []int64
	err := v.db.List(ctx, &files, "SELECT file_id FROM messages WHERE answered_in >= ? AND answered_by > ?", run.Period, run.ID)
	later := make(unanswered, len(files))
	for _, file := range files {
		later[file] = true
	}
	return later, err
}

// prestatie reads a prestatiePacked of a file, leaving out an answer from after the run.
func (u unanswered) prestatie(text string, file int64) (*billing.Prestatie, error) {
	p, err := unpackPrestatie(text)
	if p != nil && u[file] {
		p.Answer = nil
	}
	return p, err
}

// HasMessages reports whether any care was declared in a message (JW323).
func (v *view) HasMessages(ctx context.Context) (bool, error) { return v.holdsAny(ctx, "prestaties") }

// AddPrestaties adds their prestatie to the rows that have one.
func (t *Tx) AddPrestaties(ctx context.Context, rows []StoredRecord) error {
	byID, clients := make(map[int64]StoredRecord), make(map[string]bool)
	for _, row := range rows {
		if row.Origin == billing.FromMessage {
			byID[row.ID], clients[row.BSN] = row, true
		}
	}
	return database.EachPart(slices.Sorted(maps.Keys(clients)), func(part []string) error {
		list, values := database.ListOf(part)
		var id int64
		return t.db.Each(ctx, "SELECT record_id, "+strings.Join(prestatieColumns, ", ")+" FROM prestaties WHERE bsn IN ("+list+")", values, func(scan database.Scan) error {
			var row prestatieRow
			if err := scan(append([]any{&id}, row.scanTargets()...)...); err != nil {
				return err
			}
			p, err := row.prestatie()
			if record, is := byID[id]; is {
				record.Prestatie = p
			}
			return err
		})
	})
}

// Flush writes the prestaties that are still collected.
func (w *PrestatieWriter) Flush(ctx context.Context) error { return w.rows.Flush(ctx) }

// prestatieReferrals looks up the referrals that prestaties name, with or without leading zeros.
func (r *ClientReader) prestatieReferrals(ctx context.Context, clients []*StoredClient) error {
	wanted := make(map[string]bool)
	for _, stored := range clients {
		for _, record := range stored.Client.Records {
			if record.Origin == billing.FromMessage {
				wanted[record.ReferralNumber] = true
			}
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	var written []string
	for _, number := range slices.Sorted(maps.Keys(wanted)) {
		written = append(written, billing.PaddedNumbers(number)...)
	}
	found, err := r.tx.latestReferrals(ctx, r.names, written)
	if err != nil {
		return err
	}
	byNumber := make(map[string][]*billing.Referral)
	for _, text := range written {
		byNumber[billing.WholeNumber(text)] = append(byNumber[billing.WholeNumber(text)], found[text]...)
	}
	for _, stored := range clients {
		for _, record := range stored.Client.Records {
			if record.Origin != billing.FromMessage {
				continue
			}
			if stored.Client.Numbered == nil {
				stored.Client.Numbered = make(map[string][]*billing.Referral)
			}
			stored.Client.Numbered[record.ReferralNumber] = byNumber[record.ReferralNumber]
		}
	}
	return nil
}

// countedIn is the condition on messages whose prestaties are records in a run; its two parameters are the number of that
// run, twice. The message itself tells only how it counts today: after a close, a run may find that it counts after all, or
// no longer.
var countedIn = "EXISTS (SELECT 1 FROM records r CROSS JOIN outcomes o WHERE r.file_id = messages.file_id AND o.bsn = r.bsn AND o.record_id = r.id AND " + standing("o") + ")"

// CountedSince returns the files of the messages that came in before a close and counted as never sent at it, but count in
// the run: their prestaties came in since the close.
func (v *view) CountedSince(ctx context.Context, since Since, run Run) (files []int64, err error) {
	err = v.db.List(ctx, &files, "SELECT file_id FROM messages WHERE file_id <= ? AND judged_by > ? AND NOT "+countedIn+" AND "+countedIn+" ORDER BY file_id",
		since.LastFile, since.Closed, since.Closed, since.Closed, run.ID, run.ID)
	return files, err
}

// FilesSince returns the files that came in between a close and a run, including those taken back, and those of
// CountedSince. A message that counts as never sent in the run has no rows.
func (v *view) FilesSince(ctx context.Context, since Since, run Run) ([]File, error) {
	counted, err := v.CountedSince(ctx, since, run)
	if err != nil {
		return nil, err
	}
	list, values := database.ListOf(counted)
	files, err := v.filesWithout(ctx, "file_id > ? AND file_id <= ? AND NOT "+countedIn, []any{since.LastFile, run.LastFile, run.ID, run.ID},
		"id > ? AND id <= ? OR id IN ("+list+")", append([]any{since.LastFile, run.LastFile}, values...)...)
	if err != nil {
		return nil, err
	}
	var again []int64
	err = v.db.List(ctx, &again, "SELECT f.id FROM files f WHERE f.id > ? AND f.id <= ? AND "+readAgain, since.LastFile, run.LastFile)
	for i := range files {
		files[i].ReadAgain = slices.Contains(again, files[i].ID)
	}
	return files, err
}

// DeclaredMessages returns the files of the messages without an answer that have a prestatie which was declared in a closed
// period.
func (v *view) DeclaredMessages(ctx context.Context) (map[int64]bool, error) {
	var files []int64
	err := v.db.List(ctx, &files, "SELECT file_id FROM messages WHERE answered_by = 0 AND refused = 0 AND EXISTS (SELECT 1 FROM records r WHERE r.file_id = messages.file_id AND r.declared <> 0)")
	declared := make(map[int64]bool, len(files))
	for _, file := range files {
		declared[file] = true
	}
	return declared, err
}
