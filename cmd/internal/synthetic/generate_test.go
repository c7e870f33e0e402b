package synthetic

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

func optionsOf(records int, seed uint64) Options {
	return Options{Records: records, Seed: seed, Period: billing.PeriodOf(2026, 10)}
}

func generate(t testing.TB, options Options) (string, *Summary) {
	t.Helper()
	dir := t.TempDir()
	summary, err := Generate(context.Background(), dir, options)
	if err != nil {
		t.Fatal(err)
	}
	return dir, summary
}

func planOf(t testing.TB, options Options) *plan {
	t.Helper()
	p, err := newPlan(options)
	if err == nil {
		err = p.make(context.Background())
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSameOptionsSameBytes(t *testing.T) {
	for _, plain := range []bool{false, true} {
		options := optionsOf(3000, 42)
		options.Plain = plain
		first, summary := generate(t, options)
		for range 2 {
			second, again := generate(t, options)
			if strings.Join(summary.Files, "\n") != strings.Join(again.Files, "\n") {
				t.Fatalf("other files: %v and %v", summary.Files, again.Files)
			}
			for _, name := range summary.Files {
				if !bytes.Equal(read(t, first, name), read(t, second, name)) {
					t.Errorf("%s differs", name)
				}
			}
		}
	}
}

func TestAnotherSeedGivesAnother(t *testing.T) {
	first, second := planOf(t, optionsOf(500, 1)), planOf(t, optionsOf(500, 2))
	if first.clients[0].bsn == second.clients[0].bsn && first.clients[0].birth == second.clients[0].birth {
		t.Error("two seeds give the same client")
	}
}

func TestCounts(t *testing.T) {
	for _, records := range []int{1, 2, 7, 60, 500, 2999, 12_000, 70_000} {
		p := planOf(t, optionsOf(records, uint64(records)))
		s := p.summary(nil)
		if s.Records != records {
			t.Errorf("%d records, want %d", s.Records, records)
		}
		if s.Clients > clientsMax || s.Clients < 1 {
			t.Errorf("%d records: %d clients", records, s.Clients)
		}
		if records >= 12_000 && s.Providers != 40 {
			t.Errorf("%d records: %d providers", records, s.Providers)
		}
		wrong := 0
		for _, count := range s.Mistakes {
			wrong += count
		}
		if share := float64(wrong) / float64(records); records >= 12_000 && (share < 0.05 || share > 0.09) {
			t.Errorf("%d records: %.1f %% have a mistake", records, 100*share)
		}
	}
}

func TestBSNsAreOfTheTestRange(t *testing.T) {
	p := planOf(t, optionsOf(60_000, 3))
	if len(p.clients) != clientsMax {
		t.Errorf("%d clients, want %d", len(p.clients), clientsMax)
	}
	seen := make(map[string]bool)
	for _, client := range p.clients {
		if !billing.ValidBSN(client.bsn) || client.bsn < "999900006" || client.bsn > "999999990" || seen[client.bsn] {
			t.Fatalf("bad number %s", client.bsn)
		}
		seen[client.bsn] = true
	}
}

func TestOptionsAreChecked(t *testing.T) {
	period := billing.PeriodOf(2026, 10)
	for _, options := range []Options{{Period: period}, {Records: RecordsMax + 1, Period: period}, {Records: 10}} {
		if _, err := Generate(context.Background(), t.TempDir(), options); err == nil {
			t.Errorf("%+v: no error", options)
		}
	}
}

// TestRoomForManyRecords checks that the clients can have enough care for the largest workspace.
func TestRoomForManyRecords(t *testing.T) {
	for _, records := range []int{recordsOfThree, recordsOfThree + 1, recordsOfThree*3/2 + 1, 6_000_000, 8_000_000, RecordsMax} {
		p, err := newPlan(Options{Records: records, Seed: 3, Period: billing.PeriodOf(2026, 10)})
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range []func() error{p.findProviders, p.goOn, p.makeClients, p.countVisits} {
			if err := step(); err != nil {
				t.Errorf("%d records: %v", records, err)
			}
		}
	}
}

func TestNothingIsOverwritten(t *testing.T) {
	options := optionsOf(200, 1)
	dir, summary := generate(t, options)
	before := read(t, dir, summary.Files[0])
	if _, err := Generate(context.Background(), dir, options); err == nil {
		t.Fatal("a second time in the same folder: no error")
	}
	if !bytes.Equal(before, read(t, dir, summary.Files[0])) {
		t.Error("a file was changed")
	}
}

func TestAnErrorLeavesNoFiles(t *testing.T) {
	options := optionsOf(300, 1)
	_, summary := generate(t, options)
	dir := t.TempDir()
	last := summary.Files[len(summary.Files)-1]
	path := filepath.Join(dir, filepath.FromSlash(last))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Generate(context.Background(), dir, options); err == nil {
		t.Fatal("no error")
	}
	for _, name := range summary.Files {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err == nil && name != last {
			t.Errorf("%s was left behind", name)
		}
	}
	if string(read(t, dir, last)) != "mine" {
		t.Error("somebody's file was changed")
	}
}

func TestFilesAreForTheOwner(t *testing.T) {
	dir, summary := generate(t, optionsOf(300, 1))
	for _, name := range summary.Files {
		info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v", name, info.Mode())
		}
	}
}

func TestACancelledContextStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Generate(ctx, t.TempDir(), optionsOf(300, 1)); err == nil {
		t.Error("no error")
	}
}

func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func BenchmarkPlan(b *testing.B) {
	for b.Loop() {
		planOf(b, optionsOf(100_000, 1))
	}
}

func BenchmarkGenerate(b *testing.B) {
	for _, plain := range []bool{false, true} {
		b.Run(map[bool]string{false: "as-sent", true: "plain"}[plain], func(b *testing.B) {
			options := optionsOf(100_000, 1)
			options.Plain = plain
			for b.Loop() {
				generate(b, options)
			}
			b.ReportMetric(float64(options.Records)*float64(b.N)/b.Elapsed().Seconds(), "records/s")
		})
	}
}
