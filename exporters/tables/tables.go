// Package tables writes the exports for other programs: lines, records, findings, totals and payments, as CSV or JSON.
package tables

import (
	"context"
	"io"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
)

// Stream passes values to a function one by one, in the order in which they are to be written.
type Stream[T any] func(context.Context, func(T) error) error

// Lines exports declaration lines, which must be sorted as by billing.CompareDeclared.
func Lines(ctx context.Context, w io.Writer, format string, lines Stream[*billing.DeclaredLine]) error {
	return export(ctx, w, format, LineColumns, lines, lineCells)
}

// Records exports rows, which must be sorted by provider, reference, file, sheet and row.
func Records(ctx context.Context, w io.Writer, format string, rows Stream[*report.Row]) error {
	return export(ctx, w, format, RecordColumns, rows, RecordCells)
}

// Payments exports the payments of a period.
func Payments(ctx context.Context, w io.Writer, format string, period billing.Period, payments []report.Payment) error {
	stream := func(_ context.Context, visit func(*report.Payment) error) error {
		for i := range payments {
			if err := visit(&payments[i]); err != nil {
				return err
			}
		}
		return nil
	}
	cells := func(payment *report.Payment) []string { return paymentCells(period, payment) }
	return export(ctx, w, format, paymentColumns, stream, cells)
}

func export[T any](ctx context.Context, w io.Writer, format string, columns []string, stream Stream[T], cells func(T) []string) error {
	writer, err := NewWriter(w, format, columns)
	if err != nil {
		return err
	}
	if err := stream(ctx, func(value T) error { return writer.Write(cells(value)) }); err != nil {
		return err
	}
	return writer.Close()
}
