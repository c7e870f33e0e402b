// Package regio plans regio.xlsx: what the region has to pay to whom and when, totals with charts, comparison with
// earlier periods, ceilings, the quality of deliveries, and the reconciliation. It holds no client and no record.
package regio
