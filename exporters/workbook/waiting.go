package workbook

import (
	"bufio"
	"errors"
	"io"
	"os"
	"sync"
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
