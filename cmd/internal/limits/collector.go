package limits

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// What the garbage collector aims at. By itself it begins anew whenever the heap has doubled: of the few dozen MiB that a
// command holds, many times a second, and a sixth of what a run of a month takes of the processor. It may wait longer while
// the heap stays small; a large heap still may only double.
const (
	roomyHeap = 104 << 20 // bytes up to which the heap may grow before the next collection
	mostWait  = 400       // per cent of what is in use that is added before it
	leastWait = 100
)

// KeepRoom lets the garbage collector of this process wait while the heap is small, unless GOGC says otherwise.
func KeepRoom() {
	if os.Getenv("GOGC") != "" {
		return
	}
	adjust()
	eachCollection(adjust)
}

// adjust sets how long the collector waits by what was in use at its last turn.
func adjust() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	if live[0].Value.Kind() == metrics.KindUint64 {
		debug.SetGCPercent(waitFor(live[0].Value.Uint64()))
	}
}

// waitFor returns how many per cent the heap may grow beyond what is in use, in bytes.
func waitFor(live uint64) int {
	if live >= roomyHeap {
		return leastWait
	}
	return int(min(mostWait, max(leastWait, (roomyHeap-live)*100/max(1, live))))
}

// turn is garbage as soon as it is made, so that its end tells of a collection.
type turn struct{ _ [64]byte }

// eachCollection calls what is to be done after each garbage collection.
func eachCollection(do func()) {
	runtime.SetFinalizer(&turn{}, func(*turn) {
		do()
		eachCollection(do)
	})
}
