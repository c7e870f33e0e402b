package workspace

import (
	"context"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/trail"
	"github.com/pxq-nl/pxq/billing/report"
)

// Standing tells where a workspace stands.
type Standing struct {
	*Status
	Region  string
	Address string      // of the database, without a password
	Files   []TakenFile // taken in since the last close and not taken back, in order
	Waiting []report.Waiting
	Book    *billing.Book
}

// TakenFile is a file that was taken in. A file of which the name was used again is known by its hash.
type TakenFile struct {
	Name     string
	SHA256   string
	Kind     string
	Received billing.Date
	Provider string // with most rows in it; "" if none
	Rows     int    // of records
}

// Status returns where the workspace stands, seen from a day.
func (w *Workspace) Status(ctx context.Context, today billing.Date) (*Standing, error) {
	return readOfOneState(ctx, w, func(w *Workspace) (*Standing, error) { return w.status(ctx, today) })
}

func (w *Workspace) status(ctx context.Context, today billing.Date) (*Standing, error) {
	book, err := w.Book()
	if err != nil {
		return nil, err
	}
	standing := &Standing{Region: w.Settings.Region, Address: w.store.Address(), Book: book.Book}
	if standing.Status, err = w.reporter().Status(ctx, book.Fingerprint); err != nil {
		return nil, err
	}
	if standing.Waiting, err = w.reporter().WaitingFor(ctx, today); err != nil {
		return nil, err
	}
	closed, _, err := w.store.LastClosed(ctx)
	if err != nil {
		return nil, err
	}
	files, err := w.store.FilesAfter(ctx, closed.LastFile)
	for _, file := range files {
		if file.Withdrawn == 0 {
			standing.Files = append(standing.Files, TakenFile{Name: file.Name, SHA256: file.SHA256, Kind: file.Kind, Received: file.Received, Provider: file.Provider, Rows: file.Rows})
		}
	}
	return standing, err
}

// Trail is what the audit trail tells: every command that changed something, the oldest first, each as one entry of which
// the result is its last.
type Trail struct {
	Commands []TrailEntry
	Ended    []string // the moment of the last entry of each
	Entries  int
	Head     string
	Faults   []billing.Text // what does not agree; none when the chain holds
}

// Trail returns the audit trail, its chain recomputed. All of it is of one state of the store: an entry that another command
// writes meanwhile is in the head too or in neither.
func (w *Workspace) Trail(ctx context.Context) (told *Trail, err error) {
	err = w.store.Read(ctx, func(tx *ledger.Tx) error {
		told, err = trailOf(ctx, tx)
		return err
	})
	return told, err
}

func trailOf(ctx context.Context, tx *ledger.Tx) (*Trail, error) {
	told, check, places := &Trail{}, trail.NewCheck(), make(map[int64]int)
	err := tx.EachEntry(ctx, func(entry *TrailEntry) error {
		check.Add(entry)
		at, known := places[entry.Act]
		if !known {
			places[entry.Act] = len(told.Commands)
			told.Commands, told.Ended = append(told.Commands, *entry), append(told.Ended, entry.Moment)
			return nil
		}
		told.Commands[at].Merge(entry.Facts)
		told.Commands[at].Result, told.Ended[at] = entry.Result, entry.Moment
		return nil
	})
	if err != nil {
		return nil, err
	}
	head, err := tx.AuditHead(ctx)
	check.EndsAt(head)
	told.Entries, told.Head, told.Faults = check.Entries, check.Head, check.Faults
	return told, err
}

// Fail tells the audit trail that the command did not do what was asked, and why. One that was refused before it wrote is
// told of too.
func (w *Workspace) Fail(ctx context.Context, why billing.Text) error {
	if w.lock != nil {
		w.lock.Fail(why.Dutch)
		return nil
	}
	var facts trail.Facts
	facts.Say("%s", why.Dutch)
	if err := w.store.Note(context.WithoutCancel(ctx), trail.Failed, facts); !IsBusy(err) {
		return err
	}
	return nil // why it failed is told; that another process writes is no reason to ask it again
}

// notePatience is how long a command that has done its work waits for others that write, to tell the audit trail of it.
const notePatience = 10 * time.Second

// Noted adds to the audit trail a command that changed nothing in the database, but wrote something beside it. It has done
// its work, whatever others do: when they write all the while, a note tells that the trail says nothing of it.
func (w *Workspace) Noted(ctx context.Context, remark string) error {
	err := w.Mentioned(ctx, remark)
	for begun := time.Now(); IsBusy(err) && time.Since(begun) < notePatience && ctx.Err() == nil; {
		err = w.Mentioned(ctx, remark)
	}
	if !IsBusy(err) {
		return err
	}
	w.note("het werk is gedaan, maar ‘pxq audit’ vertelt er niet van: een ander proces schreef al die tijd in de database.",
		"the work is done, but “pxq audit” does not tell of it: another process wrote in the database all the while.")
	return nil
}

// Mentioned is Noted for a command that waits no longer than a moment; the error may be that another process writes.
func (w *Workspace) Mentioned(ctx context.Context, remark string) error {
	var facts trail.Facts
	facts.Say("%s", remark)
	return w.store.Note(context.WithoutCancel(ctx), trail.Done, facts)
}

// Tell adds to what the audit trail tells of the command.
func (w *Workspace) Tell(remark string) {
	if w.lock != nil {
		w.lock.Tell(trail.Facts{Remark: remark})
	}
}
