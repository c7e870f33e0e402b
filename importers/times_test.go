package importers_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
)

// The findings on the times of a row, its break and its quantity.
func TestTimes(t *testing.T) {
	const (
		date, unit, quantity   = billing.FieldDate, billing.FieldUnit, billing.FieldQuantity
		start, end, breakField = billing.FieldStart, billing.FieldEnd, billing.FieldBreak
	)
	tests := []struct {
		name  string
		cells cells
		want  string
		hours string // the quantity as exported; "" for none
	}{
		// Both times without a quantity give the quantity, less the break.
		{"times for quantity", cells{quantity: "", start: "9:00", end: "10:15:30"}, "", "1.2583"},
		{"times less the break", cells{quantity: "", start: "9:00", end: "12:00", breakField: "0:15"}, "", "2.7500"},
		{"a break in minutes", cells{quantity: "", start: "9:00", end: "12:00", breakField: "7,5"}, "", "2.8750"},
		{"a break of nothing", cells{quantity: "", start: "9:00", end: "12:00", breakField: "0"}, "", "3.0000"},
		{"times to midnight", cells{quantity: "", start: "22:00", end: "24:00"}, "", "2.0000"},
		{"one time, no quantity", cells{quantity: "", start: "9:00"}, "F01 Aantal Aantal", ""},
		{"unreadable time, no quantity", cells{quantity: "", start: "9:00", end: "tien"}, "F02 Eindtijd tien", ""},
		{"day-part, only times", cells{unit: "dagdeel", quantity: "", start: "9:00", end: "13:00"}, "F01 Aantal Aantal", ""},
		{"day-part, only wrong times", cells{unit: "dagdeel", quantity: "", start: "13:00", end: "9:00"}, "F01 Aantal Aantal; F10 Eindtijd volgorde|13:00|09:00", ""},
		{"unit, no quantity, times", cells{unit: "etmaal", quantity: "", start: "9:00", end: "10:00"}, "F06 Eenheid etmaal", ""},
		// A lone time and its break are ignored, but must be readable.
		{"lone time", cells{end: "10:00"}, "", "1.5000"},
		{"lone time and a break", cells{start: "10:00", breakField: "600"}, "", "1.5000"},
		{"a break alone", cells{breakField: "600"}, "", "1.5000"},
		{"unreadable lone time", cells{end: "tien"}, "F02 Eindtijd tien", "1.5000"},
		{"unreadable break alone", cells{breakField: "half uur"}, "F02 Pauze half uur", "1.5000"},
		{"break below 0, one time", cells{start: "10:00", breakField: "-5"}, "F02 Pauze -5", "1.5000"},
		{"start at 24:00", cells{start: "24:00", end: "24:00"}, "F02 Begintijd 24:00", "1.5000"},
		{"end after 24:00", cells{start: "23:00", end: "24:01"}, "F02 Eindtijd 24:01", "1.5000"},
		// The time between start and end less the break must be above 0.
		{"no time at all", cells{start: "10:00", end: "10:00", quantity: ""}, "F10 Eindtijd volgorde|10:00|10:00", ""},
		{"no time beside a quantity", cells{start: "10:00", end: "10:00"}, "F10 Eindtijd volgorde|10:00|10:00|0|9000", "1.5000"},
		{"all break", cells{start: "9:00", end: "10:30", breakField: "1:30"}, "F10 Pauze pauze|09:00|10:30|0|9000", "1.5000"},
		{"all break, no quantity", cells{start: "9:00", end: "10:00", breakField: "60", quantity: ""}, "F10 Pauze pauze|09:00|10:00", ""},
		{"more break than time", cells{start: "9:00", end: "10:00", breakField: "61", quantity: ""}, "F10 Pauze pauze|09:00|10:00", ""},
		{"day-part beside times", cells{unit: "dagdeel", quantity: "1", start: "9:00", end: "13:00"}, "", "1.00"},
		{"day-part, wrong order", cells{unit: "dagdeel", quantity: "1", start: "13:00", end: "9:00"}, "F10 Eindtijd volgorde|13:00|09:00", "1.00"},
		{"day-part, all break", cells{unit: "dagdeel", quantity: "1", start: "9:00", end: "10:00", breakField: "60"}, "F10 Pauze pauze|09:00|10:00", "1.00"},
		{"unit unknown, wrong order", cells{unit: "etmaal", start: "13:00", end: "9:00"}, "F06 Eenheid etmaal||1,5; F10 Eindtijd volgorde|13:00|09:00", ""},
		// A quantity of time must differ from it by less than a minute, seconds counted.
		{"less than a minute apart", cells{start: "9:00", end: "10:30:59"}, "", "1.5000"},
		{"less than a minute apart, below", cells{start: "9:00", end: "10:29:01"}, "", "1.5000"},
		{"a minute apart", cells{start: "9:00", end: "10:31"}, "F10 Aantal verschil|09:00|10:31|9100|9000", "1.5000"},
		{"a minute apart, below", cells{start: "9:00", end: "10:29"}, "F10 Aantal verschil|09:00|10:29|8900|9000", "1.5000"},
		{"agrees less the break", cells{start: "9:00", end: "11:00", breakField: "30"}, "", "1.5000"},
		{"agrees without the break only", cells{start: "9:00", end: "10:30", breakField: "30"}, "F10 Aantal verschil|09:00|10:30|6000|9000", "1.5000"},
		{"minutes", cells{start: "9:00", end: "10:30", unit: "min", quantity: "90,99"}, "", "1.5165"},
		// F10 is not judged after F03, on a 0, or after F02 on a time or the break.
		{"wrong order, no number", cells{start: "10:00", end: "9:00", quantity: "veel"}, "F03 Aantal veel", ""},
		{"wrong order, too much", cells{start: "10:00", end: "9:00", quantity: "100000"}, "F03 Aantal 100000", ""},
		{"zero beside times", cells{quantity: "0", start: "9:00", end: "10:00"}, "", "0.0000"},
		{"zero as a clock time beside wrong times", cells{quantity: "0:00", start: "9:00", end: "9:00"}, "", "0.0000"},
		{"zero beside wrong times", cells{quantity: "0", start: "9:00", end: "9:00"}, "", "0.0000"},
		{"wrong order, unreadable break", cells{start: "10:00", end: "10:00", breakField: "x"}, "F02 Pauze x", "1.5000"},
		{"no quantity, unreadable break", cells{start: "9:00", end: "10:00", breakField: "x", quantity: ""}, "F02 Pauze x", ""},
		// A night needs a quantity of time that confirms it.
		{"a night", cells{start: "21:00", end: "5:00", quantity: "8"}, "", "8.0000"},
		{"a night less the break", cells{start: "21:00", end: "05:00", breakField: "30", unit: "minuten", quantity: "450"}, "", "7.5000"},
		{"a night, nearly", cells{start: "21:00", end: "5:00:59", quantity: "8"}, "", "8.0000"},
		{"a night, another quantity", cells{start: "21:00", end: "5:00", quantity: "7"}, "F10 Aantal verschil|21:00|05:00|48000|42000", "7.0000"},
		{"a night, no quantity", cells{start: "22:00", end: "6:00", quantity: ""}, "F10 Eindtijd volgorde|22:00|06:00", ""},
		{"a night of day-parts", cells{start: "22:00", end: "6:00", unit: "dagdeel", quantity: "2"}, "F10 Eindtijd volgorde|22:00|06:00", "2.00"},
		{"a night of break", cells{start: "23:00", end: "1:00", breakField: "120", quantity: "0,01"}, "F10 Pauze pauze|23:00|01:00|0|60", "0.0100"},
		{"a whole day", cells{start: "9:00", end: "9:00", quantity: "24"}, "F10 Eindtijd volgorde|09:00|09:00|0|144000", "24.0000"},
		// The clock change: an hour less on the last Sunday of March, an hour more on that of October.
		{"in March, an hour less", cells{date: "30-03-2025", start: "0:00", end: "8:00", quantity: "7"}, "", "7.0000"},
		{"in March, as the clock shows", cells{date: "30-03-2025", start: "0:00", end: "8:00", quantity: "8"}, "", "8.0000"},
		{"in March, an hour more", cells{date: "30-03-2025", start: "0:00", end: "8:00", quantity: "9"}, "F10 Aantal verschil|00:00|08:00|48000|54000", "9.0000"},
		{"in March, from 2:00 to 3:00", cells{date: "30-03-2025", start: "2:00", end: "3:01", quantity: "0,03"}, "", "0.0300"},
		{"in March, until 3:00", cells{date: "30-03-2025", start: "1:00", end: "3:00", quantity: "1"}, "", "1.0000"},
		{"in March, from 2:01", cells{date: "30-03-2025", start: "2:01", end: "5:01", quantity: "2"}, "F10 Aantal verschil|02:01|05:01|18000|12000", "2.0000"},
		{"in March, to 2:59", cells{date: "30-03-2025", start: "0:59", end: "2:59", quantity: "1"}, "F10 Aantal verschil|00:59|02:59|12000|6000", "1.0000"},
		{"in March, another Sunday", cells{date: "23-03-2025", start: "0:00", end: "8:00", quantity: "7"}, "F10 Aantal verschil|00:00|08:00|48000|42000", "7.0000"},
		{"in March, the night before", cells{date: "29-03-2025", start: "22:00", end: "6:00", quantity: "7"}, "", "7.0000"},
		{"in March, the night after", cells{date: "30-03-2025", start: "22:00", end: "6:00", quantity: "7"}, "F10 Aantal verschil|22:00|06:00|48000|42000", "7.0000"},
		{"in October, an hour more", cells{date: "26-10-2025", start: "0:00", end: "8:00", quantity: "9"}, "", "9.0000"},
		{"in October, on the 25th", cells{date: "25-10-2020", start: "0:00", end: "8:00", quantity: "9"}, "", "9.0000"},
		{"in October, an hour less", cells{date: "26-10-2025", start: "0:00", end: "8:00", quantity: "7"}, "F10 Aantal verschil|00:00|08:00|48000|42000", "7.0000"},
		{"in October, the night before, with a break", cells{date: "25-10-2025", start: "22:00", end: "6:00", breakField: "0:30", quantity: "8,5"}, "", "8.5000"},
		{"in October, no quantity", cells{date: "26-10-2025", start: "0:00", end: "8:00", quantity: ""}, "", "8.0000"},
		{"in October, the date unreadable", cells{date: "26-10-25", start: "0:00", end: "8:00", quantity: "9"}, "F02 Datum 26-10-25; F10 Aantal verschil|00:00|08:00|48000|54000", "9.0000"},
		{"the last Sunday of April", cells{date: "27-04-2025", start: "0:00", end: "8:00", quantity: "7"}, "F10 Aantal verschil|00:00|08:00|48000|42000", "7.0000"},
	}
	for _, test := range tests {
		record := readRow(t, test.cells)
		if got := findings(record); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
		if shown := shownQuantity(record); shown != test.hours {
			t.Errorf("%s: quantity %q, want %q", test.name, shown, test.hours)
		}
	}
}

// Ignored times are not part of the content of a row; times that count are.
func TestIgnoredTimes(t *testing.T) {
	plain := readRow(t, nil)
	for name, ignored := range map[string]cells{
		"a lone time": {billing.FieldStart: "9:00"}, "a lone end with a break": {billing.FieldEnd: "9:00", billing.FieldBreak: "15"}, "a break alone": {billing.FieldBreak: "15"},
		"a claim": {billing.FieldClaimedAmount: "x"}, "a remark": {billing.FieldRemark: "x"},
	} {
		if record := readRow(t, ignored); !record.SameContent(plain) {
			t.Errorf("%s changes the content", name)
		}
	}
	timed := readRow(t, cells{billing.FieldStart: "9:00", billing.FieldEnd: "11:00", billing.FieldBreak: "30"})
	for name, other := range map[string]cells{
		"no times": nil, "no break": {billing.FieldStart: "9:00", billing.FieldEnd: "10:30"},
	} {
		if record := readRow(t, other); record.SameContent(timed) {
			t.Errorf("%s has the same content as times with a break", name)
		}
	}
	if same := readRow(t, cells{billing.FieldStart: "09:00:00", billing.FieldEnd: "11:00", billing.FieldBreak: "0:30"}); !same.SameContent(timed) {
		t.Error("half an hour of break is 30 minutes")
	}
}

// The quantity derived from times agrees with them, and so does every quantity less than a minute from it.
func TestTimesAgreeWithTheirQuantity(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		start := rapid.IntRange(0, 86_398).Draw(r, "start")
		end := rapid.IntRange(start+1, 86_399).Draw(r, "end")
		rest := rapid.IntRange(0, (end-start-1)/60).Draw(r, "break")
		clock := func(seconds int) string { return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60) }
		row := cells{
			billing.FieldStart: clock(start), billing.FieldEnd: clock(end), billing.FieldBreak: fmt.Sprint(rest), billing.FieldUnit: "min", billing.FieldQuantity: "",
		}
		given := readRow(t, row)
		if len(given.Findings) > 0 || given.Quantity <= 0 {
			r.Fatalf("%v: %s, %d", row, findings(given), given.Quantity)
		}
		apart := rapid.IntRange(-150, 150).Draw(r, "apart")
		other := given.Quantity + billing.Quantity(apart)
		if other <= 0 {
			return
		}
		row[billing.FieldQuantity] = fmt.Sprintf("%d,%02d", other/100, other%100)
		if agrees := findings(readRow(t, row)) == ""; agrees != (apart > -100 && apart < 100) {
			r.Fatalf("%v is %d hundredths of a minute from %d: agrees %v", row, apart, given.Quantity, agrees)
		}
	})
}
