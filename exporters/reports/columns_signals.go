package reports

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// shownSignal is a signal on a record (row and finding) or on no record (signal).
type shownSignal struct {
	signal  *report.Signal
	row     *report.Row
	finding *billing.Finding
}

func (s shownSignal) code() billing.Code {
	if s.signal != nil {
		return s.signal.Code
	}
	return s.finding.Code
}

func (s shownSignal) values() []string {
	if s.signal != nil {
		return s.signal.Values
	}
	return s.finding.Values
}

func (s shownSignal) provider() string {
	if s.signal != nil {
		return s.signal.Provider
	}
	return s.row.Record.Provider
}

func (s shownSignal) municipality() string {
	if s.signal != nil {
		return s.signal.Municipality
	}
	return s.row.Municipality
}

// subject is the referral or contract that a signal on no record is about, or the record's referral.
func (s shownSignal) subject() string {
	if s.signal != nil {
		return s.signal.Subject
	}
	return shown.Referral(s.row)
}

type signalColumn = column[shownSignal]

// ofRecord lets a column of records stand in the table of signals, empty for a signal on no record.
func ofRecord(c recordColumn) signalColumn {
	options := c.options
	options.sum = false
	return signalColumn{c.heading, c.width, c.format, func(v *view, s shownSignal) workbook.Value {
		if s.row == nil {
			return workbook.None()
		}
		return c.cell(v, s.row)
	}, options}
}

func signalText(heading string, width float64, format workbook.Format, text func(*view, shownSignal) string) signalColumn {
	return signalColumn{heading, width, format, func(v *view, s shownSignal) workbook.Value { return workbook.Text(text(v, s)) }, plain}
}

// The columns of signals.
var (
	signalCode = signalColumn{"Code", 8, workbook.Plain, func(v *view, s shownSignal) workbook.Value {
		return workbook.Text(s.code().String()).As(v.look(s.code()))
	}, plain}
	signalMessage = signalText("Melding", 62, workbook.Wrapped, func(v *view, s shownSignal) string {
		return v.message(&billing.Finding{Code: s.code(), Values: s.values()})
	})
	signalLast = signalColumn{"Laatste dag binnen de maximale duur", 18, workbook.DayOf, func(_ *view, s shownSignal) workbook.Value {
		values := s.values()
		if code := s.code(); code != billing.D02 && code != billing.D03 || len(values) == 0 {
			return workbook.None()
		}
		last, err := billing.ParseDate(values[len(values)-1])
		if err != nil {
			return workbook.None()
		}
		return workbook.Day(last)
	}, plain}
	signalRemedy   = signalText("Wat te doen", 46, workbook.Wrapped, func(v *view, s shownSignal) string { return v.remedy(s.code(), s.values()) })
	signalSubject  = signalText("Toewijzing of contract", 18, workbook.Plain, func(_ *view, s shownSignal) string { return s.subject() })
	signalAGB      = signalText("AGB-code", 11, workbook.Plain, func(_ *view, s shownSignal) string { return s.provider() })
	signalProvider = signalText("Aanbieder", 30, workbook.Plain, func(v *view, s shownSignal) string { return v.providerName(s.provider()) })
	signalTown     = signalText("Gemeente", 20, workbook.Plain, func(v *view, s shownSignal) string {
		if s.signal != nil && s.municipality() == "" {
			return ""
		}
		return v.municipalityName(s.municipality())
	})
)

// signalColumns are all signals, for the controllers.
var signalColumns = []signalColumn{
	signalCode, signalMessage, signalLast, signalRemedy, signalSubject, signalAGB, signalProvider, signalTown, ofRecord(recordReference),
	ofRecord(recordBSN), ofRecord(recordDate), ofRecord(recordProduct), ofRecord(recordFile), ofRecord(recordSheet), ofRecord(recordRow),
}

// signalsForMunicipality are those on referrals of its residents.
var signalsForMunicipality = []signalColumn{signalCode, signalMessage, signalRemedy, signalSubject, signalAGB, signalProvider}

// signalsForProvider are those on its own referrals and contracts.
var signalsForProvider = []signalColumn{signalCode, toldMessage, toldRemedy, signalSubject, signalTown}
