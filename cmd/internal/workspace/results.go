package workspace

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/trail"
	"github.com/pxq-nl/pxq/billing/report"
)

// What the rooms below give, under the names by which a front knows it.
type (
	Imported        = intake.Imported
	ImportedFile    = intake.ImportedFile
	ReferralProblem = intake.ReferralProblem
	Withdrawn       = intake.Withdrawn
	Summary         = report.Summary
	Sum             = report.Sum
	Cause           = billing.Cause
	CauseAmount     = billing.CauseAmount
	CauseSum        = report.CauseSum
	Debt            = report.Debt
	Gap             = report.Gap
	LineSum         = report.LineSum
	Status          = report.Status
	Comparison      = batch.Diff
	LineChange      = batch.LineChange
	Story           = report.Explanation
	LineStory       = report.ExplainedLine
	RuleOutcome     = report.RuleOutcome
	Row             = report.Row
	Year            = report.Year
	Verified        = batch.Verified
	Act             = ledger.Act
	TrailEntry      = trail.Entry
)

// Arithmetic writes how the amount of a line follows from its quantity.
var Arithmetic = report.Arithmetic
