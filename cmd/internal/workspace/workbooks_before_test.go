package workspace

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/cmd/internal/synthetic"
)

// month is a workspace with one month that is run repeatedly.
type month struct {
	*testing.T
	path string
}

func (m *month) in(do func(*Workspace) error) {
	m.Helper()
	folder, err := Read(m.path, "")
	if err != nil {
		m.Fatal(err)
	}
	w, err := folder.Open(m.Context(), Options{Create: true})
	if err != nil {
		m.Fatal(err)
	}
	defer w.Close()
	if err := do(w); err != nil {
		m.Fatal(err)
	}
}

// run runs the month and returns its workbooks.
func (m *month) run() map[string]os.FileInfo {
	m.Helper()
	m.in(func(w *Workspace) error {
		_, err := w.Run(m.Context(), RunOptions{Period: monthRun, AsOf: monthRun.Add(1).First().AddDays(20)}, nil)
		return err
	})
	files := make(map[string]os.FileInfo)
	entries, err := os.ReadDir(m.reports())
	if err != nil {
		m.Fatal(err)
	}
	for _, entry := range entries {
		if files[entry.Name()], err = entry.Info(); err != nil {
			m.Fatal(err)
		}
	}
	return files
}

var monthRun = billing.PeriodOf(2026, 10)

func (m *month) reports() string { return filepath.Join(m.path, "reports", monthRun.String()) }

// contents returns the bytes of the workbooks.
func (m *month) contents() map[string][]byte {
	m.Helper()
	contents := make(map[string][]byte)
	names, err := filepath.Glob(filepath.Join(m.reports(), "*.xlsx"))
	if err != nil {
		m.Fatal(err)
	}
	for _, name := range names {
		if contents[filepath.Base(name)], err = os.ReadFile(name); err != nil {
			m.Fatal(err)
		}
	}
	return contents
}

// generated returns a month of synthetic records.
func generated(t *testing.T, records int, seed uint64) *month {
	t.Helper()
	m := &month{t, t.TempDir()}
	if _, err := Generate(t.Context(), m.path, synthetic.Options{Records: records, Seed: seed, Period: monthRun}); err != nil {
		t.Fatal(err)
	}
	return m
}

// eachRow visits the rows of the last run.
func (m *month) eachRow(visit func(*report.Row) error) {
	m.Helper()
	m.in(func(w *Workspace) error {
		return w.store.Read(m.Context(), func(tx *ledger.Tx) error {
			run, _, err := tx.LastRun(m.Context())
			if err != nil {
				return err
			}
			return w.reporter().EachRow(m.Context(), run, visit)
		})
	})
}

// send writes a file of rows that a provider sends.
func (m *month) send(name string, rows ...string) {
	m.Helper()
	text := "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\n" + strings.Join(rows, "\n") + "\n"
	path := filepath.Join(m.path, "submissions", name, name+".csv")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		m.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		m.Fatal(err)
	}
}

// A run rewrites the return files in which something changed and reuses the others. The result is, byte for byte, the same as
// when all are rewritten.
func TestWorkbooksOfWhoChangedAreMadeAnew(t *testing.T) {
	m := generated(t, 700, 3)
	before := m.run()
	reference, sent := m.aReference()
	m.send("more", strings.ReplaceAll(sent, "REF", "X-1"), strings.ReplaceAll(sent, "REF", reference)) // a new row, and changed content
	var retours []string
	for name := range before {
		if strings.HasPrefix(name, "retour-") {
			retours = append(retours, filepath.Join(m.reports(), name))
		}
	}
	if err := os.Remove(retours[0]); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(retours[1], []byte("changed"), 0o600); err != nil {
		t.Fatal(err)
	}
	m.after(before)
}

// A number in a finding is shown as long as it is no client's. Once a provider sends care of the client with that BSN it is
// masked, even where the row itself did not change.
func TestNumberThatBecameThatOfAClientIsMasked(t *testing.T) {
	m := generated(t, 1500, 3)
	m.run()
	var left []string
	m.in(func(w *Workspace) error {
		return w.store.Read(m.Context(), func(tx *ledger.Tx) error {
			text, err := tx.Meta(m.Context(), madeName(monthRun))
			var last lastMade
			err = errors.Join(err, json.Unmarshal([]byte(text), &last))
			for _, made := range last.Providers {
				left = append(left, made.Left...)
			}
			return err
		})
	})
	if len(left) < 2 {
		t.Fatalf("%d numbers are nobody's", len(left))
	}
	slices.Sort(left)
	_, sent := m.aReference()
	fields := strings.Split(strings.ReplaceAll(sent, "REF", "X-1"), ";")
	fields[2] = left[0]
	last := slices.Clone(fields)
	last[0], last[2] = "X-2", left[len(left)-1]
	m.send("theirs", strings.Join(last, ";"), strings.Join(fields, ";"))
	m.run()
	m.asMadeAnew()
}

// Rows that are reused from an earlier uitval.xlsx move when rows before them are added, changed or removed, repeatedly, and
// when somebody changed a workbook.
func TestUitvalIsTakenOver(t *testing.T) {
	m := generated(t, 2500, 6)
	m.run()
	reference, sent := m.aReference()
	row := func(reference, quantity string) string {
		return strings.TrimSuffix(strings.ReplaceAll(sent, "REF", reference), "7") + quantity
	}
	for _, rows := range [][]string{
		{row("X-1", "7"), row("X-2", "7")},        // the same twice: signals
		{row("X-3", "7"), row("X-2", "0")},        // a new row, and a withdrawal
		{row(reference, "9"), row("X-1", "1000")}, // changed content
	} {
		m.send(fmt.Sprint("more", len(rows[0]), rows[0][:3]), rows...)
		m.run()
		m.asMadeAnewFrom(m.path)
	}
	uitval := filepath.Join(m.reports(), "uitval.xlsx")
	if err := os.WriteFile(uitval, []byte("changed"), 0o600); err != nil {
		t.Fatal(err)
	}
	m.send("last", row("X-4", "7"))
	m.run()
	m.asMadeAnew()
}

// Even when nearly all providers send something, what is stored of the others is reused.
func TestWorkbooksWhenMostChanged(t *testing.T) {
	m := generated(t, 1500, 7)
	before := m.run()
	var sent []string
	seen := map[string]bool{"99040003": true, "99040001": true} // send nothing more
	m.eachRow(func(r *report.Row) error {
		if r.IsPlain() && r.Record.Unit == billing.Time && !seen[r.Record.Provider] {
			seen[r.Record.Provider] = true
			sent = append(sent, fmt.Sprintf("M-%d;%s;%s;%s;%s;%s;minuten;8", len(sent), r.Record.Provider, r.Record.BSN, r.Record.ReferralNumber, r.Record.Product, r.Record.First))
		}
		return nil
	})
	m.send("everybody", sent...)
	m.after(before)
}

// A return file reports how many rows in its provider's files have an AGB code that is not in the book. A newer version of such
// a row, sent by another provider, touches no provider in the book.
func TestReturnFileTellsOfOtherCodesThatAreThere(t *testing.T) {
	m := generated(t, 300, 4)
	m.run()
	_, sent := m.aReference()
	fields := strings.Split(strings.ReplaceAll(sent, "REF", "X-2"), ";")
	fields[1] = "12345678"
	stranger := strings.Join(fields, ";")
	m.send("two", strings.ReplaceAll(sent, "REF", "X-1"), strings.ReplaceAll(sent, "REF", "X-3"), stranger)
	m.run()
	m.send("newer", stranger+"5")
	m.run()
	m.asMadeAnew()
}

// When the workbooks of a closed month are written late, the providers touched in the next month stay recorded.
func TestLateWorkbooksForgetNobody(t *testing.T) {
	m := generated(t, 10, 5)
	m.in(func(w *Workspace) error {
		return w.store.Write(m.Context(), func(tx *ledger.Tx) error {
			return errors.Join(tx.Touch(m.Context(), map[string]bool{"01000001": true}),
				keepMade(m.Context(), tx, ledger.Run{ID: 1, Period: int32(monthRun), ClosedOn: monthRun.Last()}, nil))
		})
	})
	m.in(func(w *Workspace) error {
		if touched, err := w.store.TouchedProviders(m.Context()); err != nil || len(touched) != 1 {
			m.Errorf("touched are %q, %v", touched, err)
		}
		return nil
	})
}

// after runs the month. It expects that some return files were reused and some were not, and that all equal rebuilt ones.
func (m *month) after(before map[string]os.FileInfo) {
	m.Helper()
	now := m.run()
	same, other := 0, 0
	for name, info := range now {
		if !strings.HasPrefix(name, "retour-") {
			continue
		}
		if was := before[name]; was != nil && os.SameFile(was, info) {
			same++
		} else {
			other++
		}
	}
	if same == 0 || other == 0 {
		m.Errorf("%d return files taken over, %d made anew", same, other)
	}
	m.asMadeAnew()
}

// asMadeAnewFrom is asMadeAnew on a copy of the workspace, which itself stays as it is.
func (m *month) asMadeAnewFrom(path string) {
	m.Helper()
	copied := &month{m.T, filepath.Join(m.TempDir(), "copy")}
	if err := os.CopyFS(copied.path, os.DirFS(path)); err != nil {
		m.Fatal(err)
	}
	copied.asMadeAnew()
}

// asMadeAnew expects that the workbooks equal rebuilt ones.
func (m *month) asMadeAnew() {
	m.Helper()
	got := m.contents()
	m.in(func(w *Workspace) error {
		return w.store.Write(m.Context(), func(tx *ledger.Tx) error {
			if err := tx.SetMeta(m.Context(), madeName(monthRun), ""); err != nil {
				return err
			}
			return tx.SetMeta(m.Context(), reportsName(monthRun), "")
		})
	})
	m.run()
	anew := m.contents()
	if len(got) != len(anew) {
		m.Errorf("%d workbooks, made anew %d", len(got), len(anew))
	}
	for name, content := range anew {
		if !strings.HasPrefix(name, "bewaard-") && !bytes.Equal(got[name], content) {
			m.Errorf("%s is not what it is when all is made anew", name)
		}
	}
}

// aReference returns the reference of a row, and a row of the same client with REF as reference.
func (m *month) aReference() (reference, row string) {
	m.Helper()
	m.eachRow(func(r *report.Row) error {
		if reference == "" && r.IsPlain() && r.Record.Unit == billing.Time {
			reference = r.Record.Reference
			row = fmt.Sprintf("REF;%s;%s;%s;%s;%s;minuten;7", r.Record.Provider, r.Record.BSN, r.Record.ReferralNumber, r.Record.Product, r.Record.First)
		}
		return nil
	})
	return reference, row
}
