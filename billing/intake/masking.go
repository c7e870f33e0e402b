package intake

import (
	"path/filepath"

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
