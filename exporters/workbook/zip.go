package workbook

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"
)

// sheetRows is the part of a sheet that does not come from excelize.
type sheetRows struct {
	columns string               // XML of their widths and styles; "" for that of excelize
	write   func(*packing) error // writes the rows
}

// writeOrdered writes a workbook of excelize so that the same cells always give the same bytes. rows holds the rows of sheets
// by the name of their part; level is the level of compression. What does not fit in memory is kept in a file in dir, or in
// the system's temporary folder if dir is "".
func writeOrdered(file *excelize.File, dir string, rows map[string]sheetRows, level int, out io.Writer) error {
	parts := newOrderedZip(dir, rows, level)
	defer parts.remove()
	file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return parts })
	if _, err := file.WriteTo(io.Discard); err != nil {
		return err
	}
	return parts.writeTo(out)
}

// orderedZip takes the parts of a workbook in any order and writes them in a fixed one, with fixed times. Until then they are
// kept compressed.
type orderedZip struct {
	spillBuffer
	level   int
	packer  *flate.Writer // of the level
	entries []*zipEntry
	rows    map[string]sheetRows // by the name of the sheet's part
}

type zipEntry struct {
	zip    *orderedZip
	header zip.FileHeader
	offset int64
	crc    hash.Hash32
	text   *bytes.Buffer // of a part that is changed before it is written, else nil
	packed bool          // it is complete: nothing can be added
}

const (
	contentTypes = "[Content_Types].xml"
	sheetParts   = "xl/worksheets/sheet"
	chartParts   = "xl/charts/chart"
	drawingParts = "xl/drawings/drawing"
)

// changedParts are the prefixes of the parts that are changed before they are written. None of them is large, because the
// rows of a table come from elsewhere.
var changedParts = [...]string{contentTypes, sheetParts, chartParts, drawingParts}

// firstDay is 1 January 1980, the first day that a zip can hold.
const firstDay = 1<<5 | 1

// Levels of compression. Rows without cell positions (see beginInLine) take less than half the space at quickLevel of what rows
// with positions take at the best level. For those, plainLevel equals level 4 of the standard library in less than half the time.
const (
	quickLevel = 1
	plainLevel = 5
)

func newOrderedZip(dir string, rows map[string]sheetRows, level int) *orderedZip {
	return &orderedZip{spillBuffer: spillBuffer{dir: dir}, rows: rows, level: level, packer: packers[level].Get().(*flate.Writer)}
}

// packers keeps compressors, by level, for reuse by the next workbook: each takes up to a megabyte.
var packers = map[int]*sync.Pool{quickLevel: newPackers(quickLevel), plainLevel: newPackers(plainLevel)}

func newPackers(level int) *sync.Pool {
	return &sync.Pool{New: func() any {
		packer, _ := flate.NewWriter(io.Discard, level) // fails only for a level that does not exist
		return packer
	}}
}

// Create starts a part, which completes the one before it.
func (z *orderedZip) Create(name string) (io.Writer, error) {
	if err := z.finish(); err != nil {
		return nil, err
	}
	entry := &zipEntry{zip: z, offset: z.end, crc: crc32.NewIEEE()}
	//lint:ignore SA1019 a raw entry is written with this field; Modified would add a second time
	entry.header = zip.FileHeader{Name: name, Method: zip.Deflate, ModifiedDate: firstDay}
	if slices.ContainsFunc(changedParts[:], func(begin string) bool { return strings.HasPrefix(name, begin) }) {
		entry.text = &bytes.Buffer{}
	}
	z.entries = append(z.entries, entry)
	z.packer.Reset(&z.spillBuffer)
	return entry, nil
}

func (e *zipEntry) Write(p []byte) (int, error) {
	if e.text != nil {
		return e.text.Write(p)
	}
	e.header.UncompressedSize64 += uint64(len(p))
	_, _ = e.crc.Write(p) // never fails
	switch {
	case e.packed:
		return 0, fmt.Errorf("%s comes in pieces", e.header.Name)
	case slices.Contains(sharedParts[:], e.header.Name):
		return e.writeShared(p)
	}
	return e.zip.packer.Write(p)
}

// sharedParts are the same in many workbooks. excelize writes each in one piece.
var sharedParts = [...]string{"_rels/.rels", "docProps/app.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/theme/theme1.xml"}

// packs caches shared parts after compression.
var packs struct {
	sync.Mutex
	of map[packKey][]byte
}

type packKey struct {
	level int
	text  string
}

// packsMost is how many parts the cache holds; then it is emptied.
const packsMost = 32

// writeShared writes a part that may be in the cache.
func (e *zipEntry) writeShared(text []byte) (int, error) {
	key := packKey{e.zip.level, string(text)}
	packs.Lock()
	packed := packs.of[key]
	packs.Unlock()
	if packed == nil {
		var out bytes.Buffer
		e.zip.packer.Reset(&out)
		if _, err := e.zip.packer.Write(text); err != nil {
			return 0, err
		}
		if err := e.zip.packer.Close(); err != nil {
			return 0, err
		}
		packed = out.Bytes()
		packs.Lock()
		if packs.of == nil || len(packs.of) >= packsMost {
			packs.of = make(map[packKey][]byte)
		}
		packs.of[key] = packed
		packs.Unlock()
	}
	e.packed = true
	_, err := e.zip.spillBuffer.Write(packed)
	return len(text), err
}

// finish completes the last part.
func (z *orderedZip) finish() error {
	if len(z.entries) == 0 {
		return nil
	}
	last := z.entries[len(z.entries)-1]
	if last.text != nil {
		text := last.text.Bytes()
		last.text = nil
		if err := last.change(text); err != nil {
			return err
		}
	}
	if !last.packed {
		if err := z.packer.Close(); err != nil {
			return err
		}
	}
	last.header.CompressedSize64 = uint64(z.end - last.offset)
	last.header.CRC32 = last.crc.Sum32()
	return nil
}

// change writes a part with changes: the content types sorted, a sheet with its rows, charts and drawings as the file format
// requires.
func (e *zipEntry) change(text []byte) error {
	var err error
	switch rows := e.zip.rows[e.header.Name]; {
	case e.header.Name == contentTypes:
		if text, err = sortedTypes(text); err != nil {
			return err
		}
	case strings.HasPrefix(e.header.Name, chartParts):
		text = correctedChart(text)
	case strings.HasPrefix(e.header.Name, drawingParts):
		text = correctedDrawing(text)
	default:
		// excelize writes A1 whatever the sheet holds, and some programs read no more than that.
		text = bytes.Replace(text, []byte(`<dimension ref="A1"></dimension>`), nil, 1)
		if rows.write != nil {
			return e.writeSheet(text, rows)
		}
	}
	_, err = e.Write(text)
	return err
}

// AddFS is not used by a workbook.
func (z *orderedZip) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close completes the last part. writeTo writes the workbook.
func (z *orderedZip) Close() error { return errors.Join(z.finish(), z.flush()) }

// writeTo writes the workbook: the list of content types first, then the parts by name.
func (z *orderedZip) writeTo(w io.Writer) error {
	slices.SortFunc(z.entries, func(a, b *zipEntry) int {
		return cmp.Or(rank(a)-rank(b), cmp.Compare(a.header.Name, b.header.Name))
	})
	out := zip.NewWriter(w)
	for _, entry := range z.entries {
		part, err := out.CreateRaw(&entry.header)
		if err != nil {
			return err
		}
		if err := z.copyTo(part, entry.offset, int64(entry.header.CompressedSize64)); err != nil {
			return err
		}
	}
	return out.Close()
}

func rank(e *zipEntry) int {
	if e.header.Name == contentTypes {
		return 0
	}
	return 1
}

func (z *orderedZip) remove() {
	z.packer.Reset(io.Discard)
	packers[z.level].Put(z.packer)
	z.discard()
}

// typeList is the list of content types.
type typeList struct {
	XMLName   xml.Name   `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Defaults  []partType `xml:"Default"`
	Overrides []partType `xml:"Override"`
}

// partType is the content type of all parts with an extension, or of one part.
type partType struct {
	Extension   string `xml:"Extension,attr,omitempty"`
	PartName    string `xml:"PartName,attr,omitempty"`
	ContentType string `xml:"ContentType,attr"`
}

// sortedTypes sorts the list of content types.
func sortedTypes(text []byte) ([]byte, error) {
	var list typeList
	if err := xml.Unmarshal(text, &list); err != nil {
		return nil, err
	}
	for _, types := range [][]partType{list.Defaults, list.Overrides} {
		slices.SortFunc(types, func(a, b partType) int {
			return cmp.Or(cmp.Compare(a.Extension, b.Extension), cmp.Compare(a.PartName, b.PartName))
		})
	}
	sorted, err := xml.Marshal(list)
	return append([]byte(xml.Header), sorted...), err
}
