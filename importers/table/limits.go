package table

import (
	"fmt"
	"io"
	"strconv"
)

// Limits are the bounds beyond which a file is refused, so that a small file
// that unpacks to an enormous one cannot exhaust the machine. They apply to the
// file as a whole, however its parts are named or repeated.
type Limits struct {
	Unpacked int64 // total bytes of unpacked content
	Rows     int   // total rows over all sheets, including stored empty ones
}

// DefaultLimits returns limits (1 GiB and 2 million rows) that are far above what
// a provider sends in a month.
func DefaultLimits() Limits {
	return Limits{Unpacked: 1 << 30, Rows: 2_000_000}
}

// Fixed limits.
const (
	entriesMax        = 10_000      // parts in a workbook's zip
	directoryBytesMax = 4 << 20     // bytes of the list of those parts
	sheetsMax         = 10_000      // sheets of a workbook
	stylesMax         = 1 << 17     // fonts, number formats or cell styles of a workbook
	rowsInSheetMax    = 1 << 20     // rows that a spreadsheet program can show
	columnsMax        = 1 << 14     // columns A to XFD
	cellsMax          = 200_000_000 // cells yielded, including empty ones between filled ones
	repeatedCellsMax  = 1_000_000   // filled cells that are stored once and repeated
	textBytesMax      = 128 << 10   // bytes of one cell; spreadsheet programs stop at 32 767 characters
	rowBytesMax       = 4 << 20     // bytes of all texts of one row
	sharedTextsMax    = 10_000_000  // texts that cells refer to
	sharedBytesMax    = 160 << 20   // bytes of all those texts
	smallPartMax      = 32 << 20    // bytes of a part that describes others
	keptBytesMax      = 16 << 20    // bytes of all names of sheets, parts and styles
)

// meter counts what has been read from a file. Repeated reads count once, so
// reading a sheet twice does not use up the limits.
type meter struct {
	limits   Limits
	bytes    int64
	rows     int64
	cells    int64
	repeated int64
	kept     int64
	parts    map[string]*int64 // bytes counted of each part
	sheets   map[int]*sheetTally
}

// sheetTally is how much of a sheet has been counted.
type sheetTally struct{ rows, cells, repeated int64 }

func newMeter(limits Limits) *meter {
	return &meter{limits: limits, parts: map[string]*int64{}, sheets: map[int]*sheetTally{}}
}

// keep returns a text as a string and counts it: such strings stay in memory as
// long as the file is open.
func (m *meter) keep(text []byte) (string, error) {
	if m.kept += int64(len(text)); m.kept > keptBytesMax {
		return "", newProblem("too-many-names", sizeOf(keptBytesMax))
	}
	return string(text), nil
}

// sheet returns a meter for one reading of a sheet.
func (m *meter) sheet(number int) *sheetMeter {
	counted := m.sheets[number]
	if counted == nil {
		counted = &sheetTally{}
		m.sheets[number] = counted
	}
	return &sheetMeter{meter: m, counted: counted}
}

// sheetMeter counts one reading of a sheet.
type sheetMeter struct {
	meter   *meter
	counted *sheetTally
	here    sheetTally
}

// raise adds n to here, the count of this reading. What exceeds counted, the most of any reading, it adds to both counted
// and total.
func raise(here, counted, total *int64, n int64) {
	if *here += n; *here > *counted {
		*total += *here - *counted
		*counted = *here
	}
}

// addRows counts rows, including empty ones.
func (s *sheetMeter) addRows(n int) error {
	raise(&s.here.rows, &s.counted.rows, &s.meter.rows, int64(n))
	if s.meter.rows > int64(s.meter.limits.Rows) {
		return newProblem("too-many-rows", grouped(s.meter.limits.Rows))
	}
	return nil
}

// addCells counts cells that are yielded.
func (s *sheetMeter) addCells(n int) error {
	raise(&s.here.cells, &s.counted.cells, &s.meter.cells, int64(n))
	if s.meter.cells > cellsMax {
		return newProblem("too-many-cells", grouped(cellsMax))
	}
	return nil
}

// addRepeated counts filled cells that are yielded again because the file
// repeats them, with which few bytes can cause much work.
func (s *sheetMeter) addRepeated(n int) error {
	raise(&s.here.repeated, &s.counted.repeated, &s.meter.repeated, int64(n))
	if s.meter.repeated > repeatedCellsMax {
		return newProblem("too-many-repeats", grouped(repeatedCellsMax))
	}
	return nil
}

// reader returns a reader that counts the bytes read from r: the sizes that a zip
// declares need not be true.
func (m *meter) reader(part string, r io.Reader) io.Reader {
	counted := m.parts[part]
	if counted == nil {
		counted = new(int64)
		m.parts[part] = counted
	}
	return &meteredReader{meter: m, source: r, counted: counted}
}

type meteredReader struct {
	meter   *meter
	source  io.Reader
	here    int64
	counted *int64
}

func (r *meteredReader) Read(p []byte) (int, error) {
	n, err := r.source.Read(p)
	raise(&r.here, r.counted, &r.meter.bytes, int64(n))
	if r.meter.bytes > r.meter.limits.Unpacked {
		return 0, tooBig(r.meter.limits)
	}
	return n, err
}

// tooBig returns the problem of a file that is larger than the limits allow.
func tooBig(limits Limits) error { return newProblem("too-big", sizeOf(limits.Unpacked)) }

// TooLarge returns the problem of the file at path being larger than the limits allow.
func TooLarge(path string, limits Limits) *Problem { return asProblem(tooBig(limits), path, "") }

// sizeOf formats a number of bytes with the largest unit that divides it.
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

// grouped formats a number with thousands separators.
func grouped(number int) phrase {
	digits := strconv.Itoa(number)
	text := phrase{digits, digits}
	for at := len(digits) - 3; at > 0; at -= 3 {
		text.dutch = text.dutch[:at] + "." + text.dutch[at:]
		text.english = text.english[:at] + "," + text.english[at:]
	}
	return text
}
