package workbook

// Section is a part of a page, kept on one sheet of paper where it fits: a title, a small table, and a chart of it.
type Section struct {
	Title   string
	Columns []Column
	Rows    [][]Value
	Total   string // label of a row of totals, "" for none: see Page.Block
	Chart   *Chart // nil for none
}

// chapterHeight is the height of the title of a section, in points.
const chapterHeight = 21.0

// barsMin is the least number of bars for a chart: a single one shows no more than its number does.
const barsMin = 2

// bars returns the number of bars in the chart of the section.
func (s *Section) bars() int {
	count := 0
	for _, row := range s.Rows[:len(s.Rows)-s.Chart.NotDrawn] {
		for _, column := range s.Chart.Values {
			if row[column].number != 0 {
				count++
			}
		}
	}
	return count
}

// Section writes a section. Its chart is left out if there is too little to draw.
func (p *Page) Section(section *Section) {
	s := *section
	if s.Chart != nil && s.bars() < barsMin {
		s.Chart = nil
	}
	p.section(&s)
}

func (p *Page) section(s *Section) {
	p.together(p.heightOfSection(s))
	p.Chapter(s.Title)
	heading := p.Next()
	p.Block(s.Columns, s.Rows, s.Total)
	if s.Chart == nil {
		return
	}
	table := span{heading, heading + 1, heading + len(s.Rows) - s.Chart.NotDrawn}
	if !s.Chart.Beside {
		p.Skip()
		p.draw(s, table, place{column: 0, row: p.Next(), width: chartWidth, height: chartRows})
		p.skipRows(chartRows)
		return
	}
	at := len(s.Columns)
	p.draw(s, table, place{column: at, row: heading, width: p.widthFrom(at), height: max(chartRows, p.row-heading+1)})
	p.skipRows(heading + chartRows - p.Next())
}

// Lines starts a section that is kept on one sheet of paper where it fits: a title with the given number of lines under it.
func (p *Page) Lines(title string, count int) {
	p.together(lineHeight + chapterHeight + float64(count)*lineHeight)
	p.Chapter(title)
}

// together starts a new sheet of paper if the given height does not fit on this one.
func (p *Page) together(height float64) {
	if p.paper.breakBefore(height) && p.err == nil {
		p.keep(p.book.file.InsertPageBreak(p.sheet, cellName(0, p.Next()+1))) // below the empty row that a section starts with
	}
}

// heightOfSection returns the height of a section in points.
func (p *Page) heightOfSection(s *Section) float64 {
	chart := 0.0
	if s.Chart != nil {
		chart = (chartRows + 1) * lineHeight
	}
	table := headingHeight
	widths := p.wrapped(s.Columns)
	for _, row := range s.Rows {
		table += max(lineHeight, heightOf(row, widths))
	}
	if s.Total != "" {
		table += lineHeight
	}
	if s.Chart != nil && s.Chart.Beside {
		return lineHeight + chapterHeight + max(table, chart)
	}
	return lineHeight + chapterHeight + table + chart
}

// skipRows leaves rows empty.
func (p *Page) skipRows(count int) {
	for range max(0, count) {
		p.Skip()
	}
}

// widthFrom returns the width in pixels from a column to the right edge of the page.
func (p *Page) widthFrom(column int) int {
	sum := 0
	for _, width := range p.widths[min(column, len(p.widths)):] {
		sum += pixels(width)
	}
	return sum
}
