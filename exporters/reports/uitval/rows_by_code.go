package uitval

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// rowsByCode holds rows about findings by code, until their order is known.
type rowsByCode struct {
	spool  *workbook.Spool
	sparse int // low bits of their places that do not number rows: see workbook.Rows.Sparse
	rows   map[billing.Code]*workbook.Rows
}

func newRowsByCode(spool *workbook.Spool, sparse int) rowsByCode {
	return rowsByCode{spool, sparse, make(map[billing.Code]*workbook.Rows)}
}

// of returns the rows with one code.
func (r *rowsByCode) of(code billing.Code) *workbook.Rows {
	if r.rows[code] == nil {
		r.rows[code] = r.spool.Rows().Sparse(r.sparse)
	}
	return r.rows[code]
}

// count returns the number of rows with any code.
func (r *rowsByCode) count() int {
	count := 0
	for _, rows := range r.rows {
		count += rows.Len()
	}
	return count
}

// inOrder returns codes in the order of their rows: those in first, the others sorted, those in last.
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
