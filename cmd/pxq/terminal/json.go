package terminal

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// monthJSON returns the result of a run for JSON. Amounts are strings, in euros with two decimals.
func monthJSON(m *workspace.Month, language string) object {
	s := m.Summary
	outcomes := object{}
	for _, outcome := range []billing.Outcome{billing.Accepted, billing.Held, billing.Rejected, billing.Pending, billing.Replaced, billing.Withdrawn} {
		outcomes[outcome.String()] = sumJSON(s.Outcomes[outcome])
	}
	municipalities := []object{}
	for _, m := range s.Municipalities {
		municipalities = append(municipalities, object{"municipality": m.Code, "accepted": sumJSON(m.Accepted), "held": sumJSON(m.Held),
			"rejected": sumJSON(m.Rejected), "declared": m.Declared.String()})
	}
	reasons := []object{}
	for _, reason := range s.Reasons {
		reasons = append(reasons, object{"code": reason.Code.String(), "records": reason.Count, "amount": reason.Amount.String()})
	}
	kinds := object{}
	for _, kind := range []billing.LineKind{billing.Regular, billing.Late, billing.Credit, billing.Correction} {
		kinds[string(kind)] = object{"lines": s.Kinds[kind].Count, "amount": s.Kinds[kind].Amount.String()}
	}
	summary := object{
		"period": s.Period.String(), "as_of": s.AsOf.String(), "closed": s.Closed, "files": s.Files, "rows_read": s.Read,
		"already_received": s.Again, "new": s.New, "earlier": s.Earlier, "skipped": s.Skipped, "outcomes": outcomes, "municipalities": municipalities, "reasons": reasons,
		"lines": s.Lines, "kinds": kinds, "declared": s.Declared.String(), "to_pay": s.ToPay.String(), "missing_providers": listOf(s.Missing), "nothing_new_providers": listOf(s.OnlyAgain),
		"bounds":            boundsJSON(s),
		"retroactive":       causesJSON(s.Causes),
		"gap":               gapJSON(s.Gap),
		"waiting_answers":   waitingJSON(s.Waiting),
		"not_sent":          notSentJSON(s.NotSent),
		"answers_too_large": listOf(m.TooLarge),
		"lasting_debts":     debtsJSON(s.Debts),
		"unknown_referrals": listOf(s.Unknown), "left_out": leftOutJSON(leftOutOfSummary(s)),
	}
	if w := m.Workbooks; w != nil {
		summary["reports"], summary["workbooks"], summary["kept"] = w.Folder, listOf(w.Files), listOf(w.Kept)
	}
	if m.Imported != nil {
		summary["imported"] = importedJSON(m.Imported, language)
	}
	return summary
}

func sumJSON(sum workspace.Sum) object {
	return object{"records": sum.Count, "amount": sum.Amount.String()}
}

func boundsJSON(s *workspace.Summary) []object {
	bounds := []object{}
	for _, bound := range s.Broken {
		bounds = append(bounds, object{"bound": bound.Key, "provider": bound.Provider, "tenths_of_percent": bound.Found, "limit": bound.Limit})
	}
	return bounds
}

// storyJSON returns the story of a record for JSON.
func (p *Printer) storyJSON(e *workspace.Story) object {
	versions := []object{}
	for _, row := range e.Versions {
		r := row.Record
		version := object{"version": r.Version, "outcome": row.Outcome.String(), "file": r.File, "sheet": r.Sheet, "row": r.Row,
			"received": r.Received.String(), "care_date": r.First.String(), "unit": r.Unit.String(), "quantity": r.Quantity.Format(r.Unit)}
		if m := r.Prestatie; m != nil {
			version["prestatie"] = object{"declaration": r.Sheet, "client": m.Client, "prestatie": m.Part, "line": m.Line, "until": r.LastDay().String(),
				"claimed": m.Claimed.String(), "credit": m.Credit, "credits": row.Shown.Previous}
		}
		versions = append(versions, version)
	}
	story := object{"reference": e.Versions[0].Shown.Reference, "provider": e.Versions[0].Record.Provider, "period": e.Run.Month().String(), "versions": versions}
	if e.Current == nil {
		story["outcome"] = billing.Withdrawn.String()
		return story
	}
	findings := []object{}
	for _, outcome := range e.Rules {
		for _, finding := range outcome.Findings {
			told := object{"code": outcome.Rule.Code.String(), "severity": outcome.Severity.String(), "values": listOf(finding.Values),
				"message": rules.Message(outcome.Rule.On(e.Current.Record), finding.Values, p.Language)}
			if e.Current.Record.Prestatie != nil && outcome.Severity == billing.Reject {
				told["return_code"] = string(ijw.ReturnOf(outcome.Rule))
			}
			findings = append(findings, told)
		}
	}
	decisions := []object{}
	for _, d := range e.Current.Decisions {
		decision := object{"code": d.Code.String(), "decision": d.Word, "reason": d.Reason, "by": d.By, "on": d.On.String()}
		if d.Second != "" {
			decision["second"] = d.Second
		}
		decisions = append(decisions, decision)
	}
	inOrder := object{}
	for _, outcome := range e.Rules {
		if len(outcome.Findings) == 0 && !outcome.Skipped {
			inOrder[outcome.Rule.Code.String()] = p.compared(e, outcome.Rule)
		}
	}
	story["rules_in_order"] = inOrder
	story["outcome"], story["findings"], story["decisions"], story["referral"] = e.Current.Outcome.String(), findings, decisions, e.Current.Shown.Referral
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
