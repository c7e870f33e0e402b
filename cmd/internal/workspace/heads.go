package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/pxq-nl/pxq/billing/ledger"
)

// headsName is the file beside the settings that keeps the head of every close outside the database: who undoes a close
// in the database, or puts another one in its place, has to change it too.
const headsName = "heads.txt"

const headsBegin = "# Hoofd van de keten bij elke afsluiting / head of the chain at every close. Bewaar een kopie elders / keep a copy elsewhere.\n"

// keptHead is a line of the file.
type keptHead struct{ period, head string }

func (f *Folder) heads() string { return filepath.Join(f.Path, headsName) }

// keptHeads returns the heads that are kept, the oldest first; found is false without a file.
func (f *Folder) keptHeads() (heads []keptHead, found bool, err error) {
	content, err := os.ReadFile(f.heads())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, true, problem(HeadsUnreadable, f.heads())
	}
	for line := range strings.Lines(string(content)) {
		if fields := strings.Fields(line); len(fields) == 2 && !strings.HasPrefix(line, "#") {
			heads = append(heads, keptHead{fields[0], fields[1]})
		}
	}
	return heads, true, nil
}

// checkHeads refuses a database that is not the one of which the heads are kept, or in which a close was undone.
func (w *Workspace) checkHeads(ctx context.Context) error {
	kept, _, err := w.keptHeads()
	if err != nil || len(kept) == 0 {
		return err
	}
	closed, err := w.store.ClosedRuns(ctx)
	if err != nil {
		return err
	}
	for _, head := range kept {
		run, found := closedIn(closed, head.period)
		switch {
		case !found:
			return problem(CloseUndone, w.heads(), head.period, w.Address())
		case run.Head != head.head:
			return problem(OtherLedger, w.heads(), head.period, w.Address())
		}
	}
	return nil
}

func closedIn(closed []ledger.Run, period string) (ledger.Run, bool) {
	for _, run := range closed {
		if run.Month().String() == period {
			return run, true
		}
	}
	return ledger.Run{}, false
}

// keepHeads adds the heads of the closes that the file lacks.
func (w *Workspace) keepHeads(ctx context.Context) error {
	kept, found, err := w.keptHeads()
	if err != nil {
		return err
	}
	closed, err := w.store.ClosedRuns(ctx)
	if err != nil || len(closed) == len(kept) {
		return err
	}
	var text strings.Builder
	text.WriteString(headsBegin)
	for _, run := range closed {
		fmt.Fprintf(&text, "%s %s\n", run.Month(), run.Head)
	}
	if !found && len(closed) > 1 {
		w.note("%s was er niet en is opnieuw geschreven. Vergelijk het met een kopie die u elders bewaarde.", "%s was not there and was written anew. Compare it with a copy that you kept elsewhere.", w.heads())
	}
	return writeWhole(w.heads(), text.String())
}

// writeWhole puts a file in the place of another at once, so that a kill leaves the one or the other.
func writeWhole(path, content string) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".pxq-*")
	if err != nil {
		return problem(FileNotWritable, path)
	}
	defer os.Remove(file.Name())
	_, err = file.WriteString(content)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	return unwritable(path, err)
}
