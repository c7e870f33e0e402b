package reports_test

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
)

// returnedSheet is a sheet with the rows of a return file.
type returnedSheet struct {
	*testing.T
	file *excelize.File
	name string
	rows [][]string
}

func returnedRows(t *testing.T, d *demo, agb string) returnedSheet {
	t.Helper()
	d.redo()
	file := open(t, returnFile(t, d, agb))
	return returnedSheet{t, file, "Uren", rowsOf(t, file, "Uren")}
}

// cell returns the name of the cell in a row under a heading.
func (s returnedSheet) cell(reference, heading string) string {
	s.Helper()
	row := slices.IndexFunc(s.rows, func(row []string) bool { return len(row) > 0 && row[0] == reference })
	column := slices.Index(s.rows[headingRow-1], heading)
	if row < 0 || column < 0 {
		s.Fatalf("no %s of %s", heading, reference)
	}
	cell, err := excelize.CoordinatesToCellName(column+1, row+1)
	if err != nil {
		s.Fatal(err)
	}
	return cell
}

func (s returnedSheet) text(reference, heading string) string {
	s.Helper()
	text, err := s.file.GetCellValue(s.name, s.cell(reference, heading))
	if err != nil {
		s.Fatal(err)
	}
	return text
}

// look returns how a cell is marked, with its note.
func (s returnedSheet) look(reference, heading string) (look, note string) {
	s.Helper()
	cell := s.cell(reference, heading)
	comments, err := s.file.GetComments(s.name)
	if err != nil {
		s.Fatal(err)
	}
	for _, comment := range comments {
		if comment.Cell == cell {
			for _, run := range comment.Paragraph {
				note += run.Text
			}
		}
	}
	id, err := s.file.GetCellStyle(s.name, cell)
	if err != nil {
		s.Fatal(err)
	}
	style, err := s.file.GetStyle(id)
	if err != nil {
		s.Fatal(err)
	}
	switch {
	case len(style.Border) == 4 && style.Font.Bold:
		return "framed", note
	case len(style.Fill.Color) > 0 && style.Font.Bold:
		return "amber", note
	}
	return "", note
}

func (s returnedSheet) want(what, got, want string) {
	s.Helper()
	if got != want {
		s.Errorf("%s:\ngot  %s\nwant %s", what, got, want)
	}
}

const judging = "De regio beoordeelt deze regel; u hoeft niets te doen, tenzij de regel niet klopt."

// TestHeldRowsAskNothing: of a hold the provider reads what was found, not what those who decide can do, and once that it
// need not do anything. Such cells look different from those to correct.
func TestHeldRowsAskNothing(t *testing.T) {
	d := newDemo(60)
	row := &d.rows[0] // A-000000
	find(row, billing.Held, billing.R13, billing.FieldReferral, "900100")
	find(row, billing.Held, billing.R10, billing.FieldMunicipality, "900100", "Goirle", "Tilburg")
	find(row, billing.Held, billing.D01, billing.FieldDate, "2024-09-01", "24", "2026-08-31", "2026-10-01")
	row.OpenHolds = []billing.Code{billing.R10, billing.D01}
	s := returnedRows(t, d, "01000001")
	s.want("explanation", s.text("A-000000", "Toelichting pxq"), strings.Join([]string{
		"R10: Toewijzing 900100 is van Goirle; op de regel staat Tilburg.",
		"D01: De maximale duur was bereikt op 31-08-2026, de laatste dag daarbinnen; de zorgdatum is 01-10-2026.",
		"R13: Toewijzing 900100 is gevonden op BSN, aanbieder, product en datum. Vul voortaan het toewijzingsnummer in.",
		judging,
	}, "\n"))
	look, note := s.look("A-000000", "Datum")
	s.want("the cell", look, "amber")
	s.want("its note", note, "D01: De maximale duur was bereikt op 31-08-2026, de laatste dag daarbinnen; de zorgdatum is 01-10-2026.\n"+judging)
	summary := allText(t, s.file, "Overzicht")
	for _, secret := range []string{"beslis per regel", "vraag bij verhuizing", "01-09-2024"} {
		if strings.Contains(summary+everythingIn(t, s.file.Path), secret) {
			t.Errorf("the return file says %q", secret)
		}
	}
	if !strings.Contains(summary, "De regio beoordeelt deze regels; u hoeft niets te doen, tenzij een regel niet klopt.") {
		t.Error("the first sheet does not say that the region judges it")
	}
}

// TestHoldsWithSomethingToDo: a placement that was not reported must be reported by the provider.
func TestHoldsWithSomethingToDo(t *testing.T) {
	d := newDemo(60)
	row := &d.rows[0]
	find(row, billing.Held, billing.R12, billing.FieldReferral, "900100", "wonen", "2026-01-01", "")
	row.OpenHolds = []billing.Code{billing.R12}
	s := returnedRows(t, d, "01000001")
	s.want("explanation", s.text("A-000000", "Toelichting pxq"), "R12: Toewijzing 900100 voor wonen begint op 01-01-2026 en heeft geen melding bij het coördinatiepunt. "+
		"Meld de plaatsing bij het coördinatiepunt Wonen, als dat nog niet is gebeurd.\nDe regio beoordeelt deze regel.")
}

// TestRejectsComeFirst: what must be corrected comes before what the region judges, in the row and at the cell.
func TestRejectsComeFirst(t *testing.T) {
	d := newDemo(60)
	row := &d.rows[0]
	find(row, billing.Rejected, billing.R13, billing.FieldReferral, "900100")
	find(row, billing.Rejected, billing.D01, billing.FieldDate, "2024-09-01", "24", "2026-08-31", "2026-10-01")
	find(row, billing.Rejected, billing.T01, billing.FieldDate, "2026-11-05", "2026-05", "2026-08-31")
	accepted := &d.rows[15] // A-000005
	find(accepted, billing.Accepted, billing.L01, billing.FieldQuantity, "t78000", "2026-10-06", "12")
	accepted.Decisions = []billing.Decision{{Code: billing.L01, Word: billing.Refuse, Reason: "eerst niet"}, {Code: billing.L01, Word: billing.Allow, Reason: "kamp"}}
	s := returnedRows(t, d, "01000001")
	lines := strings.Split(s.text("A-000000", "Toelichting pxq"), "\n")
	var codes []string
	for _, line := range lines[:3] {
		codes = append(codes, line[:3])
	}
	s.want("order", strings.Join(codes, " ")+" "+lines[3], "T01 D01 R13 De regio beoordeelt D01 zodra de regel verder klopt.")
	look, note := s.look("A-000000", "Datum")
	if look != "framed" || !strings.HasPrefix(note, "T01: ") || !strings.Contains(note, "\nD01: ") {
		t.Errorf("the cell is %s: %s", look, note)
	}
	s.want("what was lifted", s.text("A-000005", "Toelichting pxq"), "L01: Samen 13,00 uur op 06-10-2026; meer dan 12 uur is niet aannemelijk.\nNa beoordeling akkoord.")
	if look, note := s.look("A-000005", "Aantal"); look != "" || note != "" {
		t.Errorf("what was lifted is %s: %s", look, note)
	}
}

// TestOnlyWhatIsSettledIsToldAsSettled: a record is called accepted by a decision only once no other hold keeps it back, and not when
// the decision keeps the hold; several findings of one rule are named once.
func TestOnlyWhatIsSettledIsToldAsSettled(t *testing.T) {
	d := newDemo(60)
	over := func(row *report.Row, outcome billing.Outcome, code billing.Code) {
		find(row, outcome, code, billing.FieldQuantity, "t78000", "2026-10-06", "12")
	}
	waits, kept, twice := &d.rows[0], &d.rows[15], &d.rows[45]
	over(waits, billing.Held, billing.L01)
	find(waits, billing.Held, billing.D01, billing.FieldDate, "2024-09-01", "24", "2026-08-31", "2026-10-01")
	waits.Decisions = []billing.Decision{{Code: billing.L01, Word: billing.Allow, Reason: "kamp"}}
	waits.OpenHolds = []billing.Code{billing.D01}
	over(kept, billing.Accepted, billing.L01) // a declared record stays accepted whatever is found on it
	kept.Decisions = []billing.Decision{{Code: billing.L01, Word: billing.KeepHeld}}
	kept.OpenHolds = []billing.Code{billing.L01}
	over(twice, billing.Rejected, billing.L01)
	over(twice, billing.Rejected, billing.L01)
	find(twice, billing.Rejected, billing.T01, billing.FieldDate, "2026-11-05", "2026-05", "2026-08-31")
	s := returnedRows(t, d, "01000001")
	for _, reference := range []string{"A-000000", "A-000005"} {
		if text := s.text(reference, "Toelichting pxq"); strings.Contains(text, "akkoord") || !strings.HasSuffix(text, judging) {
			t.Errorf("%s: %s", reference, text)
		}
	}
	if text := s.text("A-000015", "Toelichting pxq"); !strings.HasSuffix(text, "\nDe regio beoordeelt L01 zodra de regel verder klopt.") {
		t.Error(text)
	}
}

// TestWaitedIsNotLate: care that was sent in time and waited at the region is not called late to its provider.
func TestWaitedIsNotLate(t *testing.T) {
	d := newDemo(60)
	for row, received := range map[*report.Row]billing.Date{&d.rows[0]: billing.NewDate(2026, 9, 30), &d.rows[15]: billing.NewDate(2026, 10, 1)} {
		row.Record.First, row.Record.FirstReceived = billing.NewDate(2026, 8, 3), received
		find(row, billing.Accepted, billing.T02, billing.FieldDate, "2026-08", "2026-10")
	}
	s := returnedRows(t, d, "01000001")
	s.want("in time", s.text("A-000000", "Bevindingen")+s.text("A-000000", "Toelichting pxq"), "")
	s.want("late", s.text("A-000005", "Bevindingen"), "T02")
}

// TestRefusedByPeople expects the rule on which a controller rejected to be named where the provider may read it.
func TestRefusedByPeople(t *testing.T) {
	d := newDemo(60)
	for i, code := range []billing.Code{billing.L01, billing.S01} {
		row := &d.rows[i*15]
		find(row, billing.Rejected, code, billing.FieldQuantity, "t78000", "2026-10-06", "12")
		row.Decisions = []billing.Decision{{Code: code, Word: billing.Refuse, Reason: "de coalitie betaalt"}}
	}
	d.rows[15].Decisions[0].Reason = "GEHEIM"
	find(&d.rows[45], billing.Accepted, billing.S01, billing.FieldProduct, "2026-10-16", "ANDER-1", "1")
	d.rows[45].Decisions = []billing.Decision{{Code: billing.S01, Word: billing.Allow, Reason: "GEHEIM"}}
	s := returnedRows(t, d, "01000001")
	rows := rowsOf(t, s.file, "Overzicht")
	for reason, want := range map[string]string{
		"L01 (afwijzing)": "Na beoordeling afgewezen; de reden staat bij de regel.",
		"– (afwijzing)":   "Na beoordeling afgewezen; vraag de regio naar de reden.",
	} {
		s.want(reason, under(t, rows, "Wat te doen", reason)[4], want)
	}
	if look, note := s.look("A-000000", "Aantal"); look != "framed" || !strings.HasSuffix(note, "Na beoordeling afgewezen: de coalitie betaalt") {
		t.Errorf("the cell is %s: %s", look, note)
	}
	s.want("secret", s.text("A-000005", "Toelichting pxq"), "Na beoordeling afgewezen; vraag de regio naar de reden.")
	s.want("secret and lifted", s.text("A-000015", "Toelichting pxq"), "")
	if text := everythingIn(t, s.file.Path); strings.Contains(text, "GEHEIM") || strings.Contains(text, "S01") {
		t.Error("the return file tells what it may not")
	}
}

// TestBalanceGoesOn: where nothing is paid the return file shows what is carried over to the next period, and no date.
func TestBalanceGoesOn(t *testing.T) {
	d := newDemo(60)
	d.redo()
	for i := range d.report.Payments {
		payment := &d.report.Payments[i]
		payment.Due = billing.NewDate(2026, 12, 9)
		if payment.Provider == "01000001" {
			payment.CarriedOver, payment.ToPay = -payment.Net-1234_50, 0
		}
	}
	rows := rowsOf(t, open(t, returnFile(t, d, "01000001")), "Overzicht")
	if row := under(t, rows, "Uitkomst", "U ontvangt"); row[1] != "Na verrekening; een saldo van € -1.234,50 gaat door naar de volgende periode." || row[3] != "0" {
		t.Errorf("got %q", row)
	}
	at := slices.IndexFunc(rows, func(row []string) bool { return len(row) > 3 && row[0] == "Gemeente" })
	if at < 0 || strings.Join(rows[at], "|") != "Gemeente|Uitleg|Uiterlijk betaald op|U ontvangt" {
		t.Fatalf("headings %q", rows[at])
	}
	if row := rows[at+1]; !strings.HasSuffix(row[1], "Een saldo van € -1.234,50 gaat door naar de volgende periode.") || row[2] != "" || row[3] != "0" {
		t.Errorf("got %q", row)
	}
}

// TestTotalsOfReturnFile: awarded amounts have a total; care, which may be held or rejected too, has none.
func TestTotalsOfReturnFile(t *testing.T) {
	s := returnedRows(t, newDemo(60), "01000001")
	for heading, has := range map[string]bool{"Toegekend bedrag": true, "Uren pxq": false} {
		column := columnOf(t, s.file, s.name, heading)
		if formula, err := s.file.GetCellFormula(s.name, column+"4"); err != nil || strings.HasPrefix(formula, "SUBTOTAL(109,") != has {
			t.Errorf("%s: %q %v", heading, formula, err)
		}
	}
	awarded := billing.Money(0)
	for _, sheet := range []string{"Uren", "Dagdelen"} {
		awarded += cents(t, s.file, sheet, columnOf(t, s.file, sheet, "Toegekend bedrag")+"4")
	}
	row := under(t, rowsOf(t, s.file, "Overzicht"), "Uitkomst", "Akkoord")
	if accepted, err := strconv.ParseFloat(row[3], 64); err != nil || inCents(accepted) != awarded || awarded == 0 {
		t.Errorf("accepted %q, awarded %s: %v", row, awarded, err)
	}
}

// TestUnknownCodesAreTold: a provider that sent rows with a code that is not in the book learns which code and how many, and
// nothing else about them.
func TestUnknownCodesAreTold(t *testing.T) {
	d := newDemo(60)
	for _, i := range []int{0, 15} {
		d.rows[i].Record.Provider, d.rows[i].ReturnTo, d.rows[i].Outcome, d.rows[i].Record.Remark = "30000009", "30000009", billing.Rejected, "geheim"
		find(&d.rows[i], billing.Rejected, billing.C01, billing.FieldProvider, "30000009")
	}
	d.redo()
	dir, _ := written(t, d)
	const note = "(30000009). Aantal: 2; zij staan niet in dit werkboek."
	for name, told := range map[string]bool{"01000001-Voorbeeld Wonen Thuis": true, "20000002-Stichting Voorbeeld Zorg": false} {
		text := everythingIn(t, filepath.Join(dir, "retour-"+name+".xlsx"))
		if strings.Contains(text, note) != told || strings.Contains(text, "geheim") {
			t.Errorf("%s: told must be %v", name, told)
		}
	}
}
