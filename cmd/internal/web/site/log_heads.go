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

// logHeadsName is the file of the workspace that keeps some hashes of the log's chain outside its database. Without them a log
// that was truncated or rewritten as a whole would pass the check, since its chain is consistent in itself.
const logHeadsName = "web-heads.txt"

// headEvery is the number of entries after which a hash is kept.
const headEvery = 100

func (s *Site) logHeads() string { return filepath.Join(s.Folder.Path, logHeadsName) }

// KeepLogHead keeps the newest hash of the log's chain in the file.
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
		if _, err = fmt.Fprintf(file, "%d %s\n", id, hash); err != nil { // a partial line would later be read as a hash that the log never had
			err = errors.Join(err, file.Truncate(before))
		}
	}
	return errors.Join(err, file.Close())
}

// CheckLog recomputes the chain of the log and checks it against the hashes kept in the file. Entries is the number of entries
// read; broken is the number of the first that is wrong or missing, 0 for none.
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
		if _, is := kept[id]; count == 2 && !is { // the first line of an entry counts: a later one may be of a rewritten log
			kept[id] = hash
		}
	}
	entries, broken, err = s.Store.CheckLog(ctx, kept)
	if err == nil && broken == 0 {
		err = s.KeepLogHead(ctx)
	}
	return entries, broken, err
}
