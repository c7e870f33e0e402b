package workbook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/pxq-nl/pxq/billing/parallel"
	"github.com/pxq-nl/pxq/exporters/workbook/deflate"
)

// writeSheet writes a sheet with its rows.
func (e *zipEntry) writeSheet(text []byte, rows sheetRows) error {
	before, rest, begins := bytes.Cut(text, []byte("<sheetData>"))
	if rows.columns != "" {
		before, _, _ = bytes.Cut(before, []byte("<cols>")) // nothing stands between them and the rows
		before = append(slices.Clip(before), rows.columns...)
	}
	_, after, ends := bytes.Cut(rest, []byte("</sheetData>"))
	if !begins || !ends {
		return fmt.Errorf("%s has no place for rows", e.header.Name)
	}
	packer := rowPackers.Get().(*deflate.Writer)
	defer func() {
		packer.Reset(io.Discard)
		rowPackers.Put(packer)
	}()
	packer.Reset(&e.zip.waiting)
	out := newPacking(func(part *chunk) error {
		e.header.UncompressedSize64 += uint64(len(part.text))
		_, _ = e.crc.Write(part.text) // never fails
		return packer.Write(part.text, part.values)
	})
	defer out.end() //nolint:errcheck // told by close, unless the rows panicked
	around := func(text []byte) error {
		out.chunk.text = append(out.chunk.text, text...)
		return out.ended()
	}
	if err := errors.Join(around(append(before, "<sheetData>"...)), rows.write(out), around(append([]byte("</sheetData>"), after...)), out.close()); err != nil {
		return err
	}
	e.packed = true
	return packer.Close()
}

// rowPackers are used for one sheet after the other: each takes a megabyte.
var rowPackers = sync.Pool{New: func() any { return deflate.NewWriter(io.Discard) }}

// packing hands a sheet over to be packed, some rows at a time: of a large one while what follows is written, so that the
// largest workbook does not keep all others waiting.
type packing struct {
	pack        func(*chunk) error
	chunk       *chunk // to be packed next
	alone       int    // chunks that were packed before anything was handed over
	group       *parallel.Group
	ctx         context.Context // ends when packing fails
	full, empty chan *chunk     // nil as long as nothing was handed over
}

// chunk is a part of a sheet, with where the values of cells stand in it.
type chunk struct {
	text   []byte
	values []deflate.Value
}

const (
	chunkBytes  = 256 << 10
	chunksAlone = 4 // of a sheet that is not large
	chunksAhead = 3
)

// chunks are used for one sheet after the other.
var chunks = sync.Pool{New: func() any { return &chunk{text: make([]byte, 0, chunkBytes+chunkBytes/8)} }}

func newPacking(pack func(*chunk) error) *packing {
	return &packing{pack: pack, chunk: chunks.Get().(*chunk)}
}

// value notes that a value of a column stands from there to the end of the text.
func (c *chunk) value(begin, column int) {
	c.values = append(c.values, deflate.Value{Begin: int32(begin), End: int32(len(c.text)), Column: int32(column)})
}

// clear empties the chunk. A text that was very long is not held.
func (c *chunk) clear() {
	if cap(c.text) > 4*chunkBytes {
		c.text = nil
	}
	c.text, c.values = c.text[:0], c.values[:0]
}

// ended is told after each row, and after what stands around the rows.
func (k *packing) ended() error {
	if len(k.chunk.text) < chunkBytes {
		return nil
	}
	return k.hand()
}

// hand packs the chunk, or hands it over.
func (k *packing) hand() error {
	if k.alone < chunksAlone {
		k.alone++
		err := k.pack(k.chunk)
		k.chunk.clear()
		return err
	}
	if k.full == nil {
		k.begin()
	}
	select {
	case k.full <- k.chunk:
	case <-k.ctx.Done():
		return context.Cause(k.ctx) // why packing failed
	}
	select {
	case k.chunk = <-k.empty:
	case <-k.ctx.Done():
		k.chunk = &chunk{}
		return context.Cause(k.ctx) // why packing failed
	}
	return nil
}

// begin begins to pack what is handed over.
func (k *packing) begin() {
	k.full, k.empty = make(chan *chunk, chunksAhead), make(chan *chunk, chunksAhead+2)
	for range chunksAhead + 1 {
		k.empty <- chunks.Get().(*chunk)
	}
	k.group, k.ctx = parallel.New(context.Background())
	full, empty := k.full, k.empty
	k.group.Go(func() error {
		for next := range full {
			if err := k.pack(next); err != nil {
				return err
			}
			next.clear()
			empty <- next
		}
		return nil
	})
}

// close packs the rest.
func (k *packing) close() error {
	if k.full == nil {
		return k.pack(k.chunk)
	}
	err := k.hand()
	if packed := k.end(); packed != nil {
		return packed
	}
	return err
}

// end waits until nothing is packed any more, and returns why packing failed. It may be called again.
func (k *packing) end() error {
	var err error
	if k.full != nil {
		close(k.full)
		k.full = nil
		err = k.group.Wait()
		for len(k.empty) > 0 {
			chunks.Put(<-k.empty)
		}
	}
	if k.chunk != nil {
		k.chunk.clear()
		chunks.Put(k.chunk)
		k.chunk = nil
	}
	return err
}
