package batch

import (
	"context"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// DecisionProblem says why a decision was not taken.
type DecisionProblem struct {
	File, Sheet string
	Row         int
	Reference   string
	Code        string
	Word        string // the decision as written
	Reason      billing.Text
}

// Decision takes a row of decisions.
func (in *intake) Decision(row *billing.DecisionRow) error {
	if in.file.before != 0 && in.file.anew == nil {
		in.file.result.Skipped++ // the file is read again for its care only
		return nil
	}
	in.file.decisions = append(in.file.decisions, row)
	return nil
}

type decisionSubject struct{ provider, reference, code string }

// takeDecisions judges the gathered decisions: two different ones on one hold are both left, for nobody can
// say which is meant.
func (in *intake) takeDecisions(ctx context.Context) error {
	words := make(map[decisionSubject]string)
	differ := make(map[decisionSubject]bool)
	for _, row := range in.file.decisions {
		if row.Word == "" {
			continue
		}
		subject := subjectOf(row)
		said := billing.Fold(row.Word)
		if before, ok := words[subject]; ok && before != said {
			differ[subject] = true
		}
		words[subject] = said
	}
	if err := in.records.Flush(ctx); err != nil { // a file may hold rows and decisions on them
		return err
	}
	taken := make(map[decisionSubject]bool)
	for _, row := range in.file.decisions {
		subject := subjectOf(row)
		switch {
		case row.Word == "" || taken[subject]:
			in.file.result.Skipped++
			continue
		case differ[subject]:
			in.refuseDecision(row, billing.Text{
				Dutch:   "over deze bevinding staan verschillende besluiten in het bestand; geen ervan is overgenomen. Laat er één staan.",
				English: "the file holds different decisions on this finding; none was taken. Leave one.",
			})
			continue
		}
		decision, bsn, reason, err := in.decision(ctx, row)
		if err != nil {
			return err
		}
		if reason != nil {
			in.refuseDecision(row, *reason)
			continue
		}
		taken[subject] = true
		if decision == nil {
			in.file.result.Skipped++
			continue
		}
		in.file.result.Decisions++
		in.mark(bsn)
		if err := in.tx.AddDecision(ctx, bsn, *decision, in.file.id); err != nil {
			return err
		}
	}
	return nil
}

func subjectOf(row *billing.DecisionRow) decisionSubject {
	return decisionSubject{row.Provider, row.Reference, strings.ToUpper(strings.TrimSpace(row.Code))}
}

func (in *intake) refuseDecision(row *billing.DecisionRow, reason billing.Text) {
	in.decisionProblems = append(in.decisionProblems, DecisionProblem{
		File: in.file.result.Name, Sheet: row.Sheet, Row: row.Row, Reference: billing.Mask(row.Reference), Code: billing.Mask(row.Code), Word: billing.Mask(row.Word), Reason: reason,
	})
}

// decision gives the decision of a row, or the reason why it is not taken; neither when it was taken before.
func (in *intake) decision(ctx context.Context, row *billing.DecisionRow) (*billing.Decision, string, *billing.Text, error) {
	decision := &billing.Decision{
		Provider: row.Provider, Reference: row.Reference, Code: billing.ParseCode(subjectOf(row).code), Word: wordOf(row.Word),
		Reason: strings.TrimSpace(row.Reason), By: strings.TrimSpace(row.By), On: in.asOf,
	}
	if reason := in.unfit(decision, row); reason != nil {
		return nil, "", reason, nil
	}
	key := ledger.Key{Provider: row.Provider, Reference: row.Reference}
	current, codes, judged, err := in.currentVersion(ctx, key)
	switch {
	case err != nil:
		return nil, "", nil, err
	case current == nil:
		return nil, "", reason("dit regelnummer van deze aanbieder is niet bekend of ingetrokken.", "this reference of this provider is not known or was withdrawn."), nil
	case row.Version != 0 && row.Version != current.Version:
		return nil, "", reason("de regel is gewijzigd sinds dit besluit; beoordeel de nieuwe versie.", "the record has changed since this decision; judge the new version."), nil
	case judged && !strings.Contains(" "+codes+" ", " "+decision.Code.String()+" "):
		return nil, "", reason("deze bevinding staat niet (meer) op de regel.", "this finding is not (or no longer) on the record."), nil
	}
	decision.Version = current.Version
	earlier, err := in.tx.DecisionsOf(ctx, key)
	if err != nil {
		return nil, "", nil, err
	}
	if said(earlier, decision) || in.file.anew.overruled(earlier, decision) {
		return nil, "", nil, nil
	}
	return decision, current.BSN, nil, nil
}

// said says whether the latest decision on this finding says the same already.
func said(earlier []billing.Decision, decision *billing.Decision) bool {
	same := false
	for _, d := range earlier {
		if d.Version == decision.Version && d.Code == decision.Code {
			same = d.Word == decision.Word && d.Reason == decision.Reason && d.By == decision.By
		}
	}
	return same
}

// unfit gives the reason why the row is no decision, whatever the record.
func (in *intake) unfit(decision *billing.Decision, row *billing.DecisionRow) *billing.Text {
	rule := in.batch.Catalogue.Rule(decision.Code)
	switch {
	case row.Provider == "" || row.Reference == "":
		return reason("regelnummer of AGB-code ontbreekt.", "the reference or the AGB code is missing.")
	case row.BadVersion:
		return reason("de versie is geen getal. Laat de kolom Versie zoals zij was.", "the version is not a number. Leave the column Versie as it was.")
	case rule == nil || decision.Code == billing.NoCode:
		return reason("dit is geen bekende code.", "this is not a known code.")
	case rule.Severity != billing.Hold:
		return reason("over deze code valt niet te besluiten; alleen nieuwe gegevens helpen.", "this code is not open to a decision; only other data help.")
	case decision.Word == "":
		return reason("het besluit is niet akkoord, afwijzen of aanhouden.", "the decision is not akkoord, afwijzen or aanhouden.")
	case decision.Word != billing.KeepHeld && row.BadReason != (billing.BadCell{}):
		return unreadableReason(row.BadReason)
	case decision.Word != billing.KeepHeld && decision.Reason == "":
		return reason("akkoord en afwijzen hebben een reden nodig. Vul de kolom Reden in.", "akkoord and afwijzen need a reason. Fill in the column Reden.")
	case decision.Word == billing.Allow && rule.NoLift:
		return reason("akkoord heft deze bevinding niet op: alleen het contractenboek of het beleid doet dat.", "akkoord does not lift this finding: only the contract book or the policy does.")
	}
	return nil
}

// unreadableReason says that the cell of a reason holds no text, which is how a text that begins with = may end up.
func unreadableReason(cell billing.BadCell) *billing.Text {
	dutch, english := "een formule zonder uitkomst", "a formula without outcome"
	if cell.Found != "" {
		dutch, english = "‘"+cell.Found+"’", "“"+cell.Found+"”"
	}
	return reason("in cel "+cell.Place+", kolom Reden, staat "+dutch+" in plaats van een leesbare reden. Typ de reden als tekst; begin niet met = of een ander rekenteken.",
		"cell "+cell.Place+", column Reden, holds "+english+" in the place of a reason that can be read. Type the reason as text; do not begin with = or another sign of arithmetic.")
}

func reason(dutch, english string) *billing.Text {
	return &billing.Text{Dutch: dutch, English: english}
}

// wordOf reads akkoord, afwijzen or aanhouden in any case; "" for anything else.
func wordOf(text string) string {
	for _, word := range []string{billing.Allow, billing.Refuse, billing.KeepHeld} {
		if billing.Fold(text) == word {
			return word
		}
	}
	return ""
}

// currentVersion gives the readable version that holds, with the codes of its findings; judged is false when no
// run has seen it yet, so that nobody can say which findings it will have.
func (in *intake) currentVersion(ctx context.Context, key ledger.Key) (version *billing.Record, codes string, judged bool, err error) {
	history, err := in.tx.History(ctx, []ledger.Key{key})
	if err != nil {
		return nil, "", false, err
	}
	h := newHistory(history[key])
	if h == nil || h.current == nil {
		return nil, "", false, nil
	}
	codes, judged, err = in.tx.CodesOf(ctx, h.current)
	return h.current, codes, judged, err
}
