package providers

import (
	"net/http"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/own"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
	"github.com/pxq-nl/pxq/exporters/shown"
)

// returnedPage is the body of the list of the provider's held and rejected rows.
type returnedPage struct {
	Reasons []returnedReason
	Rows    []returnedRow
	Pager   site.Pager
	Code    string
	AGB     string       // as in the address; "" for the account's first code
	Files   []views.File // the files to choose from
	File    int64        // the chosen file; 0 for all
	Codes   []ownCode    // of the account
}

type returnedReason struct {
	views.ReturnedReason
	CodeText, Title string
	Bad, Here       bool
}

// returnedRow is a row with what its provider may read of it.
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

func (s *Pages) returnedRow(row views.ReturnedRow, language string) returnedRow {
	record := row.Told.Row.Record
	to := returnedRow{
		Nr: row.Nr, Reference: row.Reference, Product: shown.Product(row.Told.Row), Date: record.First, Quantity: record.Quantity, Unit: record.Unit, Amount: row.Told.Row.Amount,
		Outcome: row.Told.Row.Outcome, Received: record.Received, Version: record.Version, Place: words.Place(own.Place(record, ""), language),
	}
	if row.Told.Row.SentBy == row.Told.Row.ReturnTo {
		to.File = bsn.MaskLine(record.File)
	}
	for _, finding := range row.Told.Findings {
		to.Found = append(to.Found, s.shownFinding(own.FindingOf(s.Views.Catalogue, row.Told, &finding), language))
		if reason, ok := row.Told.Reason(finding.Code); ok {
			to.Decided = words.Say(language, "Na beoordeling afgewezen: %s", reason)
		}
	}
	if len(to.Found) == 0 {
		switch to.Outcome {
		case billing.Held:
			to.Decided = words.Say(language, "De regio beoordeelt deze regel; u hoeft niets te doen, tenzij de regel niet klopt.")
		case billing.Rejected:
			to.Decided = words.Say(language, "Na beoordeling afgewezen; vraag de regio naar de reden.")
		}
	}
	return to
}

func (s *Pages) getReturned(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	query := r.URL.Query()
	filter := views.ReturnedFilter{Code: billing.ParseCode(query.Get("code"))}
	page := site.PageNumber(r)
	code, files, err := s.filesOf(r, who)
	if err != nil {
		return err
	}
	if text := query.Get("bestand"); text != "" {
		filter.File, _ = strconv.ParseInt(text, 10, 64) // filesOf found it among the files
	}
	returned, err := s.Views.Returned(r.Context(), who.Scope(), code, filter, (page-1)*site.PageRows, site.PageRows)
	if err != nil {
		return err
	}
	h := s.Page(r, "Regels")
	body := &returnedPage{Codes: s.ownCodes(who, code), Pager: site.PagerOf(r, returned.Count), Code: query.Get("code"), AGB: who.Chosen(code), Files: chooseFrom(files, filter.File), File: filter.File}
	if body.Pager.Last != "" {
		return s.ToLast(w, r, h, body.Pager)
	}
	for _, reason := range returned.Reasons {
		to := returnedReason{ReturnedReason: reason, CodeText: reason.Code.String(), Bad: reason.Outcome == billing.Rejected, Here: reason.Code == filter.Code}
		if rule := s.Views.Catalogue.Rule(reason.Code); rule != nil {
			to.Title = rule.ForProvider().Title.In(h.Language)
		}
		body.Reasons = append(body.Reasons, to)
	}
	for _, row := range returned.Rows {
		body.Rows = append(body.Rows, s.returnedRow(row, h.Language))
	}
	h.Body = body
	return s.Show(w, r, "regels", h)
}

// chooseFrom returns the newest files, and the chosen one if it is older.
func chooseFrom(files []views.File, chosen int64) []views.File {
	if len(files) <= filesChosen {
		return files
	}
	rest := slices.IndexFunc(files[filesChosen:], func(file views.File) bool { return file.ID == chosen })
	if rest < 0 {
		return files[:filesChosen]
	}
	return append(slices.Clone(files[:filesChosen]), files[filesChosen+rest])
}

// filesOf returns the requested code of the account and the files of that provider. The request names the code, or a file of the
// provider, since an account may have several codes.
func (s *Pages) filesOf(r *http.Request, who *site.Visitor) (code string, files []views.File, err error) {
	asked, wanted := r.URL.Query().Get("agb"), r.URL.Query().Get("bestand")
	codes := []string{who.Code(asked)}
	if wanted != "" && asked == "" {
		codes = who.Account.Codes()
	}
	for _, code := range codes {
		if files, err = s.seenFiles(r, who, code); err != nil {
			return "", nil, err
		}
		if wanted == "" || slices.ContainsFunc(files, func(file views.File) bool { return strconv.FormatInt(file.ID, 10) == wanted }) {
			return code, files, nil
		}
	}
	return "", nil, site.ErrNotThere
}

// The number of newest files of a provider that are read, and of those that the list offers to choose from.
const (
	filesLooked = 10_000
	filesChosen = 200
)

// seenFiles returns the files of a provider that a run has seen and that were not taken back, newest first.
func (s *Pages) seenFiles(r *http.Request, who *site.Visitor, code string) ([]views.File, error) {
	files, _, err := s.Views.Files(r.Context(), who.Scope(), []string{code}, 0, filesLooked)
	return slices.DeleteFunc(files, func(file views.File) bool { return !file.Seen || file.Gone }), err
}

// ownRowPage is the body of the page of one of the provider's rows.
type ownRowPage struct {
	Row      returnedRow
	Versions []returnedRow
	Price    *billing.PriceRow
	Line     *billing.DeclaredLine
	AGB      string // the code of the list that it is in; "" for the account's first
}

func (s *Pages) getReturnedRow(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	nr, err := site.RowNumber(r)
	if err != nil {
		return err
	}
	story, err := s.Views.OwnRow(r.Context(), who.Scope(), nr)
	if err != nil {
		return err
	}
	h := s.Page(r, "Regel %s", story.Reference)
	body := &ownRowPage{Row: s.returnedRow(story.ReturnedRow, h.Language), Price: story.Price, AGB: who.Chosen(story.Told.Row.ReturnTo)}
	for _, version := range story.Versions {
		body.Versions = append(body.Versions, s.returnedRow(version, h.Language))
	}
	if story.Line != nil {
		body.Line = &story.Line.Line
	}
	h.Body = body
	return s.Show(w, r, "regel", h)
}

// returnPage is the body of the page of a period: what the provider is paid, and what to mend first.
type returnPage struct {
	Month    *views.Month
	Periods  []views.PeriodState
	Received report.Sum
	Counts   []countLine
	Payments []site.PaymentLine
	Reasons  []returnedReason
	NotSent  []notSentMessage
	File     string
	AGB      string // the chosen code of the account; "" for the first
	Codes    []ownCode
}

// ownCode is a code of the account, to choose from.
type ownCode struct {
	Code, Name string
	Here       bool
}

// ownCodes returns the codes of an account, with the one that is shown marked.
func (s *Pages) ownCodes(who *site.Visitor, shown string) []ownCode {
	var list []ownCode
	for _, code := range who.Account.Codes() {
		list = append(list, ownCode{code, s.Names(who.Language).Provider(code), code == shown})
	}
	return list
}

// notSentMessage is a declaration that counts as never sent, with the reasons.
type notSentMessage struct {
	report.NotSent
	Reasons []shownReason
}

type countLine struct {
	Word   string
	Count  int
	Amount billing.Money
	None   bool // whether it has no amount
}

func (s *Pages) getReturn(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	ctx := r.Context()
	period, err := site.PeriodOf(r.PathValue("periode"))
	if err != nil {
		return err
	}
	h := s.Page(r, "Retour")
	body := &returnPage{}
	h.Body = body
	if body.Periods, err = s.Views.Periods(ctx, who.Scope()); err != nil {
		return err
	}
	if len(body.Periods) == 0 && period == 0 {
		return s.Show(w, r, "retour", h)
	}
	code := who.Code(r.URL.Query().Get("agb"))
	body.AGB, body.Codes = who.Chosen(code), s.ownCodes(who, code)
	if body.Month, err = s.Views.Month(ctx, who.Scope(), period, views.Only{Provider: code}); err != nil {
		return err
	}
	month := body.Month
	h.Title = words.Say(h.Language, "Retour %s", words.Month(month.State.Period, h.Language))
	for _, outcome := range []billing.Outcome{billing.Accepted, billing.Held, billing.Rejected, billing.Pending, billing.Replaced, billing.Withdrawn} {
		sum := month.Outcomes[outcome]
		body.Received = body.Received.Plus(sum)
		body.Counts = append(body.Counts, countLine{Word: words.Say(h.Language, words.Outcomes[outcome]), Count: sum.Count, Amount: sum.Amount, None: outcome > billing.Pending})
	}
	body.Received.Count += month.Again
	body.Counts = append(body.Counts, countLine{Word: words.Say(h.Language, "al ontvangen"), Count: month.Again, None: true})
	body.Payments = s.PaymentLines(month, h.Language)
	for _, reason := range month.Reasons {
		to := returnedReason{ReturnedReason: views.ReturnedReason{Code: reason.Code, Rows: reason.Count, Amount: reason.Amount}, CodeText: reason.Code.String()}
		if rule := s.Views.Catalogue.Rule(reason.Code); rule != nil {
			to.Title = rule.ForProvider().Title.In(h.Language)
			to.Bad = rule.Severity == billing.Reject
		}
		body.Reasons = append(body.Reasons, to)
	}
	for i := range month.NotSent {
		body.NotSent = append(body.NotSent, notSentMessage{month.NotSent[i], s.whyNotSent(&month.NotSent[i], h.Language)})
	}
	if name := s.WorkbookOf(month.State.Period.String(), "retour-"+code+"-"); name != "" {
		body.File = "/downloads/" + month.State.Period.String() + "/" + name
	}
	return s.Show(w, r, "retour", h)
}

func (s *Pages) getReturnFile(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	period, err := site.PeriodOf(r.PathValue("periode"))
	if err != nil {
		return err
	}
	name := s.WorkbookOf(period.String(), "retour-"+who.Code(r.URL.Query().Get("agb"))+"-")
	if name == "" {
		return site.ErrNotThere
	}
	s.Note(r, who, "downloaden", period.String()+"/"+name, "gelukt")
	return s.SendFile(w, r, filepath.Join(s.Folder.Reports(period.String()), name), name)
}
