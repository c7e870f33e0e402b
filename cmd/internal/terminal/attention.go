package terminal

import (
	"fmt"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// printContradictions names the decisions that were taken and that contradict an earlier one by somebody else.
func (p *Printer) printContradictions(imported *workspace.Imported) {
	for i, c := range imported.Contradictions {
		if i == problemsShown {
			fmt.Fprintf(p.Out, "  … %s %d\n", p.text("en nog", "and more:"), len(imported.Contradictions)-i)
			return
		}
		fmt.Fprintf(p.Out, p.text("  %s: besluit ‘%s’ van %s over %s %s is overgenomen, maar %s besloot op %s ‘%s’\n",
			"  %s: decision “%s” by %s about %s %s was taken, but %s decided “%[8]s” on %[7]s\n"),
			p.place(c.File, c.Sheet, c.Row), c.Word, c.By, c.Reference, c.Code, c.EarlierBy, p.date(c.EarlierOn), c.EarlierWord)
	}
}

// leftOut is a row of an earlier file that a later one leaves out.
type leftOut struct {
	file, earlier, sheet, reference string
	row                             int
}

// printLeftOut names the rows of earlier files that a later one leaves out: they stand.
func (p *Printer) printLeftOut(rows []leftOut) {
	if len(rows) == 0 {
		return
	}
	fmt.Fprintf(p.Out, "\n%s\n", p.text("Weggelaten regels blijven staan", "Rows that were left out stand"))
	for i, row := range rows {
		if i == problemsShown {
			fmt.Fprintf(p.Out, "  … %s %d\n", p.text("en nog", "and more:"), len(rows)-i)
			return
		}
		fmt.Fprintf(p.Out, p.text("  %s stond wel in %s, niet in %s; trek haar in met aantal 0 als zij vervalt\n",
			"  %s was in %s, not in %s; withdraw it with quantity 0 if it lapses\n"), row.reference, p.place(row.earlier, row.sheet, row.row), row.file)
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
