package web

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/views"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

func getTowns(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	return s.parties(w, r, who, "Gemeenten")
}

func getProviders(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	return s.parties(w, r, who, "Aanbieders")
}

func (s *Server) parties(w http.ResponseWriter, r *http.Request, who *visitor, which string) error {
	h := s.page(r, which)
	body := &sheet{}
	h.Body = body
	month, err := s.views.Month(r.Context(), who.scope(), 0, views.Only{})
	if err == errNotThere {
		body.Intro = []string{say(h.Language, "Er is nog niets berekend.")}
		return s.show(w, r, "blad", h)
	}
	if err != nil {
		return err
	}
	if which == "Gemeenten" {
		body.Sections = []section{s.partySection(month.Municipalities, which, "/gemeenten/", true, s.townName, h.Language)}
		return s.show(w, r, "blad", h)
	}
	body.Sections = []section{s.partySection(month.Providers, which, "/aanbieders/", true, s.providerName, h.Language)}
	if len(month.Kept.Missing) > 0 {
		missing := section{Title: say(h.Language, "Leverden nog niets"), Caption: say(h.Language, "Hadden vorige maand declaratieregels en leverden sindsdien niets"), Heads: []heading{left(say(h.Language, "Naam")), left(say(h.Language, "AGB-code"))}}
		for _, code := range month.Kept.Missing {
			missing.Rows = append(missing.Rows, []cell{linked(s.providerName(code), "/aanbieders/"+code), words(code)})
		}
		body.Sections = append(body.Sections, missing)
	}
	return s.show(w, r, "blad", h)
}

func getTown(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	code := r.PathValue("code")
	if who.role() == views.Municipality && !slices.Contains(who.account.Codes(), code) {
		return errNotThere
	}
	book, err := s.views.Book()
	if err != nil {
		return err
	}
	town := book.Municipality(code)
	if town == nil || town.Code != code {
		return errNotThere
	}
	return s.party(w, r, who, views.Only{Municipality: code}, town.Name)
}

func getProvider(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	code := r.PathValue("agb")
	book, err := s.views.Book()
	if err != nil {
		return err
	}
	if book.Provider(code) == nil {
		return errNotThere
	}
	return s.party(w, r, who, views.Only{Provider: code}, book.Provider(code).Name)
}

// party shows twelve months of a provider or municipality.
func (s *Server) party(w http.ResponseWriter, r *http.Request, who *visitor, only views.Only, name string) error {
	months, err := s.views.Twelve(r.Context(), who.scope(), only)
	if err != nil {
		return err
	}
	h := s.page(r, "%s", name)
	t := func(text string) string { return say(h.Language, text) }
	body := &sheet{}
	h.Body = body
	twelve := section{Title: t("Twaalf maanden"), Caption: t("Gedeclareerd, in uitval en afgewezen, per maand"), Heads: []heading{left(t("Maand")), right(t("Gedeclareerd")), right(t("In uitval")), right(t("Afgewezen")), left(t("Stand"))}, Empty: t("Er is nog niets.")}
	var labels []string
	var amounts []billing.Money
	for _, month := range months {
		state := "voorlopig"
		if month.State.Closed {
			state = "afgesloten"
		}
		label := rules.Show("month", month.State.Period.String(), h.Language)
		twelve.Rows = append(twelve.Rows, []cell{words(label), euros(month.Declared, h.Language), euros(month.Outcomes[billing.Held].Amount, h.Language), euros(month.Outcomes[billing.Rejected].Amount, h.Language), words(t(state))})
		labels, amounts = append(labels, label), append(amounts, month.Declared)
	}
	if len(amounts) > 1 {
		twelve.Chart = barsOf(t("Gedeclareerd"), h.Language, labels, amounts)
	}
	body.Sections = append(body.Sections, twelve)
	if len(months) > 0 {
		month := months[0]
		sections := s.monthSections(&visitor{account: &webstore.Account{Role: string(views.Controller)}}, month, h.Language)
		body.Sections = append(body.Sections, s.productSection(month, h.Language), sections[0])
		if len(month.Ceilings) > 0 {
			body.Sections = append(body.Sections, ceilingSection(month.Ceilings, h.Language))
		}
	}
	return s.show(w, r, "blad", h)
}

func ceilingSection(ceilings []billing.Ceiling, language string) section {
	t := func(text string) string { return say(language, text) }
	sec := section{Title: t("Budgetplafond"), Caption: t("Wat van het plafond is gebruikt, en wat het wordt als het zo doorgaat"), Heads: []heading{left(t("Contract")), right(t("Jaar")), right(t("Gedeclareerd")), right(t("Plafond")), right(t("Gebruikt")), right(t("Verwacht"))}}
	for _, ceiling := range ceilings {
		used := cell{Text: strconv.Itoa(ceiling.Percentage()) + "%", Right: true, Bar: int64(min(100, ceiling.Percentage()))}
		sec.Rows = append(sec.Rows, []cell{words(ceiling.Contract()), {Text: strconv.Itoa(ceiling.Year), Right: true}, euros(ceiling.Declared, language), euros(ceiling.Limit, language), used, euros(ceiling.Forecast, language)})
	}
	return sec
}
