package web

import (
	"strconv"
	"testing"

	"golang.org/x/time/rate"
)

// An address that used up its requests stays refused when many others come, as long as these are not all busy.
func TestLimiterRemembersTheBusy(t *testing.T) {
	l := newLimiter(rate.Limit(1e-9), 2)
	for range 2 {
		l.allow("busy")
	}
	if l.allow("busy") {
		t.Fatal("a third request is allowed")
	}
	for i := range addresses { // as many that have all their requests left
		l.visitors[strconv.Itoa(i)] = rate.NewLimiter(l.perSecond, l.atOnce)
	}
	if !l.allow("new") || l.allow("busy") {
		t.Error("the limiter forgot who was busy, or refuses a new address")
	}
	if len(l.visitors) != 2 {
		t.Errorf("%d addresses are remembered", len(l.visitors))
	}
}

// A limiter holds a bounded number of addresses, even if all are busy.
func TestLimiterIsBounded(t *testing.T) {
	l := newLimiter(rate.Limit(1e-9), 2)
	for i := range addresses + 5 {
		l.allow(strconv.Itoa(i))
	}
	if len(l.visitors) > addresses {
		t.Errorf("%d addresses are remembered", len(l.visitors))
	}
}
