// Package reports writes the workbooks of a period (regio, gemeente, uitval and retour) and of a year
// (verantwoording).
//
// A report is a table of columns: heading, width, format and how to get the cell, one line each. To add a
// column, add its line; texts are written in Dutch and have their English in texts_english.go.
//
// The workbooks are written in one pass: rows and lines are turned into cells as they stream by and kept in a
// private file until their workbook is written, while totals are added up on the side. Nothing is written
// before both ways of counting agree.
package reports
