package reports_test

import (
	"maps"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports"
)

// TestSameFactsAgain: a message that counts as never sent gives the same facts each time it is read, and others if its
// content differs. Otherwise every run would rebuild the return file of its provider.
func TestSameFactsAgain(t *testing.T) {
	read := func(code billing.Code, value string) map[string]string {
		of := &report.Report{ReportHead: report.ReportHead{NotSent: []report.NotSent{{Provider: "01000001", Number: "26100855", Prestaties: 3}}}}
		message := &of.NotSent[0]
		message.Findings = []report.NotSentFinding{{Code: code, Values: []string{value}, Line: 7, Message: message}}
		return reports.FactsOf(of, nil)
	}
	facts := read(billing.F04, "1")
	if !maps.Equal(facts, read(billing.F04, "1")) {
		t.Error("read again it is another fact")
	}
	if len(facts) != 1 || maps.Equal(facts, read(billing.F04, "2")) || maps.Equal(facts, read(billing.F05, "1")) {
		t.Error("another finding is the same fact")
	}
}
