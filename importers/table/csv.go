package table

import (
	"errors"
	"io"

	"github.com/pxq-nl/pxq/importers/table/internal/csvtext"
	"github.com/pxq-nl/pxq/importers/table/internal/source"
)

// csvFile holds what is known of a CSV file before its rows are read.
type csvFile struct {
	content   *source.Content
	encoding  csvtext.Encoding
	delimiter byte
	separator bool // the first line only names the delimiter
	meter     *meter
}

// openCSV determines the encoding and the delimiter of the file. It reads the
// whole file, because only accented letters, wherever they are, reveal the
// encoding.
func (f *File) openCSV() error {
	f.csv = &csvFile{content: f.content, meter: f.meter}
	var err error
	f.csv.encoding, err = csvtext.FindEncoding(f.csv.raw(), f.content.Size())
	var not *csvtext.NotText
	switch {
	case errors.As(err, &not) && not.Encoding == "":
		return newProblem("csv-nul", not.Offset)
	case errors.As(err, &not):
		return newProblem("csv-encoding", not.Encoding, not.Offset)
	case err != nil:
		return err
	}
	head, err := io.ReadAll(io.LimitReader(f.csv.encoding.Decode(f.csv.raw()), csvtext.HeadBytes))
	if err != nil {
		return err
	}
	if err := markupProblem(head); err != nil {
		return err
	}
	f.csv.delimiter, f.csv.separator = csvtext.FindDelimiter(head)
	f.sheets = []Sheet{{}}
	return nil
}

// raw returns a reader of the bytes of the file from the beginning.
func (c *csvFile) raw() io.Reader { return io.NewSectionReader(c.content, 0, c.content.Size()) }

// rows reads all records.
func (c *csvFile) rows(counter *sheetMeter, yield func(Row) bool) error {
	parser := newCSVParser(c.delimiter, counter, yield)
	if c.separator {
		parser.skip = 1
	}
	text := c.encoding.Decode(c.meter.reader("", c.raw()))
	chunk := make([]byte, min(csvChunkBytes, c.content.Size()+1))
	for {
		n, err := text.Read(chunk)
		var bad error
		if n > 0 {
			bad = parser.feed(chunk[:n])
		}
		if bad == nil && errors.Is(err, io.EOF) {
			return parser.place(parser.finish())
		}
		if bad == nil {
			bad = err
		}
		if bad != nil {
			return parser.place(bad)
		}
	}
}

// csvChunkBytes is how much of a file is read at a time.
const csvChunkBytes = 64 << 10

// Delimit sets the delimiter of a CSV file, replacing the one that was detected.
// It has no effect on a workbook.
func (f *File) Delimit(mark byte) {
	if f.csv != nil {
		f.csv.delimiter, f.csv.separator = mark, false
	}
}
