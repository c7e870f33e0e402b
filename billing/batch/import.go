package batch

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Imported says what became of the files of an import.
type Imported struct {
	Files     []ImportedFile
	Referrals []ReferralProblem // rows of referrals that were not taken
	Decisions []DecisionProblem // decisions that were not taken
}

// Refused counts the files that were refused whole.
func (i *Imported) Refused() int {
	count := 0
	for _, file := range i.Files {
		if file.Refused != nil {
			count++
		}
	}
	return count
}

// ImportedFile says what became of one file.
type ImportedFile struct {
	Path      string
	Name      string
	Refused   Refusal // why nothing of it was taken in; nil if it was
	Known     bool    // it was taken in before, and is ignored whole
	Own       string  // what it says to be, of a workbook that pxq wrote: retour, uitval
	Sheets    []billing.SheetSummary
	Records   int // rows of records read
	Kept      int // of them, rows that were kept
	Again     int // of them, already received
	Totals    int // rows of totals skipped
	Empty     int // empty rows skipped
	Referrals int // versions of referrals taken
	Decisions int // decisions taken
	Skipped   int // rows of referrals that changed nothing, and decisions left empty
}

// countKept turns a row that was counted as received before into one that was kept; -1 turns it back.
func (f *ImportedFile) countKept(rows int) {
	f.Kept += rows
	f.Again -= rows
}

// Import takes in groups of files, each group in one transaction: nobody can say which of the files of one
// group is later. A file that is refused leaves the others of its group alone.
func (b *Batch) Import(ctx context.Context, groups [][]string, asOf billing.Date) (*Imported, error) {
	imported := &Imported{}
	count := 0
	for _, group := range groups {
		count += len(group)
	}
	number := 0
	for _, group := range groups {
		part := &Imported{}
		err := b.Store.Write(ctx, func(tx *ledger.Tx) error {
			*part = Imported{}
			files := make([]*ImportedFile, 0, len(group)) // a later one may still change the counts of an earlier one
			taking, err := newIntake(ctx, b, tx, asOf)
			if err != nil {
				return err
			}
			for _, path := range group {
				number++
				b.Progress.file(filepath.Base(path), number, count)
				file, err := taking.takeFile(ctx, path)
				if err != nil {
					return fmt.Errorf("%s: %w", filepath.Base(path), err)
				}
				files = append(files, file)
			}
			for _, file := range files {
				part.Files = append(part.Files, *file)
			}
			part.Referrals, part.Decisions = taking.referralProblems, taking.decisionProblems
			return taking.settle(ctx)
		})
		if err != nil {
			return imported, err
		}
		imported.Files = append(imported.Files, part.Files...)
		imported.Referrals = append(imported.Referrals, part.Referrals...)
		imported.Decisions = append(imported.Decisions, part.Decisions...)
	}
	return imported, nil
}

// takeFile takes in one file of the group, or finds why not.
func (in *intake) takeFile(ctx context.Context, path string) (*ImportedFile, error) {
	result := &ImportedFile{Path: path, Name: filepath.Base(path)}
	hash, err := in.batch.Reader.Hash(path)
	if err != nil {
		refusal, ok := errors.AsType[Refusal](err)
		if !ok {
			return nil, err
		}
		result.Refused = refusal
		return result, nil
	}
	before, known, err := in.isKnown(ctx, hash)
	if known || err != nil {
		result.Known = known
		return result, err
	}
	in.begin(result, before.ID)
	if in.file.anew, err = in.rereading(ctx, before); err != nil {
		return nil, err
	}
	if err := in.tx.Savepoint(ctx); err != nil {
		return nil, err
	}
	summary, err := in.batch.Reader.Read(ctx, path, in.asOf, in)
	if err == nil {
		err = in.finish(ctx, summary)
	}
	if refusal, ok := errors.AsType[Refusal](err); ok && !isStoreProblem(err) {
		*result = ImportedFile{Path: path, Name: result.Name, Refused: refusal}
		in.undo()
		return result, in.tx.RollbackToSavepoint(ctx)
	}
	if err != nil {
		return nil, err
	}
	return result, in.tx.ReleaseSavepoint(ctx)
}

// isStoreProblem says whether the store failed, which ends the import; anything else refuses a file only.
func isStoreProblem(err error) bool {
	_, is := errors.AsType[*ledger.Problem](err)
	return is
}

// isKnown says whether these bytes were taken in before. A file of which a row lay in the future is read again
// once that day has come, and so is one that repeated a file that was taken back: then before is its last reading.
func (in *intake) isKnown(ctx context.Context, hash string) (before ledger.File, known bool, err error) {
	if in.hashes[hash] {
		return before, true, nil
	}
	file, known, err := in.tx.KnownFile(ctx, hash)
	if err != nil || !known {
		return ledger.File{}, false, err
	}
	if !file.Reread && (file.Future == 0 || int32(in.asOf) < file.Future) {
		return ledger.File{}, true, nil
	}
	return file, false, nil
}

// textRefusal is a refusal with its own texts.
type textRefusal struct {
	file string
	text billing.Text
}

func (r *textRefusal) Error() string { return r.In("en") }

func (r *textRefusal) In(language string) string { return r.file + ": " + r.text.In(language) }
