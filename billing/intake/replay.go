package intake

import (
	"cmp"
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/versions"
)

// replaying decides again what the kept rows of references are when rows before or between them are removed or added:
// because a file is taken back, because rows that only repeated it are kept after all, or because a message counts as never
// sent.
type replaying struct {
	ctx          context.Context
	tx           *ledger.Tx
	all          map[int64]ledger.File // every file, including those taken back
	rules        versions.Replay
	fingerprints *versions.Fingerprints
	gone         []int64            // the readings of the file that is being taken back
	closed       int64              // run number of the last close; 0 for none
	lastRun      int64              // the last run that counts rows which are taken back now
	closedFile   int64              // the last file before the last close
	first        map[int64]int64    // by file: its first reading in its group, which determines the order of its rows
	sheets       map[int64][]string // sheet names of files, in order; filled when needed
	clients      map[string]bool    // that changed
	freed        map[int64]bool     // groups with a row that is no longer U01 and came after other rows of its reference

	kept            func(*billing.Record) // called for each added row that is kept
	back            int                   // number of rows that are current again
	alreadyReceived int                   // number of rows that now only repeat an earlier row
	lapsed          int                   // number of decisions on rows that are gone
}

func newReplaying(ctx context.Context, tx *ledger.Tx) (*replaying, error) {
	files, err := tx.Files(ctx)
	if err != nil {
		return nil, err
	}
	p := &replaying{
		ctx: ctx, tx: tx, all: make(map[int64]ledger.File, len(files)), fingerprints: versions.NewFingerprints(),
		rules: versions.Replay{Groups: make(map[int64]int64, len(files)), Gone: make(map[int64]bool)},
		first: make(map[int64]int64), sheets: make(map[int64][]string), clients: make(map[string]bool), freed: make(map[int64]bool),
	}
	for _, file := range files {
		p.add(file)
	}
	if p.lastRun, err = tx.LastRunID(ctx); err != nil {
		return nil, err
	}
	closed, err := tx.ClosedRuns(ctx)
	if err != nil {
		return nil, err
	}
	p.rules.Closes = make(map[billing.Period]int64, len(closed))
	for _, run := range closed {
		p.closed, p.closedFile = run.ID, run.LastFile
		p.rules.Closes[run.Month()] = run.LastFile
	}
	return p, nil
}

// add adds a file, or a further reading of a file.
func (p *replaying) add(file ledger.File) {
	p.all[file.ID], p.rules.Groups[file.ID], p.first[file.ID] = file, file.Group, file.ID
	for id := file.Group; id < file.ID; id++ {
		if first, ok := p.all[id]; ok && first.Group == file.Group && first.SHA256 == file.SHA256 {
			p.first[file.ID] = id
			return
		}
	}
}

// takeBack excludes the readings of a file from the replay.
func (p *replaying) takeBack(files []ledger.File) {
	for _, file := range files {
		p.gone = append(p.gone, file.ID)
		p.rules.Gone[file.Group] = true
	}
}

// isGone reports whether the file is a reading of the one that is taken back.
func (p *replaying) isGone(file int64) bool { return slices.Contains(p.gone, file) }

// replay decides again on the rows of some references, including added rows that were not kept before: these already have
// their own numbers and file.
func (p *replaying) replay(keys []billing.RecordKey, added map[billing.RecordKey][]*billing.Record) error {
	history, err := p.tx.History(p.ctx, keys)
	if err != nil {
		return err
	}
	shown, err := p.shownInAClose(keys, history)
	if err != nil {
		return err
	}
	var changed, kept []ledger.StoredRecord
	for _, key := range keys {
		reference := &replayed{replaying: p, key: key, history: history[key], now: make(map[int]int), claims: make(map[string]int64)}
		reference.gather(shown, added[key])
		if err := reference.decide(); err != nil {
			return err
		}
		changed, kept = append(changed, reference.changed...), append(kept, reference.kept...)
	}
	for _, row := range kept {
		p.kept(row.Record)
	}
	if err := p.tx.Rewrite(p.ctx, changed); err != nil {
		return err
	}
	return p.tx.AddRecords(p.ctx, kept)
}

// shownInAClose returns the numbers of the rows that a closed period shows, except those of the file that is taken back.
func (p *replaying) shownInAClose(keys []billing.RecordKey, history map[billing.RecordKey][]ledger.StoredRecord) (map[int64]bool, error) {
	if p.closed == 0 {
		return nil, nil
	}
	var rows []*billing.Record
	for _, key := range keys {
		for _, row := range history[key] {
			if !p.isGone(row.FileID) {
				rows = append(rows, row.Record)
			}
		}
	}
	return p.tx.JudgedUntil(p.ctx, rows, p.closed)
}

// replayed is one reference while it is decided on again.
type replayed struct {
	*replaying
	key     billing.RecordKey
	rows    []replayedRow
	history []ledger.StoredRecord // as stored before, including prestaties
	claims  map[string]int64      // the first file with a prestatie, by its reference as written
	now     map[int]int           // new version numbers by old ones; 0 for gone
	changed []ledger.StoredRecord // rows that changed
	kept    []ledger.StoredRecord // added rows that are kept
}

// replayedRow is a row of a reference, with its state before.
type replayedRow struct {
	ledger.StoredRecord
	before  versions.Kept
	isAdded bool
}

// gather collects the rows that remain and those that are added, in the order in which their files came in.
func (r *replayed) gather(shown map[int64]bool, added []*billing.Record) {
	for _, row := range r.history {
		if row.Origin == billing.FromMessage {
			r.claim(row.Record)
			continue
		}
		r.now[row.Version] = 0
		if r.isGone(row.FileID) {
			continue
		}
		before := r.fingerprints.Kept(row.Record, row.State, row.SettledBy, row.Stands)
		before.Shown = shown[row.ID]
		before.Claimed = r.isClaimed(row.Record)
		r.rows = append(r.rows, replayedRow{StoredRecord: row, before: before})
	}
	for _, record := range added {
		if r.isUntouched(record) {
			continue
		}
		before := r.fingerprints.Kept(record, versions.Current, 0, false)
		before.Claimed = r.isClaimed(record)
		r.rows = append(r.rows, replayedRow{StoredRecord: ledger.StoredRecord{Record: record}, before: before, isAdded: true})
	}
	slices.SortStableFunc(r.rows, r.compare)
}

// compare orders rows by group, file, sheet and row.
func (r *replayed) compare(a, b replayedRow) int {
	return cmp.Or(cmp.Compare(r.rules.Groups[a.FileID], r.rules.Groups[b.FileID]), cmp.Compare(r.first[a.FileID], r.first[b.FileID]),
		cmp.Compare(r.sheet(a.Record), r.sheet(b.Record)), cmp.Compare(a.Row, b.Row))
}

// sheet returns the index of a row's sheet in its file; -1 if it is unknown.
func (p *replaying) sheet(r *billing.Record) int {
	names, ok := p.sheets[r.FileID]
	if !ok {
		file := p.all[r.FileID]
		summaries, _ := file.SheetSummaries() // if they cannot be read, rows keep their order
		for _, sheet := range summaries {
			names = append(names, bsn.MaskLine(sheet.Name))
		}
		p.sheets[r.FileID] = names
	}
	return slices.Index(names, bsn.MaskLine(r.Sheet))
}

// isUntouched reports whether a row of a return file equals a row that came before it, so that nobody changed it. Its
// version does not tell which row it showed, because versions may have been renumbered.
func (r *replayed) isUntouched(record *billing.Record) bool {
	if record.ReturnedVersion == 0 {
		return false
	}
	var kept []*billing.Record
	for _, row := range r.history {
		if row.Origin == billing.FromMessage || r.rules.Groups[row.FileID] >= r.rules.Groups[record.FileID] {
			continue
		}
		shown := *row.Record
		shown.Version = record.ReturnedVersion
		kept = append(kept, &shown)
	}
	return r.fingerprints.Untouched(record, kept)
}

// decide determines what the rows are now, and stores the changes.
func (r *replayed) decide() error {
	rows := make([]versions.Kept, len(r.rows))
	for i := range r.rows {
		rows[i] = r.rows[i].before
	}
	for i, fate := range r.rules.Of(rows) {
		row := &r.rows[i]
		if row.isAdded {
			if fate.Kind != versions.AlreadyReceived {
				r.clients[row.BSN] = true
				r.kept = append(r.kept, row.after(&fate))
			}
			continue
		}
		r.now[row.Version] = fate.Version
		if err := r.keep(row, &fate); err != nil {
			return err
		}
	}
	return r.moveDecisions()
}

// keep stores what a row that was kept before is now.
func (r *replayed) keep(row *replayedRow, fate *versions.Fate) error {
	if fate.Kind == versions.AlreadyReceived {
		r.clients[row.BSN] = true
		r.alreadyReceived++
		if err := r.tx.CountAlreadyReceived(r.ctx, row.Record); err != nil {
			return err
		}
		return r.tx.TakeBack(r.ctx, row.Record, r.lastRun)
	}
	if !fate.Changed(&row.before) {
		return nil
	}
	r.clients[row.BSN] = true
	if r.isFreed(row, fate) {
		r.freed[r.rules.Groups[row.FileID]] = true
	}
	if fate.State == versions.Current && row.State != versions.Current {
		r.back++
	}
	r.changed = append(r.changed, row.after(fate))
	return nil
}

// after returns a row as it is now.
func (row *replayedRow) after(fate *versions.Fate) ledger.StoredRecord {
	record := *row.Record
	record.Findings = versions.Unnoted(row.Record)
	fate.Note(&record)
	return ledger.StoredRecord{Record: &record, State: fate.State, SettledBy: fate.SettledBy, Stands: row.Stands}
}
