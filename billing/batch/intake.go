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
	providers  map[string]bool // of whom rows were kept before this group
	identities map[ledger.Key]*identity
	contents   contents
	records    *ledger.RecordWriter
	nextRecord int64
	nextFile   int64
	clients    map[string]bool // of whom something changed
	ambiguous  []rowKey        // rows to mark once they are written

	referralProblems []ReferralProblem
	decisionProblems []DecisionProblem

	file fileIntake
}

// rowKey is the primary key of a record.
type rowKey struct {
	bsn string
	id  int64
}

// fileIntake is what belongs to the file being read.
type fileIntake struct {
	result    *ImportedFile
	id        int64
	buffer    []*billing.Record
	journal   map[ledger.Key]identity // how identities were before this file; absent keys were not there
	fresh     []ledger.Key            // identities that this file made
	again     map[againKey]*ledger.Again
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
		batch: b, tx: tx, ctx: ctx, asOf: asOf, hashes: make(map[string]bool), identities: make(map[ledger.Key]*identity),
		contents: newContents(), records: tx.RecordWriter(), clients: make(map[string]bool),
	}
	var err error
	if in.providers, err = tx.Providers(ctx); err != nil {
		return nil, err
	}
	if in.nextRecord, err = tx.NextRecordID(ctx); err != nil {
		return nil, err
	}
	in.nextFile, err = tx.NextFileID(ctx)
	return in, err
}

// rowsPerChunk is how many rows are looked up in the store at a time.
const rowsPerChunk = 2000

// begin starts a file.
func (in *intake) begin(ctx context.Context, result *ImportedFile) error {
	if err := in.records.Flush(ctx); err != nil {
		return err
	}
	in.file = fileIntake{
		result: result, id: in.nextFile, journal: make(map[ledger.Key]identity), again: make(map[againKey]*ledger.Again),
		rows: make(map[string]int), referrals: newReferralIntake(), marks: len(in.ambiguous),
		problems: [2]int{len(in.referralProblems), len(in.decisionProblems)}, records: in.nextRecord,
	}
	return nil
}

// undo forgets what a refused file did to the identities of the group; the transaction forgets its rows.
func (in *intake) undo() {
	for _, key := range in.file.fresh {
		delete(in.identities, key)
	}
	for key, before := range in.file.journal {
		*in.identities[key] = before
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
		if !r.Identified() || !in.providers[r.Provider] || in.identities[key] != nil || wanted[key] {
			continue
		}
		wanted[key] = true
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return nil
	}
	if err := in.records.Flush(in.ctx); err != nil {
		return err
	}
	found, err := in.tx.History(in.ctx, keys)
	if err != nil {
		return err
	}
	for key, rows := range found {
		in.identities[key] = &identity{history: newHistory(rows), kept: int32(len(rows))}
		in.file.fresh = append(in.file.fresh, key)
	}
	return nil
}

// take decides what one row is.
func (in *intake) take(r *billing.Record) error {
	r.FileID, r.Received, r.FirstReceived = in.file.id, in.asOf, in.asOf
	in.file.result.Records++
	in.file.rows[r.Provider]++
	in.noteFuture(r)
	if !r.Identified() {
		r.Version = 1
		return in.keep(r, ledger.Current)
	}
	who := in.identity(r)
	who.touched = true
	if who.history != nil {
		r.FirstReceived = who.history.rows[0].FirstReceived
	}
	in.countKnown(r, who)
	if !r.Readable() {
		addZero(r)
		return in.keepVersion(r, who)
	}
	if r.Quantity == 0 && !who.canWithdraw() {
		if who.history != nil && who.history.withdrawing != nil && !who.seen && who.history.withdrawing.SameContent(r) {
			in.countAgain(r, 1)
			return nil
		}
		r.Findings = append(r.Findings, zeroFinding())
		return in.keepVersion(r, who)
	}
	return in.takeReadable(r, who)
}

// takeReadable decides what a readable row is among the contents that its reference has in this group.
func (in *intake) takeReadable(r *billing.Record, who *identity) error {
	c := in.contents.of(r)
	if who.has(c) {
		in.countAgain(r, 1)
		return nil
	}
	if who.seen {
		return in.takeSecond(r, who, c)
	}
	who.seen, who.first, who.zero = true, c, r.Quantity == 0
	if h := who.history; h != nil && h.current != nil && h.current.SameContent(r) {
		who.repeat = place{r.FileID, r.Sheet, r.Row}
		in.countAgain(r, 1)
		return nil
	}
	setPrior(r, who)
	who.stored, who.id, who.bsn = true, in.nextRecord, r.BSN
	return in.keepVersion(r, who)
}

// takeSecond keeps a row whose reference has another content in this group already: nobody can say which
// holds, so both are ambiguous, also when the first only repeated the current version.
func (in *intake) takeSecond(r *billing.Record, who *identity, c content) error {
	if len(who.more) == 0 {
		if who.stored {
			in.ambiguous = append(in.ambiguous, rowKey{who.bsn, who.id})
		} else if err := in.keepRepeat(who); err != nil {
			return err
		}
	}
	who.more = append(who.more, c)
	r.Ambiguous = true
	return in.keepVersion(r, who)
}

// keepRepeat keeps a repetition of the current version after all, as one of the ambiguous rows.
func (in *intake) keepRepeat(who *identity) error {
	repeat := *who.history.current
	repeat.FileID, repeat.Sheet, repeat.Row = who.repeat.fileID, who.repeat.sheet, who.repeat.row
	repeat.Received, repeat.Ambiguous = in.asOf, true
	repeat.HasPrior, repeat.PriorUnit, repeat.PriorQuantity = false, billing.NoUnit, 0
	repeat.Declared, repeat.DeclaredPrice = 0, 0
	if repeat.FileID == in.file.id {
		in.countAgain(&repeat, -1)
		return in.keepVersion(&repeat, who)
	}
	// An earlier file of the group gave the repetition, and is stored with its counts already.
	if err := in.tx.KeepAgain(in.ctx, &repeat); err != nil {
		return err
	}
	in.file.result.Kept--
	return in.keepVersion(&repeat, who)
}

// canWithdraw says whether a quantity of 0 has a readable version to withdraw: in a later file only.
func (i *identity) canWithdraw() bool { return i.history != nil && i.history.current != nil }

// setPrior notes the last readable version before the row, for T04.
func setPrior(r *billing.Record, who *identity) {
	if who.history == nil || who.history.prior == nil {
		return
	}
	r.HasPrior, r.PriorUnit, r.PriorQuantity = true, who.history.prior.Unit, who.history.prior.Quantity
}

// addZero notes F03 on a row that cannot be read and has quantity 0: it withdraws nothing.
func addZero(r *billing.Record) {
	if r.HasQuantity && r.Quantity == 0 {
		r.Findings = append(r.Findings, zeroFinding())
	}
}

func zeroFinding() billing.Finding {
	return billing.Finding{Code: billing.F03, Field: billing.FieldQuantity, Values: []string{"0"}}
}

// identity gives what is known of the row's reference, and notes how it was before this file.
func (in *intake) identity(r *billing.Record) *identity {
	key := ledger.Key{Provider: r.Provider, Reference: r.Reference}
	who := in.identities[key]
	if who == nil {
		who = &identity{}
		in.identities[key] = who
		in.file.fresh = append(in.file.fresh, key)
		return who
	}
	if _, noted := in.file.journal[key]; !noted && len(in.hashes) > 0 {
		in.file.journal[key] = *who
	}
	return who
}

func (in *intake) noteFuture(r *billing.Record) {
	for _, finding := range r.Findings {
		if finding.Code == billing.F09 && (in.file.future == 0 || r.Date < in.file.future) {
			in.file.future = r.Date
		}
	}
}

// countKnown counts for the question whether the file numbers its rows anew.
func (in *intake) countKnown(r *billing.Record, who *identity) {
	if !who.isKnown() {
		return
	}
	in.file.known++
	if current := who.history.current; current != nil && r.Readable() && r.BSN != current.BSN {
		in.file.renumber++
	}
}

// countAgain counts a row that was already received; -1 takes the count back.
func (in *intake) countAgain(r *billing.Record, rows int) {
	in.file.result.Again += rows
	key := againKey{r.Provider, r.Municipality}
	count := in.file.again[key]
	if count == nil {
		count = &ledger.Again{FileID: in.file.id, Provider: r.Provider, Municipality: r.Municipality}
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

func (in *intake) keepVersion(r *billing.Record, who *identity) error {
	who.kept++
	r.Version = int(who.kept)
	return in.keep(r, ledger.Current)
}

// keep writes a row and gives it the next number.
func (in *intake) keep(r *billing.Record, state ledger.State) error {
	r.ID = in.nextRecord
	in.nextRecord++
	in.file.result.Kept++
	in.clients[r.BSN] = true
	return in.records.Add(in.ctx, r, state)
}
