package regio

import (
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
)

func (w *Workbook) municipalitySheet() layout.Sheet {
	columns := month.WithMeasures(month.KeyColumn("Code", 10), month.NameColumn("Gemeente", 34, (*layout.View).MunicipalityName),
		month.NameColumn("Gebied", 22, func(v *layout.View, code string) string { return v.AreaName(v.AreaIn(code, w.Period)) }))
	return w.GroupSheet("Gemeenten", "De declaratie per gemeente.", "tbl_gemeenten", columns, func() []month.Group {
		return w.Cube.Groups(month.Everything, func(k month.CubeKey) string { return k.Municipality })
	})
}
