package layout

import (
	"slices"

	"github.com/pxq-nl/pxq/exporters/workbook"
)

// Column is one column of a table of T: its heading in Dutch, its width in characters (0 on a page, which sets the widths
// itself), its format, and a function that returns the cell of a value.
type Column[T any] struct {
	Heading string
	Width   float64
	Format  workbook.Format
	Cell    func(*View, T) workbook.Value

	sum, input, kept, stretch bool
	choices                   []string
	alarm                     string
}

// Col returns a column.
func Col[T any](heading string, width float64, format workbook.Format, cell func(*View, T) workbook.Value) Column[T] {
	return Column[T]{Heading: heading, Width: width, Format: format, Cell: cell}
}

// Summed returns the column with a total.
func (c Column[T]) Summed() Column[T] {
	c.sum = true
	return c
}

// HasSum reports whether the column has a total.
func (c Column[T]) HasSum() bool { return c.sum }

// Kept returns the column with its heading in Dutch in every language, because it is read back.
func (c Column[T]) Kept() Column[T] {
	c.kept = true
	return c
}

// ToFillIn returns the column as an input column; if there are choices, only those can be filled in.
func (c Column[T]) ToFillIn(choices ...string) Column[T] {
	c.input, c.choices = true, choices
	return c
}

// Alarmed returns the column with a formula that marks a cell where it is true; see workbook.Column.
func (c Column[T]) Alarmed(formula string) Column[T] {
	c.alarm = formula
	return c
}

// Stretched returns the column extended to the edge of its page; it must be the last one.
func (c Column[T]) Stretched() Column[T] {
	c.stretch = true
	return c
}

// Renamed returns the column with another heading, wide enough for it.
func (c Column[T]) Renamed(heading string) Column[T] {
	c.Heading, c.Width = heading, max(c.Width, float64(len(heading)+3))
	return c
}

// Widened returns the column with another width.
func (c Column[T]) Widened(width float64) Column[T] {
	c.Width = width
	return c
}

// Of returns a column of T for use in a table of U, in which each row has at most one T: where of returns nil the cell is
// empty. The column has no total there, since the same T may be in several rows.
func Of[T, U any](c Column[*T], of func(U) *T) Column[U] {
	return Column[U]{Heading: c.Heading, Width: c.Width, Format: c.Format, kept: c.kept, Cell: func(v *View, value U) workbook.Value {
		if one := of(value); one != nil {
			return c.Cell(v, one)
		}
		return workbook.None()
	}}
}

// ColumnsOf returns the columns as a sheet has them.
func ColumnsOf[T any](v *View, columns []Column[T]) []workbook.Column {
	shown := make([]workbook.Column, len(columns))
	for i, c := range columns {
		heading := c.Heading
		if !c.kept {
			heading = v.Say(heading)
		}
		shown[i] = workbook.Column{
			Heading: heading, Width: c.Width, Format: c.Format, Sum: c.sum, Input: c.input, Choices: c.choices, Alarm: c.alarm, Stretch: c.stretch,
		}
	}
	return shown
}

// CellsOf returns the cells of one row.
func CellsOf[T any](v *View, columns []Column[T], value T) []workbook.Value {
	cells := make([]workbook.Value, len(columns))
	for i := range columns {
		cells[i] = columns[i].Cell(v, value)
	}
	return cells
}

// AddAt adds a row to a table at a place, and returns its cells, which are valid until the next row is added.
func AddAt[T any](rows *workbook.Rows, place int64, v *View, columns []Column[T], value T) []workbook.Value {
	cells := rows.Cells(len(columns))
	for i := range columns {
		cells[i] = columns[i].Cell(v, value)
	}
	rows.AddAt(place, cells...)
	return cells
}

// BlockOf returns the rows of a small table.
func BlockOf[T any](v *View, columns []Column[T], values []T) [][]workbook.Value {
	rows := make([][]workbook.Value, len(values))
	for i, value := range values {
		rows[i] = CellsOf(v, columns, value)
	}
	return rows
}

// HeadingsOf returns the headings of columns, in Dutch.
func HeadingsOf[T any](columns []Column[T]) []string {
	headings := make([]string, len(columns))
	for i := range columns {
		headings[i] = columns[i].Heading
	}
	return headings
}

// IndexOf returns the index of a column, found by its heading; -1 if it is not among columns.
func IndexOf[T any](columns []Column[T], column Column[T]) int {
	return slices.IndexFunc(columns, func(c Column[T]) bool { return c.Heading == column.Heading })
}

// SumUnder returns the sum of a column of a table, found by its heading; it must be among columns.
func SumUnder[T any](rows *workbook.Rows, columns []Column[T], column Column[T]) int64 {
	return rows.Sum(IndexOf(columns, column))
}
