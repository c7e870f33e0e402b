package intake

import (
	"path/filepath"

	"github.com/pxq-nl/pxq/billing/bsn"
)

// nameOf returns the name of a file as it is kept and shown.
func nameOf(path string) string { return bsn.FileName(filepath.Base(path)) }

// withoutClients makes a reference or the number of a referral fit for a message: without the citizen service number of
// the row, or of any client. Other numbers that look like one stay.
func (g *group) withoutClients(text, own string) string {
	return bsn.MaskKnown(bsn.Shown(text), func(number string) bool {
		if _, came := g.came[number]; came || number == own || g.clients[number] {
			return true
		}
		is, err := g.tx.IsClient(g.ctx, number)
		return is || err != nil
	})
}
