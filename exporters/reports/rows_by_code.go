package reports

import (
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// kinds are rows about findings, kept by code until their order is known.
type kinds struct {
	spool *workbook.Spool
	rows  map[billing.Code]*workbook.Rows
}

func newKinds(spool *workbook.Spool) kinds {
	return kinds{spool, make(map[billing.Code]*workbook.Rows)}
}

// of gives the rows of one kind.
func (k *kinds) of(code billing.Code) *workbook.Rows {
	if k.rows[code] == nil {
		k.rows[code] = k.spool.Rows()
	}
	return k.rows[code]
}

// count is how many rows there are of all kinds.
func (k *kinds) count() int {
	count := 0
	for _, rows := range k.rows {
		count += rows.Len()
	}
	return count
}

// table gives all rows kind by kind: the first kinds, the others in the order of their codes, the last kinds.
func (k *kinds) table(first, last []billing.Code) (*workbook.Rows, error) {
	order := slices.Clone(first)
	for _, code := range slices.Sorted(maps.Keys(k.rows)) {
		if !slices.Contains(first, code) && !slices.Contains(last, code) {
			order = append(order, code)
		}
	}
	all := k.spool.Rows()
	for _, code := range append(order, last...) {
		if rows := k.rows[code]; rows != nil {
			if err := all.Append(rows); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}
