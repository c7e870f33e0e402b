package jobs

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/importers"
)

// asNotTaken tells at which cells a row of referrals was not taken, and why.
func asNotTaken(p workspace.ReferralProblem, language string) referralNotTaken {
	not := referralNotTaken{File: bsn.MaskLine(p.File), Place: words.Cell(bsn.MaskLine(p.Sheet), p.Row, language), Number: p.Number, Why: p.Reason.In(language)}
	for _, cell := range p.Cells {
		if not.Why != "" {
			not.Why += "; "
		}
		not.Why += billing.ReferralHeadings[cell.Field] + ": "
		if cell.Found != "" {
			not.Why += "‘" + cell.Found + "’; "
		}
		not.Why += importers.WantText(cell.Want, language)
	}
	return not
}

// changes is what a run made otherwise than the one before it.
type changes struct {
	Came, Went, Changed int // lines
	Net                 billing.Money
	Causes              []causeChange
	Rows                int
}

type causeChange struct {
	Cause  billing.Cause
	Text   string
	Amount billing.Money
}

func changeOf(diff *workspace.Comparison) *changes {
	c := &changes{Rows: len(diff.Rows)}
	for i := range diff.Lines {
		line := &diff.Lines[i]
		switch {
		case line.Before == nil:
			c.Came++
		case line.After == nil:
			c.Went++
		default:
			c.Changed++
		}
		c.Net += line.Net()
	}
	for _, cause := range diff.Causes {
		c.Causes = append(c.Causes, causeChange{Cause: cause.Cause, Amount: cause.Amount})
	}
	return c
}

// referralNotTaken is a row of referrals that was not taken, and why.
type referralNotTaken struct{ File, Place, Number, Why string }
