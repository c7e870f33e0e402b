package uitval

import (
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// rejectedColumns are the columns of rejected records. The first ones are printed.
var rejectedColumns = append([]month.RecordColumn{
	month.RecordReference, month.RecordAGB, month.RecordProvider, month.RecordBSN, month.RecordDate, month.RecordCodes, month.RecordExplained, month.RecordAmount,
	month.RecordTown, month.RecordProduct, month.RecordReferral, month.RecordHours, month.RecordDayparts, month.RecordPrice, month.RecordDecisions,
	month.RecordFile, month.RecordSheet, month.RecordRow,
}, month.OfMessage...)

const rejectsOnPaper = 8

// signalLast is the column of the last day within the maximum duration, for signals about that.
var signalLast = layout.Col("Laatste dag binnen de maximale duur", 24, workbook.DayOf, func(_ *layout.View, s month.Signal) workbook.Value {
	last, ok := shown.LastDayInside(s.Code(), s.Values())
	if !ok {
		return workbook.None()
	}
	return workbook.Day(last)
})

// ofRecord returns a column of records for use in the table of signals; it is empty for a signal on no record.
func ofRecord(c month.RecordColumn) month.SignalColumn {
	return layout.Of(c, func(s month.Signal) *report.Row { return s.Row })
}

// signalColumns are the columns of signals for the controllers. The first ones are printed.
var signalColumns = []month.SignalColumn{
	month.SignalCode, month.SignalMessage, signalLast, month.SignalRemedy, month.SignalSubject, month.SignalAGB, month.SignalProvider, ofRecord(month.RecordReference),
	month.SignalTown, ofRecord(month.RecordBSN), ofRecord(month.RecordDate), ofRecord(month.RecordProduct),
	ofRecord(month.RecordFile), ofRecord(month.RecordSheet), ofRecord(month.RecordRow),
	ofRecord(month.RecordUntil), ofRecord(month.RecordInMessage),
}

const signalsOnPaper = 8
