// Package reports writes the workbooks of a period and of a year into their folder.
//
//	regio     regio.xlsx: the region
//	gemeente  gemeente-CODE-NAME.xlsx: one municipality
//	uitval    uitval.xlsx: the controllers
//	retour    retour-AGB-NAME.xlsx: one provider
//	yearly    verantwoording-….xlsx: the yearly production statement
//	month     what the workbooks of a period share
//	layout    what all workbooks are put together with
//	texts     every text, in Dutch and in English
//
// The workbooks of a period are written in one pass: lines and rows are turned into cells as they stream by and kept in
// a private file until their workbook is written, while totals are added up on the side (gather.go). Of an open period the
// return files in which nothing changed are taken over, and the plain rows of their providers are not read but counted as they
// were (again.go). Nothing is written before both ways of counting agree (reconcile.go). The folder of the period is replaced as a whole (folder.go).
package reports
