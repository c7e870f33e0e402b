package limits

import (
	"runtime"
	"testing"
	"time"
)

func TestWaitFor(t *testing.T) {
	const mib = 1 << 20
	for live, want := range map[uint64]int{0: 400, 4 * mib: 400, 20 * mib: 400, 26 * mib: 300, 40 * mib: 160, 52 * mib: 100, 80 * mib: 100, 104 * mib: 100, 4096 * mib: 100} {
		if got := waitFor(live); got != want {
			t.Errorf("%d MiB: %d per cent, want %d", live/mib, got, want)
		}
	}
}

// Every collection is reported, not only the first.
func TestEachCollection(t *testing.T) {
	told := make(chan bool, 100)
	eachCollection(func() {
		select {
		case told <- true:
		default:
		}
	})
	for range 3 {
		runtime.GC()
		select {
		case <-told:
		case <-time.After(time.Minute):
			t.Fatal("a collection was not told of")
		}
	}
}
