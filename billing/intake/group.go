package intake

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/versions"
)

// group is a group of files while it is taken in. It is the sink of the reader.
type group struct {
	in         *Intake
	im         *importing
	tx         *ledger.Tx
	earlier    *ledger.Tx // reads what was kept before this group; it may also see what this group keeps
	ctx        context.Context
	ahead      *ahead
	asOf       billing.Date
	progress   *progress
	hashes     map[string]bool         // files of this group that were taken in
	results    map[int64]*ImportedFile // by file number
	providers  map[string]bool         // that had rows before this group
	references *references
	records    *ledger.RecordWriter
	nextRecord int64
	nextFile   int64
	firstFile  int64                          // of this group; also the group's number
	clients    map[string]bool                // that changed
	affected   map[string]ledger.AffectedCare // for clients with only new or changed rows: from which day on
	roomier    map[string]bool                // clients for whom a record that lacked room may have room now
	settled    []versions.RowKey              // whose state changed: there may be millions
	ambiguous  []versions.RowKey
	decided    map[billing.RecordKey]*decidedOn   // what the decisions of the file are about, by reference
	lost       map[string]map[string][]string     // references that a table cannot hold as written, by provider and what they are read as
	claimed    map[billing.RecordKey]bool         // references of prestaties, as written
	byEarlier  map[string]map[int64]*repeatedFile // what the group repeats, by provider and earlier file

	referralProblems []ReferralProblem
	decisionProblems []DecisionProblem
	contradictions   []Contradiction
	leftOut          []LeftOut

	file file // the file that is being read
}

func newGroup(ctx context.Context, im *importing, tx, earlier *ledger.Tx) (*group, error) {
	g := &group{
		in: im.Intake, im: im, tx: tx, earlier: earlier, ctx: ctx, asOf: im.asOf, progress: im.progress,
		references: newReferences(im.Scratch, cmp.Or(im.Held, numbersHeld)), records: tx.RecordWriter(),
		hashes: make(map[string]bool), results: make(map[int64]*ImportedFile), claimed: make(map[billing.RecordKey]bool), lost: make(map[string]map[string][]string),
		clients: make(map[string]bool), affected: make(map[string]ledger.AffectedCare), roomier: make(map[string]bool),
		byEarlier: make(map[string]map[int64]*repeatedFile),
	}
	var err error
	if g.providers, err = tx.Providers(ctx); err != nil {
		return nil, err
	}
	if g.nextRecord, err = tx.NextRecordID(ctx); err != nil {
		return nil, err
	}
	g.nextFile, err = tx.NextFileID(ctx)
	g.firstFile = g.nextFile
	return g, err
}

// mark notes that the client changed: all of it is judged again.
func (g *group) mark(bsn string) {
	if !g.clients[bsn] {
		g.clients[bsn] = true
		g.file.clients = append(g.file.clients, bsn)
	}
}

// markRow notes that a row of the client came in.
func (g *group) markRow(r *billing.Record) {
	if r.Prestatie != nil {
		g.mark(r.BSN)
		return
	}
	g.markFrom(r.BSN, r.First)
}

// markFrom notes that the client's care from a day on may be judged differently; day 0 means that no dated care is
// affected.
func (g *group) markFrom(bsn string, day billing.Date) {
	if day == 0 {
		day = noDay
	}
	known, had := g.affected[bsn]
	if had && day >= known.Day {
		return
	}
	g.file.saveAffected(bsn, known, had)
	known.Day = day
	g.affected[bsn] = known
}

// markAltered notes that a declared row was replaced or withdrawn: its room is freed, and another record may pass a limit
// instead.
func (g *group) markAltered(bsn string, day billing.Date) {
	g.markFrom(bsn, day)
	g.affected[bsn] = ledger.AffectedCare{Day: g.affected[bsn].Day, Altered: true}
	g.markRoomier(bsn)
}

// markRoomier notes that a record of the client that lacked room may have room now.
func (g *group) markRoomier(bsn string) {
	if !g.roomier[bsn] {
		g.roomier[bsn] = true
		g.file.roomier = append(g.file.roomier, bsn)
	}
}

// markReferral notes that a version of a client's referral came in, and which care it may affect:
//   - a version that only widens the referral (see widens): records that lacked room, and care after its previous end;
//   - the first version: care from its first day on, because earlier care found another referral, or named this number and
//     is marked for that. It marks the second day of the month, so that the month before stays at rest as a whole;
//   - any other: all care of the client.
func (g *group) markReferral(before, next *billing.Referral) {
	from, only := widens(before, next)
	switch {
	case only:
		g.markFrom(next.BSN, from)
		g.markRoomier(next.BSN)
	case before == nil && next.Start != 0:
		g.markFrom(next.BSN, next.Start.Period().First()+1)
	default:
		g.mark(next.BSN)
	}
}

// noDay is later than any care: a row without a date leaves everything at rest.
const noDay = billing.Date(1<<31 - 1)

// settle ends the group: all its rows are known, so newer versions replace older ones.
func (g *group) settle() error {
	if err := g.records.Flush(g.ctx); err != nil {
		return err
	}
	for _, row := range g.ambiguous {
		g.mark(row.BSN())
		if err := g.tx.SetAmbiguous(g.ctx, row.BSN(), row.ID); err != nil {
			return err
		}
	}
	err := g.references.eachKnown(func(r *reference) error {
		for change := range r.Settle() {
			bsn := change.Row.BSN()
			g.settled = append(g.settled, change.Row)
			if err := g.tx.SetState(g.ctx, bsn, change.Row.ID, change.State, g.firstFile); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := g.noteLeftOut(); err != nil {
		return err
	}
	if err := g.tx.SetNextRecordID(g.ctx, g.nextRecord); err != nil {
		return err
	}
	return g.markAll()
}

// markAll marks the clients of the group. If a row was replaced, care from its day on may be judged differently; care at
// rest before it keeps its room. Only if a record that lacked room may have it now, and so may come before care that
// already has room, is the whole client judged again.
func (g *group) markAll() error {
	if err := g.markSettled(); err != nil {
		return err
	}
	lack, err := g.tx.LackRoom(g.ctx, slices.Sorted(maps.Keys(g.roomier)))
	if err != nil {
		return err
	}
	for _, bsn := range lack {
		g.mark(bsn)
	}
	if err := g.tx.MarkRows(g.ctx, g.affected); err != nil {
		return err
	}
	return g.tx.MarkClients(g.ctx, g.clients)
}

// markSettled marks the clients whose rows were replaced or withdrawn. A row that was never declared came after everything
// at rest, so it used no room and passed no limit before that.
func (g *group) markSettled() error {
	const atOnce = 10_000
	for rows := range slices.Chunk(g.settled, atOnce) {
		records := make([]ledger.RowRef, len(rows))
		for i, row := range rows {
			records[i] = ledger.RowRef{BSN: row.BSN(), Record: row.ID}
		}
		err := g.tx.CareDatesOf(g.ctx, records, func(bsn string, day billing.Date, declared bool) {
			if declared {
				g.markAltered(bsn, day)
			} else {
				g.markFrom(bsn, day)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}
