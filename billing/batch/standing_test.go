package batch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// standingStories are what happens after the close of October, in lines: files as in any story, close PERIOD, decide and a
// decision, back and a file that is taken back. Want is every row as the run of the period after the last close leaves it,
// and the declaration of that period: kind, referral, hours.
var standingStories = []struct{ name, text, want string }{
	{"nothing", "a: R1=1\nclose 2026-10", "a1 accepted"},
	{"a newer version that is accepted", "a: R1=1\nclose 2026-10\nb: R1=2", "a1 replaced ; b1 accepted T02 ; credit T0 1.0000 ; correction T0 2.0000"},
	{"a newer version that is held", "a: R1=1\nclose 2026-10\nb: R1=2~Goirle", "a1 accepted ; b1 held R10 T02"},
	{"a newer version that is rejected", "a: R1=1\nclose 2026-10\nb: R1=2~Atlantis", "a1 accepted ; b1 rejected F08"},
	{"held, and a second close later still", "a: R1=1\nclose 2026-10\nb: R1=2~Goirle\nclose 2026-11", "a1 accepted ; b1 held R10 T02"},
	{"held, accepted by a controller", "a: R1=1\nclose 2026-10\nb: R1=2~Goirle\nrun 2026-11\ndecide R1 2 R10 akkoord",
		"a1 replaced ; b1 accepted R10 T02 ; credit T0 1.0000 ; correction T0 2.0000"},
	{"accepted, and closed", "a: R1=1\nclose 2026-10\nb: R1=2\nclose 2026-11", "a1 replaced ; b1 accepted"},
	{"accepted and closed, then held", "a: R1=1\nclose 2026-10\nb: R1=2\nclose 2026-11\nc: R1=3~Goirle", "a1 replaced ; b1 accepted ; c1 held R10 T02"},
	{"two newer versions", "a: R1=1\nclose 2026-10\nb: R1=2~Goirle\nc: R1=3~Atlantis", "a1 accepted ; b1 replaced ; c1 rejected F08"},
	{"unreadable after it", "a: R1=1\nclose 2026-10\nb: R1=?", "a1 accepted ; b1 rejected F03"},
	{"two contents after it", "a: R1=1\nclose 2026-10\nb: R1=2 R1=3", "a1 accepted ; b1 rejected T02 U01 ; b2 rejected T02 U01"},
	{"withdrawn", "a: R1=1\nclose 2026-10\nb: R1=0", "a1 replaced ; b1 withdrawn ; credit T0 1.0000"},
	{"withdrawn behind a newer version that is held", "a: R1=1\nclose 2026-10\nb: R1=2~Goirle\nc: R1=0", "a1 replaced ; b1 replaced ; c1 withdrawn ; credit T0 1.0000"},
	{"withdrawn, and something newer that is held", "a: R1=1\nclose 2026-10\nb: R1=0\nc: R1=2~Goirle", "a1 replaced ; b1 replaced ; c1 held R10 T02 ; credit T0 1.0000"},
	{"accepted in a run but in no close is not yet standing", "a: R1=1\nrun 2026-10\nb: R1=2~Goirle\nclose 2026-10", "a1 replaced ; b1 held R10 T02"},
	{"the newer version taken back", "a: R1=1\nclose 2026-10\nb: R1=2\nrun 2026-11\nback b", "a1 accepted"},
	{"one of two newer versions taken back", "a: R1=1\nclose 2026-10\nb: R1=2~Goirle\nc: R1=3~Atlantis\nback c", "a1 accepted ; b1 held R10 T02"},
	{"the withdrawal taken back", "a: R1=1\nclose 2026-10\nb: R1=2~Goirle\nc: R1=0\nback c", "a1 accepted ; b1 held R10 T02"},
	{"rejected at a close it stands no longer", "a: R1=1~Goirle\nrun 2026-10\ndecide R1 1 R10 akkoord\nclose 2026-10\nb: R1=2~Goirle\nrun 2026-11\ndecide R1 1 R10 afwijzen\nclose 2026-11",
		"a1 replaced ; b1 held R10 T02"},
	{"and so it is in that close", "a: R1=1~Goirle\nrun 2026-10\ndecide R1 1 R10 akkoord\nclose 2026-10\nb: R1=2~Goirle\nrun 2026-11\ndecide R1 1 R10 afwijzen",
		"a1 rejected R10 ; b1 held R10 T02 ; credit T0 1.0000"},

	// Numbers used again.
	{"another client", "a: R1=1\nclose 2026-10\nb: R1=2@1", "a1 accepted ; b1 rejected U03"},
	{"another client, and again", "a: R1=1\nclose 2026-10\nb: R1=2@1\nc: R1=3@1", "a1 accepted ; b1 replaced ; c1 rejected U03"},
	{"a 0 for another client", "a: R1=1\nclose 2026-10\nb: R1=0@1", "a1 accepted ; b1 rejected U03"},
	{"the number is free again", "a: R1=1\nclose 2026-10\nb: R1=0\nc: R1=2@1", "a1 replaced ; b1 replaced ; c1 accepted T02 ; credit T0 1.0000 ; late T1 2.0000"},
	{"three numbers used again", "a: R1=1 R2=1 R3=1\nclose 2026-10\nb: R1=2@1 R2=2@1 R3=2@1", "a1 accepted ; a2 accepted ; a3 accepted ; b refused"},
	{"an old content comes again", "a: R1=1\nb: R1=2\nclose 2026-10\nc: R1=1 R9=1", "a1 replaced ; b1 accepted ; c1 held T02 U06 ; c2 accepted T02 ; credit T0 2.0000 ; correction T0 3.0000"},
	{"the content that stands comes again", "a: R1=1\nclose 2026-10\nb: R1=2~Goirle\nc: R1=1 R9=1",
		"a1 accepted ; b1 replaced ; c1 held T02 U06 ; c2 accepted T02 ; credit T0 1.0000 ; correction T0 2.0000"},
	{"another client before anything was declared, and once it was", "a: R1=1\nb: R1=2@1\nclose 2026-10", "a1 replaced ; b1 accepted"},
	{"without its zeros", "a: 007=1\nclose 2026-10\nb: 7=2~Goirle", "a1 accepted ; b1 held R10 T02"},
	{"two contents beside the row that withdrew", "a: R1=2\nb: R1=0\nc: R1=0 R1=1,25\nclose 2026-10", "a1 replaced ; b1 withdrawn ; c1 rejected L04 T02 U01 ; c2 rejected T02 U01"},

	// afwijzen after the close.
	{"afwijzen on U02 after the close", "a: R1=2 S1=2\nrun 2026-10\ndecide S1 1 U02 akkoord\nclose 2026-10\ndecide S1 1 U02 afwijzen",
		"a1 accepted ; a2 rejected U02 ; credit T0 4.0000 ; correction T0 2.0000"},
	{"afwijzen on L01 after the close, a month later", "a: R1=14\nrun 2026-10\ndecide R1 1 L01 akkoord\nclose 2026-10\nclose 2026-11\ndecide R1 1 L01 afwijzen", "a1 rejected L01 ; credit T0 14.0000"},
	{"afwijzen before the close, and akkoord", "a: R1=14\nrun 2026-10\ndecide R1 1 L01 afwijzen\ndecide R1 1 L01 akkoord\nclose 2026-10", "a1 accepted"},
	{"afwijzen after the close, and akkoord", "a: R1=14\nrun 2026-10\ndecide R1 1 L01 akkoord\nclose 2026-10\ndecide R1 1 L01 afwijzen\nrun 2026-11\ndecide R1 1 L01 akkoord", "a1 accepted"},
	{"a decision names the reference without its zeros", "a: 007=14#1\nrun 2026-10\ndecide 7 1 L01 akkoord\nclose 2026-10", "a1 accepted"},
	{"afwijzen on the standing version behind a newer one", "a: R1=14\nrun 2026-10\ndecide R1 1 L01 akkoord\nclose 2026-10\nb: R1=2~Atlantis\nrun 2026-11\ndecide R1 1 L01 afwijzen",
		"a1 rejected L01 ; b1 rejected F08 ; credit T0 14.0000"},
}

// TestStanding plays each story twice, judging only when it says so and after every step: that must make no difference except
// to what decisions are about.
func TestStanding(t *testing.T) {
	eachKit(t, func(t *testing.T, made func() *kit) {
		for _, story := range standingStories {
			t.Run(story.name, func(t *testing.T) {
				k := made()
				k.permit(3)
				book := *k.book
				book.Municipalities = append(slices.Clone(book.Municipalities), billing.Municipality{Code: "0785", Name: "Goirle"})
				k.book = book.Index()
				got := k.standing(story.text)
				want := strings.Split(story.want, " ; ")
				slices.Sort(got)
				slices.Sort(want)
				if !slices.Equal(got, want) {
					t.Errorf("%s\n got %s\nwant %s", story.text, strings.Join(got, " ; "), strings.Join(want, " ; "))
				}
				k.sound()
			})
		}
	})
}

// standing plays a story of months and returns its result.
func (k *kit) standing(text string) []string {
	k.t.Helper()
	period, said := day("2026-10-01").Period(), []string(nil)
	asOf := func() string { return period.Add(1).First().AddDays(4).String() }
	for i, line := range strings.Split(text, "\n") {
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "close":
			k.close(rest, asOf())
			period++
		case "run":
			k.run(rest, asOf())
		case "decide":
			part := strings.Fields(rest)
			path := k.write(fmt.Sprintf("d%d.csv", i), "Regelnummer;AGB-code;Versie;Code;Besluit;Reden;Beoordelaar",
				strings.Join([]string{part[0], providerA, part[1], part[2], part[3], fmt.Sprint("reden ", i), "J. Controller"}, ";"))
			if imported := k.take(asOf(), path); len(imported.Decisions) > 0 || imported.Files[0].Decisions != 1 {
				k.t.Errorf("%s: %+v", line, imported)
			}
		case "back":
			k.withdraw(rest + ".csv")
		default:
			for _, step := range parseStory(k.t, line) {
				for _, one := range step.take(k) {
					if strings.HasSuffix(one, "refused") {
						said = append(said, one)
					}
				}
			}
		}
	}
	run := k.run(period.String(), asOf()).Run
	return append(append(said, k.rows(run)...), k.lines(run)...)
}

// lines formats the declaration of a run: kind, referral, hours.
func (k *kit) lines(run ledger.Run) []string {
	k.t.Helper()
	var lines []string
	err := k.batch.Store.EachLine(k.t.Context(), run, func(line *billing.DeclaredLine) error {
		lines = append(lines, fmt.Sprintf("%s %s %s", line.Kind, line.Referral, line.Quantity.Format(line.Unit)))
		return nil
	})
	if err != nil {
		k.t.Fatal(err)
	}
	return lines
}
