// Package yearly writes the yearly production statement: a workbook for the region, for each municipality and for each
// provider, about the care of one calendar year in closed periods. Write is in year.go, the workbooks are in books.go and
// their sheets in sheets.go.
package yearly
