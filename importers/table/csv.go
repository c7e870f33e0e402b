package table

import (
	"errors"
	"io"
)

// csvFile is what is known of a CSV file before its rows are read.
type csvFile struct {
	content   io.ReaderAt
	size      int64
	encoding  csvEncoding
	delimiter byte
	separator bool // the first line only names the delimiter
	meter     *meter
}

// openCSV settles how the file is to be read. The whole file is looked at for
// that: its encoding shows only where the first letter with an accent stands.
func (f *File) openCSV(content io.ReaderAt, size int64) error {
	if size > f.meter.limits.Unpacked {
		return newProblem("too-big", sizeOf(f.meter.limits.Unpacked))
	}
	encoding, err := findEncoding(io.NewSectionReader(content, 0, size), size)
	if err != nil {
		return err
	}
	f.csv = &csvFile{content: content, size: size, encoding: encoding, meter: f.meter}
	head, err := io.ReadAll(io.LimitReader(encoding.decode(io.NewSectionReader(content, 0, size)), delimiterBytes))
	if err != nil {
		return err
	}
	if err := markupProblem(head); err != nil {
		return err
	}
	f.csv.delimiter, f.csv.separator = findDelimiter(head)
	f.sheets = []Sheet{{}}
	return nil
}

// rows reads all records.
func (c *csvFile) rows(yield func(Row) bool) error {
	raw := c.meter.reader("", io.NewSectionReader(c.content, 0, c.size))
	source := c.encoding.decode(raw)
	parser := csvParser{delimiter: c.delimiter, meter: c.meter, yield: yield}
	if c.separator {
		parser.skip = 1
	}
	parser.begin()
	chunk := make([]byte, bufferBytes)
	for {
		n, err := source.Read(chunk)
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

// Delimit says which mark stands between the cells of a CSV file that allows only one, in the place of the
// one found from its heading. It means nothing for a workbook.
func (f *File) Delimit(mark byte) {
	if f.csv != nil {
		f.csv.delimiter, f.csv.separator = mark, false
	}
}
