package region

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

func (s *Pages) getMunicipalities(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	return s.parties(w, r, who, "Gemeenten")
}

func (s *Pages) getProviders(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	return s.parties(w, r, who, "Aanbieders")
}

func (s *Pages) parties(w http.ResponseWriter, r *http.Request, who *site.Visitor, which string) error {
	h := s.Page(r, which)
	body := &site.Sheet{}
	month, err := s.Views.Month(r.Context(), who.Scope(), 0, views.Only{})
	if err == site.ErrNotThere {
		body.Intro = []string{words.Say(h.Language, "Er is nog niets berekend.")}
		return s.ShowSheet(w, r, h, body)
	}
	if err != nil {
		return err
	}
	if which == "Gemeenten" {
		body.Sections = []site.Section{s.partySection(month.Municipalities, which, "/gemeenten/", true, s.Names(h.Language).Municipality, h.Language)}
		return s.ShowSheet(w, r, h, body)
	}
	body.Sections = []site.Section{s.partySection(month.Providers, which, "/aanbieders/", true, s.Names(h.Language).Provider, h.Language)}
	body.Sections = s.addNamed(body.Sections, words.Say(h.Language, "Leverden nog niets"),
		words.Say(h.Language, "Hadden vorige maand declaratieregels en leverden sindsdien niets"), month.Summary.Missing, h.Language)
	body.Sections = s.addNamed(body.Sections, words.Say(h.Language, "Stuurden niets nieuws"),
		words.Say(h.Language, "Alle regels die zij sinds de vorige maand stuurden, waren al ontvangen"), month.Summary.OnlyAgain(), h.Language)
	if len(month.NotSent) > 0 {
		body.Sections = append(body.Sections, s.notSentSection(month.NotSent, h.Language))
	}
	return s.ShowSheet(w, r, h, body)
}

// addNamed appends a section that lists providers, unless there are none.
func (s *Pages) addNamed(sections []site.Section, title, caption string, providers []string, language string) []site.Section {
	if len(providers) == 0 {
		return sections
	}
	named := site.Section{Title: title, Caption: caption, Heads: []site.Heading{site.Left(words.Say(language, "Naam")), site.Left(words.Say(language, "AGB-code"))}}
	for _, code := range providers {
		named.Rows = append(named.Rows, []site.Cell{site.Linked(s.Names(language).Provider(code), "/aanbieders/"+code), site.Words(code)})
	}
	return append(sections, named)
}

// notSentSection returns a table of the declarations that count as never sent. Only their providers see what is wrong with them.
func (s *Pages) notSentSection(list []report.NotSent, language string) site.Section {
	t := func(text string) string { return words.Say(language, text) }
	sec := site.Section{Key: "niet-verstuurd", Title: t("Berichten die als niet verstuurd gelden"), Caption: t("Declaraties (JW323) die een regel van het bericht zelf breken; hun aanbieder leest wat eraan te doen is"),
		Heads: []site.Heading{site.Left(t("Aanbieder")), site.Left(t("Gemeente")), site.Right(t("Prestaties")), site.Right(t("Bedrag"))}}
	names := s.Names(language)
	for _, message := range list {
		sec.Rows = append(sec.Rows, []site.Cell{site.Linked(names.Provider(message.Provider), "/aanbieders/"+message.Provider), site.Words(names.Municipality(message.Municipality)), site.Number(message.Prestaties, language), site.Euros(message.Claimed, language)})
	}
	return sec
}

func (s *Pages) getMunicipality(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	code := r.PathValue("code")
	if who.Role() == views.Municipality && !slices.Contains(who.Account.Codes(), code) {
		return site.ErrNotThere
	}
	book, err := s.Views.Book()
	if err != nil {
		return err
	}
	municipality := book.Municipality(code)
	if municipality == nil || municipality.Code != code {
		return site.ErrNotThere
	}
	return s.party(w, r, who, views.Only{Municipality: code}, municipality.Name)
}

// getProvider shows a provider. One that the book lacks is shown if it sent something: its rows are rejected (C01), and the lists
// link to it.
func (s *Pages) getProvider(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	code := r.PathValue("agb")
	book, err := s.Views.Book()
	if err != nil {
		return err
	}
	only := views.Only{Provider: code}
	if provider := book.Provider(code); provider != nil {
		return s.party(w, r, who, only, provider.Name)
	}
	sent, err := s.sentSomething(r.Context(), who, only)
	if err != nil {
		return err
	}
	if !sent {
		return site.ErrNotThere
	}
	return s.party(w, r, who, only, code)
}

// sentSomething reports whether a provider has rows in one of the last twelve periods, or a declaration that counts as never sent.
func (s *Pages) sentSomething(ctx context.Context, who *site.Visitor, only views.Only) (bool, error) {
	months, err := s.Views.LastTwelve(ctx, who.Scope(), only)
	if err != nil {
		return false, err
	}
	for _, month := range months {
		if len(month.Providers) > 0 {
			return true, nil
		}
	}
	newest, err := s.Views.Month(ctx, who.Scope(), 0, only)
	if err != nil {
		return false, err
	}
	return len(newest.NotSent) > 0, nil
}

// party shows the last twelve months of a provider or municipality, and details of the newest.
func (s *Pages) party(w http.ResponseWriter, r *http.Request, who *site.Visitor, only views.Only, name string) error {
	months, err := s.Views.LastTwelve(r.Context(), who.Scope(), only)
	if err != nil {
		return err
	}
	h := s.Page(r, "%s", name)
	t := func(text string) string { return words.Say(h.Language, text) }
	body := &site.Sheet{}
	twelve := site.Section{Title: t("Twaalf maanden"), Caption: t("Gedeclareerd, in uitval en afgewezen, per maand"), Heads: []site.Heading{site.Left(t("Maand")), site.Right(t("Gedeclareerd")), site.Right(t("In uitval")), site.Right(t("Afgewezen")), site.Left(t("Stand"))}, Empty: t("Er is nog niets.")}
	var labels []string
	var amounts []billing.Money
	for _, month := range months {
		state := "voorlopig"
		if month.State.Closed {
			state = "afgesloten"
		}
		label := words.Month(month.State.Period, h.Language)
		twelve.Rows = append(twelve.Rows, []site.Cell{site.Words(label), site.Euros(month.Declared, h.Language), site.Euros(month.Outcomes[billing.Held].Amount, h.Language), site.Euros(month.Outcomes[billing.Rejected].Amount, h.Language), site.Words(t(state))})
		labels, amounts = append(labels, label), append(amounts, month.Declared)
	}
	if len(amounts) > 1 {
		twelve.Chart = site.BarsOf(t("Gedeclareerd"), h.Language, labels, amounts)
	}
	body.Sections = append(body.Sections, twelve)
	if len(months) > 0 {
		month := months[0]
		body.Sections = append(body.Sections, s.productSection(month, h.Language), s.reasonsSection(month, h.Language))
		if len(month.Ceilings) > 0 {
			body.Sections = append(body.Sections, ceilingSection(month.Ceilings, h.Language))
		}
	}
	return s.ShowSheet(w, r, h, body)
}

func ceilingSection(ceilings []billing.Ceiling, language string) site.Section {
	t := func(text string) string { return words.Say(language, text) }
	sec := site.Section{Title: t("Budgetplafond"), Caption: t("Wat van het plafond is gebruikt, en wat het wordt als het zo doorgaat"), Heads: []site.Heading{site.Left(t("Contract")), site.Right(t("Jaar")), site.Right(t("Gedeclareerd")), site.Right(t("Plafond")), site.Right(t("Gebruikt")), site.Right(t("Verwacht"))}}
	for _, ceiling := range ceilings {
		used := site.Cell{Text: strconv.Itoa(ceiling.Percentage()) + "%", Right: true, Bar: int64(min(100, ceiling.Percentage()))}
		sec.Rows = append(sec.Rows, []site.Cell{site.Words(ceiling.Contract()), {Text: strconv.Itoa(ceiling.Year), Right: true}, site.Euros(ceiling.Declared, language), site.Euros(ceiling.Limit, language), used, site.Euros(ceiling.Forecast, language)})
	}
	return sec
}
