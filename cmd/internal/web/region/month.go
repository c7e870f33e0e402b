package region

import (
	"net/http"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/web/jobs"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// monthPage is the body of the page of a month.
type monthPage struct {
	Month    *views.Month
	Tiles    []tile
	Todo     []todo
	Sections []site.Section
	Periods  []views.PeriodState
	MayRun   bool
	Next     string // the period to run next
	Job      *webstore.Job
	Empty    bool
}

// tile is a figure of the month with that of the month before.
type tile struct {
	Name   string
	Amount billing.Money
	Before billing.Money
	HasOne bool   // whether there is a month before
	Counts string // the count in words
}

// todo is an entry of the checklist.
type todo struct {
	Text, Href string
	Done       bool
}

func (s *Pages) getMonth(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	ctx := r.Context()
	period, err := site.PeriodOf(r.PathValue("periode"))
	if err != nil {
		return err
	}
	h := s.Page(r, "Maand")
	body := &monthPage{MayRun: who.Role() == views.Region, Next: s.Options.Today().Period().Add(-1).String()}
	h.Body = body
	if body.Periods, err = s.Views.Periods(ctx, who.Scope()); err != nil {
		return err
	}
	if len(body.Periods) == 0 && period == 0 {
		body.Empty = true
		return s.Show(w, r, "maand", h)
	}
	if body.Month, err = s.Views.Month(ctx, who.Scope(), period, views.Only{}); err != nil {
		return err
	}
	month := body.Month
	h.Title = words.Say(h.Language, "Maand %s", words.Month(month.State.Period, h.Language))
	body.Tiles = tilesOf(month, h.Language)
	if body.MayRun {
		if err := s.addTodo(r, who, h, body); err != nil {
			return err
		}
	}
	sections := s.monthSections(who, month, h.Language)
	if r.URL.Query().Get("toon") != "" {
		return s.ShowSheet(w, r, h, &site.Sheet{Sections: sections})
	}
	site.CutSections(r, sections, inOneLook, h.Language)
	body.Sections = sections
	return s.Show(w, r, "maand", h)
}

// inOneLook is the maximum number of rows of a table on the page of a month.
const inOneLook = 12

func tilesOf(month *views.Month, language string) []tile {
	before := month.Before
	of := func(m *views.Month, outcome billing.Outcome) billing.Money {
		if m == nil {
			return 0
		}
		return m.Outcomes[outcome].Amount
	}
	declared, toPay := billing.Money(0), billing.Money(0)
	if before != nil {
		declared, toPay = before.Declared, before.ToPay
	}
	return []tile{
		{words.Say(language, "Gedeclareerd"), month.Declared, declared, before != nil, words.Lines(month.Lines, language)},
		{words.Say(language, "In uitval"), of(month, billing.Held), of(before, billing.Held), before != nil, words.Rows(month.Outcomes[billing.Held].Count, language)},
		{words.Say(language, "Afgewezen"), of(month, billing.Rejected), of(before, billing.Rejected), before != nil, words.Rows(month.Outcomes[billing.Rejected].Count, language)},
		{words.Say(language, "Te betalen"), month.ToPay, toPay, before != nil, words.Payments(len(month.Payments), language)},
	}
}

// addTodo adds the region's checklist, the job under way and the period to run next.
func (s *Pages) addTodo(r *http.Request, who *site.Visitor, h *site.Head, body *monthPage) error {
	ctx := r.Context()
	now, err := s.Views.Now(ctx, who.Scope())
	if err != nil {
		return err
	}
	last, err := s.Store.Jobs(ctx, "", []string{jobs.Run, jobs.Close}, 0, 1)
	if err != nil {
		return err
	}
	if len(last) > 0 && !last[0].IsOver() {
		body.Job = &last[0]
	}
	if now.Next != 0 {
		body.Next = now.Next.String()
	}
	if body.Month.State.Period != now.Period {
		return nil // nothing needs to be done for an earlier month
	}
	month := body.Month
	add := func(done bool, href, text string, values ...any) {
		body.Todo = append(body.Todo, todo{words.Say(h.Language, text, values...), href, done})
	}
	unseen, why, err := s.obstacles(r, now, h.Language)
	if err != nil {
		return err
	}
	switch {
	case unseen > 0:
		add(false, "#berekenen", "Bestanden in de mappen die nog niet zijn ingelezen: %d. Bereken opnieuw.", unseen)
	case now.Stale:
		add(false, "#berekenen", "Er is iets nieuws sinds de laatste berekening: bereken opnieuw (%d cliënten).", now.Changed)
	default:
		add(true, "", "De berekening is bij: er kwam niets binnen na de laatste.")
	}
	if missing := len(month.Summary.Missing); missing > 0 {
		add(false, "/aanbieders", "%d aanbieders leverden vorige maand aan en nu nog niet.", missing)
	}
	again := len(month.Summary.OnlyAgain())
	if again > 0 {
		add(false, "/aanbieders", "%d aanbieders stuurden alleen regels die al waren ontvangen.", again)
	}
	if len(month.Summary.Missing)+again == 0 {
		add(true, "", "Elke aanbieder van vorige maand heeft aangeleverd.")
	}
	if count := len(month.NotSent); count > 0 {
		add(false, "/aanbieders#niet-verstuurd", "%d berichten gelden als niet verstuurd: niets ervan is gedeclareerd.", count)
	}
	if held := month.Outcomes[billing.Held].Count; held > 0 {
		add(false, "#redenen", "%d zorgregels wachten op een besluit van een controller.", held)
	} else {
		add(true, "", "Er wacht niets op een besluit.")
	}
	body.Todo = append(body.Todo, s.closeTodo(now, unseen, why, h.Language))
	return nil
}

// closeTodo returns the entry of the checklist about closing.
func (s *Pages) closeTodo(now *views.Now, unseen int, why, language string) todo {
	switch {
	case now.Closed:
		return todo{words.Say(language, "Deze periode is afgesloten."), "/maanden", true}
	case now.Stale || unseen > 0:
		return todo{words.Say(language, "Afsluiten kan na een nieuwe berekening."), "/afsluiten", false}
	case s.Options.Today() <= now.Period.Last():
		return todo{words.Say(language, "Afsluiten kan na %s.", words.Day(now.Period.Last())), "/afsluiten", false}
	case why != "":
		return todo{why, "/afsluiten", false}
	}
	return todo{words.Say(language, "Afsluiten kan."), "/afsluiten", true}
}

func (s *Pages) monthSections(who *site.Visitor, month *views.Month, language string) []site.Section {
	t := func(text string) string { return words.Say(language, text) }
	var sections []site.Section
	if who.Role() != views.Controller {
		sections = append(sections, s.partySection(month.Municipalities, "Gemeenten", "/gemeenten/", who.Role() == views.Region, s.Names(language).Municipality, language))
	}
	sections = append(sections, s.reasonsSection(month, language), s.partySection(month.Providers, "Aanbieders", "/aanbieders/", who.Role() == views.Region, s.Names(language).Provider, language))
	if len(month.Received) > 0 && who.Role() == views.Region {
		received := site.Section{Title: t("Ontvangen per dag"), Caption: t("Zorgregels in bestanden, per dag van ontvangst"), Heads: []site.Heading{site.Left(t("Dag")), site.Right(t("Zorgregels"))}}
		most := 1
		for _, day := range month.Received {
			most = max(most, day.Rows)
		}
		for _, day := range month.Received {
			rows := site.Number(day.Rows, language)
			rows.Bar = words.Percent(int64(day.Rows), int64(most))
			received.Rows = append(received.Rows, []site.Cell{site.Words(words.Day(day.Day)), rows})
		}
		sections = append(sections, received)
	}
	kinds := site.Section{Title: t("Soorten declaratieregels"), Caption: t("Gewone zorg, late zorg, credits en correcties"), Heads: []site.Heading{site.Left(t("Soort")), site.Right(t("Declaratieregels")), site.Right(t("Bedrag"))}, Empty: t("Er is niets gedeclareerd.")}
	for _, kind := range []billing.LineKind{billing.Regular, billing.Late, billing.Correction, billing.Credit} {
		if sum, has := month.Kinds[kind]; has {
			kinds.Rows = append(kinds.Rows, []site.Cell{site.Words(t(words.Kinds[kind])), site.Number(sum.Count, language), site.Euros(sum.Amount, language)})
		}
	}
	return append(sections, kinds, s.productSection(month, language))
}

// reasonsSection returns a table of the reasons why rows are not accepted.
func (s *Pages) reasonsSection(month *views.Month, language string) site.Section {
	t := func(text string) string { return words.Say(language, text) }
	reasons := site.Section{Key: "redenen", Title: t("Redenen"), Caption: t("Waarom regels niet akkoord zijn, de duurste eerst"), Heads: []site.Heading{site.Left(t("Reden")), site.Left(t("Wat moet kloppen")), site.Right(t("Zorgregels")), site.Right(t("Bedrag"))},
		Empty: t("Alle regels zijn akkoord.")}
	for _, reason := range month.Reasons {
		title := ""
		if rule := s.Views.Catalogue.Rule(reason.Code); rule != nil {
			title = rule.Title.In(language)
		}
		reasons.Rows = append(reasons.Rows, []site.Cell{site.Words(reason.Code.String()), site.Words(title), site.Number(reason.Count, language), site.EurosIfAny(reason.Amount, language)})
	}
	return reasons
}

func (s *Pages) productSection(month *views.Month, language string) site.Section {
	t := func(text string) string { return words.Say(language, text) }
	products := site.Section{Key: "producten", Title: t("Producten"), Caption: t("Wat per product is gedeclareerd"), Heads: []site.Heading{site.Left(t("Product")), site.Left(t("Naam")), site.Right(t("Aantal")), site.Right(t("Bedrag"))}, Empty: t("Er is niets gedeclareerd.")}
	book, err := s.Views.Book()
	for _, product := range month.Products {
		name := ""
		if err == nil {
			if known := book.Product(product.Product); known != nil {
				name = known.Name
			}
		}
		products.Rows = append(products.Rows, []site.Cell{site.Words(product.Product), site.Words(name), {Text: words.Quantity(product.Quantity, product.Unit, language), Right: true}, site.Euros(product.Amount, language)})
	}
	return products
}

// partySection returns a table of providers or municipalities, with a chart if there are two or more.
func (s *Pages) partySection(parties []views.Party, title, path string, links bool, name func(string) string, language string) site.Section {
	t := func(text string) string { return words.Say(language, text) }
	sec := site.Section{Key: strings.ToLower(title), Title: t(title), Caption: t("Gedeclareerd, in uitval en afgewezen"), Heads: []site.Heading{site.Left(t("Naam")), site.Right(t("Gedeclareerd")), site.Right(t("In uitval")), site.Right(t("Afgewezen"))}, Empty: t("Er is nog niets.")}
	most := billing.Money(1)
	for _, party := range parties {
		most = max(most, party.Declared)
	}
	var labels []string
	var amounts []billing.Money
	for _, party := range parties {
		label := site.Words(name(party.Code))
		if links && party.Code != "" {
			label.Href = path + party.Code
		}
		declared := site.Euros(party.Declared, language)
		declared.Bar = words.Percent(int64(party.Declared), int64(most))
		sec.Rows = append(sec.Rows, []site.Cell{label, declared, site.Euros(party.Held.Amount, language), site.Euros(party.Rejected.Amount, language)})
		labels, amounts = append(labels, label.Text), append(amounts, party.Declared)
	}
	if len(amounts) > 1 {
		sec.Chart = site.BarsOf(t(title), language, labels, amounts)
	}
	return sec
}
