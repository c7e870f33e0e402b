// Package rates reads and checks the contract book: who may deliver what, where, when and at what price.
//
// [Parse] takes tables (texts with their place, which package importers reads from CSV files or a workbook),
// checks every cell and every reference between the tables, and returns an indexed billing.Book. If there is
// any error it returns no book but [Problems], the list of all errors in Dutch and English, each with file,
// row and column, so that the person who keeps the rates can correct them in one go. [Fingerprint] and
// [Differences] compare books.
//
// A region is data: a folder of CSV tables under regions, embedded in the program. Every public fact there
// has its source in the column bron; the source of every figure or code that is not public begins with
// "voorbeeld:". Another region needs another folder, but no other Go code.
//
// Read book.go first, then table.go (the columns), grid.go (the headings), cell.go (the values) and the file of each table.
// To add a column: name it in columnsOf, read it in the file of its table (products.go, …), and add it to Fingerprint and
// Differences. To add a check: put it in the file of its table if it concerns only rows of that table, else in that of the
// table that refers to the other, and add its line to problems_test.go.
package rates
