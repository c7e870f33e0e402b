package uitval

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// rowsByCode are rows about findings, kept by code until their order is known.
type rowsByCode struct {
	spool  *workbook.Spool
	sparse int // bits of their places that say something else
	rows   map[billing.Code]*workbook.Rows
}

func newRowsByCode(spool *workbook.Spool, sparse int) rowsByCode {
	return rowsByCode{spool, sparse, make(map[billing.Code]*workbook.Rows)}
}

// of returns the rows of one kind.
func (r *rowsByCode) of(code billing.Code) *workbook.Rows {
	if r.rows[code] == nil {
		r.rows[code] = r.spool.Rows().Sparse(r.sparse)
	}
	return r.rows[code]
}

// count is how many rows there are of all kinds.
func (r *rowsByCode) count() int {
	count := 0
	for _, rows := range r.rows {
		count += rows.Len()
	}
	return count
}

// inOrder returns codes in the order of their rows: the first kinds, the others in the order of their codes, the last kinds.
func inOrder(codes []billing.Code, first, last []billing.Code) []billing.Code {
	order := slices.Clone(first)
	slices.Sort(codes)
	for _, code := range slices.Compact(codes) {
		if !slices.Contains(first, code) && !slices.Contains(last, code) {
			order = append(order, code)
		}
	}
	return append(order, last...)
}
