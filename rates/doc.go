// Package rates reads and checks the contract book: who may deliver what, where, when and at what price.
//
// It takes tables (texts with their place, read from CSV or a workbook by others), checks every cell and
// every connection between the tables, and gives an indexed billing.Book. A book with an error gives no
// book but the list of all its problems, in Dutch and English, each with file, row and column: the keeper
// of the rates is a user too and wants to mend them in one go.
//
// A region is data: a folder of CSV tables under regions, embedded in the program. Every public fact there
// carries its source in the column bron; every figure or code that is not public begins with "voorbeeld:".
// Another region is another folder, and no other Go code.
//
// To add a column: name it in columnsOf, read it in the file of its table (products.go, …), and add it to Fingerprint and to
// Differences. To add a check: put it beside the reading of its table when it concerns one row or
// rows of that table, else beside the table that refers to the other, and add its line to problems_test.go.
package rates
