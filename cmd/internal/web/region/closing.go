package region

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/web/jobs"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// closePage is the body of the page that closes a period.
type closePage struct {
	Period   string
	Run      int64
	Inputs   string
	Why      string   // why it cannot be closed; "" if it can
	New      []string // what came in since the run, if that is why
	Facts    []site.Fact
	Sections []site.Section
	ByTwo    bool
	Agreed   []webstore.Agreement
	Broken   []string // safety bounds, which need a reason to close
	Reason   string
	Own      bool
	Two      bool // another account agreed
}

func (s *Pages) getClose(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	h, err := s.closePage(r, who)
	if err != nil {
		return err
	}
	return s.Show(w, r, "afsluiten", h)
}

func (s *Pages) closePage(r *http.Request, who *site.Visitor) (*site.Head, error) {
	ctx := r.Context()
	h := s.Page(r, "Afsluiten")
	body := &closePage{ByTwo: s.Web.CloseByTwo}
	h.Body = body
	month, err := s.Views.Month(ctx, who.Scope(), 0, views.Only{})
	if errors.Is(err, site.ErrNotThere) {
		body.Why = words.Say(h.Language, "Er is nog niets berekend.")
		return h, nil
	}
	if err != nil {
		return nil, err
	}
	language := h.Language
	period := month.State.Period
	body.Period, body.Run, body.Inputs = period.String(), month.Summary.Run, month.Summary.Inputs
	h.Title = words.Say(language, "Afsluiten %s", words.Month(period, language))
	agreements, err := s.Store.Agreements(ctx, int64(period), body.Run)
	if err != nil {
		return nil, err
	}
	for _, agreement := range agreements {
		if agreement.Inputs != body.Inputs {
			continue
		}
		body.Agreed = append(body.Agreed, agreement)
		if agreement.Account == who.Account.ID {
			body.Own = true
		} else {
			body.Two = true
		}
	}
	if month.State.Closed {
		body.Why = words.Say(language, "Periode %s is afgesloten op %s. Na afsluiten verandert niets meer aan deze periode.", period, words.Day(month.State.ClosedOn))
	} else if now, err := s.Views.Now(ctx, who.Scope()); err != nil {
		return nil, err
	} else if now.Stale {
		body.Why, body.New = words.Say(language, "Sinds de berekening van %s kwam er iets bij. Bereken opnieuw en bekijk de uitkomst.", words.Day(month.State.AsOf)), newSince(now, language)
	} else if broken, err := s.mayClose(r, period); err != nil {
		told, ok := errors.AsType[site.InWords](err)
		if !ok {
			return nil, err
		}
		body.Why = bsn.MaskLine(s.ForPage(told.In(language)))
	} else {
		for _, bound := range broken {
			body.Broken = append(body.Broken, bound.In(language))
		}
	}
	body.Facts, body.Sections = closeFacts(month, language), reconciliation(month, language)
	return h, nil
}

// newSince names what came in since the last run: files by their names, those of decisions by their number, since the pages made
// up their names.
func newSince(now *views.Now, language string) (named []string) {
	decisions := 0
	for _, file := range now.Files {
		if file.Decisions {
			decisions++
		} else {
			named = append(named, words.Say(language, "%s, ontvangen op %s", bsn.MaskLine(file.Name), words.Day(file.Received)))
		}
	}
	if decisions > 0 {
		named = append(named, words.Say(language, "bestanden met besluiten van controllers: %d", decisions))
	}
	if len(named) == 0 {
		named = append(named, words.Say(language, "het contractenboek, het beleid of een ingetrokken bestand"))
	}
	return named
}

// closeFacts returns the figures that closing a month makes final, and those that carry over to the next.
func closeFacts(month *views.Month, language string) []site.Fact {
	t := func(dutch string) string { return words.Say(language, dutch) }
	difference := "–"
	if month.Before != nil {
		difference = words.Euro(month.Declared-month.Before.Declared, language)
	}
	held := month.Outcomes[billing.Held]
	facts := []site.Fact{
		site.FactOf(t("Gedeclareerd"), words.Euro(month.Declared, language)), site.FactOf(t("Declaratieregels"), rules.Count(month.Lines, language)), site.FactOf(t("Te betalen"), words.Euro(month.ToPay, language)),
		site.FactOf(t("Verschil met vorige maand"), difference), site.FactOf(t("Blijft in uitval"), rules.Count(held.Count, language)+" ("+words.Euro(held.Amount, language)+")"),
		site.FactOf(t("Wacht op zijn maand"), rules.Count(month.Outcomes[billing.Pending].Count, language)), site.FactOf(t("Berekend op"), words.Day(month.State.AsOf)),
	}
	if balances := month.Summary.Balances(); balances.Count > 0 {
		facts = append(facts, site.FactOf(t("Negatieve saldi die doorgaan"), rules.Count(balances.Count, language)+" ("+words.Euro(balances.Amount, language)+")"))
	}
	return facts
}

// mayClose returns the safety bounds that a period breaks, for which closing it needs a reason. Its error says why the period
// cannot be closed at all.
func (s *Pages) mayClose(r *http.Request, period billing.Period) (broken []billing.Text, err error) {
	err = s.withWorkspace(r, func(opened *workspace.Workspace) (err error) {
		broken, err = opened.MayClose(r.Context(), workspace.CloseOptions{Period: period, AsOf: s.Options.Today()})
		return err
	})
	return broken, err
}

// obstacles returns what keeps a period from being closed: the number of files that no run has seen, or else why closing would be
// refused, "" if it would not. The latter is costly, so it is determined only when closeTodo has no simpler reason.
func (s *Pages) obstacles(r *http.Request, now *views.Now, language string) (unseen int, why string, err error) {
	err = s.withWorkspace(r, func(opened *workspace.Workspace) (err error) {
		if unseen, err = opened.Unseen(r.Context(), now.Period); err != nil || unseen > 0 || now.Closed || now.Stale || s.Options.Today() <= now.Period.Last() {
			return err
		}
		_, err = opened.MayClose(r.Context(), workspace.CloseOptions{Period: now.Period, AsOf: s.Options.Today()})
		if told, ok := errors.AsType[site.InWords](err); ok {
			why, err = bsn.MaskLine(s.ForPage(told.In(language))), nil
		}
		return err
	})
	return unseen, why, err
}

// withWorkspace calls use with the workspace open, and closes it afterwards.
func (s *Pages) withWorkspace(r *http.Request, use func(*workspace.Workspace) error) error {
	opened, err := s.Views.Current().Open(r.Context(), workspace.Options{Database: s.Options.Database})
	if err != nil {
		return err
	}
	return errors.Join(use(opened), opened.Close())
}

// reasonToClose reads the reason for closing beyond a safety bound from the form into body, and returns what is wrong with it; ""
// if nothing is, or if no bound is broken.
func (s *Pages) reasonToClose(r *http.Request, body *closePage, language string) string {
	if len(body.Broken) == 0 {
		return ""
	}
	body.Reason = strings.Join(strings.Fields(r.PostFormValue("reden")), " ")
	switch {
	case body.Reason == "":
		return words.Say(language, "De reden ontbreekt. Schrijf waarom deze maand klopt, al gaat zij over een veiligheidsgrens.")
	case bsn.Holds(body.Reason):
		return words.Say(language, "In de reden staat een nummer dat een BSN kan zijn. Laat het weg.")
	case utf8.RuneCountInString(body.Reason) > 500:
		return words.Say(language, "De reden is langer dan 500 tekens. Maak hem korter.")
	}
	return ""
}

func (s *Pages) postClose(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	ctx := r.Context()
	s.closing.Lock()
	defer s.closing.Unlock()
	h, err := s.closePage(r, who)
	if err != nil {
		return err
	}
	body := h.Body.(*closePage)
	switch {
	case body.Why != "":
		h.Problems = []site.FieldProblem{{Field: "waarom", Text: body.Why}}
	case r.PostFormValue("run") != strconv.FormatInt(body.Run, 10) || r.PostFormValue("invoer") != body.Inputs:
		h.Problems = []site.FieldProblem{{Field: "periode", Text: words.Say(h.Language, "Er is opnieuw berekend sinds deze pagina is geopend. Bekijk de nieuwe uitkomst hieronder.")}}
	default:
		if r.PostFormValue("aansluiting") == "" {
			h.Problems = append(h.Problems, site.FieldProblem{Field: "aansluiting", Text: words.Say(h.Language, "Het vinkje ontbreekt. Controleer de aansluiting en zet het vinkje.")})
		}
		if strings.TrimSpace(r.PostFormValue("periode")) != body.Period {
			h.Problems = append(h.Problems, site.FieldProblem{Field: "periode", Text: words.Say(h.Language, "Typ de periode zoals zij hier staat: %s.", body.Period)})
		}
	}
	if text := s.reasonToClose(r, body, h.Language); len(h.Problems) == 0 && text != "" {
		h.Problems = []site.FieldProblem{{Field: "reden", Text: text}}
	}
	if len(h.Problems) > 0 {
		return s.ShowStatus(w, r, http.StatusUnprocessableEntity, "afsluiten", h)
	}
	period, err := billing.ParsePeriod(body.Period)
	if err != nil {
		return err
	}
	agreement := webstore.Agreement{Period: int64(period), Run: body.Run, Inputs: body.Inputs, Account: who.Account.ID, Name: who.Account.Shown, Reason: body.Reason}
	if err := s.Store.Agree(ctx, agreement); err != nil {
		return err
	}
	if s.Web.CloseByTwo && !body.Two {
		s.Note(r, who, "afsluiten", body.Period, "eerste akkoord")
		s.SetNotice(r, "Uw akkoord is bewaard. Een ander account van de regio doet hetzelfde; dan wordt afgesloten.")
		return site.Redirect(w, r, "/afsluiten")
	}
	s.Note(r, who, "afsluiten", body.Period, "gevraagd")
	subject := body.Period + "/" + strconv.FormatInt(body.Run, 10)
	job, asked, err := s.Store.LastJob(ctx, jobs.Close, subject)
	if err == nil && (!asked || job.IsOver()) {
		job, err = s.Ask(ctx, who, jobs.Close, subject)
	}
	if err != nil {
		return err
	}
	return site.Redirect(w, r, "/taken/"+job.ID)
}
