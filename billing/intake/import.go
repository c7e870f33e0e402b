package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Import takes in groups of files, each group in one transaction; the files of a group count as equally late. AsOf is the
// day on which they are taken to come in. A refused file does not affect the others of its group. After an error the result
// covers the groups before the one that failed.
func (in *Intake) Import(ctx context.Context, groups [][]string, asOf billing.Date, report billing.Progress) (*Imported, error) {
	imported := &Imported{}
	im := &importing{Intake: in, asOf: asOf, progress: &progress{report: report}}
	for _, paths := range groups {
		im.progress.step.Total += len(paths)
	}
	if err := im.restore(ctx, groups); err != nil {
		return imported, err
	}
	found, err := im.look(ctx, groups)
	if err != nil {
		return imported, err
	}
	for _, sources := range found {
		var part Imported
		if !slices.ContainsFunc(sources, source.mayChange) {
			part = im.knownGroup(sources)
		} else if err := in.Store.Write(ctx, func(tx *ledger.Tx) error {
			return in.withEarlier(ctx, tx, func(earlier *ledger.Tx) (err error) {
				part, err = im.importGroup(ctx, tx, earlier, sources)
				return err
			})
		}); err != nil {
			return imported, err
		}
		imported.add(part)
	}
	return imported, nil
}

// look examines the files of all groups before any is taken in, so that a group without anything new needs no transaction:
// each month passes the files of all months before it again.
func (im *importing) look(ctx context.Context, groups [][]string) ([][]source, error) {
	found := make([][]source, len(groups))
	err := im.Store.Read(ctx, func(tx *ledger.Tx) error {
		for i, paths := range groups {
			for _, path := range paths {
				file := im.hashed(path)
				if file.failed == nil && file.refused == nil {
					file.failed = im.compareWithStore(ctx, tx, &file)
				}
				found[i] = append(found[i], file)
			}
		}
		return nil
	})
	return found, err
}

// knownGroup returns the result for a group without anything new.
func (im *importing) knownGroup(sources []source) (part Imported) {
	for _, from := range sources {
		im.progress.beginFile(nameOf(from.path))
		file := &ImportedFile{Path: from.path, Name: nameOf(from.path), Refused: from.refused}
		if from.refused == nil {
			file = im.knownFile(from)
		}
		part.Files = append(part.Files, *file)
	}
	return part
}

// knownFile returns the result for a file that was taken in before.
func (im *importing) knownFile(from source) *ImportedFile {
	if restored := im.restored[from.hash]; restored != nil {
		delete(im.restored, from.hash) // another copy of it counts as known
		return restored.asImported(from.path)
	}
	return &ImportedFile{Path: from.path, Name: nameOf(from.path), Known: true}
}

// withEarlier runs work with a transaction that sees the store as it was before tx writes; it can be read while tx is
// writing, without waiting. A store in memory can have only one transaction: there earlier is tx itself.
func (in *Intake) withEarlier(ctx context.Context, tx *ledger.Tx, work func(earlier *ledger.Tx) error) error {
	if !in.Store.ReadsConcurrently() {
		return work(tx)
	}
	return in.Store.Read(ctx, work)
}

// importing is the state of one import.
type importing struct {
	*Intake
	asOf      billing.Date
	progress  *progress
	restored  map[string]*restored // files that were read again, by SHA-256
	readAgain map[string]string    // paths of files whose care was read again or refused, by SHA-256
}

// progress counts files and rows for the progress report.
type progress struct {
	report billing.Progress
	step   billing.Step
}

func (p *progress) beginFile(name string) {
	p.step.Name = name
	p.step.Done++
	p.report.Report(p.step)
}

func (p *progress) addRows(rows int) {
	p.step.Rows += rows
	p.report.Report(p.step)
}

// missed reports whether restore should have read the care of a file again but could not, because its bytes were unreadable
// at that moment. Such a file is left for the next import.
func (im *importing) missed(before *ledger.File) bool {
	return before.Reread && before.HoldsCare() && im.readAgain[before.SHA256] == ""
}

// importGroup takes in one group of files. Rows of earlier files whose day has come are taken first, as separate files:
// they must undo nothing of what is new.
func (im *importing) importGroup(ctx context.Context, tx, earlier *ledger.Tx, sources []source) (Imported, error) {
	var due, others []source
	for _, file := range sources {
		if file.failed == nil && file.refused == nil { // another group may have brought the same file since
			file.failed = im.compareWithStore(ctx, tx, &file)
		}
		switch {
		case file.failed != nil:
			return Imported{}, fmt.Errorf("%s: %w", nameOf(file.path), file.failed)
		case file.due:
			due = append(due, file)
		default:
			others = append(others, file)
		}
	}
	slices.SortStableFunc(others, source.compare)
	var imported Imported
	for _, files := range [...][]source{due, others} {
		if len(files) == 0 {
			continue
		}
		part, err := im.importSources(ctx, tx, earlier, files)
		if err != nil {
			return Imported{}, err
		}
		imported.add(part)
		earlier = tx // the other files come after these
	}
	return imported, nil
}

// importSources takes in files that count as equally late. What was kept before them is read through earlier.
func (im *importing) importSources(ctx context.Context, tx, earlier *ledger.Tx, sources []source) (Imported, error) {
	g, err := newGroup(ctx, im, tx, earlier)
	if err != nil {
		return Imported{}, err
	}
	g.ahead = im.readAhead(ctx, sources, im.asOf)
	defer g.ahead.end()
	defer g.references.items.Close()
	files := make([]*ImportedFile, 0, len(sources)) // pointers, because a later file may change the counts of an earlier one
	for place, from := range sources {
		im.progress.beginFile(nameOf(from.path))
		file, err := g.takeFile(from, g.ahead.next(place))
		if err != nil {
			return Imported{}, fmt.Errorf("%s: %w", nameOf(from.path), err)
		}
		files = append(files, file)
	}
	if err := g.settle(); err != nil {
		return Imported{}, err
	}
	part := Imported{Referrals: g.referralProblems, Decisions: g.decisionProblems, LeftOut: g.leftOut, Contradictions: g.contradictions}
	for _, file := range files {
		part.Files = append(part.Files, *file)
	}
	return part, nil
}

// takeFile takes in one file of the group, or returns why not in its result.
func (g *group) takeFile(from source, read *readFile) (*ImportedFile, error) {
	result := &ImportedFile{Path: from.path, Name: nameOf(from.path), BackAgain: from.takenBack}
	if from.refused != nil {
		result.Refused = from.refused
		return result, nil
	}
	before, known := g.known(from)
	if known {
		read.cancel()
		return g.im.knownFile(from), nil
	}
	if g.im.missed(&before) {
		read.cancel()
		result.Known = true
		return result, nil
	}
	if err := g.begin(result, before); err != nil {
		return nil, err
	}
	if err := g.records.Begin(g.ctx); err != nil {
		return nil, err
	}
	g.tx.Savepoint()
	err := g.takeRead(read)
	if refusal, ok := errors.AsType[Refusal](err); ok && !isStoreProblem(err) && !g.file.accepted {
		*result = ImportedFile{Path: from.path, Name: result.Name, Refused: refusal}
		if err := g.undo(); err != nil {
			return nil, err
		}
		return result, g.tx.RollbackToSavepoint(g.ctx)
	}
	if err != nil {
		return nil, err
	}
	if restored := g.im.restored[from.hash]; restored != nil {
		result.keepAfterAll(restored.reading.Kept)
		delete(g.im.restored, from.hash)
	}
	return result, nil
}

// accept ends the part of the transaction that can be undone if the file is refused.
func (g *group) accept() error {
	g.file.accepted = true
	g.records.Keep()
	return g.tx.ReleaseSavepoint(g.ctx)
}

// takeRead takes the content of a file.
func (g *group) takeRead(read *readFile) error {
	if err := g.ahead.passRows(read, g); err != nil {
		return err
	}
	if read.isMessage {
		return g.takeMessage(read.path)
	}
	return g.finish(read.summary)
}

// isStoreProblem reports whether the store failed, which ends the import; other refusals concern only the file.
func isStoreProblem(err error) bool {
	_, is := errors.AsType[*ledger.Problem](err)
	return is
}

// known reports whether the file is to be ignored because its bytes were taken in before. A file with a row in the future
// is read again once that day has come, and so is one that repeated a file that was taken back: then before is its last
// reading, with ID 0 for a new file.
func (g *group) known(from source) (before ledger.File, known bool) {
	switch before = from.before; {
	case g.hashes[from.hash]:
		return ledger.File{}, true
	case before.ID == 0 || before.Reread || g.im.hasCome(before):
		return before, false
	}
	return ledger.File{}, true
}
