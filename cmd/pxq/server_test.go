package main

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest/server"
)

// saysLost checks that the loss of the server is reported in a text that says what to do.
func saysLost(t *testing.T, what string, status int, said string) {
	t.Helper()
	if status != failed {
		t.Errorf("%s: status %d, %s", what, status, said)
	}
	isClear(t, said, "verbinding met PostgreSQL", "antwoordt niet")
	isClear(t, said, "Controleer")
	isClear(t, said, "opnieuw", "server draait")
}

// When the connection is cut at any moment of any command, or the server stops or restarts, the command ends with a clear
// message and status 1. The same command then has the result that it would have had at first: nothing is lost or duplicated.
func TestServerIsLost(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and no two goroutines of it meet")
	}
	month := []string{runOctober, closeOctober}
	direct := ledgertest.Postgres(t)
	folder := monthFolder(t, "small")
	whole := server.NewProxy(t, direct)
	var sizes []int64 // number of bytes that each command sends
	for _, command := range month {
		before := whole.Passed()
		succeed(t, machineArgs(command, folder, "", whole.Address)...)
		sizes = append(sizes, whole.Passed()-before)
	}
	want := declaredBy(t, folder, direct)
	cuts := 4
	if os.Getenv("PXQ_SOAK") != "" {
		cuts = 60
	}
	tried := 0
	for i := range cuts {
		address, folder := ledgertest.Postgres(t), monthFolder(t, "small")
		proxy := server.NewProxy(t, address)
		for number, command := range month {
			args := machineArgs(command, folder, "", proxy.Address)
			proxy.Fail(server.Cut, sizes[number]*int64(2*i+1)/int64(2*cuts))
			status, out, errOut := call(t, args...)
			tried++
			if status != done { // a command whose work was done when the connection was cut does not notice
				if strings.Contains(errOut, "IS afgesloten") {
					isClear(t, errOut, "verbinding met PostgreSQL", "antwoordt niet", "werkboeken konden niet")
				} else {
					saysLost(t, command+" "+strconv.Itoa(i), status, out+errOut)
				}
			}
			status, out, errOut = call(t, args...) // the server is down
			saysLost(t, command, status, out+errOut)
			proxy.Mend()
			status, errOut = callPatiently(t, args...)
			if status != done && !strings.Contains(errOut, "al afgesloten") {
				t.Errorf("%s, once the server is back: status %d, %s", command, status, errOut)
			}
		}
		if got := declaredBy(t, folder, address); got != want {
			t.Errorf("cut %d: it declares something else\n%s", i, firstDifference(want, got))
		}
		if said := succeed(t, machineArgs("verify", folder, "", address)...); !strings.Contains(said, "niets wijkt af") {
			t.Error(said)
		}
	}
	t.Logf("%d commands of which the connection was cut", tried)
}

// When the server no longer responds, over a connection that stays open, the command gives up with a message.
func TestServerIsSilent(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and no two goroutines of it meet")
	}
	address, folder := ledgertest.Postgres(t), monthFolder(t, "small")
	proxy := server.NewProxy(t, address)
	args := machineArgs(runOctober, folder, "", proxy.Address)
	proxy.Fail(server.Silent, 20_000)
	begun := time.Now()
	status, out, errOut := call(t, args...)
	saysLost(t, "silent", status, out+errOut)
	t.Logf("given up after %v", time.Since(begun).Round(time.Second/10))
	proxy.Mend()
	if status, said := callPatiently(t, args...); status != done {
		t.Errorf("once the server is back: status %d, %s", status, said)
	}
}

// callPatiently runs the command once the server has noticed that the former holder of the lock is gone.
func callPatiently(t testing.TB, args ...string) (status int, said string) {
	t.Helper()
	for range 100 {
		if status, _, said = call(t, args...); !strings.Contains(said, "Een ander pxq-proces") {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	return status, said
}

// declaredBy is declaredIn for a workspace with its database elsewhere.
func declaredBy(t testing.TB, folder, database string) string {
	t.Helper()
	text := ""
	for _, what := range []string{"lines", "records"} {
		text += succeed(t, machineArgs("export "+what+" --period 2026-10", folder, "", database)...)
	}
	return text
}
