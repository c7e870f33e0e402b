package batch

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// intake takes in one group of files: it decides for every row whether it is new, a new version, a
// repetition, a withdrawal or ambiguous. It is the sink of the reader.
type intake struct {
	batch      *Batch
	tx         *ledger.Tx
	ctx        context.Context
	asOf       billing.Date
	hashes     map[string]bool // files of this group that were taken in
	results    map[int64]*ImportedFile
	providers  map[string]bool // of whom rows were kept before this group
	identities *identities
	words      map[repeatedWords]*repeatedWords
	records    *ledger.RecordWriter
	nextRecord int64
	nextFile   int64
	firstFile  int64           // of this group
	clients    map[string]bool // of whom something changed
	ambiguous  []rowKey        // rows to mark once they are written

	referralProblems []ReferralProblem
	decisionProblems []DecisionProblem

	file fileIntake
}

// fileIntake is what belongs to the file being read, so that it can be counted, or forgotten when it is refused.
type fileIntake struct {
	result    *ImportedFile
	id        int64
	before    int64      // the number of its last reading; 0 for a file that comes in for the first time
	anew      *rereading // it is looked at once more because another file was taken back; else nil
	buffer    []*billing.Record
	journal   map[*identity]identity // how identities of earlier files of the group were before this file
	clients   []string               // that this file was the first to mark
	unkept    []int64                // earlier files of the group, for each of their repetitions that was kept after all
	again     map[againKey]*ledger.AlreadyReceived
	rows      map[string]int // rows by provider
	known     int            // rows with a known reference
	renumber  int            // of them, readable rows with another BSN than the current version
	future    billing.Date
	referrals *referralIntake
	decisions []*billing.DecisionRow
	marks     int // of ambiguous, when the file began
	problems  [2]int
	records   int64 // nextRecord, when the file began
}

type againKey struct{ provider, municipality string }

func newIntake(ctx context.Context, b *Batch, tx *ledger.Tx, asOf billing.Date) (*intake, error) {
	in := &intake{
		batch: b, tx: tx, ctx: ctx, asOf: asOf, hashes: make(map[string]bool), results: make(map[int64]*ImportedFile),
		identities: newIdentities(), words: make(map[repeatedWords]*repeatedWords), records: tx.RecordWriter(), clients: make(map[string]bool),
	}
	var err error
	if in.providers, err = tx.Providers(ctx); err != nil {
		return nil, err
	}
	if in.nextRecord, err = tx.NextRecordID(ctx); err != nil {
		return nil, err
	}
	in.nextFile, err = tx.NextFileID(ctx)
	in.firstFile = in.nextFile
	return in, err
}

// rowsPerChunk is how many rows are looked up in the store at a time.
const rowsPerChunk = 2000

// begin starts a file; before is the number of its last reading, 0 if it comes in for the first time.
func (in *intake) begin(result *ImportedFile, before int64) {
	in.file = fileIntake{
		result: result, id: in.nextFile, before: before, journal: make(map[*identity]identity), again: make(map[againKey]*ledger.AlreadyReceived),
		rows: make(map[string]int), referrals: newReferralIntake(), marks: len(in.ambiguous),
		problems: [2]int{len(in.referralProblems), len(in.decisionProblems)}, records: in.nextRecord,
	}
}

// undo forgets what a refused file did to the group; the transaction forgets its rows.
func (in *intake) undo() {
	for who, before := range in.file.journal {
		*who = before
	}
	in.identities.forget(in.file.id)
	for _, bsn := range in.file.clients {
		delete(in.clients, bsn)
	}
	for _, earlier := range in.file.unkept {
		in.results[earlier].countKept(-1)
	}
	in.ambiguous = in.ambiguous[:in.file.marks]
	in.referralProblems = in.referralProblems[:in.file.problems[0]]
	in.decisionProblems = in.decisionProblems[:in.file.problems[1]]
	in.nextRecord = in.file.records
	in.records = in.tx.RecordWriter()
}

// Record takes a row of a submission.
func (in *intake) Record(r *billing.Record) error {
	in.file.buffer = append(in.file.buffer, r)
	if len(in.file.buffer) < rowsPerChunk {
		return nil
	}
	return in.takeBuffer()
}

func (in *intake) takeBuffer() error {
	if err := in.lookUp(in.file.buffer); err != nil {
		return err
	}
	for _, r := range in.file.buffer {
		if err := in.take(r); err != nil {
			return err
		}
	}
	in.batch.Progress.done(len(in.file.buffer))
	clear(in.file.buffer)
	in.file.buffer = in.file.buffer[:0]
	return nil
}

// lookUp fetches what was kept before of the references in these rows. A provider of whom nothing was kept
// needs no looking up.
func (in *intake) lookUp(rows []*billing.Record) error {
	var keys []ledger.Key
	wanted := make(map[ledger.Key]bool)
	for _, r := range rows {
		key := ledger.Key{Provider: r.Provider, Reference: r.Reference}
		if !r.Identified() || !in.providers[r.Provider] || wanted[key] || in.identities.find(key) != nil {
			continue
		}
		wanted[key] = true
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return nil
	}
	found, err := in.tx.History(in.ctx, keys)
	if err != nil {
		return err
	}
	for key, rows := range found {
		who := in.identities.make(key, in.file.id)
		who.past, who.kept = newPast(in.identities.fingerprints, rows), lastVersion(rows)
	}
	return nil
}

// identity gives what is known of the row's reference, and notes how it was before this file.
func (in *intake) identity(r *billing.Record) *identity {
	key := ledger.Key{Provider: r.Provider, Reference: r.Reference}
	if who := in.identities.find(key); who != nil {
		return who
	}
	return in.identities.make(key, in.file.id)
}

// touch notes that the file gives the reference, and how the reference stood before it did.
func (in *intake) touch(who *identity) {
	if who.madeBy != in.file.id {
		if _, noted := in.file.journal[who]; !noted {
			in.file.journal[who] = *who
		}
	}
	who.touched = true
}

// mark notes that something of the client changed.
func (in *intake) mark(bsn string) {
	if !in.clients[bsn] {
		in.clients[bsn] = true
		in.file.clients = append(in.file.clients, bsn)
	}
}

func (in *intake) noteFuture(r *billing.Record) {
	for _, finding := range r.Findings {
		if finding.Code == billing.F09 && (in.file.future == 0 || r.First < in.file.future) {
			in.file.future = r.First
		}
	}
}

// countKnown counts for the question whether the file numbers its rows anew.
func (in *intake) countKnown(r *billing.Record, who *identity) {
	if who.past == nil {
		return
	}
	in.file.known++
	if who.past.hasCurrent() && r.Readable() && clientOf(r.BSN) != who.past.current.client {
		in.file.renumber++
	}
}

// countAgain counts a row that was already received; -1 takes the count back.
func (in *intake) countAgain(r *billing.Record, rows int) {
	in.file.result.Again += rows
	key := againKey{r.Provider, r.Municipality}
	count := in.file.again[key]
	if count == nil {
		count = &ledger.AlreadyReceived{FileID: in.file.id, Provider: r.Provider, Municipality: r.Municipality}
		in.file.again[key] = count
	}
	count.Rows += rows
	switch r.Unit {
	case billing.Time:
		count.Time += int64(rows) * int64(r.Quantity)
	case billing.Daypart:
		count.Dayparts += int64(rows) * int64(r.Quantity)
	}
}

// keepVersion writes a row as the next version of its reference.
func (in *intake) keepVersion(r *billing.Record, who *identity) error {
	who.kept++
	r.Version = int(who.kept)
	return in.keep(r)
}

// keep writes a row and gives it the next number.
func (in *intake) keep(r *billing.Record) error {
	r.ID = in.nextRecord
	in.nextRecord++
	in.file.result.Kept++
	in.mark(r.BSN)
	return in.records.Add(in.ctx, r, ledger.Current)
}
