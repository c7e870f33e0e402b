package reports

import (
	"context"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
)

// rows streams all rows, or those without the plain ones of the kept providers, whose recorded totals it adds.
func (g *gathering) rows(ctx context.Context, of *report.Report, standing *LastWorkbooks, visit func(*report.Row) error) error {
	if standing == nil {
		return of.Rows(ctx, visit)
	}
	if err := g.rowsAnew(ctx, of, standing, visit); err != nil {
		return err
	}
	for _, agb := range layout.SortedKeys(g.kept) {
		known := g.kept[agb]
		g.made.Providers[agb] = known
		g.addParts(agb, known.Parts)
		if !g.quiet {
			continue // quiet rows were read
		}
		g.addParts(agb, known.Quiet)
		if err := g.exceptions.Take(agb, known.Noted); err != nil {
			return err
		}
	}
	return nil
}

// rowsAnew streams the rows whose totals were not recorded. If those are the majority, all rows are read in order, which is
// faster than looking each of them up.
func (g *gathering) rowsAnew(ctx context.Context, of *report.Report, standing *LastWorkbooks, visit func(*report.Row) error) error {
	all, kept := 0, 0
	for agb, known := range standing.Made.Providers {
		rows := known.rows()
		if all += rows; g.kept[agb] != nil {
			kept += rows
		}
	}
	if kept < all/2 {
		return of.Rows(ctx, func(row *report.Row) error {
			if g.kept[row.ReturnTo] != nil && (row.IsPlain() || g.quiet && row.IsQuiet()) {
				return ctx.Err()
			}
			return visit(row)
		})
	}
	anew := make(map[string]bool)
	for i := range of.Book.Providers {
		anew[of.Book.Providers[i].AGB] = true
	}
	for _, agb := range standing.Touched {
		anew[agb] = true
	}
	for agb := range standing.Made.Providers {
		anew[agb] = true
	}
	for agb := range g.kept {
		delete(anew, agb)
	}
	return of.RowsOf(ctx, slices.Sorted(maps.Keys(anew)), g.quiet, visit)
}

// rows returns the number of rows whose totals are recorded.
func (p *MadeProvider) rows() int {
	count := 0
	for _, parts := range []map[string]*month.Part{p.Parts, p.Quiet} {
		for _, part := range parts {
			count += part.Fresh.Rows + part.Before.Rows
		}
	}
	return count
}

// addParts adds the recorded totals of rows that are not read.
func (g *gathering) addParts(agb string, parts map[string]*month.Part) {
	for code, part := range parts {
		g.region.AddPart(agb, part)
		g.municipality(code).Party.AddPart(part)
		g.provider(agb).Party.AddPart(part)
	}
}
