package providers

import (
	"net/http"
	"os"
	"path/filepath"

	"github.com/pxq-nl/pxq/billing/scratch"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

// getFindings sends the findings of a check as a workbook in the layout of the return file, with the cells to mend marked. It checks
// the files again for each download, since no data of clients is kept longer than the files themselves.
func (s *Pages) getFindings(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	upload, err := s.uploadOf(r, who)
	if err != nil {
		return err
	}
	if upload.State != webstore.Checked {
		return site.ErrNotThere
	}
	if _, busy := s.judging.LoadOrStore(who.Account.ID, true); busy {
		return site.ErrTooMany // one at a time per account, since it takes the turn of other checks
	}
	defer s.judging.Delete(who.Account.ID)
	uploads := s.UploadFolder("")
	scratch.Sweep(uploads)
	folder, err := scratch.Folder(uploads)
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
