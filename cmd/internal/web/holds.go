package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/views"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

// holdsPage is what the list of decisions that are asked shows.
type holdsPage struct {
	Count          int
	Amount         billing.Money
	Oldest         int // days
	AsOf           billing.Date
	Rows           []holdRow
	Pager          pager
	Codes          []choice
	Providers      []choice
	Municipalities []choice
	Filter         holdQuery
	Filtered       bool
	MayDecide      bool
	Story          *storyPage // of the chosen row
	Chosen         string
	Reasons        []string
	Query          string
	Second         billing.Money
	UnderWay       int
	Votes          int
}

// choice is one value of a filter, with how many it leaves.
type choice struct {
	Value, Text string
	Count       int
	Here        bool
}

// holdRow is a decision that is asked, in the list.
type holdRow struct {
	views.Hold
	Key       string // record and code, for forms
	CodeText  string
	Title     string
	Town      string
	From      string // provider
	Days      int
	NoLift    bool
	State     string // what happens to it: "", wacht op tweede, wordt ingelezen, besloten
	TwoNeeded bool
	Reasons   []string
}

// holdQuery is what the address of the list says.
type holdQuery struct {
	Code, Provider, Municipality, From, Days, State, Order, Word string
}

func queryOf(values url.Values) holdQuery {
	return holdQuery{
		Code: values.Get("code"), Provider: values.Get("aanbieder"), Municipality: values.Get("gemeente"), From: values.Get("vanaf"), Days: values.Get("dagen"), State: values.Get("stand"),
		Order: values.Get("volgorde"),
	}
}

// filter returns the filter that an address asks for.
func (q *holdQuery) filter() views.HoldFilter {
	filter := views.HoldFilter{Code: billing.ParseCode(q.Code), Provider: q.Provider, Municipality: q.Municipality, Order: map[string]string{"wachten": "waiting", "aanbieder": "provider"}[q.Order]}
	if euros, err := strconv.ParseInt(strings.TrimSpace(q.From), 10, 32); err == nil && euros > 0 {
		filter.From = billing.Money(euros * 100)
	}
	if days, err := strconv.Atoi(strings.TrimSpace(q.Days)); err == nil && days > 0 && days < 10_000 {
		filter.Days = days
	}
	filter.Decided = q.State == "besloten"
	return filter
}

// waitingElsewhere returns the decisions that wait for a second controller or for the import.
func (s *Server) waitingElsewhere(r *http.Request) (votes []webstore.Vote, underWay []webstore.DecidedOn, err error) {
	if votes, err = s.store.OpenVotes(r.Context()); err != nil {
		return nil, nil, err
	}
	underWay, err = s.store.DecisionsUnderWay(r.Context())
	return votes, underWay, err
}

func keysOf(votes []webstore.Vote, underWay []webstore.DecidedOn) (ofVotes, ofBoth []views.HoldKey) {
	for _, vote := range votes {
		ofVotes = append(ofVotes, views.HoldKey{Nr: vote.Record, Code: billing.ParseCode(vote.Code)})
	}
	ofBoth = slices.Clone(ofVotes)
	for _, decided := range underWay {
		ofBoth = append(ofBoth, views.HoldKey{Nr: decided.Record, Code: billing.ParseCode(decided.Code)})
	}
	return ofVotes, ofBoth
}

func getHolds(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	h, err := s.holdsPage(r, who, queryOf(r.URL.Query()), nil)
	if err != nil {
		return err
	}
	return s.show(w, r, "uitval", h)
}

// holdsPage makes the list; only narrows it to some decisions, nil for all.
func (s *Server) holdsPage(r *http.Request, who *visitor, query holdQuery, only []views.HoldKey) (*head, error) {
	ctx := r.Context()
	votes, underWay, err := s.waitingElsewhere(r)
	if err != nil {
		return nil, err
	}
	ofVotes, ofBoth := keysOf(votes, underWay)
	filter := query.filter()
	switch {
	case who.role() != views.Controller:
	case query.State == "tweede":
		filter.Only = append([]views.HoldKey{}, ofVotes...)
	case !filter.Decided:
		filter.Without = ofBoth
	}
	if only != nil {
		filter.Only, filter.Without = only, nil
	}
	page := pageNumber(r)
	holds, err := s.views.Holds(ctx, who.scope(), filter, (page-1)*pageRows, pageRows)
	if err != nil {
		return nil, err
	}
	h := s.page(r, "Uitval: besluiten gevraagd")
	h.Wide = true
	body := &holdsPage{
		Count: holds.Count, Amount: holds.Amount, AsOf: holds.AsOf, Filter: query, MayDecide: who.role() == views.Controller, Pager: pagerOf(r, holds.Count), Query: r.URL.RawQuery,
		Second: s.folder.Settings.SecondFrom, UnderWay: len(underWay), Votes: len(votes),
	}
	body.Filtered = query != holdQuery{Order: query.Order} || only != nil
	if !holds.Oldest.IsZero() {
		body.Oldest = int(holds.AsOf - holds.Oldest)
	}
	for _, hold := range holds.List {
		body.Rows = append(body.Rows, s.holdRow(hold, holds.AsOf, h.Language, votes, underWay))
	}
	groups, err := s.views.HoldGroups(ctx, who.scope(), filter)
	if err != nil {
		return nil, err
	}
	for _, group := range groups["code"] {
		title := group.Name
		if rule := s.views.Catalogue.Rule(billing.ParseCode(group.Name)); rule != nil {
			title += " " + rule.Title.In(h.Language)
		}
		body.Codes = append(body.Codes, choice{group.Name, title, group.Count, group.Name == query.Code})
	}
	for _, group := range groups["provider"] {
		body.Providers = append(body.Providers, choice{group.Name, s.providerName(group.Name), group.Count, group.Name == query.Provider})
	}
	for _, group := range groups["municipality"] {
		if group.Name != "" {
			body.Municipalities = append(body.Municipalities, choice{group.Name, s.townName(group.Name), group.Count, group.Name == query.Municipality})
		}
	}
	if body.MayDecide && len(body.Rows) > 0 {
		if err := s.reasonsOf(r, who, body); err != nil {
			return nil, err
		}
	}
	h.Body = body
	return h, nil
}

// reasonsOf adds the reasons that were given last for the codes in the list.
func (s *Server) reasonsOf(r *http.Request, who *visitor, body *holdsPage) error {
	byCode := make(map[billing.Code][]string)
	for i := range body.Rows {
		row := &body.Rows[i]
		reasons, known := byCode[row.Code]
		if !known {
			var err error
			if reasons, err = s.views.Reasons(r.Context(), who.scope(), row.Code); err != nil {
				return err
			}
			for j := range reasons {
				reasons[j] = billing.Mask(reasons[j])
			}
			byCode[row.Code] = reasons
		}
		row.Reasons = reasons
	}
	return nil
}

func holdKeyText(key views.HoldKey) string { return fmt.Sprintf("%d-%s", key.Nr, key.Code) }

// parseHoldKey reads record and code as a form writes them.
func parseHoldKey(text string) (key views.HoldKey, ok bool) {
	number, code, _ := strings.Cut(text, "-")
	nr, err := strconv.ParseInt(number, 10, 64)
	key = views.HoldKey{Nr: nr, Code: billing.ParseCode(code)}
	return key, err == nil && nr > 0 && key.Code != billing.NoCode
}

func (s *Server) holdRow(hold views.Hold, asOf billing.Date, language string, votes []webstore.Vote, underWay []webstore.DecidedOn) holdRow {
	row := holdRow{Hold: hold, Key: holdKeyText(hold.HoldKey), CodeText: hold.Code.String(), Town: s.townName(hold.Municipality), From: s.providerName(hold.Provider), Days: int(asOf - hold.Since)}
	if rule := s.views.Catalogue.Rule(hold.Code); rule != nil {
		row.Title, row.NoLift = rule.Title.In(language), rule.NoLift
	}
	limit := s.folder.Settings.SecondFrom
	row.TwoNeeded = limit > 0 && hold.Amount >= limit
	switch {
	case slices.ContainsFunc(votes, func(v webstore.Vote) bool { return v.Record == hold.Nr && v.Code == row.CodeText }):
		row.State = "wacht op tweede"
	case slices.ContainsFunc(underWay, func(d webstore.DecidedOn) bool { return d.Record == hold.Nr && d.Code == row.CodeText }):
		row.State = "wordt ingelezen"
	case hold.Decided != "":
		row.State = "besloten: " + hold.Decided
	}
	return row
}

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
	for _, row := range story.Versions {
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
	for _, outcome := range story.Rules {
		row := storyRule{Code: outcome.Rule.Code.String(), Title: outcome.Rule.Title.In(language), Outcome: say(language, "in orde")}
		switch {
		case len(outcome.Findings) > 0:
			row.Outcome, row.Bad = say(language, "bevinding"), true
		case outcome.Skipped:
			row.Outcome = say(language, "niet getoetst")
		}
		body.Rules = append(body.Rules, row)
	}
	for _, other := range story.Others {
		body.Others = append(body.Others, otherRow{other, s.providerName(other.Provider)})
	}
	return h, nil
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
