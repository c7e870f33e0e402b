package workbook

// The printable area of A4 landscape, within the margins of setUp, in points.
const (
	paperWidth  = 11.69*72 - 2*sideMargin*72
	paperHeight = 8.27*72 - 2*topMargin*72
)

// The parts of the paper that are used, because programs draw the same page at different sizes. Where Calibri is missing a
// program takes another font and widens columns in proportion to its digits: 1.25 times for DejaVu Sans, the widest in use.
const (
	widthSlack  = 0.70
	heightSlack = 0.97
)

// paper tracks where the printer starts a new sheet of paper, so that what belongs together stays together. A page of the
// workbook is printed at a fixed scale: spreadsheet programs ignore page breaks when they fit the width themselves.
type paper struct {
	scale uint    // in percent
	room  float64 // height for rows on one sheet of paper, in points before scaling
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

// points returns the total width of columns in points.
func points(widths []float64) float64 {
	sum := 0.0
	for _, width := range widths {
		sum += float64(pixels(width)) * 0.75
	}
	return sum
}

// pixels returns the width of a column on the screen: seven pixels per digit, and five of padding.
func pixels(width float64) int { return int(width*7) + 5 }

// add uses up the height of a row; a height of 0 is that of one line.
func (p *paper) add(height float64) {
	if height == 0 {
		height = lineHeight
	}
	if p.used+height > p.room {
		p.used = titleHeight // the title row is repeated
	}
	p.used += height
}

// breakBefore reports whether something of that height should start on a new sheet of paper, and if so starts one.
func (p *paper) breakBefore(height float64) bool {
	if p.used+height <= p.room || p.used <= titleHeight || height > p.room-titleHeight && p.used < p.room/2 {
		return false // it fits, or it will not fit on the next one either
	}
	p.used = titleHeight
	return true
}
