package rules_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
)

func TestShow(t *testing.T) {
	for _, test := range []struct{ form, value, dutch, english string }{
		{"", "{1}", "{1}", "{1}"},
		{"date", "2026-10-02", "02-10-2026", "02-10-2026"},
		{"date", "", "", ""},
		{"month", "2026-10", "10-2026", "10-2026"},
		{"eur", "0", "€ 0,00", "€0.00"},
		{"eur", "5", "€ 0,05", "€0.05"},
		{"eur", "99999", "€ 999,99", "€999.99"},
		{"eur", "123450", "€ 1.234,50", "€1,234.50"},
		{"eur", "-123456789", "€ -1.234.567,89", "-€1,234,567.89"},
		{"eur", "veel", "veel", "veel"},
		{"amount", "95.5", "€ 95,50", "€95.50"},
		{"amount", "95.125", "€ 95,125", "€95.125"},
		{"amount", "1000", "€ 1.000,00", "€1,000.00"},
		{"qty", "t6000", "1,00 uur", "1.00 hours"},
		{"qty", "t9000", "1,50 uur", "1.50 hours"},
		{"qty", "t8000", "1,3333 uur", "1.3333 hours"},
		{"qty", "t60000", "10,00 uur", "10.00 hours"},
		{"qty", "d250", "2,50 dagdelen", "2.50 day-parts"},
		{"qty", "", "", ""},
		{"minutes", "t499", "4,99 minuten", "4.99 minutes"},
		{"minutes", "t200", "2 minuten", "2 minutes"},
		{"minutes", "", "", ""},
		{"unitclash", "", "is niet uur, minuut of dagdeel", "is not hour, minute or day-part"},
		{"unitclash", "blad", "past niet bij het blad waarop de regel staat", "does not fit the sheet that the row is on"},
		{"named", "", "", ""},
		{"named", "45A04", "; het is de naam van product 45A04", "; it is the name of product 45A04"},
		{"unit", "hour", "uur of minuten", "hours or minutes"},
		{"unit", "daypart", "dagdelen", "day-parts"},
		{"kind", "begeleiding", "begeleiding", "guidance"},
		{"bsn", "elfproef", "de elfproef klopt niet", "it fails the elfproef"},
		{"bsn", "x", "niet leesbaar", "unreadable"},
		{"found", "31-02-2026", "‘31-02-2026’", "“31-02-2026”"},
		{"own", "", "", ""},
		{"referral", "900101", "Toewijzing 900101 is niet bekend.", "Referral 900101 is not known."},
		{"referral", "", "Er is geen toewijzingsnummer ingevuld, en er past niet precies één toewijzing.", "No referral number is filled in, and there is not exactly one referral that fits."},
	} {
		if got := rules.Show(test.form, test.value, "nl"); got != test.dutch {
			t.Errorf("%s of %q in Dutch is %q, want %q", test.form, test.value, got, test.dutch)
		}
		if got := rules.Show(test.form, test.value, "en"); got != test.english {
			t.Errorf("%s of %q in English is %q, want %q", test.form, test.value, got, test.english)
		}
	}
}

func TestMessages(t *testing.T) {
	w := newWorld()
	w.referral.End = day("2026-01-09")
	w.volume(6)
	w.add("2026-01-10")
	w.add("2026-01-05").Quantity = hours(4)
	_, cases := w.judge()
	for _, test := range []struct {
		record         int
		dutch, english string
	}{
		{0, "Toewijzing T1 loopt tot en met 09-01-2026; de zorgdatum is 10-01-2026.", "Referral T1 runs up to and including 09-01-2026; the care date is 10-01-2026."},
		{1, "Toewijzing T1 heeft in totaal ruimte voor 3,00 uur; 0,00 uur is al gebruikt en 4,00 uur past niet meer.",
			"Referral T1 has room for 3.00 hours in total; 0.00 hours has been used and 4.00 hours no longer fits."},
	} {
		finding := cases[test.record].Findings[0]
		rule := w.run.Catalogue.Rule(finding.Code)
		if got := rules.Message(rule, finding.Values, "nl"); got != test.dutch {
			t.Errorf("got %q", got)
		}
		if got := rules.Message(rule, finding.Values, "en"); got != test.english {
			t.Errorf("got %q", got)
		}
	}
}

// S04 names its number as a whole one and the kind of help in the reader's language.
func TestMessageOfMuchHelp(t *testing.T) {
	w := newWorld()
	r := w.add("2025-12-10")
	r.Quantity, r.Declared = hours(301), month("2025-12")
	_, cases := w.judge()
	finding := cases[0].Findings[0]
	rule := w.run.Catalogue.Rule(finding.Code)
	if got, want := rules.Message(rule, finding.Values, "nl"), "Met deze regel krijgt de cliënt sinds 01-01-2025 meer dan 300 uur en dagdelen begeleiding."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := rules.Message(rule, finding.Values, "en"), "With this record the client has received more than 300 hours and day-parts of guidance since 01-01-2025."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestSubject: for programs a quantity is a number, and all else stays as the finding keeps it.
func TestSubject(t *testing.T) {
	for _, test := range []struct {
		code   billing.Code
		values []string
		want   string
	}{
		{billing.L01, []string{"t90000", "2026-10-02", "12"}, "15.0000"}, {billing.L02, []string{"d400", "2026-10-02", "3"}, "4.00"},
		{billing.L04, []string{"t150", "5"}, "0.0250"},
		{billing.U02, []string{"t90000"}, "t90000"}, {billing.L01, []string{""}, ""}, {billing.L01, []string{"tien"}, "tien"}, {billing.T01, nil, ""},
	} {
		if got := rules.Subject(rules.Catalogue().Rule(test.code), test.values); got != test.want {
			t.Errorf("%s %v: %q, want %q", test.code, test.values, got, test.want)
		}
	}
}
