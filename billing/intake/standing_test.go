package intake_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

const provider2 = "30000002"

// some returns rows of one hour with these references; one written as R1=2 has two hours.
func some(by string, references ...string) []billing.Record {
	var rows []billing.Record
	for n, text := range references {
		row := care(1, client)[0]
		reference, quantity, _ := strings.Cut(text, "=")
		row.Provider, row.Reference, row.Row = by, reference, n+2
		if quantity != "" {
			fmt.Sscan(quantity, &row.Quantity)
			row.Quantity *= 6000
		}
		rows = append(rows, row)
	}
	return rows
}

// take takes in groups of files, each given as paths joined by a space.
func take(t *testing.T, in *intake.Intake, groups ...string) *intake.Imported {
	t.Helper()
	var paths [][]string
	for _, group := range groups {
		paths = append(paths, strings.Fields(group))
	}
	imported, err := in.Import(t.Context(), paths, 20_100, nil)
	if err != nil {
		t.Fatal(err)
	}
	return imported
}

// Rows of an earlier file of the same provider that a later file leaves out, while it repeats more than half of them, stay
// valid and are reported.
func TestLeftOut(t *testing.T) {
	four := []string{"R1", "R2", "R3", "R4"}
	for _, test := range []struct {
		name   string
		files  shelf
		groups []string
		want   []string // earlier file, reference, row, later file
	}{
		{"more than half", shelf{"a": some(provider, four...), "b": some(provider, "R1", "R3=2", "R4", "R5")}, []string{"a", "b"}, []string{"a R2 3 b"}},
		{"half", shelf{"a": some(provider, four...), "b": some(provider, "R1", "R3", "R5", "R6")}, []string{"a", "b"}, nil},
		{"all", shelf{"a": some(provider, four...), "b": some(provider, append(four, "R5")...)}, []string{"a", "b"}, nil},
		{"another provider", shelf{"a": some(provider, four...), "b": some(provider2, "R1", "R2", "R3")}, []string{"a", "b"}, nil},
		{"of each provider by itself", shelf{"a": append(some(provider, four...), some(provider2, "S1", "S2", "S3")...), "b": append(some(provider, "R1"), some(provider2, "S1", "S3")...)},
			[]string{"a", "b"}, []string{"a S2 3 b"}},
		{"withdrawn before", shelf{"a": some(provider, four...), "w": some(provider, "R2=0"), "b": some(provider, "R1", "R3", "R4")}, []string{"a", "w", "b"}, nil},
		{"withdrawn by the file itself", shelf{"a": some(provider, four...), "b": some(provider, "R1", "R2=0", "R3", "R4")}, []string{"a", "b"}, nil},
		{"files of one group are one", shelf{"a": some(provider, four...), "b": some(provider, "R1", "R3"), "c": some(provider, "R4", "R7")}, []string{"a", "b c"}, []string{"a R2 3 b"}},
		{"files of one group together", shelf{"a": some(provider, four...), "b": some(provider, "R1", "R3"), "c": some(provider, "R4", "R2")}, []string{"a", "b c"}, nil},
		{"without its zeros", shelf{"a": some(provider, "01", "02", "03"), "b": some(provider, "1", "3")}, []string{"a", "b"}, []string{"a 02 3 b"}},
		{"changed in between: once", shelf{"a": some(provider, four...), "m": some(provider, "R2=2"), "b": some(provider, "R1", "R3", "R4")}, []string{"a", "m", "b"}, []string{"a R2 3 b"}},
		{"a refused file says nothing", shelf{"a": some(provider, four...), "b": func() []billing.Record {
			rows := some(provider, "R1", "R2", "R3")
			for i := range rows {
				rows[i].BSN = other
			}
			return rows
		}()}, []string{"a", "b"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			in := newIntake(t, inMemory(t), test.files)
			var got []string
			for _, row := range take(t, in, test.groups...).LeftOut {
				got = append(got, fmt.Sprintf("%s %s %d %s", row.Earlier, row.Reference, row.Row, row.File))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// A left-out row is reported until it comes again, and no longer once one of the two files is taken back.
func TestLeftOutIsKept(t *testing.T) {
	ledgertest.EachDatabase(t, func(t *testing.T, open func() *ledger.Store) {
		store := open()
		in := newIntake(t, store, shelf{
			"a": some(provider, "R1", "R2", "R3", "R4", "R5"), "b": some(provider, "R1", "R2", "R3=2"), "c": some(provider, "R4"),
		})
		check := func(after string, want ...string) {
			t.Helper()
			rows, err := store.LeftOutSince(t.Context(), 0, 99)
			var got []string
			for _, row := range rows {
				got = append(got, row.Reference+" "+row.Earlier+" "+row.File)
			}
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("after %s: got %q, want %q: %v", after, got, want, err)
			}
		}
		take(t, in, "a", "b")
		check("b", "R4 a b", "R5 a b")
		take(t, in, "c")
		check("c", "R5 a b")
		if rows, err := store.LeftOutSince(t.Context(), 0, 2); err != nil || len(rows) != 2 {
			t.Errorf("before c came: %v, %v", rows, err)
		}
		for _, file := range []string{"c", "b"} {
			if _, err := in.Withdraw(t.Context(), file, nil); err != nil {
				t.Fatal(err)
			}
			check(file+" was taken back", map[string][]string{"c": {"R4 a b", "R5 a b"}, "b": nil}[file]...)
		}
	})
}

// A row of a return file that still equals the version it shows was not changed: it counts as already received, whatever
// came in since.
func TestUntouchedRowsOfAReturnFile(t *testing.T) {
	shows := func(version int, rows []billing.Record) []billing.Record {
		for i := range rows {
			rows[i].ReturnedVersion = version
		}
		return rows
	}
	broken := some(provider, "R1=3")
	broken[0].Findings = []billing.Finding{{Code: billing.F06, Field: billing.FieldUnit, Values: []string{"etmaal"}}}
	for _, test := range []struct {
		name   string
		files  shelf
		groups []string
		want   string // kept and already received of the last file
	}{
		{"untouched", shelf{"a": some(provider, "R1"), "r": shows(1, some(provider, "R1"))}, []string{"a", "r"}, "0 1"},
		{"untouched, a newer version came since", shelf{"a": some(provider, "R1"), "b": some(provider, "R1=2"), "r": shows(1, some(provider, "R1"))}, []string{"a", "b", "r"}, "0 1"},
		{"the same without the version", shelf{"a": some(provider, "R1"), "b": some(provider, "R1=2"), "r": some(provider, "R1")}, []string{"a", "b", "r"}, "1 0"},
		{"untouched, it was withdrawn since", shelf{"a": some(provider, "R1"), "b": some(provider, "R1=0"), "r": shows(1, some(provider, "R1"))}, []string{"a", "b", "r"}, "0 1"},
		{"untouched, it cannot be read", shelf{"a": broken, "r": shows(1, slices.Clone(broken))}, []string{"a", "r"}, "0 1"},
		{"untouched, two contents", shelf{"a": some(provider, "R1", "R1=2"), "r": append(shows(1, some(provider, "R1")), shows(2, some(provider, "R1=2"))...)}, []string{"a", "r"}, "0 2"},
		{"changed", shelf{"a": some(provider, "R1"), "r": shows(1, some(provider, "R1=2"))}, []string{"a", "r"}, "1 0"},
		{"changed to the current version", shelf{"a": some(provider, "R1"), "b": some(provider, "R1=2"), "r": shows(1, some(provider, "R1=2"))}, []string{"a", "b", "r"}, "0 1"},
		{"untouched beside other content in its group", shelf{"a": some(provider, "R1"), "b": some(provider, "R1=2"), "r": shows(1, some(provider, "R1"))}, []string{"a", "b r"}, "0 1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			in := newIntake(t, inMemory(t), test.files)
			imported := take(t, in, test.groups...)
			last := imported.Files[len(imported.Files)-1]
			if got := fmt.Sprint(last.Kept, last.AlreadyReceived); got != test.want {
				t.Errorf("%s kept and already received, want %s", got, test.want)
			}
		})
	}
}

// An untouched row settles nothing: the row that could not be read stays rejected.
func TestUntouchedRowsSettleNothing(t *testing.T) {
	broken := some(provider, "R1=3")
	broken[0].Findings = []billing.Finding{{Code: billing.F06, Field: billing.FieldUnit, Values: []string{"etmaal"}}}
	shown := some(provider, "R1")
	shown[0].ReturnedVersion = 1
	store := inMemory(t)
	in := newIntake(t, store, shelf{"a": some(provider, "R1"), "b": broken, "r": shown})
	take(t, in, "a", "b", "r")
	err := store.Read(t.Context(), func(tx *ledger.Tx) error {
		key := billing.RecordKeyOf(provider, "R1")
		history, err := tx.History(t.Context(), []billing.RecordKey{key})
		for _, row := range history[key] {
			if row.State != ledger.Current {
				t.Errorf("version %d is in state %d", row.Version, row.State)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A file numbers anew when it does so for one provider; rows of a return file do not count.
func TestNumbersAnewByProvider(t *testing.T) {
	anew := func(by string, references ...string) []billing.Record {
		rows := some(by, references...)
		for i := range rows {
			rows[i].BSN = other
		}
		return rows
	}
	mended := anew(provider, "R1", "R2", "R3")
	for i := range mended {
		mended[i].ReturnedVersion = 1
	}
	known := append(some(provider, "R1", "R2", "R3", "R4"), some(provider2, "R1", "R2", "R3", "R4")...)
	for _, test := range []struct {
		name    string
		file    []billing.Record
		refused bool
	}{
		{"one of two providers", append(anew(provider, "R1", "R2", "R3"), some(provider2, "R1", "R2", "R3", "R4")...), true},
		{"too few of either", append(anew(provider, "R1", "R2"), anew(provider2, "R1", "R2")...), false},
		{"a return file", mended, false},
	} {
		in := newIntake(t, inMemory(t), shelf{"a": known, "b": test.file})
		if refused := take(t, in, "a", "b").Refused() == 1; refused != test.refused {
			t.Errorf("%s: refused %v", test.name, refused)
		}
	}
}

// decisionRow returns a row of decisions as written; an empty value removes the named cell.
func decisionRow(change func(*billing.DecisionRow)) []billing.DecisionRow {
	row := billing.DecisionRow{Reference: "R1", Provider: provider, Code: "R10", Version: 1, Word: "akkoord", Reason: "gezien", By: "J. Jansen", Row: 2}
	change(&row)
	return []billing.DecisionRow{row}
}

// Akkoord and afwijzen need a reason, every decision a version and a name; a decision without them is reported and not
// taken, with the word that was found.
func TestDecisionsNotTaken(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*billing.DecisionRow)
		word   string
		says   string // "" if it is taken
	}{
		{"whole", func(*billing.DecisionRow) {}, "", ""},
		{"no version", func(r *billing.DecisionRow) { r.Version = 0 }, "akkoord", "de versie ontbreekt"},
		{"a version that is no number", func(r *billing.DecisionRow) { r.Version, r.BadVersion = 0, true }, "akkoord", "de versie is geen getal"},
		{"no reference", func(r *billing.DecisionRow) { r.Reference = "" }, "akkoord", "regelnummer of AGB-code ontbreekt"},
		{"no provider", func(r *billing.DecisionRow) { r.Provider = "" }, "akkoord", "regelnummer of AGB-code ontbreekt"},
		{"no name", func(r *billing.DecisionRow) { r.By = " " }, "akkoord", "niet wie dit besloot"},
		{"no reason", func(r *billing.DecisionRow) { r.Reason = "" }, "akkoord", "hebben een reden nodig"},
		{"aanhouden needs no reason", func(r *billing.DecisionRow) { r.Word, r.Reason = "Aanhouden", "" }, "", ""},
		{"aanhouden needs a name", func(r *billing.DecisionRow) { r.Word, r.Reason, r.By = "aanhouden", "", "" }, "aanhouden", "niet wie dit besloot"},
		{"another word", func(r *billing.DecisionRow) { r.Word = "goedgekeurd" }, "goedgekeurd", "‘goedgekeurd’ is geen besluit"},
		{"a reason without a word", func(r *billing.DecisionRow) { r.Word = "" }, "", "maar geen besluit"},
		{"akkoord on P02", func(r *billing.DecisionRow) { r.Code = "P02" }, "akkoord", "heft deze bevinding niet op"},
		{"afwijzen on P02", func(r *billing.DecisionRow) { r.Code, r.Word = "P02", "afwijzen" }, "", ""},
		{"a signal", func(r *billing.DecisionRow) { r.Code = "T02" }, "akkoord", "valt niet te besluiten"},
		{"a version that never was", func(r *billing.DecisionRow) { r.Version = 7 }, "akkoord", "deze versie van de regel is niet bekend"},
		{"an unknown reference", func(r *billing.DecisionRow) { r.Reference = "R9" }, "akkoord", "niet bekend of ingetrokken"},
	} {
		t.Run(test.name, func(t *testing.T) {
			in := newIntake(t, inMemory(t), shelf{"a": some(provider, "R1"), "d": decisionRow(test.change)})
			imported := take(t, in, "a", "d")
			taken := imported.Files[1].Decisions == 1
			switch {
			case test.says == "":
				if !taken || len(imported.Decisions) > 0 {
					t.Errorf("not taken: %+v", imported.Decisions)
				}
			case taken || len(imported.Decisions) != 1:
				t.Errorf("taken, or not reported: %+v", imported)
			case imported.Decisions[0].Word != test.word || !strings.Contains(imported.Decisions[0].Reason.Dutch, test.says):
				t.Errorf("%+v", imported.Decisions[0])
			}
		})
	}
}

// A decision that contradicts an earlier one by somebody else is taken and reported; two different ones on one finding in
// one file are both reported and not taken; decisions may give references without leading zeros.
func TestDecisionsThatContradict(t *testing.T) {
	decision := func(word, by string) []billing.DecisionRow {
		return decisionRow(func(r *billing.DecisionRow) { r.Word, r.By = word, by })
	}
	two := append(decision("akkoord", "J. Jansen"), decision("afwijzen", "J. Jansen")...)
	other := append(decision("akkoord", "J. Jansen"), decisionRow(func(r *billing.DecisionRow) { r.Word, r.Code = "afwijzen", "L01" })...)
	for _, test := range []struct {
		name                           string
		first, then                    []billing.DecisionRow
		taken, reported, contradicting int
	}{
		{"by somebody else", decision("akkoord", "J. Jansen"), decision("afwijzen", "K. Klaassen"), 1, 0, 1},
		{"by the same", decision("akkoord", "J. Jansen"), decision("afwijzen", "j. jansen"), 1, 0, 0},
		{"the same by somebody else", decision("akkoord", "J. Jansen"), decision("akkoord", "K. Klaassen"), 1, 0, 0},
		{"the same once more", decision("akkoord", "J. Jansen"), decision("akkoord", "J. Jansen"), 0, 0, 0},
		{"two in one file", nil, two, 0, 2, 0},
		{"two on two findings", nil, other, 2, 0, 0},
		{"without zeros", decision("akkoord", "J. Jansen"), decisionRow(func(r *billing.DecisionRow) { r.Reference, r.Word = "07", "afwijzen" }), 1, 0, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := shelf{"a": some(provider, "R1", "7"), "1": test.first, "2": test.then}
			in := newIntake(t, inMemory(t), files)
			imported := take(t, in, "a", "1", "2")
			if taken := imported.Files[2].Decisions; taken != test.taken || len(imported.Decisions) != test.reported || len(imported.Contradictions) != test.contradicting {
				t.Errorf("%d taken, reported %+v, contradicting %+v", taken, imported.Decisions, imported.Contradictions)
			}
			for _, c := range imported.Contradictions {
				if c.Word != "afwijzen" || c.By != "K. Klaassen" || c.EarlierWord != "akkoord" || c.EarlierBy != "J. Jansen" || c.EarlierOn != 20_100 {
					t.Errorf("%+v", c)
				}
			}
		})
	}
}

// hashless is a shelf with a file that cannot be read the first time it is hashed.
type hashless struct {
	shelf
	path string
}

func (s *hashless) Hash(path string) (string, error) {
	if path == s.path {
		s.path = ""
		return "", errors.New("input/output error")
	}
	return s.shelf.Hash(path)
}

// A file that must be read again, but cannot be read at that moment, is read again by the next import: nothing of it is
// lost.
func TestReadAgainWhenItCanBeRead(t *testing.T) {
	store := inMemory(t)
	files := &hashless{shelf: shelf{"x": some(provider, "R1", "R2"), "b": some(provider, "R1", "R3")}}
	in := newIntake(t, store, files.shelf)
	in.Reader = files
	take(t, in, "x")
	take(t, in, "b")
	if _, err := in.Withdraw(t.Context(), "x", nil); err != nil {
		t.Fatal(err)
	}
	files.path = "b"
	if file := take(t, in, "b").Files[0]; !file.Known {
		t.Errorf("%+v", file)
	}
	if file := take(t, in, "b").Files[0]; file.Known || file.Kept != 1 {
		t.Errorf("R1 is kept after all: %+v", file)
	}
}
