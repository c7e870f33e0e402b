package workspace

import (
	"context"
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
	known, err := w.store.ReportHashes(ctx, period)
	if err != nil {
		return nil, err
	}
	answered, err := w.store.AnsweredIn(ctx, period)
	if err != nil {
		return nil, err
	}
	forgotten := &Forgotten{Period: period, Answers: withoutAnswers(known, answered)}
	err = w.store.Write(ctx, func(tx *ledger.Tx) error {
		forgotten.Runs, err = tx.ForgetRuns(ctx, period)
		return err
	})
	if err != nil {
		return nil, err
	}
	forgotten.Kept, err = discard(w.reports(period.String()), known)
	forgotten.Kept = slices.DeleteFunc(forgotten.Kept, func(name string) bool { return slices.Contains(forgotten.Answers, name) })
	if err != nil { // the runs are gone all the same
		w.note("De werkboeken van %[1]s konden niet worden verwijderd: %[2]s", "The workbooks of %[1]s could not be removed: %[3]s", period, reasonOf(err).Dutch, reasonOf(err).English)
	}
	return forgotten, nil
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
