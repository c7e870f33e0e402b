package intake

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Decision takes a row of decisions.
func (g *group) Decision(row *billing.DecisionRow) error {
	if g.file.before != 0 && g.file.again == nil {
		g.file.result.Skipped++ // the file is read again for its care only
		return nil
	}
	g.file.decisions = append(g.file.decisions, row)
	return nil
}

// subject is what a decision is about.
type subject struct{ provider, reference, code string }

func subjectOf(row *billing.DecisionRow) subject {
	return subject{row.Provider, row.Reference, strings.ToUpper(strings.TrimSpace(row.Code))}
}

// contradictions returns what different decisions are about.
func contradictions(rows []*billing.DecisionRow) map[subject]bool {
	words := make(map[subject]string)
	differ := make(map[subject]bool)
	for _, row := range rows {
		if row.Word == "" {
			continue
		}
		about, word := subjectOf(row), billing.Fold(row.Word)
		if before, ok := words[about]; ok && before != word {
			differ[about] = true
		}
		words[about] = word
	}
	return differ
}

// takeDecisions takes the decisions of the file. Two different ones on one hold are both left, for nobody can say which
// is meant.
func (g *group) takeDecisions() error {
	if err := g.records.Flush(g.ctx); err != nil { // a file may hold rows and decisions on them
		return err
	}
	differ := contradictions(g.file.decisions)
	taken := make(map[subject]bool)
	for _, row := range g.file.decisions {
		about := subjectOf(row)
		switch {
		case row.Word == "" || taken[about]:
			g.file.result.Skipped++
			continue
		case differ[about]:
			g.refuseDecision(row, billing.Text{
				Dutch:   "over deze bevinding staan verschillende besluiten in het bestand; geen ervan is overgenomen. Laat er één staan.",
				English: "the file holds different decisions on this finding; none was taken. Leave one.",
			})
			continue
		}
		decision, bsn, reason, err := g.decision(row)
		switch {
		case err != nil:
			return err
		case reason != nil:
			g.refuseDecision(row, *reason)
			continue
		}
		taken[about] = true
		if decision == nil {
			g.file.result.Skipped++
			continue
		}
		g.file.result.Decisions++
		g.mark(bsn)
		if err := g.tx.AddDecision(g.ctx, bsn, *decision, g.file.id); err != nil {
			return err
		}
	}
	return nil
}

func (g *group) refuseDecision(row *billing.DecisionRow, reason billing.Text) {
	g.decisionProblems = append(g.decisionProblems, DecisionProblem{
		File: g.file.result.Name, Sheet: row.Sheet, Row: row.Row, Reference: g.withoutClients(row.Reference, ""), Code: billing.Mask(row.Code), Reason: reason,
	})
}

// decision returns the decision of a row and the client whom it is about, or the reason why it is not taken; neither
// when it was taken before.
func (g *group) decision(row *billing.DecisionRow) (taken *billing.Decision, bsn string, not *billing.Text, err error) {
	decision := &billing.Decision{
		Provider: row.Provider, Reference: row.Reference, Code: billing.ParseCode(subjectOf(row).code), Word: decisionWord(row.Word),
		Reason: strings.TrimSpace(row.Reason), By: strings.TrimSpace(row.By), On: g.asOf,
	}
	if reason := g.notADecision(decision, row); reason != nil {
		return nil, "", reason, nil
	}
	key := ledger.Key{Provider: row.Provider, Reference: row.Reference}
	current, codes, judged, err := g.currentVersion(key)
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
	earlier, err := g.tx.DecisionsOf(g.ctx, key)
	if err != nil {
		return nil, "", nil, err
	}
	if alreadyTaken(earlier, decision) || g.file.again.overruled(earlier, decision) {
		return nil, "", nil, nil
	}
	return decision, current.BSN, nil, nil
}

// alreadyTaken reports whether the latest decision on this finding says the same.
func alreadyTaken(earlier []billing.Decision, decision *billing.Decision) bool {
	same := false
	for _, d := range earlier {
		if d.Version == decision.Version && d.Code == decision.Code {
			same = d.Word == decision.Word && d.Reason == decision.Reason && d.By == decision.By
		}
	}
	return same
}

// currentVersion returns the readable version that holds, nil if there is none, with the codes of its findings; judged
// is false when no run has seen it yet, so that nobody can say which findings it will have.
func (g *group) currentVersion(key ledger.Key) (version *billing.Record, codes string, judged bool, err error) {
	history, err := g.tx.History(g.ctx, []ledger.Key{key})
	if err != nil {
		return nil, "", false, err
	}
	version = currentOf(g.references.Fingerprints, history[key])
	if version == nil {
		return nil, "", false, nil
	}
	codes, judged, err = g.tx.CodesOf(g.ctx, version)
	return version, codes, judged, err
}
