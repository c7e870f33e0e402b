package reports_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// TestDayOfPayment: the sheet Betaling gives the day before which is paid, and none where nothing is to be paid; of each payment it
// gives what goes on to the next period.
func TestDayOfPayment(t *testing.T) {
	d := newDemo(60)
	for i := range d.report.Payments {
		payment := &d.report.Payments[i]
		payment.Due = billing.NewDate(2026, 12, 9)
		if payment.Provider == "01000001" {
			payment.CarriedOver, payment.ToPay = -payment.Net-1234_50, 0
		}
	}
	dir, _ := written(t, d)
	rows := rowsOf(t, open(t, filepath.Join(dir, "regio.xlsx")), "Betaling")
	headings := rows[headingRow-1]
	agb, due, forward := slices.Index(headings, "AGB-code"), slices.Index(headings, "Betalen voor of op"), slices.Index(headings, "Door naar volgende periode")
	at := func(row []string, column int) string {
		if column >= len(row) {
			return ""
		}
		return row[column]
	}
	for _, row := range rows[headingRow:] {
		want := [2]string{"46365", "0"} // 9 December 2026
		if row[agb] == "01000001" {
			want = [2]string{"", "-1234.5"}
		}
		if got := [2]string{at(row, due), at(row, forward)}; got != want {
			t.Errorf("%s: day and what goes on %q, want %q", row[agb], got, want)
		}
	}
}

// TestMovementsOfLines: care of the month itself is more or less care, that of earlier months is care of earlier, and an amount of the
// period before is compared with it likewise.
func TestMovementsOfLines(t *testing.T) {
	d := newDemo(60)
	for i := range d.report.Earlier { // the last of 6000 hundredths of minutes: an hour
		d.report.Earlier[i].Amount = 93_45
	}
	for i := range d.lines { // of Waalwijk's only product in hours nothing but two hours stays, one of them late
		if line := &d.lines[i]; line.Municipality == "0867" && line.Product == "45VB1" {
			line.Amount, line.Quantity, line.Kind = 0, 0, billing.Regular
		}
	}
	left := slices.IndexFunc(d.lines, func(l billing.DeclaredLine) bool { return l.Municipality == "0867" && l.Product == "45VB1" })
	for i, month := range []billing.Period{period, period, period.Add(-1)} {
		at := left
		for range i { // the next of them
			at += 1 + slices.IndexFunc(d.lines[at+1:], func(l billing.DeclaredLine) bool { return l.Municipality == "0867" && l.Product == "45VB1" })
		}
		d.lines[at].Quantity, d.lines[at].Amount, d.lines[at].CareMonth = 6000, 93_45, month
	}
	for i := range d.report.Payments {
		payment := &d.report.Payments[i]
		payment.Debit, payment.Credit = 0, 0
		for _, line := range d.lines {
			switch {
			case line.Provider != payment.Provider || line.Municipality != payment.Municipality:
			case line.Kind == billing.Credit:
				payment.Credit += line.Amount
			default:
				payment.Debit += line.Amount
			}
		}
		payment.Net = payment.Debit + payment.Credit
	}
	dir, _ := written(t, d)
	rows := rowsOf(t, open(t, filepath.Join(dir, "gemeente-0867-Waalwijk.xlsx")), "Samenvatting")
	title := slices.IndexFunc(rows, func(row []string) bool { return len(row) > 0 && row[0] == "Grootste verschillen met september 2026" })
	if title < 0 {
		t.Fatal("no movements")
	}
	at := slices.IndexFunc(rows[title:], func(row []string) bool { return len(row) > 1 && row[1] == "45VB1 Voorbeeld begeleiding individueel" })
	if want := []string{"93.45", "280.35", "186.9", "93.45", "0", "93.45"}; at < 0 || !slices.Equal(rows[title+at][2:], want) {
		t.Errorf("got %q, want %q", rows[title+max(at, 0)], want)
	}
}
