package workbook

// Joined returns a table of the rows of others, one after the other, without their notes. They are read from where they
// are, unless they are too many for one sheet.
func (s *Spool) Joined(tables ...*Rows) (*Rows, error) {
	all := s.Rows()
	count := 0
	for _, table := range tables {
		count += table.Len()
	}
	if count > s.SheetRows {
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

// eachJoined visits the rows of the tables that are joined.
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

// join keeps of the rows of another part what count keeps of a row.
func (p *part) join(other *part) {
	p.rows += other.rows
	p.grow(len(other.sums))
	for i := range other.sums {
		p.sums[i] += other.sums[i]
		p.looks[i] |= other.looks[i]
		p.widest[i] = max(p.widest[i], other.widest[i])
		if other.most[i].number != 0 { // there are numbers
			p.kinds[i] = other.kinds[i]
			p.noteMost(i, &other.most[i])
		}
	}
}
