package tables

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/exporters/shown"
)

// findingColumns are the columns of the export findings.
var findingColumns = []string{
	"code", "severity", "ijw", "provider", "reference", "file", "sheet", "row", "column", "value", "message",
}

// findingCells returns a finding of a row in the order of findingColumns. The value is what the finding is about, as it is
// stored; the message tells people what was found and how to put it right.
func findingCells(row *report.Row, finding *billing.Finding, language string, catalogue *billing.Catalogue) []string {
	record := row.Record
	rule := shown.RuleOn(catalogue, record, finding.Code)
	return []string{
		finding.Code.String(), catalogue.SeverityOn(record, finding.Code).String(), shown.ReturnCode(catalogue, record, rule), record.Provider, row.Shown.Reference, bsn.MaskLine(record.File),
		bsn.MaskLine(record.Sheet), strconv.Itoa(record.Row), shown.Column(row, finding.Field), rules.Subject(rule, finding.Values),
		shown.MessageAndRemedy(rule, finding.Values, language),
	}
}

// signalCells returns a signal that belongs to no record in the order of findingColumns: its value is the
// referral or contract that it is about.
func signalCells(signal *report.Signal, language string, catalogue *billing.Catalogue) []string {
	rule := shown.Rule(catalogue, signal.Code)
	return []string{
		signal.Code.String(), rule.Severity.String(), rule.IJW, signal.Provider, "", "", "", "", "", signal.Subject,
		shown.MessageAndRemedy(rule, signal.Values, language),
	}
}

// notSentCells returns a finding on a message as a whole in the order of findingColumns: sheet is the number of the message,
// row the line in the file, column the path of the element.
func notSentCells(found *report.NotSentFinding, language string, catalogue *billing.Catalogue) []string {
	rule := shown.Rule(catalogue, found.Code)
	line := ""
	if found.Line > 0 {
		line = strconv.Itoa(found.Line)
	}
	return []string{
		found.Code.String(), billing.Reject.String(), found.Return, found.Message.Provider, "", found.Message.File, found.Message.Number, line, found.Place,
		rules.Subject(rule, found.Values), shown.MessageAndRemedy(rule, found.Values, language),
	}
}

// Findings exports the findings on rows and on messages as a whole, and the signals on no record. They are sorted in memory:
// there are few of them compared with the rows.
func Findings(ctx context.Context, w io.Writer, format, language string, catalogue *billing.Catalogue,
	rows Stream[*report.Row], notSent []report.NotSent, signals Stream[*report.Signal]) error {
	type placed struct {
		row   int
		cells []string
	}
	var found []placed
	err := rows(ctx, func(row *report.Row) error {
		for i := range row.Findings {
			found = append(found, placed{row.Record.Row, findingCells(row, &row.Findings[i], language, catalogue)})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i := range notSent {
		for f := range notSent[i].Findings {
			finding := &notSent[i].Findings[f]
			found = append(found, placed{finding.Line, notSentCells(finding, language, catalogue)})
		}
	}
	err = signals(ctx, func(signal *report.Signal) error {
		found = append(found, placed{0, signalCells(signal, language, catalogue)})
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortFunc(found, func(a, b placed) int {
		return cmp.Or(slices.Compare(sortKey(a.cells), sortKey(b.cells)), cmp.Compare(a.row, b.row), slices.Compare(a.cells, b.cells))
	})
	stream := func(_ context.Context, visit func(placed) error) error {
		for _, finding := range found {
			if err := visit(finding); err != nil {
				return err
			}
		}
		return nil
	}
	return export(ctx, w, format, findingColumns, stream, func(p placed) []string { return p.cells })
}

// sortKey returns code, provider, reference, file and sheet.
func sortKey(cells []string) []string {
	return []string{cells[0], cells[3], cells[4], cells[5], cells[6]}
}
