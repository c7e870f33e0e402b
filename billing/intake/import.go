package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Import takes in groups of files, each group in one transaction: nobody can say which of the files of one group is
// later. asOf is the day on which they are taken to come in. A file that is refused leaves the others of its group
// alone. After an error what is returned holds the groups before the one that failed.
func (in *Intake) Import(ctx context.Context, groups [][]string, asOf billing.Date, report billing.Progress) (*Imported, error) {
	imported := &Imported{}
	im := &importing{Intake: in, asOf: asOf, told: &progress{report: report}}
	for _, paths := range groups {
		im.told.step.Total += len(paths)
	}
	if err := im.restore(ctx, groups); err != nil {
		return imported, err
	}
	for _, paths := range groups {
		var part Imported
		err := in.Store.Write(ctx, func(tx *ledger.Tx) error {
			return in.withEarlier(ctx, tx, func(earlier *ledger.Tx) (err error) {
				part, err = im.importGroup(ctx, tx, earlier, paths)
				return err
			})
		})
		if err != nil {
			return imported, err
		}
		imported.add(part)
	}
	return imported, nil
}

// withEarlier does work with a transaction that reads what was kept before another one writes: it is asked while that one is
// writing, and does not wait for it. Of a store in memory there is only one at a time, which sees what it wrote too.
func (in *Intake) withEarlier(ctx context.Context, tx *ledger.Tx, work func(earlier *ledger.Tx) error) error {
	if !in.Store.ReadsBeside() {
		return work(tx)
	}
	return in.Store.Read(ctx, work)
}

// importing is one import.
type importing struct {
	*Intake
	asOf      billing.Date
	told      *progress
	restored  map[string]*restored // files that were read once more, by their SHA-256
	readAgain map[string]string    // the paths of files whose care was read once more, or refused, by their SHA-256
}

// progress counts files and rows for whoever follows the import.
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

// source is a file of a group: its path, and the SHA-256 of what stands there or why it cannot be read.
type source struct {
	path    string
	hash    string
	refused Refusal
	before  ledger.File // its last reading, before the group; without number for none
	first   int64       // the number of its first reading, of one that is read once more; else 0
	wanted  bool        // it is not known yet, or read once more
}

// missed reports whether the care of a file is still to be read once more, though that was done for the files of this import:
// its bytes could not be read a moment ago. It is left for the next import, as it was.
func (im *importing) missed(before *ledger.File) bool {
	return before.Reread && before.HoldsCare() && im.readAgain[before.SHA256] == ""
}

// importGroup takes in one group of files. Rows of earlier files whose day has come are taken first, as files of their
// own: they must undo nothing of what is new.
func (im *importing) importGroup(ctx context.Context, tx, earlier *ledger.Tx, paths []string) (Imported, error) {
	var due, others []source
	for _, path := range paths {
		file, isDue, err := im.source(ctx, tx, path)
		switch {
		case err != nil:
			return Imported{}, fmt.Errorf("%s: %w", nameOf(path), err)
		case isDue:
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
		earlier = tx // the others come after these
	}
	return imported, nil
}

// compare puts files that are read once more before others, in the order in which they first came: a later one may rest on
// what an earlier one said.
func (s source) compare(other source) int {
	if (s.first != 0) != (other.first != 0) {
		return cmp.Compare(other.first, s.first)
	}
	return cmp.Compare(s.first, other.first)
}

// source finds out what stands at a path; isDue reports whether it was taken in before and is read once more because a
// day has come that lay in the future then.
func (im *importing) source(ctx context.Context, tx *ledger.Tx, path string) (file source, isDue bool, err error) {
	file.path = path
	if file.hash, err = im.Reader.Hash(path); err != nil {
		refusal, ok := errors.AsType[Refusal](err)
		if !ok {
			return source{}, false, err
		}
		file.refused = refusal
		return file, false, nil
	}
	before, known, err := tx.KnownFile(ctx, file.hash)
	if err != nil {
		return source{}, false, err
	}
	file.before = before
	file.wanted = !known || before.Reread || im.hasCome(before)
	if known && before.Reread {
		readings, err := tx.FilesHashed(ctx, file.hash)
		if err != nil {
			return source{}, false, err
		}
		file.first = readings[0].ID
	}
	return file, known && !before.Reread && im.hasCome(before), nil
}

// hasCome reports whether a day has come that lay in the future when a file was read last.
func (im *importing) hasCome(before ledger.File) bool {
	return before.Future != 0 && int32(im.asOf) >= before.Future
}

// importSources takes in files of which nobody can say which is later. What was kept before them is asked of earlier.
func (im *importing) importSources(ctx context.Context, tx, earlier *ledger.Tx, sources []source) (Imported, error) {
	g, err := newGroup(ctx, im, tx, earlier)
	if err != nil {
		return Imported{}, err
	}
	g.ahead = im.readAhead(ctx, sources, im.asOf)
	defer g.ahead.end()
	defer g.references.items.Close()
	files := make([]*ImportedFile, 0, len(sources)) // a later one may still change the counts of an earlier one
	for place, from := range sources {
		im.told.beginFile(nameOf(from.path))
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

// takeFile takes in one file of the group, or finds why not.
func (g *group) takeFile(from source, read *readFile) (*ImportedFile, error) {
	result := &ImportedFile{Path: from.path, Name: nameOf(from.path)}
	if from.refused != nil {
		result.Refused = from.refused
		return result, nil
	}
	before, known := g.known(from)
	restored := g.im.restored[from.hash]
	if known && restored != nil {
		delete(g.im.restored, from.hash) // another copy of the file is known
		read.leave()
		return restored.asImported(from.path), nil
	}
	if known || g.im.missed(&before) {
		read.leave()
		result.Known = true
		return result, nil
	}
	if err := g.begin(result, before); err != nil {
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
	if restored != nil {
		result.keepAfterAll(restored.reading.Kept)
		delete(g.im.restored, from.hash)
	}
	return result, nil
}

// accept ends the part of a file that may still be refused: what is kept from now on stays.
func (g *group) accept() error {
	g.file.accepted = true
	return g.tx.ReleaseSavepoint(g.ctx)
}

// takeRead takes what a file holds.
func (g *group) takeRead(read *readFile) error {
	if err := g.ahead.give(read, g); err != nil {
		return err
	}
	if read.isMessage {
		return g.takeMessage(read.path)
	}
	return g.finish(read.summary)
}

// isStoreProblem reports whether the store failed, which ends the import; anything else refuses a file only.
func isStoreProblem(err error) bool {
	_, is := errors.AsType[*ledger.Problem](err)
	return is
}

// known reports whether these bytes were taken in before. A file of which a row lay in the future is read again once
// that day has come, and so is one that repeated a file that was taken back: then before is its last reading, which
// has no number for a file that comes in for the first time.
func (g *group) known(from source) (before ledger.File, known bool) {
	switch before = from.before; {
	case g.hashes[from.hash]:
		return ledger.File{}, true
	case before.ID == 0 || before.Reread || g.im.hasCome(before):
		return before, false
	}
	return ledger.File{}, true
}
