package ledger

import (
	"context"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// What of a client lies at rest is not read when the client is judged: the dated records up to the day clients.rest_to.

// judgedWhole makes a client be judged again with all that lies at rest.
const judgedWhole = "changed = 1, rest_to = 0, passed = 0"

// MarkRows notes that rows of these clients came in, the first of the day that is given: what lies at rest stays so up to
// the month of the day before it.
func (t *Tx) MarkRows(ctx context.Context, clients map[string]billing.Date) error {
	for bsn, day := range clients {
		last := int32((day - 1).Period().First() - 1)
		if err := t.db.Exec(ctx, "INSERT INTO clients (bsn, changed, undeclared) VALUES (?, 1, 1) ON CONFLICT (bsn) DO UPDATE SET changed = 1, "+
			"rest_to = CASE WHEN clients.rest_to <= ? THEN clients.rest_to WHEN clients.passed <> 0 THEN 0 ELSE ? END, "+
			"passed = CASE WHEN clients.rest_to <= ? THEN clients.passed ELSE 0 END", bsn, last, max(last, 0), last); err != nil {
			return err
		}
	}
	return nil
}

// AddStray notes that a record of a client names a referral that is not the client's own.
func (t *Tx) AddStray(ctx context.Context, number, bsn string) error {
	return t.db.Exec(ctx, "INSERT INTO strays (number, bsn) VALUES (?, ?) ON CONFLICT (number, bsn) DO NOTHING", number, bsn)
}

// markStrays marks the clients of whom a record names the referral, whoever it is of.
func (t *Tx) markStrays(ctx context.Context, number string) error {
	return t.db.Exec(ctx, "UPDATE clients SET "+judgedWhole+" WHERE bsn IN (SELECT bsn FROM strays WHERE number = ?)", number)
}

// onClient makes a condition on clients one on those under the name c.
func onClient(condition string) string { return strings.ReplaceAll(condition, "bsn ", "c.bsn ") }

// unrested is the condition on records, under the name r and with their client as c, that do not lie at rest; those
// without a date are always read.
func (r *ClientReader) unrested() string {
	if r.whole {
		return ""
	}
	return " AND (c.rest_to = 0 OR r.care_date > c.rest_to OR r.care_date = 0)"
}
