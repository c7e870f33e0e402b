package workspace

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/rules"
)

// Problem is an error that says why something was not done: its kind, and the facts that it is about. In formats it for users.
type Problem struct {
	Kind  Kind
	Facts []any // the arguments of the kind's text, in order
}

// Kind is the kind of a problem.
type Kind string

// The kinds of problems, each with its facts.
const (
	NoWorkspace        Kind = "no workspace"        // folder
	NoBook             Kind = "no book"             // folder, its contract/
	FilesNotSeen       Kind = "files not seen"      // period, names
	AmbiguousHash      Kind = "ambiguous hash"      // prefix of a hash
	NoBSN              Kind = "no BSN"              //
	UnknownClient      Kind = "unknown client"      //
	NoFolder           Kind = "no folder"           // folder
	FileForWorkspace   Kind = "file for workspace"  // path
	NoSettings         Kind = "no settings"         // file
	BadSettings        Kind = "bad settings"        // file, line, how to write it
	BadSetting         Kind = "bad setting"         // file, key, value, what is expected
	UnknownSetting     Kind = "unknown setting"     // file, key, known keys
	FolderUnreadable   Kind = "folder unreadable"   // folder
	FileForFolder      Kind = "file for folder"     // path
	NotEmpty           Kind = "not empty"           // folder
	NoFolderToRead     Kind = "no folder to read"   // path
	FolderNotMade      Kind = "folder not made"     // folder
	FolderNotWritable  Kind = "folder not writable" // folder
	NotComputed        Kind = "not computed"        // period
	UnknownReference   Kind = "unknown reference"   // reference
	AmbiguousReference Kind = "ambiguous reference" // reference, number of providers, their codes
	UnknownProvider    Kind = "unknown provider"    // AGB code
	FileExists         Kind = "file exists"         // path
	FileNotWritable    Kind = "file not writable"   // path
	GeneratedBefore    Kind = "generated before"    // folder
	MessageUnknown     Kind = "message unknown"     // path
	MessageNotRun      Kind = "message not run"     // path
	MessageWaits       Kind = "message waits"       // path
	MessageNotWritten  Kind = "message not written" // path, period
	MessageTooLarge    Kind = "message too large"   // path
	DiskFull           Kind = "disk full"           // path
	BoundsBroken       Kind = "bounds broken"       // period, which
	HeadsUnreadable    Kind = "heads unreadable"    // heads.txt
	CloseUndone        Kind = "close undone"        // heads.txt, period, database
	OtherLedger        Kind = "other ledger"        // heads.txt, period, database
	OtherRegion        Kind = "other region"        // folder, its region, database, region and folder of the workspace whose database it is
	TrialOnReal        Kind = "trial on real"       // folder, database, folder of the workspace whose database it is
	ClosedUnwritten    Kind = "closed, unwritten"   // period, why its workbooks could not be written, head of the chain
)

// problem makes a Problem.
func problem(kind Kind, facts ...any) *Problem { return &Problem{Kind: kind, Facts: facts} }

// Error returns the English text.
func (p *Problem) Error() string { return p.In("en") }

// In returns the text in a language, nl or en.
func (p *Problem) In(language string) string {
	facts := make([]any, len(p.Facts))
	for i, fact := range p.Facts {
		facts[i] = fact
		switch fact := fact.(type) {
		case billing.Text:
			facts[i] = fact.In(language)
		case int:
			facts[i] = rules.Count(fact, language)
		case billing.Date:
			facts[i] = rules.Show("date", fact.String(), language)
		default: // a path or the content of a file: it must not send control characters to a terminal
			facts[i] = bsn.Visible(fmt.Sprint(fact))
		}
	}
	return fmt.Sprintf(problemTexts[p.Kind].In(language), facts...)
}

// unwritable returns a problem for an error that means that the file at path could not be written, and any other error
// unchanged.
func unwritable(path string, err error) error {
	_, byFile := errors.AsType[*os.PathError](err)
	_, byName := errors.AsType[*os.LinkError](err)
	switch {
	case IsDiskFull(err):
		return problem(DiskFull, path)
	case byFile || byName:
		return problem(FileNotWritable, path)
	}
	return err
}

// reasonOf returns the text of an error for users. An error without such a text is taken to mean that reports/ cannot be
// written.
func reasonOf(err error) billing.Text {
	if told, ok := errors.AsType[interface {
		error
		In(language string) string
	}](err); ok {
		return billing.Text{Dutch: told.In("nl"), English: told.In("en")}
	}
	switch {
	case IsDiskFull(err):
		return billing.Text{Dutch: "de schijf is vol.", English: "the disk is full."}
	case errors.Is(err, context.Canceled):
		return billing.Text{Dutch: "het werk is afgebroken.", English: "the work was interrupted."}
	}
	return billing.Text{Dutch: "de map reports is niet te beschrijven.", English: "pxq cannot write in the folder reports."}
}

// IsDiskFull reports whether an error means that the disk is full or a quota or file size limit was reached.
func IsDiskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}

// IsDatabaseFull reports whether a database error, also one of the pages' own database, means that the disk is full.
func IsDatabaseFull(err error) bool { return ledger.IsFull(err) }

// IsDatabaseHeld reports whether a database error, also one of the pages' own database, means that another program holds
// the database and does not release it.
func IsDatabaseHeld(err error) bool { return ledger.IsHeld(err) }
