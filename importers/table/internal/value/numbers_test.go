package value

import (
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func TestAppendNumber(t *testing.T) {
	for value, want := range map[float64]string{
		0: "0", 1: "1", -1: "-1", 0.1: "0.1", 7.2999999999999998: "7.3", 0.57499999999999996: "0.575", 1.0 / 3: "0.333333333333333", 100: "100", 1e15: "1000000000000000",
		123456789012345678: "123456789012346000", 1e-7: "0.0000001", 1.5e-10: "0.00000000015", 1e21: "1000000000000000000000", -12.5: "-12.5", 999999999999999.9: "1000000000000000", 123456789: "123456789",
		2.0 / 3: "0.666666666666667", 1234567.891: "1234567.891",
	} {
		if got := string(AppendNumber(nil, value)); got != want {
			t.Errorf("%v: got %s, want %s", value, got, want)
		}
	}
}

// The text of a number is its value rounded to 15 digits, with either function.
func TestNumbersAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(
			rapid.Float64Range(-1e17, 1e17), rapid.Float64Range(-1, 1), rapid.Float64Range(-1e300, 1e300),
			rapid.Map(rapid.IntRange(-1_000_000_00, 1_000_000_00), func(cents int) float64 { return float64(cents) / 100 }),
		).Draw(t, "value")
		want, err := decimal.NewFromString(strconv.FormatFloat(value, 'e', 14, 64))
		if err != nil {
			t.Fatal(err)
		}
		got := string(AppendNumber(nil, value))
		if got != want.String() && !(want.IsZero() && got == "0") {
			t.Fatalf("got %s, want %s", got, want)
		}
		if strings.Trim(got, "-.0123456789") != "" {
			t.Fatalf("%s is not plain", got)
		}
		for _, written := range []string{got, strconv.FormatFloat(value, 'f', -1, 64), strconv.FormatFloat(value, 'g', -1, 64)} {
			if !IsNumber([]byte(written)) {
				t.Fatalf("%s is no number", written)
			}
			if parsed, err := strconv.ParseFloat(written, 64); err != nil || IsCanonical([]byte(written)) && string(AppendNumber(nil, parsed)) != written {
				t.Fatalf("%s is not canonical", written)
			}
		}
	})
}

func TestIsNumber(t *testing.T) {
	for _, text := range []string{"0", "-1", "+1", "1.", ".5", "1e5", "1E-5", "1.5e+10", "007"} {
		if !IsNumber([]byte(text)) {
			t.Errorf("%q is a number", text)
		}
	}
	for _, text := range []string{"", "-", ".", "1,5", "1_0", "0x1F", "Inf", "NaN", "1e", "1e+", "1 2", "--1", "1.2.3", "1e1.5"} {
		if IsNumber([]byte(text)) {
			t.Errorf("%q is no number", text)
		}
	}
	for _, text := range []string{"", "-0", "00", "01", "1.0", "1.", ".5", "-", "-.5", "+1", "1e5", "1234567890123456", "0.10", "1.2.3"} {
		if IsCanonical([]byte(text)) {
			t.Errorf("%q is not canonical", text)
		}
	}
	for _, text := range []string{"0", "1", "-1", "0.5", "-0.5", "10", "123456789012345", "12.34"} {
		if !IsCanonical([]byte(text)) {
			t.Errorf("%q is canonical", text)
		}
	}
}

// A number is rounded to the same digits with and without a float64.
func TestRoundedAgree(t *testing.T) {
	rounded := 0
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(rapid.Float64Range(-1e4, 1e4), rapid.Float64Range(-1e-4, 1e-4), rapid.Float64Range(-1e18, 1e18), rapid.Map(rapid.IntRange(1, 100_000), func(n int) float64 { return float64(n) / 7 })).Draw(t, "value")
		precision := rapid.SampledFrom([]int{-1, 16, 17, 18}).Draw(t, "precision")
		written := strconv.FormatFloat(value, 'f', precision, 64)
		if rapid.Bool().Draw(t, "digits") { // any digits, not only those of a float64
			written = rapid.StringMatching(`-?[0-9]{1,9}\.[0-9]{7,16}`).Draw(t, "written")
		}
		parsed, err := strconv.ParseFloat(written, 64)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := AppendRounded([]byte("x"), []byte(written))
		want := "x" + string(AppendNumber(nil, parsed))
		if ok {
			rounded++
		} else {
			want = "x"
		}
		if string(got) != want {
			t.Fatalf("%s: got %s, want %s", written, got, want)
		}
	})
	if rounded == 0 {
		t.Error("nothing was rounded")
	}
}

func TestAppendRounded(t *testing.T) {
	for number, want := range map[string]string{
		"7.2999999999999998": "7.3", "0.57499999999999996": "0.575", "1.3333333333333333": "1.33333333333333", "0.66666666666666663": "0.666666666666667", "-14.285714285714286": "-14.2857142857143", "9999999999999999": "10000000000000000",
		"999999999.99999999": "1000000000", "0.00012345678901234567": "0.000123456789012346", "12345678901234567": "12345678901234600", "00001.3333333333333333": "1.33333333333333",
	} {
		if got, ok := AppendRounded(nil, []byte(number)); !ok || string(got) != want {
			t.Errorf("%s: got %s (%v), want %s", number, got, ok, want)
		}
	}
	for _, number := range []string{"", "-", "1.5", "1", "123456789012345", "1.33333333333333333333", "1e5", "1.2.3333333333333333", "x", "0.123456789012345500", "1.00000000000000050", "0." + strings.Repeat("0", 40) + "1234567890123456"} {
		if got, ok := AppendRounded([]byte("x"), []byte(number)); ok || string(got) != "x" {
			t.Errorf("%s: got %s", number, got)
		}
	}
}
