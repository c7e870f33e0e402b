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
	book      *workspace.Book
	bookOf    string // state of contract/ that the book was read from
	bookAt    time.Time
	summaries map[int64]*report.PageSummary
	memory    memory
}

// Open opens a workspace for reading. It makes the database when it is not there.
func Open(ctx context.Context, folder *workspace.Folder, database string) (*Views, error) {
	store, err := folder.OpenReading(ctx, database)
	if err != nil {
		return nil, err
	}
	return &Views{Folder: folder, Catalogue: rules.Catalogue(), store: store, summaries: make(map[int64]*report.PageSummary)}, nil
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

// bookFor is how long the book is taken to be the same without a look.
const bookFor = 2 * time.Second

// Book returns the contract book in use, read again when a file of it changed.
func (v *Views) Book() (*workspace.Book, error) {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	if v.book != nil && time.Since(v.bookAt) < bookFor {
		return v.book, nil
	}
	state := stateOf(filepath.Join(v.Folder.Path, "contract"))
	if v.book != nil && state == v.bookOf {
		v.bookAt = time.Now()
		return v.book, nil
	}
	book, err := v.Folder.Book()
	if err != nil {
		return nil, err
	}
	v.book, v.bookOf, v.bookAt = book, state, time.Now()
	return book, nil
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
			state += fmt.Sprintf("%s|%d|%d\n", info.Name(), info.ModTime().UnixNano(), info.Size())
		}
	}
	return state
}

func (v *Views) reporter() *report.Reporter {
	return &report.Reporter{Store: v.store, Catalogue: v.Catalogue, Program: workspace.Program()}
}

func (v *Views) setting() (report.Setting, error) {
	book, err := v.Book()
	if err != nil {
		return report.Setting{}, err
	}
	return v.Folder.ReportSetting(book), nil
}
