package signin

import (
	"hash/maphash"
	"sync"
)

// turns let those who try to sign in by one name, or from one address, do so one after another: many tries at once would all
// be looked at before the first of them had failed.
type turns struct {
	seed      maphash.Seed
	names     [64]sync.Mutex
	addresses [64]sync.Mutex
}

func newTurns() *turns { return &turns{seed: maphash.MakeSeed()} }

// take waits for the turn of a name and an address, and returns what ends it. A name goes before an address, so that two never
// wait for each other.
func (t *turns) take(name, address string) (end func()) {
	ofName := &t.names[maphash.String(t.seed, name)%uint64(len(t.names))]
	ofAddress := &t.addresses[maphash.String(t.seed, address)%uint64(len(t.addresses))]
	ofName.Lock()
	ofAddress.Lock()
	return func() {
		ofAddress.Unlock()
		ofName.Unlock()
	}
}
