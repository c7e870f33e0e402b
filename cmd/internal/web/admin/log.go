package admin

import (
	"cmp"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// logPage is the body of the log.
type logPage struct {
	Entries []webstore.Entry
	Pager   site.Pager
	Acts    []string
	Filter  webstore.LogFilter
	Checked string
	Bad     bool
}

func (s *Pages) logPage(r *http.Request) (*site.Head, *logPage, error) {
	filter := webstore.LogFilter{Account: strings.TrimSpace(r.URL.Query().Get("account")), Act: r.URL.Query().Get("handeling")}
	entries, count, err := s.Store.Entries(r.Context(), filter, (site.PageNumber(r)-1)*site.PageRows, site.PageRows)
	if err != nil {
		return nil, nil, err
	}
	acts, err := s.Store.Acts(r.Context())
	h := s.Page(r, "Logboek")
	body := &logPage{Entries: entries, Pager: site.PagerOf(r, count), Acts: acts, Filter: filter}
	h.Wide, h.Body = true, body
	return h, body, err
}

func (s *Pages) getLog(w http.ResponseWriter, r *http.Request, _ *site.Visitor) error {
	h, body, err := s.logPage(r)
	if err != nil {
		return err
	}
	if body.Pager.Last != "" {
		return s.ToLast(w, r, h, body.Pager)
	}
	return s.Show(w, r, "logboek", h)
}

func (s *Pages) postCheckLog(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	entries, broken, err := s.CheckLog(r.Context())
	if err != nil {
		return err
	}
	h, body, err := s.logPage(r)
	if err != nil {
		return err
	}
	if broken != 0 {
		body.Bad, body.Checked = true, words.Say(h.Language, "De keten klopt niet vanaf regel %d: die is gewijzigd of weggehaald.", broken)
	} else {
		body.Checked = words.Say(h.Language, "De keten klopt: %d regels.", entries)
	}
	s.Note(r, who, "keten", "logboek", strconv.FormatInt(broken, 10))
	return s.Show(w, r, "logboek", h)
}

func (s *Pages) getLogFile(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	rows := [][]string{{"nummer", "moment", "account", "rol", "adres", "handeling", "onderwerp", "uitkomst", "hash"}}
	for offset := 0; ; offset += 5000 {
		entries, _, err := s.Store.Entries(r.Context(), webstore.LogFilter{}, offset, 5000)
		if err != nil {
			return err
		}
		for _, e := range entries {
			rows = append(rows, []string{strconv.FormatInt(e.ID, 10), e.Moment, e.Account, e.Role, e.Address, e.Act, e.Object, e.Outcome, e.Hash})
		}
		if len(entries) < 5000 {
			break
		}
	}
	s.Note(r, who, "downloaden", "logboek", "gelukt")
	site.WriteCSV(w, "logboek.csv", rows)
	return nil
}

// lastBackup returns the time of the last backup as a text: the later of the last 'pxq backup' in the audit trail and the newest file
// in the folder backup of the workspace, where other programs may write theirs.
func (s *Pages) lastBackup(ctx context.Context, language string) (string, error) {
	last, err := s.Views.LastBackup(ctx)
	if err != nil {
		return "", err
	}
	entries, _ := os.ReadDir(filepath.Join(s.Folder.Path, "backup")) // there need be none
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && info.ModTime().After(last) {
			last = info.ModTime()
		}
	}
	if last.IsZero() {
		return words.Say(language, "geen gevonden"), nil
	}
	return words.Moment(last.Unix()), nil
}

func (s *Pages) getStanding(w http.ResponseWriter, r *http.Request, _ *site.Visitor) error {
	h := s.Page(r, "Stand")
	t := func(text string) string { return words.Say(h.Language, text) }
	free := "–"
	if bytes, err := freeSpace(s.Folder.Path); err == nil {
		free = words.Size(bytes)
	}
	backup, err := s.lastBackup(r.Context(), h.Language)
	if err != nil {
		return err
	}
	waiting := 0
	jobs, err := s.Store.Jobs(r.Context(), "", nil, 0, 200)
	if err != nil {
		return err
	}
	for i := range jobs {
		if !jobs[i].IsOver() {
			waiting++
		}
	}
	body := &site.Sheet{Facts: []site.Fact{
		site.FactOf(t("Versie"), workspace.Version+" "+words.Short(workspace.Commit())), site.FactOf(t("Vrije schijfruimte"), free), site.FactOf(t("Laatste reservekopie"), backup), site.FactOf(t("Taken die wachten of lopen"), strconv.Itoa(waiting)),
	}}
	web := s.Web
	settings := site.Section{Title: t("Instellingen"), Caption: t("Instellingen uit pxq.toml, zonder geheimen"), Heads: []site.Heading{site.Left(t("Instelling")), site.Left(t("Waarde"))}}
	signers := make([]string, 0, len(web.OIDC))
	for _, signer := range web.OIDC {
		signers = append(signers, signer.Name+" ("+signer.Issuer+")")
	}
	secondFrom := ""
	if limit := s.Views.Current().Settings.SecondFrom; limit > 0 {
		secondFrom = words.Euro(limit, h.Language)
	}
	for _, row := range [][2]string{
		{"region", s.Folder.Settings.Region}, {"language", s.Folder.Language}, {"trial", strconv.FormatBool(s.Folder.Settings.Trial)}, {"web.address", web.Address}, {"web.proxies", strings.Join(web.Proxies, ", ")},
		{"web.idle_minutes", strconv.Itoa(web.IdleMinutes)}, {"web.session_hours", strconv.Itoa(web.SessionHours)}, {"web.upload_mib", strconv.Itoa(web.UploadMiB)}, {"web.run_at", web.RunAt},
		{"web.close_by_two", strconv.FormatBool(web.CloseByTwo)}, {"web.theme", web.Theme}, {"web.oidc", strings.Join(signers, ", ")}, {"policy.second_controller_from", secondFrom},
	} {
		settings.Rows = append(settings.Rows, []site.Cell{site.Words(row[0]), site.Words(cmp.Or(row[1], "–"))})
	}
	list := site.Section{Title: t("Taken"), Caption: t("De laatste taken, zonder inhoud"), Empty: t("Er zijn nog geen taken. Wat u vraagt – inlezen, besluiten, berekenen – staat hier zodra het wacht."), Heads: []site.Heading{site.Left(t("Taak")), site.Left(t("Gevraagd")), site.Left(t("Stand"))}}
	for _, job := range jobs[:min(20, len(jobs))] {
		list.Rows = append(list.Rows, []site.Cell{site.Words(t(job.Kind)), site.Words(words.Moment(job.Asked)), site.Words(t(job.State))})
	}
	body.Sections = []site.Section{settings, list}
	h.Body = body
	return s.Show(w, r, "blad", h)
}
