package batch_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// A story is a text that lists which files come in, in which order. A line is one import of one group:
//
//	a: R1=1 R2=2          file a with two rows: reference, quantity in hours
//	b: R1=2 + c: R1=3     two files of one group
//	2026-10-03> d: R9=1   on another day than 5 November 2026
//
// The quantity may be followed by @1 for another client, #31 for another day of October (else that of the reference's
// number), ~TILBURG for a municipality, $91,23 for a claimed price, / for an empty AGB code. A quantity of ? cannot be read,
// and a row without a reference begins with =.

var rowForm = regexp.MustCompile(`^([RS]?\d*)?=([^@#~$/]*)(?:@(\d+))?(?:#(\d+))?(?:~([^@#$/]*))?(?:\$([^@#/]*))?(/)?$`)

const storyHeadings = "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal;Gemeente;Tarief"

// storyRow formats a row of a story as a line of CSV.
func storyRow(t testing.TB, text string) string {
	t.Helper()
	part := rowForm.FindStringSubmatch(text)
	if part == nil {
		t.Fatalf("row %q is not understood", text)
	}
	reference, quantity, client, date, municipality, price := part[1], part[2], part[3], part[4], part[5], part[6]
	if client == "" {
		client = "0"
	}
	if date == "" {
		if date = strings.Trim(reference, "RS"); date == "" {
			date = "1"
		}
	}
	provider := providerA
	if part[7] != "" {
		provider = ""
	}
	var n, d int
	fmt.Sscan(client, &n)
	fmt.Sscan(date, &d)
	return strings.Join([]string{
		reference, provider, clientNumber(n), fmt.Sprintf("T%d", n), "45A01", fmt.Sprintf("2026-10-%02d", d), "uur", quantity, municipality, price,
	}, ";")
}

// storyStep is one line of a story.
type storyStep struct {
	asOf  string
	names []string
	files [][]string
}

func parseStory(t testing.TB, story string) []storyStep {
	t.Helper()
	var steps []storyStep
	for line := range strings.Lines(story) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		step := storyStep{asOf: "2026-11-05"}
		if asOf, rest, ok := strings.Cut(line, ">"); ok {
			step.asOf, line = strings.TrimSpace(asOf), rest
		}
		for file := range strings.SplitSeq(line, " + ") {
			name, rows, _ := strings.Cut(file, ":")
			lines := []string{storyHeadings}
			for row := range strings.FieldsSeq(rows) {
				lines = append(lines, storyRow(t, row))
			}
			step.names = append(step.names, strings.TrimSpace(name))
			step.files = append(step.files, lines)
		}
		steps = append(steps, step)
	}
	return steps
}

// take takes in what a step says and returns a line for each file that was not simply taken in, and for rows
// that were already received.
func (s storyStep) take(k *kit) []string {
	k.t.Helper()
	paths := make([]string, len(s.names))
	for i, name := range s.names {
		if len(s.files[i]) > 1 {
			paths[i] = k.write(name+".csv", s.files[i]...)
		} else {
			paths[i] = k.folder + "/" + name + ".csv" // as it is
		}
	}
	var said []string
	for i, file := range k.take(s.asOf, paths...).Files {
		switch {
		case file.Refused != nil:
			said = append(said, s.names[i]+" refused")
		case file.Known:
			said = append(said, s.names[i]+" known")
		case file.AlreadyReceived > 0:
			said = append(said, fmt.Sprintf("%s again %d", s.names[i], file.AlreadyReceived))
		}
		if file.Records != file.Kept+file.AlreadyReceived {
			k.t.Errorf("%s: %d rows, of which %d kept and %d received before", s.names[i], file.Records, file.Kept, file.AlreadyReceived)
		}
	}
	return said
}

// tell plays a story and returns the result of every row. When often is set the period is judged after every
// step, else only at the end: that must make no difference.
func tell(t testing.TB, store *ledger.Store, story string, often bool) []string {
	t.Helper()
	k := newKit(t, store)
	k.permit(3)
	var said []string
	for _, step := range parseStory(t, story) {
		said = append(said, step.take(k)...)
		if often {
			k.run("2026-10", "2026-11-05")
		}
	}
	judged := k.run("2026-10", "2026-11-05")
	if often && !judged.Unchanged {
		t.Error("a run with nothing new did something")
	}
	return append(k.rows(judged.Run), said...)
}

// TestIdentity is the table of results of rows that come in more than once.
func TestIdentity(t *testing.T) {
	ledgertestEach(t, identityStories, func(t *testing.T, open func() *ledger.Store, story story) {
		for _, often := range []bool{false, true} {
			got := tell(t, open(), story.text, often)
			want := strings.Split(strings.Join(strings.Fields(story.want), " "), " ; ")
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s\njudged after each step: %v\n got %s\nwant %s", story.text, often, strings.Join(got, " ; "), strings.Join(want, " ; "))
			}
		}
	})
}

// TestRefusedFileLeavesNoTrace compares a store in which a file in the middle of a group was refused with one that
// never had that file.
func TestRefusedFileLeavesNoTrace(t *testing.T) {
	renumbered := "x: R1=1@1 R2=1@1 R3=1@1 R4=1@1 R5=1@1 R6=1@1 R7=1@2 R8=1@2 R9=1@2 R10=1 R10=2 S1=1 S1=2 S2=?"
	const before = "a: R1=1 R2=1 R3=1 R4=1 R5=1 R6=1 R7=1 R8=1 R9=1 R10=1\n"
	stories := []story{ // want holds the story without the refused file
		{"in between", before + "b: R1=2 R10=1 S1=1 + " + renumbered + " + c: R2=2 S1=1 S2=1", before + "b: R1=2 R10=1 S1=1 + c: R2=2 S1=1 S2=1"},
		{"first", before + renumbered + " + b: R1=2 R10=1 S1=1", before + "b: R1=2 R10=1 S1=1"},
		{"last", before + "b: R1=2 R10=1 S1=1 S1=3 + " + renumbered, before + "b: R1=2 R10=1 S1=1 S1=3"},
		{"alone", before + renumbered, before},
	}
	ledgertestEach(t, stories, func(t *testing.T, open func() *ledger.Store, story story) {
		got := tell(t, open(), story.text, true)
		if at := slices.Index(got, "x refused"); at < 0 {
			t.Fatalf("not refused: %q", got)
		} else {
			got = slices.Delete(got, at, at+1)
		}
		if want := tell(t, open(), story.want, true); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", story.text, got, want)
		}
	})
}

// TestRefusedFileMarksNobody checks that after a refused file a run has nothing to judge.
func TestRefusedFileMarksNobody(t *testing.T) {
	ledgertestEach(t, []story{{name: "one"}}, func(t *testing.T, open func() *ledger.Store, _ story) {
		k := newKit(t, open())
		k.permit(3)
		first := parseStory(t, "a: R1=1 R2=1 R3=1 R4=1 R5=1 R6=1 R7=1 R8=1 R9=1 R10=1")[0]
		first.take(k)
		k.run("2026-10", "2026-11-05")
		second := parseStory(t, "x: R1=1@1 R2=1@1 R3=1@1 R4=1@1 R5=1@1 R6=1@1 R7=1@2 R8=1@2 R9=1@2 R10=1")[0]
		if said := second.take(k); !slices.Equal(said, []string{"x refused"}) {
			t.Fatal(said)
		}
		if judged := k.run("2026-10", "2026-11-05"); !judged.Unchanged {
			t.Errorf("%d clients were judged again", judged.Clients)
		}
	})
}

// TestCorrectedClient checks that a record that moves to another client no longer counts for the first one.
func TestCorrectedClient(t *testing.T) {
	ledgertestEach(t, []story{{name: "one"}}, func(t *testing.T, open func() *ledger.Store, _ story) {
		k := newKit(t, open())
		k.permit(3)
		steps := parseStory(t, "a: R1=1 R2=2\nb: R1=1@1\nc: R1=0@1\nd: R1=3")
		var lines []string
		for _, step := range steps {
			step.take(k)
			judged := k.run("2026-10", "2026-11-05")
			text := ""
			err := k.batch.Store.EachLine(t.Context(), judged.Run, func(line *billing.DeclaredLine) error {
				text += fmt.Sprintf(" %s=%s", line.Referral, line.Quantity.Format(line.Unit))
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			lines = append(lines, strings.TrimSpace(text))
		}
		want := []string{"T0=3.0000", "T0=2.0000 T1=1.0000", "T0=2.0000", "T0=5.0000"}
		if !slices.Equal(lines, want) {
			t.Errorf("lines %q, want %q", lines, want)
		}
	})
}
