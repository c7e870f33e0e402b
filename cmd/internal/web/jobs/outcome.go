package jobs

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/importers"
)

// asNotTaken describes a referral row that was refused.
func asNotTaken(p workspace.ReferralProblem) referralNotTaken {
	return referralNotTaken{File: bsn.MaskLine(p.File), Sheet: bsn.MaskLine(p.Sheet), Row: p.Row, Number: p.Number, Why: words.Kept(whyNotTaken(p))}
}

// whyNotTaken says why a referral row was refused, and in which cells.
func whyNotTaken(p workspace.ReferralProblem) billing.Text {
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
	return billing.Text{Dutch: why("nl"), English: why("en")}
}

// mostNotTaken is the most rows of each kind that a message names.
const mostNotTaken = 20

// notTaken returns a line for each referral row and decision that a run did not take from the folders of the workspace. No later job
// reports them, since it knows their files.
func notTaken(imported *workspace.Imported) (lines []string) {
	for _, p := range imported.Referrals[:min(mostNotTaken, len(imported.Referrals))] {
		if p.Number == "" {
			lines = append(lines, words.Both("Toewijzing zonder nummer niet overgenomen (%s, %s): %s", bsn.MaskLine(p.File), cellOf{p.Sheet, p.Row}, whyNotTaken(p)))
		} else {
			lines = append(lines, words.Both("Toewijzing %s niet overgenomen (%s, %s): %s", p.Number, bsn.MaskLine(p.File), cellOf{p.Sheet, p.Row}, whyNotTaken(p)))
		}
	}
	for _, p := range imported.Decisions[:min(mostNotTaken, len(imported.Decisions))] {
		lines = append(lines, words.Both("Besluit ‘%s’ over %s %s niet overgenomen (%s, %s): %s", p.Word, p.Reference, p.Code, bsn.MaskLine(p.File), cellOf{p.Sheet, p.Row}, p.Reason))
	}
	if more := max(len(imported.Referrals)-mostNotTaken, 0) + max(len(imported.Decisions)-mostNotTaken, 0); more > 0 {
		lines = append(lines, words.Both("Nog %d rijen zijn niet overgenomen.", more))
	}
	return lines
}

// cellOf is the place of a row on a sheet.
type cellOf struct {
	sheet string
	row   int
}

// In returns the place in a language.
func (c cellOf) In(language string) string { return words.Cell(bsn.MaskLine(c.sheet), c.row, language) }

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
