package intake

import (
	"context"
	"maps"
	"path/filepath"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Withdraw takes back a file that was taken in by mistake, as if it had never come in. The file is named by its path or by
// its base name. A file with a record that was declared in a closed period is refused (AlreadyDeclared), and so is a
// message that was answered (AlreadyAnswered). Progress reports how many of the references in the file were decided on
// again, without its rows.
func (in *Intake) Withdraw(ctx context.Context, file string, progress billing.Progress) (*Withdrawn, error) {
	hash := ""
	if found, err := in.Reader.Hash(file); err == nil {
		hash = found // otherwise the file no longer exists, and is identified by name
	}
	var withdrawn *Withdrawn
	err := in.Store.Write(ctx, func(tx *ledger.Tx) error {
		files, err := chosen(ctx, tx, file, hash)
		if err != nil {
			return err
		}
		if files, err = sentAgain(ctx, tx, files); err != nil {
			return err
		}
		anew, err := newReplaying(ctx, tx)
		if err != nil {
			return err
		}
		w := &withdrawal{replaying: anew, progress: progress, files: files, providers: make(map[string]bool), done: &Withdrawn{File: files[0].Name, SHA256: files[0].SHA256}}
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
			return nil, &SeveralOfName{name, files}
		}
	}
	return files, nil
}

// sentAgain excludes the answered readings of a message that count as never sent, if it was sent again since: only its last
// reading counts.
func sentAgain(ctx context.Context, tx *ledger.Tx, files []ledger.File) ([]ledger.File, error) {
	readings, err := tx.MessagesHashed(ctx, files[0].SHA256)
	if err != nil {
		return nil, err
	}
	last := slices.DeleteFunc(slices.Clone(files), func(file ledger.File) bool {
		return slices.ContainsFunc(readings, func(m ledger.Message) bool { return m.FileID == file.ID && m.Refused && m.Answered() })
	})
	if len(last) == 0 {
		return files, nil
	}
	return last, nil
}

// withdrawal takes back the readings of one file.
type withdrawal struct {
	*replaying
	progress  billing.Progress
	files     []ledger.File // the readings
	rows      []ledger.StoredRecord
	done      *Withdrawn
	providers map[string]bool // whose references are decided on again
}

func (w *withdrawal) do() error {
	var err error
	w.takeBack(w.files)
	if w.rows, err = w.tx.RowsOfFiles(w.ctx, w.gone); err != nil {
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
	for _, id := range w.gone {
		if err := w.tx.TakeBackFile(w.ctx, id); err != nil {
			return err
		}
		if err := w.tx.ForgetLeftOut(w.ctx, id, w.all[id].Group, w.closedFile); err != nil {
			return err
		}
	}
	return w.tx.MarkClients(w.ctx, w.clients)
}

// refuseAnswered refuses a message that was answered: the first answer is final, and its provider relies on it.
func (w *withdrawal) refuseAnswered() error {
	readings, err := w.tx.MessagesHashed(w.ctx, w.done.SHA256)
	if err != nil {
		return err
	}
	for i := range readings {
		if m := &readings[i]; m.Answered() && w.isGone(m.FileID) {
			return &AlreadyAnswered{File: w.done.File, Answer: m.AnswerName, Period: m.AnsweredIn}
		}
	}
	return nil
}

// refuseDeclared refuses a file with a row in a closed declaration.
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

// takeBackDecisions removes the decisions that came in with the file.
func (w *withdrawal) takeBackDecisions() error {
	clients, err := w.tx.TakeBackDecisions(w.ctx, w.gone)
	for _, bsn := range clients {
		w.clients[bsn] = true
		w.done.Decisions++
	}
	return err
}

// readAgain marks files to be read again that may hold something which was not kept because this file had it.
func (w *withdrawal) readAgain() error {
	repeaters, err := w.tx.RepeatersAfter(w.ctx, w.files[0].Group-1, slices.Sorted(maps.Keys(w.providers)))
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(w.all)) {
		file := w.all[id]
		if file.Withdrawn != 0 || w.isGone(id) || !repeaters[id] && !(id > w.gone[0] && w.mayRepeat(file.Kind)) {
			continue
		}
		if err := w.tx.ReadAgain(w.ctx, id); err != nil {
			return err
		}
		if !slices.Contains(w.done.Files, file.Name) {
			w.done.Files = append(w.done.Files, file.Name)
		}
	}
	return nil
}

// mayRepeat reports whether a later file of this kind may repeat referrals or decisions of this file.
func (w *withdrawal) mayRepeat(kind string) bool {
	switch kind {
	case ledger.ReferralFile:
		return w.done.Referrals > 0
	case ledger.DecisionFile:
		return w.done.Decisions > 0
	}
	return kind == ledger.MixedFile && (w.done.Referrals > 0 || w.done.Decisions > 0)
}

// takeBackRows takes back the rows of the file, and replays its references from the rows that remain.
func (w *withdrawal) takeBackRows() error {
	keys, err := w.touched()
	if err != nil {
		return err
	}
	step := billing.Step{Name: w.done.File, Total: len(keys)}
	for part := range slices.Chunk(keys, rowsPerChunk) {
		if err := w.replay(part, nil); err != nil {
			return err
		}
		step.Done += len(part)
		w.progress.Report(step)
	}
	for _, row := range w.rows {
		w.done.Rows++
		if err := w.tx.TakeBack(w.ctx, row.Record, w.lastRun); err != nil {
			return err
		}
	}
	w.done.Back, w.done.AlreadyReceived, w.done.Lapsed = w.back, w.alreadyReceived, w.lapsed
	return nil
}

// touched returns the references in the file, and those of rows that its group made no longer current.
func (w *withdrawal) touched() ([]billing.RecordKey, error) {
	wanted := make(map[billing.RecordKey]bool)
	for _, row := range w.rows {
		w.clients[row.BSN] = true
		if row.Identified() {
			wanted[billing.RecordKeyOf(row.Provider, row.Reference)] = true
		}
	}
	settled, err := w.tx.SettledBy(w.ctx, slices.Sorted(maps.Keys(w.rules.Gone)))
	if err != nil {
		return nil, err
	}
	for _, key := range settled {
		if key.Provider != "" && key.KnownAs != "" {
			wanted[key] = true
		}
	}
	for key := range wanted {
		w.providers[key.Provider] = true
	}
	return slices.SortedFunc(maps.Keys(wanted), billing.CompareRecordKeys), nil
}
