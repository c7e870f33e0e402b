package controllers

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// storyPage is the body of the page of a record that asks for a decision.
type storyPage struct {
	Story            *views.Story
	Holds            []holdRow
	ProviderName     string
	MunicipalityName string
	Findings         []storyFinding
	Rules            []storyRule
	Versions         []storyVersion
	Decisions        []billing.Decision
	Others           []otherRow
	MayDecide        bool
	BSN              string
	Referral         *billing.Referral
	Unit             billing.Unit
	Typed            typedReason
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
	ProviderName string
}

func (s *Pages) getHold(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	nr, err := site.RowNumber(r)
	if err != nil {
		return err
	}
	h, err := s.storyPage(r, who, nr)
	if err != nil {
		return err
	}
	return s.Show(w, r, "uitval_regel", h)
}

func (s *Pages) storyPage(r *http.Request, who *site.Visitor, nr int64) (*site.Head, error) {
	story, err := s.Views.Hold(r.Context(), who.Scope(), nr)
	if err != nil {
		return nil, err
	}
	votes, underWay, err := s.waitingElsewhere(r)
	if err != nil {
		return nil, err
	}
	h := s.Page(r, "Regel %s", story.Masked)
	body := &storyPage{Story: story, MayDecide: who.Role() == views.Controller}
	h.Body = body
	language := h.Language
	for _, hold := range story.Holds {
		row := s.holdRow(hold, language, votes, underWay)
		if body.MayDecide {
			if row.Reasons, err = s.Views.Reasons(r.Context(), who.Scope(), hold.Code); err != nil {
				return nil, err
			}
		}
		body.Holds = append(body.Holds, row)
		body.ProviderName, body.MunicipalityName, body.Unit = row.ProviderName, row.MunicipalityName, row.Unit
	}
	s.addVersions(body, nr, language)
	s.addRules(body, language)
	return h, nil
}

// addVersions adds the versions of the record, and the findings, decisions and referral of the one with number nr.
func (s *Pages) addVersions(body *storyPage, nr int64, language string) {
	for _, row := range body.Story.Versions {
		body.Versions = append(body.Versions, storyVersion{
			Version: row.Record.Version, Outcome: row.Outcome, Quantity: row.Record.Quantity, Unit: row.Record.Unit, Date: row.Record.First, Received: row.Record.Received,
			Place: bsn.MaskLine(row.Record.File) + " " + words.Cell(bsn.MaskLine(row.Record.Sheet), row.Record.Row, language),
		})
		if row.Record.ID != nr {
			continue
		}
		for _, finding := range row.Findings {
			rule := s.Views.Catalogue.Rule(finding.Code)
			if rule == nil {
				continue
			}
			rule = rule.On(row.Record) // texts differ for a prestatie of a message
			body.Findings = append(body.Findings, storyFinding{
				Code: finding.Code.String(), Title: rule.Title.In(language), Message: rules.Message(rule, finding.Values, language), Remedy: rules.Remedy(rule, finding.Values, language), Source: words.Source(rule.Source, language),
				Effect: words.Say(language, map[billing.Severity]string{billing.Signal: "signaal", billing.Hold: "vraagt een besluit", billing.Reject: "wijst af"}[s.Views.Catalogue.SeverityOn(row.Record, finding.Code)]),
			})
		}
		body.Decisions = row.Decisions
		body.Referral = row.Used
	}
}

// addRules adds the outcome of each rule for the record, and the other rows of its client.
func (s *Pages) addRules(body *storyPage, language string) {
	for _, outcome := range body.Story.Rules {
		row := storyRule{Code: outcome.Rule.Code.String(), Title: outcome.Rule.Title.In(language), Outcome: words.Say(language, "in orde")}
		switch {
		case len(outcome.Findings) > 0:
			row.Outcome, row.Bad = words.Say(language, "bevinding"), true
		case outcome.Skipped:
			row.Outcome = words.Say(language, "niet getoetst")
		}
		body.Rules = append(body.Rules, row)
	}
	names := s.Names(language)
	for _, other := range body.Story.Others {
		body.Others = append(body.Others, otherRow{other, names.Provider(other.Provider)})
	}
}

// postBSN shows the page with the client's BSN. It is a separate POST request, which is logged, so that a reload hides the BSN.
func (s *Pages) postBSN(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	nr, err := site.RowNumber(r)
	if err != nil {
		return err
	}
	number, err := s.Views.BSN(r.Context(), who.Scope(), nr)
	if err != nil {
		return err
	}
	s.Note(r, who, "BSN getoond", "uitval/"+strconv.FormatInt(nr, 10), "gelukt")
	h, err := s.storyPage(r, who, nr)
	if err != nil {
		return err
	}
	h.Body.(*storyPage).BSN = number
	return s.Show(w, r, "uitval_regel", h)
}

// postSearch finds a reference or a client and redirects to a list of what was found. It is a POST request and stores the result,
// since what is searched for may be a BSN and must not be in an address.
func (s *Pages) postSearch(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	sought := strings.TrimSpace(r.PostFormValue("zoek"))
	keys, err := s.Views.FindHolds(r.Context(), who.Scope(), sought)
	if err != nil {
		return err
	}
	s.Note(r, who, "zoeken", "uitval", fmt.Sprintf("%d gevonden", len(keys)))
	found := frozen{}
	for _, key := range keys {
		found.Keys = append(found.Keys, frozenKey{Nr: key.Nr, Code: key.Code.String()})
	}
	id, err := s.Store.KeepSelection(r.Context(), who.Account.ID, site.AsJSON(found))
	if err != nil {
		return err
	}
	return site.Redirect(w, r, "/uitval?gevonden="+id)
}

// decisionsPage is the body of the list of decisions.
type decisionsPage struct {
	Rows  []decisionRow
	Pager site.Pager
}

type decisionRow struct {
	views.Decision
	CodeText, Title, ProviderName string
	MayRevise                     bool
}

func (s *Pages) getDecisions(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	page := site.PageNumber(r)
	decisions, count, err := s.Views.Decisions(r.Context(), who.Scope(), (page-1)*site.PageRows, site.PageRows)
	if err != nil {
		return err
	}
	h := s.Page(r, "Besluiten")
	body := &decisionsPage{Pager: site.PagerOf(r, count)}
	if body.Pager.Last != "" {
		return s.ToLast(w, r, h, body.Pager)
	}
	names := s.Names(h.Language)
	var keys []views.HoldKey
	for _, decision := range decisions {
		keys = append(keys, views.HoldKey{Nr: decision.Nr, Code: decision.Code})
	}
	asked, err := s.Views.DecidableHolds(r.Context(), who.Scope(), keys)
	if err != nil {
		return err
	}
	for i, decision := range decisions {
		mayRevise := slices.ContainsFunc(asked, func(a views.DecidableHold) bool { return a.HoldKey == keys[i] })
		row := decisionRow{Decision: decision, MayRevise: mayRevise, CodeText: decision.Code.String(), ProviderName: names.Provider(decision.Provider)}
		if rule := s.Views.Catalogue.Rule(decision.Code); rule != nil {
			row.Title = rule.Title.In(h.Language)
		}
		body.Rows = append(body.Rows, row)
	}
	h.Body = body
	return s.Show(w, r, "besluiten", h)
}

func (s *Pages) getHoldsFile(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	period, _, run, err := s.Views.LastPeriod(r.Context())
	if err != nil || run == 0 {
		return site.NotThereOr(err)
	}
	s.Note(r, who, "downloaden", period.String()+"/uitval.xlsx", "gelukt")
	return s.SendFile(w, r, s.Folder.Reports(period.String())+"/uitval.xlsx", "uitval.xlsx")
}
