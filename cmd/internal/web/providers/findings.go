package providers

import (
	"net/http"
	"os"
	"path/filepath"

	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

// getFindings gives what a check found as a workbook in the layout of the return file, with the cells to mend marked. It is
// made when it is asked for: nothing of a client is kept longer than the files themselves.
func (s *Pages) getFindings(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	upload, err := s.uploadOf(r, who)
	if err != nil {
		return err
	}
	if upload.State != webstore.Checked {
		return site.ErrNotThere
	}
	folder, err := os.MkdirTemp("", "pxq-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	name, err := s.WriteFindings(r.Context(), upload, folder, who.Language)
	if err != nil {
		return err
	}
	if name == "" {
		return site.ErrNotThere
	}
	s.Note(r, who, "downloaden", "bevindingen "+upload.ID, "gelukt")
	return s.SendFile(w, r, filepath.Join(folder, name), name)
}
