// Package versions decides what a row is among the versions of its reference: a version, a withdrawal, something that
// was already received, one of several contents of which nobody can say which is right, or no version at all – and how
// the state of the rows kept before it changes. It is the one implementation of the section "U – identity" of rules.md,
// both for taking files in and for taking them back. It is pure: it knows no file, no store and no message.
//
// Files are taken in by groups; within a group nobody can say which row is later. A reference passes through each group
// like this:
//
//	kept rows ──NewKnown──▶ Known ──NewReference──▶ Reference ──Take, row by row──▶ Verdict
//	    ▲                                               │
//	    └──────────────── Settle: what the group replaced, withdrew or settled
//
// Take decides on a row at once, so that a million rows need not wait for the end of their group. When a second content
// of a reference shows that the verdict on the first was wrong, the verdict on the second row corrects it (Verdict.First).
//
// Replay takes in the kept rows of a reference once more, by the same steps, when a file that came between them is
// taken back: what a row is depends on the rows before it, and some of those are gone.
package versions
