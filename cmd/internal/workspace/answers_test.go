package workspace

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/ledger"
	writeijw "github.com/pxq-nl/pxq/exporters/ijw"
)

// The reason why a message has no answer is reported, with what to do.
func TestWhyUnanswered(t *testing.T) {
	for _, test := range []struct {
		err  error
		kind Kind
		says string
	}{
		{nil, MessageNotWritten, "pxq run --period 2026-10"},
		{fmt.Errorf("made: %w", ijw.ErrWaiting), MessageWaits, "pxq status"},
		{fmt.Errorf("made: %w", writeijw.ErrTooLarge), MessageTooLarge, "pxq withdraw b.xml"},
	} {
		told, ok := errors.AsType[*Problem](unanswered("b.xml", billing.PeriodOf(2026, 10), test.err))
		if !ok || told.Kind != test.kind || !strings.Contains(told.In("nl"), test.says) || !strings.Contains(told.In("en"), test.says) {
			t.Errorf("%v: %v", test.err, told)
		}
	}
	if other := errors.New("disk"); !errors.Is(unanswered("b.xml", billing.PeriodOf(2026, 10), other), other) {
		t.Error("another error is told as one of ours")
	}
}

// Declaration numbers may differ in case only, while many file systems ignore case in file names.
func TestNamesOfAnswers(t *testing.T) {
	names := taken{"jw325-01000001-45a02.xml": true}
	for _, test := range []struct{ declaration, want string }{
		{"45A02", "jw325-01000001-45A02-2.xml"},
		{"45a02", "jw325-01000001-45a02-3.xml"},
		{"46B", "jw325-01000001-46B.xml"},
	} {
		if got := names.free(&ledger.Message{Provider: "01000001", Declaration: test.declaration}); got != test.want {
			t.Errorf("%s: %s, want %s", test.declaration, got, test.want)
		}
	}
}
