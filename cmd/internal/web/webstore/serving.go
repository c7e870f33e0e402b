package webstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// servingName is the file of a workspace that the process which serves its pages keeps locked.
const servingName = "pxq-web.lock"

// Serving keeps other processes from serving the pages of a workspace: a second one would take what the first has under
// way for work of a process that was killed, and begin it again or throw it away.
type Serving struct {
	file *sql.DB
	conn *sql.Conn
}

// Serve takes the place of the one process that serves a workspace. Whoever took it ends it; a killed process lets go of
// it.
func Serve(ctx context.Context, folder string) (*Serving, error) {
	path := filepath.Join(folder, servingName)
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, cannotServe(path, err)
	}
	file.Close()
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_pragma=busy_timeout(3000)&_pragma=journal_mode(MEMORY)") // one that is told to stop has a moment for it
	if err != nil {
		return nil, cannotServe(path, err)
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
		return nil, &Problem{billing.Text{
			Dutch:   fmt.Sprintf("Een ander proces bedient de pagina's van %s al. Stop dat eerst: één ‘pxq serve’ bedient een werkmap.", folder),
			English: fmt.Sprintf("Another process serves the pages of %s already. Stop it first: one “pxq serve” serves a workspace.", folder),
		}, err}
	}
	return nil, cannotServe(path, err)
}

func cannotServe(path string, err error) error {
	return &Problem{billing.Text{
		Dutch:   fmt.Sprintf("%s is niet te openen. Controleer de rechten en de vrije ruimte van de map.", path),
		English: fmt.Sprintf("%s cannot be opened. Check the permissions and the free space of its folder.", path),
	}, err}
}

// End lets another process serve the workspace.
func (s *Serving) End() error { return errors.Join(s.conn.Close(), s.file.Close()) }
