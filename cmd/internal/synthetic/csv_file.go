package synthetic

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"

	"golang.org/x/text/encoding/charmap"

	"github.com/pxq-nl/pxq/billing"
)

// csv writes a submission as CSV.
func (s *submission) csv(ctx context.Context) ([]byte, error) {
	way := s.maker.way
	var raw bytes.Buffer
	var out io.Writer = &raw
	switch way.encoding {
	case windows1252:
		out = charmap.Windows1252.NewEncoder().Writer(&raw)
	case utf8BOM:
		raw.WriteString("\ufeff")
	}
	writer := csv.NewWriter(out)
	writer.Comma, writer.UseCRLF = way.separator, true
	for _, cells := range append(s.above(), s.headings()) {
		if err := writer.Write(texts(cells)); err != nil {
			return nil, err
		}
	}
	count, sum := 0, 0.0
	err := s.rows(billing.NoUnit, func(r *row) error {
		if count++; count%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		sum += float64(r.quantity) / 6000
		return writer.Write(texts(s.cells(r, 0)))
	})
	if err == nil && way.totals {
		err = writer.Write(texts(s.total(sum)))
	}
	if err != nil {
		return nil, err
	}
	writer.Flush()
	return raw.Bytes(), writer.Error()
}

// texts returns the cells of a CSV row, which its way writes as text already. An empty row is one empty cell.
func texts(cells []cell) []string {
	row := make([]string, max(1, len(cells)))
	for i := range cells {
		row[i] = cells[i].text
	}
	return row
}
