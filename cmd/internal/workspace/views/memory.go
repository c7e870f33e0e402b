package views

import (
	"context"
	"fmt"
	"sync"

	"github.com/pxq-nl/pxq/billing/ledger"
)

// memory caches counts of long lists, which many users look at, until something is written to the store.
type memory struct {
	mutex  sync.Mutex
	entry  int64 // the last entry of the audit trail when they were counted
	counts map[string]any
}

// countsMost is the number of counts above which the cache is emptied.
const countsMost = 1000

// recall returns a cached count if no entry was added to the audit trail since, or else calls count. The values in asked are
// the key of the count; they must include everything that it depends on, among it the scope.
func recall[T any](ctx context.Context, m *memory, tx *ledger.Tx, count func() (T, error), asked ...any) (T, error) {
	entry, err := tx.LastEntry(ctx)
	if err != nil || entry == 0 {
		made, countErr := count()
		if err == nil {
			err = countErr
		}
		return made, err
	}
	key := fmt.Sprintf("%#v", asked) // %+v writes an empty list, which selects nothing, as it writes none at all
	m.mutex.Lock()
	if m.entry == entry {
		if kept, has := m.counts[key].(T); has {
			m.mutex.Unlock()
			return kept, nil
		}
	}
	m.mutex.Unlock()
	made, err := count()
	if err != nil {
		return made, err
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.entry < entry || m.counts == nil || len(m.counts) > countsMost {
		m.entry, m.counts = entry, make(map[string]any)
	}
	if m.entry == entry {
		m.counts[key] = made
	}
	return made, nil
}
