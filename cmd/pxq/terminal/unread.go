package terminal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/exporters/reports"
	"github.com/pxq-nl/pxq/importers"
)

// sheetsShown is how many sheets that were not read a run names; the rest is counted.
const sheetsShown = 20

// printUnread tells what of the files of a run was not read: sheets without headings, of which somebody may think that
// they came in, and columns that nothing is done with. A column is named once, however many files have it.
func (p *Printer) printUnread(imported *workspace.Imported) {
	var sheets []string
	var columns []string
	in := map[string]*rowsIn{}
	for i := range imported.Files {
		file := &imported.Files[i]
		if file.Refused != nil {
			continue
		}
		for _, sheet := range file.Sheets {
			if isUnread(file, sheet) {
				sheets = append(sheets, whereIn(file, sheet)+": "+importers.SkippedText(sheet.Skipped, p.Language))
			}
			for _, heading := range unusedColumns(file, sheet) {
				if in[heading] == nil {
					in[heading] = &rowsIn{}
					columns = append(columns, heading)
				}
				in[heading].add(file.Name, 1)
			}
		}
	}
	for _, sheet := range sheets[:min(sheetsShown, len(sheets))] {
		fmt.Fprintln(p.Out, sheet)
	}
	if more := len(sheets) - sheetsShown; more > 0 {
		fmt.Fprintf(p.Out, "… %s %s (--json)\n", p.text("en nog", "and more:"), p.count(more))
	}
	for i, heading := range columns {
		columns[i] = fmt.Sprintf("%s (%s)", billing.Mask(heading), p.fewFiles(in[heading].files))
	}
	if len(columns) > 0 {
		fmt.Fprintf(p.Out, "%s %s\n", p.text("Niet gebruikte kolommen:", "Columns not used:"), strings.Join(columns, ", "))
	}
}

// fewFiles names one file, and counts more.
func (p *Printer) fewFiles(files []string) string {
	if len(files) == 1 {
		return files[0]
	}
	return p.files(len(files))
}

// whereIn names a sheet of a file.
func whereIn(file *workspace.ImportedFile, sheet billing.SheetSummary) string {
	if sheet.Name == "" {
		return file.Name
	}
	return file.Name + ", " + sheet.Name
}

// isUnread reports whether a sheet was not read, and is none that pxq wrote for people only.
func isUnread(file *workspace.ImportedFile, sheet billing.SheetSummary) bool {
	return sheet.Skipped != "" && !reports.OwnSheet(file.Own, sheet.Name)
}

// unusedColumns returns the headings that nothing is done with, but for those under which pxq itself tells something.
func unusedColumns(file *workspace.ImportedFile, sheet billing.SheetSummary) []string {
	return slices.DeleteFunc(slices.Clone(sheet.UnknownColumns), func(heading string) bool { return reports.OwnHeading(file.Own, heading) })
}

// sheetsJSON are the sheets of a file of which something was not read, or was read that nobody sees, for programs.
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
