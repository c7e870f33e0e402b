package intake

import (
	"cmp"
	"context"
	"errors"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/parallel"
)

// source is a file of a group: its path, and the SHA-256 of its content or why it cannot be read.
type source struct {
	path    string
	hash    string
	refused Refusal
	failed  error       // the error of hashing it or looking it up
	before  ledger.File // its last reading before the group; ID 0 for none
	first   int64       // number of its first reading if it is to be read again; otherwise 0
	wanted  bool        // it is not known yet, or is to be read again
	due     bool        // it is known, and a day has come that lay in the future when it was read

	takenBack bool // it was taken in and taken back before
}

// mayChange reports whether taking in the file can have any effect, including an error.
func (s source) mayChange() bool { return s.wanted || s.failed != nil }

// compare orders files that are read again before the others, and by their first reading: a later one may depend on an
// earlier one.
func (s source) compare(other source) int {
	if (s.first != 0) != (other.first != 0) {
		return cmp.Compare(other.first, s.first)
	}
	return cmp.Compare(s.first, other.first)
}

// hashed returns the source at a path, with its hash.
func (im *importing) hashed(path string) source {
	hash, err := im.Reader.Hash(path)
	if refusal, ok := errors.AsType[Refusal](err); ok {
		return source{path: path, refused: refusal}
	}
	return source{path: path, hash: hash, failed: err}
}

// compareWithStore sets what the store knows of a file.
func (im *importing) compareWithStore(ctx context.Context, tx *ledger.Tx, file *source) error {
	before, known, err := tx.KnownFile(ctx, file.hash)
	if err != nil {
		return err
	}
	file.before = before
	file.wanted = !known || before.Reread || im.hasCome(before)
	file.due = known && !before.Reread && im.hasCome(before)
	if known && before.Reread {
		readings, err := tx.FilesHashed(ctx, file.hash)
		if err != nil {
			return err
		}
		file.first = readings[0].ID
	}
	if file.wanted { // it is not needed for others
		file.takenBack, err = tx.WasTakenBack(ctx, file.hash)
	}
	return err
}

// hasCome reports whether a day has come that lay in the future when the file was last read.
func (im *importing) hasCome(before ledger.File) bool {
	return before.Future != 0 && im.asOf >= before.Future
}

// ahead reads the files of a group while earlier ones are taken in, so that reading and deciding go on concurrently. It
// passes on the rows in the order of the files, because the result for a file depends on the files before it.
type ahead struct {
	in      *Intake
	ctx     context.Context
	asOf    billing.Date
	stop    context.CancelFunc
	readers *parallel.Group
	files   []*readFile // of the group, in order
	seen    int         // number of files considered so far for reading
}

// filesAhead is how many files are read ahead of the one that is being taken in.
const filesAhead = 1

// batchSize is the number of rows passed on at a time, and batchesAhead the number of batches that may wait: together they
// limit memory.
const (
	batchSize    = 200
	batchesAhead = 40
)

// readFile is a file that is read ahead. Its results (isMessage, summary, err) are set once batches is closed.
type readFile struct {
	path      string
	stop      context.CancelFunc // nil until reading starts
	batches   chan []anyRow
	wanted    bool
	isMessage bool // then its rows are not read ahead: takeMessage reads it
	summary   *billing.FileSummary
	err       error
}

// anyRow is a row of a file of any kind: exactly one of its fields is set.
type anyRow struct {
	record   *billing.Record
	referral *billing.ReferralRow
	decision *billing.DecisionRow
}

// passTo passes the row to the sink.
func (r *anyRow) passTo(sink billing.Sink) error {
	switch {
	case r.record != nil:
		return sink.Record(r.record)
	case r.referral != nil:
		return sink.Referral(r.referral)
	}
	return sink.Decision(r.decision)
}

// readAhead prepares to read the wanted files ahead. The caller must call end.
func (in *Intake) readAhead(ctx context.Context, sources []source, asOf billing.Date) *ahead {
	a := &ahead{in: in, asOf: asOf, files: make([]*readFile, len(sources))}
	a.ctx, a.stop = context.WithCancel(ctx)
	a.readers, _ = parallel.New(a.ctx)
	for i, from := range sources {
		a.files[i] = &readFile{path: from.path, wanted: from.wanted, batches: make(chan []anyRow, batchesAhead)}
	}
	return a
}

// next returns the file at index place, and starts reading it and the files after it, up to filesAhead.
func (a *ahead) next(place int) *readFile {
	for ; a.seen < len(a.files) && a.seen <= place+filesAhead; a.seen++ {
		if file := a.files[a.seen]; file.wanted {
			a.begin(file)
		}
	}
	return a.files[place]
}

// passRows passes the rows of a file to the sink as they are read. It returns the sink's error, or else the reader's.
func (a *ahead) passRows(file *readFile, sink billing.Sink) error {
	if file.stop == nil {
		a.begin(file)
	}
	defer file.stop()
	for rows := range file.batches {
		for i := range rows {
			if err := rows[i].passTo(sink); err != nil {
				return err
			}
		}
	}
	return file.err
}

// cancel stops reading a file that turns out to be known.
func (f *readFile) cancel() {
	if f.stop != nil {
		f.stop()
	}
}

func (a *ahead) begin(file *readFile) {
	ctx, stop := context.WithCancel(a.ctx)
	file.stop = stop
	read := parallel.Safely(func() (err error) {
		if file.isMessage, err = a.in.isMessage(file.path); err != nil || file.isMessage {
			return err
		}
		to := &batches{ctx: ctx, to: file.batches}
		if file.summary, err = a.in.Reader.Read(ctx, file.path, a.asOf, to); err != nil {
			to.flush() //nolint:errcheck // the reader's error is returned
			return err
		}
		return to.flush()
	})
	a.readers.Go(func() error {
		defer close(file.batches)
		file.err = read()
		return nil // the error is returned by passRows
	})
}

// end stops all reading and waits for it.
func (a *ahead) end() {
	a.stop()
	_ = a.readers.Wait()
}

// batches collects rows. It is the sink of the reader.
type batches struct {
	ctx  context.Context
	rows []anyRow
	to   chan<- []anyRow
}

// Record adds a row of a submission.
func (b *batches) Record(row *billing.Record) error { return b.add(anyRow{record: row}) }

// Referral adds a row of a referral file.
func (b *batches) Referral(row *billing.ReferralRow) error { return b.add(anyRow{referral: row}) }

// Decision adds a row of decisions.
func (b *batches) Decision(row *billing.DecisionRow) error { return b.add(anyRow{decision: row}) }

func (b *batches) add(row anyRow) error {
	b.rows = append(b.rows, row)
	if len(b.rows) < batchSize {
		return nil
	}
	return b.flush()
}

// flush passes on the collected rows.
func (b *batches) flush() error {
	rows := b.rows
	b.rows = make([]anyRow, 0, batchSize)
	select {
	case b.to <- rows:
		return nil
	case <-b.ctx.Done():
		return b.ctx.Err()
	}
}
