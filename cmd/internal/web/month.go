package web

import (
	"net/http"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/views"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

// monthPage is a month in one look.
type monthPage struct {
	Month    *views.Month
	Tiles    []tile
	Todo     []todo
	Sections []section
	Periods  []views.PeriodState
	MayRun   bool
	Next     string // period that a run is of
	Job      *webstore.Job
	Empty    bool
}

// tile is one figure beside that of last month.
type tile struct {
	Name   string
	Amount billing.Money
	Count  int
	Before billing.Money
	HasOne bool // there is a month before
}

// todo is an entry of the checklist.
type todo struct {
	Text, Href string
	Done       bool
}

func getMonth(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	period, err := periodOf(r.PathValue("periode"))
	if err != nil {
		return err
	}
	h := s.page(r, "Maand")
	body := &monthPage{MayRun: who.role() == views.Region, Next: s.options.Today().Period().Add(-1).String()}
	h.Body = body
	if body.Periods, err = s.views.Periods(ctx, who.scope()); err != nil {
		return err
	}
	if len(body.Periods) == 0 && period == 0 {
		body.Empty = true
		return s.show(w, r, "maand", h)
	}
	if body.Month, err = s.views.Month(ctx, who.scope(), period, views.Only{}); err != nil {
		return err
	}
	month := body.Month
	h.Title = say(h.Language, "Maand %s", rules.Show("month", month.State.Period.String(), h.Language))
	body.Tiles = tilesOf(month, h.Language)
	if body.MayRun {
		if err := s.addTodo(r, who, h, body); err != nil {
			return err
		}
	}
	body.Sections = s.monthSections(who, month, h.Language)
	return s.show(w, r, "maand", h)
}

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
		{say(language, "Gedeclareerd"), month.Declared, month.Lines, declared, before != nil},
		{say(language, "In uitval"), of(month, billing.Held), month.Outcomes[billing.Held].Count, of(before, billing.Held), before != nil},
		{say(language, "Afgewezen"), of(month, billing.Rejected), month.Outcomes[billing.Rejected].Count, of(before, billing.Rejected), before != nil},
		{say(language, "Te betalen"), month.ToPay, len(month.Payments), toPay, before != nil},
	}
}

// addTodo makes the checklist of who runs and closes.
func (s *Server) addTodo(r *http.Request, who *visitor, h *head, body *monthPage) error {
	ctx := r.Context()
	now, err := s.views.Now(ctx, who.scope())
	if err != nil {
		return err
	}
	jobs, err := s.store.Jobs(ctx, "", []string{jobRun, jobClose}, 0, 1)
	if err != nil {
		return err
	}
	if len(jobs) > 0 && !jobs[0].IsOver() {
		body.Job = &jobs[0]
	}
	if now.Next != 0 {
		body.Next = now.Next.String()
	}
	if body.Month.State.Period != now.Period {
		return nil // an earlier month: nothing is to be done about it any more
	}
	month := body.Month
	add := func(done bool, href, text string, values ...any) {
		body.Todo = append(body.Todo, todo{say(h.Language, text, values...), href, done})
	}
	if now.Stale {
		add(false, "#berekenen", "Er is iets nieuws sinds de laatste berekening: bereken opnieuw (%d cliënten).", now.Changed)
	} else {
		add(true, "", "De berekening is bij: er kwam niets binnen na de laatste.")
	}
	if missing := len(month.Kept.Missing); missing > 0 {
		add(false, "/aanbieders", "%d aanbieders leverden vorige maand aan en nu nog niet.", missing)
	} else {
		add(true, "", "Elke aanbieder van vorige maand heeft aangeleverd.")
	}
	if held := month.Outcomes[billing.Held].Count; held > 0 {
		add(false, "#redenen", "%d zorgregels wachten op een besluit van een controller.", held)
	} else {
		add(true, "", "Er wacht niets op een besluit.")
	}
	switch {
	case now.Closed:
		add(true, "/maanden", "Deze periode is afgesloten.")
	case now.Stale:
		add(false, "/afsluiten", "Afsluiten kan na een nieuwe berekening.")
	case s.options.Today() <= now.Period.Last():
		add(false, "/afsluiten", "Afsluiten kan na %s.", formatDay(now.Period.Last()))
	default:
		add(false, "/afsluiten", "Afsluiten kan.")
	}
	return nil
}

func (s *Server) monthSections(who *visitor, month *views.Month, language string) []section {
	t := func(text string) string { return say(language, text) }
	var sections []section
	reasons := section{Title: t("Redenen"), Caption: t("Waarom regels niet akkoord zijn, de duurste eerst"), Heads: []heading{left(t("Reden")), left(t("Wat moet kloppen")), right(t("Zorgregels")), right(t("Bedrag"))},
		Empty: t("Alle regels zijn akkoord.")}
	for _, reason := range month.Reasons {
		title := ""
		if rule := s.views.Catalogue.Rule(reason.Code); rule != nil {
			title = rule.Title.In(language)
		}
		reasons.Rows = append(reasons.Rows, []cell{words(reason.Code.String()), words(title), number(reason.Count, language), euros(reason.Amount, language)})
	}
	if who.role() != views.Controller {
		sections = append(sections, s.partySection(month.Municipalities, "Gemeenten", "/gemeenten/", who.role() == views.Region, s.townName, language))
	}
	sections = append(sections, reasons, s.partySection(month.Providers, "Aanbieders", "/aanbieders/", who.role() == views.Region, s.providerName, language))
	if len(month.Received) > 0 && who.role() == views.Region {
		received := section{Title: t("Ontvangen per dag"), Caption: t("Zorgregels in bestanden, per dag van ontvangst"), Heads: []heading{left(t("Dag")), right(t("Zorgregels"))}}
		most := 1
		for _, day := range month.Received {
			most = max(most, day.Rows)
		}
		for _, day := range month.Received {
			rows := number(day.Rows, language)
			rows.Bar = percent(int64(day.Rows), int64(most))
			received.Rows = append(received.Rows, []cell{words(formatDay(day.Day)), rows})
		}
		sections = append(sections, received)
	}
	kinds := section{Title: t("Soorten declaratieregels"), Caption: t("Gewone zorg, late zorg, credits en correcties"), Heads: []heading{left(t("Soort")), right(t("Declaratieregels")), right(t("Bedrag"))}, Empty: t("Er is niets gedeclareerd.")}
	for _, kind := range []billing.LineKind{billing.Regular, billing.Late, billing.Correction, billing.Credit} {
		if sum, has := month.Kinds[kind]; has {
			kinds.Rows = append(kinds.Rows, []cell{words(t(kindWords[kind])), number(sum.Count, language), euros(sum.Amount, language)})
		}
	}
	return append(sections, kinds, s.productSection(month, language))
}

var kindWords = map[billing.LineKind]string{billing.Regular: "gewoon", billing.Late: "late zorg", billing.Correction: "correctie", billing.Credit: "credit"}

func (s *Server) productSection(month *views.Month, language string) section {
	t := func(text string) string { return say(language, text) }
	products := section{Title: t("Producten"), Caption: t("Wat per product is gedeclareerd"), Heads: []heading{left(t("Product")), left(t("Naam")), right(t("Aantal")), right(t("Bedrag"))}, Empty: t("Er is niets gedeclareerd.")}
	book, err := s.views.Book()
	for _, product := range month.Products {
		name := ""
		if err == nil {
			if known := book.Product(product.Product); known != nil {
				name = known.Name
			}
		}
		products.Rows = append(products.Rows, []cell{words(product.Product), words(name), {Text: formatQuantity(product.Quantity, product.Unit, language), Right: true}, euros(product.Amount, language)})
	}
	return products
}

// partySection shows providers or municipalities with bars.
func (s *Server) partySection(parties []views.Party, title, path string, links bool, name func(string) string, language string) section {
	t := func(text string) string { return say(language, text) }
	sec := section{Title: t(title), Caption: t("Gedeclareerd, in uitval en afgewezen"), Heads: []heading{left(t("Naam")), right(t("Gedeclareerd")), right(t("In uitval")), right(t("Afgewezen"))}, Empty: t("Er is nog niets.")}
	most := billing.Money(1)
	for _, party := range parties {
		most = max(most, party.Declared)
	}
	var labels []string
	var amounts []billing.Money
	for _, party := range parties {
		label := words(name(party.Code))
		if links && party.Code != "" {
			label.Href = path + party.Code
		}
		declared := euros(party.Declared, language)
		declared.Bar = percent(int64(party.Declared), int64(most))
		sec.Rows = append(sec.Rows, []cell{label, declared, euros(party.Held.Amount, language), euros(party.Rejected.Amount, language)})
		labels, amounts = append(labels, label.Text), append(amounts, party.Declared)
	}
	if len(amounts) > 1 {
		sec.Chart = barsOf(t(title), language, labels, amounts)
	}
	return sec
}
