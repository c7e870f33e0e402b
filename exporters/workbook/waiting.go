package workbook

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"sync"

	"github.com/pxq-nl/pxq/billing/parallel"
)

// waiting is what waits to be written somewhere else: in memory while there is little of it, else in a private file. Most
// workbooks are small, and a file costs more than what it would hold.
type waiting struct {
	dir    string // of the file, "" for the folder of the system
	end    int64  // how much there is
	memory *[]byte
	file   *os.File
	buffer *bufio.Writer // before the file
}

// waitingMost is how much waits in memory.
const waitingMost = 256 << 10

// memories are used for one workbook after the other.
var memories = sync.Pool{New: func() any {
	memory := make([]byte, 0, waitingMost)
	return &memory
}}

// Write adds something.
func (w *waiting) Write(p []byte) (int, error) {
	if w.memory == nil {
		w.memory = memories.Get().(*[]byte)
	}
	if w.file == nil && len(*w.memory)+len(p) > waitingMost {
		if err := w.spill(); err != nil {
			return 0, err
		}
	}
	w.end += int64(len(p))
	if w.file != nil {
		return w.buffer.Write(p)
	}
	*w.memory = append(*w.memory, p...)
	return len(p), nil
}

// spill goes on in a file.
func (w *waiting) spill() (err error) {
	if w.file, err = os.CreateTemp(w.dir, "parts-"); err != nil {
		return err
	}
	w.buffer = bufio.NewWriterSize(w.file, 1<<16)
	_, err = w.buffer.Write(*w.memory)
	return err
}

// settle makes sure that all can be read.
func (w *waiting) settle() error {
	if w.file == nil {
		return nil
	}
	return w.buffer.Flush()
}

// copyTo copies a part of it.
func (w *waiting) copyTo(out io.Writer, offset, length int64) error {
	if w.file != nil {
		_, err := io.Copy(out, io.NewSectionReader(w.file, offset, length))
		return err
	}
	if w.memory == nil {
		return nil
	}
	_, err := out.Write((*w.memory)[offset : offset+length])
	return err
}

// forget removes it.
func (w *waiting) forget() {
	if w.memory != nil {
		*w.memory = (*w.memory)[:0]
		memories.Put(w.memory)
	}
	if w.file != nil {
		_ = errors.Join(w.file.Close(), os.Remove(w.file.Name()))
	}
}

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
		return k.ctx.Err()
	}
	select {
	case k.chunk = <-k.empty:
	case <-k.ctx.Done():
		return k.ctx.Err()
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
	k.group.Go(func() error {
		for chunk := range k.full {
			if _, err := k.entry.Write(chunk); err != nil {
				return err
			}
			k.empty <- chunk[:0]
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
	close(k.full)
	if packed := k.group.Wait(); packed != nil {
		return packed
	}
	return err
}
