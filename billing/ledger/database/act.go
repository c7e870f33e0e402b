package database

import (
	"context"
	"strconv"
	"time"

	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger/trail"
)

// Act describes the command that works with the database, for the audit trail. With an empty Command no trail is kept.
type Act struct {
	Who     string           // operating system user and host name
	Command string           // as given, without passwords
	Clock   func() time.Time // nil means time.Now
	ByClock bool             // the command takes its date from Clock, which must then not run behind the trail
}

func (a *Act) now() time.Time {
	if a.Clock == nil {
		return time.Now()
	}
	return a.Clock()
}

// openAct is a command that holds the lock and is recorded in the audit trail.
type openAct struct {
	by     Act
	number int64       // of its Begun entry
	facts  trail.Facts // for its final entry
	failed bool
}

// actUnderWay is the meta name under which the number of the unfinished command is stored.
const actUnderWay = "act"

// setBackMost is how far the clock may lag behind the last entry of the trail: computers that share a server never agree to
// the second.
const setBackMost = time.Hour

// beginAct adds the Begun entry of a command, preceded by an Interrupted entry for a command that was killed.
func (t *Tx) beginAct(ctx context.Context, by Act) (*openAct, error) {
	if by.Command == "" {
		return nil, nil
	}
	if err := t.refuseClockSetBack(ctx, &by); err != nil {
		return nil, err
	}
	killed, err := t.Meta(ctx, actUnderWay)
	if err != nil {
		return nil, err
	}
	if number, err := strconv.ParseInt(killed, 10, 64); err == nil {
		if err := t.addEntry(ctx, &by, &trail.Entry{Act: number, Result: trail.Interrupted}); err != nil {
			return nil, err
		}
	}
	begun := &trail.Entry{Result: trail.Begun}
	if err := t.addEntry(ctx, &by, begun); err != nil {
		return nil, err
	}
	return &openAct{by: by, number: begun.Act}, t.SetMeta(ctx, actUnderWay, strconv.FormatInt(begun.Act, 10))
}

// refuseClockSetBack refuses a command that takes its date from a clock that is clearly behind.
func (t *Tx) refuseClockSetBack(ctx context.Context, by *Act) error {
	last, found, err := t.lastEntry(ctx)
	if err != nil || !found || !by.ByClock || !by.now().Before(last.Time().Add(-setBackMost)) {
		return err
	}
	const layout = "02-01-2006 15:04"
	return NewProblem(nil, "De klok van deze computer staat op %s, maar de laatste opdracht was op %s (UTC). Er is niets gewijzigd. Zet de klok gelijk, of geef de dag met --as-of.",
		"The clock of this computer says %s, but the last command was given at %s (UTC). Nothing was changed. Set the clock, or give the day with --as-of.",
		by.now().UTC().Format(layout), last.Time().Format(layout))
}

// stepAct adds an entry for the changes of a transaction.
func (t *Tx) stepAct(ctx context.Context, act *openAct) error {
	if act == nil || t.Did.IsEmpty() {
		return nil
	}
	return t.addEntry(ctx, &act.by, &trail.Entry{Act: act.number, Result: trail.Step, Facts: t.Did})
}

// endAct adds the final entry of a command.
func (t *Tx) endAct(ctx context.Context, act *openAct) error {
	if act == nil {
		return nil
	}
	end := &trail.Entry{Act: act.number, Result: trail.Done, Facts: act.facts}
	if act.failed {
		end.Result = trail.Failed
	}
	if err := t.addEntry(ctx, &act.by, end); err != nil {
		return err
	}
	return t.SetMeta(ctx, actUnderWay, "")
}

// AddFacts adds facts to the final entry of the command that holds the lock.
func (l *Lock) AddFacts(facts trail.Facts) {
	if l.act != nil {
		l.act.facts.Merge(facts)
	}
}

// Fail marks the command as failed; why is text for people.
func (l *Lock) Fail(why string) {
	if l.act != nil {
		l.act.failed = true
		l.act.facts.Say("%s", why)
	}
}

// Note records a command that held no lock: one that changed nothing in the database, or that was refused before it could
// begin. It waits at most a moment for another process that is writing; after that it records nothing and returns an error
// that wraps ErrBusy.
func (d *DB) Note(ctx context.Context, result trail.Result, facts trail.Facts) error {
	by := d.act
	if by.Command == "" || d.held() != nil {
		return nil
	}
	return d.writeSoon(ctx, func(tx *Tx) error {
		begun := &trail.Entry{Result: trail.Begun}
		if err := tx.addEntry(ctx, &by, begun); err != nil {
			return err
		}
		return tx.addEntry(ctx, &by, &trail.Entry{Act: begun.Act, Result: result, Facts: facts})
	})
}

const auditColumns = "id, act, moment, who, command, result, files, counts, remark, hash"

// addEntry appends an entry to the trail and fills in its number, moment, user, command and hash. An entry without an act
// starts a new one. The hash is chained to the stored head, which differs from the last entry's hash when somebody removed
// or added entries: the chain then stays broken there, whatever is written later.
func (t *Tx) addEntry(ctx context.Context, by *Act, e *trail.Entry) error {
	last, found, err := t.lastEntry(ctx)
	if err != nil {
		return err
	}
	before, err := t.AuditHead(ctx)
	switch {
	case err != nil:
		return err
	case before == "" && found: // the trail is older than its stored head
		before = last.Hash
	case before == "":
		before = trail.Start
	}
	e.ID = last.ID + 1
	if e.Act == 0 {
		e.Act = e.ID
	}
	e.Moment, e.Who, e.Command, e.Remark = trail.Moment(by.now()), bsn.MaskLine(by.Who), bsn.MaskLine(by.Command), bsn.MaskLine(e.Remark)
	for i := range e.Files {
		e.Files[i].Name = bsn.MaskLine(e.Files[i].Name)
	}
	files, counts := e.Write()
	e.Hash = e.Link(before)
	if err := t.SetMeta(ctx, auditHead, e.Hash); err != nil {
		return err
	}
	return t.Exec(ctx, "INSERT INTO audit ("+auditColumns+") VALUES (?,?,?,?,?,?,?,?,?,?)",
		e.ID, e.Act, e.Moment, e.Who, e.Command, string(e.Result), files, counts, e.Remark, e.Hash)
}

// auditHead is the meta name of the last entry's hash, so that a removed entry is noticed.
const auditHead = "audit head"

// AuditHead returns the hash of the last entry written; "" if none was written since heads are stored.
func (v *View) AuditHead(ctx context.Context) (string, error) { return v.Meta(ctx, auditHead) }

// lastEntry returns the last entry of the trail; found is false if there is none.
func (v *View) lastEntry(ctx context.Context) (last trail.Entry, found bool, err error) {
	err = v.eachEntry(ctx, " ORDER BY id DESC LIMIT 1", func(e *trail.Entry) error {
		last, found = *e, true
		return nil
	})
	return last, found, err
}

// EachEntry visits the entries of the audit trail, oldest first.
func (v *View) EachEntry(ctx context.Context, visit func(*trail.Entry) error) error {
	return v.eachEntry(ctx, " ORDER BY id", visit)
}

func (v *View) eachEntry(ctx context.Context, behind string, visit func(*trail.Entry) error) error {
	return v.Each(ctx, "SELECT "+auditColumns+" FROM audit"+behind, nil, func(scan Scan) error {
		var e trail.Entry
		var files, counts string
		if err := scan(&e.ID, &e.Act, &e.Moment, &e.Who, &e.Command, &e.Result, &files, &counts, &e.Remark, &e.Hash); err != nil {
			return err
		}
		e.Read(files, counts)
		return visit(&e)
	})
}
