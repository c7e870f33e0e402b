package billing

import (
	"reflect"
	"testing"

	"github.com/shopspring/decimal"
)

// wholeRow is a row with every column of a sound referral.
func wholeRow() *ReferralRow {
	row := &ReferralRow{Referral: Referral{
		Number: "900101", BSN: "999910012", BirthDate: NewDate(2012, 5, 2), Municipality: "Tilburg", Provider: "01000001", Product: "45VB1",
		Start: NewDate(2025, 6, 1), HasVolume: true, VolumeText: decimal.RequireFromString("1.5"), VolumeWritten: WrittenHour, Frequency: PerWeek,
		Status: "actief", BeforeText: ptr(decimal.RequireFromString("7.5")), AmountBefore: 105280,
		Received: NewDate(2026, 2, 5), File: "a.csv", Row: 2,
	}}
	for field := range ReferralFieldsEnd {
		row.Present[field] = true
	}
	return row
}

func ptr[T any](value T) *T { return &value }

// onlyColumns is a row of a file with only these columns.
func onlyColumns(values Referral, fields ...ReferralField) *ReferralRow {
	row := &ReferralRow{Referral: values}
	for _, field := range append(fields, ReferralNumber) {
		row.Present[field] = true
	}
	row.Number = "900101"
	return row
}

func merged(t *testing.T, prev *Referral, row *ReferralRow) *Referral {
	t.Helper()
	next, problems := MergeReferral(prev, row)
	if len(problems) > 0 {
		t.Fatalf("not taken: %+v", problems)
	}
	return next
}

func TestMergeFirstVersion(t *testing.T) {
	r := merged(t, nil, wholeRow())
	if r.Version != 1 || r.Volume != 9000 || r.VolumeUnit != Time || r.DeclaredBefore != 45000 || r.AmountBefore != 105280 || r.File != "a.csv" || r.Row != 2 {
		t.Errorf("got %+v", r)
	}
	for _, test := range []struct {
		written string
		volume  Quantity
		unit    Unit
	}{{WrittenMinute, 150, Time}, {WrittenDaypart, 150, Daypart}} {
		row := wholeRow()
		row.VolumeWritten = test.written
		if r := merged(t, nil, row); r.Volume != test.volume || r.VolumeUnit != test.unit {
			t.Errorf("%s: got %d", test.written, r.Volume)
		}
	}
}

// A column that a later file does not have keeps its value, an empty cell clears it.
func TestMergeKeepsAndClears(t *testing.T) {
	first := merged(t, nil, wholeRow())
	before := *first
	next := merged(t, first, onlyColumns(Referral{End: NewDate(2026, 1, 1), File: "b.csv"}, ReferralEnd, ReferralBirthDate))
	if next.End != NewDate(2026, 1, 1) || next.BirthDate != 0 || next.Volume != 9000 || next.Product != "45VB1" || next.Version != 2 || next.File != "b.csv" {
		t.Errorf("got %+v", next)
	}
	next = merged(t, next, onlyColumns(Referral{}, ReferralVolume, ReferralDeclaredBefore))
	if next.HasVolume || next.Volume != 0 || next.DeclaredBefore != 0 || next.Frequency != PerWeek || next.Version != 3 {
		t.Errorf("got %+v", next)
	}
	next = merged(t, first, onlyColumns(Referral{VolumeWritten: WrittenMinute}, ReferralUnit))
	if next.Volume != 150 || next.DeclaredBefore != 750 {
		t.Errorf("another unit: got %+v", next)
	}
	if !reflect.DeepEqual(before, *first) {
		t.Error("the version before was changed")
	}
}

// Every column is copied: a row with all columns leaves nothing of the previous version.
func TestMergeCopiesEveryColumn(t *testing.T) {
	everything := Referral{
		Number: "x", BSN: "x", BirthDate: 1, Municipality: "x", Provider: "x", Product: "x", Category: "x", Start: 1, End: 1, HasVolume: true,
		VolumeText: decimal.NewFromInt(1), VolumeWritten: "x", Frequency: InTotal, HasBudget: true, Budget: 1, Referrer: "x", Assigned: 1, Status: "x",
		CoordinationPoint: "x", OwnPlacement: true, ExtendedTo: 1, ExtendedYouthCare: true, ContinuesTo: 1, BeforeText: ptr(decimal.NewFromInt(1)), AmountBefore: 1,
	}
	for field := range ReferralFieldsEnd {
		changed := Referral{}
		copyColumn[field](&changed, &everything)
		if reflect.DeepEqual(changed, Referral{}) {
			t.Errorf("%s is not copied", ReferralHeadings[field])
		}
	}
}

func TestMergeProblems(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*ReferralRow)
		field  ReferralField
		want   string
	}{
		"number":       {func(r *ReferralRow) { r.Number = "" }, ReferralNumber, WantFilled},
		"BSN":          {func(r *ReferralRow) { r.BSN = "" }, ReferralBSN, WantFilled},
		"municipality": {func(r *ReferralRow) { r.Municipality = "" }, ReferralMunicipality, WantFilled},
		"provider":     {func(r *ReferralRow) { r.Provider = "" }, ReferralProvider, WantFilled},
		"start":        {func(r *ReferralRow) { r.Start = 0 }, ReferralStart, WantFilled},
		"scope":        {func(r *ReferralRow) { r.Product = "" }, ReferralProduct, WantScope},
		"unit":         {func(r *ReferralRow) { r.VolumeWritten = "" }, ReferralUnit, WantUnit},
		"frequency":    {func(r *ReferralRow) { r.Frequency = NoFrequency }, ReferralFrequency, WantFrequency},
		"unreadable": {func(r *ReferralRow) {
			r.BSN = ""
			r.Unreadable = []ReferralCell{{Field: ReferralBSN, Want: WantBSN}}
		}, ReferralBSN, WantBSN},
		"unreadable volume": {func(r *ReferralRow) {
			r.HasVolume = false
			r.Unreadable = []ReferralCell{{Field: ReferralVolume, Want: WantNumber}}
		}, ReferralVolume, WantNumber},
	} {
		row := wholeRow()
		test.change(row)
		next, problems := MergeReferral(nil, row)
		if next != nil || len(problems) != 1 || problems[0].Field != test.field || problems[0].Want != test.want {
			t.Errorf("%s: got %+v", name, problems)
		}
	}
	for name, change := range map[string]func(*ReferralRow){
		"category":           func(r *ReferralRow) { r.Product, r.Category = "", "45" },
		"budget":             func(r *ReferralRow) { r.Product, r.HasBudget = "", true },
		"no volume":          func(r *ReferralRow) { r.HasVolume, r.VolumeWritten, r.Frequency = false, "", NoFrequency },
		"end before start":   func(r *ReferralRow) { r.End = r.Start.AddDays(-1) },
		"no status is fine":  func(r *ReferralRow) { r.Status = "" },
		"unknown referrer":   func(r *ReferralRow) { r.Referrer = "buurvrouw" },
		"a volume of nought": func(r *ReferralRow) { r.VolumeText = decimal.Decimal{} },
	} {
		row := wholeRow()
		change(row)
		if _, problems := MergeReferral(nil, row); len(problems) > 0 {
			t.Errorf("%s: %+v", name, problems)
		}
	}
}
