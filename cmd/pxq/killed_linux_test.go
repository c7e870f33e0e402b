package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// leastKills is the minimum number of kills of a soak, over all commands and both databases.
const leastKills = 1000

// wasDone are the messages of a command whose killed predecessor had done all of the work.
var wasDone = []string{"al afgesloten", "bestaat al", "is er al", "is niet leeg", "maand al", "geen bestand 01000001.csv", "nog niet berekend", "heeft geen run"}

// TestSoakKilledInEveryCommand kills every command at random moments, on both databases, and then repeats it: nothing may be
// lost, duplicated or left behind.
func TestSoakKilledInEveryCommand(t *testing.T) {
	long := soaking(t)
	program := programOf(t)
	made := &states{t, make(map[string]string)}
	seed := uint64(time.Now().UnixNano())
	chance := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	total := 0
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		kills, begun := make(map[string]int), time.Now()
		for count := 0; count < leastKills/2 || time.Since(begun) < long/2; {
			before := count
			for _, w := range writers {
				k := &killing{t: t, w: w, program: program, chance: chance, database: fresh(), disk: t.TempDir()}
				k.folder = filepath.Join(k.disk, "work")
				onServer := strings.HasPrefix(k.database, "postgres")
				if onServer && w.local && !strings.HasPrefix(w.args, "decide") && !strings.HasPrefix(w.args, "withdraw") {
					continue
				}
				if copyTo(t, k.folder, made.folder(w.before)); onServer {
					k.begin()
				} else {
					k.database = "sqlite:" + filepath.Join(k.folder, "pxq.db")
				}
				killed := k.kill(6)
				kills[strings.Fields(w.args)[0]] += killed
				count += killed
				k.finish()
				os.RemoveAll(k.disk)
			}
			if count == before {
				t.Fatal("nothing was killed")
			}
		}
		sum := 0
		for _, number := range kills {
			sum += number
		}
		total += sum
		t.Logf("%d kills: %v", sum, kills)
	})
	t.Logf("%d kills", total)
}

// killing is a workspace in which one command is killed.
type killing struct {
	t        *testing.T
	w        onDisk
	program  string
	chance   *rand.Rand
	database string
	folder   string
	disk     string
}

// begin restores the database on the server to its state before the command.
func (k *killing) begin() {
	for _, name := range []string{"pxq.db", "pxq.db-wal", "pxq.db-shm", "pxq.db.lock", "heads.txt"} {
		os.Remove(filepath.Join(k.folder, name))
	}
	for _, command := range k.w.before {
		if status, said := k.do(command, 0); status != done {
			k.t.Fatalf("%s: status %d, %s", command, status, said)
		}
	}
}

// do runs a command. If after is above 0 the command is killed after that time, and the status is negative.
func (k *killing) do(args string, after time.Duration) (status int, said string) {
	command := exec.Command(k.program, machineArgs(args, k.folder, k.disk, k.database)...)
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	if err := command.Start(); err != nil {
		k.t.Fatal(err)
	}
	if after > 0 {
		timer := time.AfterFunc(after, func() { _ = command.Process.Kill() })
		defer timer.Stop()
	}
	_ = command.Wait()
	return command.ProcessState.ExitCode(), out.String()
}

// kill kills the command a number of times, or until it completes, and returns how often it was killed.
func (k *killing) kill(times int) (killed int) {
	most := 150 * time.Millisecond
	for range times {
		begun := time.Now()
		status, said := k.do(k.w.args, 5*time.Millisecond+time.Duration(k.chance.Int64N(int64(most))))
		if status >= 0 {
			if status != done && !isDone(said) && !strings.Contains(said, "Een ander pxq-proces") {
				k.t.Errorf("%s: status %d, %s", k.w.args, status, said)
			}
			return killed
		}
		killed++
		most = max(most, 2*time.Since(begun))
	}
	return killed
}

func isDone(said string) bool {
	for _, words := range wasDone {
		if strings.Contains(said, words) {
			return true
		}
	}
	return false
}

// finish repeats the command, and checks that the result is as if it had never been killed.
func (k *killing) finish() {
	k.t.Helper()
	status, said := k.do(k.w.args, 0)
	for range 100 {
		if !strings.Contains(said, "Een ander pxq-proces") {
			break
		}
		time.Sleep(100 * time.Millisecond) // the server needs a moment to notice the lost connection
		status, said = k.do(k.w.args, 0)
	}
	if status != done && !isDone(said) {
		k.t.Errorf("%s: status %d, %s", k.w.args, status, said)
	}
	if len(k.w.before) > 0 || strings.HasPrefix(k.w.args, "run") {
		if status, said := k.do("verify", 0); status != done || !strings.Contains(said, "niets wijkt af") {
			k.t.Errorf("verify after %s: status %d, %s", k.w.args, status, said)
		}
		if status, said := k.do("audit", 0); status != done {
			k.t.Errorf("audit after %s: status %d, %s", k.w.args, status, said)
		}
		if got, want := k.declares(), k.undisturbed(); got != want {
			k.t.Errorf("%s: after kills it declares something else\n%s", k.w.args, firstDifference(want, got))
		}
	}
	if backup := filepath.Join(k.disk, "backup.db"); exists(backup) {
		of := *k
		of.database = "sqlite:" + backup
		if status, said := of.do("verify", 0); status != done {
			k.t.Errorf("the backup: status %d, %s", status, said)
		}
	}
	for _, name := range append(entries(k.t, k.folder), entries(k.t, k.disk)...) {
		if strings.HasPrefix(name, ".pxq-") && !strings.HasPrefix(k.w.args, "export") && !strings.HasPrefix(k.w.args, "backup") {
			k.t.Errorf("%s left %s", k.w.args, name)
		}
	}
}

func (k *killing) declares() string {
	text := ""
	for _, what := range []string{"lines", "records"} {
		status, said := k.do("export "+what+" --period 2026-10", 0)
		if status != done && !isDone(said) {
			k.t.Errorf("export after %s: %s", k.w.args, said)
		}
		text += said
	}
	return text
}

// undisturbed has the result of each command without kills.
var undisturbed = make(map[string]string)

func (k *killing) undisturbed() string {
	if undisturbed[k.w.args] == "" {
		calm := *k
		calm.disk = k.t.TempDir()
		calm.folder, calm.database = filepath.Join(calm.disk, "work"), "sqlite:pxq.db"
		copyTo(k.t, calm.folder, monthFolder(k.t, "small"))
		for _, command := range append(k.w.before, k.w.args) {
			if status, said := calm.do(command, 0); status != done {
				k.t.Fatalf("%s: status %d, %s", command, status, said)
			}
		}
		undisturbed[k.w.args] = calm.declares()
	}
	return undisturbed[k.w.args]
}
