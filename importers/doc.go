// Package importers reads the files that come in (submissions, referrals, decisions, the contract book) into
// the types of package billing. [Reader] reads a file; [Book] reads the contract book.
//
// A file is recognised by its content: its heading rows say what its sheets hold. Rows go to a billing.Sink
// one by one while the file is read, so memory does not grow with the file. An unreadable cell never stops a
// file: its field stays empty and the row gets a finding. What does stop a file is a [Refusal], which can come
// after any number of rows; the caller then discards what the sink has received of it.
//
// To follow a record, read in this order: reader.go opens the file, sheet.go reads its sheets, heading_row.go
// finds the heading row, columns.go maps its columns, submission.go reads a row, and quantity.go and times.go
// read the care delivered. The sink, which knows the earlier records, takes it from there.
//
// Only the rules that need no book and no database are judged here: F01–F06 and F09–F13. Nothing is guessed:
// every value has a grammar (number.go, date.go, clock.go, unit.go, identifiers.go), and a value that does not
// follow it is unreadable; an ambiguous file is refused.
// Texts in findings and refusals never contain a citizen service number (BSN) or a birth date.
//
// To read one more heading, add it to headings.go.
package importers
