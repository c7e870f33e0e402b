// Package importers turns the files that come in (submissions, referrals, decisions, the contract book) into
// the words of package billing.
//
// A file is recognised by its content: its heading rows say what its sheets hold. Rows go to a billing.Sink
// one by one while the file is read, so memory does not grow with the file. A cell that cannot be read never
// stops a file: it leaves its field empty and a finding on its row. What stops a file is a [Refusal], which
// can come after any number of rows; the caller then takes back what the sink was given of it.
//
// A record is made in this order: reader.go opens the file, sheet.go reads its sheets, heading_row.go finds the
// headings and columns.go what stands under them, submission.go reads a row, quantity.go and times.go what was
// delivered. It then goes to whoever takes it in, which knows the records before it.
//
// Only what needs no book and no database is judged here: F01–F06 and F09–F13. Nothing is guessed: every
// value has a grammar (number.go, date.go, clock.go, unit.go, identifiers.go), and what does not follow it is
// unreadable; a file of which nobody can say what it means is refused.
// Texts in findings and refusals never hold a citizen service number or a birth date.
//
// To read one more heading, add it to headings.go.
package importers
