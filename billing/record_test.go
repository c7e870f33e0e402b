package billing_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
)

func amount(text string) *decimal.Decimal {
	value := decimal.RequireFromString(text)
	return &value
}

func soundRecord() *billing.Record {
	return &billing.Record{
		ID: 1, Provider: provider, Reference: "A-1", BSN: client, BirthDate: day("2012-05-02"), ReferralNumber: "900101", Municipality: "Gilze en Rijen",
		Product: "45VB1", First: day("2026-01-10"), Start: billing.NewClock(9, 0, 0), End: billing.NewClock(10, 30, 0), Daypart: "ochtend",
		Unit: billing.Time, Quantity: minutes(90), HasQuantity: true, ClaimedPrice: amount("95.50"), ClaimedAmount: amount("143.25"),
	}
}

// Content is every field but the remark, as understood.
func TestSameContent(t *testing.T) {
	tests := []struct {
		name   string
		change func(*billing.Record)
		same   bool
	}{
		{"all", func(*billing.Record) {}, true},
		{"remark", func(r *billing.Record) { r.Remark = "x" }, true},
		{"place", func(r *billing.Record) {
			r.ID, r.File, r.Sheet, r.Row, r.Version, r.Received = 9, "b.csv", "Uren", 9, 2, 9
		}, true},
		{"spelling", func(r *billing.Record) { r.Municipality, r.Product, r.Daypart = "GILZE-en-rijen", "45vb1", "Ochtend" }, true},
		{"decimals of a claim", func(r *billing.Record) { r.ClaimedPrice = amount("95.5") }, true},
		{"name and code of a municipality", func(r *billing.Record) { r.Municipality = "0784" }, false},
		{"another municipality", func(r *billing.Record) { r.Municipality = "Gilze" }, false},
		{"break", func(r *billing.Record) { r.Break = minutes(15) }, false},
		{"version of a return file", func(r *billing.Record) { r.ReturnedVersion = 2 }, true},
		{"bsn", func(r *billing.Record) { r.BSN = "999910024" }, false},
		{"birth date", func(r *billing.Record) { r.BirthDate = 0 }, false},
		{"referral", func(r *billing.Record) { r.ReferralNumber = "" }, false},
		{"product", func(r *billing.Record) { r.Product = "45VB2" }, false},
		{"date", func(r *billing.Record) { r.First++ }, false},
		{"start", func(r *billing.Record) { r.Start++ }, false},
		{"end", func(r *billing.Record) { r.End++ }, false},
		{"day-part", func(r *billing.Record) { r.Daypart = "" }, false},
		{"unit", func(r *billing.Record) { r.Unit = billing.Daypart }, false},
		{"quantity", func(r *billing.Record) { r.Quantity++ }, false},
		{"claimed price", func(r *billing.Record) { r.ClaimedPrice = nil }, false},
		{"claimed amount", func(r *billing.Record) { r.ClaimedAmount = amount("143.26") }, false},
	}
	for _, test := range tests {
		a, b := soundRecord(), soundRecord()
		test.change(b)
		if a.SameContent(b) != test.same || b.SameContent(a) != test.same {
			t.Errorf("%s: same content should be %t", test.name, test.same)
		}
	}
}

func TestReadable(t *testing.T) {
	for _, test := range []struct {
		code billing.Code
		want bool
	}{
		{billing.F01, false}, {billing.F02, false}, {billing.F03, false}, {billing.F04, false}, {billing.F05, false}, {billing.F06, false},
		{billing.F07, true}, {billing.F08, true}, {billing.F09, false}, {billing.F10, false}, {billing.F11, true},
		{billing.F12, false}, {billing.F13, false},
	} {
		r := soundRecord()
		r.Findings = []billing.Finding{{Code: billing.F11}, {Code: test.code}}
		if r.Readable() != test.want {
			t.Errorf("with %s readable is %t", test.code, r.Readable())
		}
	}
	r := soundRecord()
	if r.Provider = ""; r.Identified() {
		t.Error("a record without a provider is identified")
	}
	if r.Provider = provider; !r.Identified() {
		t.Error("a record with both is not identified")
	}
	if r.Reference = ""; r.Identified() {
		t.Error("a record without a reference is identified")
	}
}

// A reference that a spreadsheet program spoiled does not count; a spoiled referral number does not affect the reference.
func TestSpoiledReferenceIsNone(t *testing.T) {
	for field, want := range map[billing.Field]bool{billing.FieldReference: false, billing.FieldReferral: true} {
		r := soundRecord()
		r.Findings = []billing.Finding{{Code: billing.F11}, {Code: billing.F12, Field: field}}
		if r.Identified() != want {
			t.Errorf("F12 on %s: identified is %t", field, r.Identified())
		}
	}
}

// A code of three digits is the same content with its leading zero.
func TestSameMunicipalityCode(t *testing.T) {
	for _, test := range []struct {
		a, b string
		same bool
	}{{"855", "0855", true}, {"855", "1855", false}, {"855", " 0855", true}, {"85", "085", false}, {"Tilburg", "0855", false}, {"", "0", false}} {
		a, b := soundRecord(), soundRecord()
		a.Municipality, b.Municipality = test.a, test.b
		if a.SameContent(b) != test.same {
			t.Errorf("%q and %q: same content should be %t", test.a, test.b, test.same)
		}
	}
}

func TestOrder(t *testing.T) {
	base := func(change func(*billing.Record)) *billing.Record {
		r := soundRecord()
		r.ID, r.Reference, r.Provider = 5, "B", "05000005"
		change(r)
		return r
	}
	// Each comes before the next, although all criteria of lower rank say the opposite.
	inOrder := []*billing.Record{
		base(func(r *billing.Record) { r.Declared, r.First = month("2025-12"), day("2026-01-31") }),
		base(func(r *billing.Record) { r.Declared, r.First = month("2026-01"), day("2026-01-30") }),
		base(func(r *billing.Record) { r.Newer, r.First = true, day("2026-01-29") }),
		base(func(r *billing.Record) { r.Newer, r.First = true, day("2026-01-31") }),
		base(func(r *billing.Record) { r.First, r.Start = day("2026-01-05"), billing.NewClock(23, 0, 0) }),
		base(func(r *billing.Record) { r.Start, r.Reference = 0, "Z" }),
		base(func(r *billing.Record) { r.Start, r.Reference = billing.NewClock(0, 0, 0), "Z" }),
		base(func(r *billing.Record) { r.Reference, r.Provider = "A", "09000009" }),
		base(func(r *billing.Record) { r.Provider, r.ID = "01000001", 9 }),
		base(func(r *billing.Record) { r.ID = 1 }),
		base(func(*billing.Record) {}),
		base(func(r *billing.Record) { r.Reference = "a" }), // bytes: capitals first
		base(func(r *billing.Record) { r.First++; r.Start = 0 }),
	}
	for i, a := range inOrder {
		for j, b := range inOrder {
			if got := billing.CompareRecords(a, b); (got < 0) != (i < j) || (got > 0) != (i > j) {
				t.Errorf("%d against %d is %d", i, j, got)
			}
		}
	}
}

// The last day of a row of a spreadsheet is its first; spans that end on different days have different content.
func TestLastDay(t *testing.T) {
	row, span := soundRecord(), soundRecord()
	span.Last = row.First
	if row.LastDay() != row.First || !row.SameContent(span) {
		t.Errorf("%s to %s", row.First, row.LastDay())
	}
	if span.Last++; span.LastDay() != row.First+1 || row.SameContent(span) {
		t.Errorf("%s to %s", span.First, span.LastDay())
	}
}

func TestMayChange(t *testing.T) {
	judge, c := newJudge("2026-01"), newClient()
	add(c, "BEG", "2026-01-10", hours(1))
	judgement := judge.Judge(c)
	if !judgement.MayChange() {
		t.Error("a line that is not final is declared")
	}
	declare(judge, c, judgement)
	judge.Period++
	if judge.Judge(c).MayChange() {
		t.Error("all that was declared is undeclared")
	}
	add(c, "BEG", "2026-03-10", hours(1))
	if !judge.Judge(c).MayChange() {
		t.Error("a record that waits is declared")
	}
}
