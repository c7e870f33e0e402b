package workbook

// Section is a part of a page that is kept on one sheet of paper where it fits: a title, a small table, a chart of it.
type Section struct {
	Title   string
	Columns []Column
	Rows    [][]Value
	Total   string // as that of a block
	Chart   *Chart // nil for none
}

// chapterHeight is the height of the title of a part of a page.
const chapterHeight = 21.0

// barsMin is the fewest bars that a chart is drawn of: one says nothing that its number does not say.
const barsMin = 2

// bars counts the bars that a chart of the section has.
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

// Section writes a section. Its chart is left out when there is too little to draw.
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

// Lines begins a part of the page that is kept on one sheet of paper where it fits: so many lines under a title.
func (p *Page) Lines(title string, count int) {
	p.together(lineHeight + chapterHeight + float64(count)*lineHeight)
	p.Chapter(title)
}

// together begins a new sheet of paper when what comes would not fit on this one.
func (p *Page) together(height float64) {
	if p.paper.breakBefore(height) && p.err == nil {
		p.keep(p.book.file.InsertPageBreak(p.sheet, cellName(0, p.Next()+1))) // below the empty line that a chapter begins with
	}
}

// heightOfSection is how much paper a section takes.
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

// widthFrom returns how many pixels there are from a column to the edge of the page.
func (p *Page) widthFrom(column int) int {
	sum := 0
	for _, width := range p.widths[min(column, len(p.widths)):] {
		sum += pixels(width)
	}
	return sum
}
