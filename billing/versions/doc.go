// Package versions decides what a row is among the versions of its reference: a version, a withdrawal, something that
// was already received, one of two contents of which nobody can say which holds, or a row that is no version at all –
// and what becomes of the rows that were kept before it. It is the one place where the section "U – identity" of the
// rules lives, for taking in and for taking back alike. It is pure: it knows no file, no store and no message.
//
// A reference goes from one group of files to the next; nobody can say which row of a group is later:
//
//	kept rows ──NewKnown──▶ Known ──NewReference──▶ Reference ──Take, row by row──▶ Verdict
//	    ▲                                               │
//	    └──────────────── Settle: what the group replaced, withdrew or settled
//
// Take answers at once what a row is, so that a million rows need not wait for the end of their group; the one thing
// that it then has to take back, that the first content of a group stood alone, it says with the row that shows it.
//
// Replay takes the kept rows of a reference in once more by the same steps, when a file that came between them is
// taken back: what a row is follows from the rows before it, of which some are gone.
package versions
