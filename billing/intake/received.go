package intake

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// receivedRows counts the rows of a file that were already received.
type receivedRows map[received]*ledger.AlreadyReceived

// received is the key of the counts.
type received struct{ provider, municipality string }

func compareReceived(a, b received) int {
	return cmp.Or(strings.Compare(a.provider, b.provider), strings.Compare(a.municipality, b.municipality))
}

// count counts a row; rows is 1, or -1 to undo it.
func (c receivedRows) count(r *billing.Record, rows int) {
	key := received{r.Provider, r.Municipality}
	count := c[key]
	if count == nil {
		count = &ledger.AlreadyReceived{Provider: r.Provider, Municipality: r.Municipality}
		c[key] = count
	}
	count.Rows += rows
	switch r.Unit {
	case billing.Time:
		count.Time += int64(rows) * int64(r.Quantity)
	case billing.Daypart:
		count.Dayparts += int64(rows) * int64(r.Quantity)
	}
}

// keep stores the counts of a file.
func (c receivedRows) keep(ctx context.Context, tx *ledger.Tx, file int64) error {
	for _, key := range slices.SortedFunc(maps.Keys(c), compareReceived) {
		if count := *c[key]; count.Rows > 0 {
			count.FileID = file
			if err := tx.AddAlreadyReceived(ctx, count); err != nil {
				return err
			}
		}
	}
	return nil
}
