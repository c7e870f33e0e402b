package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/parallel"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/own"
)

// checkAgain restarts the checks that were under way when the program stopped.
func (s *Worker) checkAgain(ctx context.Context) error {
	uploads, err := s.Store.UploadsIn(ctx, webstore.Checking)
	for i := range uploads {
		s.StartCheck(&uploads[i])
	}
	return err
}

// StartCheck checks an upload in the background. At most two checks run at a time.
func (s *Worker) StartCheck(upload *webstore.Upload) {
	s.work.Go(func() {
		s.checks <- struct{}{}
		defer func() { <-s.checks }()
		ctx := context.Background()
		result, err := s.check(ctx, upload)
		if err != nil {
			if s.Defect(err, "pxq serve, check") == nil {
				s.Log.Error("check", "error", bsn.MaskLine(err.Error()))
			}
			said := func(language string) string {
				if told, ok := errors.AsType[site.InWords](err); ok {
					return s.clean(told.In(language))
				}
				return words.Say(language, "Het bestand kon niet gecontroleerd worden. Controleer of het opent in uw spreadsheet en probeer het opnieuw.")
			}
			result = &own.Result{Refused: []own.RefusedFile{{Reason: billing.Text{Dutch: said("nl"), English: said("en")}}}}
		}
		if err := s.endCheck(ctx, upload, result); err != nil {
			s.Log.Error("check", "error", err)
		}
	})
}

// check checks the files of an upload. A panic, as a hostile file may cause, is returned as an error.
func (s *Worker) check(ctx context.Context, upload *webstore.Upload) (result *own.Result, err error) {
	defer func() {
		if found := recover(); found != nil {
			err = parallel.Recovered(found)
		}
	}()
	of, _, err := s.checkOf(upload)
	if err != nil {
		return nil, err
	}
	last := time.Time{}
	of.Progress = func(step string, done, total int) {
		if time.Since(last) < 500*time.Millisecond {
			return
		}
		last = time.Now()
		_ = s.Store.TellUpload(ctx, upload.ID, step, done, total)
	}
	return of.Run(ctx)
}

// checkOf returns the check of an upload, and the book that it uses.
func (s *Worker) checkOf(upload *webstore.Upload) (*own.Check, *workspace.Book, error) {
	book, err := s.Views.Book()
	if err != nil {
		return nil, nil, err
	}
	files, err := s.uploadPaths(upload)
	if err != nil {
		return nil, nil, err
	}
	return &own.Check{Provider: upload.Provider, Files: files, AsOf: billing.Date(upload.AsOf), Book: book.Book, Policy: s.Views.Current().Settings.Policy, Known: s.Views.Store()}, book, nil
}

// WriteFindings checks an upload and writes the findings as a workbook in the layout of the return file into an existing folder. It
// returns the name of the workbook; "" when a file of the upload is refused. It counts as one of the two checks that run at a time.
func (s *Worker) WriteFindings(ctx context.Context, upload *webstore.Upload, folder, language string) (name string, err error) {
	select {
	case s.checks <- struct{}{}:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	defer func() { <-s.checks }()
	of, book, err := s.checkOf(upload)
	if err != nil {
		return "", err
	}
	setting := s.Views.Current().ReportSetting(book)
	setting.Language = language
	return of.WriteFindings(ctx, folder, workspace.Program(), setting)
}

// uploadPaths returns the paths of the files of an upload.
func (s *Worker) uploadPaths(upload *webstore.Upload) ([]string, error) {
	var paths []string
	for _, file := range site.UploadFiles(upload) {
		paths = append(paths, filepath.Join(s.UploadFolder(upload.ID), file.Name))
	}
	if len(paths) == 0 {
		return nil, site.Refuse("De bestanden van deze aanlevering zijn er niet meer. Verstuur ze opnieuw.", "The files of this submission no longer exist. Upload them again.")
	}
	return paths, nil
}

// endCheck stores the result of a check: whole in a file, and without its rows in the web store.
func (s *Worker) endCheck(ctx context.Context, upload *webstore.Upload, result *own.Result) error {
	if err := s.keepResult(upload.ID, result); err != nil {
		return err
	}
	state := webstore.Checked
	if len(result.Refused) > 0 {
		state = webstore.Refused
	}
	small := *result
	small.Found = nil
	return s.Store.EndCheck(ctx, upload.ID, state, site.AsJSON(small))
}

// resultCache keeps the latest resultsInMemory results that were read or written, since a page shows only fifty rows of one.
type resultCache struct {
	mutex sync.Mutex
	byID  map[string]*own.Result
	order []string
}

const resultsInMemory = 8

func (c *resultCache) get(id string) *own.Result {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.byID[id]
}

func (c *resultCache) put(id string, result *own.Result) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.byID == nil {
		c.byID = make(map[string]*own.Result)
	}
	if c.byID[id] == nil {
		c.order = append(c.order, id)
	}
	c.byID[id] = result
	if len(c.order) > resultsInMemory {
		delete(c.byID, c.order[0])
		c.order = c.order[1:]
	}
}

// resultFile returns the path of the result of a check, which names no client. Only the program's user may read the file.
func (s *Worker) resultFile(id string) string {
	return filepath.Join(s.Folder.Path, "uploads", "results", id+".json")
}

func (s *Worker) keepResult(id string, result *own.Result) error {
	path := s.resultFile(id)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	content, err := json.Marshal(result)
	if err != nil {
		return err
	}
	s.results.put(id, result)
	return os.WriteFile(path, content, 0o600)
}

// ResultOf returns what the check of an upload found.
func (s *Worker) ResultOf(id string) (*own.Result, error) {
	if result := s.results.get(id); result != nil {
		return result, nil
	}
	content, err := os.ReadFile(s.resultFile(id))
	if err != nil {
		return nil, err
	}
	result := &own.Result{}
	if err := json.Unmarshal(content, result); err != nil {
		return nil, err
	}
	s.results.put(id, result)
	return result, nil
}
