package terminal

import (
	"bytes"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/cmd/internal/synthetic"
)

func TestNumbers(t *testing.T) {
	dutch, english := &Printer{Language: "nl"}, &Printer{Language: "en"}
	for _, test := range []struct{ got, want string }{
		{dutch.euros(-123456789), "€ -1.234.567,89"}, {english.euros(123456789), "€1,234,567.89"},
		{dutch.count(12345), "12.345"}, {english.count(12345), "12,345"},
		{dutch.rows(1), "1 regel"}, {dutch.rows(0), "0 regels"}, {dutch.lines(2500), "2.500 declaratieregels"}, {english.lines(1), "1 line"},
		{dutch.files(1), "1 bestand"}, {english.records(2), "2 care records"},
		{dutch.qty(9000, billing.Time), "1,50 uur"}, {dutch.qty(100, billing.Daypart), "1,00 dagdeel"}, {dutch.qty(50, billing.Daypart), "0,50 dagdelen"},
		{english.qty(100, billing.Daypart), "1.00 day-part"}, {dutch.qty(0, billing.NoUnit), "aantal onleesbaar"},
		{dutch.date(billing.NewDate(2026, 10, 2)), "02-10-2026"},
		{dutch.termOf(&report.Waiting{Open: 1, DaysLeft: -1, Term: billing.NewDate(2026, 10, 2)}), "1 prestatie open, termijn voorbij sinds 02-10-2026 (1 werkdag)"},
		{english.termOf(&report.Waiting{Open: 2, DaysLeft: -3, Term: billing.NewDate(2026, 10, 2)}), "2 prestaties open, deadline passed on 02-10-2026 (3 working days ago)"},
		{generated(dutch, 1), "1 zorgregel van 1 cliënt bij 1 aanbieder, 1 toewijzing, in 1 bestand.\n"},
		{generated(dutch, 2), "2 zorgregels van 2 cliënten bij 2 aanbieders, 2 toewijzingen, in 1 bestand.\n"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

// generated returns the output for a synthetic month with count of everything, in one file.
func generated(p *Printer, count int) string {
	var out bytes.Buffer
	to := *p
	to.Out = &out
	to.Generated(&synthetic.Summary{Records: count, Clients: count, Providers: count, Referrals: count, Files: []string{"a.csv"}})
	return out.String()
}
