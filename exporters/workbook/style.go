package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Format is the number format of the values in a column. The codes are those of the file format: a Dutch spreadsheet
// program shows € 1.234,50 and 31-10-2026.
type Format uint8

// The formats.
const (
	Plain    Format = iota // text that stays text when it is edited: codes, numbers with leading zeros
	Wrapped                // text on as many lines as it needs
	Typed                  // wrapped text that stays text when it is edited, also when it looks like a formula or a date
	Whole                  // 1.234
	Euro                   // € 1.234,50
	Quantity               // 1.234,50: hours or day-parts
	Number                 // as it was written
	DayOf                  // 31-10-2026
	MonthOf                // okt 2026, in the language of the workbook
	TimeOf                 // 09:05
	Percent                // 95 %
	Faulty                 // a number of faults: 3 fout
	RowCount               // 1.234 regels
	formatsEnd
)

var formatCodes = [formatsEnd]string{
	Plain: "@", Wrapped: "General", Typed: "@", Whole: "#,##0", Euro: `"€" #,##0.00;"€" -#,##0.00`, Quantity: "#,##0.00", Number: "General",
	DayOf: "dd-mm-yyyy", MonthOf: "mmm yyyy", TimeOf: "hh:mm", Percent: `0" %"`,
	Faulty: `0" ✗"`, RowCount: "#,##0", // followed by a word from codeOf
}

// wraps reports whether text is wrapped.
func (f Format) wraps() bool { return f == Wrapped || f == Typed }

// isNumber reports whether the format is that of a number, which is aligned right.
func (f Format) isNumber() bool { return f >= Whole && f != DayOf && f != MonthOf && f != TimeOf }

// Look is the purpose of a cell, which determines its style. None is recognised by colour alone: each has a text, a border
// or bold type as well.
type Look uint8

// The looks. Cells in the rows of a table have one of those before Total.
const (
	Normal     Look = iota
	Wrong           // something was found in this cell
	Input           // to be filled in
	Strong          // an outcome that needs attention
	Rejection       // the code of a rule that rejects
	Holding         // the code of a rule that holds
	Signalling      // the code of a rule that only signals
	Total
	Heading
	Filtered // a heading with room for the button of a filter
	Label
	Title
	Banner // VOORLOPIG and the like
	Chapter
	Link
	Muted
	Big       // the numbers that matter most
	Voluntary // the heading of an optional column
)

// The house colours.
const (
	inkDark   = "1B365D" // titles and headings
	inkSoft   = "5F6B7A"
	inkWrong  = "8C1C13"
	inkLink   = "1F5FA8"
	fillHead  = "1B365D"
	fillMay   = "DCE4EF"
	fillTotal = "E8EDF4"
	fillWrong = "FBE3E0"
	fillInput = "FFFBE0"
	fillWarn  = "FFE8A3"
	lineSoft  = "C5CEDA"
	white     = "FFFFFF"
)

// bannerWidth is the width over which the notice of a table extends.
const bannerWidth = 90

// noticeLook returns the look of the notice under a title.
func (b *Book) noticeLook() Look {
	if b.head.Words.Draft == "" {
		return Muted
	}
	return Banner
}

// styleKey identifies a style within a workbook.
type styleKey struct {
	format Format
	look   Look
	atTop  bool // vertical alignment, for rows of many lines; else in the middle
}

// style returns the style of a cell, which is created when it is first needed.
func (b *Book) style(format Format, look Look) (int, error) { return b.styleAt(format, look, false) }

func (b *Book) styleAt(format Format, look Look, atTop bool) (int, error) {
	key := styleKey{format, look, atTop}
	if id, ok := b.styles[key]; ok {
		return id, nil
	}
	style := styleOf(key)
	if code := b.codeOf(format); code != "" {
		style.CustomNumFmt = &code
	}
	id, err := b.file.NewStyle(style)
	if err == nil {
		b.styles[key] = id
	}
	return id, err
}

// codeOf returns the code of a format that depends on the words of the workbook's language, else "".
func (b *Book) codeOf(format Format) string {
	words := b.head.Words
	switch {
	case format == MonthOf && b.head.Language == "en":
		return "[$-409]" + formatCodes[MonthOf]
	case format == MonthOf:
		return "[$-413]" + formatCodes[MonthOf]
	case format == Faulty && words.Fault != "":
		return fmt.Sprintf(`[=0]"✓ 0 %[1]s";0" %[1]s"`, words.Fault)
	case format == RowCount && words.Rows != "":
		return fmt.Sprintf(`#,##0" %s"`, words.Rows)
	}
	return ""
}

func styleOf(key styleKey) *excelize.Style {
	format, look := key.format, key.look
	code, vertical := formatCodes[format], "center"
	if key.atTop {
		vertical = "top"
	}
	style := &excelize.Style{
		CustomNumFmt: &code, Font: font(0, "", false),
		Alignment:  &excelize.Alignment{Vertical: vertical, Horizontal: "left", Indent: 1, WrapText: format.wraps()},
		Protection: &excelize.Protection{Locked: look != Input},
	}
	if format.isNumber() {
		style.Alignment.Horizontal, style.Alignment.Indent = "right", 0
	}
	switch look {
	case Wrong:
		style.Fill, style.Font, style.Border = fill(fillWrong), font(0, inkWrong, true), box(inkWrong)
	case Input:
		style.Fill, style.Border = fill(fillInput), box(lineSoft)
	case Rejection:
		style.Fill, style.Font = fill(fillWrong), font(0, inkWrong, true)
	case Holding:
		style.Fill, style.Font = fill(fillWarn), font(0, "", true)
	case Signalling:
		style.Fill, style.Font = fill(fillMay), font(0, inkDark, false)
	case Strong, Label:
		style.Font = font(0, "", true)
	case Total:
		style.Fill, style.Font = fill(fillTotal), font(0, "", true)
		style.Border = []excelize.Border{{Type: "top", Style: 1, Color: inkDark}, {Type: "bottom", Style: 1, Color: inkDark}}
	case Heading, Filtered:
		style.Fill, style.Font = fill(fillHead), font(0, white, true)
		style.Alignment.WrapText = true
		if look == Filtered && format.isNumber() {
			style.Alignment.Indent = 2
		}
	case Voluntary:
		style.Fill, style.Font, style.Border = fill(fillMay), font(0, inkDark, false), box(lineSoft)
		style.Font.Italic, style.Alignment.WrapText = true, true
	case Title:
		style.Font, style.Alignment.Indent = font(18, inkDark, true), 0
	case Banner:
		style.Fill, style.Font, style.Alignment.Indent = fill(fillWarn), font(0, "", true), 0
	case Chapter:
		style.Font, style.Alignment.Indent = font(13, inkDark, true), 0
	case Link:
		style.Font = font(0, inkLink, false)
		style.Font.Underline = "single"
	case Muted:
		style.Font, style.Alignment.Indent = font(0, inkSoft, false), 0
	case Big:
		style.Font = font(14, inkDark, true)
	}
	return style
}

// alarmStyle returns the style that marks a cell for which a formula found a fault.
func (b *Book) alarmStyle() (int, error) {
	return b.file.NewConditionalStyle(&excelize.Style{Fill: fill(fillWrong), Font: &excelize.Font{Bold: true, Color: inkWrong}, Border: box(inkWrong)})
}

func font(size float64, colour string, bold bool) *excelize.Font {
	if size == 0 {
		size = 11
	}
	return &excelize.Font{Family: "Calibri", Size: size, Color: colour, Bold: bold}
}

func fill(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

func box(colour string) []excelize.Border {
	sides := make([]excelize.Border, 0, 4)
	for _, side := range [...]string{"left", "right", "top", "bottom"} {
		sides = append(sides, excelize.Border{Type: side, Style: 1, Color: colour})
	}
	return sides
}
