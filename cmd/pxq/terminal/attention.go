package terminal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/exporters/reports"
	"github.com/pxq-nl/pxq/exporters/templates"
	"github.com/pxq-nl/pxq/importers"
)

// printContradictions lists the decisions that were taken although they contradict an earlier one by somebody else.
func (p *Printer) printContradictions(imported *workspace.Imported) {
	if len(imported.Contradictions) == 0 {
		return
	}
	p.heading("Overgenomen, maar in tegenspraak met een eerder besluit", "Accepted, but contradicting an earlier decision")
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

// printLeftOut lists the first rows of earlier files that a later one leaves out. Such rows stay in force.
func (p *Printer) printLeftOut(rows []leftOut) {
	if len(rows) == 0 {
		return
	}
	p.heading("Weggelaten regels blijven staan", "Rows left out of a new file still count")
	for _, row := range rows[:min(problemsShown, len(rows))] {
		p.Line("  • %s stond wel in %s, niet in %s; trek haar in met aantal 0 als zij vervalt", "  • %s was in %s, but not in %s; withdraw it with quantity 0 if it no longer applies",
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

// leftOutJSON returns rows that were left out for JSON.
func leftOutJSON(rows []leftOut) []object {
	list := []object{}
	for _, row := range rows {
		list = append(list, object{"reference": row.reference, "earlier_file": row.earlier, "sheet": row.sheet, "row": row.row, "file": row.file})
	}
	return list
}

// contradictionsJSON returns the decisions that contradict an earlier one for JSON.
func contradictionsJSON(imported *workspace.Imported) []object {
	list := []object{}
	for _, c := range imported.Contradictions {
		list = append(list, object{"file": c.File, "sheet": c.Sheet, "row": c.Row, "reference": c.Reference, "code": c.Code, "decision": c.Word, "by": c.By,
			"earlier_decision": c.EarlierWord, "earlier_by": c.EarlierBy, "earlier_on": c.EarlierOn.String()})
	}
	return list
}

// printUnread lists what was not read in the files of a run: sheets without headings, which the user may believe were taken in,
// and columns that are not used. Each name is listed once, however many files have it.
func (p *Printer) printUnread(imported *workspace.Imported) {
	var reasons []string
	sheets := map[string]*inFiles{}
	var columns inFiles
	for i := range imported.Files {
		file := &imported.Files[i]
		if file.Refused != nil {
			continue
		}
		for _, sheet := range file.Sheets {
			if isUnread(file, sheet) {
				if sheets[sheet.Skipped] == nil {
					reasons = append(reasons, sheet.Skipped)
					sheets[sheet.Skipped] = &inFiles{}
				}
				sheets[sheet.Skipped].add(sheet.Name, file.Name)
			}
			for _, heading := range unusedColumns(file, sheet) {
				columns.add(heading, file.Name)
			}
		}
	}
	for _, reason := range reasons {
		fmt.Fprintf(p.Out, "%s %s\n  %s\n", p.text("Bladen", "Sheets"), importers.SkippedText(reason, p.Language), p.listed(sheets[reason]))
	}
	if len(columns.names) > 0 {
		fmt.Fprintf(p.Out, "%s %s\n", p.text("Niet gebruikte kolommen:", "Columns not used:"), p.listed(&columns))
	}
}

// inFiles are names in the order in which they were added, each with the files that have it.
type inFiles struct {
	names []string
	files map[string]*rowsIn
}

func (n *inFiles) add(name, file string) {
	if n.files[name] == nil {
		if n.files == nil {
			n.files = map[string]*rowsIn{}
		}
		n.files[name] = &rowsIn{}
		n.names = append(n.names, name)
	}
	n.files[name].add(file, 1)
}

// listed returns the names, each with its file, or with the number of files when several have it.
func (p *Printer) listed(n *inFiles) string {
	texts := make([]string, len(n.names))
	for i, name := range n.names {
		texts[i] = fmt.Sprintf("%s (%s)", billing.Mask(name), p.fewFiles(n.files[name].files))
	}
	return strings.Join(texts, ", ")
}

// fewFiles returns the name of a single file, or else the number of files.
func (p *Printer) fewFiles(files []string) string {
	if len(files) == 1 {
		return files[0]
	}
	return p.files(len(files))
}

// whereIn returns the name of a file and its sheet.
func whereIn(file *workspace.ImportedFile, sheet billing.SheetSummary) string {
	if sheet.Name == "" {
		return file.Name
	}
	return file.Name + ", " + sheet.Name
}

// isUnread reports whether a sheet was not read, other than one that pxq itself wrote for people only.
func isUnread(file *workspace.ImportedFile, sheet billing.SheetSummary) bool {
	return sheet.Skipped != "" && !reports.OwnSheet(file.WrittenAs, sheet.Name) && !templates.OwnSheet(file.WrittenAs, sheet.Name)
}

// unusedColumns returns the headings of columns that are not used, other than those that pxq itself writes for people.
func unusedColumns(file *workspace.ImportedFile, sheet billing.SheetSummary) []string {
	return slices.DeleteFunc(slices.Clone(sheet.UnknownColumns), func(heading string) bool { return reports.OwnHeading(file.WrittenAs, heading) })
}

// sheetsJSON returns for JSON the sheets of a file with something that was not read, or with hidden or struck-through rows.
func sheetsJSON(file *workspace.ImportedFile) []object {
	list := []object{}
	for _, sheet := range file.Sheets {
		unused, unread := unusedColumns(file, sheet), ""
		if isUnread(file, sheet) {
			unread = sheet.Skipped
		}
		if unread != "" || len(unused) > 0 || sheet.HiddenRows > 0 || sheet.StruckRows > 0 {
			list = append(list, object{"sheet": sheet.Name, "not_read": unread, "columns_not_used": listOf(unused),
				"hidden_rows": sheet.HiddenRows, "struck_rows": sheet.StruckRows})
		}
	}
	return list
}
