package terminal

import (
	"fmt"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// printContradictions names the decisions that were taken and that contradict an earlier one by somebody else.
func (p *Printer) printContradictions(imported *workspace.Imported) {
	if len(imported.Contradictions) == 0 {
		return
	}
	p.heading("Overgenomen, maar in tegenspraak met een eerder besluit", "Taken, but contradicting an earlier decision")
	for _, c := range imported.Contradictions {
		p.Line("  • %s: besluit ‘%s’ van %s over %s %s; %s besloot op %s ‘%s’", "  • %s: decision “%s” by %s about %s %s; %s decided on %s “%s”",
			p.place(c.File, c.Sheet, c.Row), c.Word, c.By, c.Reference, c.Code, c.EarlierBy, p.date(c.EarlierOn), c.EarlierWord)
	}
}

// leftOut is a row of an earlier file that a later one leaves out.
type leftOut struct {
	file, earlier, sheet, reference string
	row                             int
}

// printLeftOut names the first rows of earlier files that a later one leaves out: they stand.
func (p *Printer) printLeftOut(rows []leftOut) {
	if len(rows) == 0 {
		return
	}
	p.heading("Weggelaten regels blijven staan", "Rows that were left out stand")
	for _, row := range rows[:min(problemsShown, len(rows))] {
		p.Line("  • %s stond wel in %s, niet in %s; trek haar in met aantal 0 als zij vervalt", "  • %s was in %s, not in %s; withdraw it with quantity 0 if it lapses",
			row.reference, p.place(row.earlier, row.sheet, row.row), row.file)
	}
	if len(rows) > problemsShown {
		fmt.Fprintf(p.Out, "  … %s %s (--json)\n", p.text("en nog", "and more:"), p.count(len(rows)-problemsShown))
	}
}

func leftOutOfImport(imported *workspace.Imported) []leftOut {
	rows := make([]leftOut, len(imported.LeftOut))
	for i, row := range imported.LeftOut {
		rows[i] = leftOut{row.File, row.Earlier, row.Sheet, row.Reference, row.Row}
	}
	return rows
}

func leftOutOfSummary(summary *workspace.Summary) []leftOut {
	rows := make([]leftOut, len(summary.LeftOut))
	for i, row := range summary.LeftOut {
		rows[i] = leftOut{row.File, row.Earlier, row.Sheet, row.Reference, row.Row}
	}
	return rows
}

// leftOutJSON are such rows for programs.
func leftOutJSON(rows []leftOut) []object {
	list := []object{}
	for _, row := range rows {
		list = append(list, object{"reference": row.reference, "earlier_file": row.earlier, "sheet": row.sheet, "row": row.row, "file": row.file})
	}
	return list
}

// contradictionsJSON are the decisions that contradict an earlier one, for programs.
func contradictionsJSON(imported *workspace.Imported) []object {
	list := []object{}
	for _, c := range imported.Contradictions {
		list = append(list, object{"file": c.File, "sheet": c.Sheet, "row": c.Row, "reference": c.Reference, "code": c.Code, "decision": c.Word, "by": c.By,
			"earlier_decision": c.EarlierWord, "earlier_by": c.EarlierBy, "earlier_on": c.EarlierOn.String()})
	}
	return list
}
