package controllers

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// undoFor is the time within which a decision can be undone.
const undoFor = 30 * time.Minute

// postUndo undoes the last act of the controller: it withdraws a vote, or takes the decision to keep the record held.
func (s *Pages) postUndo(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	text, err := s.undo(r, who)
	if err != nil {
		return err
	}
	if r.Header.Get("Accept") == "application/json" {
		w.Header().Set("Content-Type", "application/json")
		return json.NewEncoder(w).Encode(map[string]any{"text": text})
	}
	s.Sessions.Put(r.Context(), "notice", text)
	return site.Redirect(w, r, backTo(r, "/uitval"))
}

// undo undoes the last decision or vote, and returns a text that says what was undone.
func (s *Pages) undo(r *http.Request, who *site.Visitor) (said string, err error) {
	ctx := r.Context()
	s.deciding.Lock()
	defer s.deciding.Unlock()
	nothing := words.Say(who.Language, "Er is niets om terug te nemen.")
	last, found, err := s.Store.LastDecision(ctx, who.Account.ID)
	if err != nil {
		return "", err
	}
	vote, voted, err := s.Store.LastVote(ctx, who.Account.ID)
	if err != nil {
		return "", err
	}
	recent := func(moment int64) bool { return time.Since(time.Unix(moment, 0)) < undoFor }
	if voted && vote.Made >= last.Made && recent(vote.Made) {
		if _, err := s.Store.EndVotes(ctx, vote.Record, vote.Code, who.Account.ID); err != nil {
			return "", err
		}
		s.Note(r, who, "stem", fmt.Sprintf("uitval/%d %s", vote.Record, vote.Code), "teruggenomen")
		return words.Say(who.Language, "Uw stem is teruggenomen."), nil
	}
	if !found || last.Word == billing.KeepHeld || !recent(last.Made) {
		return nothing, nil
	}
	asked, err := s.Views.DecidableHolds(ctx, who.Scope(), []views.HoldKey{{Nr: last.Record, Code: billing.ParseCode(last.Code)}})
	if err != nil || len(asked) != 1 {
		return nothing, err
	}
	a := asked[0]
	row := []string{a.Written, a.Provider, last.Code, strconv.Itoa(a.Version), billing.KeepHeld, "", who.Account.Shown, ""}
	noted := []webstore.DecidedOn{{Record: a.Nr, Code: last.Code, Version: a.Version, Word: billing.KeepHeld, Account: who.Account.ID}}
	if err := s.askDecisions(ctx, who, [][]string{row}, noted); err != nil {
		return "", err
	}
	s.Note(r, who, "besluit", fmt.Sprintf("uitval/%d %s", a.Nr, last.Code), "teruggenomen")
	return words.Say(who.Language, "Teruggenomen: %s wordt weer aangehouden.", a.Reference), nil
}

// secondPage is the body of the page of holds that wait for a second controller.
type secondPage struct {
	Limit billing.Money
	Rows  []secondRow
	Typed typedReason
}

type secondRow struct {
	holdRow
	Votes []webstore.Vote
	Own   bool // whether the visitor voted
	Split bool // whether the votes differ
}

func (s *Pages) getSecond(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	h, err := s.secondPage(r, who, 0)
	if err != nil {
		return err
	}
	return s.Show(w, r, "tweede", h)
}

func (s *Pages) secondPage(r *http.Request, who *site.Visitor, _ int64) (*site.Head, error) {
	ctx := r.Context()
	votes, err := s.Store.OpenVotes(ctx)
	if err != nil {
		return nil, err
	}
	ofVotes, _ := keysOf(votes, nil)
	asked, err := s.Views.DecidableHolds(ctx, who.Scope(), ofVotes)
	if err != nil {
		return nil, err
	}
	h := s.Page(r, "Wacht op een tweede controller")
	body := &secondPage{Limit: s.Views.Current().Settings.SecondFrom}
	for i := range asked {
		row := secondRow{holdRow: s.holdRow(asked[i].Hold, h.Language, nil, nil)}
		for _, vote := range votes {
			if vote.Record == asked[i].Nr && vote.Code == row.CodeText {
				row.Split = row.Split || len(row.Votes) > 0 && row.Votes[0].Word != vote.Word
				row.Own = row.Own || vote.Account == who.Account.ID
				row.Votes = append(row.Votes, vote)
			}
		}
		body.Rows = append(body.Rows, row)
	}
	h.Body = body
	return h, nil
}

// postSecond takes a second decision, or withdraws the visitor's own vote.
func (s *Pages) postSecond(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	ctx := r.Context()
	key, ok := parseHoldKey(r.PostFormValue("regel"))
	if !ok {
		return site.ErrNotThere
	}
	if r.PostFormValue("terug") != "" {
		ended, err := s.Store.EndVotes(ctx, key.Nr, key.Code.String(), who.Account.ID)
		switch {
		case err != nil:
			return err
		case ended == 0:
			s.SetNotice(r, "Hierover is intussen al besloten, of uw stem was al teruggenomen.")
		default:
			s.Note(r, who, "stem", fmt.Sprintf("uitval/%d %s", key.Nr, key.Code), "teruggenomen")
			s.SetNotice(r, "Uw stem is teruggenomen.")
		}
		return site.Redirect(w, r, "/uitval/tweede")
	}
	return s.postDecide(w, r, who)
}
