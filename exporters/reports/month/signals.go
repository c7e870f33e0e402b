package month

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// Signal is a signal on a record (Row and Finding) or on no record (Signal).
type Signal struct {
	Signal  *report.Signal
	Row     *report.Row
	Finding *billing.Finding
}

// Code returns the code of the rule.
func (s Signal) Code() billing.Code {
	if s.Signal != nil {
		return s.Signal.Code
	}
	return s.Finding.Code
}

// Values returns the values that fill in its texts.
func (s Signal) Values() []string {
	if s.Signal != nil {
		return s.Signal.Values
	}
	return s.Finding.Values
}

// Record returns the record that it is on, or nil.
func (s Signal) Record() *billing.Record {
	if s.Row == nil {
		return nil
	}
	return s.Row.Record
}

// Provider returns the AGB code of the provider that it is about.
func (s Signal) Provider() string {
	if s.Signal != nil {
		return s.Signal.Provider
	}
	return s.Row.Record.Provider
}

// Municipality returns the CBS code of the municipality that it is about, or "".
func (s Signal) Municipality() string {
	if s.Signal != nil {
		return s.Signal.Municipality
	}
	return s.Row.Municipality
}

// subject returns the referral or contract that a signal on no record is about, or the record's referral.
func (s Signal) subject() string {
	if s.Signal != nil {
		return s.Signal.Subject
	}
	return shown.Referral(s.Row)
}

// SignalColumn is a column of signals.
type SignalColumn = layout.Column[Signal]

// SignalText returns a column of texts about signals.
func SignalText(heading string, width float64, format workbook.Format, text func(*layout.View, Signal) string) SignalColumn {
	return layout.Col(heading, width, format, func(v *layout.View, s Signal) workbook.Value { return workbook.Text(text(v, s)) })
}

// The columns of signals.
var (
	SignalCode = layout.Col("Code", 8, workbook.Plain, func(v *layout.View, s Signal) workbook.Value {
		return workbook.Text(s.Code().String()).As(v.Look(s.Code()))
	})
	SignalMessage = SignalText("Melding", 62, workbook.Wrapped, func(v *layout.View, s Signal) string {
		return v.Message(s.Record(), &billing.Finding{Code: s.Code(), Values: s.Values()})
	})
	SignalRemedy   = SignalText("Wat te doen", 46, workbook.Wrapped, func(v *layout.View, s Signal) string { return v.Remedy(s.Record(), s.Code(), s.Values()) })
	SignalSubject  = SignalText("Toewijzing of contract", 18, workbook.Plain, func(_ *layout.View, s Signal) string { return s.subject() })
	SignalAGB      = SignalText("AGB-code", 11, workbook.Plain, func(_ *layout.View, s Signal) string { return s.Provider() })
	SignalProvider = SignalText("Aanbieder", 30, workbook.Plain, func(v *layout.View, s Signal) string { return v.ProviderName(s.Provider()) })
	SignalTown     = SignalText("Gemeente", 20, workbook.Plain, func(v *layout.View, s Signal) string {
		if s.Signal != nil && s.Municipality() == "" {
			return ""
		}
		return v.MunicipalityName(s.Municipality())
	})
)
