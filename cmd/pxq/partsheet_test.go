package main

import "strings"

// sheet checks a sheet: its columns, rows and cells, tables, data validation and drawings.
func (p *partsTest) sheet(part string) {
	sheet, styles := p.parts[part], p.parts["xl/styles.xml"]
	last := 0
	for _, column := range sheet.all("col") {
		if column.number("min") <= last || column.number("max") < column.number("min") {
			p.complain(part, "column %s comes behind %d", column.attrs["min"], last)
		}
		last = column.number("max")
	}
	looks, marks := len(styles.first("cellXfs").children), len(styles.first("dxfs").children)
	lastRow := 0
	for _, row := range sheet.all("row") {
		if row.number("r") <= lastRow {
			p.complain(part, "row %s comes behind %d", row.attrs["r"], lastRow)
		}
		lastRow = row.number("r")
		lastColumn := 0
		for _, cell := range row.children {
			column, at, _, _ := numbersOf(cell.attrs["r"])
			if column <= lastColumn || at != lastRow || cell.number("s") >= looks {
				p.complain(part, "cell %s of row %d with style %s", cell.attrs["r"], lastRow, cell.attrs["s"])
			}
			lastColumn = column
			if formula := cell.first("f"); len(formula.text) > 8192 {
				p.complain(part, "the formula in %s is too long", cell.attrs["r"])
			}
		}
	}
	for _, rule := range sheet.all("cfRule") {
		if rule.number("dxfId") >= marks {
			p.complain(part, "a mark with look %s of %d", rule.attrs["dxfId"], marks)
		}
	}
	p.limits(part, sheet)
	p.tables(part, sheet)
	p.drawings(part)
}

// limits are Excel's limits for texts outside cells.
func (p *partsTest) limits(part string, sheet *element) {
	within := func(text string, most int) {
		p.Helper()
		if len([]rune(text)) > most {
			p.complain(part, "more than %d characters: %q", most, text)
		}
	}
	for _, rule := range sheet.all("dataValidation") {
		within(rule.attrs["errorTitle"], 32)
		within(rule.attrs["promptTitle"], 32)
		within(rule.attrs["error"], 255)
		within(rule.attrs["prompt"], 255)
		for _, formula := range rule.children {
			within(formula.text, 255)
			if strings.ContainsAny(formula.text, "{}") {
				p.complain(part, "constants in %s", formula.text)
			}
		}
	}
	for _, text := range []string{"oddHeader", "oddFooter"} {
		within(sheet.first(text).text, 255)
	}
	if len(sheet.all("tablePart"))+len(sheet.all("autoFilter")) > 1 {
		p.complain(part, "a second table, or a filter beside that of the table")
	}
}

// tables checks every table of a sheet against its headings, other tables and merged cells.
func (p *partsTest) tables(part string, sheet *element) {
	cells := cellsOf(sheet)
	targets := targetsOf(p.parts, part)
	for _, link := range sheet.all("tablePart") {
		name := targets[link.attrs["r:id"]]
		table := p.parts[name]
		if table == nil {
			continue
		}
		area := table.attrs["ref"]
		column, row, lastColumn, lastRow := numbersOf(area)
		p.once(name, "table "+table.attrs["id"])
		p.once(name, " "+table.attrs["name"]) // shares a namespace with the names of the workbook
		columns := table.all("tableColumn")
		if table.attrs["name"] != table.attrs["displayName"] || table.first("autoFilter").attrs["ref"] != area || lastRow <= row ||
			len(columns) != lastColumn-column+1 || table.first("tableColumns").number("count") != len(columns) {
			p.complain(name, "%v with %d columns", table.attrs, len(columns))
		}
		for i, heading := range columns {
			p.once(name, table.attrs["name"]+": "+heading.attrs["name"])
			at, text := cellAt(column+i, row), ""
			if cell := cells[at]; cell != nil {
				text = p.textOf(cell)
			}
			if text != heading.attrs["name"] || text == "" {
				p.complain(name, "heading %q, but %s holds %q", heading.attrs["name"], at, text)
			}
		}
		for _, merged := range sheet.all("mergeCell") {
			if _, _, _, bottom := numbersOf(merged.attrs["ref"]); bottom >= row {
				p.complain(part, "%s is merged over the table", merged.attrs["ref"])
			}
		}
	}
}

// textOf returns the text of a cell.
func (p *partsTest) textOf(cell *element) string {
	text := cell
	if cell.attrs["t"] == "s" {
		text = p.parts["xl/sharedStrings.xml"].all("si")[numberIn(cell.first("v").text)]
	}
	whole := ""
	for _, run := range text.all("t") {
		whole += run.text
	}
	return whole
}

// pixel is the size of a pixel in the unit of drawings.
const pixel = 9525

// drawings checks that every chart has room: Excel limits one that ends in a cell to that cell.
func (p *partsTest) drawings(part string) {
	for _, target := range targetsOf(p.parts, part) {
		drawing := p.parts[target]
		if drawing == nil || drawing.name != "wsDr" {
			continue
		}
		for _, anchor := range drawing.children {
			size := anchor.first("ext")
			if width, height := size.number("cx")/pixel, size.number("cy")/pixel; anchor.name != "oneCellAnchor" || width < 200 || height < 150 {
				p.complain(target, "a chart of %d by %d pixels in a %s", width, height, anchor.name)
			}
		}
	}
}
