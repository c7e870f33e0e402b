package importers_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers"
)

// readReferral reads one referral row, given as heading=cell.
func readReferral(t *testing.T, cells ...string) *billing.ReferralRow {
	t.Helper()
	headings := []string{"Verwijsnummer", "Burgerservicenummer", "Woonplaatsgemeente", "Aanbieder", "Ingangsdatum"}
	values := []string{"900101", "999910012", "Tilburg", "01000001", "01-06-2025"}
	for _, cell := range cells {
		heading, value, _ := strings.Cut(cell, "=")
		headings, values = append(headings, heading), append(values, value)
	}
	sink, summary := mustRead(t, "t.csv", strings.Join(headings, ";")+"\n"+strings.Join(values, ";")+"\n")
	if len(sink.referrals) != 1 || summary.Sheets[0].Kind != billing.ReferralSheet {
		t.Fatalf("got %+v", summary)
	}
	return sink.referrals[0]
}

// A budget is read to the cent.
func TestBudgets(t *testing.T) {
	for text, want := range map[string]billing.Money{"1.500,55": 150055, "1500,5": 150050, "0,01": 1, "1500,555": 0, "1500,000000000000000000001": 0} {
		r := readReferral(t, "Budget="+text)
		if r.Budget != want || (len(r.Unreadable) > 0) != (want == 0) {
			t.Errorf("%q was read as %s, unreadable %+v", text, r.Budget, r.Unreadable)
		}
	}
}

func TestReferralFields(t *testing.T) {
	r := readReferral(t, "Product=45vb1", "Productcategorie=45", "Einddatum=2026-06-30", "Volume=1.500", "Eenheid=Minuten", "Frequentie=Per week",
		"Budget=€ 1.500", "Verwijzer=Gecertificeerde instelling", "Toewijzingsdatum=1/6/2025", "Status=Gewijzigd", "Coördinatiepunt=CP-1",
		"Eigen plaatsing=J", "Max duur verlengd tot=2027-01-01", "Verlengde jeugdhulp=ja", "Voortzetting tot=2026-01-15",
		"Eerder gedeclareerd=7,5", "Eerder gedeclareerd bedrag=1.052,80", "Geboortedatum=20120502", "Datum=x")
	if len(r.Unreadable) > 0 {
		t.Fatalf("unreadable: %+v", r.Unreadable)
	}
	if r.Number != "900101" || r.BSN != "999910012" || r.Municipality != "Tilburg" || r.Provider != "01000001" || r.Start != billing.NewDate(2025, 6, 1) ||
		r.BirthDate != billing.NewDate(2012, 5, 2) || r.Product != "45vb1" || r.Category != "45" || r.End != billing.NewDate(2026, 6, 30) ||
		!r.HasVolume || r.VolumeText.String() != "1.5" || r.VolumeWritten != "minuut" || r.Frequency != billing.PerWeek || r.Budget != 150000 || !r.HasBudget {
		t.Errorf("got %+v", r.Referral)
	}
	if r.Referrer != "04" || r.Assigned != billing.NewDate(2025, 6, 1) || r.Status != "gewijzigd" || r.CoordinationPoint != "CP-1" || !r.OwnPlacement ||
		r.ExtendedTo != billing.NewDate(2027, 1, 1) || !r.ExtendedYouthCare || r.ContinuesTo != billing.NewDate(2026, 1, 15) ||
		r.BeforeText.String() != "7.5" || r.AmountBefore != 105280 || r.Received != asOf || r.File != "t.csv" || r.Row != 2 {
		t.Errorf("got %+v", r.Referral)
	}
	for field := range billing.ReferralFieldsEnd {
		if !r.Present[field] || !r.Filled[field] {
			t.Errorf("%s is not present and filled", billing.ReferralHeadings[field])
		}
	}
}

func TestReferralWords(t *testing.T) {
	for word, want := range map[string]string{
		"gemeente": "01", "Lokale toegang": "01", "toegang": "01", "huisarts": "02", "Jeugdarts": "03", "GI": "04", "medisch specialist": "05",
		"zelfverwijzer": "06", "Geen": "06", "rechter": "08", "1": "01", "08": "08", "7": "07", "8": "08", "9": "9", "0": "0", "12": "12", "buurvrouw": "buurvrouw", "": "",
	} {
		if got := readReferral(t, "Verwijzer="+word).Referrer; got != want {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
	for word, want := range map[string]billing.Frequency{
		"1": 1, "per dag": 1, "dag": 1, "2": 2, "Week": 2, "4": 4, "per maand": 4, "Maand": 4, "6": 6, "Totaal": 6, "totaal binnen geldigheidsduur": 6, "": 0,
	} {
		if r := readReferral(t, "Frequentie="+word); r.Frequency != want || len(r.Unreadable) > 0 {
			t.Errorf("%q: got %d, want %d", word, r.Frequency, want)
		}
	}
}

func TestUnreadableReferralCells(t *testing.T) {
	for _, test := range []struct{ cell, want string }{
		{"Geboortedatum=31-02-2012", "Geboortedatum  date"}, {"Einddatum=31-02-2012", "Einddatum 31-02-2012 date"},
		{"Volume=-1", "Volume -1 number"}, {"Volume=veel", "Volume veel number"}, {"Volume=1000000000", "Volume 1000000000 number"},
		{"Eenheid=etmaal", "Eenheid etmaal unit"}, {"Frequentie=3", "Frequentie 3 frequency"}, {"Budget=-5", "Budget -5 amount"},
		{"Budget=5,005", ""}, {"Budget=5,0055", "Budget 5,0055 amount"}, {"Budget=12345678901", "Budget 12345678901 amount"},
		{"Status=weg", "Status weg status"}, {"Verlengde jeugdhulp=1", "Verlengde jeugdhulp 1 yes-no"}, {"Eenheid=14", "Eenheid 14 unit"}, {"Frequentie=jaar", "Frequentie jaar frequency"},
		{"Budget=€ 5 €", "Budget € 5 € amount"}, {"Ingangsdatum 2=x", ""}, {"Toewijzingsdatum=1-1-26", "Toewijzingsdatum 1-1-26 date"}, {"Max duur verlengd tot=3 okt 2026", ""}, {"Eigen plaatsing=misschien", "Eigen plaatsing misschien yes-no"}, {"Eerder gedeclareerd=-1", "Eerder gedeclareerd -1 number"},
		{"Eerder gedeclareerd bedrag=x", "Eerder gedeclareerd bedrag x amount"}, {"Voortzetting tot=999910012", "Voortzetting tot ••• date"},
	} {
		var got []string
		for _, cell := range readReferral(t, test.cell).Unreadable {
			got = append(got, fmt.Sprintf("%s %s %s", billing.ReferralHeadings[cell.Field], cell.Found, cell.Want))
			if importers.WantText(cell.Want, "nl") == "" || importers.WantText(cell.Want, "en") == "" {
				t.Errorf("no text for %s", cell.Want)
			}
		}
		if shown := strings.Join(got, "; "); shown != test.want {
			t.Errorf("%s: got %q, want %q", test.cell, shown, test.want)
		}
	}
	for _, key := range []string{billing.WantFilled, billing.WantScope, billing.WantText, billing.WantBSN, billing.WantAGB} {
		if importers.WantText(key, "nl") == "" || importers.WantText(key, "en") == "" {
			t.Errorf("no text for %s", key)
		}
	}
}

// The code above the heading row applies to referrals without a provider, and affects no other column.
func TestReferralProviderAbove(t *testing.T) {
	sink, _ := mustRead(t, "t.csv", "AGB-code;1000001\nToewijzingsnummer;BSN;Gemeente;AGB-code;Ingangsdatum;Productcode;Einddatum\n"+
		"1;999910012;Tilburg;;01-01-2026;45VB1;\n2;999910012;Tilburg;20000002;01-01-2026;45VB1;\n3;999910012;;x;01-01-2026;45VB1;\n")
	for i, want := range []struct{ provider, unreadable string }{{"01000001", ""}, {"20000002", ""}, {"", "AGB-code x agb"}} {
		r := sink.referrals[i]
		got := ""
		for _, cell := range r.Unreadable {
			got += fmt.Sprintf("%s %s %s", billing.ReferralHeadings[cell.Field], cell.Found, cell.Want)
		}
		if r.Provider != want.provider || got != want.unreadable || r.Filled[billing.ReferralEnd] || r.Filled[billing.ReferralMunicipality] != (i < 2) {
			t.Errorf("row %d: got provider %q, unreadable %q, %+v", i, r.Provider, got, r.Referral)
		}
	}
	if sink, _ = mustRead(t, "t.csv", "AGB-code;01000001\nToewijzingsnummer;BSN;Gemeente;Productcode;Ingangsdatum\n1;999910012;Tilburg;45VB1;01-01-2026\n"); !sink.referrals[0].Present[billing.ReferralProvider] {
		t.Error("a file with the code above its headings only has a provider")
	}
}

// A spoiled referral number is reported, and so is every other unreadable mandatory cell.
func TestUnreadableReferrals(t *testing.T) {
	const headings = "Toewijzingsnummer;BSN;Gemeente;AGB-code;Ingangsdatum;Productcode;Volume;Eenheid;Frequentie\n"
	for _, test := range []struct{ row, number, want string }{
		{"900101.0;9999.10.012;Tilburg;1000001.0;01-06-2025;45VB1;;;", "900101", ""},
		{"#N/B;999910012;Tilburg;01000001;01-06-2025;45VB1;;;", "", "Toewijzingsnummer #N/B referral-number"},
		{"2,0261E+11;999910012;Tilburg;01000001;01-06-2025;45VB1;;;", "", "Toewijzingsnummer 2,0261E+11 referral-number"},
		{";999910012;Tilburg;01000001;01-06-2025;45VB1;;;", "", "Toewijzingsnummer  filled"},
		{"900101;;;;;45VB1;;;", "900101", "BSN  filled; Gemeente  filled; AGB-code  filled; Ingangsdatum  filled"},
		{"900101;999910001;Tilburg;x;31-02-2026;45VB1;;;", "900101", "BSN  bsn; AGB-code x agb; Ingangsdatum 31-02-2026 date"},
		{"900101;999910012;Tilburg;01000001;01-06-2025;;;;", "900101", "Productcode  scope"},
		{"900101;999910012;Tilburg;01000001;01-06-2025;45VB1;5;;", "900101", "Eenheid  unit; Frequentie  frequency"},
		{"900101;999910012;Tilburg;01000001;01-06-2025;45VB1;5;uur;", "900101", "Frequentie  frequency"},
		{"900101;999910012;Tilburg;01000001;01-06-2025;45VB1;5;etmaal;3", "900101", "Eenheid etmaal unit; Frequentie 3 frequency"},
		{"900101;999910012;Tilburg;01000001;01-06-2025;45VB1;;uur;", "900101", ""},
	} {
		sink, _ := mustRead(t, "t.csv", headings+test.row+"\n")
		row := sink.referrals[0]
		_, problems := billing.MergeReferral(nil, row)
		var got []string
		for _, cell := range problems {
			got = append(got, fmt.Sprintf("%s %s %s", billing.ReferralHeadings[cell.Field], cell.Found, cell.Want))
			if importers.WantText(cell.Want, "nl") == "" || importers.WantText(cell.Want, "en") == "" {
				t.Errorf("no text for %s", cell.Want)
			}
		}
		if shown := strings.Join(got, "; "); shown != test.want || row.Number != test.number {
			t.Errorf("%s: got %q of %q, want %q", test.row, shown, row.Number, test.want)
		}
	}
}

// A column that a later file does not have keeps its value; an empty cell clears it.
func TestLaterReferral(t *testing.T) {
	first, problems := billing.MergeReferral(nil, readReferral(t, "Productcode=45VB1", "Einddatum=31-12-2026", "Verlengde jeugdhulp=ja", "Verwijzer=huisarts"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	later, problems := billing.MergeReferral(first, readReferral(t, "Einddatum=", "Verlengde jeugdhulp=nee"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if later.Product != "45VB1" || later.Referrer != "02" || !later.End.IsZero() || later.ExtendedYouthCare || later.Version != 2 {
		t.Errorf("got %+v", later)
	}
}

func TestDecisions(t *testing.T) {
	sink, summary := mustRead(t, "uitval.csv", "Referentie;Aanbieder;BSN;Code;Versie;Besluit;Reden;Beoordelaar;Tweede beoordelaar\n"+
		"R1;1000001;999910012;r12;2;Akkoord; is gemeld ;J. de Vries;A. Bos\n2.0;01000001;;R12;;;;\nR3;x;;R12;twee;afwijzen;dubbel;\nR4;01000001;;R12;-1;afwijzen;;\nR5;01000001;;R12;1;akkoord;;\nR6;01000001;;R12;0;akkoord;;\nR7;01000001;;R12;+1;akkoord;;\nTotaal;;;;;;;\n")
	sheet := summary.Sheets[0]
	if sheet.Kind != billing.DecisionSheet || sheet.Rows != 7 || sheet.Totals != 1 || len(sheet.UnknownColumns) != 1 {
		t.Errorf("got %+v", sheet)
	}
	want := []billing.DecisionRow{
		{Reference: "R1", Provider: "01000001", Code: "r12", Version: 2, Word: "Akkoord", Reason: "is gemeld", By: "J. de Vries", Second: "A. Bos", File: "uitval.csv", Row: 2},
		{Reference: "2.0", Provider: "01000001", Code: "R12", File: "uitval.csv", Row: 3}, // a prestatie may be written so; the intake decides
		{Reference: "R3", Provider: "x", Code: "R12", BadVersion: true, Word: "afwijzen", Reason: "dubbel", File: "uitval.csv", Row: 4},
		{Reference: "R4", Provider: "01000001", Code: "R12", BadVersion: true, Word: "afwijzen", File: "uitval.csv", Row: 5},
		{Reference: "R5", Provider: "01000001", Code: "R12", Version: 1, Word: "akkoord", File: "uitval.csv", Row: 6},
		{Reference: "R6", Provider: "01000001", Code: "R12", BadVersion: true, Word: "akkoord", File: "uitval.csv", Row: 7},
		{Reference: "R7", Provider: "01000001", Code: "R12", BadVersion: true, Word: "akkoord", File: "uitval.csv", Row: 8},
	}
	for i, decision := range sink.decisions {
		if *decision != want[i] {
			t.Errorf("got %+v, want %+v", *decision, want[i])
		}
	}
}

// A sheet with Besluit holds decisions even if it has Ingangsdatum, and the code above the heading row applies to it.
func TestDecisionsOfReferrals(t *testing.T) {
	for _, headings := range []string{"Regelnummer;Code;Versie;Besluit;Ingangsdatum", "Ingangsdatum;Code;Versie;Besluit;Regelnummer"} {
		sink, summary := mustRead(t, "uitval.csv", "AGB-code;1000001\n"+headings+"\nR1;R12;1;akkoord;R1\n")
		if summary.Sheets[0].Kind != billing.DecisionSheet || len(sink.decisions) != 1 || sink.decisions[0].Provider != "01000001" {
			t.Errorf("%s: got %+v", headings, summary.Sheets[0])
		}
	}
}
