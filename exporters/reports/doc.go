// Package reports writes the workbooks of a period and of a year into their folder.
//
//	regio     regio.xlsx: the region
//	gemeente  gemeente-CODE-NAME.xlsx: one municipality
//	uitval    uitval.xlsx: the controllers
//	retour    retour-AGB-NAME.xlsx: one provider
//	yearly    verantwoording-….xlsx: the yearly production statement
//	month     what the workbooks of a period share
//	layout    what all workbooks are built from
//	texts     every text, in Dutch and in English
//
// Write writes the workbooks of a period in one pass: as lines and rows stream by they become cells, which are kept in a
// private file until their workbook is written, while totals are added up separately (gather.go). While a period is open,
// return files in which nothing changed are copied from the last run, and the plain rows of their providers are not read:
// what they add was recorded then (again.go). Nothing is written unless both ways of counting agree (reconcile.go).
// Replace replaces the folder of a period as a whole (folder.go).
package reports
