package terminal

import (
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// storyJSON is the story of a record for programs.
func (p *Printer) storyJSON(e *workspace.Story) object {
	versions := []object{}
	for _, row := range e.Versions {
		r := row.Record
		versions = append(versions, object{"version": r.Version, "outcome": row.Outcome.String(), "file": r.File, "sheet": r.Sheet, "row": r.Row,
			"received": r.Received.String(), "care_date": r.First.String(), "unit": r.Unit.String(), "quantity": r.Quantity.Format(r.Unit)})
	}
	first := e.Versions[0].Record
	story := object{"reference": bsn.MaskOf(first.Reference, first.BSN), "provider": first.Provider, "period": e.Run.Month().String(), "versions": versions}
	if e.Current == nil {
		return story
	}
	findings := []object{}
	for _, outcome := range e.Rules {
		for _, finding := range outcome.Findings {
			findings = append(findings, object{"code": outcome.Rule.Code.String(), "severity": outcome.Severity.String(), "values": listOf(finding.Values),
				"message": rules.Message(outcome.Rule, finding.Values, p.Language)})
		}
	}
	decisions := []object{}
	for _, d := range e.Current.Decisions {
		decisions = append(decisions, object{"code": d.Code.String(), "decision": d.Word, "reason": d.Reason, "by": d.By, "on": d.On.String()})
	}
	inOrder := object{}
	for _, outcome := range e.Rules {
		if len(outcome.Findings) == 0 && !outcome.Skipped {
			inOrder[outcome.Rule.Code.String()] = p.compared(e, outcome.Rule.Code)
		}
	}
	story["rules_in_order"] = inOrder
	story["outcome"], story["findings"], story["decisions"], story["referral"] = e.Current.Outcome.String(), findings, decisions, bsn.MaskOf(e.Current.Referral, first.BSN)
	story["price"] = e.Current.Price.String()
	if e.Use != nil {
		unit := e.Case.Referral.VolumeUnit
		story["use"] = object{"month_room": e.Use.MonthRoom.Format(unit), "month_used": e.Use.Month.Format(unit), "room": e.Use.WholeRoom.Format(unit),
			"used": e.Use.Whole.Format(unit), "spent": e.Use.Spent.String(), "trajectory": e.Use.Trajectory.String(), "last_day": e.Use.LastDay.String()}
	}
	if e.Line != nil {
		story["line"] = lineStoryJSON(e.Line)
	}
	return story
}
