package web

import (
	"net/http"

	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

// getFindings gives what a check found, row by row.
func getFindings(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	upload, err := s.uploadOf(r, who)
	if err != nil {
		return err
	}
	if upload.State != webstore.Checked {
		return errNotThere
	}
	result, err := s.resultOf(upload.ID)
	if err != nil {
		return errNotThere
	}
	t := func(text string) string { return say(who.language, text) }
	rows := [][]string{{t("Bestand"), t("Cel"), t("Regelnummer"), t("Reden"), t("Gevolg"), t("Wat is gevonden"), t("Wat te doen")}}
	for _, row := range result.Found {
		for _, finding := range row.Findings {
			told := s.shownFinding(finding, who.language)
			rows = append(rows, []string{row.File, told.Cell, row.Reference, told.Code, told.Effect, told.Message, told.Remedy})
		}
	}
	s.note(r, who, "downloaden", "bevindingen "+upload.ID, "gelukt")
	writeCSV(w, "bevindingen.csv", rows)
	return nil
}
