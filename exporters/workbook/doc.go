// Package workbook writes xlsx workbooks of which the same data always give the same bytes: sheets that are
// one table of rows, however many, and sheets that are laid out as a page.
//
// Rows wait in a Spool, a private file, until the workbook they belong to is written; many workbooks can so be
// filled in one pass without keeping them all open. excelize makes everything of a sheet but the rows of its
// table; those are written into the sheet while the zip is packed, which takes a fraction of the time and no
// memory. The last step puts the parts of the zip in a fixed order with fixed times. Nothing comes from the clock.
//
// Everything about how a sheet looks is here (style.go, setup.go); what stands in it is the caller's.
package workbook
