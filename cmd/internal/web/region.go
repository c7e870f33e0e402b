package web

import (
	"encoding/csv"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/views"
)

// monthOr returns the month that an address asks for, or shows that nothing was computed.
func (s *Server) monthOr(w http.ResponseWriter, r *http.Request, who *visitor, h *head) (*views.Month, error) {
	period, err := periodOf(r.URL.Query().Get("periode"))
	if err != nil {
		return nil, err
	}
	month, err := s.views.Month(r.Context(), who.scope(), period, views.Only{})
	if errors.Is(err, errNotThere) && period == 0 {
		h.Body = &sheet{Intro: []string{say(h.Language, "Er is nog niets berekend.")}}
		return nil, s.show(w, r, "blad", h)
	}
	return month, err
}

func getChanges(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	h := s.page(r, "Wat wijzigingen kosten")
	month, err := s.monthOr(w, r, who, h)
	if month == nil {
		return err
	}
	t := func(text string) string { return say(h.Language, text) }
	body := &sheet{Intro: []string{t("Wat wijzigingen aan eerder gedeclareerde zorg in deze declaratie kosten of opleveren, per oorzaak.")}}
	h.Body = body
	type total struct {
		keys       int
		less, more billing.Money
	}
	causes, towns, providers := make(map[billing.Cause]*total), make(map[string]*total), make(map[string]*total)
	var order []billing.Cause
	for _, cause := range month.Causes {
		if causes[cause.Cause] == nil {
			causes[cause.Cause] = &total{}
			order = append(order, cause.Cause)
		}
		for _, sum := range []*total{causes[cause.Cause], at(towns, cause.Municipality), at(providers, cause.Provider)} {
			sum.keys += cause.Keys
			sum.less += cause.Less
			sum.more += cause.More
		}
	}
	heads := func(first string) []heading {
		return []heading{left(t(first)), right(t("Wijzigingen")), right(t("Minder")), right(t("Meer")), right(t("Saldo"))}
	}
	row := func(name string, sum *total) []cell {
		return []cell{words(name), number(sum.keys, h.Language), euros(sum.less, h.Language), euros(sum.more, h.Language), euros(sum.less+sum.more, h.Language)}
	}
	byCause := section{Title: t("Per oorzaak"), Caption: t("Per oorzaak"), Heads: heads("Oorzaak"), Empty: t("Er is niets gewijzigd aan zorg die eerder was gedeclareerd.")}
	for _, cause := range order {
		byCause.Rows = append(byCause.Rows, row(causeText(cause, h.Language), causes[cause]))
	}
	body.Sections = []section{byCause}
	for _, group := range []struct {
		title string
		sums  map[string]*total
		name  func(string) string
	}{{"Gemeente", towns, s.townName}, {"Aanbieder", providers, s.providerName}} {
		sec := section{Title: t("Per " + strings.ToLower(group.title)), Caption: t("Per " + strings.ToLower(group.title)), Heads: heads(group.title)}
		var codes []string
		for code := range group.sums {
			codes = append(codes, code)
		}
		slices.Sort(codes)
		for _, code := range codes {
			sec.Rows = append(sec.Rows, row(group.name(code), group.sums[code]))
		}
		if len(sec.Rows) > 0 {
			body.Sections = append(body.Sections, sec)
		}
	}
	return s.show(w, r, "blad", h)
}

func at[K comparable, V any](values map[K]*V, key K) *V {
	if values[key] == nil {
		values[key] = new(V)
	}
	return values[key]
}

func causeText(cause billing.Cause, language string) string { return cause.Text().In(language) }

func getPayments(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	h := s.page(r, "Betalingen")
	month, err := s.monthOr(w, r, who, h)
	if month == nil {
		return err
	}
	t := func(text string) string { return say(h.Language, text) }
	body := &sheet{Facts: []fact{{t("Te betalen"), formatEuro(month.ToPay, h.Language)}, {t("Periode"), month.State.Period.String()}}}
	h.Body = body
	if who.role() == views.Region {
		body.Links = []link{{"/betalingen/csv?periode=" + month.State.Period.String(), t("Download als CSV")}}
	}
	if !month.State.Closed {
		body.Intro = []string{t("Voorlopig: bedragen en betaaldag staan vast na het afsluiten.")}
	}
	payments := section{Title: t("Betalingen"), Caption: t("Aan wie, voor wie en wanneer"), Empty: t("Er is niets te betalen."), Heads: []heading{left(t("Aanbieder")), left(t("Gemeente")), right(t("Gedeclareerd")), right(t("Credit")), right(t("Netto")), right(t("Meegenomen")), right(t("Te betalen")), left(t("Uiterlijk"))}}
	for _, line := range s.paymentLines(month) {
		payments.Rows = append(payments.Rows, []cell{words(line.Provider), words(line.Town), euros(line.Debit, h.Language), euros(line.Credit, h.Language), euros(line.Net, h.Language), euros(line.Carried, h.Language), euros(line.ToPay, h.Language), words(formatDay(line.Due))})
	}
	body.Sections = []section{payments}
	return s.show(w, r, "blad", h)
}

func getPaymentsFile(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	period, err := periodOf(r.URL.Query().Get("periode"))
	if err != nil {
		return err
	}
	month, err := s.views.Month(r.Context(), who.scope(), period, views.Only{})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", attachment("betalingen-"+month.State.Period.String()+".csv"))
	s.note(r, who, "downloaden", month.State.Period.String()+"/betalingen.csv", "gelukt")
	out := csv.NewWriter(w)
	if err := out.Write([]string{"period", "provider", "municipality", "debit", "credit", "net", "carried_over", "to_pay", "due_date"}); err != nil {
		return nil //nolint:nilerr // who asked went away
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

func getReconciliation(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	h := s.page(r, "Aansluiting")
	month, err := s.monthOr(w, r, who, h)
	if month == nil {
		return err
	}
	body := &sheet{}
	body.Sections = reconciliation(month, h.Language)
	h.Body = body
	return s.show(w, r, "blad", h)
}

// reconciliation shows that what was read is what became of it, and that the declaration adds up in every way.
func reconciliation(month *views.Month, language string) []section {
	t := func(text string) string { return say(language, text) }
	kept := month.Kept
	earlier := 0
	for _, row := range kept.Rows {
		if row.Earlier {
			earlier += row.Count
		}
	}
	became := 0
	rows := section{Title: t("Regels"), Caption: t("Wat gelezen is tegenover wat ervan geworden is"), Heads: []heading{left(t("Wat")), right(t("Zorgregels")), right(t("Bedrag"))}}
	rows.Rows = append(rows.Rows, []cell{words(t("Gelezen sinds de vorige afsluiting")), number(kept.Read, language), {}}, []cell{words(t("Van eerder: gewijzigd of nog in uitval")), number(earlier, language), {}})
	for _, outcome := range []billing.Outcome{billing.Accepted, billing.Held, billing.Rejected, billing.Pending, billing.Replaced, billing.Withdrawn} {
		sum := month.Outcomes[outcome]
		became += sum.Count
		amount := euros(sum.Amount, language)
		if outcome > billing.Pending {
			amount = cell{}
		}
		rows.Rows = append(rows.Rows, []cell{linked("– "+t(outcomeWords[outcome]), "/maand/"+month.State.Period.String()+"#redenen"), number(sum.Count, language), amount})
	}
	rows.Rows = append(rows.Rows, []cell{words("– " + t("al ontvangen")), number(month.Again, language), {}})
	difference := kept.Read + earlier - became - month.Again
	rows.Total = []cell{words(t("Verschil (moet 0 zijn)")), number(difference, language), {}}
	gap := section{Title: t("Van akkoord naar gedeclareerd"), Caption: t("Waarom de declaratie niet de som van de akkoord bevonden regels is"), Heads: []heading{left(t("Stap")), right(t("Bedrag"))}}
	for _, step := range []struct {
		text   string
		amount billing.Money
	}{
		{"Akkoord, elke regel voor zich", kept.Gap.Accepted}, {"Eerder gedeclareerd", kept.Gap.DeclaredBefore}, {"Vervallen of anders geprijsd", kept.Gap.Changed}, {"Afronding per declaratieregel", kept.Gap.Rounding},
	} {
		gap.Rows = append(gap.Rows, []cell{words(t(step.text)), euros(step.amount, language)})
	}
	gap.Total = []cell{words(t("Gedeclareerd")), euros(kept.Gap.Declared, language)}
	towns, providers, net := billing.Money(0), billing.Money(0), billing.Money(0)
	for _, party := range month.Municipalities {
		towns += party.Declared
	}
	for _, party := range month.Providers {
		providers += party.Declared
	}
	for _, payment := range month.Payments {
		net += payment.Net
	}
	period := month.State.Period.String()
	sides := section{Title: t("Declaratie"), Caption: t("De declaratie op meer manieren opgeteld"), Heads: []heading{left(t("Opgeteld als")), right(t("Bedrag"))}, Rows: [][]cell{
		{linked(t("Declaratieregels van de periode"), "/maand/"+period), euros(month.Declared, language)}, {linked(t("Som van de gemeenten"), "/gemeenten"), euros(towns, language)},
		{linked(t("Som van de aanbieders"), "/aanbieders"), euros(providers, language)}, {linked(t("Netto volgens de betalingen"), "/betalingen?periode="+period), euros(net, language)},
	}}
	return []section{rows, gap, sides}
}

func getMonths(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	periods, err := s.views.Periods(r.Context(), who.scope())
	if err != nil {
		return err
	}
	h := s.page(r, "Maanden")
	t := func(text string) string { return say(h.Language, text) }
	months := section{Title: t("Alle perioden"), Caption: t("Alle perioden"), Empty: t("Er is nog niets berekend."), Heads: []heading{left(t("Periode")), left(t("Stand")), right(t("Bedrag")), right(t("Declaratieregels")), left(t("Afgesloten op")), left(t("Ketenkop")), left(t("Downloads"))}}
	for _, period := range periods {
		state, mark := t("voorlopig"), "warn"
		if period.Closed {
			state, mark = t("afgesloten"), "ok"
		}
		months.Rows = append(months.Rows, []cell{
			linked(rules.Show("month", period.Period.String(), h.Language), "/maand/"+period.Period.String()), {Text: state, Mark: mark}, euros(period.Amount, h.Language), number(period.Lines, h.Language),
			words(formatDay(period.ClosedOn)), words(short(period.Head)), linked(t("werkboeken"), "/downloads?periode="+period.Period.String()),
		})
	}
	h.Body = &sheet{Sections: []section{months}}
	return s.show(w, r, "blad", h)
}

func short(hash string) string {
	if len(hash) > 12 {
		return hash[:12] + "…"
	}
	return hash
}
