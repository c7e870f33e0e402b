package intake

import (
	"context"
	"path/filepath"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/versions"
)

// Withdraw takes back a file that was taken in by mistake, as if it had never come. The file is named by its path, or
// by its base name alone. A file of which a record was declared in a closed period is refused (AlreadyDeclared), and so
// is a message that was answered (AlreadyAnswered). The
// steps of progress are references whose rows are taken in once more without those of the file.
func (in *Intake) Withdraw(ctx context.Context, file string, progress billing.Progress) (*Withdrawn, error) {
	hash := ""
	if found, err := in.Reader.Hash(file); err == nil {
		hash = found // else the file is there no longer: its name has to do
	}
	var withdrawn *Withdrawn
	err := in.Store.Write(ctx, func(tx *ledger.Tx) error {
		files, err := chosen(ctx, tx, file, hash)
		if err != nil {
			return err
		}
		w := &withdrawal{
			ctx: ctx, tx: tx, progress: progress, files: files, clients: make(map[string]bool), fingerprints: versions.NewFingerprints(),
			done: &Withdrawn{File: files[0].Name, SHA256: files[0].SHA256},
		}
		withdrawn = w.done
		return w.do()
	})
	if err != nil {
		return nil, err
	}
	return withdrawn, nil
}

// chosen returns the readings of the one file that is meant.
func chosen(ctx context.Context, tx *ledger.Tx, file, hash string) ([]ledger.File, error) {
	if hash != "" {
		if files, err := tx.FilesHashed(ctx, hash); err != nil || len(files) > 0 {
			return files, err
		}
	}
	name := nameOf(file)
	if file != filepath.Base(file) {
		if hash == "" {
			return nil, &NoSuchFile{file}
		}
		return nil, &OtherContent{file, name}
	}
	files, err := tx.FilesNamed(ctx, name)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, &NotTakenIn{name}
	}
	for _, other := range files[1:] {
		if other.SHA256 != files[0].SHA256 {
			return nil, &SeveralOfName{name}
		}
	}
	return files, nil
}

// withdrawal takes back the readings of one file.
type withdrawal struct {
	ctx          context.Context
	tx           *ledger.Tx
	progress     billing.Progress
	files        []ledger.File // the readings
	ids          []int64       // their numbers
	all          map[int64]ledger.File
	replay       versions.Replay
	fingerprints *versions.Fingerprints
	closed       int64 // the run of the last closed period; 0 for none
	rows         []ledger.StoredRecord
	clients      map[string]bool // of whom something changed
	rewrite      []ledger.StoredRecord
	done         *Withdrawn
}

func (w *withdrawal) do() error {
	if err := w.begin(); err != nil {
		return err
	}
	if err := w.refuseAnswered(); err != nil {
		return err
	}
	if err := w.refuseDeclared(); err != nil {
		return err
	}
	for _, step := range []func() error{w.takeBackRows, w.takeBackReferrals, w.takeBackDecisions, w.readAgain} {
		if err := step(); err != nil {
			return err
		}
	}
	for _, id := range w.ids {
		if err := w.tx.TakeBackFile(w.ctx, id); err != nil {
			return err
		}
		if err := w.tx.ForgetLeftOut(w.ctx, id, w.all[id].Group); err != nil {
			return err
		}
	}
	return w.tx.MarkClients(w.ctx, w.clients)
}

func (w *withdrawal) begin() error {
	files, err := w.tx.Files(w.ctx)
	if err != nil {
		return err
	}
	w.all = make(map[int64]ledger.File, len(files))
	w.replay = versions.Replay{Groups: make(map[int64]int64, len(files)), Gone: make(map[int64]bool)}
	for _, file := range files {
		w.all[file.ID], w.replay.Groups[file.ID] = file, file.Group
	}
	for _, file := range w.files {
		w.ids = append(w.ids, file.ID)
		w.replay.Gone[file.Group] = true
	}
	closed, err := w.tx.ClosedRuns(w.ctx)
	if err != nil {
		return err
	}
	w.replay.Closes = make(map[billing.Period]int64, len(closed))
	for _, run := range closed {
		w.closed = run.ID
		w.replay.Closes[run.Month()] = run.LastFile
	}
	w.rows, err = w.tx.RowsOfFiles(w.ctx, w.ids)
	return err
}

// refuseAnswered refuses a message that was answered: the first answer is final, and its provider counts on it.
func (w *withdrawal) refuseAnswered() error {
	readings, err := w.tx.MessagesHashed(w.ctx, w.done.SHA256)
	if err != nil {
		return err
	}
	for i := range readings {
		if m := &readings[i]; m.Answered() {
			return &AlreadyAnswered{File: w.done.File, Answer: m.AnswerName, Period: m.AnsweredIn}
		}
	}
	return nil
}

// refuseDeclared refuses a file of which a row is in a closed declaration.
func (w *withdrawal) refuseDeclared() error {
	count, last := 0, billing.Period(0)
	for _, row := range w.rows {
		if row.Declared != 0 {
			count++
			last = max(last, row.Declared)
		}
	}
	if count == 0 {
		return nil
	}
	return &AlreadyDeclared{File: w.done.File, Records: count, Last: last}
}
