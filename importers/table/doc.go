// Package table reads xlsx workbooks and CSV files as streams of rows of
// cells, each with the place where a person finds it in a spreadsheet program.
//
// Rows are money here: a row that silently disappears is care that is never
// paid. So a file is read whole or refused whole. Everything that a lenient
// reader would skip over (XML that ends early, rows that repeat a number, a
// cell in the wrong place, bytes that are no text) is a [Problem] that names
// the place and says, in Dutch and English, what to do. Such a Problem can
// come at any moment while rows are read, also after the last one, so nothing
// of a file may be taken in before [File.Rows] has ended without an error.
//
// A workbook is read by a scanner of its own over the unzipped bytes of a
// sheet: memory stays the same however long the sheet is (the workbook's
// shared texts apart), and a million rows take seconds.
package table
