package controllers

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// frozen is a list of holds as it was when the visitor chose or found them.
type frozen struct {
	Keys  []frozenKey
	Query string
	Word  string
	More  bool // whether more than selectionMost were chosen
}

type frozenKey struct {
	Nr      int64
	Code    string
	Version int
	Decided string // the decision that was shown; "" for none
}

// keys returns the keys of the holds in the list. It is never nil, which as a filter would mean all.
func (f *frozen) keys() []views.HoldKey {
	keys := make([]views.HoldKey, len(f.Keys))
	for i, key := range f.Keys {
		keys[i] = views.HoldKey{Nr: key.Nr, Code: billing.ParseCode(key.Code)}
	}
	return keys
}

// frozenList returns a list that the visitor chose or found; ErrNotThere if it is of another account or does not exist.
func (s *Pages) frozenList(r *http.Request, who *site.Visitor, id string) (*frozen, error) {
	body, found, err := s.Store.Selection(r.Context(), who.Account.ID, id)
	if err != nil || !found {
		return nil, site.NotThereOr(err)
	}
	kept := &frozen{}
	return kept, json.Unmarshal([]byte(body), kept)
}

// postSelect freezes the chosen rows, or all rows of the filter, to decide on them together.
func (s *Pages) postSelect(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	ctx := r.Context()
	var keys []views.HoldKey
	var looked map[views.HoldKey]seen
	all := r.PostFormValue("alles") != ""
	if all {
		values, err := url.ParseQuery(r.PostFormValue("filter"))
		if err != nil {
			return site.ErrNotThere
		}
		query := queryOf(values)
		filter, _, _, err := s.listed(r, who, &query)
		if err != nil {
			return err
		}
		if keys, err = s.Views.AllKeys(ctx, who.Scope(), filter, selectionMost+1); err != nil {
			return err
		}
	} else {
		var ok bool
		if keys, looked, ok = chosenRows(r.PostForm["regel"]); !ok {
			return site.ErrNotThere
		}
	}
	more := len(keys) > selectionMost
	keys = keys[:min(selectionMost, len(keys))]
	asked, err := s.Views.DecidableHolds(ctx, who.Scope(), keys)
	if err != nil {
		return err
	}
	if len(asked) == 0 {
		s.SetNotice(r, "Er is geen regel gekozen.")
		return site.Redirect(w, r, backTo(r, "/uitval"))
	}
	body := frozen{Query: r.PostFormValue("filter"), Word: r.PostFormValue("besluit"), More: more}
	for _, a := range asked {
		saw := seen{a.Version, a.Decided}
		if !all {
			saw = looked[a.HoldKey]
		}
		body.Keys = append(body.Keys, frozenKey{a.Nr, a.Code.String(), saw.version, saw.word})
	}
	id, err := s.Store.KeepSelection(ctx, who.Account.ID, site.AsJSON(body))
	if err != nil {
		return err
	}
	return site.Redirect(w, r, "/keuze/"+id)
}

// selectionPage is the body of the page that decides on many holds.
type selectionPage struct {
	ID        string
	Count     int
	Amount    billing.Money
	Codes     []selectionGroup
	Providers []selectionGroup
	Rows      []holdRow
	Word      string
	Reason    string
	NoLift    int
	Query     string
	Most      int // selectionMost if more were chosen; else 0
}

type selectionGroup struct {
	Text   string
	Count  int
	Amount billing.Money
}

func (s *Pages) getSelection(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	h, _, _, err := s.selectionPage(r, who)
	if err != nil {
		return err
	}
	return s.Show(w, r, "keuze", h)
}

func (s *Pages) selectionPage(r *http.Request, who *site.Visitor) (*site.Head, []views.DecidableHold, *frozen, error) {
	kept, err := s.frozenList(r, who, r.PathValue("id"))
	if err != nil {
		return nil, nil, nil, err
	}
	asked, err := s.Views.DecidableHolds(r.Context(), who.Scope(), kept.keys())
	if err != nil {
		return nil, nil, nil, err
	}
	h := s.Page(r, "%d besluiten tegelijk", len(asked))
	page := &selectionPage{ID: r.PathValue("id"), Count: len(asked), Word: kept.Word, Query: kept.Query}
	if kept.More {
		page.Most = selectionMost
	}
	codes, providers := make(map[string]*selectionGroup), make(map[string]*selectionGroup)
	add := func(groups map[string]*selectionGroup, text string, amount billing.Money) {
		if groups[text] == nil {
			groups[text] = &selectionGroup{Text: text}
		}
		groups[text].Count++
		groups[text].Amount += amount
	}
	for i := range asked {
		a := &asked[i]
		row := s.holdRow(a.Hold, h.Language, nil, nil)
		page.Amount += a.Amount
		if a.NoLift {
			page.NoLift++
		}
		add(codes, row.CodeText+" "+strings.TrimSuffix(row.Title, "."), a.Amount)
		add(providers, row.ProviderName, a.Amount)
		if len(page.Rows) < 200 {
			page.Rows = append(page.Rows, row)
		}
	}
	page.Codes, page.Providers = groupsOf(codes), groupsOf(providers)
	h.Body = page
	return h, asked, kept, nil
}

func groupsOf(groups map[string]*selectionGroup) []selectionGroup {
	var list []selectionGroup
	for _, group := range groups {
		list = append(list, *group)
	}
	slices.SortFunc(list, func(a, b selectionGroup) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Text, b.Text)
	})
	return list
}

func (s *Pages) postSelection(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	h, asked, kept, err := s.selectionPage(r, who)
	if err != nil {
		return err
	}
	d, problems := decisionOf(r, who.Language)
	if len(problems) > 0 {
		h.Problems = problems
		page := h.Body.(*selectionPage)
		page.Word, page.Reason = d.Word, d.Reason
		return s.ShowStatus(w, r, http.StatusUnprocessableEntity, "keuze", h)
	}
	looked := make(map[views.HoldKey]seen)
	for i, key := range kept.keys() {
		looked[key] = seen{kept.Keys[i].Version, kept.Keys[i].Decided}
	}
	outcome, err := s.takeDecisions(r, who, sameDecision(asked, looked, d), who.Language)
	if err != nil {
		return err
	}
	if gone := len(kept.Keys) - len(asked); gone > 0 {
		outcome.LeftOut = append(outcome.LeftOut, words.Say(who.Language, "%d regels vragen intussen geen besluit meer", gone))
	}
	s.Sessions.Put(r.Context(), "notice", outcome.text(who.Language))
	if kept.Query != "" && !strings.ContainsAny(kept.Query, "\r\n#") {
		return site.Redirect(w, r, "/uitval?"+kept.Query)
	}
	return site.Redirect(w, r, "/uitval")
}
