package words_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/words"
	"github.com/pxq-nl/pxq/rates"
)

// texts are contents that a cell may have.
var texts = rapid.OneOf(rapid.SampledFrom([]string{"", `"`, `\`, "\x00\x1f\n\t", "<a&b>", "\u2028", "€ 𝄞", "\xff\xfe", "2026-10-31"}), rapid.String())

func drawFindings(t *rapid.T) []billing.Finding {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) billing.Finding {
		return billing.Finding{
			Code:   rapid.SampledFrom([]billing.Code{billing.F01, billing.R08, billing.T02, billing.V03}).Draw(t, "code"),
			Field:  billing.Field(rapid.IntRange(0, int(billing.FieldsEnd)-1).Draw(t, "field")),
			Values: rapid.SliceOfN(texts, 1, 3).Draw(t, "values"),
		}
	}), 0, 3).Draw(t, "findings")
}

// TestWriteDecimal checks numbers against the library's formatting.
func TestWriteDecimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := decimal.New(rapid.OneOf(rapid.Int64(), rapid.Int64Range(-200, 200)).Draw(t, "digits"), rapid.Int32Range(-12, 3).Draw(t, "exponent"))
		if got, want := words.WriteDecimal(&number), number.String(); got != want {
			t.Fatalf("%s, not %s", got, want)
		}
	})
}

// TestFindings checks that findings are read back as written, and that their text is that of encoding/json.
func TestFindings(t *testing.T) {
	period := billing.PeriodOf(2026, 10)
	rapid.Check(t, func(t *rapid.T) {
		findings := drawFindings(t)
		var rows [][]string
		for i := range findings {
			for j, value := range findings[i].Values {
				findings[i].Values[j] = strings.ToValidUTF8(value, "\ufffd")
			}
			rows = append(rows, append([]string{findings[i].Code.String(), findings[i].Field.Word()}, findings[i].Values...))
			findings[i] = findings[i].WithPeriod(period)
		}
		written := words.WriteFindings(findings)
		var same [][]string
		if written != "" {
			if err := json.Unmarshal([]byte(written), &same); err != nil {
				t.Fatalf("%s: %v", written, err)
			}
		}
		if !reflect.DeepEqual(same, rows) {
			t.Errorf("%s holds %q, not %q", written, same, rows)
		}
		back, err := words.Findings(written, period)
		if err != nil || len(back) != len(findings) || len(back) > 0 && !reflect.DeepEqual(back, findings) {
			t.Errorf("%q came back as %q, %v", findings, back, err)
		}
	})
}

// TestInvalidText checks that bytes that are not UTF-8 are stored as the replacement character.
func TestInvalidText(t *testing.T) {
	if written := words.WriteTexts([]string{"a\xffb", "\xed\xa0\x80"}); written != `["a`+"\ufffd"+`b","`+"\ufffd\ufffd\ufffd"+`"]` {
		t.Errorf("got %q", written)
	}
}

// TestLateCareSaysNoPeriod checks that the period of the run is not stored with the finding, and is there when it is read.
func TestLateCareSaysNoPeriod(t *testing.T) {
	finding := billing.Finding{Code: billing.T02, Field: billing.FieldDate, Values: []string{"2026-08", "2026-10"}}
	written := words.WriteFindings([]billing.Finding{finding})
	if want := `[["T02","date","2026-08"]]`; written != want {
		t.Errorf("got %s, want %s", written, want)
	}
	if len(finding.Values) != 2 {
		t.Error("the finding itself was changed")
	}
	back, err := words.Findings(written, billing.PeriodOf(2026, 11))
	if err != nil || strings.Join(back[0].Values, " ") != "2026-08 2026-11" {
		t.Errorf("got %v, %v", back, err)
	}
}

// TestStableWords lists all words that were ever stored: if one is missing here or means something else, stored rows become
// unreadable.
func TestStableWords(t *testing.T) {
	fields := make([]string, 0, billing.FieldsEnd)
	for field := range billing.FieldsEnd {
		fields = append(fields, field.Word())
	}
	if got, want := strings.Join(fields, " "), " reference provider bsn birth_date referral municipality product date start end break daypart unit quantity claimed_price claimed_amount remark"; got != want {
		t.Errorf("fields %q, want %q", got, want)
	}
	if got, want := words.WriteReferralFields(1<<billing.ReferralFieldsEnd-1), "template"; got != want {
		t.Errorf("all columns of referrals %q, want %q", got, want)
	}
	var columns []string
	for field := range billing.ReferralFieldsEnd {
		word := words.WriteReferralFields(1 << field)
		columns = append(columns, word)
		if given, err := words.ReferralFields("template " + word); given != 1<<billing.ReferralFieldsEnd-1 || err != nil {
			t.Errorf("%s: %b, %v", word, given, err)
		}
		if given, err := words.ReferralFields(word); given != 1<<field || err != nil {
			t.Errorf("%s: %b, %v", word, given, err)
		}
	}
	if got, want := strings.Join(columns, " "), "number bsn birth_date municipality provider product category start end volume unit frequency budget "+
		"referrer assigned status coordination_point own_placement extended_to extended_youth_care continues_to declared_before amount_before"; got != want {
		t.Errorf("columns of referrals %q, want %q", got, want)
	}
}

// TestUnknownWords checks that an unknown word is an error that names it, and never passes for empty.
func TestUnknownWords(t *testing.T) {
	period := billing.PeriodOf(2026, 10)
	for _, test := range []struct {
		name string
		read func() error
	}{
		{`code "Z99"`, func() error { _, err := words.Code("Z99"); return err }},
		{`code ""`, func() error { _, err := words.Code(""); return err }},
		{`code "Z99"`, func() error { _, err := words.Codes("F01 Z99"); return err }},
		{`code "Z99"`, func() error { _, err := words.Findings(`[["Z99","date"]]`, period); return err }},
		{`column "colour"`, func() error { _, err := words.Findings(`[["F01","colour"]]`, period); return err }},
		{"stored findings", func() error { _, err := words.Findings(`[["F01"]]`, period); return err }},
		{"stored findings", func() error { _, err := words.Findings(`[["F01",3,"BSN"]]`, period); return err }},
		{"stored texts", func() error { _, err := words.Texts(`{}`); return err }},
		{`number "twaalf"`, func() error { _, err := words.Decimal("twaalf"); return err }},
		{`unit "minute"`, func() error { _, err := words.Unit("minute"); return err }},
		{`outcome "lost"`, func() error { _, err := words.Outcome("lost"); return err }},
		{`kind of line ""`, func() error { _, err := words.LineKind(""); return err }},
		{`kind of sheet "map"`, func() error { _, err := words.Sheets(`[{"kind":"map"}]`); return err }},
		{`column "colour"`, func() error { _, err := words.Sheets(`[{"kind":"submission","columns":{"colour":1}}]`); return err }},
		{`column ""`, func() error { _, err := words.Sheets(`[{"kind":"submission","columns":{"":1}}]`); return err }},
		{`column of referrals "colour"`, func() error { _, err := words.ReferralFields("bsn colour"); return err }},
		{`unknown field "rebate"`, func() error { _, _, err := words.Book(`{"rebate":1}`); return err }},
		{`kind of help "vervoer"`, func() error { _, _, err := words.Book(`{"products":[{"kind":"vervoer"}]}`); return err }},
		{`unit "etmaal"`, func() error { _, _, err := words.Book(`{"prices":[{"unit":"etmaal"}]}`); return err }},
		{"not a date", func() error { _, _, err := words.Book(`{"contracts":[{"from":"31-12-2026"}]}`); return err }},
		{"not a month", func() error { _, _, err := words.Book(`{"policy":{"recalculate_from":"2026"}}`); return err }},
	} {
		if err := test.read(); err == nil || !strings.Contains(err.Error(), test.name) {
			t.Errorf("%s: got %v", test.name, err)
		}
	}
}

// TestSheets checks that sheet summaries are read back as written.
func TestSheets(t *testing.T) {
	sheets := []billing.SheetSummary{
		{Name: "Uren", Kind: billing.SubmissionSheet, HeadingRow: 3, UnknownColumns: []string{"Kleur"}, Rows: 5, Totals: 1, Empty: 2, HiddenRows: 1, StruckRows: 2},
		{Name: "Uitleg", Skipped: "no-heading"}, {Kind: billing.ReferralSheet, HeadingRow: 1}, {Kind: billing.DecisionSheet, HeadingRow: 1},
	}
	for field := billing.FieldReference; field < billing.FieldsEnd; field += 2 {
		sheets[0].Columns[field] = int(field) * 2
	}
	text, err := words.WriteSheets(sheets)
	if err != nil {
		t.Fatal(err)
	}
	back, err := words.Sheets(text)
	if err != nil || !reflect.DeepEqual(back, sheets) {
		t.Errorf("%s came back as %+v, %v", text, back, err)
	}
}

// TestBook checks that a book and a policy are read back with every field.
func TestBook(t *testing.T) {
	book, policy := full(&billing.Book{}), *full(&billing.Policy{})
	for _, test := range []struct {
		name   string
		book   *billing.Book
		policy billing.Policy
	}{{"every field", book, policy}, {"Hart van Brabant", rates.HartVanBrabant(), billing.DefaultPolicy()}, {"nothing", &billing.Book{}, billing.Policy{}}} {
		text, err := words.WriteBook(test.book, test.policy)
		if err != nil {
			t.Fatal(err)
		}
		back, backPolicy, err := words.Book(text)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := json.Marshal(test.book)
		got, _ := json.Marshal(back)
		if withoutEmpty(got) != withoutEmpty(want) || backPolicy != test.policy {
			t.Errorf("%s:\n%s\n%+v\ncame back as\n%s\n%+v", test.name, want, test.policy, got, backPolicy)
		}
	}
}

// withoutEmpty replaces empty lists by nil.
func withoutEmpty(text []byte) string { return strings.ReplaceAll(string(text), "[]", "null") }

// full sets every exported field.
func full[T any](into *T) *T {
	fill(reflect.ValueOf(into).Elem())
	return into
}

func fill(value reflect.Value) {
	switch value.Kind() {
	case reflect.Struct:
		for i := range value.NumField() {
			if value.Type().Field(i).IsExported() {
				fill(value.Field(i))
			}
		}
	case reflect.Slice:
		value.Set(reflect.MakeSlice(value.Type(), 1, 1))
		fill(value.Index(0))
	case reflect.String:
		value.SetString("x")
	case reflect.Bool:
		value.SetBool(true)
	case reflect.Uint8: // a unit or a kind of help
		value.SetUint(2)
	default:
		value.SetInt(24_000)
	}
}
