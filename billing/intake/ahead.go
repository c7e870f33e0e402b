package intake

import (
	"cmp"
	"context"
	"errors"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/parallel"
)

// source is a file of a group: its path, and the SHA-256 of what stands there or why it cannot be read.
type source struct {
	path    string
	hash    string
	refused Refusal
	failed  error       // why nobody could say
	before  ledger.File // its last reading, before the group; without number for none
	first   int64       // the number of its first reading, of one that is read once more; else 0
	wanted  bool        // it is not known yet, or read once more
	due     bool        // it was taken in before, and a day has come that lay in the future then

	takenBack bool // it was taken in before, and taken back
}

// mayChange reports whether taking in the file can do anything, even if only fail.
func (s source) mayChange() bool { return s.wanted || s.failed != nil }

// compare puts files that are read once more before the others, in the order in which they first came: a later one may depend
// on what an earlier one said.
func (s source) compare(other source) int {
	if (s.first != 0) != (other.first != 0) {
		return cmp.Compare(other.first, s.first)
	}
	return cmp.Compare(s.first, other.first)
}

// hashed finds out what stands at a path.
func (im *importing) hashed(path string) source {
	hash, err := im.Reader.Hash(path)
	if refusal, ok := errors.AsType[Refusal](err); ok {
		return source{path: path, refused: refusal}
	}
	return source{path: path, hash: hash, failed: err}
}

// compareWithStore finds out what the store knows of a file.
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
	if file.wanted { // of others nobody asks it
		file.takenBack, err = tx.WasTakenBack(ctx, file.hash)
	}
	return err
}

// hasCome reports whether a day has come that lay in the future when a file was read last.
func (im *importing) hasCome(before ledger.File) bool {
	return before.Future != 0 && im.asOf >= before.Future
}

// ahead reads the files of a group while those before them are taken in, so that reading and deciding go on at the same time.
// It hands over what it reads in the order of the files, because what becomes of a file depends on those before it.
type ahead struct {
	in      *Intake
	ctx     context.Context
	asOf    billing.Date
	stop    context.CancelFunc
	readers *parallel.Group
	files   []*readFile // of the group, in order
	seen    int         // how many of them were looked at, whether they are wanted
}

// filesAhead is how many files are read at a time, beside that which is taken in.
const filesAhead = 1

// batchSize is how many rows are handed over at a time, and batchesAhead how many batches may wait to be taken: together they
// bound what is in memory.
const (
	batchSize    = 200
	batchesAhead = 40
)

// readFile is a file that is read ahead. What it is and came to (isMessage, summary, err) is set once batches is closed.
type readFile struct {
	path      string
	stop      context.CancelFunc // nil before it is begun
	batches   chan []anyRow
	wanted    bool
	isMessage bool // then nothing of it is read ahead: takeMessage reads it
	summary   *billing.FileSummary
	err       error
}

// anyRow is a row of a file, of whichever kind: one of its fields is set.
type anyRow struct {
	record   *billing.Record
	referral *billing.ReferralRow
	decision *billing.DecisionRow
}

// give gives the row to a sink.
func (r *anyRow) give(sink billing.Sink) error {
	switch {
	case r.record != nil:
		return sink.Record(r.record)
	case r.referral != nil:
		return sink.Referral(r.referral)
	}
	return sink.Decision(r.decision)
}

// readAhead begins to read the files that are wanted. Whoever calls it ends it.
func (in *Intake) readAhead(ctx context.Context, sources []source, asOf billing.Date) *ahead {
	a := &ahead{in: in, asOf: asOf, files: make([]*readFile, len(sources))}
	a.ctx, a.stop = context.WithCancel(ctx)
	a.readers, _ = parallel.New(a.ctx)
	for i, from := range sources {
		a.files[i] = &readFile{path: from.path, wanted: from.wanted, batches: make(chan []anyRow, batchesAhead)}
	}
	return a
}

// next returns the file at a place, and sees to it that it and those behind it are read.
func (a *ahead) next(place int) *readFile {
	for ; a.seen < len(a.files) && a.seen <= place+filesAhead; a.seen++ {
		if file := a.files[a.seen]; file.wanted {
			a.begin(file)
		}
	}
	return a.files[place]
}

// give gives the rows of a file to a sink, as they are read. An error is that of the sink, or else of the reader.
func (a *ahead) give(file *readFile, sink billing.Sink) error {
	if file.stop == nil {
		a.begin(file)
	}
	defer file.stop()
	for rows := range file.batches {
		for i := range rows {
			if err := rows[i].give(sink); err != nil {
				return err
			}
		}
	}
	return file.err
}

// leave stops reading a file that turns out to be known.
func (f *readFile) leave() {
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
			to.flush() //nolint:errcheck // why the file is not read is told
			return err
		}
		return to.flush()
	})
	a.readers.Go(func() error {
		defer close(file.batches)
		file.err = read()
		return nil // told by who takes the file in
	})
}

// end stops whatever is still read, and waits until nothing is.
func (a *ahead) end() {
	a.stop()
	_ = a.readers.Wait()
}

// batches gathers rows. It is the sink of the reader.
type batches struct {
	ctx  context.Context
	rows []anyRow
	to   chan<- []anyRow
}

// Record takes a row of a submission.
func (b *batches) Record(row *billing.Record) error { return b.add(anyRow{record: row}) }

// Referral takes a row of referrals.
func (b *batches) Referral(row *billing.ReferralRow) error { return b.add(anyRow{referral: row}) }

// Decision takes a row of decisions.
func (b *batches) Decision(row *billing.DecisionRow) error { return b.add(anyRow{decision: row}) }

func (b *batches) add(row anyRow) error {
	b.rows = append(b.rows, row)
	if len(b.rows) < batchSize {
		return nil
	}
	return b.flush()
}

// flush hands over what was gathered.
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
