package table

import (
	"fmt"
	"io"
	"strconv"
)

// Limits are the bounds beyond which a file is refused, so that a small file
// that unpacks to an enormous one cannot exhaust the machine.
type Limits struct {
	Unpacked int64 // bytes of content that may be read out of the file in all
	Rows     int   // rows in the file, over all its sheets, empty ones too
}

// DefaultLimits are far above what a provider sends in a month.
func DefaultLimits() Limits {
	return Limits{Unpacked: 1 << 30, Rows: 2_000_000}
}

// sizeOf writes a number of bytes as people do.
func sizeOf(bytes int64) string {
	for _, unit := range []struct {
		name string
		size int64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}} {
		if bytes >= unit.size && bytes%unit.size == 0 {
			return fmt.Sprintf("%d %s", bytes/unit.size, unit.name)
		}
	}
	return fmt.Sprintf("%d bytes", bytes)
}

// grouped writes a number with marks between its thousands.
func grouped(number int) phrase {
	digits := strconv.Itoa(number)
	text := phrase{digits, digits}
	for at := len(digits) - 3; at > 0; at -= 3 {
		text.dutch = text.dutch[:at] + "." + text.dutch[at:]
		text.english = text.english[:at] + "," + text.english[at:]
	}
	return text
}

// Bounds that do not depend on the user.
const (
	entriesMax       = 10_000   // parts in a workbook's zip
	rowsInSheetMax   = 1 << 20  // what a spreadsheet program can show
	columnsMax       = 1 << 14  // columns A to XFD
	textBytesMax     = 1 << 20  // one cell
	rowBytesMax      = 16 << 20 // all texts of one row
	sharedStringsMax = 10_000_000
	smallPartMax     = 32 << 20 // parts that are read into memory
	depthMax         = 64       // elements inside each other
	attributesMax    = 1_000    // of one element
	tokenBytesMax    = 16 << 20 // one tag, comment or stretch of text
)

// meter counts what has been read out of a file. A part that is read twice
// counts once, so reading a sheet again does not bring a limit nearer.
type meter struct {
	limits   Limits
	unpacked map[string]int64
	rows     map[string]int
	bytesAll int64
	rowsAll  int
}

func newMeter(limits Limits) *meter {
	return &meter{limits: limits, unpacked: map[string]int64{}, rows: map[string]int{}}
}

// addRow notes that part has at least count rows.
func (m *meter) addRow(part string, count int) error {
	if count <= m.rows[part] {
		return nil
	}
	m.rows[part] = count
	m.rowsAll++
	if m.rowsAll > m.limits.Rows {
		return newProblem("too-many-rows", grouped(m.limits.Rows))
	}
	return nil
}

// reader counts the bytes that are read from r while they are read: what a zip
// says beforehand about its sizes need not be true.
func (m *meter) reader(part string, r io.Reader) io.Reader {
	return &meteredReader{meter: m, part: part, source: r, counted: m.unpacked[part]}
}

type meteredReader struct {
	meter   *meter
	part    string
	source  io.Reader
	read    int64
	counted int64
}

func (r *meteredReader) Read(p []byte) (int, error) {
	n, err := r.source.Read(p)
	r.read += int64(n)
	if r.read > r.counted {
		r.meter.bytesAll += r.read - r.counted
		r.counted = r.read
		r.meter.unpacked[r.part] = r.read
		if r.meter.bytesAll > r.meter.limits.Unpacked {
			return 0, newProblem("too-big", sizeOf(r.meter.limits.Unpacked))
		}
	}
	return n, err
}
