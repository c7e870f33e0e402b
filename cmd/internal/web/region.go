package web

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/views"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
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

// mayFetch reports whether a workbook may be fetched by who asks.
func mayFetch(who *visitor, name string) bool {
	switch who.role() {
	case views.Region:
		return name == "regio.xlsx" || strings.HasPrefix(name, "verantwoording-regio")
	case views.Controller:
		return name == "uitval.xlsx"
	case views.Municipality:
		return slices.ContainsFunc(who.account.Codes(), func(code string) bool {
			return strings.HasPrefix(name, "gemeente-"+code+"-") || strings.HasPrefix(name, "verantwoording-gemeente-"+code+"-")
		})
	case views.Provider:
		return slices.ContainsFunc(who.account.Codes(), func(code string) bool { return strings.HasPrefix(name, "retour-"+code+"-") })
	}
	return false
}

func getDownloads(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	periods, err := s.views.Periods(ctx, who.scope())
	if err != nil {
		return err
	}
	asked := r.URL.Query().Get("periode")
	h := s.page(r, "Downloads")
	t := func(text string) string { return say(h.Language, text) }
	files := section{Title: t("Werkboeken"), Caption: t("Werkboeken van uw rol"), Empty: t("Er zijn nog geen werkboeken. Zij komen er bij de volgende berekening."), Heads: []heading{left(t("Periode")), left(t("Werkboek")), right(t("Grootte")), left(t("SHA-256")), left(t("Laatst opgehaald"))}}
	folders := make([]string, 0, len(periods)+1)
	years := make(map[int]bool)
	for _, period := range periods {
		folders = append(folders, period.Period.String())
		if !years[period.Period.Year()] {
			years[period.Period.Year()] = true
			folders = append(folders, strconv.Itoa(period.Period.Year()))
		}
	}
	for _, period := range folders {
		if asked != "" && period != asked {
			continue
		}
		for _, name := range s.workbooks(period) {
			if !mayFetch(who, name) {
				continue
			}
			info, hash, err := s.fileFacts(filepath.Join(s.folder.Reports(period), name))
			if err != nil {
				continue
			}
			entries, _, err := s.store.EntriesOf(ctx, "downloaden", period+"/"+name)
			if err != nil {
				return err
			}
			fetched := "–"
			if len(entries) > 0 {
				fetched = entries[0].Account + " " + entries[0].Moment
			}
			files.Rows = append(files.Rows, []cell{words(period), linked(name, "/downloads/"+period+"/"+name), {Text: formatSize(info), Right: true}, words(short(hash)), words(fetched)})
		}
	}
	h.Body = &sheet{Sections: []section{files}}
	return s.show(w, r, "blad", h)
}

// fileFacts returns the size of a file and the hash of what is in it.
func (s *Server) fileFacts(path string) (size int64, hash string, err error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return 0, "", err
	}
	sum := newHash()
	sum.Write(content) //nolint:errcheck // it never fails
	return int64(len(content)), sum.text(), nil
}

func getDownload(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	period, name := r.PathValue("periode"), r.PathValue("naam")
	if !isFolderOfReports(period) || !mayFetch(who, name) || !slices.Contains(s.workbooks(period), name) {
		return errNotThere
	}
	s.note(r, who, "downloaden", period+"/"+name, "gelukt")
	return s.sendFile(w, r, filepath.Join(s.folder.Reports(period), name), name)
}

// isFolderOfReports reports whether a name is that of a period or a year.
func isFolderOfReports(name string) bool {
	if _, err := billing.ParsePeriod(name); err == nil {
		return true
	}
	year, err := strconv.Atoi(name)
	return err == nil && len(name) == 4 && year > 2000
}

func postRun(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	period, err := billing.ParsePeriod(strings.TrimSpace(r.PostFormValue("periode")))
	if err != nil {
		return problem("De periode is een maand als 2026-10.", "The period is a month like 2026-10.")
	}
	job, waits, err := s.store.WaitingJob(ctx, jobRun, period.String())
	if err != nil {
		return err
	}
	if !waits {
		if job, err = s.ask(ctx, who, jobRun, period.String()); err != nil {
			return err
		}
	}
	s.note(r, who, "berekenen", period.String(), "gevraagd")
	return redirect(w, r, "/taken/"+job.ID)
}

// closePage is what the page to close a period shows.
type closePage struct {
	Period   string
	Run      int64
	Inputs   string
	Why      string // it cannot be closed; "" when it can
	Facts    []fact
	Sections []section
	ByTwo    bool
	Agreed   []webstore.Approval
	Own      bool
	Two      bool // the other account agreed
}

func getClose(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	h, err := s.closePage(r, who)
	if err != nil {
		return err
	}
	return s.show(w, r, "afsluiten", h)
}

func (s *Server) closePage(r *http.Request, who *visitor) (*head, error) {
	ctx := r.Context()
	h := s.page(r, "Afsluiten")
	body := &closePage{ByTwo: s.web.CloseByTwo}
	h.Body = body
	month, err := s.views.Month(ctx, who.scope(), 0, views.Only{})
	if errors.Is(err, errNotThere) {
		body.Why = say(h.Language, "Er is nog niets berekend.")
		return h, nil
	}
	if err != nil {
		return nil, err
	}
	language := h.Language
	t := func(text string) string { return say(language, text) }
	period := month.State.Period
	body.Period, body.Run, body.Inputs = period.String(), month.Kept.Run, month.Kept.Inputs
	h.Title = say(language, "Afsluiten %s", rules.Show("month", period.String(), language))
	if body.Agreed, err = s.store.Approvals(ctx, int64(period), body.Run, body.Inputs); err != nil {
		return nil, err
	}
	for _, approval := range body.Agreed {
		if approval.Account == who.account.ID {
			body.Own = true
		} else {
			body.Two = true
		}
	}
	if month.State.Closed {
		body.Why = say(language, "Periode %s is afgesloten op %s. Na afsluiten verandert niets meer aan deze periode.", period, formatDay(month.State.ClosedOn))
	} else if err := s.prepareClose(r, period); err != nil {
		words, ok := errors.AsType[inWords](err)
		if !ok {
			return nil, err
		}
		body.Why = billing.Mask(words.In(language))
	}
	difference := "–"
	if month.Before != nil {
		difference = formatEuro(month.Declared-month.Before.Declared, language)
	}
	held := month.Outcomes[billing.Held]
	body.Facts = []fact{
		{t("Gedeclareerd"), formatEuro(month.Declared, language)}, {t("Declaratieregels"), rules.Count(month.Lines, language)}, {t("Te betalen"), formatEuro(month.ToPay, language)},
		{t("Verschil met vorige maand"), difference}, {t("Blijft in uitval"), rules.Count(held.Count, language) + " (" + formatEuro(held.Amount, language) + ")"},
		{t("Wacht op zijn maand"), rules.Count(month.Outcomes[billing.Pending].Count, language)}, {t("Berekend op"), formatDay(month.State.AsOf)},
	}
	body.Sections = reconciliation(month, language)
	return h, nil
}

// prepareClose returns why a period cannot be closed; nil when it can.
func (s *Server) prepareClose(r *http.Request, period billing.Period) error {
	opened, err := s.folder.Open(r.Context(), workspace.Options{Database: s.options.Database})
	if err != nil {
		return err
	}
	_, err = opened.PrepareClose(r.Context(), workspace.CloseOptions{Period: period, AsOf: s.options.Today()})
	return errors.Join(err, opened.Close())
}

func postClose(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	h, err := s.closePage(r, who)
	if err != nil {
		return err
	}
	body := h.Body.(*closePage)
	switch {
	case body.Why != "":
		h.Problems = []fieldProblem{{"periode", body.Why}}
	case r.PostFormValue("run") != strconv.FormatInt(body.Run, 10) || r.PostFormValue("invoer") != body.Inputs:
		h.Problems = []fieldProblem{{"periode", say(h.Language, "Er is opnieuw berekend sinds deze pagina is geopend. Bekijk de nieuwe uitkomst hieronder.")}}
	default:
		if r.PostFormValue("aansluiting") == "" {
			h.Problems = append(h.Problems, fieldProblem{"aansluiting", say(h.Language, "Het vinkje ontbreekt. Controleer de aansluiting en zet het vinkje.")})
		}
		if strings.TrimSpace(r.PostFormValue("periode")) != body.Period {
			h.Problems = append(h.Problems, fieldProblem{"periode", say(h.Language, "Typ de periode zoals zij hier staat: %s.", body.Period)})
		}
	}
	if len(h.Problems) > 0 {
		return s.showStatus(w, r, http.StatusUnprocessableEntity, "afsluiten", h)
	}
	period, err := billing.ParsePeriod(body.Period)
	if err != nil {
		return err
	}
	if s.web.CloseByTwo && !body.Two {
		approval := webstore.Approval{Period: int64(period), Run: body.Run, Inputs: body.Inputs, Account: who.account.ID, Name: who.account.Shown}
		if err := s.store.Approve(ctx, approval); err != nil {
			return err
		}
		s.note(r, who, "afsluiten", body.Period, "eerste akkoord")
		s.tell(r, "Uw akkoord is bewaard. Een ander account van de regio doet hetzelfde; dan wordt afgesloten.")
		return redirect(w, r, "/afsluiten")
	}
	s.note(r, who, "afsluiten", body.Period, "gevraagd")
	job, err := s.ask(ctx, who, jobClose, body.Period+"/"+strconv.FormatInt(body.Run, 10))
	if err != nil {
		return err
	}
	return redirect(w, r, "/taken/"+job.ID)
}

// yearPage is what the page of a year shows.
type yearPage struct {
	Year    int
	Years   []int
	Files   []link
	Job     *webstore.Job
	Reasons []string
}

func getYear(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	periods, err := s.views.Periods(ctx, who.scope())
	if err != nil {
		return err
	}
	h := s.page(r, "Jaar")
	body := &yearPage{Year: s.options.Today().Period().Year()}
	h.Body = body
	for _, period := range periods {
		if !slices.Contains(body.Years, period.Period.Year()) {
			body.Years = append(body.Years, period.Period.Year())
		}
	}
	if text := r.PathValue("jaar"); text != "" {
		if body.Year, err = strconv.Atoi(text); err != nil || !slices.Contains(body.Years, body.Year) {
			return errNotThere
		}
	} else if len(body.Years) > 0 {
		body.Year = body.Years[0]
	}
	h.Title = say(h.Language, "Jaar %d", body.Year)
	for _, name := range s.workbooks(strconv.Itoa(body.Year)) {
		if mayFetch(who, name) {
			body.Files = append(body.Files, link{"/downloads/" + strconv.Itoa(body.Year) + "/" + name, name})
		}
	}
	jobs, err := s.store.Jobs(ctx, "", []string{jobYear}, 0, 20)
	if err != nil {
		return err
	}
	for i := range jobs {
		if jobs[i].Subject == strconv.Itoa(body.Year) {
			body.Job = &jobs[i]
			_ = json.Unmarshal([]byte(jobs[i].Result), &body.Reasons)
			break
		}
	}
	return s.show(w, r, "jaar", h)
}

func postYear(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	year, err := strconv.Atoi(r.PathValue("jaar"))
	if err != nil || year < 2000 || year > 2200 {
		return errNotThere
	}
	s.note(r, who, "jaar", strconv.Itoa(year), "gevraagd")
	job, err := s.ask(r.Context(), who, jobYear, strconv.Itoa(year))
	if err != nil {
		return err
	}
	return redirect(w, r, "/taken/"+job.ID)
}
