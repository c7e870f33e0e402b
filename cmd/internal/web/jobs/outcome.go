package jobs

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/importers"
)

// asNotTaken describes, in both languages, why a referral row was refused and in which cells.
func asNotTaken(p workspace.ReferralProblem) referralNotTaken {
	why := func(language string) string {
		said := p.Reason.In(language)
		for _, cell := range p.Cells {
			if said != "" {
				said += "; "
			}
			said += billing.ReferralHeadings[cell.Field] + ": "
			if cell.Found != "" {
				said += words.Say(language, "‘%s’", cell.Found) + "; "
			}
			said += importers.WantText(cell.Want, language)
		}
		return said
	}
	return referralNotTaken{File: bsn.MaskLine(p.File), Sheet: bsn.MaskLine(p.Sheet), Row: p.Row, Number: p.Number, Why: words.Kept(billing.Text{Dutch: why("nl"), English: why("en")})}
}

// changes are the differences between a run and the one before it.
type changes struct {
	Came, Went, Changed int // declaration lines
	Net                 billing.Money
	Causes              []causeChange
	Rows                int // with another outcome
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

// referralNotTaken is a referral row that was refused, with the reason.
type referralNotTaken struct {
	File, Sheet string
	Row         int
	Number      string
	Why         string // in both languages, as [words.Kept] formats them
}
