// Package retour plans the return file of one provider: its own records with their outcomes, in the layout of the template, so
// that a corrected copy can be sent in again; what to correct first; and what it is paid. A Workbook collects lines, rows and
// signals (retour.go); row.go and finding_texts.go decide what the provider may read of a row.
package retour
