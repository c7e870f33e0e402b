package main

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// TestKilled kills the command with SIGKILL at random moments, ten times on each database, and then lets it
// finish: no record may be lost or duplicated.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for a while")
	}
	killMany(t, func(kills int, _ time.Time) bool { return kills < 10 })
}

// TestSoakKilled is TestKilled for the duration in PXQ_SOAK, with at least two hundred kills.
func TestSoakKilled(t *testing.T) {
	long := soaking(t)
	killMany(t, func(kills int, begun time.Time) bool { return kills < 200 || time.Since(begun) < long })
}

// soaking returns the duration in PXQ_SOAK; it skips the test when that is not set.
func soaking(t *testing.T) time.Duration {
	t.Helper()
	if os.Getenv("PXQ_SOAK") == "" {
		t.Skip("PXQ_SOAK is not set: see make soak")
	}
	long, err := time.ParseDuration(os.Getenv("PXQ_SOAK"))
	if err != nil {
		t.Fatal(err)
	}
	return long
}

func killMany(t *testing.T, more func(kills int, begun time.Time) bool) {
	program := programOf(t)
	plan := makeMonth(t)
	ledgertest.EachKind(t, func(t *testing.T, newAddress func() string) {
		want := plan.finish(t, program, plan.copyTo(t), newAddress())
		seed := uint64(time.Now().UnixNano())
		t.Logf("seed %d", seed)
		chance := rand.New(rand.NewPCG(seed, 0))
		begun := time.Now()
		for kills := 0; more(kills, begun); {
			folder, address := plan.copyTo(t), newAddress()
			for range 5 {
				if plan.runAndKill(t, program, folder, address, time.Duration(chance.IntN(int(plan.takes)))) {
					kills++
				}
			}
			if got := plan.finish(t, program, folder, address); !bytes.Equal(got, want) {
				t.Fatalf("after kills the declaration differs from the undisturbed one:\n%s\nwant:\n%s", head(got), head(want))
			}
			os.RemoveAll(folder)
		}
	})
}

// month is a workspace that is run repeatedly, and how long a run takes undisturbed.
type month struct {
	folder string
	asOf   string
	takes  time.Duration
}

// programOf returns the path of pxq as made by [TestMain]: the same code as the command, for tests that need a separate process.
func programOf(t *testing.T) string {
	t.Helper()
	program, err := exec.LookPath("pxq")
	if err != nil {
		t.Fatal(err)
	}
	return program
}

func makeMonth(t *testing.T) *month {
	t.Helper()
	plan := &month{folder: t.TempDir(), asOf: "2026-11-12"}
	var out, errOut bytes.Buffer
	if status := run(context.Background(), []string{"generate", "--workspace", plan.folder, "--records", "400", "--seed", "7"}, &out, &errOut); status != 0 {
		t.Fatalf("generate: %s", errOut.String())
	}
	return plan
}

func (m *month) copyTo(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp(t.TempDir(), "month")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(folder, os.DirFS(m.folder)); err != nil {
		t.Fatal(err)
	}
	return folder
}

func (m *month) command(program, folder, address string, args ...string) *exec.Cmd {
	command := exec.Command(program, append(args, "--workspace", folder, "--as-of", m.asOf, "--quiet")...)
	command.Env = append(os.Environ(), "PXQ_DATABASE="+address)
	return command
}

// runAndKill starts a run, or the close after it, and kills it after a while; killed reports whether it was still running.
func (m *month) runAndKill(t *testing.T, program, folder, address string, after time.Duration) (killed bool) {
	t.Helper()
	command := m.command(program, folder, address, "run", "--period", "2026-10")
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = command.Process.Kill() })
	err := command.Wait()
	timer.Stop()
	if err == nil {
		command = m.command(program, folder, address, "close", "--period", "2026-10")
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(after/4, func() { _ = command.Process.Kill() })
		err = command.Wait()
		timer.Stop()
	}
	return err != nil && strings.Contains(err.Error(), "killed")
}

// finish completes the run, closes the month, verifies the ledger, and returns its lines and records.
func (m *month) finish(t *testing.T, program, folder, address string) []byte {
	t.Helper()
	begun := time.Now()
	var all bytes.Buffer
	for _, args := range [][]string{
		{"run", "--period", "2026-10"}, {"close", "--period", "2026-10"}, {"run", "--period", "2026-10"}, {"verify"},
		{"export", "lines", "--period", "2026-10"}, {"export", "records", "--period", "2026-10"},
	} {
		var out, errOut bytes.Buffer
		command := m.command(program, folder, address, args...)
		command.Stdout, command.Stderr = &out, &errOut
		if err := command.Run(); err != nil && !strings.Contains(errOut.String(), "al afgesloten") {
			t.Fatalf("%v: %v\n%s%s", args, err, out.String(), errOut.String())
		}
		if args[0] == "run" && m.takes == 0 {
			m.takes = time.Since(begun)
		}
		if args[0] == "export" {
			all.Write(out.Bytes())
		}
	}
	return all.Bytes()
}

func head(text []byte) string { return string(text[:min(len(text), 2000)]) }
