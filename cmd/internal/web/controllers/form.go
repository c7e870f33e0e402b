package controllers

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// decision is what a controller filled in: the word and the reason.
type decision struct {
	Word, Reason string
}

// decisionOf returns the decision in a form, and what is wrong with it.
func decisionOf(r *http.Request, language string) (d decision, problems []site.FieldProblem) {
	d.Word = r.PostFormValue("besluit")
	d.Reason = strings.Join(strings.Fields(r.PostFormValue("reden")), " ")
	return d, d.problems(language)
}

// problems returns what is wrong with a decision, by field of the form.
func (d decision) problems(language string) (problems []site.FieldProblem) {
	switch {
	case !slices.Contains([]string{billing.Allow, billing.Refuse, billing.KeepHeld}, d.Word):
		problems = append(problems, site.FieldProblem{Field: "besluit", Text: words.Say(language, "Er is geen besluit gekozen. Kies akkoord, afwijzen of aanhouden.")})
	case d.Word != billing.KeepHeld && d.Reason == "":
		problems = append(problems, site.FieldProblem{Field: "reden", Text: words.Say(language, "De reden ontbreekt. Schrijf waarom u dit besluit neemt.")})
	}
	switch {
	case bsn.Holds(d.Reason):
		problems = append(problems, site.FieldProblem{Field: "reden", Text: words.Say(language, "In de reden staat een nummer dat een BSN kan zijn. Laat het weg: het regelnummer is genoeg.")})
	case strings.HasPrefix(d.Reason, "="):
		problems = append(problems, site.FieldProblem{Field: "reden", Text: words.Say(language, "De reden begint met =. Begin met een woord.")})
	case utf8.RuneCountInString(d.Reason) > 500:
		problems = append(problems, site.FieldProblem{Field: "reden", Text: words.Say(language, "De reden is langer dan 500 tekens. Maak hem korter.")})
	}
	return problems
}

// chosenRows parses the rows chosen in a form, written as record-code@version@decision, with what the page showed of each.
func chosenRows(texts []string) (keys []views.HoldKey, looked map[views.HoldKey]seen, ok bool) {
	looked = make(map[views.HoldKey]seen)
	for _, text := range texts {
		text, saw, _ := strings.Cut(text, "@")
		key, ok := parseHoldKey(text)
		if !ok {
			return nil, nil, false
		}
		keys = append(keys, key)
		version, word, _ := strings.Cut(saw, "@")
		if number, err := strconv.Atoi(version); err == nil {
			looked[key] = seen{number, word}
		}
	}
	return keys, looked, true
}

// decideAgain shows the page of an invalid form again, with its problems and what was typed.
func (s *Pages) decideAgain(w http.ResponseWriter, r *http.Request, who *site.Visitor, keys []views.HoldKey, d decision, problems []site.FieldProblem) error {
	if len(keys) != 1 {
		h, err := s.holdsPage(r, who, queryOf(r.URL.Query()))
		if err != nil {
			return err
		}
		h.Problems = problems
		return s.ShowStatus(w, r, http.StatusUnprocessableEntity, "uitval", h)
	}
	name, of := "uitval_regel", s.storyPage
	if r.URL.Path == "/uitval/tweede" {
		name, of = "tweede", s.secondPage
	}
	h, err := of(r, who, keys[0].Nr)
	if err != nil {
		return err
	}
	typed := typedReason{"reden-" + holdKeyText(keys[0]), d.Reason}
	for i := range problems {
		problems[i].Field = typed.Field
	}
	h.Problems = problems
	switch body := h.Body.(type) {
	case *storyPage:
		body.Typed = typed
	case *secondPage:
		body.Typed = typed
	}
	return s.ShowStatus(w, r, http.StatusUnprocessableEntity, name, h)
}

// typedReason is a reason that was typed into an invalid form.
type typedReason struct{ Field, Reason string }

// Of returns what was typed into a field; "" for another field.
func (t typedReason) Of(field string) string {
	if t.Field != field {
		return ""
	}
	return t.Reason
}

// backTo returns the address of a list with the filter that the form was sent from.
func backTo(r *http.Request, path string) string {
	if query := r.PostFormValue("filter"); query != "" && !strings.ContainsAny(query, "\r\n#") && len(query) < 1000 {
		return path + "?" + query
	}
	return path
}
