package webstore

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// servingName is the file in a workspace that the process which serves its pages keeps locked.
const servingName = "pxq-web.lock"

// Serving is the lock that keeps other processes from serving the pages of a workspace. A second one would take the work that the
// first has under way for that of a killed process, and restart or remove it.
type Serving struct {
	file *sql.DB
	conn *sql.Conn
}

// Serve takes the lock on serving a workspace. The caller must end it; when the process is killed it is released. If another process
// holds it, Serve returns a [Problem].
func Serve(ctx context.Context, folder string) (*Serving, error) {
	path := filepath.Join(folder, servingName)
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, cannotOpen(path, err)
	}
	file.Close()
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_pragma=busy_timeout(3000)&_pragma=journal_mode(MEMORY)") // leaves a stopping process three seconds
	if err != nil {
		return nil, cannotOpen(path, err)
	}
	conn, err := db.Conn(ctx)
	if err == nil {
		_, err = conn.ExecContext(ctx, "BEGIN EXCLUSIVE")
	}
	if err == nil {
		return &Serving{db, conn}, nil
	}
	err = errors.Join(err, db.Close())
	if strings.Contains(err.Error(), "locked") || strings.Contains(err.Error(), "busy") {
		return nil, &Problem{billing.Texts("Een ander proces bedient de pagina's van %s al. Stop dat eerst: één ‘pxq serve’ bedient een werkmap.",
			"Another process already serves the pages of %s. Stop it first: only one “pxq serve” can serve a workspace.", folder), err}
	}
	return nil, cannotOpen(path, err)
}

func cannotOpen(path string, err error) error {
	return &Problem{billing.Texts("%s is niet te openen. Controleer de rechten en de vrije ruimte van de map.",
		"%s cannot be opened. Check the permissions and the free space of its folder.", path), err}
}

// End releases the lock.
func (s *Serving) End() error { return errors.Join(s.conn.Close(), s.file.Close()) }
