package controllers

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// holdsPage is the body of the list of holds that ask for a decision.
type holdsPage struct {
	Count          int
	Amount         billing.Money
	Oldest         int // days
	AsOf           billing.Date
	Done           int // in an empty list, the number of holds of the last run that were decided or voted on since
	Rows           []holdRow
	Pager          site.Pager
	Codes          []choice
	Providers      []choice
	Municipalities []choice
	Filter         holdQuery
	Filtered       bool
	MayDecide      bool
	Query          string
	Second         billing.Money
	UnderWay       int
	Votes          int
}

// choice is one value of a filter, with the number of holds it leaves.
type choice struct {
	Value, Text string
	Count       int
	Here        bool
}

// holdRow is a row of the list: a hold that asks for a decision.
type holdRow struct {
	views.Hold
	Key              string // record and code, for forms
	CodeText         string
	Title            string
	MunicipalityName string
	ProviderName     string
	Days             int
	NoLift           bool
	State            string // "", wacht op tweede, wordt ingelezen or besloten: with the decision
	Seen             string // version and decision as shown, which forms send back
	TwoNeeded        bool
	Reasons          []string
}

// holdQuery holds the parameters of the list in its address.
type holdQuery struct {
	Code, Provider, Municipality, From, Days, State, Order, Found string
}

func queryOf(values url.Values) holdQuery {
	return holdQuery{
		Code: values.Get("code"), Provider: values.Get("aanbieder"), Municipality: values.Get("gemeente"), From: values.Get("vanaf"), Days: values.Get("dagen"), State: values.Get("stand"),
		Order: values.Get("volgorde"), Found: values.Get("gevonden"),
	}
}

// filter returns the filter for the parameters on a day.
func (q *holdQuery) filter(today billing.Date) views.HoldFilter {
	filter := views.HoldFilter{Code: billing.ParseCode(q.Code), Provider: q.Provider, Municipality: q.Municipality, Order: map[string]string{"wachten": "waiting", "aanbieder": "provider"}[q.Order]}
	euros, fits := wholeNumber(q.From)
	days, also := wholeNumber(q.Days)
	filter.From = billing.Money(euros * 100)
	if days > 0 {
		filter.Before = today.AddDays(-days)
	}
	filter.Decided = q.State == "besloten"
	if !fits || !also {
		filter.Only = []views.HoldKey{} // an invalid value leaves no rows: without it a decision on the whole list would cover all
	}
	return filter
}

// problems returns what is wrong with the parameters.
func (q *holdQuery) problems(language string) (problems []site.FieldProblem) {
	if _, fits := wholeNumber(q.From); !fits {
		problems = append(problems, site.FieldProblem{Field: "vanaf", Text: words.Say(language, "‘%s’ is geen bedrag in hele euro's. Typ alleen cijfers, zoals 1000.", q.From)})
	}
	if _, fits := wholeNumber(q.Days); !fits {
		problems = append(problems, site.FieldProblem{Field: "dagen", Text: words.Say(language, "‘%s’ is geen aantal dagen. Typ alleen cijfers, zoals 30.", q.Days)})
	}
	return problems
}

// wholeNumber parses a number of a filter; an empty one is 0. Fits is false for what is no number below 2^30.
func wholeNumber(text string) (number int, fits bool) {
	if text = strings.TrimSpace(text); text == "" {
		return 0, true
	}
	read, err := strconv.ParseUint(text, 10, 30)
	return int(read), err == nil //nolint:gosec // of 30 bits
}

// waitingElsewhere returns the votes that wait for a second controller and the decisions that wait for the import.
func (s *Pages) waitingElsewhere(r *http.Request) (votes []webstore.Vote, underWay []webstore.DecidedOn, err error) {
	if votes, err = s.Store.OpenVotes(r.Context()); err != nil {
		return nil, nil, err
	}
	underWay, err = s.Store.DecisionsUnderWay(r.Context())
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

// listed returns the filter for a list, and the result of waitingElsewhere. The list and a decision on all of its rows both use it.
func (s *Pages) listed(r *http.Request, who *site.Visitor, query *holdQuery) (filter views.HoldFilter, votes []webstore.Vote, underWay []webstore.DecidedOn, err error) {
	if votes, underWay, err = s.waitingElsewhere(r); err != nil {
		return filter, nil, nil, err
	}
	ofVotes, ofBoth := keysOf(votes, underWay)
	filter = query.filter(s.Options.Today())
	switch {
	case query.Found != "":
		kept, err := s.frozenList(r, who, query.Found)
		if err != nil {
			return filter, nil, nil, err
		}
		filter.Only, filter.Either = kept.keys(), true
	case who.Role() != views.Controller:
	case filter.Only != nil: // an invalid value leaves no rows
	case query.State == "tweede":
		filter.Only = append([]views.HoldKey{}, ofVotes...)
	case !filter.Decided:
		filter.Without = ofBoth
	}
	return filter, votes, underWay, nil
}

func (s *Pages) getHolds(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	h, err := s.holdsPage(r, who, queryOf(r.URL.Query()))
	if err != nil {
		return err
	}
	if pager := h.Body.(*holdsPage).Pager; pager.Last != "" {
		return s.ToLast(w, r, h, pager)
	}
	return s.Show(w, r, "uitval", h)
}

// holdsPage returns the page of the list.
func (s *Pages) holdsPage(r *http.Request, who *site.Visitor, query holdQuery) (*site.Head, error) {
	ctx := r.Context()
	filter, votes, underWay, err := s.listed(r, who, &query)
	if err != nil {
		return nil, err
	}
	page := site.PageNumber(r)
	holds, err := s.Views.Holds(ctx, who.Scope(), filter, (page-1)*site.PageRows, site.PageRows)
	if err != nil {
		return nil, err
	}
	h := s.Page(r, "Uitval: besluiten gevraagd")
	switch {
	case query.Found != "":
		h.Title = words.Say(h.Language, "Gevonden: %d", holds.Count)
	case who.Role() != views.Controller:
		h.Title = words.Say(h.Language, "Uitval") // others decide
	}
	h.Wide, h.Problems = true, query.problems(h.Language)
	body := &holdsPage{
		Count: holds.Count, Amount: holds.Amount, AsOf: holds.AsOf, Filter: query, MayDecide: who.Role() == views.Controller, Pager: site.PagerOf(r, holds.Count), Query: r.URL.RawQuery,
		Second: s.Views.Current().Settings.SecondFrom, UnderWay: len(underWay), Votes: len(votes),
	}
	body.Filtered = query != holdQuery{Order: query.Order}
	if !holds.Oldest.IsZero() {
		body.Oldest = s.daysSince(holds.Oldest)
	}
	if body.Count == 0 {
		all, err := s.Views.Holds(ctx, who.Scope(), views.HoldFilter{Either: true}, 0, 1)
		if err != nil {
			return nil, err
		}
		body.Done = all.Count
	}
	for _, hold := range holds.List {
		body.Rows = append(body.Rows, s.holdRow(hold, h.Language, votes, underWay))
	}
	if err := s.addChoices(r, who, body, filter, h.Language); err != nil {
		return nil, err
	}
	if body.MayDecide && len(body.Rows) > 0 {
		if err := s.reasonsOf(r, who, body); err != nil {
			return nil, err
		}
	}
	h.Body = body
	return h, nil
}

// addChoices adds the values of the filters, with the number of holds each leaves.
func (s *Pages) addChoices(r *http.Request, who *site.Visitor, body *holdsPage, filter views.HoldFilter, language string) error {
	groups, err := s.Views.HoldGroups(r.Context(), who.Scope(), filter)
	if err != nil {
		return err
	}
	for _, group := range groups["code"] {
		title := group.Name
		if rule := s.Views.Catalogue.Rule(billing.ParseCode(group.Name)); rule != nil {
			title += " " + rule.Title.In(language)
		}
		body.Codes = append(body.Codes, choice{group.Name, title, group.Count, group.Name == body.Filter.Code})
	}
	names := s.Names(language)
	for _, group := range groups["provider"] {
		body.Providers = append(body.Providers, choice{group.Name, names.Provider(group.Name), group.Count, group.Name == body.Filter.Provider})
	}
	for _, group := range groups["municipality"] {
		if group.Name != "" {
			body.Municipalities = append(body.Municipalities, choice{group.Name, names.Municipality(group.Name), group.Count, group.Name == body.Filter.Municipality})
		}
	}
	return nil
}

// reasonsOf adds to each row the reasons that were last given for its code.
func (s *Pages) reasonsOf(r *http.Request, who *site.Visitor, body *holdsPage) error {
	byCode := make(map[billing.Code][]string)
	for i := range body.Rows {
		row := &body.Rows[i]
		reasons, known := byCode[row.Code]
		if !known {
			var err error
			if reasons, err = s.Views.Reasons(r.Context(), who.Scope(), row.Code); err != nil {
				return err
			}
			byCode[row.Code] = reasons
		}
		row.Reasons = reasons
	}
	return nil
}

// seenOf returns what a page shows of a hold, as chosenRows parses it: its version, and the decision on it if there is one.
func seenOf(hold views.Hold) string {
	if hold.Decided == "" {
		return strconv.Itoa(hold.Version)
	}
	return strconv.Itoa(hold.Version) + "@" + hold.Decided
}

func holdKeyText(key views.HoldKey) string { return fmt.Sprintf("%d-%s", key.Nr, key.Code) }

// parseHoldKey parses the record and code of a hold as holdKeyText formats them.
func parseHoldKey(text string) (key views.HoldKey, ok bool) {
	number, code, _ := strings.Cut(text, "-")
	nr, err := strconv.ParseInt(number, 10, 64)
	key = views.HoldKey{Nr: nr, Code: billing.ParseCode(code)}
	return key, err == nil && nr > 0 && key.Code != billing.NoCode
}

// daysSince returns how many days ago a day was. It counts to today, not to the last run: a run that finds nothing new stores nothing,
// while what is held waits on.
func (s *Pages) daysSince(since billing.Date) int { return max(0, int(s.Options.Today()-since)) }

func (s *Pages) holdRow(hold views.Hold, language string, votes []webstore.Vote, underWay []webstore.DecidedOn) holdRow {
	names := s.Names(language)
	row := holdRow{Hold: hold, Key: holdKeyText(hold.HoldKey), CodeText: hold.Code.String(), MunicipalityName: names.Municipality(hold.Municipality), ProviderName: names.Provider(hold.Provider), Days: s.daysSince(hold.Since), Seen: seenOf(hold)}
	if rule := s.Views.Catalogue.Rule(hold.Code); rule != nil {
		row.Title, row.NoLift = rule.Title.In(language), rule.NoLift
	}
	limit := s.Views.Current().Settings.SecondFrom
	row.TwoNeeded = limit > 0 && (hold.Settled || hold.Amount >= limit)
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
