package exporters

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/billing/rules"
)

// FindingColumns are the columns of the export findings.
var FindingColumns = []string{
	"code", "severity", "ijw", "provider", "reference", "file", "sheet", "row", "column", "value", "message",
}

// FindingCells gives a finding of a row in the order of FindingColumns. Value is what the finding is about,
// as it is kept; message is for people: what was found and what would make it right.
func FindingCells(row *batch.Row, finding *billing.Finding, language string, catalogue *billing.Catalogue) []string {
	rule := ruleOf(catalogue, finding.Code)
	record := row.Record
	return []string{
		finding.Code.String(), rule.Severity.String(), rule.IJW, record.Provider, record.Reference, record.File,
		record.Sheet, strconv.Itoa(record.Row), columnLetters(row, finding.Field), firstOf(finding.Values),
		messageAndRemedy(rule, finding.Values, language),
	}
}

// SignalCells gives a signal that belongs to no record in the order of FindingColumns: its value is the
// referral or contract that it is about.
func SignalCells(signal *batch.Signal, language string, catalogue *billing.Catalogue) []string {
	rule := ruleOf(catalogue, signal.Code)
	return []string{
		signal.Code.String(), rule.Severity.String(), rule.IJW, signal.Provider, "", "", "", "", "", signal.Subject,
		messageAndRemedy(rule, signal.Values, language),
	}
}

// Findings exports the findings of rows and the signals that belong to no record. They are sorted in memory:
// findings are few beside the rows they are about.
func Findings(ctx context.Context, w io.Writer, format, language string, catalogue *billing.Catalogue,
	rows Stream[*batch.Row], signals Stream[*batch.Signal]) error {
	type placed struct {
		row   int
		cells []string
	}
	var found []placed
	err := rows(ctx, func(row *batch.Row) error {
		for i := range row.Findings {
			found = append(found, placed{row.Record.Row, FindingCells(row, &row.Findings[i], language, catalogue)})
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = signals(ctx, func(signal *batch.Signal) error {
		found = append(found, placed{0, SignalCells(signal, language, catalogue)})
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
	return export(ctx, w, format, FindingColumns, stream, func(p placed) []string { return p.cells })
}

// sortKey gives code, provider, reference, file and sheet.
func sortKey(cells []string) []string {
	return []string{cells[0], cells[3], cells[4], cells[5], cells[6]}
}

// ruleOf gives the rule of a code; an empty one for a code that the catalogue no longer has, so that old
// findings can still be shown.
func ruleOf(catalogue *billing.Catalogue, code billing.Code) *billing.Rule {
	if rule := catalogue.Rule(code); rule != nil {
		return rule
	}
	return &billing.Rule{Code: code}
}

func messageAndRemedy(rule *billing.Rule, values []string, language string) string {
	message, remedy := rules.Message(rule, values, language), rules.Remedy(rule, values, language)
	if message == "" || remedy == "" {
		return message + remedy
	}
	return message + " " + remedy
}

// columnLetters gives the letters of the column of a field on the row's sheet; nothing if that is not known.
func columnLetters(row *batch.Row, field billing.Field) string {
	if row.Columns == nil || field == billing.NoField || field >= billing.FieldsEnd {
		return ""
	}
	letters, err := excelize.ColumnNumberToName(row.Columns.Columns[field])
	if err != nil {
		return ""
	}
	return letters
}

func firstOf(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}
