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

// refusedFiles is the prefix of the name under which the store keeps the files that the last run of a period refused whole.
// Nothing else is kept of such files.
const refusedFiles = "refused files "

// refusedFile is a file that a run refused whole.
type refusedFile struct {
	Mark    string // see markOf
	Name    string
	Dutch   string // why
	English string
}

// noteRefused stores which files a run refused, and why.
func (w *Workspace) noteRefused(ctx context.Context, period billing.Period, imported *Imported) error {
	refused := []refusedFile{}
	for _, file := range imported.Files {
		if file.Refused != nil {
			refused = append(refused, refusedFile{w.markOf(file.Path), file.Name, refusalText(&file, "nl"), refusalText(&file, "en")})
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

// refusalText returns why a file was refused. It names the file without its folder, so that the text does not depend on where the
// workspace is.
func refusalText(file *ImportedFile, language string) string {
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

// markOf returns what a file is recognised by: its hash, or its path when it cannot be read.
func (f *Folder) markOf(path string) string {
	hash, _, err := f.HashOf(path)
	if err != nil {
		return path
	}
	return hash
}

// unseen returns the files in the folders that are still to be taken in, and those that the last run of the period refused
// whole.
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
				case !known, before.Reread: // reading it again may change which rows hold
					unseen = append(unseen, path)
				}
			}
		}
		return nil
	})
	return unseen, refused, err
}

// filesNamed is the largest number of files that a text names.
const filesNamed = 5

// fileList names the first files of paths and counts the rest.
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

// knownHashes caches the hashes of files for the web pages, which need them often while files are large. A file is hashed
// again when its size or modification time has changed. A close does not use what the pages cached: its Folder is read anew
// and has an empty cache.
type knownHashes struct {
	mutex  sync.Mutex
	byPath map[string]knownHash
}

type knownHash struct {
	size    int64
	changed time.Time
	hash    string
}

// hashesMost is the number of files above which the cache is emptied.
const hashesMost = 10_000

// HashOf returns the SHA-256 of a file, in hexadecimal, and its size in bytes.
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
