package workspace

import (
	"context"
	"encoding/json"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/importers"
)

// Import takes in files of any kind. Each file counts as later than the one before it.
func (w *Workspace) Import(ctx context.Context, files []string, asOf billing.Date, progress Progress) (*Imported, error) {
	return w.importAs(ctx, "pxq import", files, asOf, progress)
}

// Decide takes in files with controllers' decisions. The headings of a file say what it holds, so that it may also have other
// rows.
func (w *Workspace) Decide(ctx context.Context, files []string, asOf billing.Date, progress Progress) (*Imported, error) {
	return w.importAs(ctx, "pxq decide", files, asOf, progress)
}

func (w *Workspace) importAs(ctx context.Context, what string, files []string, asOf billing.Date, progress Progress) (*Imported, error) {
	if err := w.lockFor(ctx, what); err != nil {
		return nil, err
	}
	return w.takeIn(ctx, oneByOne(files), asOf, progress)
}

// takeIn takes in groups of files. A group counts as later than the one before it; nobody can say which of its files is later.
func (w *Workspace) takeIn(ctx context.Context, groups [][]string, asOf billing.Date, progress Progress) (*Imported, error) {
	in := w.intake()
	if book, err := w.Book(); err == nil {
		in.Book = book.Book // a faulty book is reported by the run that needs it
	}
	return in.Import(ctx, groups, asOf, progress.of(TakingIn))
}

// Withdraw undoes the taking in of a file, as if it had never come. The file is given by its path, its base name, or the
// first digits of its hash. still lists the paths of the file in the inboxes, from which the next run would take it in again.
func (w *Workspace) Withdraw(ctx context.Context, file string) (withdrawn *Withdrawn, still []string, err error) {
	if err := w.lockFor(ctx, "pxq withdraw"); err != nil {
		return nil, nil, err
	}
	in := w.intake()
	hash, err := w.byHash(ctx, file)
	if err != nil {
		return nil, nil, err
	}
	if hash != "" {
		in.Reader = hashed{&reader{}, hash}
	}
	if withdrawn, err = in.Withdraw(ctx, file, nil); err != nil {
		return nil, nil, err
	}
	still, err = w.inboxPaths(withdrawn)
	return withdrawn, still, err
}

// hashed is a reader for a file that may no longer exist, of which the hash is known.
type hashed struct {
	*reader
	hash string
}

func (h hashed) Hash(string) (string, error) { return h.hash, nil }

// hashPrefix matches the first digits of a hash. It requires eight, since fewer might match another file.
var hashPrefix = regexp.MustCompile(`^[0-9a-fA-F]{8,64}$`)

// byHash returns the whole hash of the file that was taken in whose hash starts with beginning; "" when beginning is no hash,
// is the name of a file, or matches none. Several matches are a problem.
func (w *Workspace) byHash(ctx context.Context, beginning string) (string, error) {
	if !hashPrefix.MatchString(beginning) {
		return "", nil
	}
	files, err := w.store.FilesAfter(ctx, 0)
	if err != nil {
		return "", err
	}
	found := ""
	for _, file := range files {
		switch {
		case file.Withdrawn != 0:
		case file.Name == beginning:
			return "", nil // the name of a file, not a hash
		case !strings.HasPrefix(file.SHA256, strings.ToLower(beginning)) || file.SHA256 == found:
		case found != "":
			return "", problem(AmbiguousHash, beginning)
		default:
			found = file.SHA256
		}
	}
	return found, nil
}

// inboxPaths returns the paths in the inboxes of a file that was withdrawn.
func (w *Workspace) inboxPaths(withdrawn *Withdrawn) ([]string, error) {
	groups, err := w.inbox()
	if err != nil {
		return nil, err
	}
	var still []string
	for _, group := range groups {
		for _, path := range group {
			if bsn.FileName(filepath.Base(path)) != bsn.FileName(withdrawn.File) {
				continue
			}
			if hash, err := importers.Hash(path); err == nil && hash == withdrawn.SHA256 {
				still = append(still, path)
			}
		}
	}
	return still, nil
}

// Forgotten is the result of forgetting the runs of a period.
type Forgotten struct {
	Period  billing.Period
	Runs    int      // number of runs that were removed
	Answers []string // files of answers that the runs gave to messages; answers are final, so these stay
	Kept    []string // other files in the folder that are not as pxq wrote them; these stay too
}

// Forget removes the runs of a period that was run by mistake, and the workbooks that pxq wrote for it. It is refused unless
// the newest run is of that period and the period is open. What was taken in stays, and so do the answers to messages, which
// no later run would give again.
func (w *Workspace) Forget(ctx context.Context, period billing.Period) (*Forgotten, error) {
	if err := w.lockFor(ctx, "pxq forget"); err != nil {
		return nil, err
	}
	forgotten, err := w.forgetRuns(ctx, period)
	if err != nil {
		return nil, err
	}
	kept, err := w.finishForget(ctx)
	forgotten.Kept = slices.DeleteFunc(kept[period.String()], func(name string) bool { return slices.Contains(forgotten.Answers, name) })
	return forgotten, err
}

// forgetRuns removes the runs from the store, and records in it which workbooks are to be removed.
func (w *Workspace) forgetRuns(ctx context.Context, period billing.Period) (*Forgotten, error) {
	forgotten := &Forgotten{Period: period}
	err := w.store.Write(ctx, func(tx *ledger.Tx) error {
		written, err := tx.ReportHashes(ctx, period)
		if err != nil {
			return err
		}
		answered, err := tx.AnsweredIn(ctx, period)
		if err != nil {
			return err
		}
		forgotten.Answers = withoutAnswers(written, answered)
		if forgotten.Runs, err = tx.ForgetRuns(ctx, period); err != nil {
			return err
		}
		gone, err := forgottenWorkbooks(ctx, tx.Meta)
		if err != nil {
			return err
		}
		gone[period.String()] = written
		return keepForgotten(ctx, tx, gone)
	})
	return forgotten, err
}

// forgottenName is the name under which the store keeps which workbooks of forgotten runs are still to be removed, so that a
// later command does it when this one is killed.
const forgottenName = "forgotten workbooks"

// workbooksOf are, by period, the hashes of workbooks by name.
type workbooksOf map[string]map[string]string

func forgottenWorkbooks(ctx context.Context, meta func(ctx context.Context, name string) (string, error)) (workbooksOf, error) {
	gone := make(workbooksOf)
	text, err := meta(ctx, forgottenName)
	if err != nil || text == "" {
		return gone, err
	}
	return gone, json.Unmarshal([]byte(text), &gone)
}

func keepForgotten(ctx context.Context, tx *ledger.Tx, gone workbooksOf) error {
	if len(gone) == 0 {
		return tx.SetMeta(ctx, forgottenName, "")
	}
	text, err := json.Marshal(gone)
	if err != nil {
		return err
	}
	return tx.SetMeta(ctx, forgottenName, string(text))
}

// finishForget removes the workbooks of forgotten runs. It returns, by period, the files that stay in the folders. Workbooks
// that cannot be removed become a note; the next command that writes tries again.
func (w *Workspace) finishForget(ctx context.Context) (kept map[string][]string, err error) {
	gone, err := forgottenWorkbooks(ctx, w.store.Meta)
	if err != nil || len(gone) == 0 {
		return nil, err
	}
	kept = make(map[string][]string)
	for _, month := range slices.Sorted(maps.Keys(gone)) {
		period, err := billing.ParsePeriod(month)
		if err != nil {
			return nil, err
		}
		written, err := w.store.ReportHashes(ctx, period)
		if err != nil {
			return nil, err
		}
		if len(written) == 0 { // otherwise a later run has written workbooks there
			stays, err := discard(w.reports(month), gone[month])
			if err != nil { // the runs are forgotten all the same
				w.note("De werkboeken van %[1]s konden niet worden verwijderd: %[2]s", "The workbooks of %[1]s could not be removed: %[3]s", month, reasonOf(err).Dutch, reasonOf(err).English)
				continue
			}
			kept[month] = stays
		}
		delete(gone, month)
	}
	return kept, w.store.Write(ctx, func(tx *ledger.Tx) error { return keepForgotten(ctx, tx, gone) })
}

// withoutAnswers deletes the answers from known, the files that pxq wrote, and returns their names.
func withoutAnswers(known map[string]string, answered []ledger.Message) []string {
	var names []string
	for i := range answered {
		if name := answered[i].AnswerName; known[name] != "" {
			delete(known, name)
			names = append(names, name)
		}
	}
	return names
}
