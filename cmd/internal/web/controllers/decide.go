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

// selectionMost is how many decisions are taken at once.
const selectionMost = 5000

// decided is what became of decisions that were asked for.
type decided struct {
	Taken   int
	Votes   int
	LeftOut []string // and why

	back []string              // the keys of what was left out: the list shows it again
	acts map[views.HoldKey]act // what became of each
}

// act is what the log tells of a decision.
type act struct{ what, outcome string }

// onAsked is a decision on what is asked.
type onAsked struct {
	views.Asked
	toDecide
	seen seen
}

// seen is what a controller saw of a row when deciding on it.
type seen struct {
	version int    // 0 for the one that is asked about
	word    string // of the decision on it; "" for none
}

// allSo decides the same on all of what is asked.
func allSo(asked []views.Asked, looked map[views.HoldKey]seen, d toDecide) []onAsked {
	list := make([]onAsked, len(asked))
	for i, a := range asked {
		list[i] = onAsked{a, d, looked[a.HoldKey]}
	}
	return list
}

// takeDecisions decides on what is asked, as one file of decisions, and notes each in the log. From the amount at which two
// decide together a first decision is a vote.
func (s *Pages) takeDecisions(r *http.Request, who *site.Visitor, asked []onAsked, language string) (outcome *decided, err error) {
	ctx := r.Context()
	s.deciding.Lock() // what one controller decided another sees
	defer s.deciding.Unlock()
	acts := make(map[views.HoldKey]act)
	outcome = &decided{acts: acts}
	defer func() { s.noteDecisions(r, who, asked, acts, err) }()
	votes, err := s.Store.OpenVotes(ctx)
	if err != nil {
		return nil, err
	}
	underWay, err := s.Store.DecisionsUnderWay(ctx)
	if err != nil {
		return nil, err
	}
	// Read after what is under way: what was taken in meanwhile stands in one of the two.
	meanwhile, err := s.decidedSince(ctx, who, asked)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	var noted []webstore.DecidedOn
	for i := range asked {
		a := &asked[i]
		code := a.Code.String()
		d := a.toDecide
		if why := a.whyNot(meanwhile, underWay, language); why != "" {
			outcome.leave(a, why)
			continue
		}
		outcome.acts[a.HoldKey] = act{"besluit", d.Word}
		second := ""
		if limit := s.Views.Current().Settings.SecondFrom; limit > 0 && (a.Settled || a.Amount >= limit) && d.Word != billing.KeepHeld {
			first := slices.IndexFunc(votes, func(v webstore.Vote) bool { // of several who differ, the one with whom this one agrees
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

// leave leaves a decision out, and says why.
func (d *decided) leave(a *onAsked, why string) {
	d.LeftOut = append(d.LeftOut, a.Reference+" "+a.Code.String()+": "+why)
	d.back = append(d.back, holdKeyText(a.HoldKey))
	d.acts[a.HoldKey] = act{"besluit", "niet gedaan"}
}

// noteDecisions notes in the log what became of decisions. When the file of them could not be kept, only the votes were given.
func (s *Pages) noteDecisions(r *http.Request, who *site.Visitor, asked []onAsked, acts map[views.HoldKey]act, failed error) {
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

// whyNot returns why a decision is not taken, "" when it is.
func (a *onAsked) whyNot(meanwhile map[views.HoldKey]string, underWay []webstore.DecidedOn, language string) string {
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

// decidedSince returns the words of the decisions that were taken in since the last run, "" where nobody decided; what is not
// asked any more is not there. Somebody may have decided since the list was read.
func (s *Pages) decidedSince(ctx context.Context, who *site.Visitor, list []onAsked) (map[views.HoldKey]string, error) {
	keys := make([]views.HoldKey, len(list))
	for i := range list {
		keys[i] = list[i].HoldKey
	}
	asked, err := s.Views.AskedOf(ctx, who.Scope(), keys)
	since := make(map[views.HoldKey]string, len(asked))
	for i := range asked {
		since[asked[i].HoldKey] = asked[i].Decided
	}
	return since, err
}

// decisionHeadings are the headings of a file of decisions.
var decisionHeadings = []string{"Regelnummer", "AGB-code", "Code", "Versie", "Besluit", "Reden", "Beoordelaar", "Tweede beoordelaar"}

// askDecisions writes the file of decisions and asks for the job that takes it in. The file gets its name once the job is
// there: without it nobody was told that the decisions were taken.
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
		return err
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

// postDecide decides on one or some rows of the list. A script asks for the answer as JSON.
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
	var outcome *decided
	if len(problems) == 0 {
		asked, err := s.Views.AskedOf(ctx, who.Scope(), keys)
		if err != nil {
			return err
		}
		if len(asked) == 0 {
			return site.ErrNotThere
		}
		if outcome, err = s.takeDecisions(r, who, allSo(asked, looked, d), who.Language); err != nil {
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

func (d *decided) text(language string) string {
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
