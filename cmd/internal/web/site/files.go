package site

import (
	"encoding/csv"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// WriteCSV sends rows as a CSV file for spreadsheets, separated by semicolons. Text that a spreadsheet would take for a formula
// gets an apostrophe in front; the rows are changed in place.
func WriteCSV(w http.ResponseWriter, name string, rows [][]string) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", Attachment(name))
	out := csv.NewWriter(w)
	out.Comma = ';'
	for _, row := range rows {
		for i, text := range row {
			if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
				row[i] = "'" + text
			}
		}
		if err := out.Write(row); err != nil {
			return // the client went away
		}
	}
	out.Flush()
}

// WorkbookOf returns the name of the first workbook of a period whose name has the given beginning; "" for none.
func (s *Site) WorkbookOf(period, beginning string) string {
	for _, name := range s.Workbooks(period) {
		if strings.HasPrefix(name, beginning) {
			return name
		}
	}
	return ""
}

// Workbooks returns the names of the workbooks of a period or a year, sorted; none when there is no such folder.
func (s *Site) Workbooks(period string) []string {
	entries, err := os.ReadDir(s.Folder.Reports(period))
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range entries {
		if entry.Type().IsRegular() && strings.HasSuffix(entry.Name(), ".xlsx") && !strings.HasPrefix(entry.Name(), "~") && !strings.HasPrefix(entry.Name(), ".") {
			names = append(names, entry.Name())
		}
	}
	slices.Sort(names)
	return names
}

// SendFile sends the file at path as an attachment with the given name. It returns ErrNotThere when it cannot be opened.
func (s *Site) SendFile(w http.ResponseWriter, r *http.Request, path, name string) error {
	file, err := os.Open(path)
	if err != nil {
		return ErrNotThere
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	kind := "application/octet-stream"
	switch filepath.Ext(name) {
	case ".xlsx":
		kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ".csv":
		kind = "text/csv; charset=utf-8"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", Attachment(name))
	http.ServeContent(deadlineWriter{w, http.NewResponseController(w)}, r, "", info.ModTime(), file)
	return nil
}

// deadlineWriter extends the write deadline with every part of a file: a large file over a slow line may take long, but a client that
// stops reading does not hold the connection.
type deadlineWriter struct {
	http.ResponseWriter
	control *http.ResponseController
}

// Write extends the deadline and sends a part.
func (d deadlineWriter) Write(part []byte) (int, error) {
	_ = d.control.SetWriteDeadline(time.Now().Add(partTimeout)) // fails only without a connection, as in tests
	return d.ResponseWriter.Write(part)
}

// Attachment returns the Content-Disposition header of a download; characters that would need quoting become underscores.
func Attachment(name string) string {
	safe := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\;%`, r) {
			return '_'
		}
		return r
	}, name)
	return `attachment; filename="` + safe + `"`
}
