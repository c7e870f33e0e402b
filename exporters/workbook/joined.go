package workbook

import "math"

// Joined returns a table of the rows of the given tables, one table after the other, without their notes. The rows are read
// from those tables; they are copied only if they do not fit on one sheet.
func (s *Spool) Joined(tables ...*Rows) (*Rows, error) {
	all := s.Rows()
	if lenOf(tables) > s.SheetRows {
		add := func(row []Value) error {
			all.Add(row...)
			return nil
		}
		for _, table := range tables {
			if err := table.eachPart(add); err != nil {
				return nil, err
			}
		}
		return all, all.err
	}
	all.joined = tables
	for _, table := range tables {
		for _, part := range table.parts {
			all.parts[0].join(part)
		}
	}
	return all, nil
}

func lenOf(tables []*Rows) int {
	count := 0
	for _, table := range tables {
		count += table.Len()
	}
	return count
}

// eachJoined visits the rows of the joined tables.
func (r *Rows) eachJoined(visit func(row []Value) error) error {
	for _, table := range r.joined {
		if err := table.eachPart(visit); err != nil {
			return err
		}
	}
	return nil
}

// eachPart visits the rows of all parts.
func (r *Rows) eachPart(visit func(row []Value) error) error {
	for _, part := range r.parts {
		if err := r.each(part, visit); err != nil {
			return err
		}
	}
	return nil
}

// join adds the totals of another part, as count does for one row.
func (p *part) join(other *part) {
	p.rows += other.rows
	p.grow(len(other.sums))
	for i := range other.sums {
		p.sums[i] += other.sums[i]
		p.looks[i] |= other.looks[i]
		p.widest[i] = max(p.widest[i], other.widest[i])
		if other.most[i].number != 0 { // the column has numbers
			p.kinds[i] = other.kinds[i]
			p.noteMost(i, &other.most[i])
		}
	}
}

// Place is the place of a row in a sheet that was written earlier.
type Place struct {
	Place int64
	Taken bool // the row is copied; else it is left out
}

// Kind holds the rows of one kind in a merged table.
type Kind struct {
	Rows    *Rows   // new rows, each with its place; nil for none
	Earlier []Place // all rows of the kind in the earlier sheet, in their order
}

// Merged is a table of rows kind by kind, in which new rows are merged with rows copied from a sheet that was written earlier.
// Once it is written, Places and Styles describe the sheet, so that a later one can copy from it.
type Merged struct {
	Places [][]int64 // of the rows written, by kind; nil if they did not fit on one sheet
	Styles [][]int

	kinds   []Kind
	earlier *EarlierSheet // nil for none
}

// Merge returns the table of these rows. If they do not fit on one sheet there is nothing to merge with: it then returns
// ErrEarlierDiffers if rows would be copied, else the new rows alone.
func (s *Spool) Merge(kinds []Kind, earlier *EarlierSheet) (*Rows, *Merged, error) {
	var tables []*Rows
	for _, kind := range kinds {
		if kind.Rows != nil {
			tables = append(tables, kind.Rows)
		}
	}
	taken := &part{}
	if earlier != nil {
		for _, shape := range earlier.Shapes {
			taken.join(&shape.part)
		}
	}
	onOneSheet := lenOf(tables)+taken.rows <= s.SheetRows
	if !onOneSheet && taken.rows > 0 {
		return nil, nil, ErrEarlierDiffers
	}
	merged := &Merged{kinds: kinds, earlier: earlier}
	all, err := s.Joined(tables...)
	if err == nil && onOneSheet {
		all.parts[0].join(taken)
		all.merged = merged
	}
	return all, merged, err
}

// write writes the rows. It returns ErrEarlierDiffers if the earlier sheet does not have the expected rows or styles.
func (m *Merged) write(body *bodyWriter) error {
	m.Styles, m.Places = make([][]int, len(body.cells)), make([][]int64, len(m.kinds))
	for i := range body.cells {
		m.Styles[i] = body.cells[i][:]
	}
	var source *sheetReader
	if m.earlier != nil {
		if !m.looksTheSame() {
			return ErrEarlierDiffers
		}
		var err error
		if source, err = openSheet(m.earlier.Path, m.earlier.Sheet); err != nil {
			return err
		}
		defer source.close() //nolint:errcheck // only read
	}
	for i := range m.kinds {
		if err := m.writeKind(i, body, source); err != nil {
			return err
		}
	}
	if source != nil {
		return source.end()
	}
	return nil
}

// writeKind writes the rows of one kind, new and copied ones, in the order of their places.
func (m *Merged) writeKind(number int, body *bodyWriter, source *sheetReader) error {
	earlier := m.kinds[number].Earlier
	takeBefore := func(place int64) error {
		for ; len(earlier) > 0 && earlier[0].Place < place; earlier = earlier[1:] {
			row, err := source.next()
			if err != nil {
				return err
			}
			if !earlier[0].Taken {
				continue
			}
			if err := body.take(row, source.number); err != nil {
				return err
			}
			m.Places[number] = append(m.Places[number], earlier[0].Place)
		}
		return nil
	}
	if fresh := m.kinds[number].Rows; fresh != nil {
		var values []Value
		err := fresh.eachInOrder(func(place int64, row []byte) error {
			if err := takeBefore(place); err != nil {
				return err
			}
			reader := rowReader{row, true}
			if values = reader.row(values); !reader.ok {
				return errSpool
			}
			m.Places[number] = append(m.Places[number], place)
			return body.write(values)
		})
		if err != nil {
			return err
		}
	}
	return takeBefore(math.MaxInt64)
}

// looksTheSame reports whether the copied rows would get the same styles now.
func (m *Merged) looksTheSame() bool {
	for _, shape := range m.earlier.Shapes {
		for i, looks := range shape.part.looks {
			if i >= len(m.Styles) || i >= len(m.earlier.Styles) || len(m.earlier.Styles[i]) != len(m.Styles[i]) {
				return false
			}
			for look := range m.Styles[i] {
				if looks&(1<<look) != 0 && m.Styles[i][look] != m.earlier.Styles[i][look] {
					return false
				}
			}
		}
	}
	return true
}
