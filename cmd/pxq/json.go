package main

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/importers"
)

// object is a JSON object.
type object map[string]any

// importedJSON is the summary of an import for programs.
func importedJSON(imported *intake.Imported, language string) object {
	files := []object{}
	for _, file := range imported.Files {
		item := object{
			"file": file.Name, "known": file.Known, "records": file.Records, "kept": file.Kept, "already_received": file.AlreadyReceived,
			"totals": file.Totals, "empty": file.Empty, "referrals": file.Referrals, "decisions": file.Decisions, "skipped": file.Skipped,
		}
		if file.Refused != nil {
			item["refused"] = file.Refused.In(language)
		}
		files = append(files, item)
	}
	return object{"files": files, "refused": imported.Refused(), "not_taken": notTakenJSON(imported, language)}
}

func notTakenJSON(imported *intake.Imported, language string) []object {
	list := []object{}
	for _, problem := range imported.Referrals {
		reasons := []string{}
		if problem.Reason.Dutch != "" {
			reasons = append(reasons, problem.Reason.In(language))
		}
		for _, cell := range problem.Cells {
			reasons = append(reasons, billing.ReferralHeadings[cell.Field]+": "+importers.WantText(cell.Want, language))
		}
		list = append(list, object{"kind": "referral", "file": problem.File, "sheet": problem.Sheet, "row": problem.Row, "referral": problem.Number, "reasons": reasons})
	}
	for _, problem := range imported.Decisions {
		list = append(list, object{"kind": "decision", "file": problem.File, "sheet": problem.Sheet, "row": problem.Row, "reference": problem.Reference,
			"code": problem.Code, "reasons": []string{problem.Reason.In(language)}})
	}
	return list
}

// runJSON is the summary of a run for programs: amounts in euros with two decimals, as texts.
func runJSON(s *batch.Summary, imported *intake.Imported, written *written, language string) object {
func runJSON(s *report.Summary, imported *batch.Imported, written *written, language string) object {
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
		"already_received": s.Again, "skipped": s.Skipped, "outcomes": outcomes, "municipalities": municipalities, "reasons": reasons,
		"lines": s.Lines, "kinds": kinds, "declared": s.Declared.String(), "to_pay": s.ToPay.String(), "missing_providers": listOf(s.Missing),
		"retroactive":       causesJSON(s.Causes),
		"unknown_referrals": listOf(s.Unknown),
	}
	if written != nil {
		summary["reports"], summary["workbooks"], summary["kept"] = written.folder, listOf(written.files), listOf(written.kept)
	}
	if imported != nil {
		summary["imported"] = importedJSON(imported, language)
	}
	return summary
}

func sumJSON(sum report.Sum) object {
	return object{"records": sum.Count, "amount": sum.Amount.String()}
}

// listOf makes an empty list of nothing, so that programs always find a list.
func listOf(texts []string) []string {
	if texts == nil {
		return []string{}
	}
	return texts
}
