package table

import (
	"archive/zip"
	"bufio"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"

	"github.com/pxq-nl/pxq/importers/internal/xmlscan"
	"github.com/pxq-nl/pxq/importers/table/internal/source"
)

// container is the zip of a workbook.
type container struct {
	parts map[string]*zip.File // by partKey
	meter *meter
}

// partKey normalises the name of a part for lookup: lower case, slashes, no leading slash.
func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// openContainer reads the list of parts. Before anything is unpacked it refuses a
// list that is longer than that of any workbook, that has a part twice or whose
// parts overlap.
func openContainer(content io.ReaderAt, size int64, m *meter) (*container, error) {
	listed := &listReader{content: content, left: directoryBytesMax}
	archive, err := zip.NewReader(listed, size)
	switch {
	case listed.left < 0, err == nil && len(archive.File) > entriesMax:
		return nil, newProblem("too-many-parts", grouped(entriesMax))
	case err != nil && !errors.Is(err, zip.ErrInsecurePath): // nothing is written under these names
		return nil, zipProblem(err)
	}
	listed.isDone = true
	archive.RegisterDecompressor(zip.Deflate, inflate)
	c := &container{parts: make(map[string]*zip.File, len(archive.File)), meter: m}
	var declared uint64
	for _, entry := range archive.File {
		key := partKey(entry.Name)
		if strings.HasSuffix(key, "/") {
			continue
		}
		if c.parts[key] != nil {
			return nil, partProblem(entry.Name, partTwice)
		}
		c.parts[key] = entry
		if declared += entry.UncompressedSize64; declared > uint64(m.limits.Unpacked) || entry.UncompressedSize64 > uint64(m.limits.Unpacked) {
			return nil, tooBig(m.limits)
		}
	}
	return c, refuseOverlap(archive.File, size)
}

// listReader limits how much is read for the list of parts: the list is kept in
// memory, and that of a zip can have millions of entries.
type listReader struct {
	content io.ReaderAt
	left    int64
	isDone  bool // the list has been read; later reads are of the parts and unlimited
}

func (l *listReader) ReadAt(p []byte, offset int64) (int, error) {
	if !l.isDone {
		if l.left -= int64(len(p)); l.left < 0 {
			return 0, errors.New("the list of parts is too long")
		}
	}
	return l.content.ReadAt(p, offset)
}

// refuseOverlap refuses parts whose packed bytes overlap those of another part,
// a trick that makes a small zip unpack to an enormous one.
func refuseOverlap(entries []*zip.File, size int64) error {
	type stretch struct {
		begin, end int64
		name       string
	}
	stretches := make([]stretch, 0, len(entries))
	for _, entry := range entries {
		begin, err := entry.DataOffset()
		if err != nil {
			return zipProblem(err)
		}
		if entry.CompressedSize64 > uint64(size) {
			return partProblem(entry.Name, partCutOff)
		}
		stretches = append(stretches, stretch{begin, begin + int64(entry.CompressedSize64), entry.Name})
	}
	slices.SortFunc(stretches, func(a, b stretch) int { return int(min(max(a.begin-b.begin, -1), 1)) })
	for i := 1; i < len(stretches); i++ {
		if stretches[i].begin < stretches[i-1].end {
			return partProblem(stretches[i].name, partOverlaps)
		}
	}
	return nil
}

var (
	inflaters sync.Pool // of *inflater
	errInUse  = errors.New("read after it was closed")
)

// inflater decompresses a part. It is pooled because its tables are large.
type inflater struct {
	buffer  *bufio.Reader
	flate   io.ReadCloser
	isInUse bool
}

func inflate(r io.Reader) io.ReadCloser {
	i, _ := inflaters.Get().(*inflater)
	if i == nil {
		i = &inflater{buffer: bufio.NewReaderSize(nil, 16<<10)}
		i.flate = flate.NewReader(i.buffer)
	}
	i.buffer.Reset(r)
	i.isInUse = true
	_ = i.flate.(flate.Resetter).Reset(i.buffer, nil) // never fails
	return i
}

func (i *inflater) Read(p []byte) (int, error) {
	if !i.isInUse {
		return 0, errInUse
	}
	return i.flate.Read(p)
}

func (i *inflater) Close() error {
	if i.isInUse {
		i.isInUse = false
		i.buffer.Reset(nil)
		inflaters.Put(i)
	}
	return nil
}

func (c *container) has(name string) bool { return c.parts[partKey(name)] != nil }

// open returns the content of a part and the size that the zip declares for it.
// Reading it to the end also checks its length and its checksum.
func (c *container) open(name string) (io.ReadCloser, int64, error) {
	entry := c.parts[partKey(name)]
	if entry == nil {
		return nil, 0, partProblem(name, partMissing)
	}
	if entry.Flags&1 != 0 {
		return nil, 0, newProblem("encrypted-zip")
	}
	content, err := entry.Open()
	if err != nil {
		return nil, 0, partProblem(name, zipReason(err))
	}
	return &partReader{c.meter.reader(partKey(name), content), content, name}, int64(entry.UncompressedSize64), nil
}

// partReader converts decompression errors into problems of the part.
type partReader struct {
	io.Reader
	closer io.Closer
	name   string
}

func (p *partReader) Read(b []byte) (int, error) {
	n, err := p.Reader.Read(b)
	if err != nil && !errors.Is(err, io.EOF) && !isFromFile(err) {
		err = partProblem(p.name, zipReason(err))
	}
	return n, err
}

// isFromFile reports whether an error is already a problem or comes from reading
// the file, as opposed to damage inside the workbook.
func isFromFile(err error) bool {
	var known *Problem
	var system *fs.PathError
	return errors.As(err, &known) || errors.As(err, &system) || errors.Is(err, source.ErrChanged) || errors.Is(err, fs.ErrClosed)
}

func (p *partReader) Close() error { return p.closer.Close() }

// walk reads a part that describes others: an XML document with the given root
// ("" for any). read is called after the root's start tag and must read up to its
// end tag.
func (c *container) walk(name, root string, read func(s *xmlscan.Scanner) error) error {
	part, size, err := c.open(name)
	if err != nil {
		return err
	}
	defer part.Close()
	bounded := &io.LimitedReader{R: part, N: smallPartMax}
	err = walkDocument(bounded, size, root, read)
	if bounded.N == 0 {
		return partProblem(name, partTooLarge)
	}
	return xmlProblem(name, err)
}

func walkDocument(r io.Reader, size int64, root string, read func(s *xmlscan.Scanner) error) error {
	scan, err := xmlscan.New(r, size)
	if err != nil {
		return err
	}
	found, err := scan.Root()
	if err != nil {
		return err
	}
	if root != "" && string(found) != root {
		return scan.Fail(otherRoot)
	}
	if err := read(scan); err != nil {
		return err
	}
	return scan.End()
}
