package tables_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/exporters/tables"
)

// TestHeadings compares the columns with those of the conformance sample.
func TestHeadings(t *testing.T) {
	for name, columns := range map[string][]string{"lines": tables.LineColumns, "records": tables.RecordColumns} {
		text, err := os.ReadFile(filepath.Join("..", "..", "testdata", "conformance", "basic", "expected", "1-januari."+name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		if first, _, _ := strings.Cut(string(text), "\n"); first != strings.Join(columns, ",") {
			t.Errorf("%s: %v, want %s", name, columns, first)
		}
	}
}

// The period and other words of the tests.
var (
	period    = billing.PeriodOf(2026, 10)
	catalogue = rules.Catalogue()
)

// tablesBook says to which segments the products belong.
func tablesBook() *billing.Book {
	return (&billing.Book{Products: []billing.Product{
		{Code: "45VB1", Segment: "4", AllowsTime: true}, {Code: "44VB1", Segment: "2", AllowsDaypart: true},
	}}).Index()
}

// someColumns are the columns of a sheet with every field.
func someColumns() *billing.SheetSummary {
	summary := &billing.SheetSummary{Kind: billing.SubmissionSheet}
	for field := range billing.FieldsEnd {
		summary.Columns[field] = int(field)
	}
	return summary
}

func line(kind billing.LineKind, unit billing.Unit, quantity billing.Quantity, price billing.Price, original string) *billing.DeclaredLine {
	amount := price.Times(quantity, unit)
	if kind == billing.Credit {
		amount = -amount
	}
	product := "45VB1"
	if unit == billing.Daypart {
		product = "44VB1"
	}
	key := billing.LineKey{Provider: "01000001", Municipality: "0855", BSN: "999910012", Referral: "900101", Product: product, Unit: unit, CareMonth: period - 1}
	return &billing.DeclaredLine{
		Line: billing.Line{LineKey: key, Quantity: quantity, Price: price, Amount: amount, Records: 4}, Kind: kind, Period: period,
		Number: "2026-10-000007", Original: original,
	}
}

var someLines = []*billing.DeclaredLine{
	line(billing.Credit, billing.Time, 22000, 9345, "2026-09-000003"),
	line(billing.Correction, billing.Time, 28000, 9345, ""),
	line(billing.Late, billing.Daypart, 150, 6667, ""),
}

func streamOf[T any](values ...T) tables.Stream[T] {
	return func(_ context.Context, visit func(T) error) error {
		for _, value := range values {
			if err := visit(value); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestLines(t *testing.T) {
	var out strings.Builder
	if err := tables.Lines(t.Context(), &out, tables.CSV, streamOf(someLines...)); err != nil {
		t.Fatal(err)
	}
	want := `period,kind,care_month,municipality,provider,bsn,referral,product,unit,quantity,price,amount,records,line,original_line
2026-10,credit,2026-09,0855,01000001,999910012,900101,45VB1,hour,3.6667,93.45,-342.65,4,2026-10-000007,2026-09-000003
2026-10,correction,2026-09,0855,01000001,999910012,900101,45VB1,hour,4.6667,93.45,436.10,4,2026-10-000007,
2026-10,late,2026-09,0855,01000001,999910012,900101,44VB1,daypart,1.50,66.67,100.01,4,2026-10-000007,
`
	if out.String() != want {
		t.Errorf("got\n%s", out.String())
	}
}

// TestTotals: a credit counts as negative, in the quantity too.
func TestTotals(t *testing.T) {
	var out strings.Builder
	if err := tables.ExportTotals(t.Context(), &out, tables.CSV, tablesBook(), streamOf(someLines...)); err != nil {
		t.Fatal(err)
	}
	want := `municipality,provider,segment,product,unit,lines,quantity,amount
0855,01000001,2,44VB1,daypart,1,1.50,100.01
0855,01000001,4,45VB1,hour,2,1.0000,93.45
`
	if out.String() != want {
		t.Errorf("got\n%s", out.String())
	}
}

func TestPayments(t *testing.T) {
	var out strings.Builder
	payments := []report.Payment{
		{Provider: "01000001", Municipality: "0855", Debit: 10000, Credit: -2550, Net: 7450, CarriedOver: -50, ToPay: 7400, Due: billing.NewDate(2026, 12, 9)},
		{Provider: "01000001", Municipality: "0867", Credit: -5, Net: -5},
	}
	if err := tables.Payments(t.Context(), &out, tables.CSV, period, payments); err != nil {
		t.Fatal(err)
	}
	want := `period,provider,municipality,debit,credit,net,carried_over,to_pay,due_date
2026-10,01000001,0855,100.00,-25.50,74.50,-0.50,74.00,2026-12-09
2026-10,01000001,0867,0.00,-0.05,-0.05,0.00,0.00,
`
	if out.String() != want {
		t.Errorf("got\n%s", out.String())
	}
}

// record returns a row, parts of which a test changes.
func record(outcome billing.Outcome, change func(*report.Row), findings ...billing.Finding) *report.Row {
	row := &report.Row{
		Record: &billing.Record{
			Provider: "01000001", Reference: "A-1", BSN: "999910012", Product: "45vb1", First: billing.NewDate(2026, 10, 7), Unit: billing.Time,
			Quantity: 9500, HasQuantity: true, File: "oktober.xlsx", Sheet: "Uren", Row: 217,
		},
		Outcome: outcome, Findings: findings, Referral: "900101", Municipality: "0855", Product: "45VB1", Price: 9123, Columns: someColumns(),
	}
	change(row)
	return row
}

func codes(codes ...billing.Code) []billing.Finding {
	var findings []billing.Finding
	for _, code := range codes {
		findings = append(findings, billing.Finding{Code: code})
	}
	return findings
}

func TestRecordCells(t *testing.T) {
	same := func(*report.Row) {}
	for name, c := range map[string]struct {
		row  *report.Row
		want string
	}{
		"accepted":                {record(billing.Accepted, same), "01000001,A-1,accepted,2026-10-07,999910012,900101,45VB1,hour,1.5833,91.23,,oktober.xlsx,Uren,217"},
		"codes sorted, each once": {record(billing.Rejected, same, codes(billing.T02, billing.R08, billing.T02)...), "01000001,A-1,rejected,2026-10-07,999910012,900101,45VB1,hour,1.5833,91.23,R08 T02,oktober.xlsx,Uren,217"},
		"replaced":                {record(billing.Replaced, same, codes(billing.R08)...), "01000001,A-1,replaced,2026-10-07,999910012,,45VB1,hour,1.5833,,,oktober.xlsx,Uren,217"},
		"withdrawn, day-parts": {record(billing.Withdrawn, func(r *report.Row) { r.Record.Unit, r.Record.Quantity = billing.Daypart, 0 }),
			"01000001,A-1,withdrawn,2026-10-07,999910012,,45VB1,daypart,0.00,,,oktober.xlsx,Uren,217"},
		"date unreadable": {record(billing.Rejected, func(r *report.Row) { r.Record.First = 0 }, codes(billing.F02)...),
			"01000001,A-1,rejected,,999910012,,45VB1,hour,1.5833,,F02,oktober.xlsx,Uren,217"},
		"quantity unreadable": {record(billing.Rejected, func(r *report.Row) { r.Record.HasQuantity = false }, codes(billing.F03)...),
			"01000001,A-1,rejected,2026-10-07,999910012,,45VB1,hour,,,F03,oktober.xlsx,Uren,217"},
		"quantity 0": {record(billing.Rejected, func(r *report.Row) { r.Record.Quantity = 0 }, codes(billing.F03)...),
			"01000001,A-1,rejected,2026-10-07,999910012,,45VB1,hour,0.0000,,F03,oktober.xlsx,Uren,217"},
		"unit unknown": {record(billing.Rejected, func(r *report.Row) { r.Record.Unit, r.Record.HasQuantity = billing.NoUnit, false }, codes(billing.F06)...),
			"01000001,A-1,rejected,2026-10-07,999910012,,45VB1,,,,F06,oktober.xlsx,Uren,217"},
		"product unknown": {record(billing.Rejected, func(r *report.Row) { r.Product = "" }, codes(billing.F07)...),
			"01000001,A-1,rejected,2026-10-07,999910012,,45vb1,hour,1.5833,,F07,oktober.xlsx,Uren,217"},
		"no price after P01": {record(billing.Rejected, same, codes(billing.P01)...), "01000001,A-1,rejected,2026-10-07,999910012,900101,45VB1,hour,1.5833,,P01,oktober.xlsx,Uren,217"},
		"F11 keeps the rest": {record(billing.Accepted, same, codes(billing.F11)...), "01000001,A-1,accepted,2026-10-07,999910012,900101,45VB1,hour,1.5833,91.23,F11,oktober.xlsx,Uren,217"},
	} {
		if got := strings.Join(tables.RecordCells(c.row), ","); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

// TestFindings: sorted by code, provider, reference, file, sheet and row as a number; the column by its letter.
func TestFindings(t *testing.T) {
	late := billing.Finding{Code: billing.R08, Field: billing.FieldDate, Values: []string{"900101", "2026-09-30", "2026-10-07"}}
	unknown := func(r *report.Row) { r.Columns, r.Record.Row, r.Shown.Reference = nil, 30, "A-1" }
	rows := streamOf(
		record(billing.Rejected, func(r *report.Row) { r.Shown.Reference = "A-1" }, late),
		record(billing.Rejected, unknown, late, billing.Finding{Code: billing.F04, Field: billing.FieldBSN, Values: []string{"elfproef"}}),
	)
	signals := streamOf(&report.Signal{Code: billing.D03, Provider: "01000001", Subject: "900101", Values: []string{"900101", "2026-12-31"}})
	var out strings.Builder
	if err := tables.Findings(t.Context(), &out, tables.CSV, "nl", catalogue, rows, nil, signals); err != nil {
		t.Fatal(err)
	}
	want := `code,severity,ijw,provider,reference,file,sheet,row,column,value,message
D03,signal,,01000001,,,,,,900101,"Toewijzing 900101 bereikt op 31-12-2026 de maximale duur. Bespreek afronding, overdracht of verlenging."
F04,reject,,01000001,A-1,oktober.xlsx,Uren,30,,elfproef,Dit is geen geldig BSN (de elfproef klopt niet). Neem het BSN over van de toewijzing.
R08,reject,9308,01000001,A-1,oktober.xlsx,Uren,30,,900101,Toewijzing 900101 loopt tot en met 30-09-2026; de zorgdatum is 07-10-2026. Vraag verlenging aan of corrigeer de datum.
R08,reject,9308,01000001,A-1,oktober.xlsx,Uren,217,H,900101,Toewijzing 900101 loopt tot en met 30-09-2026; de zorgdatum is 07-10-2026. Vraag verlenging aan of corrigeer de datum.
`
	if out.String() != want {
		t.Errorf("got\n%s", out.String())
	}
}

// TestBothFormats writes awkward cells and reads them again: the same in CSV and in JSON, the keys in order.
func TestBothFormats(t *testing.T) {
	columns := []string{"one", "two"}
	rows := [][]string{{`a,"b"`, "=1+1"}, {"regel\neen <&>", ""}, {" ", "é⟦\\"}}
	for _, count := range []int{0, 1, 3} {
		var text, object strings.Builder
		for format, out := range map[string]*strings.Builder{tables.CSV: &text, tables.JSON: &object} {
			writer, err := tables.NewWriter(out, format, columns)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows[:count] {
				if err := writer.Write(row); err != nil {
					t.Fatal(err)
				}
			}
			if err := writer.Close(); err != nil {
				t.Fatal(err)
			}
		}
		read, err := csv.NewReader(strings.NewReader(text.String())).ReadAll()
		if err != nil || strings.Contains(text.String(), "\r") {
			t.Fatalf("%v %q", err, text.String())
		}
		if want := append([][]string{columns}, rows[:count]...); !slices.EqualFunc(read, want, slices.Equal[[]string]) {
			t.Errorf("csv: %q", read)
		}
		var objects []map[string]string
		if err := json.Unmarshal([]byte(object.String()), &objects); err != nil || len(objects) != count {
			t.Fatalf("%v %s", err, object.String())
		}
		for i, got := range objects {
			if got["one"] != rows[i][0] || got["two"] != rows[i][1] || len(got) != 2 {
				t.Errorf("json: %v", got)
			}
		}
		if count > 0 && !strings.HasPrefix(object.String(), "[\n{\"one\":\"a,\\\"b\\\"\",\"two\":\"=1+1\"}") {
			t.Errorf("json: %s", object.String())
		}
	}
	if _, err := tables.NewWriter(&strings.Builder{}, "xml", columns); err == nil {
		t.Error("xml is no format")
	}
	writer, err := tables.NewWriter(&strings.Builder{}, tables.JSON, columns)
	if err != nil || writer.Write([]string{"one"}) == nil {
		t.Error("a row of another width was written")
	}
}
