package providers

import (
	"net/http"

	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
)

// getFindings gives what a check found, row by row.
func (s *Pages) getFindings(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	upload, err := s.uploadOf(r, who)
	if err != nil {
		return err
	}
	if upload.State != webstore.Checked {
		return site.ErrNotThere
	}
	result, err := s.ResultOf(upload.ID)
	if err != nil {
		return site.ErrNotThere
	}
	t := func(text string) string { return words.Say(who.Language, text) }
	rows := [][]string{{t("Bestand"), t("Cel"), t("Regelnummer"), t("Reden"), t("Gevolg"), t("Wat is gevonden"), t("Wat te doen")}}
	for _, row := range result.Found {
		for _, finding := range row.Findings {
			told := s.shownFinding(finding, who.Language)
			rows = append(rows, []string{row.File, told.Cell, row.Reference, told.Code, told.Effect, told.Message, told.Remedy})
		}
	}
	s.Note(r, who, "downloaden", "bevindingen "+upload.ID, "gelukt")
	site.WriteCSV(w, "bevindingen.csv", rows)
	return nil
}
