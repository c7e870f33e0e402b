package batch

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Withdrawn says what taking back a file came to.
type Withdrawn struct {
	File      string
	SHA256    string
	Rows      int      // of the file, that are judged no longer
	Back      int      // rows of other files that hold again
	Again     int      // rows of other files that now only repeat an earlier row
	Referrals int      // versions of referrals that are gone
	Decisions int      // decisions that are gone
	Lapsed    int      // decisions of other files on rows that are gone
	Files     []string // that repeated something of the file and must come in again
}

// Withdraw takes back a file that was taken in by mistake, as if it had never come. The file is named by its path, or
// by its base name alone.
func (b *Batch) Withdraw(ctx context.Context, file string) (*Withdrawn, error) {
	hash := ""
	if found, err := b.Reader.Hash(file); err == nil {
		hash = found // else the file is there no longer: its name has to do
	}
	var withdrawn *Withdrawn
	err := b.Store.Write(ctx, func(tx *ledger.Tx) error {
		files, err := chosen(ctx, tx, file, hash)
		if err != nil {
			return err
		}
		w := &withdrawal{ctx: ctx, tx: tx, files: files, clients: make(map[string]bool), done: &Withdrawn{File: files[0].Name, SHA256: files[0].SHA256}}
		withdrawn = w.done
		return w.do()
	})
	if err != nil {
		return nil, err
	}
	return withdrawn, nil
}

// chosen gives the readings of the one file that is meant.
func chosen(ctx context.Context, tx *ledger.Tx, file, hash string) ([]ledger.File, error) {
	if hash != "" {
		if files, err := tx.FilesHashed(ctx, hash); err != nil || len(files) > 0 {
			return files, err
		}
	}
	name := filepath.Base(file)
	if file != name {
		if hash == "" {
			return nil, refuse("Het bestand %s is er niet of is niet te lezen. Geef het juiste pad, of alleen de naam van een ingelezen bestand.",
				"The file %s is not there or cannot be read. Give the right path, or only the name of a file that was taken in.", file)
		}
		return nil, refuse("Het bestand %s is zoals het nu is niet ingelezen. Geef alleen de naam (%s) als u het ingelezen bestand met die naam bedoelt.",
			"The file %s was not taken in as it is now. Give only its name (%s) if you mean the file of that name that was taken in.", file, name)
	}
	files, err := tx.FilesNamed(ctx, name)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, refuse("Er is geen bestand %s ingelezen, of het is al teruggetrokken.", "No file %s was taken in, or it was taken back already.", name)
	}
	for _, other := range files[1:] {
		if other.SHA256 != files[0].SHA256 {
			return nil, refuse("Er zijn meer bestanden met de naam %s ingelezen. Geef het pad van het bestand dat u bedoelt.",
				"Several files named %s were taken in. Give the path of the one that you mean.", name)
		}
	}
	return files, nil
}

// withdrawal takes back the readings of one file.
type withdrawal struct {
	ctx     context.Context
	tx      *ledger.Tx
	files   []ledger.File
	all     map[int64]ledger.File
	groups  map[int64]int64 // of a file
	ids     []int64
	closed  int64          // the run of the last closed period; 0 for none
	gone    map[int64]bool // groups of the files
	rows    []ledger.StoredRecord
	clients map[string]bool // of whom something changed
	rewrite []ledger.StoredRecord
	done    *Withdrawn
}

func (w *withdrawal) do() error {
	if err := w.begin(); err != nil {
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
	}
	return w.tx.MarkClients(w.ctx, w.clients)
}

func (w *withdrawal) begin() error {
	files, err := w.tx.Files(w.ctx)
	if err != nil {
		return err
	}
	w.all, w.groups, w.gone = make(map[int64]ledger.File, len(files)), make(map[int64]int64, len(files)), make(map[int64]bool)
	for _, file := range files {
		w.all[file.ID], w.groups[file.ID] = file, file.Group
	}
	for _, file := range w.files {
		w.ids = append(w.ids, file.ID)
		w.gone[file.Group] = true
	}
	if w.closed, err = w.tx.LastClosedID(w.ctx); err != nil {
		return err
	}
	w.rows, err = w.tx.RowsOfFiles(w.ctx, w.ids)
	return err
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
	return refuse("%s kan niet meer teruggetrokken worden: %d zorgregels eruit zijn gedeclareerd in een afgesloten periode (de laatste in %s). "+
		"Laat de aanbieder die regels opnieuw aanleveren met aantal 0 of met de juiste gegevens; het verschil komt in de volgende declaratie.",
		"%s can no longer be taken back: %d records of it were declared in a closed period (the last in %s). "+
			"Have the provider send those records again with quantity 0 or with the right data; the difference comes in the next declaration.",
		w.done.File, count, last)
}

// takeBackRows takes back the rows of the file, and replays the references that it touched from what remains.
func (w *withdrawal) takeBackRows() error {
	wanted := make(map[ledger.Key]bool)
	for _, row := range w.rows {
		w.clients[row.BSN] = true
		if row.Identified() {
			wanted[ledger.Key{Provider: row.Provider, Reference: row.Reference}] = true
		}
	}
	settled, err := w.tx.SettledBy(w.ctx, slices.Sorted(keysOf(w.gone)))
	if err != nil {
		return err
	}
	for _, key := range settled {
		wanted[key] = key.Provider != "" && key.Reference != ""
	}
	keys := slices.SortedFunc(keysOf(wanted), func(a, b ledger.Key) int {
		return strings.Compare(a.Provider+"\x00"+a.Reference, b.Provider+"\x00"+b.Reference)
	})
	for part := range slices.Chunk(keys, rowsPerChunk) {
		if err := w.replayKeys(part); err != nil {
			return err
		}
	}
	for _, row := range w.rows {
		w.done.Rows++
		if err := w.tx.TakeBack(w.ctx, row.Record); err != nil {
			return err
		}
	}
	return w.tx.Rewrite(w.ctx, w.rewrite)
}

func keysOf[K comparable, V any](m map[K]V) func(func(K) bool) {
	return func(yield func(K) bool) {
		for key := range m {
			if !yield(key) {
				return
			}
		}
	}
}

func (w *withdrawal) replayKeys(keys []ledger.Key) error {
	history, err := w.tx.History(w.ctx, keys)
	if err != nil {
		return err
	}
	for _, key := range keys {
		var remain []ledger.StoredRecord
		versions := make(map[int]int) // of before and now; 0 for gone
		for _, row := range history[key] {
			versions[row.Version] = 0
			if !slices.Contains(w.ids, row.FileID) {
				remain = append(remain, row)
			}
		}
		replay := &replay{group: w.groups, gone: w.gone, shown: w.shown}
		for _, row := range replay.of(remain) {
			if err := w.keepReplayed(row, versions); err != nil {
				return err
			}
		}
		if err := w.moveDecisions(key, versions); err != nil {
			return err
		}
	}
	return nil
}

// shown says whether a closed period shows the row.
func (w *withdrawal) shown(r *billing.Record) bool {
	if w.closed == 0 {
		return false
	}
	seen, err := w.tx.FirstSeen(w.ctx, r)
	return err != nil || seen != 0 && seen <= w.closed // an error comes back when the row is written
}

// keepReplayed keeps what a row of another file is now.
func (w *withdrawal) keepReplayed(row *replayed, versions map[int]int) error {
	if row.repeats == nil {
		versions[row.before.Version] = row.after.Version
		if row.changed() {
			w.clients[row.before.BSN] = true
			w.rewrite = append(w.rewrite, row.after)
			if row.after.State == ledger.Current && row.before.State != ledger.Current {
				w.done.Back++
			}
		}
		return nil
	}
	versions[row.before.Version] = row.repeats.after.Version
	w.clients[row.before.BSN] = true
	w.done.Again++
	if err := w.tx.CountAgain(w.ctx, row.before.Record); err != nil {
		return err
	}
	return w.tx.TakeBack(w.ctx, row.before.Record)
}

// moveDecisions makes decisions follow their rows: those on rows that are gone lapse.
func (w *withdrawal) moveDecisions(key ledger.Key, versions map[int]int) error {
	decisions, err := w.tx.DecisionsOf(w.ctx, key)
	if err != nil {
		return err
	}
	for _, decision := range decisions {
		now, known := versions[decision.Version]
		switch {
		case !known || now == decision.Version || slices.Contains(w.ids, decision.FileID):
		case now == 0:
			w.done.Lapsed++
			err = w.tx.ForgetDecision(w.ctx, decision)
		default:
			err = w.tx.MoveDecision(w.ctx, decision, now)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
