package deflate

import "io"

// Value is where the value of a cell stands in a text.
type Value struct {
	Begin, End int32
	Column     int32
}

// Writer packs texts.
type Writer struct {
	out   io.Writer
	bits  bitWriter
	block block
	rows  matcher
}

// NewWriter returns a writer to out.
func NewWriter(out io.Writer) *Writer { return &Writer{out: out} }

// Reset begins anew.
func (w *Writer) Reset(out io.Writer) {
	w.out = out
	w.bits = bitWriter{out: w.bits.out[:0]}
	w.block.clear()
}

// Write packs a text in which values stand, in their order. What it is packed by is in the text itself, so that the same texts
// are packed to the same bytes; larger ones are packed better.
func (w *Writer) Write(text []byte, values []Value) error {
	if len(text) == 0 {
		return nil
	}
	w.rows.match(text, values, &w.block)
	w.block.write(&w.bits)
	w.block.clear()
	return w.flush()
}

// Close ends what was packed.
func (w *Writer) Close() error {
	w.bits.add(1|1<<1, 3) // a last block of fixed codes, with nothing but its end
	w.bits.add(0, 7)
	w.bits.add(0, 7) // what is left of the last byte
	return w.flush()
}

func (w *Writer) flush() error {
	_, err := w.out.Write(w.bits.out)
	w.bits.out = w.bits.out[:0]
	return err
}
