package workbook

import (
	"context"

	"github.com/pxq-nl/pxq/billing/parallel"
)

// packing hands a sheet over to be packed, some at a time: of a large one while what follows is written, so that the
// largest workbook does not keep all others waiting.
type packing struct {
	entry       *zipEntry
	chunk       []byte
	alone       int // chunks that were packed before anything was handed over
	group       *parallel.Group
	ctx         context.Context // ends when packing fails
	full, empty chan []byte     // nil as long as nothing was handed over
}

const (
	chunkBytes  = 64 << 10
	chunksAlone = 16 // of a sheet that is not large
	chunksAhead = 3
)

// Write adds something to the sheet.
func (k *packing) Write(p []byte) (int, error) {
	k.chunk = append(k.chunk, p...)
	if len(k.chunk) < chunkBytes {
		return len(p), nil
	}
	return len(p), k.hand()
}

// hand packs the chunk, or hands it over.
func (k *packing) hand() error {
	if k.alone < chunksAlone {
		k.alone++
		_, err := k.entry.Write(k.chunk)
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
		return context.Cause(k.ctx) // why packing failed
	}
	return nil
}

// begin begins to pack what is handed over.
func (k *packing) begin() {
	k.full, k.empty = make(chan []byte, chunksAhead), make(chan []byte, chunksAhead+2)
	for range chunksAhead + 1 {
		k.empty <- make([]byte, 0, chunkBytes+chunkBytes/4)
	}
	k.group, k.ctx = parallel.New(context.Background())
	full, empty := k.full, k.empty
	k.group.Go(func() error {
		for chunk := range full {
			if _, err := k.entry.Write(chunk); err != nil {
				return err
			}
			empty <- chunk[:0]
		}
		return nil
	})
}

// close packs the rest.
func (k *packing) close() error {
	if k.full == nil {
		_, err := k.entry.Write(k.chunk)
		return err
	}
	err := k.hand()
	if packed := k.end(); packed != nil {
		return packed
	}
	return err
}

// end waits until nothing is packed any more, and returns why packing failed. It may be called again.
func (k *packing) end() error {
	if k.full == nil {
		return nil
	}
	close(k.full)
	k.full = nil
	return k.group.Wait()
}
