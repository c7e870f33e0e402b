// Package exporters writes what pxq has to say: the exports for other programs (CSV and JSON) and the
// workbooks of a period for people (regio, gemeente, uitval and retour).
//
// A report is a table of columns: heading, width, format and how to get the cell, one line each. To add a
// column, add its line; texts are written in Dutch and have their English in texts_english.go.
//
// The workbooks are written in one pass: rows and lines are turned into cells as they stream by and kept in a
// private file until their workbook is written, while totals are added up on the side. Nothing is written
// before both ways of counting agree.
package exporters
