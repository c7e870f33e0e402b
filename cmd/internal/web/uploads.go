package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/own"
)

// filesMost is how many files one upload has at most; uploadsAnHour how many uploads an account makes in an hour.
const (
	filesMost     = 10
	uploadsAnHour = 20
)

// savedFile is a file that was put up.
type savedFile struct {
	Name   string
	SHA256 string
	Size   int64
}

// refusedUpload is why nothing of an upload was taken.
type refusedUpload struct{ text billing.Text }

func (r *refusedUpload) Error() string             { return r.text.English }
func (r *refusedUpload) In(language string) string { return r.text.In(language) }

func refuseUpload(dutch, english string, values ...any) error {
	return &refusedUpload{billing.Text{Dutch: fmt.Sprintf(dutch, values...), English: fmt.Sprintf(english, values...)}}
}

// uploadFolder returns where the files of an upload are kept until they are sent.
func (s *Server) uploadFolder(id string) string { return filepath.Join(s.folder.Path, "uploads", id) }

// saveFiles streams the files of a form into a folder. Nothing of the form is read into memory. Fields are the texts of
// the form that stand before its files.
func (s *Server) saveFiles(r *http.Request, folder string, most int) (files []savedFile, fields map[string]string, err error) {
	reader, err := r.MultipartReader()
	if err != nil {
		return nil, nil, refuseUpload("Er is geen bestand verstuurd. Kies een bestand.", "No file was sent. Choose a file.")
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, nil, err
	}
	fields = make(map[string]string)
	defer func() {
		if err != nil {
			os.RemoveAll(folder)
		}
	}()
	for {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			var tooLarge *http.MaxBytesError
			if errors.As(err, &tooLarge) {
				return nil, nil, errTooLarge
			}
			return nil, nil, refuseUpload("Het bestand is niet heel aangekomen. Verstuur het opnieuw.", "The file did not arrive whole. Send it again.")
		}
		if part.FileName() == "" && !isFilePart(part) {
			text, _ := io.ReadAll(io.LimitReader(part, 1<<10))
			fields[part.FormName()] = string(text)
			continue
		}
		if part.FileName() == "" {
			continue // a field that was left empty
		}
		if len(files) == most {
			return nil, nil, refuseUpload("Er zijn meer dan %d bestanden gekozen. Verdeel ze over meer aanleveringen.", "More than %d files were chosen. Divide them over more uploads.", most)
		}
		file, err := s.saveFile(part, folder, files)
		if err != nil {
			return nil, nil, err
		}
		files = append(files, file)
	}
	if len(files) == 0 {
		return nil, fields, refuseUpload("Er is geen bestand gekozen. Kies een bestand.", "No file was chosen. Choose a file.")
	}
	return files, fields, nil
}

func isFilePart(part *multipart.Part) bool {
	_, parameters, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	_, has := parameters["filename"]
	return err == nil && has
}

// saveFile streams one file.
func (s *Server) saveFile(part *multipart.Part, folder string, before []savedFile) (savedFile, error) {
	file := savedFile{Name: cleanName(part.FileName(), before)}
	out, err := os.OpenFile(filepath.Join(folder, file.Name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return file, err
	}
	most := int64(s.web.UploadMiB) << 20
	hash := newHash()
	file.Size, err = io.Copy(io.MultiWriter(out, hash), io.LimitReader(part, most+1))
	if err := errors.Join(err, out.Close()); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return file, errTooLarge
		}
		return file, refuseUpload("Het bestand is niet heel aangekomen. Verstuur het opnieuw.", "The file did not arrive whole. Send it again.")
	}
	if file.Size > most {
		return file, errTooLarge
	}
	file.SHA256 = hash.text()
	return file, nil
}

// cleanName returns a name under which a file may be kept: no folder, no control characters, no number of a client, and
// none that another file of the upload has.
func cleanName(name string, before []savedFile) string {
	name = strings.ReplaceAll(name, "\\", "/")
	name = name[strings.LastIndexByte(name, '/')+1:]
	name = bsn.FileName(bsn.MaskLine(strings.ToValidUTF8(name, "")))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"|?*`, r) {
			return '_'
		}
		return r
	}, name)
	name = strings.TrimLeft(strings.TrimSpace(name), ".~$")
	const longest = 120
	extension := filepath.Ext(name)
	if len(extension) > 10 {
		extension = ""
	}
	stem := strings.TrimSuffix(name, extension)
	for utf8.RuneCountInString(stem) > longest {
		stem = string([]rune(stem)[:longest])
	}
	if stem == "" {
		stem = "bestand"
	}
	name = stem + extension
	for number := 2; ; number++ {
		taken := false
		for _, file := range before {
			taken = taken || strings.EqualFold(file.Name, name)
		}
		if !taken {
			return name
		}
		name = fmt.Sprintf("%s-%d%s", stem, number, extension)
	}
}

// uploadFiles returns the files of an upload.
func uploadFiles(upload *webstore.Upload) []savedFile {
	var files []savedFile
	_ = json.Unmarshal([]byte(upload.Files), &files)
	return files
}

// checkAgain starts the checks that were under way when the program ended.
func (s *Server) checkAgain(ctx context.Context) error {
	uploads, err := s.store.UploadsIn(ctx, webstore.Checking)
	for i := range uploads {
		s.startCheck(&uploads[i])
	}
	return err
}

// startCheck checks an upload in the background, two at a time.
func (s *Server) startCheck(upload *webstore.Upload) {
	s.work.Go(func() {
		s.checks <- struct{}{}
		defer func() { <-s.checks }()
		ctx := context.Background()
		result, err := s.check(ctx, upload)
		if err != nil {
			s.log.Error("check", "error", billing.Mask(err.Error()))
			text := say(s.folder.Language, "Het bestand kon niet gecontroleerd worden. Controleer of het opent in uw spreadsheet en probeer het opnieuw.")
			if words, ok := errors.AsType[inWords](err); ok {
				text = bsn.MaskLine(words.In(s.folder.Language))
			}
			result = &own.Result{Refused: []own.RefusedFile{{Reason: billing.Text{Dutch: text, English: text}}}}
		}
		if err := s.endCheck(ctx, upload, result); err != nil {
			s.log.Error("check", "error", err)
		}
	})
}

// check checks the files of an upload. A panic over a hostile file is a refusal of it.
func (s *Server) check(ctx context.Context, upload *webstore.Upload) (result *own.Result, err error) {
	defer func() {
		if found := recover(); found != nil {
			err = fmt.Errorf("panic: %v\n%s", found, debug.Stack())
		}
	}()
	book, err := s.views.Book()
	if err != nil {
		return nil, err
	}
	last := time.Time{}
	files, err := s.uploadPaths(upload)
	if err != nil {
		return nil, err
	}
	return (&own.Check{
		Provider: upload.Code, Files: files, AsOf: billing.Date(upload.AsOf), Book: book.Book, Policy: s.folder.Settings.Policy, Known: s.views.Store(),
		Progress: func(step string, done, total int) {
			if time.Since(last) < 500*time.Millisecond {
				return
			}
			last = time.Now()
			_ = s.store.TellUpload(ctx, upload.ID, step, done, total)
		},
	}).Run(ctx)
}

// uploadPaths returns the paths of the files of an upload.
func (s *Server) uploadPaths(upload *webstore.Upload) ([]string, error) {
	var paths []string
	for _, file := range uploadFiles(upload) {
		paths = append(paths, filepath.Join(s.uploadFolder(upload.ID), file.Name))
	}
	if len(paths) == 0 {
		return nil, refuseUpload("De bestanden van deze aanlevering zijn er niet meer. Verstuur ze opnieuw.", "The files of this upload are not there any more. Send them again.")
	}
	return paths, nil
}

// endCheck keeps what a check found.
func (s *Server) endCheck(ctx context.Context, upload *webstore.Upload, result *own.Result) error {
	if err := s.keepResult(upload.ID, result); err != nil {
		return err
	}
	state := webstore.Checked
	if len(result.Refused) > 0 {
		state = webstore.Refused
	}
	small := *result
	small.Found = nil
	return s.store.EndCheck(ctx, upload.ID, state, upload.Files, asJSON(small), "")
}

// resultCache keeps the results that were looked at last: a page shows fifty rows of one.
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

// resultFile is where the result of a check stands: beside the files, readable for the program only. It names no client.
func (s *Server) resultFile(id string) string {
	return filepath.Join(s.folder.Path, "uploads", "results", id+".json")
}

func (s *Server) keepResult(id string, result *own.Result) error {
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

// resultOf returns what the check of an upload found.
func (s *Server) resultOf(id string) (*own.Result, error) {
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
