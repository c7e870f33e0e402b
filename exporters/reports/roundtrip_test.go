package reports_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports"
	"github.com/pxq-nl/pxq/importers"
)

// taken collects what a reader passes on.
type taken struct {
	records   []*billing.Record
	decisions []*billing.DecisionRow
}

func (t *taken) Record(r *billing.Record) error      { t.records = append(t.records, r); return nil }
func (t *taken) Referral(*billing.ReferralRow) error { return nil }
func (t *taken) Decision(d *billing.DecisionRow) error {
	t.decisions = append(t.decisions, d)
	return nil
}

// readBack reads a workbook that was written.
func readBack(t *testing.T, dir, prefix string) (*taken, *billing.FileSummary) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, prefix+"*.xlsx"))
	if err != nil || len(paths) != 1 {
		t.Fatalf("%s: %v %v", prefix, paths, err)
	}
	sink := &taken{}
	summary, err := (&importers.Reader{}).Read(t.Context(), paths[0], billing.NewDate(2026, 11, 10), sink)
	if err != nil {
		t.Fatal(err)
	}
	return sink, summary
}

// TestReturnFileReadsBack checks that sending a return file in again changes nothing: every readable row that is judged
// comes back with the same content, in the same order, and nothing else does.
func TestReturnFileReadsBack(t *testing.T) {
	d := newDemo(300)
	for i, quantity := range []billing.Quantity{1, 7, 60, 3333, 7512, 599_994_000, 9_999_900} {
		row := &d.rows[i*3] // of the first provider
		row.Record.Quantity, row.Record.Unit, row.Record.HasQuantity = quantity, billing.Time, true
		row.Record.Start, row.Record.End = 0, 0
	}
	price, long := decimal.RequireFromString("1234.5"), decimal.RequireFromString("1234567.8901234567")
	d.rows[0].Record.ClaimedPrice, d.rows[0].Record.ClaimedAmount = &price, &long
	d.rows[15].Record.Start, d.rows[15].Record.End, d.rows[15].Record.Daypart = billing.NewClock(22, 0, 30), billing.NewClock(24, 0, 0), "Nacht"
	d.rows[15].Record.Quantity = 11950
	d.rows[30].Record.Break, d.rows[30].Record.Quantity = 1550, 5950 // 9:05 to 10:20 less a quarter of an hour and half a minute
	d.rows[33].Record.Start, d.rows[33].Record.End, d.rows[33].Record.Quantity = billing.NewClock(22, 0, 0), billing.NewClock(6, 0, 0), 45000
	d.rows[33].Record.Break, d.rows[33].Record.Version = 3000, 7
	d.redo()
	for _, language := range []string{"nl", "en"} {
		d.report.Language = language
		dir := t.TempDir()
		if _, err := reports.Write(t.Context(), dir, &d.report); err != nil {
			t.Fatal(err)
		}
		sink, summary := readBack(t, dir, "retour-01000001")
		want := make(map[string]*billing.Record)
		for i := range d.rows {
			row := &d.rows[i]
			if row.ReturnTo == "01000001" && row.Outcome != billing.Replaced && row.Outcome != billing.Withdrawn {
				want[row.Record.Reference] = row.Record
			}
		}
		if len(sink.records) != len(want) {
			t.Errorf("%s: %d rows read back, %d written", language, len(sink.records), len(want))
		}
		for _, got := range sink.records {
			record := want[got.Reference]
			if record == nil {
				t.Errorf("%s: %q came from nowhere", language, got.Reference)
				continue
			}
			if codes := codesIn(record); codes != "" {
				if codesIn(got) != codes {
					t.Errorf("%s: %s: %s read back as %s", language, got.Reference, codes, codesIn(got))
				}
				continue
			}
			if !got.Readable() || !record.SameContent(got) || got.ReturnedVersion != record.Version {
				t.Errorf("%s:\n got %+v\nwant %+v", language, got, record)
			}
		}
		for _, sheet := range summary.Sheets {
			if sheet.Totals != 0 {
				t.Errorf("%s: %d rows of %s skipped as totals", language, sheet.Totals, sheet.Name)
			}
		}
		checkOwn(t, summary, "Uren", "Dagdelen")
	}
}

// checkOwn expects every sheet that is not read, and every heading that is not, to be recognised as pxq's own.
func checkOwn(t *testing.T, summary *billing.FileSummary, read ...string) {
	t.Helper()
	for _, sheet := range summary.Sheets {
		if own := reports.OwnSheet(summary.WrittenAs, sheet.Name); own == slices.Contains(read, sheet.Name) || own == (sheet.Skipped == "") {
			t.Errorf("%s: own is %v, skipped %q", sheet.Name, own, sheet.Skipped)
		}
		for _, heading := range sheet.UnknownColumns {
			if !reports.OwnHeading(summary.WrittenAs, heading) {
				t.Errorf("%s: %q is not known as pxq's own", sheet.Name, heading)
			}
		}
	}
	for _, kind := range []string{"", "retour", "uitval"} {
		if reports.OwnSheet(kind, "Blad1") || reports.OwnHeading(kind, "Mijn kolom") || reports.OwnHeading("", "Bevindingen") {
			t.Errorf("what somebody added to %q is taken for pxq's own", kind)
		}
	}
}

// codesIn returns the codes of the findings made when a row was read.
func codesIn(record *billing.Record) string {
	var codes []string
	for _, finding := range record.Findings {
		codes = append(codes, finding.Code.String())
	}
	return strings.Join(codes, " ")
}

// TestExceptionsReadBack checks that decisions are read back, in either language.
func TestExceptionsReadBack(t *testing.T) {
	for _, language := range []string{"nl", "en"} {
		d := newDemo(60)
		d.report.Language = language
		dir := t.TempDir()
		if _, err := reports.Write(t.Context(), dir, &d.report); err != nil {
			t.Fatal(err)
		}
		sink, summary := readBack(t, dir, "uitval")
		checkOwn(t, summary, map[string]string{"nl": "Uitval", "en": "Held"}[language])
		if len(sink.records) != 0 {
			t.Errorf("%s: %d rows were taken for a submission", language, len(sink.records))
		}
		var want []string
		for i := range d.rows {
			for _, code := range d.rows[i].OpenHolds {
				want = append(want, d.rows[i].Record.Provider+" "+d.rows[i].Record.Reference+" "+code.String())
			}
		}
		var got []string
		for _, decision := range sink.decisions {
			if decision.Version != 1 || decision.BadVersion || decision.Word != "" || decision.By != "" {
				t.Errorf("%s: %+v", language, decision)
			}
			got = append(got, decision.Provider+" "+decision.Reference+" "+decision.Code)
		}
		slices.Sort(got) // the workbook has them rule by rule
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v\nwant %v", language, got, want)
		}
	}
}
