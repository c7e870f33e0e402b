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

// group is one group of files while it is taken in. It is the sink of the reader.
type group struct {
	in         *Intake
	im         *importing
	tx         *ledger.Tx
	earlier    *ledger.Tx // reads what was kept before this group, and may see what this group keeps
	ctx        context.Context
	ahead      *ahead
	asOf       billing.Date
	progress   *progress
	hashes     map[string]bool         // files of this group that were taken in
	results    map[int64]*ImportedFile // by the number of the file
	providers  map[string]bool         // of whom rows were kept before this group
	references *references
	records    *ledger.RecordWriter
	nextRecord int64
	nextFile   int64
	firstFile  int64                  // of this group: its number is that of the group
	clients    map[string]bool        // of whom something changed
	came       map[string]ledger.Came // from which day on, of those of whom nothing else changed
	roomier    map[string]bool        // of whom something may have room now that lacked it
	settled    []versions.RowKey      // of which the state became another: there may be millions
	ambiguous  []versions.RowKey
	decided    map[billing.RecordKey]*decidedOn   // what the decisions of the file are about
	lost       map[string]map[string][]string     // references that no table holds as they are written, by provider and what they are read as
	claimed    map[billing.RecordKey]bool         // references of prestaties, as they are written
	byEarlier  map[string]map[int64]*repeatedFile // what it repeats, by provider and by the earlier file

	referralProblems []ReferralProblem
	decisionProblems []DecisionProblem
	contradictions   []Contradiction
	leftOut          []LeftOut

	file file // that is being read
}

func newGroup(ctx context.Context, im *importing, tx, earlier *ledger.Tx) (*group, error) {
	g := &group{
		in: im.Intake, im: im, tx: tx, earlier: earlier, ctx: ctx, asOf: im.asOf, progress: im.told,
		references: newReferences(im.Scratch, cmp.Or(im.Held, numbersHeld)), records: tx.RecordWriter(),
		hashes: make(map[string]bool), results: make(map[int64]*ImportedFile), claimed: make(map[billing.RecordKey]bool), lost: make(map[string]map[string][]string),
		clients: make(map[string]bool), came: make(map[string]ledger.Came), roomier: make(map[string]bool),
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

// mark notes that something of the client changed.
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

// markFrom notes that care of the client from a day on may be judged otherwise; without a day, no care that has a date.
func (g *group) markFrom(bsn string, day billing.Date) {
	if day == 0 {
		day = noDay
	}
	known, came := g.came[bsn]
	if came && day >= known.Day {
		return
	}
	g.file.keepCame(bsn, known, came)
	known.Day = day
	g.came[bsn] = known
}

// markAltered notes that a row that was declared was replaced or withdrawn: it gives back its room, and what it was counted
// for may be another's.
func (g *group) markAltered(bsn string, day billing.Date) {
	g.markFrom(bsn, day)
	g.came[bsn] = ledger.Came{Day: g.came[bsn].Day, Altered: true}
	g.markRoomier(bsn)
}

// markRoomier notes that something of the client may have room now that lacked it.
func (g *group) markRoomier(bsn string) {
	if !g.roomier[bsn] {
		g.roomier[bsn] = true
		g.file.roomier = append(g.file.roomier, bsn)
	}
}

// markReferral notes that a version of a referral of the client came in, and which care that may concern:
//   - a version that only widens the referral (see widens): what lacked room, and care after the end that it had;
//   - the first version: care from its first day on, since earlier care found another referral, or named this number and is
//     marked for that. The day after the first of the month is marked, so that the month before stays at rest as a whole;
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

// noDay is later than any care: a row without a date leaves at rest whatever lies at rest.
const noDay = billing.Date(1<<31 - 1)

// settle ends the group: now that all its rows are known, newer versions replace older ones.
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

// markAll marks the clients of the group. Where a row was replaced, care from its day on may be judged otherwise; care at rest
// before it keeps the room that it has. Only where there may be room now for something that lacked it, that may come before
// care which has its room already, and then the whole client is judged again.
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
	if err := g.tx.MarkRows(g.ctx, g.came); err != nil {
		return err
	}
	return g.tx.MarkClients(g.ctx, g.clients)
}

// markSettled marks the clients whose rows were replaced or withdrawn. A row that was never declared came after everything at
// rest, so it took no room and passed no limit before that.
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
