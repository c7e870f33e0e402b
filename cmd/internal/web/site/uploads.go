package site

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// The maximum number of files in one upload, and of uploads that an account may make in an hour.
const (
	FilesMost     = 10
	UploadsAnHour = 20
)

// SavedFile is an uploaded file.
type SavedFile struct {
	Name   string
	SHA256 string
	Size   int64
	Before bool `json:",omitempty"` // the same bytes were taken in before it was sent: taking the upload back leaves them in
}

// NewBook is the suffix of the folder that holds a new contract book until it replaces the one in use.
const NewBook = ".new"

// UploadFolder returns the folder of the files of an upload until they are sent.
func (s *Site) UploadFolder(id string) string { return filepath.Join(s.Folder.Path, "uploads", id) }

// folders matches the paths below a workspace in which pages keep files.
var folders = regexp.MustCompile(`\b(uploads|(submissions|referrals|decisions)/web)/[a-z0-9]+/`)

// ForPage returns a text that the command shares with the pages, as a page shows it: without the folders of this server, and with
// what can be done on the pages instead of by a command.
func (s *Site) ForPage(text string) string {
	return withoutCommands(folders.ReplaceAllString(strings.ReplaceAll(text, s.Folder.Path+string(filepath.Separator), ""), ""))
}

// SaveFiles streams the files of a multipart form into a folder, without reading them into memory. Most is the maximum number of
// files. Fields are the other values of the form, each cut to 1 KiB. SaveFiles returns a [Problem] or ErrTooLarge for what the
// visitor can mend; after an error in the form it removes the folder.
func (s *Site) SaveFiles(r *http.Request, folder string, most int) (files []SavedFile, fields map[string]string, err error) {
	reader, err := r.MultipartReader()
	if err != nil {
		return nil, nil, Refuse("Er is geen bestand verstuurd. Kies een bestand.", "No file was uploaded. Choose a file.")
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, nil, err
	}
	fields = make(map[string]string)
	defer func() {
		if err != nil {
			os.RemoveAll(folder)
			// Read the rest of the body, up to its limit: a browser that cannot finish sending reports a broken connection instead of the page.
			_, _ = io.Copy(io.Discard, r.Body)
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
				return nil, nil, ErrTooLarge
			}
			return nil, nil, Refuse("Het bestand is niet heel aangekomen. Verstuur het opnieuw.", "The file did not arrive completely. Upload it again.")
		}
		if part.FileName() == "" && !isFilePart(part) {
			text, _ := io.ReadAll(io.LimitReader(part, 1<<10))
			fields[part.FormName()] = string(text)
			continue
		}
		if part.FileName() == "" {
			continue // a file field that was left empty
		}
		if len(files) == most {
			return nil, nil, Refuse("Er zijn meer dan %d bestanden gekozen. Verdeel ze over meer aanleveringen.", "More than %d files were chosen. Split them over several submissions.", most)
		}
		file, err := s.saveFile(part, folder, files)
		if err != nil {
			return nil, nil, err
		}
		files = append(files, file)
	}
	if len(files) == 0 {
		return nil, fields, Refuse("Er is geen bestand gekozen. Kies een bestand.", "No file was chosen. Choose a file.")
	}
	return files, fields, nil
}

func isFilePart(part *multipart.Part) bool {
	_, parameters, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	_, has := parameters["filename"]
	return err == nil && has
}

// saveFile streams one file into a folder, under a name that none of the files before it has.
func (s *Site) saveFile(part *multipart.Part, folder string, before []SavedFile) (SavedFile, error) {
	file := SavedFile{Name: cleanName(part.FileName(), before)}
	out, err := os.OpenFile(filepath.Join(folder, file.Name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return file, err
	}
	most := int64(s.Web.UploadMiB) << 20
	hash := NewHash()
	file.Size, err = io.Copy(io.MultiWriter(out, hash), io.LimitReader(part, most+1))
	if err := errors.Join(err, out.Close()); err != nil {
		if workspace.IsDiskFull(err) {
			return file, err
		}
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return file, ErrTooLarge
		}
		return file, Refuse("Het bestand is niet heel aangekomen. Verstuur het opnieuw.", "The file did not arrive completely. Upload it again.")
	}
	if file.Size > most {
		return file, ErrTooLarge
	}
	file.SHA256 = hash.Text()
	return file, nil
}

// cleanName returns a safe name for an uploaded file: without folders, control characters or a BSN, of limited length, and
// different from those of the files before it.
func cleanName(name string, before []SavedFile) string {
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

// UploadFiles returns the files of an upload as they were recorded.
func UploadFiles(upload *webstore.Upload) []SavedFile {
	var files []SavedFile
	_ = json.Unmarshal([]byte(upload.Files), &files)
	return files
}
