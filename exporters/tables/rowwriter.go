package tables

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
)

// The formats of the exports for other programs.
const (
	CSV  = "csv"
	JSON = "json"
)

// RowWriter writes the rows of a table one by one. Close writes what comes after the last row; it does not close the
// underlying writer.
type RowWriter interface {
	Write(cells []string) error
	Close() error
}

// NewWriter returns a writer of a table with these columns. CSV has a heading row; JSON is an array of objects, one per line,
// with the columns as keys, in their order, and the texts of the CSV as values.
func NewWriter(w io.Writer, format string, columns []string) (RowWriter, error) {
	switch format {
	case CSV:
		writer := csv.NewWriter(w)
		return &csvWriter{writer, len(columns)}, writer.Write(columns)
	case JSON:
		keys := make([][]byte, len(columns))
		for i, column := range columns {
			keys[i] = append(quote(column), ':')
		}
		return &jsonWriter{out: bufio.NewWriter(w), keys: keys}, nil
	}
	return nil, fmt.Errorf("unknown format %q: csv or json", format)
}

type csvWriter struct {
	*csv.Writer
	columns int
}

func (w *csvWriter) Write(cells []string) error {
	if len(cells) != w.columns {
		return wrongWidth(len(cells), w.columns)
	}
	return w.Writer.Write(cells)
}

func (w *csvWriter) Close() error {
	w.Flush()
	return w.Error()
}

type jsonWriter struct {
	out  *bufio.Writer
	keys [][]byte
	rows int
}

// Write checks the last error only: a bufio.Writer keeps its first one.
func (w *jsonWriter) Write(cells []string) error {
	if len(cells) != len(w.keys) {
		return wrongWidth(len(cells), len(w.keys))
	}
	before := ",\n{"
	if w.rows == 0 {
		before = "[\n{"
	}
	w.rows++
	_, _ = w.out.WriteString(before)
	for i, cell := range cells {
		if i > 0 {
			_ = w.out.WriteByte(',')
		}
		_, _ = w.out.Write(w.keys[i])
		_, _ = w.out.Write(quote(cell))
	}
	return w.out.WriteByte('}')
}

func (w *jsonWriter) Close() error {
	after := "\n]\n"
	if w.rows == 0 {
		after = "[]\n"
	}
	if _, err := w.out.WriteString(after); err != nil {
		return err
	}
	return w.out.Flush()
}

// quote returns a text as JSON, with < > and & unescaped.
func quote(text string) []byte {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // a string can always be encoded
	return bytes.TrimRight(buffer.Bytes(), "\n")
}

func wrongWidth(got, want int) error {
	return fmt.Errorf("row of %d cells in a table of %d columns", got, want)
}
