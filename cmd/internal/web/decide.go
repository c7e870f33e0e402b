package web

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/views"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/importers"
)

// selectionMost is how many decisions are taken at once.
const selectionMost = 5000

// toDecide is a decision as a controller takes it.
type toDecide struct {
	Word, Reason string
}

// decisionOf reads a decision from a form, and says what is wrong with it.
func decisionOf(r *http.Request, language string) (d toDecide, problems []fieldProblem) {
	d.Word = r.PostFormValue("besluit")
	d.Reason = strings.Join(strings.Fields(r.PostFormValue("reden")), " ")
	switch {
	case !slices.Contains([]string{billing.Allow, billing.Refuse, billing.KeepHeld}, d.Word):
		problems = append(problems, fieldProblem{"besluit", say(language, "Er is geen besluit gekozen. Kies akkoord, afwijzen of aanhouden.")})
	case d.Word != billing.KeepHeld && d.Reason == "":
		problems = append(problems, fieldProblem{"reden", say(language, "De reden ontbreekt. Schrijf waarom u dit besluit neemt.")})
	}
	switch {
	case billing.Mask(d.Reason) != d.Reason:
		problems = append(problems, fieldProblem{"reden", say(language, "In de reden staat een nummer dat een BSN kan zijn. Laat het weg: het regelnummer is genoeg.")})
	case strings.HasPrefix(d.Reason, "="):
		problems = append(problems, fieldProblem{"reden", say(language, "De reden begint met =. Begin met een woord.")})
	case utf8.RuneCountInString(d.Reason) > 500:
		problems = append(problems, fieldProblem{"reden", say(language, "De reden is langer dan 500 tekens. Maak hem korter.")})
	}
	return d, problems
}

// decided is what became of decisions that were asked for.
type decided struct {
	Taken   int
	Votes   int
	LeftOut []string // and why
}

// takeDecisions decides on what is asked, as one file of decisions. Versions are those that the controller saw.
func (s *Server) takeDecisions(ctx context.Context, who *visitor, asked []views.Asked, versions map[views.HoldKey]int, d toDecide, language string) (*decided, error) {
	outcome := &decided{}
	leave := func(a *views.Asked, why string) {
		outcome.LeftOut = append(outcome.LeftOut, a.Reference+" "+a.Code.String()+": "+say(language, why))
	}
	votes, err := s.store.OpenVotes(ctx)
	if err != nil {
		return nil, err
	}
	underWay, err := s.store.DecisionsUnderWay(ctx)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	var noted []webstore.DecidedOn
	for i := range asked {
		a := &asked[i]
		code := a.Code.String()
		if version, known := versions[a.HoldKey]; known && version != a.Version {
			leave(a, "de regel is intussen gewijzigd")
			continue
		}
		if a.NoLift && d.Word == billing.Allow {
			leave(a, "akkoord heft deze bevinding niet op: alleen het contractenboek of het beleid doet dat")
			continue
		}
		if slices.ContainsFunc(underWay, func(u webstore.DecidedOn) bool { return u.Record == a.Nr && u.Code == code }) {
			leave(a, "hierover is zojuist al besloten")
			continue
		}
		second := ""
		if limit := s.folder.Settings.SecondFrom; limit > 0 && a.Amount >= limit && d.Word != billing.KeepHeld {
			first := slices.IndexFunc(votes, func(v webstore.Vote) bool {
				return v.Record == a.Nr && v.Code == code && v.Version == a.Version && v.Account != who.account.ID
			})
			if first < 0 || votes[first].Word != d.Word {
				vote := webstore.Vote{Record: a.Nr, Code: code, Version: a.Version, Account: who.account.ID, Name: who.account.Shown, Word: d.Word, Reason: d.Reason}
				if err := s.store.AddVote(ctx, vote); err != nil {
					return nil, err
				}
				outcome.Votes++
				continue
			}
			second = who.account.Shown
			rows = append(rows, []string{a.Written, a.Provider, code, strconv.Itoa(a.Version), d.Word, votes[first].Reason, votes[first].Name, second})
			if _, err := s.store.EndVotes(ctx, a.Nr, code, ""); err != nil {
				return nil, err
			}
		} else {
			rows = append(rows, []string{a.Written, a.Provider, code, strconv.Itoa(a.Version), d.Word, d.Reason, who.account.Shown, second})
		}
		noted = append(noted, webstore.DecidedOn{Record: a.Nr, Code: code, Version: a.Version, Word: d.Word, Account: who.account.ID})
	}
	outcome.Taken = len(rows)
	if len(rows) == 0 {
		return outcome, nil
	}
	return outcome, s.askDecisions(ctx, who, rows, noted)
}

// decisionHeadings are the headings of a file of decisions.
var decisionHeadings = []string{"Regelnummer", "AGB-code", "Code", "Versie", "Besluit", "Reden", "Beoordelaar", "Tweede beoordelaar"}

// askDecisions writes the file of decisions and asks for the job that takes it in.
func (s *Server) askDecisions(ctx context.Context, who *visitor, rows [][]string, noted []webstore.DecidedOn) error {
	id := webstore.NewID()
	path := s.decisionFile(id)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path+".new", os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	out := csv.NewWriter(file)
	out.Comma = ';'
	err = out.WriteAll(append([][]string{decisionHeadings}, rows...))
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	job := &webstore.Job{ID: id, Kind: jobDecide, Subject: id, Account: who.account.ID, Name: who.account.Shown, Role: who.account.Role, AsOf: int64(s.options.Today()), Total: int64(len(rows))}
	if err := s.store.AddDecisions(ctx, job, noted); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	s.worker.hurry()
	return nil
}

// postDecide decides on one or some rows of the list. A script asks for the answer as JSON.
func postDecide(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	if err := r.ParseForm(); err != nil {
		return errTooLarge
	}
	asJSONToo := r.Header.Get("Accept") == "application/json"
	d, problems := decisionOf(r, who.language)
	var keys []views.HoldKey
	versions := make(map[views.HoldKey]int)
	for _, text := range r.PostForm["regel"] {
		text, version, _ := strings.Cut(text, "@")
		key, ok := parseHoldKey(text)
		if !ok {
			return errNotThere
		}
		keys = append(keys, key)
		if number, err := strconv.Atoi(version); err == nil {
			versions[key] = number
		}
	}
	if len(keys) == 0 || len(keys) > selectionMost {
		problems = append(problems, fieldProblem{"regel", say(who.language, "Er is geen regel gekozen.")})
	}
	var outcome *decided
	if len(problems) == 0 {
		asked, err := s.views.AskedOf(ctx, who.scope(), keys)
		if err != nil {
			return err
		}
		if len(asked) == 0 {
			return errNotThere
		}
		if outcome, err = s.takeDecisions(ctx, who, asked, versions, d, who.language); err != nil {
			return err
		}
		for _, key := range keys {
			s.note(r, who, "besluit", fmt.Sprintf("uitval/%d %s", key.Nr, key.Code), d.Word)
		}
	}
	if asJSONToo {
		w.Header().Set("Content-Type", "application/json")
		answer := map[string]any{"problems": problems}
		if outcome != nil {
			answer["taken"], answer["votes"], answer["left"], answer["text"] = outcome.Taken, outcome.Votes, outcome.LeftOut, outcome.text(who.language)
		} else {
			w.WriteHeader(http.StatusUnprocessableEntity)
		}
		return json.NewEncoder(w).Encode(answer)
	}
	if len(problems) > 0 {
		h, err := s.holdsPage(r, who, queryOf(r.URL.Query()), keys)
		if err != nil {
			return err
		}
		h.Problems = problems
		return s.showStatus(w, r, http.StatusUnprocessableEntity, "uitval", h)
	}
	s.sessions.Put(ctx, "notice", outcome.text(who.language))
	return redirect(w, r, backTo(r, "/uitval"))
}

// backTo returns the list with the filter that a form came from.
func backTo(r *http.Request, path string) string {
	if query := r.PostFormValue("filter"); query != "" && !strings.ContainsAny(query, "\r\n#") && len(query) < 1000 {
		return path + "?" + query
	}
	return path
}

func (d *decided) text(language string) string {
	var parts []string
	if d.Taken == 1 {
		parts = append(parts, say(language, "1 besluit genomen."))
	} else if d.Taken > 1 {
		parts = append(parts, say(language, "%d besluiten genomen.", d.Taken))
	}
	if d.Votes > 0 {
		parts = append(parts, say(language, "%d wachten op een tweede controller.", d.Votes))
	}
	if len(d.LeftOut) > 0 {
		const most = 5
		parts = append(parts, say(language, "Niet gedaan: %s", strings.Join(d.LeftOut[:min(most, len(d.LeftOut))], "; ")))
	}
	return strings.Join(parts, " ")
}

// frozen is a list that was chosen, as it was when it was chosen.
type frozen struct {
	Keys   []frozenKey
	Query  string
	Word   string
	Reason string
}

type frozenKey struct {
	Nr      int64
	Code    string
	Version int
}

// postSelect freezes a selection, or all of a filter, to decide on at once.
func postSelect(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	if err := r.ParseForm(); err != nil {
		return errTooLarge
	}
	var keys []views.HoldKey
	if r.PostFormValue("alles") != "" {
		values, err := parseQuery(r.PostFormValue("filter"))
		if err != nil {
			return errNotThere
		}
		query := queryOf(values)
		filter := query.filter()
		votes, underWay, err := s.waitingElsewhere(r)
		if err != nil {
			return err
		}
		if !filter.Decided {
			_, filter.Without = keysOf(votes, underWay)
		}
		if keys, err = s.views.AllKeys(ctx, who.scope(), filter, selectionMost); err != nil {
			return err
		}
	} else {
		for _, text := range r.PostForm["regel"] {
			text, _, _ = strings.Cut(text, "@")
			key, ok := parseHoldKey(text)
			if !ok {
				return errNotThere
			}
			keys = append(keys, key)
		}
	}
	asked, err := s.views.AskedOf(ctx, who.scope(), keys)
	if err != nil {
		return err
	}
	if len(asked) == 0 {
		s.tell(r, "Er is geen regel gekozen.")
		return redirect(w, r, backTo(r, "/uitval"))
	}
	body := frozen{Query: r.PostFormValue("filter"), Word: r.PostFormValue("besluit")}
	for _, a := range asked {
		body.Keys = append(body.Keys, frozenKey{a.Nr, a.Code.String(), a.Version})
	}
	id, err := s.store.KeepSelection(ctx, who.account.ID, asJSON(body))
	if err != nil {
		return err
	}
	return redirect(w, r, "/keuze/"+id)
}

// selectionPage is what the page to decide on many shows.
type selectionPage struct {
	ID        string
	Count     int
	Amount    billing.Money
	Codes     []selectionGroup
	Providers []selectionGroup
	Rows      []holdRow
	Word      string
	Reason    string
	NoLift    int
	Query     string
}

type selectionGroup struct {
	Text   string
	Count  int
	Amount billing.Money
}

func getSelection(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	h, _, _, err := s.selectionPage(r, who)
	if err != nil {
		return err
	}
	return s.show(w, r, "keuze", h)
}

func (s *Server) selectionPage(r *http.Request, who *visitor) (*head, []views.Asked, *frozen, error) {
	ctx := r.Context()
	body, found, err := s.store.Selection(ctx, who.account.ID, r.PathValue("id"))
	if err != nil || !found {
		return nil, nil, nil, notThereOr(err)
	}
	kept := &frozen{}
	if err := json.Unmarshal([]byte(body), kept); err != nil {
		return nil, nil, nil, err
	}
	keys := make([]views.HoldKey, len(kept.Keys))
	for i, key := range kept.Keys {
		keys[i] = views.HoldKey{Nr: key.Nr, Code: billing.ParseCode(key.Code)}
	}
	asked, err := s.views.AskedOf(ctx, who.scope(), keys)
	if err != nil {
		return nil, nil, nil, err
	}
	h := s.page(r, "%d besluiten tegelijk", len(asked))
	page := &selectionPage{ID: r.PathValue("id"), Count: len(asked), Word: kept.Word, Query: kept.Query}
	codes, providers := make(map[string]*selectionGroup), make(map[string]*selectionGroup)
	add := func(groups map[string]*selectionGroup, text string, amount billing.Money) {
		if groups[text] == nil {
			groups[text] = &selectionGroup{Text: text}
		}
		groups[text].Count++
		groups[text].Amount += amount
	}
	for i := range asked {
		a := &asked[i]
		row := s.holdRow(a.Hold, a.Since, h.Language, nil, nil)
		page.Amount += a.Amount
		if a.NoLift {
			page.NoLift++
		}
		add(codes, row.CodeText+" "+row.Title, a.Amount)
		add(providers, row.From, a.Amount)
		if len(page.Rows) < 200 {
			page.Rows = append(page.Rows, row)
		}
	}
	page.Codes, page.Providers = groupsOf(codes), groupsOf(providers)
	h.Body = page
	return h, asked, kept, nil
}

func groupsOf(groups map[string]*selectionGroup) []selectionGroup {
	var list []selectionGroup
	for _, group := range groups {
		list = append(list, *group)
	}
	slices.SortFunc(list, func(a, b selectionGroup) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Text, b.Text)
	})
	return list
}

func postSelection(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	h, asked, kept, err := s.selectionPage(r, who)
	if err != nil {
		return err
	}
	d, problems := decisionOf(r, who.language)
	if len(problems) > 0 {
		h.Problems = problems
		page := h.Body.(*selectionPage)
		page.Word, page.Reason = d.Word, d.Reason
		return s.showStatus(w, r, http.StatusUnprocessableEntity, "keuze", h)
	}
	versions := make(map[views.HoldKey]int)
	for _, key := range kept.Keys {
		versions[views.HoldKey{Nr: key.Nr, Code: billing.ParseCode(key.Code)}] = key.Version
	}
	outcome, err := s.takeDecisions(r.Context(), who, asked, versions, d, who.language)
	if err != nil {
		return err
	}
	if gone := len(kept.Keys) - len(asked); gone > 0 {
		outcome.LeftOut = append(outcome.LeftOut, say(who.language, "%d regels vragen intussen geen besluit meer", gone))
	}
	s.note(r, who, "besluit", fmt.Sprintf("%d regels", outcome.Taken+outcome.Votes), d.Word)
	s.sessions.Put(r.Context(), "notice", outcome.text(who.language))
	if kept.Query != "" && !strings.ContainsAny(kept.Query, "\r\n#") {
		return redirect(w, r, "/uitval?"+kept.Query)
	}
	return redirect(w, r, "/uitval")
}

// undoFor is how long after a decision it can be taken back with a key.
const undoFor = 30 * time.Minute

// postUndo takes back what the controller decided last: what it made of the record is what stood before it.
func postUndo(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	last, found, err := s.store.LastDecision(ctx, who.account.ID)
	if err != nil {
		return err
	}
	text := say(who.language, "Er is niets om terug te nemen.")
	if found && last.Word != billing.KeepHeld && time.Since(time.Unix(last.Made, 0)) < undoFor {
		asked, err := s.views.AskedOf(ctx, who.scope(), []views.HoldKey{{Nr: last.Record, Code: billing.ParseCode(last.Code)}})
		if err != nil {
			return err
		}
		if len(asked) == 1 {
			a := asked[0]
			row := []string{a.Written, a.Provider, last.Code, strconv.Itoa(a.Version), billing.KeepHeld, "", who.account.Shown, ""}
			noted := []webstore.DecidedOn{{Record: a.Nr, Code: last.Code, Version: a.Version, Word: billing.KeepHeld, Account: who.account.ID}}
			if err := s.askDecisions(ctx, who, [][]string{row}, noted); err != nil {
				return err
			}
			s.note(r, who, "besluit", fmt.Sprintf("uitval/%d %s", a.Nr, last.Code), "teruggenomen")
			text = say(who.language, "Teruggenomen: %s wordt weer aangehouden.", a.Reference)
		}
	}
	if r.Header.Get("Accept") == "application/json" {
		w.Header().Set("Content-Type", "application/json")
		return json.NewEncoder(w).Encode(map[string]any{"text": text})
	}
	s.sessions.Put(ctx, "notice", text)
	return redirect(w, r, backTo(r, "/uitval"))
}

// secondPage is what waits for a second controller.
type secondPage struct {
	Limit billing.Money
	Rows  []secondRow
}

type secondRow struct {
	holdRow
	Votes []webstore.Vote
	Own   bool // the visitor voted
	Split bool // the votes differ
}

func getSecond(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	votes, err := s.store.OpenVotes(ctx)
	if err != nil {
		return err
	}
	ofVotes, _ := keysOf(votes, nil)
	asked, err := s.views.AskedOf(ctx, who.scope(), ofVotes)
	if err != nil {
		return err
	}
	h := s.page(r, "Wacht op een tweede controller")
	body := &secondPage{Limit: s.folder.Settings.SecondFrom}
	for i := range asked {
		row := secondRow{holdRow: s.holdRow(asked[i].Hold, asked[i].Since, h.Language, nil, nil)}
		for _, vote := range votes {
			if vote.Record == asked[i].Nr && vote.Code == row.CodeText {
				row.Split = row.Split || len(row.Votes) > 0 && row.Votes[0].Word != vote.Word
				row.Own = row.Own || vote.Account == who.account.ID
				row.Votes = append(row.Votes, vote)
			}
		}
		body.Rows = append(body.Rows, row)
	}
	h.Body = body
	return s.show(w, r, "tweede", h)
}

// postSecond agrees with a first decision, or takes back the own one.
func postSecond(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	key, ok := parseHoldKey(r.PostFormValue("regel"))
	if !ok {
		return errNotThere
	}
	if r.PostFormValue("terug") != "" {
		ended, err := s.store.EndVotes(ctx, key.Nr, key.Code.String(), who.account.ID)
		if err != nil || ended == 0 {
			return notThereOr(err)
		}
		s.note(r, who, "stem", fmt.Sprintf("uitval/%d %s", key.Nr, key.Code), "teruggenomen")
		s.tell(r, "Uw stem is teruggenomen.")
		return redirect(w, r, "/uitval/tweede")
	}
	return postDecide(s, w, r, who)
}

// postFilledIn takes a filled-in uitval.xlsx: its decisions are those of the account that puts it up.
func postFilledIn(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	if s.folder.Settings.SecondFrom > 0 {
		return problem("Boven een bedrag beslissen hier twee controllers samen. Dat kan alleen op de pagina's, niet met een werkboek.", "Above an amount two controllers decide together here. That is possible on the pages only, not with a workbook.")
	}
	id := webstore.NewID()
	folder := s.uploadFolder(id)
	files, _, err := s.saveFiles(r, folder, 1)
	defer os.RemoveAll(folder)
	if err != nil {
		return err
	}
	sink := &filledIn{by: who.account.Shown}
	if _, err := (&importers.Reader{}).Read(ctx, filepath.Join(folder, files[0].Name), s.options.Today(), sink); err != nil {
		return err
	}
	s.note(r, who, "uploaden", files[0].SHA256, fmt.Sprintf("%d besluiten", len(sink.rows)))
	switch {
	case sink.others > 0:
		return problem("Dit bestand bevat meer dan besluiten. Kies uitval.xlsx met alleen de kolommen Besluit en Reden ingevuld.", "This file holds more than decisions. Choose uitval.xlsx with only the columns Besluit and Reden filled in.")
	case len(sink.rows) == 0:
		return problem("In dit bestand is geen besluit ingevuld. Vul de kolommen Besluit en Reden in.", "No decision is filled in in this file. Fill in the columns Besluit and Reden.")
	}
	if err := s.askDecisions(ctx, who, sink.rows, nil); err != nil {
		return err
	}
	s.tell(r, "%d besluiten uit het bestand worden ingelezen. De uitkomst staat onder Taken.", len(sink.rows))
	return redirect(w, r, "/uitval")
}

// filledIn gathers the decisions of a file.
type filledIn struct {
	by     string
	rows   [][]string
	others int
}

func (f *filledIn) Record(*billing.Record) error        { f.others++; return nil }
func (f *filledIn) Referral(*billing.ReferralRow) error { f.others++; return nil }

func (f *filledIn) Decision(row *billing.DecisionRow) error {
	if row.Word == "" && row.Reason == "" {
		return nil
	}
	version := ""
	if row.Version > 0 {
		version = strconv.Itoa(row.Version)
	}
	f.rows = append(f.rows, []string{row.Reference, row.Provider, row.Code, version, row.Word, bsn.MaskLine(row.Reason), f.by, ""})
	return nil
}
