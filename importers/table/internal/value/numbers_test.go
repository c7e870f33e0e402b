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

// The text of a number is its value rounded to 15 digits, whichever of the two
// ways it was made.
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
