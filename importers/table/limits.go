package table

import (
	"fmt"
	"io"
	"strconv"
)

// Limits are the bounds beyond which a file is refused, so that a small file
// that unpacks to an enormous one cannot exhaust the machine. They hold for
// the file as a whole, however its parts are named or repeated.
type Limits struct {
	Unpacked int64 // bytes of content that may be read out of the file in all
	Rows     int   // rows in the file, over all its sheets, empty ones too
}

// DefaultLimits returns limits far above what a provider sends in a month.
func DefaultLimits() Limits {
	return Limits{Unpacked: 1 << 30, Rows: 2_000_000}
}

// Bounds that do not depend on the user.
const (
	entriesMax        = 10_000      // parts in a workbook's zip
	directoryBytesMax = 4 << 20     // the list of those parts
	sheetsMax         = 10_000      // sheets of a workbook
	stylesMax         = 1 << 17     // fonts, number formats or cell styles of a workbook
	rowsInSheetMax    = 1 << 20     // what a spreadsheet program can show
	columnsMax        = 1 << 14     // columns A to XFD
	cellsMax          = 200_000_000 // cells handed out, the empty ones between filled ones too
	repeatedCellsMax  = 1_000_000   // filled cells that stand in a file once and are repeated
	textBytesMax      = 128 << 10   // one cell; spreadsheet programs stop at 32 767 characters
	rowBytesMax       = 4 << 20     // all texts of one row
	sharedTextsMax    = 10_000_000  // texts that cells refer to
	sharedBytesMax    = 160 << 20   // of those texts together
	smallPartMax      = 32 << 20    // parts that say what the others are
	keptBytesMax      = 16 << 20    // names of sheets, parts and styles
)

// meter counts what has been read out of a file. What is read again because
// the caller asks for it again counts once, so reading a sheet twice brings no
// limit nearer.
type meter struct {
	limits   Limits
	bytes    int64
	rows     int64
	cells    int64
	repeated int64
	kept     int64
	parts    map[string]*int64 // how far each part was read
	sheets   map[int]*sheetTally
}

// sheetTally is how much of a sheet was counted.
type sheetTally struct{ rows, cells, repeated int64 }

func newMeter(limits Limits) *meter {
	return &meter{limits: limits, parts: map[string]*int64{}, sheets: map[int]*sheetTally{}}
}

// keep counts a text that stays in memory for as long as the file is open.
func (m *meter) keep(text []byte) (string, error) {
	if m.kept += int64(len(text)); m.kept > keptBytesMax {
		return "", newProblem("too-many-names", sizeOf(keptBytesMax))
	}
	return string(text), nil
}

// sheet returns what counts the rows of a sheet while it is read.
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

// raise adds n to what this reading came to, and to the total what is new of it.
func raise(here, counted, total *int64, n int64) {
	if *here += n; *here > *counted {
		*total += *here - *counted
		*counted = *here
	}
}

// addRows counts rows, the empty ones too.
func (s *sheetMeter) addRows(n int) error {
	raise(&s.here.rows, &s.counted.rows, &s.meter.rows, int64(n))
	if s.meter.rows > int64(s.meter.limits.Rows) {
		return newProblem("too-many-rows", grouped(s.meter.limits.Rows))
	}
	return nil
}

// addCells counts cells that are handed out.
func (s *sheetMeter) addCells(n int) error {
	raise(&s.here.cells, &s.counted.cells, &s.meter.cells, int64(n))
	if s.meter.cells > cellsMax {
		return newProblem("too-many-cells", grouped(cellsMax))
	}
	return nil
}

// addRepeated counts filled cells that are handed out again because the file
// says so: few bytes that make much work.
func (s *sheetMeter) addRepeated(n int) error {
	raise(&s.here.repeated, &s.counted.repeated, &s.meter.repeated, int64(n))
	if s.meter.repeated > repeatedCellsMax {
		return newProblem("too-many-repeats", grouped(repeatedCellsMax))
	}
	return nil
}

// reader counts the bytes that are read from r while they are read: what a zip
// says beforehand about its sizes need not be true.
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

// TooLarge returns the problem that a file is larger than may be read.
func TooLarge(path string, limits Limits) *Problem { return asProblem(tooBig(limits), path, "") }

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
