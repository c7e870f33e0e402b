package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/views"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// closePage is what the page to close a period shows.
type closePage struct {
	Period   string
	Run      int64
	Inputs   string
	Why      string // it cannot be closed; "" when it can
	Facts    []fact
	Sections []section
	ByTwo    bool
	Agreed   []webstore.Approval
	Own      bool
	Two      bool // the other account agreed
}

func getClose(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	h, err := s.closePage(r, who)
	if err != nil {
		return err
	}
	return s.show(w, r, "afsluiten", h)
}

func (s *Server) closePage(r *http.Request, who *visitor) (*head, error) {
	ctx := r.Context()
	h := s.page(r, "Afsluiten")
	body := &closePage{ByTwo: s.web.CloseByTwo}
	h.Body = body
	month, err := s.views.Month(ctx, who.scope(), 0, views.Only{})
	if errors.Is(err, errNotThere) {
		body.Why = say(h.Language, "Er is nog niets berekend.")
		return h, nil
	}
	if err != nil {
		return nil, err
	}
	language := h.Language
	t := func(text string) string { return say(language, text) }
	period := month.State.Period
	body.Period, body.Run, body.Inputs = period.String(), month.Kept.Run, month.Kept.Inputs
	h.Title = say(language, "Afsluiten %s", rules.Show("month", period.String(), language))
	if body.Agreed, err = s.store.Approvals(ctx, int64(period), body.Run, body.Inputs); err != nil {
		return nil, err
	}
	for _, approval := range body.Agreed {
		if approval.Account == who.account.ID {
			body.Own = true
		} else {
			body.Two = true
		}
	}
	if month.State.Closed {
		body.Why = say(language, "Periode %s is afgesloten op %s. Na afsluiten verandert niets meer aan deze periode.", period, formatDay(month.State.ClosedOn))
	} else if err := s.prepareClose(r, period); err != nil {
		words, ok := errors.AsType[inWords](err)
		if !ok {
			return nil, err
		}
		body.Why = billing.Mask(words.In(language))
	}
	difference := "–"
	if month.Before != nil {
		difference = formatEuro(month.Declared-month.Before.Declared, language)
	}
	held := month.Outcomes[billing.Held]
	body.Facts = []fact{
		{t("Gedeclareerd"), formatEuro(month.Declared, language)}, {t("Declaratieregels"), rules.Count(month.Lines, language)}, {t("Te betalen"), formatEuro(month.ToPay, language)},
		{t("Verschil met vorige maand"), difference}, {t("Blijft in uitval"), rules.Count(held.Count, language) + " (" + formatEuro(held.Amount, language) + ")"},
		{t("Wacht op zijn maand"), rules.Count(month.Outcomes[billing.Pending].Count, language)}, {t("Berekend op"), formatDay(month.State.AsOf)},
	}
	body.Sections = reconciliation(month, language)
	return h, nil
}

// prepareClose returns why a period cannot be closed; nil when it can.
func (s *Server) prepareClose(r *http.Request, period billing.Period) error {
	opened, err := s.folder.Open(r.Context(), workspace.Options{Database: s.options.Database})
	if err != nil {
		return err
	}
	_, err = opened.PrepareClose(r.Context(), workspace.CloseOptions{Period: period, AsOf: s.options.Today()})
	return errors.Join(err, opened.Close())
}

func postClose(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	h, err := s.closePage(r, who)
	if err != nil {
		return err
	}
	body := h.Body.(*closePage)
	switch {
	case body.Why != "":
		h.Problems = []fieldProblem{{"periode", body.Why}}
	case r.PostFormValue("run") != strconv.FormatInt(body.Run, 10) || r.PostFormValue("invoer") != body.Inputs:
		h.Problems = []fieldProblem{{"periode", say(h.Language, "Er is opnieuw berekend sinds deze pagina is geopend. Bekijk de nieuwe uitkomst hieronder.")}}
	default:
		if r.PostFormValue("aansluiting") == "" {
			h.Problems = append(h.Problems, fieldProblem{"aansluiting", say(h.Language, "Het vinkje ontbreekt. Controleer de aansluiting en zet het vinkje.")})
		}
		if strings.TrimSpace(r.PostFormValue("periode")) != body.Period {
			h.Problems = append(h.Problems, fieldProblem{"periode", say(h.Language, "Typ de periode zoals zij hier staat: %s.", body.Period)})
		}
	}
	if len(h.Problems) > 0 {
		return s.showStatus(w, r, http.StatusUnprocessableEntity, "afsluiten", h)
	}
	period, err := billing.ParsePeriod(body.Period)
	if err != nil {
		return err
	}
	if s.web.CloseByTwo && !body.Two {
		approval := webstore.Approval{Period: int64(period), Run: body.Run, Inputs: body.Inputs, Account: who.account.ID, Name: who.account.Shown}
		if err := s.store.Approve(ctx, approval); err != nil {
			return err
		}
		s.note(r, who, "afsluiten", body.Period, "eerste akkoord")
		s.tell(r, "Uw akkoord is bewaard. Een ander account van de regio doet hetzelfde; dan wordt afgesloten.")
		return redirect(w, r, "/afsluiten")
	}
	s.note(r, who, "afsluiten", body.Period, "gevraagd")
	job, err := s.ask(ctx, who, jobClose, body.Period+"/"+strconv.FormatInt(body.Run, 10))
	if err != nil {
		return err
	}
	return redirect(w, r, "/taken/"+job.ID)
}

// yearPage is what the page of a year shows.
type yearPage struct {
	Year    int
	Years   []int
	Files   []link
	Job     *webstore.Job
	Reasons []string
}

func getYear(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	periods, err := s.views.Periods(ctx, who.scope())
	if err != nil {
		return err
	}
	h := s.page(r, "Jaar")
	body := &yearPage{Year: s.options.Today().Period().Year()}
	h.Body = body
	for _, period := range periods {
		if !slices.Contains(body.Years, period.Period.Year()) {
			body.Years = append(body.Years, period.Period.Year())
		}
	}
	if text := r.PathValue("jaar"); text != "" {
		if body.Year, err = strconv.Atoi(text); err != nil || !slices.Contains(body.Years, body.Year) {
			return errNotThere
		}
	} else if len(body.Years) > 0 {
		body.Year = body.Years[0]
	}
	h.Title = say(h.Language, "Jaar %d", body.Year)
	for _, name := range s.workbooks(strconv.Itoa(body.Year)) {
		if mayFetch(who, name) {
			body.Files = append(body.Files, link{"/downloads/" + strconv.Itoa(body.Year) + "/" + name, name})
		}
	}
	jobs, err := s.store.Jobs(ctx, "", []string{jobYear}, 0, 20)
	if err != nil {
		return err
	}
	for i := range jobs {
		if jobs[i].Subject == strconv.Itoa(body.Year) {
			body.Job = &jobs[i]
			_ = json.Unmarshal([]byte(jobs[i].Result), &body.Reasons)
			break
		}
	}
	return s.show(w, r, "jaar", h)
}

func postYear(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	year, err := strconv.Atoi(r.PathValue("jaar"))
	if err != nil || year < 2000 || year > 2200 {
		return errNotThere
	}
	s.note(r, who, "jaar", strconv.Itoa(year), "gevraagd")
	job, err := s.ask(r.Context(), who, jobYear, strconv.Itoa(year))
	if err != nil {
		return err
	}
	return redirect(w, r, "/taken/"+job.ID)
}
