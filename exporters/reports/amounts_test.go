package reports_test

import (
	"fmt"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
)

// TestDayOfPayment: the sheet Betaling shows the due date of each payment, and none where nothing is to be paid, and the
// amount of each that is carried over to the next period.
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

// payLines computes the payments from the lines again, after these were changed.
func (d *demo) payLines() {
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
}

// TestMovementsOfLines: a difference in care of the month itself is more or less care, one in care of earlier months is earlier
// care, and the amounts of the previous period are split in the same way.
func TestMovementsOfLines(t *testing.T) {
	d := newDemo(60)
	for i := range d.report.Earlier { // the last of 6000 hundredths of minutes: an hour
		d.report.Earlier[i].Amount = 93_45
	}
	for i := range d.lines { // of Waalwijk's only product in hours three lines of an hour remain, the last one late
		if line := &d.lines[i]; line.Municipality == "0867" && line.Product == "45VB1" {
			line.Amount, line.Quantity, line.Kind = 0, 0, billing.Regular
		}
	}
	left := slices.IndexFunc(d.lines, func(l billing.DeclaredLine) bool { return l.Municipality == "0867" && l.Product == "45VB1" })
	for i, month := range []billing.Period{period, period, period.Add(-1)} {
		at := left
		for range i { // the line after that
			at += 1 + slices.IndexFunc(d.lines[at+1:], func(l billing.DeclaredLine) bool { return l.Municipality == "0867" && l.Product == "45VB1" })
		}
		d.lines[at].Quantity, d.lines[at].Amount, d.lines[at].CareMonth = 6000, 93_45, month
	}
	d.payLines()
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

// TestManyProducts: a chart has room for ten products; the others are added up in one row below them.
func TestManyProducts(t *testing.T) {
	d := newDemo(300)
	named := func(i int) billing.Product {
		return billing.Product{Code: fmt.Sprintf("45VC%02d", i), Name: "Voorbeeld", Segment: "4", Category: "45", Kind: billing.Begeleiding, TaskField: "6.762", AllowsTime: true}
	}
	const products = 12
	for i := range products {
		d.report.Book.Products = append(d.report.Book.Products, named(i))
	}
	d.report.Book.Index()
	sums, lines := map[string]billing.Money{}, 0
	for i := range d.lines {
		line := &d.lines[i]
		if line.Municipality != "0867" {
			continue
		}
		if line.Product == "45VB1" {
			line.Product = named(lines % products).Code
			lines++
		}
		sums[line.Product] += line.Amount
	}
	least := slices.Sorted(maps.Values(sums))[:len(sums)-10]
	want := billing.Money(0)
	for _, sum := range least {
		want += sum
	}
	dir, _ := written(t, d)
	rows := rowsOf(t, open(t, filepath.Join(dir, "gemeente-0867-Waalwijk.xlsx")), "Samenvatting")
	got := under(t, rows, "Grootste producten", "Overige producten")
	if amount, err := strconv.ParseFloat(got[6], 64); err != nil || math.Round(amount*100) != float64(want) || len(least) < 2 {
		t.Errorf("got %q, want %s of %d products", got, want, len(least))
	}
	// All of these are new; what decreased is the only product with care in September, by what Waalwijk declared then.
	const title = "Grootste verschillen met september 2026"
	want = 0
	byAmount := slices.Sorted(maps.Values(sums))
	for _, sum := range byAmount[:len(byAmount)-movementsShown+1] {
		want += sum
	}
	if got := under(t, rows, title, "Overige aanbieders en producten"); !slices.Equal(got[2:], []string{"0", euros(want), euros(want), euros(want), "0", "0"}) {
		t.Errorf("other movements %q, want %s", got, want)
	}
	at := slices.IndexFunc(rows, func(row []string) bool { return len(row) > 1 && row[1] == "45VB1 Voorbeeld begeleiding individueel" })
	if at < 0 || rows[at][2] != "1024.68" || rows[at][4] != "-1024.68" {
		t.Errorf("what went down: %q", rows[max(at, 0)])
	}
}

// movementsShown is the number of movements with a row of their own.
const movementsShown = 5

func euros(amount billing.Money) string { return strconv.FormatFloat(float64(amount)/100, 'f', -1, 64) }

// TestClientsByCost: a client whose costs equal the upper bound of a class is in that class, numbers from five on are shown, and
// clients without costs have a class of their own.
func TestClientsByCost(t *testing.T) {
	d := newDemo(300)
	costs := []billing.Money{250_00, 250_00, 250_00, 250_00, 250_00, 250_01, 250_01, 250_01, 250_01, 0, 0}
	for i, next := 0, 0; i < len(d.lines); i++ {
		if line := &d.lines[i]; line.Municipality == "0867" {
			line.BSN, line.Amount, line.Kind = fmt.Sprintf("99999%04d", next%len(costs)), 0, billing.Regular
			if next < len(costs) {
				line.Amount = costs[next]
			}
			next++
		}
	}
	d.payLines()
	dir, _ := written(t, d)
	rows := rowsOf(t, open(t, filepath.Join(dir, "gemeente-0867-Waalwijk.xlsx")), "Samenvatting")
	for band, want := range map[string]string{"€ 0,00 of minder": "minder dan 5", "tot en met € 250,00": "5", "€ 250,00 tot en met € 500,00": "minder dan 5", "meer dan € 5.000,00": "0"} {
		if got := under(t, rows, "Cliënten naar wat hun zorg deze periode kost", band); len(got) < 2 || got[1] != want {
			t.Errorf("%q, want %s", got, want)
		}
	}
}

// TestCorrectionsOfMunicipality: the sheet Correcties holds the credits and corrections of the municipality, and no other lines.
func TestCorrectionsOfMunicipality(t *testing.T) {
	d := newDemo(300)
	want := 0
	for _, line := range d.lines {
		if line.Municipality == "0785" && (line.Kind == billing.Credit || line.Kind == billing.Correction) {
			want++
		}
	}
	dir, _ := written(t, d)
	if rows := rowsOf(t, open(t, filepath.Join(dir, "gemeente-0785-Goirle.xlsx")), "Correcties"); want == 0 || len(rows) != headingRow+want {
		t.Errorf("%d corrections, want %d", len(rows)-headingRow, want)
	}
}

// TestEarlierDeclarations: the region compares periods by municipality and segment, a municipality months with last year's.
func TestEarlierDeclarations(t *testing.T) {
	d := newDemo(60)
	d.report.Earlier = slices.Insert(d.report.Earlier, 0, report.EarlierTotal{
		Period: period.Add(-12), Municipality: "0867", Provider: "30000003", Product: "45VB1", Unit: billing.Time, CareMonth: period.Add(-12), Quantity: 6000, Amount: 77_00,
	})
	all, hours := billing.Money(0), billing.Money(0)
	for _, line := range d.lines {
		if line.Municipality == "0867" {
			if all += line.Amount; line.Product == "45VB1" {
				hours += line.Amount
			}
		}
	}
	dir, _ := written(t, d)
	compared := rowsOf(t, open(t, filepath.Join(dir, "regio.xlsx")), "Vergelijking")
	at := slices.IndexFunc(compared, func(row []string) bool { return len(row) > 2 && row[1] == "Waalwijk" && row[2] == "4" })
	if want := []string{"77", "3024.68", "2024.68", "1024.68", euros(hours), euros(hours - 1024_68)}; at < 0 || !slices.Equal(compared[at][4:], want) {
		t.Errorf("compared %q, want %q", compared[max(at, 0)], want)
	}
	months := rowsOf(t, open(t, filepath.Join(dir, "gemeente-0867-Waalwijk.xlsx")), "Samenvatting")
	for month, want := range map[string][]string{"jun": {"0", "0"}, "jul": {"0", "3024.68"}, "sep": {"0", "1024.68"}, "okt": {"77", euros(all)}} {
		if got := under(t, months, "Declaraties per maand", month); !slices.Equal(got[1:3], want) {
			t.Errorf("%s: %q, want %q", month, got, want)
		}
	}
}
