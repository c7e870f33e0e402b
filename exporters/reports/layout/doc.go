// Package layout has the parts from which all workbooks for people are built. A View is a report with the words of one
// language; a Column describes a column of a table; a Sheet is one sheet; a Plan is a workbook that is described first and
// then written by WriteAll, several at a time.
//
// A table is a list of columns, one line each: heading, width, format, and the function that returns the cell. To add a
// column, add its line.
package layout
