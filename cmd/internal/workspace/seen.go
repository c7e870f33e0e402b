package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/importers"
)

// refusedFiles is where the store keeps which files the last run of a period refused whole: of those nothing else is kept.
const refusedFiles = "refused files "

// refusedFile is a file that a run refused whole.
type refusedFile struct {
	Mark    string // see markOf
	Name    string
	Dutch   string // why
	English string
}

// noteRefused keeps which files a run refused, and why.
func (w *Workspace) noteRefused(ctx context.Context, period billing.Period, imported *Imported) error {
	refused := []refusedFile{}
	for _, file := range imported.Files {
		if file.Refused != nil {
			refused = append(refused, refusedFile{w.markOf(file.Path), file.Name, told(&file, "nl"), told(&file, "en")})
		}
	}
	text, err := json.Marshal(refused)
	if err != nil {
		return err
	}
	before, err := w.store.Meta(ctx, refusedFiles+period.String())
	if err != nil || before == string(text) || before == "" && len(refused) == 0 {
		return err
	}
	return w.store.Write(ctx, func(tx *ledger.Tx) error { return tx.SetMeta(ctx, refusedFiles+period.String(), string(text)) })
}

// told returns why a file was refused, wherever the workspace lies.
func told(file *ImportedFile, language string) string {
	return bsn.Mask(strings.ReplaceAll(file.Refused.In(language), file.Path, file.Name))
}

// refusedIn returns which files the last run of a period refused.
func (w *Workspace) refusedIn(ctx context.Context, period billing.Period) (refused []refusedFile, err error) {
	text, err := w.store.Meta(ctx, refusedFiles+period.String())
	if err != nil || text == "" {
		return nil, err
	}
	return refused, json.Unmarshal([]byte(text), &refused)
}

// markOf returns what a file is recognised by: its bytes, or its path when it cannot be read.
func (f *Folder) markOf(path string) string {
	hash, _, err := f.HashOf(path)
	if err != nil {
		return path
	}
	return hash
}

// unseen returns the files in the folders that no run has seen, and those that the last run of the period refused whole.
func (w *Workspace) unseen(ctx context.Context, period billing.Period) (unseen, refused []string, err error) {
	groups, err := w.inbox()
	if err != nil {
		return nil, nil, err
	}
	before, err := w.refusedIn(ctx, period)
	if err != nil {
		return nil, nil, err
	}
	wasRefused := make(map[string]bool)
	for _, file := range before {
		wasRefused[file.Mark] = true
	}
	err = w.store.Read(ctx, func(tx *ledger.Tx) error {
		for _, group := range groups {
			for _, path := range group {
				mark := w.markOf(path)
				before, known, err := tx.KnownFile(ctx, mark)
				switch {
				case err != nil:
					return err
				case wasRefused[mark]:
					refused = append(refused, path)
				case !known, before.Reread: // what holds may be another once it is read again
					unseen = append(unseen, path)
				}
			}
		}
		return nil
	})
	return unseen, refused, err
}

// filesNamed is how many files a text names.
const filesNamed = 5

// fileList names the first of some files and counts the others.
func fileList(paths []string) billing.Text {
	var names []string
	for _, path := range paths[:min(filesNamed, len(paths))] {
		names = append(names, bsn.FileName(filepath.Base(path)))
	}
	text := billing.Text{Dutch: strings.Join(names, ", "), English: strings.Join(names, ", ")}
	if rest := len(paths) - filesNamed; rest > 0 {
		text.Dutch += fmt.Sprintf(" en nog %d", rest)
		text.English += fmt.Sprintf(" and %d more", rest)
	}
	return text
}

// knownHashes are the hashes of files as they were last looked at. Pages ask for them again and again, and a file is large:
// it is read again once its size or its time is another. What is made final reads the settings anew, and with them every
// file.
type knownHashes struct {
	mutex  sync.Mutex
	byPath map[string]knownHash
}

type knownHash struct {
	size    int64
	changed time.Time
	hash    string
}

// hashesMost is how many files are remembered.
const hashesMost = 10_000

// HashOf returns the SHA-256 of a file, in hexadecimal, and its size.
func (f *Folder) HashOf(path string) (hash string, size int64, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", 0, err
	}
	if f.hashes == nil {
		hash, err = importers.Hash(path)
		return hash, info.Size(), err
	}
	f.hashes.mutex.Lock()
	known, has := f.hashes.byPath[path]
	f.hashes.mutex.Unlock()
	if has && known.size == info.Size() && known.changed.Equal(info.ModTime()) {
		return known.hash, known.size, nil
	}
	if hash, err = importers.Hash(path); err != nil {
		return "", 0, err
	}
	f.hashes.mutex.Lock()
	defer f.hashes.mutex.Unlock()
	if f.hashes.byPath == nil || len(f.hashes.byPath) > hashesMost {
		f.hashes.byPath = make(map[string]knownHash)
	}
	f.hashes.byPath[path] = knownHash{info.Size(), info.ModTime(), hash}
	return hash, info.Size(), nil
}
