// Package gemeente plans the workbook for the finance department of a municipality, which shows only its own residents. A
// Workbook collects lines, rows and signals; Plan returns its sheets.
package gemeente
