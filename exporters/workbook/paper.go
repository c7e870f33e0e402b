package workbook

// A4 landscape within the margins of setUp, in points.
const (
	paperWidth  = 11.69*72 - 2*sideMargin*72
	paperHeight = 8.27*72 - 2*topMargin*72
)

// What programs differ in how large they draw the same page. Where Calibri is missing a program takes another font, and
// makes columns as many times wider as its digits are: DejaVu Sans, the widest in use, 1.25 times.
const (
	widthSlack  = 0.70
	heightSlack = 0.97
)

// paper knows where the printer begins a new sheet of paper, so that what belongs together stays together. A page of
// the workbook is printed at a fixed scale: spreadsheet programs ignore breaks where they fit the width themselves.
type paper struct {
	scale uint    // in percents
	room  float64 // for rows on one sheet of paper, in points of the page
	used  float64
}

// newPaper returns the paper of a page with columns of these widths.
func newPaper(widths []float64) paper {
	scale := 100.0
	if width := points(widths); width > 0 {
		scale = min(scale, 100*widthSlack*paperWidth/width)
	}
	p := paper{scale: max(10, uint(scale))}
	p.room = paperHeight * heightSlack * 100 / float64(p.scale)
	return p
}

// points returns the width of columns.
func points(widths []float64) float64 {
	sum := 0.0
	for _, width := range widths {
		sum += float64(pixels(width)) * 0.75
	}
	return sum
}

// pixels returns the width of a column on the screen: seven for a digit, and five around them.
func pixels(width float64) int { return int(width*7) + 5 }

// add takes up the height of a row; a height of 0 is that of a line.
func (p *paper) add(height float64) {
	if height == 0 {
		height = lineHeight
	}
	if p.used+height > p.room {
		p.used = titleHeight // it is repeated
	}
	p.used += height
}

// breakBefore reports whether something of that height should begin on a new sheet of paper, and then begins it.
func (p *paper) breakBefore(height float64) bool {
	if p.used+height <= p.room || p.used <= titleHeight || height > p.room-titleHeight && p.used < p.room/2 {
		return false // it fits, or it will not fit on the next one either
	}
	p.used = titleHeight
	return true
}
