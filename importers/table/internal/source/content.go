package source

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash/maphash"
	"io"
	"io/fs"
	"os"
	"time"
)

// ErrChanged is the error of a file that changed while it was read.
var ErrChanged = errors.New("the file changed while it was read")

const blockBytes = 64 << 10

// Content is the content of a file, any part of which can be read repeatedly. It
// is read in blocks, and a block that is read again must be unchanged, so that
// all readers and the hash see the same bytes. It is not safe for use by more
// than one goroutine at a time.
type Content struct {
	reader io.ReaderAt
	file   *os.File // nil if the content is not that of a file
	size   int64
	time   time.Time // modification time of the file when it was opened

	seed   maphash.Seed
	sums   []uint64 // hash of each block that has been read
	isRead []bool

	block   []byte // the block that was read last
	current int    // its number, -1 for none
}

// OpenContent opens the file at path, as [Open] does, and returns its content.
func OpenContent(path string) (*Content, error) {
	file, err := Open(path)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err != nil {
		file.Close()
		return nil, err
	}
	c := NewContent(file, info.Size())
	c.file, c.time = file, info.ModTime()
	return c, nil
}

// NewContent returns the size bytes of reader as content.
func NewContent(reader io.ReaderAt, size int64) *Content {
	return &Content{reader: reader, size: size, seed: maphash.MakeSeed(), current: -1}
}

// blocks returns the number of blocks of the content.
func (c *Content) blocks() int { return int((c.size + blockBytes - 1) / blockBytes) }

// Size returns the number of bytes that the file had when it was opened.
func (c *Content) Size() int64 { return c.size }

// Close closes the file; reading fails from then on.
func (c *Content) Close() error {
	c.reader, c.current = nil, -1
	if c.file == nil {
		return nil
	}
	return c.file.Close()
}

// ReadAt implements io.ReaderAt. The error is [ErrChanged] if a block has changed
// or the file has become shorter.
func (c *Content) ReadAt(p []byte, offset int64) (int, error) {
	if offset < 0 {
		return 0, fs.ErrInvalid
	}
	n := 0
	for n < len(p) && offset < c.size {
		if err := c.load(int(offset / blockBytes)); err != nil {
			return n, err
		}
		taken := copy(p[n:], c.block[offset%blockBytes:])
		n += taken
		offset += int64(taken)
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// load reads a block, unless it is the current one.
func (c *Content) load(number int) error {
	if number == c.current {
		return nil
	}
	if c.reader == nil {
		return fs.ErrClosed
	}
	if c.sums == nil {
		c.sums, c.isRead = make([]uint64, c.blocks()), make([]bool, c.blocks())
	}
	c.current = -1
	from := int64(number) * blockBytes
	length := int(min(blockBytes, c.size-from))
	if cap(c.block) < length {
		c.block = make([]byte, length)
	}
	c.block = c.block[:length]
	n, err := c.reader.ReadAt(c.block, from)
	if n < length {
		if err == nil || errors.Is(err, io.EOF) {
			err = ErrChanged
		}
		return err
	}
	sum := maphash.Bytes(c.seed, c.block)
	if c.isRead[number] && c.sums[number] != sum {
		return ErrChanged
	}
	c.sums[number], c.isRead[number] = sum, true
	c.current = number
	return nil
}

// SHA256 returns the hash of the whole content in hexadecimal. The error is
// [ErrChanged] if the file changed since it was opened.
func (c *Content) SHA256() (string, error) {
	hash := sha256.New()
	for number := range c.blocks() {
		if err := c.load(number); err != nil {
			return "", err
		}
		hash.Write(c.block)
	}
	if err := c.Unchanged(); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// Unchanged returns [ErrChanged] if the size or the modification time of the file
// has changed since it was opened.
func (c *Content) Unchanged() error {
	if c.file == nil {
		return nil
	}
	info, err := c.file.Stat()
	if err == nil && (info.Size() != c.size || !info.ModTime().Equal(c.time)) {
		err = ErrChanged
	}
	return err
}
