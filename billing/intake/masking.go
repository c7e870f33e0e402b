package intake

import (
	"path/filepath"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
)

// nameOf returns the base name of a file as it is stored and shown.
func nameOf(path string) string { return bsn.FileName(filepath.Base(path)) }

// withoutClients returns a reference or referral number for use in a message, with the BSN of the row (own) or of any
// client masked. Other numbers that look like a BSN stay.
func (g *group) withoutClients(text, own string) string {
	return bsn.MaskKnown(bsn.Shown(text), func(number string) bool {
		if _, affected := g.affected[number]; affected || number == own || g.clients[number] {
			return true
		}
		is, err := g.tx.IsClient(g.ctx, number)
		return is || err != nil
	})
}

// shownNumber returns the number of a referral row for use in a message. If the cell of the BSN has none, somebody may have typed it
// as the number, and nobody knows whose it is: every number that may be a BSN is masked.
func (g *group) shownNumber(row *billing.ReferralRow) string {
	if row.BSN == "" && row.Present[billing.ReferralBSN] {
		return bsn.MaskOf(bsn.Shown(row.Number), "")
	}
	return g.withoutClients(row.Number, row.BSN)
}
