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
	out := newPacking(func(part []byte) error {
		_, err := e.Write(part)
		return err
	})
	defer out.end() //nolint:errcheck // told by close, unless the rows panicked
	around := func(text []byte) error {
		out.chunk = append(out.chunk, text...)
		return out.ended()
	}
	return errors.Join(around(append(before, "<sheetData>"...)), rows.write(out), around(append([]byte("</sheetData>"), after...)), out.close())
}

// packing hands a sheet over to be packed, some rows at a time: of a large one while what follows is written, so that the
// largest workbook does not keep all others waiting.
type packing struct {
	pack        func([]byte) error
	chunk       []byte // to be packed next: rows are written in it
	alone       int    // chunks that were packed before anything was handed over
	group       *parallel.Group
	ctx         context.Context // ends when packing fails
	full, empty chan []byte     // nil as long as nothing was handed over
}

const (
	chunkBytes  = 256 << 10
	chunksAlone = 4 // of a sheet that is not large
	chunksAhead = 3
)

// chunks are used for one sheet after the other.
var chunks = sync.Pool{New: func() any { return new(make([]byte, 0, chunkBytes+chunkBytes/8)) }}

func newPacking(pack func([]byte) error) *packing { return &packing{pack: pack, chunk: newChunk()} }

func newChunk() []byte { return *chunks.Get().(*[]byte) }

// leaveChunk keeps the room of a chunk for the next sheet, unless a row in it was very long.
func leaveChunk(chunk []byte) {
	if chunk = chunk[:0]; cap(chunk) <= 4*chunkBytes {
		chunks.Put(&chunk)
	}
}

// ended is told after each row, and after what stands around the rows.
func (k *packing) ended() error {
	if len(k.chunk) < chunkBytes {
		return nil
	}
	return k.hand()
}

// hand packs the chunk, or hands it over.
func (k *packing) hand() error {
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

// begin begins to pack what is handed over.
func (k *packing) begin() {
	k.full, k.empty = make(chan []byte, chunksAhead), make(chan []byte, chunksAhead+2)
	for range chunksAhead + 1 {
		k.empty <- newChunk()
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
			leaveChunk(<-k.empty)
		}
	}
	if k.chunk != nil {
		leaveChunk(k.chunk)
		k.chunk = nil
	}
	return err
}
