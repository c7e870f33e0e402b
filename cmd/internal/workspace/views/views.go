// Package views is what the pages read. Each view takes a scope first and gives nothing outside it: what is another's is
// not there, in the same words as what does not exist. Nothing here changes anything.
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

// Role is what somebody is to the region.
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

// Scope is what somebody may see.
type Scope struct {
	Role  Role
	Codes []string // AGB codes of a provider, CBS codes of a municipality
}

// has reports whether a code is the scope's own.
func (s Scope) has(code string) bool { return code != "" && slices.Contains(s.Codes, code) }

// seesRow reports whether totals of a provider and municipality belong to the scope.
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

// Views reads a workspace for the pages.
type Views struct {
	Folder    *workspace.Folder
	Catalogue *billing.Catalogue
	store     *ledger.Store

	mutex     sync.Mutex
	current   *workspace.Folder // with its settings as they were read last
	book      *workspace.Book
	readOf    string // state of pxq.toml and contract/ that both were read from
	readAt    time.Time
	summaries map[int64]*report.PageSummary
	memory    memory
}

// Open opens a workspace for reading. It makes the database when it is not there.
func Open(ctx context.Context, folder *workspace.Folder, database string) (*Views, error) {
	store, err := folder.OpenReading(ctx, database)
	if err != nil {
		return nil, err
	}
	return &Views{Folder: folder, Catalogue: rules.Catalogue(), store: store, current: folder, summaries: make(map[int64]*report.PageSummary)}, nil
}

// Close ends the use of the database.
func (v *Views) Close() error { return v.store.Close() }

// Store is what a check of a provider's files reads; only package own takes it.
func (v *Views) Store() *ledger.Store { return v.store }

// Ping reports whether the database answers.
func (v *Views) Ping(ctx context.Context) error {
	_, err := v.store.Meta(ctx, "schema")
	return err
}

// BackupRemark begins what the audit trail tells of a backup; its path follows.
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

// readFor is how long settings and book are taken to be the same without a look.
const readFor = 2 * time.Second

// Current returns the folder with its settings as they are now: whoever runs or decides goes by those. Settings that cannot be
// read are told by the job that needs them; the pages go on with those of before.
func (v *Views) Current() *workspace.Folder {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	v.look()
	return v.current
}

// Book returns the contract book in use, read again when a file of it or the settings changed.
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

// look forgets what was read of settings and book when a file of them changed.
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

// ForgetBook lets the contract book be read again, after it was replaced.
func (v *Views) ForgetBook() {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	v.book = nil
}

// Lost returns what a book lacks of all that closed periods declared on: with such a book nothing can be computed.
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

// stateOf names the files of a folder with their sizes and times.
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
