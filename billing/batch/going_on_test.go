package batch_test

import (
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/report"
)

// TestGoingOn checks what a close leaves to the next period, also if it came in before an earlier close.
func TestGoingOn(t *testing.T) {
	eachKit(t, func(t *testing.T, made func() *kit) {
		k := made()
		k.permit(3)
		in := func(month, rows string) {
			lines := []string{storyHeadings}
			for row := range strings.FieldsSeq(rows) {
				lines = append(lines, strings.ReplaceAll(storyRow(t, row), "2026-10", month))
			}
			k.take("2027-01-05", k.write(month+".csv", lines...))
		}
		in("2026-10", "R1=1 R2=13 S2=1@1") // R2 is held by L01
		in("2026-11", "R3=2")
		in("2026-12", "R4=3 R5=14")
		for _, step := range []struct {
			period string
			want   report.Remaining
		}{
			{"2026-10", report.Remaining{Held: report.Sum{Count: 2, Amount: 13*91_23 + 14*91_23}, Pending: report.Sum{Count: 2, Amount: 5 * 91_23}}},
			{"2026-11", report.Remaining{Held: report.Sum{Count: 2, Amount: 27 * 91_23}, Pending: report.Sum{Count: 1, Amount: 3 * 91_23}}},
			{"2026-12", report.Remaining{Held: report.Sum{Count: 2, Amount: 27 * 91_23}}},
		} {
			k.close(step.period, "2027-01-05")
			got, err := k.reporter.Remaining(t.Context())
			if err != nil || *got != step.want {
				t.Errorf("after %s: got %+v, want %+v: %v", step.period, got, step.want, err)
			}
		}
	})
}
