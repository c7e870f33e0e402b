// Package layout is what all workbooks for people are put together with: a report in the words of one language, tables
// of columns, sheets, and workbooks that are planned first and then written many at a time.
//
// A table is a list of columns: heading, width, format, and how the cell is got, one line each. To add a column, add
// its line.
package layout
