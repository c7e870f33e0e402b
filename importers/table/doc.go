// Package table reads workbooks (xlsx and OpenDocument .ods) and CSV files as
// streams of rows of cells, each with the place where a person finds it in a
// spreadsheet program.
//
// Rows are money here: a row that silently disappears is care that is never
// paid. So a file is read whole or refused whole. Everything that a lenient
// reader would skip over (XML that ends early, rows that repeat a number, a
// cell in the wrong place, bytes that are no text) is a [Problem] that names
// the place and says, in Dutch and English, what to do. Such a Problem can
// come at any moment while rows are read, also after the last one, so nothing
// of a file may be taken in before [File.Rows] has ended without an error.
//
// What is read is what is hashed: the SHA-256 of [File.Hash] is of the very
// bytes that the rows were read from, and a file that changes meanwhile is a
// Problem. Nothing but a regular file is opened.
//
// A workbook is read by a scanner over its unzipped bytes: memory stays the
// same however long a sheet is (the workbook's shared texts apart), and a
// million rows take seconds. Files come from hundreds of organisations, so
// [Limits] hold for the file as a whole, whatever its parts say of themselves:
// a small file stays small work.
package table
