package region

import (
	"encoding/csv"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// monthOr returns the month of the period in the address. It returns nil after it showed a page which says that nothing was
// computed yet.
func (s *Pages) monthOr(w http.ResponseWriter, r *http.Request, who *site.Visitor, h *site.Head) (*views.Month, error) {
	period, err := site.PeriodOf(r.URL.Query().Get("periode"))
	if err != nil {
		return nil, err
	}
	month, err := s.Views.Month(r.Context(), who.Scope(), period, views.Only{})
	if errors.Is(err, site.ErrNotThere) && period == 0 {
		h.Body = &site.Sheet{Intro: []string{words.Say(h.Language, "Er is nog niets berekend.")}}
		return nil, s.Show(w, r, "blad", h)
	}
	return month, err
}

// total adds up changes to declared care.
type total struct {
	keys       int
	less, more billing.Money
}

func (t *total) add(keys int, less, more billing.Money) {
	t.keys += keys
	t.less += less
	t.more += more
}

func (s *Pages) getChanges(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	h := s.Page(r, "Wat wijzigingen kosten")
	month, err := s.monthOr(w, r, who, h)
	if month == nil {
		return err
	}
	t := func(text string) string { return words.Say(h.Language, text) }
	body := &site.Sheet{Intro: []string{t("Wat wijzigingen aan eerder gedeclareerde zorg in deze declaratie kosten of opleveren, per oorzaak.")}}
	causes, municipalities, providers := make(map[billing.Cause]*total), make(map[string]*total), make(map[string]*total)
	names := s.Names(h.Language)
	var order []billing.Cause
	for _, cause := range month.Causes {
		if causes[cause.Cause] == nil {
			causes[cause.Cause] = &total{}
			order = append(order, cause.Cause)
		}
		for _, sum := range []*total{causes[cause.Cause], at(municipalities, cause.Municipality), at(providers, cause.Provider)} {
			sum.add(cause.Keys, cause.Less, cause.More)
		}
	}
	heads := func(first string) []site.Heading {
		return []site.Heading{site.Left(t(first)), site.Right(t("Wijzigingen")), site.Right(t("Minder")), site.Right(t("Meer")), site.Right(t("Saldo"))}
	}
	row := func(name string, sum *total) []site.Cell {
		return []site.Cell{site.Words(name), site.Number(sum.keys, h.Language), site.Euros(sum.less, h.Language), site.Euros(sum.more, h.Language), site.Euros(sum.less+sum.more, h.Language)}
	}
	byCause := site.Section{Title: t("Per oorzaak"), Caption: t("Per oorzaak"), Heads: heads("Oorzaak"), Empty: t("Er is niets gewijzigd aan zorg die eerder was gedeclareerd.")}
	for _, cause := range order {
		byCause.Rows = append(byCause.Rows, row(words.CauseText(cause, h.Language), causes[cause]))
	}
	body.Sections = []site.Section{byCause}
	for _, sec := range []site.Section{
		partyChanges("Gemeente", municipalities, names.Municipality, heads, row, h.Language), partyChanges("Aanbieder", providers, names.Provider, heads, row, h.Language),
	} {
		if len(sec.Rows) > 0 {
			body.Sections = append(body.Sections, sec)
		}
	}
	byMonth, err := s.changesByMonth(r, who, heads, row, h.Language)
	if err != nil {
		return err
	}
	if len(byMonth.Rows) > 0 {
		body.Sections = append(body.Sections, byMonth)
	}
	return s.ShowSheet(w, r, h, body)
}

// partyChanges returns a table of what changes cost each provider or municipality.
func partyChanges(title string, sums map[string]*total, name func(string) string, heads func(string) []site.Heading, row func(string, *total) []site.Cell, language string) site.Section {
	per := words.Say(language, "Per "+strings.ToLower(title))
	sec := site.Section{Key: strings.ToLower(title), Title: per, Caption: per, Heads: heads(title)}
	for _, code := range slices.Sorted(maps.Keys(sums)) {
		sec.Rows = append(sec.Rows, row(name(code), sums[code]))
	}
	return sec
}

// changesByMonth returns a table of what changes cost in each of the last twelve declarations.
func (s *Pages) changesByMonth(r *http.Request, who *site.Visitor, heads func(string) []site.Heading, row func(string, *total) []site.Cell, language string) (site.Section, error) {
	t := func(text string) string { return words.Say(language, text) }
	sec := site.Section{Title: t("Per maand"), Caption: t("Wat wijzigingen in elke declaratie kostten"), Heads: heads("Maand")}
	months, err := s.Views.LastTwelve(r.Context(), who.Scope(), views.Only{})
	for _, month := range months {
		sum := &total{}
		for _, cause := range month.Causes {
			sum.add(cause.Keys, cause.Less, cause.More)
		}
		if sum.keys > 0 {
			sec.Rows = append(sec.Rows, row(words.Month(month.State.Period, language), sum))
		}
	}
	return sec, err
}

func at[K comparable, V any](values map[K]*V, key K) *V {
	if values[key] == nil {
		values[key] = new(V)
	}
	return values[key]
}

func (s *Pages) getPayments(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	h := s.Page(r, "Betalingen")
	month, err := s.monthOr(w, r, who, h)
	if month == nil {
		return err
	}
	t := func(text string) string { return words.Say(h.Language, text) }
	body := &site.Sheet{Facts: []site.Fact{site.FactOf(t("Te betalen"), words.Euro(month.ToPay, h.Language)), site.FactOf(t("Periode"), words.Month(month.State.Period, h.Language))}}
	if who.Role() == views.Region {
		body.Links = []site.Link{{Href: "/betalingen/csv?periode=" + month.State.Period.String(), Text: t("Download als CSV")}}
	}
	if !month.State.Closed {
		body.Intro = []string{t("Voorlopig: bedragen en betaaldag staan vast na het afsluiten.")}
	}
	payments := site.Section{Key: "betalingen", Title: t("Betalingen"), Caption: t("Aan wie, voor wie en wanneer"), Empty: t("Er is niets te betalen."), Heads: []site.Heading{site.Left(t("Aanbieder")), site.Left(t("Gemeente")), site.Right(t("Gedeclareerd")), site.Right(t("Credit")), site.Right(t("Netto")), site.Right(t("Meegenomen")), site.Right(t("Te betalen")), site.Left(t("Uiterlijk"))}}
	own := who.Role() == views.Provider // the column of providers would hold only the visitor's own name
	if own {
		body.Facts[0].Name, payments.Caption, payments.Heads = t("U ontvangt"), t("Voor welke gemeente, hoeveel en wanneer"), payments.Heads[1:]
	}
	for _, line := range s.PaymentLines(month, h.Language) {
		payments.Rows = append(payments.Rows, []site.Cell{site.Words(line.Provider), site.Words(line.Municipality), site.Euros(line.Debit, h.Language), site.Euros(line.Credit, h.Language), site.Euros(line.Net, h.Language), site.Euros(line.Carried, h.Language), site.Euros(line.ToPay, h.Language), site.Words(words.Day(line.Due))})
		if own {
			payments.Rows[len(payments.Rows)-1] = payments.Rows[len(payments.Rows)-1][1:]
		}
	}
	body.Sections = []site.Section{payments}
	return s.ShowSheet(w, r, h, body)
}

func (s *Pages) getPaymentsFile(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	period, err := site.PeriodOf(r.URL.Query().Get("periode"))
	if err != nil {
		return err
	}
	month, err := s.Views.Month(r.Context(), who.Scope(), period, views.Only{})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", site.Attachment("betalingen-"+month.State.Period.String()+".csv"))
	s.Note(r, who, "downloaden", month.State.Period.String()+"/betalingen.csv", "gelukt")
	out := csv.NewWriter(w)
	if err := out.Write([]string{"period", "provider", "municipality", "debit", "credit", "net", "carried_over", "to_pay", "due_date"}); err != nil {
		return nil //nolint:nilerr // the client went away
	}
	for _, p := range month.Payments {
		due := ""
		if !p.Due.IsZero() {
			due = p.Due.String()
		}
		_ = out.Write([]string{month.State.Period.String(), p.Provider, p.Municipality, p.Debit.String(), p.Credit.String(), p.Net.String(), p.CarriedOver.String(), p.ToPay.String(), due})
	}
	out.Flush()
	return nil
}

func (s *Pages) getReconciliation(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	h := s.Page(r, "Aansluiting")
	month, err := s.monthOr(w, r, who, h)
	if month == nil {
		return err
	}
	body := &site.Sheet{}
	body.Sections = reconciliation(month, h.Language)
	return s.ShowSheet(w, r, h, body)
}

// reconciliation returns tables which show that the rows read equal the sum of the outcomes, how accepted amounts lead to the
// declared one, and that the declaration adds up the same by line, municipality, provider and payment.
func reconciliation(month *views.Month, language string) []site.Section {
	t := func(text string) string { return words.Say(language, text) }
	kept := month.Summary
	earlier := 0
	for _, row := range kept.Rows {
		if row.Earlier {
			earlier += row.Count
		}
	}
	became := 0
	rows := site.Section{Title: t("Regels"), Caption: t("Wat gelezen is tegenover wat ervan geworden is"), Heads: []site.Heading{site.Left(t("Wat")), site.Right(t("Zorgregels")), site.Right(t("Bedrag"))}}
	rows.Rows = append(rows.Rows, []site.Cell{site.Words(t("Gelezen sinds de vorige afsluiting")), site.Number(kept.Read, language), {}}, []site.Cell{site.Words(t("Van eerder: gewijzigd of nog in uitval")), site.Number(earlier, language), {}})
	for _, outcome := range []billing.Outcome{billing.Accepted, billing.Held, billing.Rejected, billing.Pending, billing.Replaced, billing.Withdrawn} {
		sum := month.Outcomes[outcome]
		became += sum.Count
		amount := site.Euros(sum.Amount, language)
		if outcome > billing.Pending {
			amount = site.Cell{}
		}
		rows.Rows = append(rows.Rows, []site.Cell{site.Linked("– "+t(words.Outcomes[outcome]), "/maand/"+month.State.Period.String()+"#redenen"), site.Number(sum.Count, language), amount})
	}
	rows.Rows = append(rows.Rows, []site.Cell{site.Words("– " + t("al ontvangen")), site.Number(month.Again, language), {}})
	difference := kept.Read + earlier - became - month.Again
	rows.Total = []site.Cell{site.Words(t("Verschil (moet 0 zijn)")), site.Number(difference, language), {}}
	gap := site.Section{Title: t("Van akkoord naar gedeclareerd"), Caption: t("Waarom de declaratie niet de som van de akkoord bevonden regels is"), Heads: []site.Heading{site.Left(t("Stap")), site.Right(t("Bedrag"))}}
	for _, step := range []struct {
		text   string
		amount billing.Money
	}{
		{"Akkoord, elke regel voor zich", kept.Gap.Accepted}, {"Eerder gedeclareerd", kept.Gap.DeclaredBefore}, {"Vervallen, vervangen of anders geprijsd", kept.Gap.Changed}, {"Afronding per declaratieregel", kept.Gap.Rounding},
	} {
		gap.Rows = append(gap.Rows, []site.Cell{site.Words(t(step.text)), site.Euros(step.amount, language)})
	}
	gap.Total = []site.Cell{site.Words(t("Gedeclareerd")), site.Euros(kept.Gap.Declared, language)}
	municipalities, providers, net := billing.Money(0), billing.Money(0), billing.Money(0)
	for _, party := range month.Municipalities {
		municipalities += party.Declared
	}
	for _, party := range month.Providers {
		providers += party.Declared
	}
	for _, payment := range month.Payments {
		net += payment.Net
	}
	period := month.State.Period.String()
	sides := site.Section{Title: t("Declaratie"), Caption: t("De declaratie op meer manieren opgeteld"), Heads: []site.Heading{site.Left(t("Opgeteld als")), site.Right(t("Bedrag"))}, Rows: [][]site.Cell{
		{site.Linked(t("Declaratieregels van de periode"), "/maand/"+period), site.Euros(month.Declared, language)}, {site.Linked(t("Som van de gemeenten"), "/gemeenten"), site.Euros(municipalities, language)},
		{site.Linked(t("Som van de aanbieders"), "/aanbieders"), site.Euros(providers, language)}, {site.Linked(t("Netto volgens de betalingen"), "/betalingen?periode="+period), site.Euros(net, language)},
	}}
	return []site.Section{rows, gap, sides}
}

func (s *Pages) getMonths(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	periods, err := s.Views.Periods(r.Context(), who.Scope())
	if err != nil {
		return err
	}
	h := s.Page(r, "Maanden")
	t := func(text string) string { return words.Say(h.Language, text) }
	months := site.Section{Key: "perioden", Title: t("Alle perioden"), Caption: t("Alle perioden"), Empty: t("Er is nog niets berekend."), Heads: []site.Heading{site.Left(t("Periode")), site.Left(t("Stand")), site.Right(t("Bedrag")), site.Right(t("Declaratieregels")), site.Left(t("Afgesloten op")), site.Left(t("Ketenkop")), site.Left(t("Downloads"))}}
	for _, period := range periods {
		state, mark := t("voorlopig"), "warn"
		if period.Closed {
			state, mark = t("afgesloten"), "ok"
		}
		months.Rows = append(months.Rows, []site.Cell{
			site.Linked(words.Month(period.Period, h.Language), "/maand/"+period.Period.String()), {Text: state, Mark: mark}, site.Euros(period.Amount, h.Language), site.Number(period.Lines, h.Language),
			site.Words(words.Day(period.ClosedOn)), site.Words(words.Short(period.Head)), site.Linked(t("werkboeken"), "/downloads?periode="+period.Period.String()),
		})
	}
	return s.ShowSheet(w, r, h, &site.Sheet{Sections: []site.Section{months}})
}
