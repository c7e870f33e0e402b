package web

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
	"strings"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
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
