package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

// logHeadsName is the file of the workspace that keeps links of the log's chain outside its database: a log that was cut
// off or written anew holds by itself.
const logHeadsName = "web-heads.txt"

// headEvery is after how many entries a link is kept.
const headEvery = 100

func (s *Site) logHeads() string { return filepath.Join(s.Folder.Path, logHeadsName) }

// KeepLogHead keeps the newest link of the log's chain.
func (s *Site) KeepLogHead(ctx context.Context) error {
	last, _, err := s.Store.Entries(ctx, webstore.LogFilter{}, 0, 1)
	if err != nil || len(last) == 0 {
		return err
	}
	return s.keepLink(last[0].ID, last[0].Hash)
}

func (s *Site) keepLink(id int64, hash string) error {
	file, err := os.OpenFile(s.logHeads(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	before, err := file.Seek(0, io.SeekEnd)
	if err == nil {
		if _, err = fmt.Fprintf(file, "%d %s\n", id, hash); err != nil { // half a link would be one that the log never had
			err = errors.Join(err, file.Truncate(before))
		}
	}
	return errors.Join(err, file.Close())
}

// CheckLog recomputes the chain of the log, and holds it against the links that are kept. Broken is the first entry that
// does not hold, 0 when all do.
func (s *Site) CheckLog(ctx context.Context) (entries int, broken int64, err error) {
	content, err := os.ReadFile(s.logHeads())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, 0, err
	}
	kept := make(map[int64]string)
	for line := range strings.Lines(string(content)) {
		var id int64
		var hash string
		count, _ := fmt.Sscan(line, &id, &hash)
		if _, is := kept[id]; count == 2 && !is { // what was kept first stays: the log of a later line may be another
			kept[id] = hash
		}
	}
	entries, broken, err = s.Store.CheckLog(ctx, kept)
	if err == nil && broken == 0 {
		err = s.KeepLogHead(ctx)
	}
	return entries, broken, err
}
