// Package table reads workbooks (xlsx and OpenDocument .ods) and CSV files as
// streams of rows, numbered as a spreadsheet program numbers them. [Open] opens
// a file as a [File], which lists its [Sheet]s and iterates over their [Row]s.
//
// Rows are money here: a row that silently disappears is care that is never
// paid. So a file is read whole or refused whole. Everything that a lenient
// reader would skip over (XML that ends early, duplicate row numbers, a cell in
// the wrong place, bytes that are not text) is a [Problem] that names the place
// and says, in Dutch and English, what to do. A Problem can occur at any point
// while rows are read, even after the last one, so nothing of a file may be
// taken in before [File.Rows] has ended without an error.
//
// [File.Hash] returns the SHA-256 of exactly the bytes that the rows were read
// from, and a file that changes in the meantime is a Problem. Only regular files
// are opened.
//
// A scanner reads a workbook from its unzipped bytes: memory does not grow with
// the length of a sheet (except for the workbook's shared texts), and a million
// rows take seconds. Files come from hundreds of organisations, so [Limits] apply
// to the file as a whole, whatever sizes its parts declare.
//
// Start reading at file.go; csv_parser.go, xlsx_rows.go and ods_rows.go read the
// rows of the three formats into the rowBuilder of row_builder.go.
package table
