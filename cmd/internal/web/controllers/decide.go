package controllers

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

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/web/jobs"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// selectionMost is the maximum number of decisions in one request.
const selectionMost = 5000

// decisionResult is the result of taking decisions.
type decisionResult struct {
	Taken   int
	Votes   int
	LeftOut []string // texts of decisions that were not taken, with the reason

	back []string              // keys of those: the list shows their rows again
	acts map[views.HoldKey]act // for the log
}

// act is the entry of a decision in the log.
type act struct{ what, outcome string }

// holdDecision is a decision on a hold that asks for one, with what its controller saw.
type holdDecision struct {
	views.DecidableHold
	decision
	seen seen
}

// seen is what the page showed of a row when its controller decided.
type seen struct {
	version int    // 0 if the form did not say: then any version will do
	word    string // the decision on it since the last run; "" for none
}

// sameDecision pairs each hold with the same decision.
func sameDecision(asked []views.DecidableHold, looked map[views.HoldKey]seen, d decision) []holdDecision {
	list := make([]holdDecision, len(asked))
	for i, a := range asked {
		list[i] = holdDecision{a, d, looked[a.HoldKey]}
	}
	return list
}

// takeDecisions takes decisions together, as one file of decisions, and logs each. From the amount at which two controllers must
// decide ([policy] second_controller_from), a first decision is stored as a vote instead. What cannot be decided is left out, with
// a reason.
func (s *Pages) takeDecisions(r *http.Request, who *site.Visitor, asked []holdDecision, language string) (outcome *decisionResult, err error) {
	ctx := r.Context()
	s.deciding.Lock() // so that each controller sees the decisions of the others
	defer s.deciding.Unlock()
	acts := make(map[views.HoldKey]act)
	outcome = &decisionResult{acts: acts}
	defer func() { s.noteDecisions(r, who, asked, acts, err) }()
	votes, err := s.Store.OpenVotes(ctx)
	if err != nil {
		return nil, err
	}
	underWay, err := s.Store.DecisionsUnderWay(ctx)
	if err != nil {
		return nil, err
	}
	// Read after the decisions under way: one that is taken in between the two reads is then in at least one of them.
	meanwhile, err := s.decidedSince(ctx, who, asked)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	var noted []webstore.DecidedOn
	for i := range asked {
		a := &asked[i]
		code := a.Code.String()
		d := a.decision
		if why := a.whyNot(meanwhile, underWay, language); why != "" {
			outcome.leave(a, why)
			continue
		}
		outcome.acts[a.HoldKey] = act{"besluit", d.Word}
		second := ""
		if limit := s.Views.Current().Settings.SecondFrom; limit > 0 && (a.Settled || a.Amount >= limit) && d.Word != billing.KeepHeld {
			first := slices.IndexFunc(votes, func(v webstore.Vote) bool { // votes may differ: find one for the same decision
				return v.Record == a.Nr && v.Code == code && v.Version == a.Version && v.Account != who.Account.ID && v.Word == d.Word
			})
			if first < 0 {
				vote := webstore.Vote{Record: a.Nr, Code: code, Version: a.Version, Account: who.Account.ID, Name: who.Account.Shown, Word: d.Word, Reason: d.Reason}
				if err := s.Store.AddVote(ctx, vote); err != nil {
					return nil, err
				}
				outcome.Votes++
				outcome.acts[a.HoldKey] = act{"stem", d.Word}
				continue
			}
			second = who.Account.Shown
			rows = append(rows, []string{a.Written, a.Provider, code, strconv.Itoa(a.Version), d.Word, votes[first].Reason, votes[first].Name, second})
		} else {
			rows = append(rows, []string{a.Written, a.Provider, code, strconv.Itoa(a.Version), d.Word, d.Reason, who.Account.Shown, second})
		}
		noted = append(noted, webstore.DecidedOn{Record: a.Nr, Code: code, Version: a.Version, Word: d.Word, Account: who.Account.ID})
	}
	outcome.Taken = len(rows)
	if len(rows) == 0 {
		return outcome, nil
	}
	return outcome, s.askDecisions(ctx, who, rows, noted)
}

// leave records that a decision was not taken, and why.
func (d *decisionResult) leave(a *holdDecision, why string) {
	d.LeftOut = append(d.LeftOut, a.Reference+" "+a.Code.String()+": "+why)
	d.back = append(d.back, holdKeyText(a.HoldKey))
	d.acts[a.HoldKey] = act{"besluit", "niet gedaan"}
}

// noteDecisions logs decisions and votes. If taking them failed, only the votes that were stored before the error are logged.
func (s *Pages) noteDecisions(r *http.Request, who *site.Visitor, asked []holdDecision, acts map[views.HoldKey]act, failed error) {
	var entries []*webstore.Entry
	for i := range asked {
		did, is := acts[asked[i].HoldKey]
		if is && (failed == nil || did.what == "stem") {
			entries = append(entries, &webstore.Entry{Act: did.what, Object: fmt.Sprintf("uitval/%d %s", asked[i].Nr, asked[i].Code), Outcome: did.outcome})
		}
	}
	if len(entries) > 0 {
		s.NoteAll(r, who, entries)
	}
}

// whyNot returns why a decision cannot be taken; "" if it can. Meanwhile holds the decisions since the last run, underWay those
// that are not yet taken in.
func (a *holdDecision) whyNot(meanwhile map[views.HoldKey]string, underWay []webstore.DecidedOn, language string) string {
	word, isAsked := meanwhile[a.HoldKey]
	switch {
	case a.seen.version != 0 && a.seen.version != a.Version:
		return words.Say(language, "de regel is intussen gewijzigd")
	case a.NoLift && a.Word == billing.Allow:
		return words.Say(language, "akkoord heft deze bevinding niet op: alleen het contractenboek of het beleid doet dat")
	case !isAsked || word != a.seen.word || word == a.Word || slices.ContainsFunc(underWay, func(u webstore.DecidedOn) bool { return u.Record == a.Nr && u.Code == a.Code.String() }):
		return words.Say(language, "hierover is zojuist al besloten")
	}
	return ""
}

// decidedSince returns, for each hold in the list that still asks for a decision, the decision taken in since the last run, or ""
// for none. It reads them anew, since somebody may have decided after the list was read.
func (s *Pages) decidedSince(ctx context.Context, who *site.Visitor, list []holdDecision) (map[views.HoldKey]string, error) {
	keys := make([]views.HoldKey, len(list))
	for i := range list {
		keys[i] = list[i].HoldKey
	}
	asked, err := s.Views.DecidableHolds(ctx, who.Scope(), keys)
	since := make(map[views.HoldKey]string, len(asked))
	for i := range asked {
		since[asked[i].HoldKey] = asked[i].Decided
	}
	return since, err
}

// decisionHeadings are the headings of a decisions file.
var decisionHeadings = []string{"Regelnummer", "AGB-code", "Code", "Versie", "Besluit", "Reden", "Beoordelaar", "Tweede beoordelaar"}

// askDecisions writes a decisions file and queues the job that takes it in. The file gets its final name once the job is stored:
// without the job the controller was not told that the decisions were taken, and no import may find the file.
func (s *Pages) askDecisions(ctx context.Context, who *site.Visitor, rows [][]string, noted []webstore.DecidedOn) error {
	id := webstore.NewFolderID()
	path := s.DecisionFile(id)
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
		return errors.Join(err, os.Remove(path+".new"))
	}
	job := &webstore.Job{ID: id, Kind: jobs.Decide, Subject: id, Account: who.Account.ID, Name: who.Account.Shown, Role: who.Account.Role, AsOf: int64(s.Options.Today()), Total: int64(len(rows))}
	if err := s.Store.AddDecisions(ctx, job, noted); err != nil {
		return errors.Join(err, os.Remove(path+".new"))
	}
	if err := s.NameDecisions(id); err != nil {
		return err
	}
	s.Hurry()
	return nil
}

// postDecide takes a decision on one or more rows of the list. The script requests the response as JSON.
func (s *Pages) postDecide(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	ctx := r.Context()
	asJSONToo := r.Header.Get("Accept") == "application/json"
	d, problems := decisionOf(r, who.Language)
	keys, looked, ok := chosenRows(r.PostForm["regel"])
	if !ok {
		return site.ErrNotThere
	}
	if len(keys) == 0 || len(keys) > selectionMost {
		problems = append(problems, site.FieldProblem{Field: "regel", Text: words.Say(who.Language, "Er is geen regel gekozen.")})
	}
	var outcome *decisionResult
	if len(problems) == 0 {
		asked, err := s.Views.DecidableHolds(ctx, who.Scope(), keys)
		if err != nil {
			return err
		}
		if len(asked) == 0 {
			return site.ErrNotThere
		}
		if outcome, err = s.takeDecisions(r, who, sameDecision(asked, looked, d), who.Language); err != nil {
			return err
		}
	}
	if asJSONToo {
		w.Header().Set("Content-Type", "application/json")
		answer := map[string]any{"problems": problems}
		if outcome != nil {
			answer["taken"], answer["votes"], answer["left"], answer["text"] = outcome.Taken, outcome.Votes, outcome.LeftOut, outcome.text(who.Language)
			answer["back"] = outcome.back
		} else {
			w.WriteHeader(http.StatusUnprocessableEntity)
		}
		return json.NewEncoder(w).Encode(answer)
	}
	if len(problems) > 0 {
		return s.decideAgain(w, r, who, keys, d, problems)
	}
	s.Sessions.Put(ctx, "notice", outcome.text(who.Language))
	return site.Redirect(w, r, backTo(r, "/uitval"))
}

func (d *decisionResult) text(language string) string {
	var parts []string
	if d.Taken > 0 {
		parts = append(parts, words.Say(language, "%d besluiten genomen.", d.Taken))
	}
	if d.Votes > 0 {
		parts = append(parts, words.Say(language, "%d wachten op een tweede controller.", d.Votes))
	}
	if len(d.LeftOut) > 0 {
		const most = 5
		parts = append(parts, words.Say(language, "Niet gedaan: %s", strings.Join(d.LeftOut[:min(most, len(d.LeftOut))], "; ")))
	}
	return strings.Join(parts, " ")
}
