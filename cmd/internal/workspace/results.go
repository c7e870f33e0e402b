package workspace

import "github.com/pxq-nl/pxq/billing/batch"

// What the rooms below give, under the names by which a front knows it.
type (
	Imported        = batch.Imported
	ImportedFile    = batch.ImportedFile
	ReferralProblem = batch.ReferralProblem
	Withdrawn       = batch.Withdrawn
	Summary         = batch.Summary
	Sum             = batch.Sum
	Debt            = batch.Debt
	Cause           = batch.Cause
	CauseSum        = batch.CauseSum
	LineSum         = batch.LineSum
	Status          = batch.Status
	Comparison      = batch.Diff
	LineChange      = batch.LineChange
	Story           = batch.Explanation
	LineStory       = batch.ExplainedLine
	RuleOutcome     = batch.RuleOutcome
	Row             = batch.Row
	Year            = batch.Year
	Verified        = batch.Verified
)

// Arithmetic writes how the amount of a line follows from its quantity.
var Arithmetic = batch.Arithmetic
