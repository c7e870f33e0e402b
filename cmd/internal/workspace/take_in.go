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

// Import takes in files of any kind, each later than the one before it.
func (w *Workspace) Import(ctx context.Context, files []string, asOf billing.Date, progress Progress) (*Imported, error) {
	return w.importAs(ctx, "pxq import", files, asOf, progress)
}

// Decide takes in files with controllers' decisions. What a file is shows in its headings, so it may hold other rows too.
func (w *Workspace) Decide(ctx context.Context, files []string, asOf billing.Date, progress Progress) (*Imported, error) {
	return w.importAs(ctx, "pxq decide", files, asOf, progress)
}

func (w *Workspace) importAs(ctx context.Context, what string, files []string, asOf billing.Date, progress Progress) (*Imported, error) {
	if err := w.lockFor(ctx, what); err != nil {
		return nil, err
	}
	return w.takeIn(ctx, inTheirOrder(files), asOf, progress)
}

// takeIn takes in groups of files; nobody can say which of the files of one group is later.
func (w *Workspace) takeIn(ctx context.Context, groups [][]string, asOf billing.Date, progress Progress) (*Imported, error) {
	in := w.intake()
	if book, err := w.Book(); err == nil {
		in.Book = book.Book // else whoever judges says what is wrong with it
	}
	return in.Import(ctx, groups, asOf, progress.of(TakingIn))
}

// Withdraw takes back a file that was taken in by mistake, as if it had never come. It is named by its path, by its base
// name alone, or by the beginning of its hash. still tells where it stands in the folders that a run looks through: there
// it would come in again.
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
		in.Reader = hashed{reader{}, hash}
	}
	if withdrawn, err = in.Withdraw(ctx, file, nil); err != nil {
		return nil, nil, err
	}
	still, err = w.standing(withdrawn)
	return withdrawn, still, err
}

// hashed is a reader for a file that is not there any more, of which only the hash is known.
type hashed struct {
	reader
	hash string
}

func (h hashed) Hash(string) (string, error) { return h.hash, nil }

// beginningOfHash is what names a file by its hash: fewer digits might name another.
var beginningOfHash = regexp.MustCompile(`^[0-9a-fA-F]{8,64}$`)

// byHash returns the hash of the one file that was taken in whose hash begins so; "" when it is no hash, or that of no
// such file.
func (w *Workspace) byHash(ctx context.Context, beginning string) (string, error) {
	if !beginningOfHash.MatchString(beginning) {
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
			return "", nil // a name after all
		case !strings.HasPrefix(file.SHA256, strings.ToLower(beginning)) || file.SHA256 == found:
		case found != "":
			return "", problem(AmbiguousHash, beginning)
		default:
			found = file.SHA256
		}
	}
	return found, nil
}

// standing returns where a file that was taken back stands in the folders.
func (w *Workspace) standing(withdrawn *Withdrawn) ([]string, error) {
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

// Forgotten tells what forgetting a run came to.
type Forgotten struct {
	Period  billing.Period
	Runs    int      // that are gone
	Answers []string // answers to messages that the runs gave: they are final, and stay in the folder of its reports
	Kept    []string // files in that folder that are not as pxq wrote them: they stay
}

// Forget takes back the runs of a period that was computed by mistake, with the workbooks that pxq wrote of it. It is
// refused unless the newest run is of that period, and once the period is closed. What was taken in stays, and so do the
// answers to messages: no other run gives them again.
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

// forgetRuns takes back the runs, and keeps which workbooks are to be removed.
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

// forgottenName is where the store keeps which workbooks of forgotten runs are still to be removed: a program that is
// killed before it did leaves that to the next.
const forgottenName = "forgotten workbooks"

// workbooksOf are the hashes of workbooks by name, by period.
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

// finishForget removes the workbooks of forgotten runs, and returns which files stay in their folders, by period. Those that
// cannot be removed are told, and tried again by the next command that writes.
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
		if len(written) == 0 { // else they are those of a later run
			stays, err := discard(w.reports(month), gone[month])
			if err != nil { // the runs are gone all the same
				w.note("De werkboeken van %[1]s konden niet worden verwijderd: %[2]s", "The workbooks of %[1]s could not be removed: %[3]s", month, reasonOf(err).Dutch, reasonOf(err).English)
				continue
			}
			kept[month] = stays
		}
		delete(gone, month)
	}
	return kept, w.store.Write(ctx, func(tx *ledger.Tx) error { return keepForgotten(ctx, tx, gone) })
}

// withoutAnswers takes the answers out of the files that pxq wrote, and returns their names.
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
