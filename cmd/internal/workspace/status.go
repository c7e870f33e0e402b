package workspace

import (
	"context"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/trail"
	"github.com/pxq-nl/pxq/billing/report"
)

// State is the status of a workspace.
type State struct {
	*Status
	Region  string
	Address string      // of the database, without a password
	Files   []TakenFile // taken in since the last close and not withdrawn, in order
	Waiting []report.Waiting
	Book    *billing.Book
}

// TakenFile is a file that was taken in. Several files may have the same name; the hash tells them apart.
type TakenFile struct {
	Name     string
	SHA256   string
	Kind     string
	Received billing.Date
	Provider string // the one with most rows in the file; "" if none
	Rows     int    // number of record rows
}

// Status returns the status of the workspace as of today.
func (w *Workspace) Status(ctx context.Context, today billing.Date) (*State, error) {
	return readSnapshot(ctx, w, func(w *Workspace) (*State, error) { return w.status(ctx, today) })
}

func (w *Workspace) status(ctx context.Context, today billing.Date) (*State, error) {
	book, err := w.Book()
	if err != nil {
		return nil, err
	}
	standing := &State{Region: w.Settings.Region, Address: w.store.Address(), Book: book.Book}
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

// Trail is the audit trail: every command that changed something, oldest first. The entries of a command are merged into one,
// with the result of the last.
type Trail struct {
	Commands []TrailEntry
	Ended    []string // for each command the moment of its last entry
	Entries  int      // number of entries before merging
	Head     string
	Faults   []billing.Text // what does not agree; none when the chain holds
}

// Trail returns the audit trail and recomputes its chain. Entries and head are read from one snapshot of the store, so that
// an entry that another command writes meanwhile is in both or in neither.
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

// Fail records in the audit trail that the command failed, and why, also when it was refused before it wrote anything.
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
	return nil // the command reports its own failure; that the trail could not be written now adds nothing
}

// notePatience is how long a command that has done its work waits for other writers before it gives up on its audit entry.
const notePatience = 10 * time.Second

// Audit records in the audit trail a command that wrote something outside the database. Its work is done by then, so when
// other processes keep the database busy for too long it succeeds all the same, with a note that the trail lacks the command.
func (w *Workspace) Audit(ctx context.Context, remark string) error {
	err := w.TryAudit(ctx, remark)
	for begun := time.Now(); IsBusy(err) && time.Since(begun) < notePatience && ctx.Err() == nil; {
		err = w.TryAudit(ctx, remark)
	}
	if !IsBusy(err) {
		return err
	}
	w.note("het werk is gedaan, maar ‘pxq audit’ vertelt er niet van: een ander proces schreef al die tijd in de database.",
		"the work is done, but “pxq audit” does not show it: another process was writing to the database all the time.")
	return nil
}

// TryAudit is like Noted but does not retry: it returns an error for which IsBusy holds when another process writes.
func (w *Workspace) TryAudit(ctx context.Context, remark string) error {
	var facts trail.Facts
	facts.Say("%s", remark)
	return w.store.Note(context.WithoutCancel(ctx), trail.Done, facts)
}

// AddRemark adds a remark to the audit entry of the command. Without the write lock it does nothing.
func (w *Workspace) AddRemark(remark string) {
	if w.lock != nil {
		w.lock.AddFacts(trail.Facts{Remark: remark})
	}
}
