package database

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/lib/pq"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Problem explains to the user why the database cannot be used and what to do.
type Problem struct {
	Dutch, English string
	Cause          error // for programs; never shown by itself
}

func (p *Problem) Error() string { return p.English }

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.Cause }

// In returns the text in the language, "nl" or "en".
func (p *Problem) In(language string) string {
	if language == "en" {
		return p.English
	}
	return p.Dutch
}

// Refuse returns a problem without a cause: why a request is refused.
func Refuse(dutch, english string, values ...any) *Problem {
	return NewProblem(nil, dutch, english, values...)
}

// NewProblem returns a problem with its cause.
func NewProblem(cause error, dutch, english string, values ...any) *Problem {
	return &Problem{Dutch: fmt.Sprintf(dutch, values...), English: fmt.Sprintf(english, values...), Cause: cause}
}

// unknownWord is the error for a stored word that this version does not know: it returns what the word should be, and the
// word itself in a form that may be shown.
type unknownWord interface {
	error
	Unknown() (dutch, english, word string)
}

// readable explains a stored word that this version does not know, and returns other errors unchanged.
func readable(err error) error {
	if _, ok := errors.AsType[*Problem](err); ok {
		return err // more specific
	}
	if unknown, ok := errors.AsType[unknownWord](err); ok {
		dutch, english, word := unknown.Unknown()
		return NewProblem(err, "In de database staat ‘%[3]s’ als %[1]s, en dat kent deze versie van pxq niet. Er is niets gewijzigd. Gebruik de pxq die dit schreef, of zet een reservekopie terug.",
			"The database contains “%[3]s” as the %[2]s, which this version of pxq does not know. Nothing was changed. Use the version of pxq that wrote it, or restore a backup.",
			dutch, english, word)
	}
	return err
}

// explain turns a full disk, a damaged file, a database that another program is writing to, a lost connection, a lack of
// permission and unknown words into a *Problem, and returns other errors unchanged.
func (d *DB) explain(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*Problem](err); ok {
		return err
	}
	switch {
	case IsFull(err):
		return fullDisk(err)
	case IsHeld(err):
		return heldFile(err)
	case d.isDamaged(err):
		return d.damaged(err)
	case isLost(err):
		return lostConnection(err)
	case mayNot(err):
		return notAllowed(err)
	}
	return readable(err)
}

// explainUnder explains an error of work that may have been cancelled. What a driver returns when its statement is closed
// halfway depends on timing, so once ctx is done the error is reported as the cancellation.
func (d *DB) explainUnder(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		if _, told := errors.AsType[interface {
			error
			In(language string) string
		}](err); !told {
			return fmt.Errorf("%w: %w", ctx.Err(), err)
		}
	}
	return d.explain(err)
}

// isDamaged reports whether an error means that the file of an SQLite database is damaged.
func (d *DB) isDamaged(err error) bool {
	return d.path != "" && strings.Contains(err.Error(), "malformed")
}

func (d *DB) damaged(err error) *Problem {
	return NewProblem(err, "De database %s is beschadigd. Zet een reservekopie terug.", "The database %s is damaged. Restore a backup.", d.path)
}

// IsFull reports whether an error means that the disk is full.
func IsFull(err error) bool {
	if refused, ok := errors.AsType[*pq.Error](err); ok {
		return refused.Code == "53100"
	}
	text := err.Error()
	return strings.Contains(text, "disk is full") || strings.Contains(text, "no space left") || strings.Contains(text, "disk I/O error")
}

func fullDisk(err error) *Problem {
	return NewProblem(err, "De schijf is vol of niet beschrijfbaar. Er is niets gewijzigd. Maak ruimte vrij en probeer het opnieuw.",
		"The disk is full or not writable. Nothing was changed. Free some space and try again.")
}

// IsHeld reports whether an error means that another program holds a write lock for too long.
func IsHeld(err error) bool {
	if refused, ok := errors.AsType[*pq.Error](err); ok {
		return refused.Code == "55P03"
	}
	refused, ok := errors.AsType[*sqlite.Error](err)
	const extended = 8 // the low bits are the primary result code
	return ok && refused.Code()&(1<<extended-1) == sqlite3.SQLITE_BUSY
}

// heldFile wraps ErrBusy, so that callers who wait for other operations also wait for another program.
func heldFile(err error) *Problem {
	return NewProblem(fmt.Errorf("%w: %w", ErrBusy, err), "Een ander programma schrijft in de database en houdt haar vast. Er is niets gewijzigd. Sluit dat programma, of wacht tot het klaar is, en probeer het opnieuw.",
		"Another program is writing to the database and has locked it. Nothing was changed. Close that program, or wait until it has finished, and try again.")
}
