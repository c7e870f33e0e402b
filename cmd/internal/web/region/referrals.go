package region

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/jobs"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/importers"
)

// referralsPage is the body of the page of referrals.
type referralsPage struct {
	Jobs []webstore.Job
	MiB  int
}

func (s *Pages) getReferrals(w http.ResponseWriter, r *http.Request, _ *site.Visitor) error {
	h, err := s.referralsPage(r)
	if err != nil {
		return err
	}
	return s.Show(w, r, "toewijzingen", h)
}

func (s *Pages) referralsPage(r *http.Request) (*site.Head, error) {
	h := s.Page(r, "Toewijzingen")
	list, err := s.Store.Jobs(r.Context(), "", []string{jobs.Referral}, 0, 20)
	h.Body = &referralsPage{Jobs: list, MiB: s.Web.UploadMiB}
	return h, err
}

// postReferrals saves uploaded files of referrals and queues the job that takes them in. Files that hold anything else are refused.
func (s *Pages) postReferrals(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	id := webstore.NewFolderID()
	folder := s.UploadFolder(id)
	defer os.RemoveAll(folder)
	files, _, err := s.SaveFiles(r, folder, site.FilesMost)
	for i := 0; err == nil && i < len(files); i++ {
		path := filepath.Join(folder, files[i].Name)
		if is, messageErr := (&importers.Reader{}).IsMessage(path); is || messageErr != nil {
			err = messageErr
			continue
		}
		sink := &onlyReferrals{}
		if _, err = (&importers.Reader{}).Read(r.Context(), path, s.Options.Today(), sink); err == nil && (sink.others > 0 || sink.rows == 0) {
			err = site.Refuse("%s bevat geen toewijzingen, of ook iets anders. Kies een bestand met alleen toewijzingen.", "%s contains no referrals, or something else as well. Choose a file with only referrals.", files[i].Name)
		}
	}
	if told, ok := errors.AsType[site.InWords](err); ok {
		h, err := s.referralsPage(r)
		if err != nil {
			return err
		}
		h.Problems = []site.FieldProblem{{Field: "bestand", Text: bsn.MaskLine(s.ForPage(strings.ReplaceAll(told.In(h.Language), folder+string(filepath.Separator), "")))}}
		return s.ShowStatus(w, r, http.StatusUnprocessableEntity, "toewijzingen", h)
	}
	if err != nil {
		return err
	}
	to := filepath.Join(s.Folder.Path, "referrals", "web")
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	if err := os.Rename(folder, filepath.Join(to, id)); err != nil {
		return err
	}
	job, err := s.Ask(r.Context(), who, jobs.Referral, id)
	if err != nil {
		return errors.Join(err, os.RemoveAll(filepath.Join(to, id))) // the error page says that nothing was changed
	}
	for _, file := range files {
		s.Note(r, who, "uploaden", file.SHA256, "toewijzingen")
	}
	return site.Redirect(w, r, "/taken/"+job.ID)
}

// onlyReferrals is a sink that counts the referrals in a file, and the rows that are something else.
type onlyReferrals struct{ rows, others int }

func (o *onlyReferrals) Record(*billing.Record) error        { o.others++; return nil }
func (o *onlyReferrals) Referral(*billing.ReferralRow) error { o.rows++; return nil }
func (o *onlyReferrals) Decision(*billing.DecisionRow) error { o.others++; return nil }
