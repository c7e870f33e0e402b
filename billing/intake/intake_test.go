package intake_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
	"github.com/pxq-nl/pxq/billing/rules"
)

const provider, client, other = "30000001", "999900006", "999900018"

// shelf is a Reader of files that exist only in memory: rows of care or of decisions, by path.
type shelf map[string]any

func (s shelf) Hash(path string) (string, error) {
	if s[path] == nil {
		return "", fmt.Errorf("no %s", path)
	}
	return fmt.Sprintf("%s %p", path, s[path]), nil
}

func (s shelf) Read(_ context.Context, path string, _ billing.Date, sink billing.Sink) (*billing.FileSummary, error) {
	hash, err := s.Hash(path)
	summary := &billing.FileSummary{Name: path[strings.LastIndex(path, "/")+1:], SHA256: hash, Sheets: []billing.SheetSummary{{}}}
	kind := &summary.Sheets[0].Kind
	switch rows := s[path].(type) {
	case []billing.Record:
		*kind = billing.SubmissionSheet
		for i := range rows {
			r := rows[i] // the sink keeps its argument
			err = errors.Join(err, sink.Record(&r))
		}
	case []billing.ReferralRow:
		*kind = billing.ReferralSheet
		for i := range rows {
			err = errors.Join(err, sink.Referral(&rows[i]))
		}
	case []billing.DecisionRow:
		*kind = billing.DecisionSheet
		for i := range rows {
			err = errors.Join(err, sink.Decision(&rows[i]))
		}
	}
	return summary, err
}

// care returns rows of one hour each, R1, R2, …, of a client.
func care(rows int, bsn string) []billing.Record {
	list := make([]billing.Record, rows)
	for n := range list {
		list[n] = billing.Record{
			Provider: provider, Reference: fmt.Sprintf("R%d", n+1), BSN: bsn, Product: "45A01", First: billing.Date(20_000), Unit: billing.Time,
			Quantity: 6000, HasQuantity: true, Row: n + 2,
		}
	}
	return list
}

func newIntake(t *testing.T, store *ledger.Store, files shelf) *intake.Intake {
	t.Helper()
	return &intake.Intake{Store: store, Reader: files, Catalogue: rules.Catalogue(), Scratch: t.TempDir(), Held: 1}
}

func inMemory(t *testing.T) *ledger.Store {
	t.Helper()
	store, err := ledger.OpenMemory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// TestProgress checks that an import reports every file, the number of files, and its rows.
func TestProgress(t *testing.T) {
	in := newIntake(t, inMemory(t), shelf{"a": care(4100, client), "b": care(1, other), "c": []billing.DecisionRow{}})
	var steps []billing.Step
	if _, err := in.Import(t.Context(), [][]string{{"a", "b"}, {"c"}}, 20_100, func(step billing.Step) { steps = append(steps, step) }); err != nil {
		t.Fatal(err)
	}
	steps = slices.Compact(steps)
	want := []billing.Step{
		{Name: "a", Done: 1, Total: 3}, {Name: "a", Done: 1, Total: 3, Rows: 2000}, {Name: "a", Done: 1, Total: 3, Rows: 4000},
		{Name: "a", Done: 1, Total: 3, Rows: 4100}, {Name: "b", Done: 2, Total: 3, Rows: 4100}, {Name: "b", Done: 2, Total: 3, Rows: 4101},
		{Name: "c", Done: 3, Total: 3, Rows: 4101},
	}
	if !slices.Equal(steps, want) {
		t.Errorf("got %+v", steps)
	}
	steps = nil
	if _, err := in.Withdraw(t.Context(), "a", func(step billing.Step) { steps = append(steps, step) }); err != nil {
		t.Fatal(err)
	}
	if last := steps[len(steps)-1]; len(steps) != 3 || last != (billing.Step{Name: "a", Done: 4100, Total: 4100}) {
		t.Errorf("got %+v", steps)
	}
}

// TestRefusalsHoldTheirFacts checks that refusals give their reason as data and in both languages.
func TestRefusalsHoldTheirFacts(t *testing.T) {
	files := shelf{"x/a": care(12, client), "x/b": care(12, other), "y/a": care(2, other), "y/c": care(1, client)}
	in := newIntake(t, inMemory(t), files)
	imported, err := in.Import(t.Context(), [][]string{{"x/a"}, {"x/b"}, {"y/a"}}, 20_100, nil)
	if err != nil {
		t.Fatal(err)
	}
	anew, ok := imported.Files[1].Refused.(*intake.NumbersAnew)
	if !ok || *anew != (intake.NumbersAnew{File: "b", Known: 12, Other: 12}) || imported.Refused() != 1 {
		t.Errorf("%+v", imported.Files)
	}
	refusals := []intake.Refusal{anew, &intake.AlreadyDeclared{File: "a", Records: 2, Last: billing.Date(20_000).Period()}, &intake.AlreadyAnswered{File: "a", Answer: "b", Period: billing.Date(20_000).Period()}}
	for path, want := range map[string]intake.Refusal{
		"z/a": &intake.NoSuchFile{Path: "z/a"}, "y/c": &intake.OtherContent{Path: "y/c", Name: "c"},
		"c": &intake.NotTakenIn{Name: "c"}, "a": &intake.SeveralOfName{Name: "a"},
	} {
		_, err := in.Withdraw(t.Context(), path, nil)
		refusal, ok := err.(intake.Refusal)
		if several, is := refusal.(*intake.SeveralOfName); is {
			if len(several.Files) != 2 || !strings.Contains(several.In("nl"), several.Files[1].SHA256[:8]) {
				t.Errorf("which files: %s", several.In("nl"))
			}
			several.Files = nil
		}
		if !ok || fmt.Sprintf("%T%+v", refusal, refusal) != fmt.Sprintf("%T%+v", want, want) {
			t.Errorf("%s: %v", path, err)
		}
		refusals = append(refusals, want)
	}
	for _, refusal := range refusals {
		dutch, english := refusal.In("nl"), refusal.In("en")
		if dutch == english || refusal.Error() != english || strings.Contains(dutch+english, "%!") {
			t.Errorf("%T: %s / %s", refusal, dutch, english)
		}
	}
}

// TestManyDecisions takes in many decisions at once, and then the same ones again.
func TestManyDecisions(t *testing.T) {
	const count = 1050 // more than decidedOnMost
	var decisions []billing.DecisionRow
	for n := range count {
		decisions = append(decisions, billing.DecisionRow{
			Reference: fmt.Sprintf("R%d", n+1), Provider: provider, Code: "L01", Version: 1, Word: "Akkoord", Reason: "gezien", By: "J. Jansen", Row: n + 2,
		})
	}
	contradiction := slices.Concat(decisions[:2], []billing.DecisionRow{{Reference: "R2", Provider: provider, Code: "l01", Version: 1, Word: "afwijzen", Reason: "nee", By: "K"}})
	ledgertest.EachDatabase(t, func(t *testing.T, open func() *ledger.Store) {
		files := shelf{"care": care(count, client), "1": decisions, "2": slices.Clone(decisions), "3": contradiction}
		in := newIntake(t, open(), files)
		imported, err := in.Import(t.Context(), [][]string{{"care"}, {"1"}, {"2"}, {"3"}}, 20_100, nil)
		if err != nil {
			t.Fatal(err)
		}
		if first, second := imported.Files[1], imported.Files[2]; first.Decisions != count || second.Decisions != 0 || second.Skipped != count {
			t.Errorf("%d taken, then %d taken and %d skipped", first.Decisions, second.Decisions, second.Skipped)
		}
		if third := imported.Files[3]; third.Decisions != 0 || third.Skipped != 1 || len(imported.Decisions) != 2 {
			t.Errorf("%+v, %+v", third, imported.Decisions)
		}
		withdrawn, err := in.Withdraw(t.Context(), "1", nil)
		if err != nil || withdrawn.Decisions != count || !slices.Equal(withdrawn.Files, []string{"2", "3"}) {
			t.Errorf("%v, %+v", err, withdrawn)
		}
	})
}
