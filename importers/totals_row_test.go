package importers_test

import "testing"

// A row is one of totals only if it says neither whose care it is nor when it was given.
func TestTotalsRows(t *testing.T) {
	headings := "Naam;Regelnummer;AGB-code;BSN;Productcode;Datum;Eenheid;Aantal\n"
	for row, totals := range map[string]int{
		"Totaal;;;;;;;5": 1, "TOTAAL uren;;;;;;;5": 1, "Total;;;;;;;5": 1, "Subtotaal januari;;;;;;;5": 1, "eindtotaal;;;;;;;5": 1, "Algemeen totaal;;;;;;;5": 1,
		"Som;;;;;;;5": 1, ";;;;SOM van Aantal;;;5": 1, "Totaal;;;onbekend;;januari;;5": 1, "\u200bTotaal;;;;;;;5": 1, "Totaal;;;999910001;;;;5": 1,
		"TotaalZorg;R1;01000001;999910012;45VB1;07-01-2026;uur;1": 0, "TotaalZorg;R1;01000001;;45VB1;07-01-2026;uur;1": 0, "Totaal;R1;01000001;999910012;45VB1;;uur;1": 0,
		"Totaal;R1;01000001;999910012;45VB1;31-02-2026;uur;1": 0, "Sommen;R1;01000001;9999.10.012;45VB1;;uur;1": 0, "De totalen;;;;;;;5": 0, "Eind totaal;;;;;;;5": 0,
	} {
		sink, summary := mustRead(t, "a.csv", headings+row+"\n")
		if got := summary.Sheets[0]; got.Totals != totals || got.Rows != 1-totals || len(sink.records) != 1-totals {
			t.Errorf("%s: %d rows of totals, %d records, want %d of totals", row, got.Totals, len(sink.records), totals)
		}
	}
	referrals := "Naam;Toewijzingsnummer;BSN;Gemeente;AGB-code;Ingangsdatum\n"
	sink, summary := mustRead(t, "t.csv", referrals+"Totaal;3;;;;\nTotaalZorg;1;999910012;Tilburg;01000001;x\nTotaalZorg;1;x;Tilburg;01000001;01-01-2026\n")
	if len(sink.referrals) != 2 || summary.Sheets[0].Totals != 1 {
		t.Errorf("referrals: %d, %+v", len(sink.referrals), summary.Sheets[0])
	}
	decisions := "Aanbieder pxq;Regelnummer;AGB-code;Code;Versie;Besluit\n"
	sink, summary = mustRead(t, "d.csv", decisions+"Totaal;;;12;;\nTotaalZorg;R1;01000001;r12;1;\nTotaalZorg;R1;01000001;?;1;akkoord\n")
	if len(sink.decisions) != 2 || summary.Sheets[0].Totals != 1 {
		t.Errorf("decisions: %d, %+v", len(sink.decisions), summary.Sheets[0])
	}
}
