package packed_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// written returns the details of a record.
func written(r *billing.Record) string {
	return string(packed.AppendDetails(nil, r, words.WriteDecimal(r.ClaimedPrice), words.WriteDecimal(r.ClaimedAmount), words.WriteFindings(r.Findings)))
}

// TestDetails checks that the details of every record are read back as written, whatever its texts contain, and are split
// into their columns.
func TestDetails(t *testing.T) {
	price := decimal.RequireFromString("71.02")
	usual := billing.Record{
		BirthDate: 14443, Start: -1, End: -1, HasQuantity: true, ClaimedPrice: &price, FirstReceived: 20785, ReferralNumber: "261012343", Municipality: "Waalwijk", Product: "44X04",
	}
	rare := usual
	rare.HasPrior, rare.PriorUnit, rare.PriorQuantity, rare.PriorOtherClient, rare.SeenBefore, rare.Break = true, billing.Daypart, 200, true, true, 3000
	strange := rare
	strange.ReferralNumber, strange.Municipality, strange.Product, strange.Daypart, strange.Remark = "|", "", "1|2", "ocht\x1fend", "één|\n|"
	for name, of := range map[string]struct {
		record billing.Record
		fields string
	}{
		"nothing": {billing.Record{}, "0 0 0 0   0 0  0 0 0 0      "},
		"usual":   {usual, "14443 -1 -1 1 71.02  20785 0  0 0 0 0 261012343 Waalwijk 44X04   "},
		"rare":    {rare, "14443 -1 -1 1 71.02  20785 1 daypart 200 1 1 3000 261012343 Waalwijk 44X04   "},
		"strange": {strange, "14443 -1 -1 1 71.02  20785 1 daypart 200 1 1 3000 |  1|2 ocht\x1fend één|\n| "},
	} {
		text := written(&of.record)
		var read billing.Record
		findings, err := packed.ReadDetails(text, &read)
		if err != nil || findings != "" || !reflect.DeepEqual(read, of.record) {
			t.Errorf("%s: %q is read as %+v with %q: %v", name, text, read, findings, err)
		}
		fields, whole := packed.SplitDetails(text, []string{"before"})
		if !whole || strings.Join(fields, " ") != "before "+of.fields || len(fields) != 1+len(packed.DetailColumns()) {
			t.Errorf("%s: %q is split into %q", name, text, fields)
		}
	}
}

// TestNoDetails checks that text that is no details is refused, and is split into the usual number of fields.
func TestNoDetails(t *testing.T) {
	sound := written(&billing.Record{HasQuantity: true, ReferralNumber: "261012343", Municipality: "Waalwijk", Remark: "x"})
	for _, text := range []string{"", "|", "x" + sound, sound[:len(sound)/2], strings.Replace(sound, "|9|", "|99|", 1), strings.Replace(sound, "|9|", "|-9|", 1)} {
		if _, err := packed.ReadDetails(text, &billing.Record{}); err == nil {
			t.Errorf("%q are details", text)
		}
		if fields, _ := packed.SplitDetails(text, nil); len(fields) != len(packed.DetailColumns()) {
			t.Errorf("%q is split into %q", text, fields)
		}
	}
	if fields, whole := packed.SplitDetails(sound[:len(sound)/2], nil); whole {
		t.Errorf("half of it is split into %q", slices.Clip(fields))
	}
}
