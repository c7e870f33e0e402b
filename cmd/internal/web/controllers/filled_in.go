package controllers

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
	"github.com/pxq-nl/pxq/importers"
)

// postFilledIn takes the decisions of an uploaded, filled-in uitval.xlsx, in the name of the visitor's account.
func (s *Pages) postFilledIn(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	ctx := r.Context()
	sink, err := s.readFilledIn(r, who)
	if told, ok := errors.AsType[site.InWords](err); ok {
		h, err := s.holdsPage(r, who, queryOf(r.URL.Query()))
		if err != nil {
			return err
		}
		h.Problems = []site.FieldProblem{{Field: "bestand", Text: bsn.MaskLine(s.ForPage(told.In(h.Language)))}}
		return s.ShowStatus(w, r, http.StatusUnprocessableEntity, "uitval", h)
	}
	if err != nil {
		return err
	}
	outcome, err := s.takeFilledIn(r, who, sink.rows)
	if err != nil {
		return err
	}
	s.Sessions.Put(ctx, "notice", outcome.text(who.Language))
	return site.Redirect(w, r, "/uitval")
}

// readFilledIn reads the decisions in an uploaded file.
func (s *Pages) readFilledIn(r *http.Request, who *site.Visitor) (*filledIn, error) {
	folder := s.UploadFolder(webstore.NewID())
	files, _, err := s.SaveFiles(r, folder, 1)
	defer os.RemoveAll(folder)
	if err != nil {
		return nil, err
	}
	sink := &filledIn{}
	if _, err := (&importers.Reader{}).Read(r.Context(), filepath.Join(folder, files[0].Name), s.Options.Today(), sink); err != nil {
		return nil, err
	}
	s.Note(r, who, "uploaden", files[0].SHA256, fmt.Sprintf("%d besluiten", len(sink.rows)))
	switch {
	case sink.others > 0:
		return nil, site.Refuse("Dit bestand bevat meer dan besluiten. Kies uitval.xlsx met alleen de kolommen Besluit en Reden ingevuld.", "This file contains more than decisions. Choose uitval.xlsx with only the columns Besluit and Reden filled in.")
	case len(sink.rows) == 0:
		return nil, site.Refuse("In dit bestand is geen besluit ingevuld. Vul de kolommen Besluit en Reden in.", "This file contains no decisions. Fill in the columns Besluit and Reden.")
	}
	return sink, nil
}

// takeFilledIn takes the rows of a workbook like decisions on a page: in the name of the visitor's account, so that where two
// controllers must decide a row counts as the first or the second vote. Rows that match no hold, or hold no valid decision, go
// into a decisions file unchanged: the import reports what is wrong with them.
func (s *Pages) takeFilledIn(r *http.Request, who *site.Visitor, rows []*billing.DecisionRow) (*decisionResult, error) {
	ctx := r.Context()
	keys, err := s.Views.AllKeys(ctx, who.Scope(), views.HoldFilter{}, allHolds)
	if err != nil {
		return nil, err
	}
	asked, err := s.Views.DecidableHolds(ctx, who.Scope(), keys)
	if err != nil {
		return nil, err
	}
	byRow := make(map[rowKey][]views.DecidableHold, len(asked))
	for _, a := range asked {
		of := rowKey{a.Provider, billing.KnownAs(billing.AsInTable(a.Written)), a.Code.String()}
		byRow[of] = append(byRow[of], a)
	}
	var decisions []holdDecision
	var others [][]string
	for _, row := range rows {
		d := decision{billing.Fold(row.Word), strings.Join(strings.Fields(bsn.MaskLine(row.Reason)), " ")}
		a, found := meant(byRow[rowKey{row.Provider, billing.KnownAs(billing.AsInTable(row.Reference)), strings.ToUpper(strings.TrimSpace(row.Code))}], row.Reference)
		if found && row.Version == a.Version && len(d.problems(who.Language)) == 0 {
			decisions = append(decisions, holdDecision{a, d, seen{version: row.Version}})
			continue
		}
		version := ""
		if row.Version > 0 {
			version = strconv.Itoa(row.Version)
		}
		others = append(others, []string{row.Reference, row.Provider, row.Code, version, row.Word, d.Reason, who.Account.Shown, ""})
	}
	outcome, err := s.takeDecisions(r, who, decisions, who.Language)
	if err != nil || len(others) == 0 {
		return outcome, err
	}
	outcome.LeftOut = append(outcome.LeftOut, words.Say(who.Language, "%d rijen van het bestand: de uitkomst staat onder Taken", len(others)))
	s.Note(r, who, "besluit", fmt.Sprintf("%d rijen van een bestand", len(others)), "gevraagd")
	return outcome, s.askDecisions(ctx, who, others, nil)
}

// rowKey is the key by which rows of the workbook are matched to holds: of one record, or of several prestaties whose references
// differ only in leading zeros or in characters that a table loses.
type rowKey struct{ provider, knownAs, code string }

// meant returns the hold that a reference means: the one with exactly this reference, else the only one that reads the same in a
// table, else the only one at all if a spreadsheet dropped its leading zeros.
func meant(asked []views.DecidableHold, reference string) (views.DecidableHold, bool) {
	if at := slices.IndexFunc(asked, func(a views.DecidableHold) bool { return a.Written == reference }); at >= 0 {
		return asked[at], true
	}
	read := billing.AsInTable(reference)
	if alike := slices.DeleteFunc(slices.Clone(asked), func(a views.DecidableHold) bool { return billing.AsInTable(a.Written) != read }); len(alike) == 1 {
		return alike[0], true
	}
	if len(asked) == 1 && read == billing.KnownAs(read) {
		return asked[0], true
	}
	return views.DecidableHold{}, false
}

// allHolds is more than the number of holds there can be, to read all of them.
const allHolds = 1_000_000

// filledIn is a sink that collects the decisions in a file, and counts the rows that are something else.
type filledIn struct {
	rows   []*billing.DecisionRow
	others int
}

// Record counts a row of care.
func (f *filledIn) Record(*billing.Record) error { f.others++; return nil }

// Referral counts a referral.
func (f *filledIn) Referral(*billing.ReferralRow) error { f.others++; return nil }

// Decision keeps a row in which a decision or a reason is filled in.
func (f *filledIn) Decision(row *billing.DecisionRow) error {
	if row.Word != "" || row.Reason != "" {
		f.rows = append(f.rows, row)
	}
	return nil
}
