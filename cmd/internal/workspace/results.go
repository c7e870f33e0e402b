package workspace

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/trail"
	"github.com/pxq-nl/pxq/billing/report"
)

// Results of the packages below, under the names that the front ends use.
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

// Arithmetic returns the calculation of the amount of a line from its quantity.
var Arithmetic = report.Arithmetic
