package versions

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
)

// drawRecord draws a record with few possible values, so that two of them often have the same content.
func drawRecord(t *rapid.T, label string) *billing.Record {
	pick := func(of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	number := func(most int) int64 { return int64(rapid.IntRange(0, most).Draw(t, label)) }
	money := func() *decimal.Decimal {
		text := pick("", "", "", "91.2", "91.20", "9.12e1", "0")
		if text == "" {
			return nil
		}
		amount := decimal.RequireFromString(text)
		return &amount
	}
	return &billing.Record{
		BSN: pick("", "999900006"), ReferralNumber: pick("T1", "T1", "T2"), Municipality: pick("Tilburg", "TILBURG", " tilburg", "855", "0855"), Product: pick("45A01", "45a01"),
		Daypart: pick("", "", "Ochtend", "ochtend"), BirthDate: billing.Date(number(1)), First: billing.Date(number(1)), Start: billing.Clock(number(1)),
		End: billing.Clock(number(1)), Break: billing.Quantity(number(1)), Unit: billing.Unit(number(1)), Quantity: billing.Quantity(number(1)), ClaimedPrice: money(), ClaimedAmount: money(),
		Remark: pick("", "anders"), File: pick("a.csv", "b.csv"), Row: int(number(9)),
	}
}

// TestContent checks that two records have equal contents exactly if SameContent is true.
func TestContent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := NewFingerprints()
		a, b := drawRecord(t, "a"), drawRecord(t, "b")
		if rapid.Bool().Draw(t, "one field differs") {
			changed := *a
			switch other := drawRecord(t, "other"); rapid.IntRange(0, 4).Draw(t, "field") {
			case 0:
				changed.Municipality, changed.Remark = other.Municipality, other.Remark
			case 1:
				changed.Quantity = other.Quantity
			case 2:
				changed.ClaimedPrice, changed.ClaimedAmount = a.ClaimedAmount, a.ClaimedPrice
			case 3:
				changed.ClaimedPrice = other.ClaimedPrice
			case 4:
				changed.Product, changed.Daypart = other.Product, other.Daypart
			}
			b = &changed
		}
		if got, want := f.Content(a) == f.Content(b), a.SameContent(b); got != want {
			t.Fatalf("equal contents: %v, the same: %v\n%+v\n%+v", got, want, a, b)
		}
	})
}

// TestContentOfClaims checks that another claim is other content, and that a claimed price differs from a claimed amount.
func TestContentOfClaims(t *testing.T) {
	claim := func(text string) *decimal.Decimal {
		if text == "" {
			return nil
		}
		value := decimal.RequireFromString(text)
		return &value
	}
	f := NewFingerprints()
	contents := map[Content]string{}
	for _, price := range []string{"", "0", "91.2", "91.21"} {
		for _, amount := range []string{"", "0", "91.2", "91.21"} {
			content, what := f.Content(&billing.Record{ClaimedPrice: claim(price), ClaimedAmount: claim(amount)}), price+" and "+amount
			if other, ok := contents[content]; ok {
				t.Errorf("%s is %s", what, other)
			}
			contents[content] = what
		}
	}
}

func TestReferenceFingerprint(t *testing.T) {
	f := NewFingerprints()
	for _, other := range [][2]string{{"12", "3"}, {"2", "23"}, {"1", "24"}, {"1", ""}, {"", "23"}, {"23", "1"}} {
		if f.Reference("1", "23") == f.Reference(other[0], other[1]) {
			t.Errorf("two references are one: 1, 23 and %q", other)
		}
	}
	if first, second := f.Reference("1", "23"), f.Reference("1", "23"); first != second {
		t.Error("one reference is two")
	}
}

// TestKept checks what a stored record is among the versions.
func TestKept(t *testing.T) {
	nothing := &billing.Record{HasQuantity: true}
	(&Verdict{NothingWithdrawn: true}).Note(nothing)
	broken := &billing.Record{HasQuantity: true, Findings: []billing.Finding{{Code: billing.F04}}}
	(&Verdict{NothingWithdrawn: true}).Note(broken)
	other := &billing.Record{HasQuantity: true, Reference: "7", Quantity: 6000, Findings: []billing.Finding{{Code: billing.F11}}}
	(&Verdict{OtherClient: true}).Note(other)
	for name, c := range map[string]struct {
		record   *billing.Record
		kind     Kind
		readable bool
		findings int // without those that Note added
	}{
		"a version":               {&billing.Record{HasQuantity: true, Quantity: 6000}, Version, true, 0},
		"an unknown product":      {&billing.Record{HasQuantity: true, Quantity: 6000, Findings: []billing.Finding{{Code: billing.F07}}}, Version, true, 1},
		"ambiguous":               {&billing.Record{HasQuantity: true, Quantity: 6000, Ambiguous: true}, Ambiguous, true, 0},
		"a withdrawal":            {&billing.Record{HasQuantity: true}, Withdrawal, true, 0},
		"nothing withdrawn":       {nothing, Unreadable, true, 0},
		"broken, of quantity 0":   {broken, Unreadable, false, 1},
		"for another client":      {other, Unreadable, true, 1},
		"no number":               {&billing.Record{Findings: []billing.Finding{{Code: billing.F03, Field: billing.FieldQuantity, Values: []string{"0"}}}}, Unreadable, false, 1},
		"a date that is no date":  {&billing.Record{HasQuantity: true, Quantity: 1, Findings: []billing.Finding{{Code: billing.F02}}}, Unreadable, false, 1},
		"a claim that is ignored": {&billing.Record{HasQuantity: true, Quantity: 1, Findings: []billing.Finding{{Code: billing.F11}}}, Version, true, 1},
	} {
		kept := NewFingerprints().Kept(c.record, Current, 0, false)
		if kept.Kind != c.kind || kept.Readable != c.readable {
			t.Errorf("%s: kind %d, readable %v", name, kept.Kind, kept.Readable)
		}
		if findings := Unnoted(c.record); len(findings) != c.findings {
			t.Errorf("%s: findings %v", name, findings)
		}
	}
}

func TestNumbering(t *testing.T) {
	known := tell(t, "1").reference().known
	withdrawn := tell(t, "1 | 0").reference().known
	same, other, broken := Row{RowKey: RowKey{Client: 1}, Readable: true}, Row{RowKey: RowKey{Client: 2}, Readable: true}, Row{RowKey: RowKey{Client: 2}}
	for name, c := range map[string]struct {
		same, other, broken, new, withdrawn int
		isNew                               bool
	}{
		"more than half of three":     {1, 2, 0, 0, 0, true},
		"half of four":                {2, 2, 0, 0, 0, false},
		"more than half of ten":       {4, 6, 0, 0, 0, true},
		"half of ten":                 {5, 5, 0, 0, 0, false},
		"two":                         {0, 2, 0, 0, 0, false},
		"new references do not count": {0, 2, 0, 9, 0, false},
		"unreadable rows are known":   {0, 5, 5, 0, 0, false},
		"so are withdrawn records":    {0, 5, 0, 0, 5, false},
		"all":                         {0, 10, 0, 3, 0, true},
	} {
		var n Numbering
		for _, rows := range []struct {
			count int
			known *Known
			row   Row
		}{{c.same, known, same}, {c.other, known, other}, {c.broken, known, broken}, {c.new, nil, other}, {c.withdrawn, withdrawn, other}} {
			for range rows.count {
				n.Count(rows.known, rows.row)
			}
		}
		if n.IsNew() != c.isNew {
			t.Errorf("%s: %+v", name, n)
		}
	}
}

func TestUntouched(t *testing.T) {
	shown := &billing.Record{Version: 2, BSN: "999900006", Quantity: 6000, HasQuantity: true}
	broken := &billing.Record{Version: 3, BSN: "999900006", Findings: []billing.Finding{{Code: billing.F03, Field: billing.FieldQuantity, Values: []string{"veel"}}}}
	lacking := &billing.Record{Version: 4, Findings: []billing.Finding{
		{Code: billing.F04, Field: billing.FieldBSN, Values: []string{"elfproef"}}, {Code: billing.F01, Field: billing.FieldDate, Values: []string{"Leverdatum"}},
	}}
	empty := []billing.Finding{{Code: billing.F01, Field: billing.FieldBSN, Values: []string{"BSN"}}, {Code: billing.F01, Field: billing.FieldDate, Values: []string{"Datum"}}}
	elsewhere := &billing.Record{Version: 5, Start: 541, End: 601, Findings: []billing.Finding{{Code: billing.F06, Field: billing.FieldUnit, Values: []string{"uur", "kop"}}}}
	noUnit := &billing.Record{Version: 6, Start: 541, End: 601, Findings: []billing.Finding{{Code: billing.F01, Field: billing.FieldUnit, Values: []string{"Eenheid"}}}}
	nothing := &billing.Record{Version: 7, Findings: append([]billing.Finding{{Code: billing.F03, Field: billing.FieldQuantity, Values: []string{"0"}}}, noUnit.Findings...)}
	future := func(received string, also ...billing.Finding) []billing.Finding {
		return append([]billing.Finding{{Code: billing.F09, Field: billing.FieldDate, Values: []string{"2026-10-05", received}}}, also...)
	}
	early := &billing.Record{Version: 8, BSN: "999900006", Findings: future("2026-10-02")}
	last := &billing.Record{Version: 9, BSN: "999900006", Findings: future("2026-10-03", broken.Findings...)}
	withdraws := billing.Record{ReturnedVersion: 7, ReturnedQuantity: "0", Unit: billing.Time, HasQuantity: true}
	byTimes := billing.Record{Unit: billing.Time, Start: 541, End: 601, Quantity: 6000, HasQuantity: true}
	returned := func(version int, unit, quantity string) billing.Record {
		row := byTimes
		row.ReturnedVersion, row.ReturnedUnit, row.ReturnedQuantity = version, unit, quantity
		return row
	}
	later := returned(5, "uur", "")
	later.End = 602
	kept := []*billing.Record{{Version: 1, Quantity: 1}, shown, broken, lacking, elsewhere, noUnit, nothing, early, last}
	for name, c := range map[string]struct {
		row  billing.Record
		want bool
	}{
		"the version that it shows":       {billing.Record{ReturnedVersion: 2, BSN: "999900006", Quantity: 6000, HasQuantity: true, Remark: "gezien"}, true},
		"changed":                         {billing.Record{ReturnedVersion: 2, BSN: "999900006", Quantity: 4500, HasQuantity: true}, false},
		"the content of another version":  {billing.Record{ReturnedVersion: 1, BSN: "999900006", Quantity: 6000, HasQuantity: true}, false},
		"no version shown":                {billing.Record{BSN: "999900006", Quantity: 6000, HasQuantity: true}, false},
		"a version that is not there":     {billing.Record{ReturnedVersion: 10, BSN: "999900006", Quantity: 6000, HasQuantity: true}, false},
		"unreadable as it was":            {billing.Record{ReturnedVersion: 3, BSN: "999900006", Findings: broken.Findings}, true},
		"unreadable otherwise":            {billing.Record{ReturnedVersion: 3, BSN: "999900006", Findings: []billing.Finding{{Code: billing.F06}}}, false},
		"a BSN and a day still lacking":   {billing.Record{ReturnedVersion: 4, Findings: empty}, true},
		"something else lacking":          {billing.Record{ReturnedVersion: 4, Findings: []billing.Finding{empty[0], {Code: billing.F01, Field: billing.FieldProduct}}}, false},
		"a day filled in, the BSN not":    {billing.Record{ReturnedVersion: 4, First: 1, Findings: empty[:1]}, false},
		"a unit that nothing contradicts": {returned(5, "uur", ""), true},
		"that, and a quantity filled in":  {returned(5, "uur", "1"), false},
		"that, and another end":           {later, false},
		"a unit that the sheet now tells": {returned(6, "", ""), true},
		"a 0 of a unit that it now tells": {withdraws, true},
		"that, filled in":                 {returned(6, "uur", ""), false},
		"a day that has not come":         {billing.Record{ReturnedVersion: 9, BSN: "999900006", Findings: future("2026-10-04", broken.Findings...)}, true},
		"a day that has come":             {billing.Record{ReturnedVersion: 9, BSN: "999900006", Findings: broken.Findings}, false},
		"that, but something came since":  {billing.Record{ReturnedVersion: 8, BSN: "999900006"}, true},
		"that, and it was mended":         {billing.Record{ReturnedVersion: 8, BSN: "999900006", Quantity: 6000, HasQuantity: true}, false},
		"unreadable, and now it is there": {billing.Record{ReturnedVersion: 3, BSN: "999900006", Quantity: 6000, HasQuantity: true}, false},
	} {
		if got := NewFingerprints().Untouched(&c.row, kept); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
