package views

import (
	"context"
	"fmt"
	"sync"

	"github.com/pxq-nl/pxq/billing/ledger"
)

// memory keeps counts of long lists for as long as nothing was written: many people look at the same ones.
type memory struct {
	mutex  sync.Mutex
	entry  int64 // of the audit trail, at which they were counted
	counts map[string]any
}

// countsMost is how many counts are kept.
const countsMost = 1000

// recall returns a count that was made before at the same entry of the audit trail, or makes it. What is asked tells counts
// apart, whoever may see them.
func recall[T any](ctx context.Context, m *memory, tx *ledger.Tx, count func() (T, error), asked ...any) (T, error) {
	entry, err := tx.LastEntry(ctx)
	if err != nil || entry == 0 {
		made, countErr := count()
		if err == nil {
			err = countErr
		}
		return made, err
	}
	key := fmt.Sprintf("%+v", asked)
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
