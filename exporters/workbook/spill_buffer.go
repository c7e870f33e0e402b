package workbook

import (
	"bufio"
	"errors"
	"io"
	"os"
	"sync"
)

// spillBuffer buffers output that is written elsewhere later: in memory while there is little of it, else in a private file. Most
// workbooks are small, and a file costs more than what it would hold.
type spillBuffer struct {
	dir    string // of the file, "" for the system's temporary folder
	end    int64  // bytes written
	memory *[]byte
	file   *os.File
	buffer *bufio.Writer // in front of the file
}

// waitingMost is how many bytes are kept in memory.
const waitingMost = 256 << 10

// memories keeps buffers for reuse by the next workbook.
var memories = sync.Pool{New: func() any {
	memory := make([]byte, 0, waitingMost)
	return &memory
}}

// Write appends p.
func (w *spillBuffer) Write(p []byte) (int, error) {
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

// spill moves the output to a file.
func (w *spillBuffer) spill() (err error) {
	if w.file, err = os.CreateTemp(w.dir, "parts-"); err != nil {
		return err
	}
	w.buffer = bufio.NewWriterSize(w.file, 1<<16)
	_, err = w.buffer.Write(*w.memory)
	return err
}

// flush makes sure that copyTo can read everything.
func (w *spillBuffer) flush() error {
	if w.file == nil {
		return nil
	}
	return w.buffer.Flush()
}

// copyTo copies a part of the output.
func (w *spillBuffer) copyTo(out io.Writer, offset, length int64) error {
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

// discard frees the memory and removes the file.
func (w *spillBuffer) discard() {
	if w.memory != nil {
		*w.memory = (*w.memory)[:0]
		memories.Put(w.memory)
	}
	if w.file != nil {
		_ = errors.Join(w.file.Close(), os.Remove(w.file.Name()))
	}
}
