package web

import (
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"

	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// logPage is what the log shows.
type logPage struct {
	Entries []webstore.Entry
	Pager   pager
	Acts    []string
	Filter  webstore.LogFilter
	Checked string
	Bad     bool
}

func (s *Server) logPage(r *http.Request) (*head, *logPage, error) {
	filter := webstore.LogFilter{Account: strings.TrimSpace(r.URL.Query().Get("account")), Act: r.URL.Query().Get("handeling")}
	entries, count, err := s.store.Entries(r.Context(), filter, (pageNumber(r)-1)*pageRows, pageRows)
	if err != nil {
		return nil, nil, err
	}
	acts, err := s.store.Acts(r.Context())
	h := s.page(r, "Logboek")
	body := &logPage{Entries: entries, Pager: pagerOf(r, count), Acts: acts, Filter: filter}
	h.Body = body
	return h, body, err
}

func getLog(s *Server, w http.ResponseWriter, r *http.Request, _ *visitor) error {
	h, _, err := s.logPage(r)
	if err != nil {
		return err
	}
	return s.show(w, r, "logboek", h)
}

func postCheckLog(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	entries, broken, err := s.store.CheckLog(r.Context())
	if err != nil {
		return err
	}
	h, body, err := s.logPage(r)
	if err != nil {
		return err
	}
	if broken != 0 {
		body.Bad, body.Checked = true, say(h.Language, "De keten klopt niet vanaf regel %d: die is gewijzigd of weggehaald.", broken)
	} else {
		body.Checked = say(h.Language, "De keten klopt: %d regels.", entries)
	}
	s.note(r, who, "keten", "logboek", strconv.FormatInt(broken, 10))
	return s.show(w, r, "logboek", h)
}

func getLogFile(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	rows := [][]string{{"nummer", "moment", "account", "rol", "adres", "handeling", "onderwerp", "uitkomst", "hash"}}
	for offset := 0; ; offset += 5000 {
		entries, _, err := s.store.Entries(r.Context(), webstore.LogFilter{}, offset, 5000)
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
	s.note(r, who, "downloaden", "logboek", "gelukt")
	writeCSV(w, "logboek.csv", rows)
	return nil
}

func getStanding(s *Server, w http.ResponseWriter, r *http.Request, _ *visitor) error {
	h := s.page(r, "Stand")
	t := func(text string) string { return say(h.Language, text) }
	var disk syscall.Statfs_t
	free := "–"
	if err := syscall.Statfs(s.folder.Path, &disk); err == nil {
		free = formatSize(int64(disk.Bavail) * int64(disk.Bsize)) //nolint:gosec // a disk is not that large
	}
	backup := t("geen gevonden")
	if info, err := os.Stat(s.folder.Path + "/backup"); err == nil {
		backup = formatMoment(info.ModTime().Unix())
	}
	waiting := 0
	jobs, err := s.store.Jobs(r.Context(), "", nil, 0, 200)
	if err != nil {
		return err
	}
	for i := range jobs {
		if !jobs[i].IsOver() {
			waiting++
		}
	}
	body := &sheet{Facts: []fact{
		{t("Versie"), workspace.Version + " " + short(workspace.Commit())}, {t("Vrije schijfruimte"), free}, {t("Laatste reservekopie"), backup}, {t("Taken die wachten of lopen"), strconv.Itoa(waiting)},
	}}
	web := s.web
	settings := section{Title: t("Instellingen"), Caption: t("Instellingen uit pxq.toml, zonder geheimen"), Heads: []heading{left(t("Instelling")), left(t("Waarde"))}}
	signers := make([]string, 0, len(web.OIDC))
	for _, signer := range web.OIDC {
		signers = append(signers, signer.Name+" ("+signer.Issuer+")")
	}
	for _, row := range [][2]string{
		{"region", s.folder.Settings.Region}, {"language", s.folder.Language}, {"trial", strconv.FormatBool(s.folder.Settings.Trial)}, {"web.address", web.Address}, {"web.proxies", strings.Join(web.Proxies, ", ")},
		{"web.idle_minutes", strconv.Itoa(web.IdleMinutes)}, {"web.session_hours", strconv.Itoa(web.SessionHours)}, {"web.upload_mib", strconv.Itoa(web.UploadMiB)}, {"web.run_at", web.RunAt},
		{"web.close_by_two", strconv.FormatBool(web.CloseByTwo)}, {"web.theme", web.Theme}, {"web.oidc", strings.Join(signers, ", ")}, {"policy.second_controller_from", s.folder.Settings.SecondFrom.String()},
	} {
		settings.Rows = append(settings.Rows, []cell{words(row[0]), words(row[1])})
	}
	list := section{Title: t("Taken"), Caption: t("De laatste taken, zonder inhoud"), Empty: t("Er zijn nog geen taken."), Heads: []heading{left(t("Taak")), left(t("Gevraagd")), left(t("Stand"))}}
	for _, job := range jobs[:min(20, len(jobs))] {
		list.Rows = append(list.Rows, []cell{words(t(job.Kind)), words(formatMoment(job.Asked)), words(t(job.State))})
	}
	body.Sections = []section{settings, list}
	h.Body = body
	return s.show(w, r, "blad", h)
}

func getHelp(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	h := s.page(r, "Hulp")
	h.Body = string(who.role())
	return s.show(w, r, "hulp", h)
}

func getAccessibility(s *Server, w http.ResponseWriter, r *http.Request, _ *visitor) error {
	return s.show(w, r, "toegankelijkheid", s.page(r, "Toegankelijkheid"))
}
