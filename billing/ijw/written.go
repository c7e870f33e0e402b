package ijw

import (
	"strconv"

	"github.com/pxq-nl/pxq/billing"
)

// Number is a whole number of a message with the text it was read from, which may have white space around it, a sign and
// leading zeros (xs:integer). The zero value stands for an absent element.
type Number struct {
	Value int64
	Text  string
}

// NumberOf returns a number with the text that pxq itself writes.
func NumberOf(value int64) Number { return Number{value, strconv.FormatInt(value, 10)} }

// Given reports whether the message has the number.
func (n Number) Given() bool { return n.Text != "" }

// Day is a date of a message with the text it was read from, which may have white space around it. The zero value stands
// for an absent element.
type Day struct {
	Date billing.Date
	Text string
}

// DayOf returns a day with the text that pxq itself writes.
func DayOf(date billing.Date) Day { return Day{date, date.String()} }

// Given reports whether the message has the day.
func (d Day) Given() bool { return d.Text != "" }

// Span is a period with both its ends (CDT_GeslotenPeriode), first and last day included.
type Span struct{ First, Last Day }

// SpanOf returns a span with the texts that pxq itself writes.
func SpanOf(first, last billing.Date) Span { return Span{DayOf(first), DayOf(last)} }

// InOneMonth reports whether both ends lie in one calendar month.
func (s Span) InOneMonth() bool { return s.First.Date.Period() == s.Last.Date.Period() }

// WholeMonth reports whether the span is one calendar month from its first to its last day.
func (s Span) WholeMonth() bool {
	month := s.First.Date.Period()
	return s.First.Date == month.First() && s.Last.Date == month.Last()
}

// Side says whether an amount is claimed or given back (COD043).
type Side string

// The sides of an amount.
const (
	Debit  Side = "D"
	Credit Side = "C"
)

// Amount is an amount with its side (CDT_BedragMetDC, CDT_TotaalBedragMetDC). Cents are never negative.
type Amount struct {
	Cents Number
	Side  Side
}

// AmountOf returns an amount with the texts that pxq itself writes: the absolute value, with C below zero and D otherwise
// (CS325).
func AmountOf(money billing.Money) Amount {
	if money < 0 {
		return Amount{NumberOf(int64(-money)), Credit}
	}
	return Amount{NumberOf(int64(money)), Debit}
}

// Signed returns the amount in cents, negative for a credit.
func (a Amount) Signed() billing.Money {
	if a.Side == Credit {
		return billing.Money(-a.Cents.Value)
	}
	return billing.Money(a.Cents.Value)
}
