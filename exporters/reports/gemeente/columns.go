package gemeente

import (
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// lineColumns leaves out the municipality: there is only one.
var lineColumns = []month.LineColumn{
	month.LineNumber, month.LineKind, month.LineMonth, month.LineAGB, month.LineProvider, month.LineBSN, month.LineReferral, month.LineProduct, month.LineName, month.LineSegment, month.LineTask,
	month.LineHours, month.LineDayparts, month.LinePrice, month.LineAmount, month.LineRecords, month.LineOriginal,
}

// residentBSN omits the BSN if the referral is another client's: the municipality of the row is then that of the referral,
// and its client may live elsewhere.
var residentBSN = layout.Col(month.RecordBSN.Heading, month.RecordBSN.Width, month.RecordBSN.Format, func(v *layout.View, r *report.Row) workbook.Value {
	if shown.AnotherClientsReferral(r.Findings) {
		return workbook.None()
	}
	return month.RecordBSN.Cell(v, r)
})

// recordColumns are the columns of held and rejected records.
var recordColumns = append([]month.RecordColumn{
	month.RecordReference, month.RecordAGB, month.RecordProvider, residentBSN, month.RecordDate, month.RecordProduct, month.RecordReferral, month.RecordHours, month.RecordDayparts,
	month.RecordPrice, month.RecordAmount, month.RecordCodes, month.RecordExplained, month.RecordDecisions, month.RecordFile, month.RecordSheet, month.RecordRow,
}, month.OfMessage...)

// paymentColumns are the columns of what the municipality has to pay, by provider.
var paymentColumns = []month.PaymentColumn{
	month.PaymentAGB, month.PaymentProvider, month.PaymentDebit, month.PaymentCredit, month.PaymentNet, month.PaymentCarried, month.PaymentToPay, month.PaymentForward, month.PaymentDue,
}

// signalColumns are the columns of signals on referrals of its residents.
var signalColumns = []month.SignalColumn{month.SignalCode, month.SignalMessage, month.SignalRemedy, month.SignalSubject, month.SignalAGB, month.SignalProvider}
