package workbook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/pxq-nl/pxq/billing/parallel"
)

// writeSheet writes a sheet, of which text is everything but its rows.
func (e *zipEntry) writeSheet(text []byte, rows sheetRows) error {
	before, rest, begins := bytes.Cut(text, []byte("<sheetData>"))
	if rows.columns != "" {
		before, _, _ = bytes.Cut(before, []byte("<cols>")) // nothing stands between <cols> and the rows
		before = append(slices.Clip(before), rows.columns...)
	}
	_, after, ends := bytes.Cut(rest, []byte("</sheetData>"))
	if !begins || !ends {
		return fmt.Errorf("%s has no place for rows", e.header.Name)
	}
	out := newPacking(func(part []byte) error {
		_, err := e.Write(part)
		return err
	})
	defer out.end() //nolint:errcheck // told by close, unless the rows panicked
	around := func(text []byte) error {
		out.chunk = append(out.chunk, text...)
		return out.flushIfFull()
	}
	return errors.Join(around(append(before, "<sheetData>"...)), rows.write(out), around(append([]byte("</sheetData>"), after...)), out.close())
}

// packing compresses a sheet in chunks of some rows. From the fifth chunk on a second goroutine compresses while the next chunk
// is written, so that the largest workbook does not keep all others waiting.
type packing struct {
	pack        func([]byte) error
	chunk       []byte // the rows to be packed next
	alone       int    // chunks packed without the second goroutine
	group       *parallel.Group
	ctx         context.Context // ends when packing fails
	full, empty chan []byte     // nil until the second goroutine is started
}

const (
	chunkBytes  = 256 << 10
	chunksAlone = 4 // for a sheet that is not large
	chunksAhead = 3
)

// chunks keeps buffers for reuse by the next sheet.
var chunks = sync.Pool{New: func() any { return new(make([]byte, 0, chunkBytes+chunkBytes/8)) }}

func newPacking(pack func([]byte) error) *packing { return &packing{pack: pack, chunk: getChunk()} }

func getChunk() []byte { return *chunks.Get().(*[]byte) }

// putChunk returns a buffer for reuse, unless a very long row made it too large.
func putChunk(chunk []byte) {
	if chunk = chunk[:0]; cap(chunk) <= 4*chunkBytes {
		chunks.Put(&chunk)
	}
}

// flushIfFull flushes a full chunk. It is called after each row, and after the text before and after the rows.
func (k *packing) flushIfFull() error {
	if len(k.chunk) < chunkBytes {
		return nil
	}
	return k.flush()
}

// flush packs the chunk, or passes it to the second goroutine.
func (k *packing) flush() error {
	if k.alone < chunksAlone {
		k.alone++
		err := k.pack(k.chunk)
		k.chunk = k.chunk[:0]
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
		k.chunk = nil
		return context.Cause(k.ctx) // why packing failed
	}
	return nil
}

// begin starts the second goroutine.
func (k *packing) begin() {
	k.full, k.empty = make(chan []byte, chunksAhead), make(chan []byte, chunksAhead+2)
	for range chunksAhead + 1 {
		k.empty <- getChunk()
	}
	k.group, k.ctx = parallel.New(context.Background())
	full, empty := k.full, k.empty
	k.group.Go(func() error {
		for next := range full {
			if err := k.pack(next); err != nil {
				return err
			}
			empty <- next[:0]
		}
		return nil
	})
}

// close packs the last chunk and waits for the second goroutine.
func (k *packing) close() error {
	if k.full == nil {
		return k.pack(k.chunk)
	}
	err := k.flush()
	if packed := k.end(); packed != nil {
		return packed
	}
	return err
}

// end stops the second goroutine and returns why packing failed. Calling it again does nothing.
func (k *packing) end() error {
	var err error
	if k.full != nil {
		close(k.full)
		k.full = nil
		err = k.group.Wait()
		for len(k.empty) > 0 {
			putChunk(<-k.empty)
		}
	}
	if k.chunk != nil {
		putChunk(k.chunk)
		k.chunk = nil
	}
	return err
}
