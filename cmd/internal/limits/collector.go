package limits

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// By default the garbage collector starts whenever the heap has doubled. A command holds only a few dozen MiB, so that it
// started many times a second and took a sixth of the processor time of a month's run. With these limits it waits longer
// while the heap is small; a large heap may still only double.
const (
	roomyHeap = 104 << 20 // bytes up to which the heap may grow before the next collection
	mostWait  = 400       // largest GC percentage
	leastWait = 100       // smallest GC percentage, which is Go's default
)

// KeepRoom makes the garbage collector of this process start less often while the heap is small. It does nothing when GOGC
// is set.
func KeepRoom() {
	if os.Getenv("GOGC") != "" {
		return
	}
	adjust()
	eachCollection(adjust)
}

// adjust sets the GC percentage by the live heap of the last collection.
func adjust() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	if live[0].Value.Kind() == metrics.KindUint64 {
		debug.SetGCPercent(waitFor(live[0].Value.Uint64()))
	}
}

// waitFor returns the GC percentage for a live heap of so many bytes.
func waitFor(live uint64) int {
	if live >= roomyHeap {
		return leastWait
	}
	return int(min(mostWait, max(leastWait, (roomyHeap-live)*100/max(1, live))))
}

// turn is garbage as soon as it is made, so that its finalizer runs at the next collection.
type turn struct{ _ [64]byte }

// eachCollection calls do after every garbage collection.
func eachCollection(do func()) {
	runtime.SetFinalizer(&turn{}, func(*turn) {
		do()
		eachCollection(do)
	})
}
