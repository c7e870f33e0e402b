package signin

import (
	"hash/maphash"
	"sync"
)

// turns serializes attempts to sign in with one name or from one network. Simultaneous attempts would all be checked before the first
// failure is counted.
type turns struct {
	seed      maphash.Seed
	names     [64]sync.Mutex
	addresses [64]sync.Mutex
}

func newTurns() *turns { return &turns{seed: maphash.MakeSeed()} }

// take waits for the turn of a name and an address, and returns the function that ends it. It locks the name before the address, so
// that two attempts cannot deadlock.
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
