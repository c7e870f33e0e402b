package web

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/views"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/own"
	"github.com/pxq-nl/pxq/exporters/shown"
)

// returnedPage is what the list of own rows that are held or rejected shows.
type returnedPage struct {
	Reasons []returnedReason
	Rows    []returnedRow
	Pager   pager
	Code    string
}

type returnedReason struct {
	views.ReturnedReason
	CodeText, Title, Remedy string
	Bad, Here               bool
}

// returnedRow is a row as its provider reads it.
type returnedRow struct {
	Nr              int64
	Reference, File string
	Place, Product  string
	Date            billing.Date
	Quantity        billing.Quantity
	Unit            billing.Unit
	Amount          billing.Money
	Outcome         billing.Outcome
	Received        billing.Date
	Version         int
	Found           []shownFinding
	Decided         string
}

func (s *Server) returnedRow(row views.ReturnedRow, language string) returnedRow {
	record := row.Told.Row.Record
	to := returnedRow{
		Nr: row.Nr, Reference: row.Reference, Product: shown.Product(row.Told.Row), Date: record.First, Quantity: record.Quantity, Unit: record.Unit, Amount: row.Told.Row.Amount,
		Outcome: row.Told.Row.Outcome, Received: record.Received, Version: record.Version, Place: own.Cell(record.Sheet, "", record.Row),
	}
	if row.Told.Row.SentBy == row.Told.Row.ReturnTo {
		to.File = billing.Mask(record.File)
	}
	for _, finding := range row.Told.Findings {
		effect := row.Told.Effect(finding.Code)
		told := s.shownFinding(own.Finding{Cell: own.Cell(record.Sheet, shown.Column(row.Told.Row, finding.Field), record.Row), Code: finding.Code, Severity: effect, Values: finding.Values}, language)
		to.Found = append(to.Found, told)
		if reason, ok := row.Told.Reason(finding.Code); ok {
			to.Decided = say(language, "Na beoordeling afgewezen: %s", billing.Mask(reason))
		}
	}
	if len(to.Found) == 0 {
		switch to.Outcome {
		case billing.Held:
			to.Decided = say(language, "De regio beoordeelt deze regel; u hoeft niets te doen, tenzij de regel niet klopt.")
		case billing.Rejected:
			to.Decided = say(language, "Na beoordeling afgewezen; vraag de regio naar de reden.")
		}
	}
	return to
}

func getReturned(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	query := r.URL.Query()
	filter := views.ReturnedFilter{Code: billing.ParseCode(query.Get("code"))}
	page := pageNumber(r)
	code := who.code(query.Get("agb"))
	returned, err := s.views.Returned(r.Context(), who.scope(), code, filter, (page-1)*pageRows, pageRows)
	if err != nil {
		return err
	}
	h := s.page(r, "Regels")
	body := &returnedPage{Pager: pagerOf(r, returned.Count), Code: query.Get("code")}
	for _, reason := range returned.Reasons {
		to := returnedReason{ReturnedReason: reason, CodeText: reason.Code.String(), Bad: reason.Outcome == billing.Rejected, Here: reason.Code == filter.Code}
		if rule := s.views.Catalogue.Rule(reason.Code); rule != nil {
			to.Title = rule.ForProvider().Title.In(h.Language)
		}
		body.Reasons = append(body.Reasons, to)
	}
	for _, row := range returned.Rows {
		body.Rows = append(body.Rows, s.returnedRow(row, h.Language))
	}
	h.Body = body
	return s.show(w, r, "regels", h)
}

// ownRowPage is what the page of one own row shows.
type ownRowPage struct {
	Row      returnedRow
	Versions []returnedRow
	Price    *billing.PriceRow
	Line     *billing.DeclaredLine
	Product  string
}

func getReturnedRow(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	nr, err := strconv.ParseInt(r.PathValue("nr"), 10, 64)
	if err != nil {
		return errNotThere
	}
	story, err := s.views.OwnRow(r.Context(), who.scope(), nr)
	if err != nil {
		return err
	}
	h := s.page(r, "Regel %s", story.Reference)
	body := &ownRowPage{Row: s.returnedRow(story.ReturnedRow, h.Language), Price: story.Price}
	for _, version := range story.Versions {
		body.Versions = append(body.Versions, s.returnedRow(version, h.Language))
	}
	if story.Line != nil {
		body.Line = &story.Line.Line
	}
	h.Body = body
	return s.show(w, r, "regel", h)
}

// returnPage is what a provider gets paid, and what to mend first.
type returnPage struct {
	Month    *views.Month
	Periods  []views.PeriodState
	Received int
	Counts   []countLine
	Payments []paymentLine
	Reasons  []returnedReason
	File     string
}

type countLine struct {
	Word   string
	Count  int
	Amount billing.Money
	None   bool // no amount goes with it
}

type paymentLine struct {
	Town     string
	Provider string
	Debit    billing.Money
	Credit   billing.Money
	Net      billing.Money
	Carried  billing.Money
	ToPay    billing.Money
	Due      billing.Date
}

// periodOf reads a period of an address; "" is the newest.
func periodOf(text string) (billing.Period, error) {
	if text == "" {
		return 0, nil
	}
	period, err := billing.ParsePeriod(text)
	if err != nil {
		return 0, errNotThere
	}
	return period, nil
}

func getReturn(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	period, err := periodOf(r.PathValue("periode"))
	if err != nil {
		return err
	}
	h := s.page(r, "Retour")
	body := &returnPage{}
	h.Body = body
	if body.Periods, err = s.views.Periods(ctx, who.scope()); err != nil {
		return err
	}
	if len(body.Periods) == 0 && period == 0 {
		return s.show(w, r, "retour", h)
	}
	code := who.code(r.URL.Query().Get("agb"))
	if body.Month, err = s.views.Month(ctx, who.scope(), period, views.Only{Provider: code}); err != nil {
		return err
	}
	month := body.Month
	h.Title = say(h.Language, "Retour %s", rules.Show("month", month.State.Period.String(), h.Language))
	for _, outcome := range []billing.Outcome{billing.Accepted, billing.Held, billing.Rejected, billing.Pending, billing.Replaced, billing.Withdrawn} {
		sum := month.Outcomes[outcome]
		body.Received += sum.Count
		body.Counts = append(body.Counts, countLine{Word: say(h.Language, outcomeWords[outcome]), Count: sum.Count, Amount: sum.Amount, None: outcome > billing.Pending})
	}
	body.Received += month.Again
	body.Counts = append(body.Counts, countLine{Word: say(h.Language, "al ontvangen"), Count: month.Again, None: true})
	body.Payments = s.paymentLines(month)
	for _, reason := range month.Reasons {
		to := returnedReason{ReturnedReason: views.ReturnedReason{Code: reason.Code, Rows: reason.Count, Amount: reason.Amount}, CodeText: reason.Code.String()}
		if rule := s.views.Catalogue.Rule(reason.Code); rule != nil {
			to.Title = rule.ForProvider().Title.In(h.Language)
			to.Bad = rule.Severity == billing.Reject
		}
		body.Reasons = append(body.Reasons, to)
	}
	if name := s.workbookOf(month.State.Period.String(), "retour-"+code+"-"); name != "" {
		body.File = "/downloads/" + month.State.Period.String() + "/" + name
	}
	return s.show(w, r, "retour", h)
}

func (s *Server) paymentLines(month *views.Month) []paymentLine {
	var lines []paymentLine
	for _, p := range month.Payments {
		lines = append(lines, paymentLine{
			Town: s.townName(p.Municipality), Provider: s.providerName(p.Provider), Debit: p.Debit, Credit: p.Credit, Net: p.Net, Carried: p.CarriedOver, ToPay: p.ToPay, Due: p.Due,
		})
	}
	return lines
}

// workbookOf returns the name of the workbook of a period that begins so; "" for none.
func (s *Server) workbookOf(period, beginning string) string {
	for _, name := range s.workbooks(period) {
		if strings.HasPrefix(name, beginning) {
			return name
		}
	}
	return ""
}

// workbooks returns the names of the workbooks of a period or a year, in order.
func (s *Server) workbooks(period string) []string {
	entries, err := os.ReadDir(s.folder.Reports(period))
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range entries {
		if entry.Type().IsRegular() && strings.HasSuffix(entry.Name(), ".xlsx") && !strings.HasPrefix(entry.Name(), "~") && !strings.HasPrefix(entry.Name(), ".") {
			names = append(names, entry.Name())
		}
	}
	slices.Sort(names)
	return names
}

func getReturnFile(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	period, err := periodOf(r.PathValue("periode"))
	if err != nil {
		return err
	}
	name := s.workbookOf(period.String(), "retour-"+who.code(r.URL.Query().Get("agb"))+"-")
	if name == "" {
		return errNotThere
	}
	s.note(r, who, "downloaden", period.String()+"/"+name, "gelukt")
	return s.sendFile(w, r, filepath.Join(s.folder.Reports(period.String()), name), name)
}
