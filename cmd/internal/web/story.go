package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/views"
)

// storyPage is the story of a record on which a decision is asked.
type storyPage struct {
	Story     *views.Story
	Holds     []holdRow
	From      string
	Town      string
	Findings  []storyFinding
	Rules     []storyRule
	Versions  []storyVersion
	Decisions []billing.Decision
	Others    []otherRow
	MayDecide bool
	BSN       string
	Referral  *billing.Referral
	Unit      billing.Unit
}

type storyFinding struct{ Code, Title, Message, Remedy, Source, Effect string }

type storyRule struct {
	Code, Title, Outcome string
	Bad                  bool
}

type storyVersion struct {
	Version        int
	Outcome        billing.Outcome
	Quantity       billing.Quantity
	Unit           billing.Unit
	Date, Received billing.Date
	Place          string
}

type otherRow struct {
	views.Other
	From string
}

func getHold(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	h, err := s.storyPage(r, who)
	if err != nil {
		return err
	}
	return s.show(w, r, "uitval_regel", h)
}

func (s *Server) storyPage(r *http.Request, who *visitor) (*head, error) {
	nr, err := strconv.ParseInt(r.PathValue("nr"), 10, 64)
	if err != nil {
		return nil, errNotThere
	}
	story, err := s.views.Hold(r.Context(), who.scope(), nr)
	if err != nil {
		return nil, err
	}
	votes, underWay, err := s.waitingElsewhere(r)
	if err != nil {
		return nil, err
	}
	h := s.page(r, "Regel %s", story.Masked)
	body := &storyPage{Story: story, MayDecide: who.role() == views.Controller}
	h.Body = body
	language := h.Language
	asOf := billing.Date(story.Run.AsOf)
	for _, hold := range story.Holds {
		row := s.holdRow(hold, asOf, language, votes, underWay)
		if body.MayDecide {
			if row.Reasons, err = s.views.Reasons(r.Context(), who.scope(), hold.Code); err != nil {
				return nil, err
			}
		}
		body.Holds = append(body.Holds, row)
		body.From, body.Town, body.Unit = row.From, row.Town, row.Unit
	}
	s.addVersions(body, nr, language)
	s.addRules(body, language)
	return h, nil
}

// addVersions adds the versions of the record, and what was found in the one that is asked about.
func (s *Server) addVersions(body *storyPage, nr int64, language string) {
	for _, row := range body.Story.Versions {
		body.Versions = append(body.Versions, storyVersion{
			Version: row.Record.Version, Outcome: row.Outcome, Quantity: row.Record.Quantity, Unit: row.Record.Unit, Date: row.Record.First, Received: row.Record.Received,
			Place: billing.Mask(row.Record.File) + " " + ownCell(row.Record.Sheet, row.Record.Row),
		})
		if row.Record.ID != nr {
			continue
		}
		for _, finding := range row.Findings {
			rule := s.views.Catalogue.Rule(finding.Code)
			if rule == nil {
				continue
			}
			body.Findings = append(body.Findings, storyFinding{
				Code: finding.Code.String(), Title: rule.Title.In(language), Message: rules.Message(rule, finding.Values, language), Remedy: rules.Remedy(rule, finding.Values, language), Source: rule.Source,
				Effect: say(language, map[billing.Severity]string{billing.Signal: "signaal", billing.Hold: "vraagt een besluit", billing.Reject: "wijst af"}[rule.Severity]),
			})
		}
		body.Decisions = row.Decisions
		body.Referral = row.Used
	}
}

// addRules adds what each rule made of the record, and the other rows of its client.
func (s *Server) addRules(body *storyPage, language string) {
	for _, outcome := range body.Story.Rules {
		row := storyRule{Code: outcome.Rule.Code.String(), Title: outcome.Rule.Title.In(language), Outcome: say(language, "in orde")}
		switch {
		case len(outcome.Findings) > 0:
			row.Outcome, row.Bad = say(language, "bevinding"), true
		case outcome.Skipped:
			row.Outcome = say(language, "niet getoetst")
		}
		body.Rules = append(body.Rules, row)
	}
	for _, other := range body.Story.Others {
		body.Others = append(body.Others, otherRow{other, s.providerName(other.Provider)})
	}
}

func ownCell(sheet string, row int) string {
	if sheet == "" {
		return fmt.Sprintf("rij %d", row)
	}
	return fmt.Sprintf("%s, rij %d", sheet, row)
}

// postBSN shows the client's number behind a request of its own, which the log tells; it is gone on reload.
func postBSN(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	nr, err := strconv.ParseInt(r.PathValue("nr"), 10, 64)
	if err != nil {
		return errNotThere
	}
	number, err := s.views.BSN(r.Context(), who.scope(), nr)
	if err != nil {
		return err
	}
	s.note(r, who, "BSN getoond", "uitval/"+strconv.FormatInt(nr, 10), "gelukt")
	h, err := s.storyPage(r, who)
	if err != nil {
		return err
	}
	h.Body.(*storyPage).BSN = number
	return s.show(w, r, "uitval_regel", h)
}

// postSearch finds a reference or a client: what is sought never stands in an address.
func postSearch(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	sought := strings.TrimSpace(r.PostFormValue("zoek"))
	keys, err := s.views.FindHolds(r.Context(), who.scope(), sought)
	if err != nil {
		return err
	}
	if keys == nil {
		keys = []views.HoldKey{}
	}
	s.note(r, who, "zoeken", "uitval", fmt.Sprintf("%d gevonden", len(keys)))
	h, err := s.holdsPage(r, who, holdQuery{}, keys)
	if err != nil {
		return err
	}
	h.Title = say(h.Language, "Gevonden: %d", len(keys))
	return s.show(w, r, "uitval", h)
}

// decisionsPage is what the list of decisions shows.
type decisionsPage struct {
	Rows  []decisionRow
	Pager pager
}

type decisionRow struct {
	views.Decision
	CodeText, Title, From string
}

func getDecisions(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	page := pageNumber(r)
	decisions, err := s.views.Decisions(r.Context(), who.scope(), (page-1)*pageRows, pageRows+1)
	if err != nil {
		return err
	}
	h := s.page(r, "Besluiten")
	body := &decisionsPage{Pager: pagerOf(r, (page-1)*pageRows+len(decisions))}
	for _, decision := range decisions[:min(pageRows, len(decisions))] {
		row := decisionRow{Decision: decision, CodeText: decision.Code.String(), From: s.providerName(decision.Provider)}
		if rule := s.views.Catalogue.Rule(decision.Code); rule != nil {
			row.Title = rule.Title.In(h.Language)
		}
		body.Rows = append(body.Rows, row)
	}
	h.Body = body
	return s.show(w, r, "besluiten", h)
}

func getHoldsFile(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	period, _, run, err := s.views.OpenPeriod(r.Context())
	if err != nil || run == 0 {
		return notThereOr(err)
	}
	s.note(r, who, "downloaden", period.String()+"/uitval.xlsx", "gelukt")
	return s.sendFile(w, r, s.folder.Reports(period.String())+"/uitval.xlsx", "uitval.xlsx")
}
