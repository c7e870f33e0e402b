package exporters

import (
	"errors"
	"os"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/rates"
)

// ContractBook writes the tables of a contract book as a workbook to edit: one sheet for each table, headings
// in the first row, every cell a text as the book's format wants it. It never overwrites.
func ContractBook(path string, tables []rates.Table) (err error) {
	target, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	file := excelize.NewFile()
	defer func() { err = errors.Join(err, file.Close()) }()
	heading, err := file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	for i, table := range tables {
		if err := addContractTable(file, i == 0, table, heading); err != nil {
			return err
		}
	}
	return file.Write(target)
}

// addContractTable writes one table; the first takes the sheet that a new workbook comes with.
func addContractTable(file *excelize.File, first bool, table rates.Table, heading int) error {
	if first {
		if err := file.SetSheetName(file.GetSheetName(0), table.Name); err != nil {
			return err
		}
	} else if _, err := file.NewSheet(table.Name); err != nil {
		return err
	}
	rows, err := file.NewStreamWriter(table.Name)
	if err != nil {
		return err
	}
	const width = 22
	if err := rows.SetColWidth(1, len(table.Rows[0].Cells), width); err != nil {
		return err
	}
	if err := rows.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, row := range table.Rows {
		cells := make([]any, len(row.Cells))
		for column, text := range row.Cells {
			cell := excelize.Cell{Value: text}
			if i == 0 {
				cell.StyleID = heading
			}
			cells[column] = cell
		}
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if err := rows.SetRow(at, cells); err != nil {
			return err
		}
	}
	return rows.Flush()
}
