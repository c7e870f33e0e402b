package importers_test

import "testing"

// The unit may be omitted if the sheet or the heading of the quantity implies it; if these contradict each other
// or the cell, the unit is unknown.
func TestUnitOfSheetAndHeading(t *testing.T) {
	const uren, dagdelen = "Aantal uren", "Aantal dagdelen"
	for _, test := range []struct{ sheet, heading, cell, unit, want string }{
		{"Blad1", "Aantal", "", "", "F01 Eenheid Eenheid"}, {"Blad1", "Aantal", "uur", "hour", ""}, {"Blad1", "Aantal", "etmaal", "", "F06 Eenheid etmaal||2"},
		{"Uren", "Aantal", "", "hour", ""}, {"uren", "Aantal", "minuten", "hour", ""}, {"UREN", "Hoeveelheid", "04", "hour", ""}, {"Uren", "Aantal", "dagdeel", "", "F06 Eenheid dagdeel|blad"},
		{"Dagdelen", "Aantal", "", "daypart", ""}, {"dag-delen", "Aantal", "16", "daypart", ""}, {"Dagdelen", "Aantal", "uur", "", "F06 Eenheid uur|blad"},
		{"Dagdelen", "Aantal", "min", "", "F06 Eenheid min|blad"}, {"Dagdelen", "Aantal", "etmaal", "", "F06 Eenheid etmaal||2"},
		{"Blad1", uren, "", "hour", ""}, {"Blad1", "aantaluren", "u", "hour", ""}, {"Blad1", uren, "minuten", "", "F06 Eenheid minuten|kop"}, {"Blad1", uren, "dagdeel", "", "F06 Eenheid dagdeel|kop"},
		{"Blad1", dagdelen, "", "daypart", ""}, {"Blad1", dagdelen, "dagdelen", "daypart", ""}, {"Blad1", dagdelen, "uur", "", "F06 Eenheid uur|kop"},
		{"Uren", uren, "", "hour", ""}, {"Uren", dagdelen, "", "", "F06 Eenheid Aantal dagdelen|blad"}, {"Uren", dagdelen, "dagdeel", "", "F06 Eenheid dagdeel|blad"},
		{"Uren", dagdelen, "uur", "", "F06 Eenheid uur|kop"}, {"Dagdelen", uren, "", "", "F06 Eenheid Aantal uren|blad"}, {"Dagdelen", dagdelen, "", "daypart", ""},
	} {
		care := grid{{"Regelnummer", "AGB-code", "BSN", "Productcode", "Datum", "Eenheid", test.heading}, {"R1", 1000001, 999910012, "45VB1", "07-01-2026", test.cell, 2}}
		sink, _, err := readPath(workbook(t, "", []string{test.sheet}, map[string]grid{test.sheet: care}))
		if err != nil {
			t.Fatal(err)
		}
		r := sink.records[0]
		if r.Unit.String() != test.unit || findings(r) != test.want || r.HasQuantity != (test.want == "") {
			t.Errorf("%+v: got %q, %s", test, r.Unit, findings(r))
		}
	}
}
