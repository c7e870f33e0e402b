package importers

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
	"github.com/pxq-nl/pxq/rates"
)

// Book reads the contract book from a folder: CSV files named after its tables, or a workbook with a sheet
// for each. found is false if the folder does not exist or holds neither. The error is a Refusal:
// rates.Problems, or a *table.Problem for a file that cannot be read.
func Book(dir string, limits table.Limits) (book *billing.Book, found bool, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, refuse(RefusedFolder, dir,
			"de map met het contractenboek kan niet worden gelezen. Controleer of het een map is en of u er rechten op hebt.",
			"the folder with the contract book cannot be read. Check that it is a folder and that you have permission to read it.")
	}
	return BookFiles(bookPaths(dir, entries), limits)
}

// HasBook reports whether a folder holds a file that Book would read. It returns an error if the folder does not exist or
// cannot be read.
func HasBook(dir string) (bool, error) {
	entries, err := os.ReadDir(dir)
	return len(bookPaths(dir, entries)) > 0, err
}

// bookPaths returns the files of a folder that may hold tables of the book.
func bookPaths(dir string, entries []os.DirEntry) []string {
	var paths []string
	for _, entry := range entries {
		// Skip the lock files of spreadsheet programs (~$…) and hidden files.
		if !entry.IsDir() && !strings.HasPrefix(entry.Name(), "~$") && !strings.HasPrefix(entry.Name(), ".") && isTableFile(entry.Name()) {
			paths = append(paths, filepath.Join(dir, entry.Name()))
		}
	}
	return paths
}

// bookDelimiter separates the cells of the book's CSV files, even if another mark is more frequent: lists, sources and
// names contain commas.
const bookDelimiter = ';'

// BookTables returns the tables of the contract book in a folder unparsed, for writing them elsewhere.
func BookTables(dir string) ([]rates.Table, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var tables []rates.Table
	for _, path := range bookPaths(dir, entries) {
		read, err := bookTables(path, limitsOr(table.DefaultLimits()))
		if err != nil {
			return nil, err
		}
		tables = append(tables, read...)
	}
	return tables, nil
}

// BookFiles is like Book for the given files. A CSV file need not be named after its table if its headings identify it.
func BookFiles(paths []string, limits table.Limits) (book *billing.Book, found bool, err error) {
	if len(paths) == 0 {
		return nil, false, nil
	}
	var tables []rates.Table
	for _, path := range paths {
		read, err := bookTables(path, limitsOr(limits))
		if err != nil {
			return nil, true, err
		}
		tables = append(tables, read...)
	}
	book, problems := rates.Parse(tables)
	if len(problems) > 0 {
		return nil, true, problems
	}
	return book, true, nil
}

// IsBook reports whether a file holds tables of the contract book, judging a workbook by its sheet names and headings and
// a CSV file by its headings. Such a file is read with BookFiles, any other with Reader.
func IsBook(path string, limits table.Limits) (bool, error) {
	file, err := table.Open(path, limitsOr(limits))
	if err != nil {
		return false, err
	}
	defer file.Close()
	file.Delimit(bookDelimiter)
	for _, sheet := range file.Sheets() {
		if file.Format() != "csv" && tableName(sheet.Name) == "" {
			continue
		}
		for row, err := range file.Rows(sheet) {
			if err != nil {
				return false, err
			}
			first := bookRow(row, file.Format() == "csv")
			if bookTable(first.Cells) != "" {
				return true, nil
			}
			if row.Number >= headingRowsMax || strings.Join(first.Cells, "") != "" && file.Format() == "csv" {
				break
			}
		}
	}
	return false, nil
}

func isTableFile(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv", ".xlsx", ".xlsm":
		return true
	}
	return false
}

// tableName returns the book's table of this name, ignoring case; "" if there is none.
func tableName(name string) string {
	if name = strings.ToLower(strings.TrimSpace(name)); slices.Contains(rates.TableNames, name) {
		return name
	}
	return ""
}

// bookTables reads the tables in one file. Sheets with other names, such as an explanation, are ignored.
func bookTables(path string, limits table.Limits) ([]rates.Table, error) {
	file, err := table.Open(path, limits)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	file.Delimit(bookDelimiter)
	var tables []rates.Table
	for _, sheet := range file.Sheets() {
		name := tableName(sheet.Name)
		if file.Format() == "csv" {
			name = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
		} else if name == "" {
			continue
		}
		read := rates.Table{Name: name, File: filepath.Base(path), Sheet: sheet.Name}
		for row, err := range file.Rows(sheet) {
			if err != nil {
				return nil, err
			}
			read.Rows = append(read.Rows, bookRow(row, file.Format() == "csv"))
		}
		if file.Format() != "csv" {
			read.Rows = underTitle(read.Rows, rates.Columns(name))
		}
		if offset := file.DayOffset(); offset != 0 {
			addOffsetToBook(read.Rows, offset)
		}
		if tableName(name) == "" && len(read.Rows) > 0 {
			if byHeadings := bookTable(read.Rows[0].Cells); byHeadings != "" {
				read.Name = byHeadings
			}
		}
		if refused := uncalculated(&read); refused != nil {
			refused.File = path
			return nil, refused
		}
		tables = append(tables, read)
	}
	if len(tables) == 0 {
		return nil, refuse(RefusedNoTables, path,
			"geen blad van deze werkmap is een tabel van het contractenboek; verwacht bladen met de namen %s. Hernoem de bladen, of haal de werkmap uit de map.",
			"no sheet of this workbook is a table of the contract book; expected sheets named %s. Rename the sheets, or take the workbook out of the folder.",
			strings.Join(rates.TableNames, ", "))
	}
	return tables, nil
}

// uncalculated returns the refusal of a table with a formula for which the file stores no value, as left by programs
// that write workbooks without calculating them; nil if there is no such formula.
func uncalculated(read *rates.Table) *table.Problem {
	for _, row := range read.Rows {
		for column, text := range row.Cells {
			if text != noValue {
				continue
			}
			refused := refuse(RefusedFormula, "",
				"deze cel bevat een formule waarvan het bestand geen uitkomst heeft. Open de werkmap in Excel, sla haar op en probeer het opnieuw; of vul de waarde in.",
				"this cell contains a formula whose result is not in the file. Open the workbook in Excel, save it and try again; or fill in the value.")
			refused.Sheet, refused.Cell = read.Sheet, cellName(column, row.Number)
			return refused
		}
	}
	return nil
}

// underTitle drops the rows above the headings of a sheet: a title, an explanation, a link back. If no row looks like
// headings it keeps all of them, so that the first is parsed as the headings and its problems are reported.
func underTitle(rows []rates.TableRow, headings []string) []rates.TableRow {
	for i, row := range rows[:min(len(rows), headingRowsMax)] {
		known, filled := 0, 0
		for _, text := range row.Cells {
			if text = strings.ToLower(text); text != "" {
				filled++
			}
			if slices.Contains(headings, text) {
				known++
			}
		}
		if known >= 2 && 2*known > filled {
			return rows[i:]
		}
	}
	return rows
}

// addOffsetToBook turns bare day numbers in the columns van and tot of a table into dates, in a workbook whose day numbers
// are offset too low.
func addOffsetToBook(rows []rates.TableRow, offset int) {
	if len(rows) == 0 {
		return
	}
	for column, heading := range rows[0].Cells {
		if heading = strings.ToLower(heading); heading != "van" && heading != "tot" {
			continue
		}
		for _, row := range rows[1:] {
			if column >= len(row.Cells) {
				continue
			}
			if day := dateWithOffset(row.Cells[column], offset); day != "" {
				row.Cells[column] = day
			}
		}
	}
}

// bookRow returns the texts of a row. A date loses its time of day, and a number with exactly three decimals gets a zero
// appended so that its point cannot be taken for a thousands mark.
func bookRow(row table.Row, isCSV bool) rates.TableRow {
	tidy(row.Cells, isCSV)
	texts := make([]string, len(row.Cells))
	for i := range row.Cells {
		cell := row.Cells[i]
		texts[i] = cell.Text
		if cell.Kind == table.Date {
			texts[i], _, _ = strings.Cut(cell.Text, " ")
		}
		if at := strings.IndexByte(cell.Text, '.'); cell.Kind == table.Number && at > 0 && at == len(cell.Text)-len(".000") {
			texts[i] += "0"
		}
	}
	return rates.TableRow{Number: row.Number, Cells: texts}
}
