package workspace

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/importers"
)

// refusedFiles is where the store keeps which files the last run refused whole: of those nothing else is kept.
const refusedFiles = "refused files"

// noteRefused keeps which files a run refused.
func (w *Workspace) noteRefused(ctx context.Context, imported *Imported) error {
	var marks []string
	for _, file := range imported.Files {
		if file.Refused != nil {
			marks = append(marks, markOf(file.Path))
		}
	}
	text := strings.Join(marks, "\n")
	before, err := w.store.Meta(ctx, refusedFiles)
	if err != nil || before == text {
		return err
	}
	return w.store.Write(ctx, func(tx *ledger.Tx) error { return tx.SetMeta(ctx, refusedFiles, text) })
}

// markOf returns what a file is recognised by: its bytes, or its path when it cannot be read.
func markOf(path string) string {
	hash, err := importers.Hash(path)
	if err != nil {
		return path
	}
	return hash
}

// unseen returns the files in the folders that no run has seen, and those that the last run refused whole.
func (w *Workspace) unseen(ctx context.Context) (unseen, refused []string, err error) {
	groups, err := w.inbox()
	if err != nil {
		return nil, nil, err
	}
	marks, err := w.store.Meta(ctx, refusedFiles)
	if err != nil {
		return nil, nil, err
	}
	wasRefused := make(map[string]bool)
	for mark := range strings.SplitSeq(marks, "\n") {
		wasRefused[mark] = true
	}
	err = w.store.Read(ctx, func(tx *ledger.Tx) error {
		for _, group := range groups {
			for _, path := range group {
				mark := markOf(path)
				_, known, err := tx.KnownFile(ctx, mark)
				switch {
				case err != nil:
					return err
				case wasRefused[mark]:
					refused = append(refused, path)
				case !known:
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
		names = append(names, filepath.Base(path))
	}
	text := billing.Text{Dutch: strings.Join(names, ", "), English: strings.Join(names, ", ")}
	if rest := len(paths) - filesNamed; rest > 0 {
		text.Dutch += fmt.Sprintf(" en nog %d", rest)
		text.English += fmt.Sprintf(" and %d more", rest)
	}
	return text
}
