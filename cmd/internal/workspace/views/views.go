// Package views reads the data that the web pages show. Views is a workspace that is open for reading, with one method for
// each view. A view takes a Scope – who is asking, and for which providers or municipalities – and returns nothing outside
// it: what the scope may not see is reported as ErrNotThere, just like what does not exist. Nothing here changes anything.
//
// Start reading at Scope and Views, then Views.Month (totals of a period), Views.Holds (open decisions) and Views.Returned (a
// provider's held and rejected rows).
package views

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/trail"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// ErrNotThere is returned for what does not exist or lies outside the scope.
var ErrNotThere = errors.New("not there")

// Role is the role of a user in the region.
type Role string

// The roles.
const (
	Provider      Role = "aanbieder"
	Controller    Role = "controller"
	Municipality  Role = "gemeente"
	Region        Role = "regio"
	Administrator Role = "beheerder"
)

// Roles are all roles.
var Roles = []Role{Provider, Controller, Municipality, Region, Administrator}

// Scope is what a user may see.
type Scope struct {
	Role  Role
	Codes []string // AGB codes of a provider, CBS codes of a municipality
}

// has reports whether a code is one of the scope's.
func (s Scope) has(code string) bool { return code != "" && slices.Contains(s.Codes, code) }

// seesRow reports whether the scope includes totals of a provider and municipality.
func (s Scope) seesRow(provider, municipality string) bool {
	switch s.Role {
	case Region, Controller:
		return true
	case Provider:
		return s.has(provider)
	case Municipality:
		return s.has(municipality)
	}
	return false
}

// Views reads a workspace for the web pages. It may be used by several goroutines.
type Views struct {
	Folder    *workspace.Folder
	Catalogue *billing.Catalogue
	store     *ledger.Store

	mutex     sync.Mutex
	current   *workspace.Folder // with the settings as last read
	book      *workspace.Book   // nil when it must be read again
	readOf    string            // state of pxq.toml and contract/ from which both were read
	readAt    time.Time         // when that state was last looked at
	summaries map[int64]*report.PageSummary
	memory    memory
}

// Open opens a workspace for reading. It creates the database when it does not exist.
func Open(ctx context.Context, folder *workspace.Folder, database string) (*Views, error) {
	store, err := folder.OpenReading(ctx, database)
	if err != nil {
		return nil, err
	}
	return &Views{Folder: folder, Catalogue: rules.Catalogue(), store: store, current: folder, summaries: make(map[int64]*report.PageSummary)}, nil
}

// Close closes the database.
func (v *Views) Close() error { return v.store.Close() }

// Store returns the ledger, for a check of a provider's files by package own only.
func (v *Views) Store() *ledger.Store { return v.store }

// Ping returns an error when the database does not answer.
func (v *Views) Ping(ctx context.Context) error {
	_, err := v.store.Meta(ctx, "schema")
	return err
}

// BackupRemark is the prefix of the remark on a backup in the audit trail; its path follows.
const BackupRemark = "reservekopie: "

// LastBackup returns the moment of the last ‘pxq backup’; the zero time when none was made.
func (v *Views) LastBackup(ctx context.Context) (last time.Time, err error) {
	err = v.store.EachEntry(ctx, func(entry *trail.Entry) error {
		if !strings.HasPrefix(entry.Remark, BackupRemark) {
			return nil
		}
		at, err := time.Parse(time.RFC3339, entry.Moment)
		if err == nil {
			last = at
		}
		return err
	})
	return last, err
}

// readFor is how long settings and book are assumed to be unchanged before their files are looked at again.
const readFor = 2 * time.Second

// Current returns the folder with its current settings, by which users run and decide. When the settings cannot be read, it
// keeps the previous ones; a job that needs them reports the error.
func (v *Views) Current() *workspace.Folder {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	v.look()
	return v.current
}

// Book returns the contract book in use. It is read again when one of its files or the settings changed.
func (v *Views) Book() (*workspace.Book, error) {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	v.look()
	if v.book != nil {
		return v.book, nil
	}
	book, err := v.current.Book()
	if err != nil {
		return nil, err
	}
	v.book = book
	return book, nil
}

// look reads the settings again and discards the book when one of their files changed. The caller holds the mutex.
func (v *Views) look() {
	if v.current != nil && time.Since(v.readAt) < readFor {
		return
	}
	v.readAt = time.Now()
	state := stateOf(filepath.Join(v.Folder.Path, "contract"))
	if info, err := os.Stat(filepath.Join(v.Folder.Path, "pxq.toml")); err == nil {
		state += stampOf(info)
	}
	if v.current != nil && state == v.readOf {
		return
	}
	v.readOf, v.book = state, nil
	if now, err := v.Folder.Reread(); err == nil {
		v.current = now
	}
}

// ForgetBook makes Book read the contract book again, after it was replaced.
func (v *Views) ForgetBook() {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	v.book = nil
}

// Lost returns what closed periods declared on and book lacks. With a book that lacks anything nothing can be computed.
func (v *Views) Lost(ctx context.Context, scope Scope, book *billing.Book) (lost []billing.Loss, err error) {
	if scope.Role != Region {
		return nil, ErrNotThere
	}
	err = v.store.Read(ctx, func(tx *ledger.Tx) error {
		declared, err := tx.DeclaredOn(ctx)
		lost = book.Lost(declared)
		return err
	})
	return lost, err
}

// stateOf returns a text that changes when a file in the folder changes: names, sizes and modification times.
func stateOf(folder string) string {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err.Error()
	}
	state := ""
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil {
			state += stampOf(info)
		}
	}
	return state
}

func stampOf(info os.FileInfo) string {
	return fmt.Sprintf("%s|%d|%d\n", info.Name(), info.ModTime().UnixNano(), info.Size())
}

func (v *Views) reporter() *report.Reporter {
	return &report.Reporter{Store: v.store, Catalogue: v.Catalogue, Program: workspace.Program()}
}

func (v *Views) setting() (report.Setting, error) {
	book, err := v.Book()
	if err != nil {
		return report.Setting{}, err
	}
	return v.Current().ReportSetting(book), nil
}
