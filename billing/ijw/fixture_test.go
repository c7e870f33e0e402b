package ijw_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
)

func day(text string) billing.Date {
	date, err := billing.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return date
}

func span(first, last string) ijw.Span { return ijw.SpanOf(day(first), day(last)) }

func identification(id, dated string) ijw.Identification {
	return ijw.Identification{ID: id, Dated: ijw.DayOf(day(dated))}
}

// debit is a prestatie of an hour price of € 95,50 in October 2026.
func debit(reference string, referral, minutes, cents int64) ijw.Prestatie {
	return ijw.Prestatie{
		Reference: reference, Referral: ijw.NumberOf(referral), Category: "45", Product: "45A48",
		Period: span("2026-10-01", "2026-10-31"), Volume: ijw.NumberOf(minutes), Unit: ijw.Minute,
		Tariff: ijw.NumberOf(159), Amount: ijw.Amount{Cents: ijw.NumberOf(cents), Side: ijw.Debit},
	}
}

// declaration is a message of two clients that breaks no rule.
func declaration() *ijw.Message323 {
	credit := debit("C1", 300201, 60, 9550)
	credit.Previous, credit.Amount.Side = "OLD1", ijw.Credit
	credit.Period = span("2026-09-01", "2026-09-30")
	return &ijw.Message323{
		Header: ijw.Header{
			Sender: "42420001", Receiver: "0855", Identification: identification("ID1", "2026-11-05"),
			Schema: ijw.SchemaVersion{Shared: "1.0.0", Message: "1.0.1"},
		},
		Declaration: ijw.Declaration{
			Number: "DN001", Period: span("2026-10-01", "2026-10-31"), Dated: ijw.DayOf(day("2026-11-05")),
			Total: ijw.AmountOf(15121 + 9550 + 10000 - 9550),
		},
		Clients: []ijw.Client{
			{BSN: "999900006", Prestaties: []ijw.Prestatie{debit("R1", 300201, 95, 15121), debit("R2", 300202, 60, 9550)}},
			{BSN: "999900018", Prestaties: []ijw.Prestatie{debit("R3", 300203, 60, 10000), credit}},
		},
	}
}

func codesOf(breaches []ijw.Breach) []string {
	var codes []string
	for _, breach := range breaches {
		codes = append(codes, breach.Rule.Code)
	}
	return codes
}

// fills reports whether the breach has a value for each placeholder in its rule's texts.
func fills(t *testing.T, breach ijw.Breach) {
	t.Helper()
	for _, text := range []string{breach.Rule.Message.Dutch, breach.Rule.Message.English, breach.Rule.Remedy.Dutch, breach.Rule.Remedy.English} {
		if wanted := places(text); wanted > len(breach.Values) {
			t.Errorf("%s: %q has %d places, the breach %d values", breach.Rule.Code, text, wanted, len(breach.Values))
		}
	}
}

// places returns the highest number of a placeholder in a text.
func places(text string) int {
	highest := 0
	for i, c := range text {
		if c == '{' {
			highest = max(highest, int(text[i+1]-'0'))
		}
	}
	return highest
}
