package batch_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// story is what comes in and the result that it must have.
type story struct{ name, text, want string }

// ledgertestEach plays each story on each kind of database. Every call of open opens another database.
func ledgertestEach(t *testing.T, stories []story, test func(t *testing.T, open func() *ledger.Store, story story)) {
	ledgertest.EachStore(t, func(t *testing.T, open func(testing.TB) *ledger.Store) {
		for _, story := range stories {
			t.Run(story.name, func(t *testing.T) {
				t.Parallel() // those of PostgreSQL wait for the server more than they work
				test(t, func() *ledger.Store { return open(t) }, story)
			})
		}
	})
}

var identityStories = []story{
	{"new", "a: R1=1 R2=2", "a1 accepted ; a2 accepted"},

	// The same content again.
	{"again in a later file", "a: R1=1\nb: R1=1 R2=1", "a1 accepted ; b2 accepted ; b again 1"},
	{"again, otherwise written", "a: R1=1,5~Tilburg\nb: R1=1.50~TILBURG R2=1", "a1 accepted ; b2 accepted ; b again 1"},
	{"again in one file", "a: R1=1 R1=1 R1=1", "a1 accepted ; a again 2"},
	{"again in the other file of a group", "a: R1=1 + b: R1=1 R2=1", "a1 accepted ; b2 accepted ; b again 1"},
	{"again in both files of a later group", "a: R1=1\nb: R1=1 R2=1 + c: R1=1 R3=1", "a1 accepted ; b2 accepted ; c2 accepted ; b again 1 ; c again 1"},
	{"the same file", "a: R1=1 R2=?\na:", "a1 accepted ; a2 rejected F03 ; a known"},
	{"the same bytes twice in a group", "a: R1=1 + b: R1=1", "a1 accepted ; b known"},

	// Newer versions.
	{"a newer version", "a: R1=1\nb: R1=2\nc: R1=3", "a1 replaced ; b1 replaced ; c1 accepted"},
	{"back to what it was", "a: R1=1\nb: R1=2\nc: R1=1 R2=1", "a1 replaced ; b1 replaced ; c1 held U06 ; c2 accepted"},
	{"another claim is other content", "a: R1=1\nb: R1=1$91,23", "a1 replaced ; b1 accepted"},
	{"an unreadable claim is none", "a: R1=1\nb: R1=1$veel R2=1", "a1 accepted ; b2 accepted ; b again 1"},

	// Two contents at once.
	{"two contents in one file", "a: R1=1 R1=2", "a1 rejected U01 ; a2 rejected U01"},
	{"three rows, two alike", "a: R1=1 R1=2 R1=1", "a1 rejected U01 ; a2 rejected U01 ; a again 1"},
	{"three rows, the last two alike", "a: R1=1 R1=2 R1=2", "a1 rejected U01 ; a2 rejected U01 ; a again 1"},
	{"three contents", "a: R1=1 R1=2 R1=3", "a1 rejected U01 ; a2 rejected U01 ; a3 rejected U01"},
	{"two contents beside a version", "a: R1=1\nb: R1=2 R1=3", "a1 accepted ; b1 rejected U01 ; b2 rejected U01"},
	{"the version's content first", "a: R1=1\nb: R1=1 R1=2", "a1 accepted ; b1 rejected U01 ; b2 rejected U01"},
	{"the version's content last", "a: R1=1\nb: R1=2 R1=1", "a1 accepted ; b1 rejected U01 ; b2 rejected U01"},
	{"the version's content twice", "a: R1=1\nb: R1=1 R1=1 R1=2", "a1 accepted ; b1 rejected U01 ; b3 rejected U01 ; b again 1"},
	{"the version's content, otherwise written", "a: R1=1~Tilburg\nb: R1=1~TILBURG R1=2", "a1 accepted ; b1 rejected U01 ; b2 rejected U01"},
	{"two contents in a group", "a: R1=1 + b: R1=2", "a1 rejected U01 ; b1 rejected U01"},
	{"two contents in a group of three", "a: R1=1 + b: R1=2 + c: R1=1 R2=1", "a1 rejected U01 ; b1 rejected U01 ; c2 accepted ; c again 1"},
	{"a group beside a version", "a: R1=1\nb: R1=2 + c: R1=3", "a1 accepted ; b1 rejected U01 ; c1 rejected U01"},
	{"a group that first repeats the version", "a: R1=1\nb: R1=1 + c: R1=2", "b known ; a1 replaced ; c1 accepted"},
	{"a group that first repeats the version in a new file", "a: R1=1~Tilburg\nb: R1=1~TILBURG R2=1 + c: R1=2",
		"a1 accepted ; b1 rejected U01 ; b2 accepted ; c1 rejected U01"},
	{"a group that last repeats the version", "a: R1=1\nb: R1=2 + c: R1=1 R2=1", "a1 accepted ; b1 rejected U01 ; c1 rejected U01 ; c2 accepted"},
	{"later: one of the two", "a: R1=1 R1=2\nb: R1=1 R2=1", "a1 replaced ; a2 replaced ; b1 accepted ; b2 accepted"},
	{"later: a third content", "a: R1=1 R1=2\nb: R1=3", "a1 replaced ; a2 replaced ; b1 accepted"},
	{"later: the version's content", "a: R1=1\nb: R1=2 R1=3\nc: R1=1 R2=1", "a1 accepted ; b1 replaced ; b2 replaced ; c2 accepted ; c again 1"},
	{"later: unreadable", "a: R1=1 R1=2\nb: R1=?", "a1 replaced ; a2 replaced ; b1 rejected F03"},
	{"later: two contents again", "a: R1=1 R1=2\nb: R1=1 R1=2 R2=1", "a1 replaced ; a2 replaced ; b1 rejected U01 ; b2 rejected U01 ; b3 accepted"},

	// Rows that cannot be read.
	{"unreadable", "a: R1=?", "a1 rejected F03"},
	{"unreadable, then readable", "a: R1=?\nb: R1=1", "a1 replaced ; b1 accepted"},
	{"unreadable, then unreadable", "a: R1=?\nb: R1=?#2", "a1 replaced ; b1 rejected F03"},
	{"unreadable never replaces a version", "a: R1=1\nb: R1=?", "a1 accepted ; b1 rejected F03"},
	{"unreadable beside a version, then the same", "a: R1=1\nb: R1=?\nc: R1=1 R2=1", "a1 accepted ; b1 replaced ; c2 accepted ; c again 1"},
	{"one readable, one not", "a: R1=1 R1=?", "a1 accepted ; a2 rejected F03"},
	{"one not, one readable", "a: R1=? R1=1", "a1 rejected F03 ; a2 accepted"},
	{"one readable, one not, in a group", "a: R1=? + b: R1=1", "a1 rejected F03 ; b1 accepted"},
	{"unreadable and two contents", "a: R1=1 R1=? R1=2", "a1 rejected U01 ; a2 rejected F03 ; a3 rejected U01"},

	// Withdrawing.
	{"withdrawn", "a: R1=1\nb: R1=0", "a1 replaced ; b1 withdrawn"},
	{"zero without a version", "a: R1=0", "a1 rejected F03"},
	{"zero after an unreadable row", "a: R1=?\nb: R1=0", "a1 replaced ; b1 rejected F03"},
	{"zero after two contents", "a: R1=1 R1=2\nb: R1=0", "a1 replaced ; a2 replaced ; b1 rejected F03"},
	{"zero in the same file", "a: R1=1 R1=0", "a1 accepted ; a2 rejected F03"},
	{"zero first in the same file", "a: R1=0 R1=1", "a1 rejected F03 ; a2 accepted"},
	{"zero in the same group", "a: R1=1 + b: R1=0", "a1 accepted ; b1 rejected F03"},
	{"zero beside another content", "a: R1=1\nb: R1=0 R1=2", "a1 accepted ; b1 rejected L04 U01 ; b2 rejected U01"},
	{"another content beside zero", "a: R1=1\nb: R1=2 R1=0", "a1 accepted ; b1 rejected U01 ; b2 rejected L04 U01"},
	{"zero beside the version's content", "a: R1=1\nb: R1=0 R1=1", "a1 accepted ; b1 rejected L04 U01 ; b2 rejected U01"},
	{"the version's content beside zero", "a: R1=1\nb: R1=1 R1=0", "a1 accepted ; b1 rejected U01 ; b2 rejected L04 U01"},
	{"zero twice in one file", "a: R1=1\nb: R1=0 R1=0", "a1 replaced ; b1 withdrawn ; b again 1"},
	{"the same zero again", "a: R1=1\nb: R1=0\nc: R1=0 R2=1", "a1 replaced ; b1 withdrawn ; c2 accepted ; c again 1"},
	{"another zero again", "a: R1=1\nb: R1=0\nc: R1=0#2", "a1 replaced ; b1 withdrawn ; c1 rejected F03"},
	{"back after withdrawing", "a: R1=1\nb: R1=0\nc: R1=1 R2=1", "a1 replaced ; b1 replaced ; c1 held U06 ; c2 accepted"},
	{"back after withdrawing, otherwise", "a: R1=1\nb: R1=0\nc: R1=2", "a1 replaced ; b1 replaced ; c1 accepted"},
	{"back and withdrawn again", "a: R1=1\nb: R1=0\nc: R1=2\nd: R1=0#3", "a1 replaced ; b1 replaced ; c1 replaced ; d1 withdrawn"},
	{"back beside the same zero", "a: R1=1\nb: R1=0\nc: R1=2 R1=0", "a1 replaced ; b1 withdrawn ; c1 rejected U01 ; c2 rejected L04 U01"},
	{"the same zero beside back", "a: R1=1\nb: R1=0\nc: R1=0 R1=2", "a1 replaced ; b1 withdrawn ; c1 rejected L04 U01 ; c2 rejected U01"},
	{"unreadable after withdrawing", "a: R1=1\nb: R1=0\nc: R1=?", "a1 replaced ; b1 withdrawn ; c1 rejected F03"},
	{"withdrawn under another client", "a: R1=1\nb: R1=0@1", "a1 replaced ; b1 withdrawn"},

	// Another client.
	{"a corrected client", "a: R1=1\nb: R1=1@1", "a1 replaced ; b1 accepted U05"},
	{"a corrected client, and back", "a: R1=1\nb: R1=1@1\nc: R1=1 R2=1", "a1 replaced ; b1 replaced ; c1 held U05 U06 ; c2 accepted"},
	{"numbering anew", "a: R1=1 R2=1 R3=1 R4=1 R5=1 R6=1 R7=1 R8=1 R9=1 R10=1\nb: R1=1@1 R2=1@1 R3=1@1 R4=1@1 R5=1@1 R6=1@1 R7=1 R8=1 R9=1 R10=1",
		"a1 accepted ; a2 accepted ; a3 accepted ; a4 accepted ; a5 accepted ; a6 accepted ; a7 accepted ; a8 accepted ; a9 accepted ; a10 accepted ; b refused"},
	{"half of ten is not anew", "a: R1=1 R2=1 R3=1 R4=1 R5=1 R6=1 R7=1 R8=1 R9=1 R10=1\nb: R1=1@1 R2=1@1 R3=1@1 R4=1@1 R5=1@1 R6=1 R7=1 R8=1 R9=1 R10=1",
		"a1 replaced ; a2 replaced ; a3 replaced ; a4 replaced ; a5 replaced ; a6 accepted ; a7 accepted ; a8 accepted ; a9 accepted ; a10 accepted ; " +
			"b1 accepted U05 ; b2 accepted U05 ; b3 accepted U05 ; b4 accepted U05 ; b5 accepted U05 ; b again 5"},
	{"two are too few to be anew", "a: R1=1 R2=1\nb: R1=1@1 R2=1@1", "a1 replaced ; a2 replaced ; b1 accepted U05 ; b2 accepted U05"},
	{"three are anew", "a: R1=1 R2=1 R3=1\nb: R1=1@1 R2=1@1 R3=1", "a1 accepted ; a2 accepted ; a3 accepted ; b refused"},
	{"rows that would be ambiguous count", "a: R1=1 R2=1\nb: R1=1@1 R1=2@1 R2=1", "a1 accepted ; a2 accepted ; b refused"},
	{"each file by itself, against what was known before it", "a: R1=1 R2=1\nb: R1=1@1 R2=1@1 + c: R1=1@1 R3=2", "a1 replaced ; a2 replaced ; b1 accepted U05 ; b2 accepted U05 ; c2 accepted ; c again 1"},

	// A reference of digits only is known without its leading zeros.
	{"without its zeros", "a: 007=1#1\nb: 7=2#1", "a1 replaced ; b1 accepted"},
	{"without its zeros, the same content", "a: 7=1#1\nb: 007=1#1 R2=1", "a1 accepted ; b2 accepted ; b again 1"},
	{"with and without in one file", "a: 7=1#1 007=2#1", "a1 rejected U01 ; a2 rejected U01"},
	{"nothing but zeros", "a: 0=1#1\nb: 000=0#1", "a1 replaced ; b1 withdrawn"},
	{"with a letter the zeros count", "a: 007=1#1\nb: R007=1#2", "a1 accepted ; b1 accepted"},

	// Rows that cannot be recognised later.
	{"no reference", "a: =1\nb: =1 R2=1", "a1 rejected F01 ; b1 rejected F01 ; b2 accepted"},
	{"no provider", "a: R1=1/\nb: R1=1/ R2=1", "a1 rejected F01 ; b1 rejected F01 ; b2 accepted"},

	// A day in the future.
	{"in the future", "2026-10-02> a: R5=1\n2026-10-04> a:", "a1 rejected F09 ; a known"},
	{"the day has come", "2026-10-02> a: R1=1 R5=1 R1=?#2 =2#7\n2026-10-05> a:", "a1 accepted ; a2 replaced ; a2 accepted ; a3 rejected F03 ; a4 rejected F01 F09 ; a again 3"},
	{"the day has come, and it cannot be read otherwise", "2026-10-02> a: R5=?\n2026-10-05> a:", "a1 replaced ; a1 rejected F03"},
	{"the first day of two has come", "2026-10-02> a: R5=1 R6=1\n2026-10-05> a:\n2026-10-05> a:\n2026-10-06> a:",
		"a1 replaced ; a1 accepted ; a2 replaced ; a2 accepted ; a known ; a again 1 ; a again 1"},
	{"the day has come, before what is new", "2026-10-02> a: R5=1\n2026-10-05> b: R5=2#3 + a:", "a1 replaced ; a1 replaced ; b1 accepted"},
	{"the day has come, and something newer only repeated", "2026-10-02> a: R5=1\n2026-10-01> c: R5=2#1\n2026-10-05> a:", "a1 replaced ; c1 accepted ; a again 1"},
	{"the day has come, but a newer version came before", "2026-10-02> a: R1=1 R5=1\n2026-10-03> b: R1=2 R5=2#3\n2026-10-05> a:",
		"a1 replaced ; a2 replaced ; b1 accepted ; b2 accepted ; a again 2"},
	{"the day has come, but it was withdrawn before", "2026-10-02> a: R1=1 R5=1\n2026-10-03> b: R1=0\n2026-10-05> a:",
		"a1 replaced ; b1 withdrawn ; a2 replaced ; a2 accepted ; a again 1"},
	{"the day has come, over another row of its file", "2026-10-02> a: R5=1#1 R5=2\n2026-10-05> a:", "a1 replaced ; a2 replaced ; a2 accepted ; a again 1"},
}
