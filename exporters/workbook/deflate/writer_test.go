package deflate

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
)

// sheet writes so many rows as a sheet has them, and tells where their values stand.
func sheet(rows int) (text []byte, values []Value) {
	source := rand.New(rand.NewPCG(1, 2))
	for row := range rows {
		text = fmt.Appendf(text, `<row r="%d">`, row+1)
		for column, value := range []string{
			"R" + strconv.Itoa(100_000+row), []string{"45A53", "45X02", "53A04"}[source.IntN(3)], strconv.Itoa(900_000_000 + source.IntN(1_000)),
			"99040003_2026-10.xlsx", "", fmt.Sprintf("De zorgdatum %d-10-2026 ligt na het einde (%d-9-2026) van de toewijzing.", 1+source.IntN(31), 1+source.IntN(30)),
		} {
			text = fmt.Appendf(text, `<c r="%c%d" s="%d" t="inlineStr"><is><t>`, 'A'+column, row+1, column%2)
			begin := len(text)
			text = append(text, value...)
			values = append(values, Value{int32(begin), int32(len(text)), int32(column)})
			text = append(text, `</t></is></c>`...)
		}
		text = append(text, `</row>`...)
	}
	return text, values
}

// packed packs texts one after the other.
func packed(t *testing.T, w *Writer, texts ...func() ([]byte, []Value)) []byte {
	t.Helper()
	var out bytes.Buffer
	w.Reset(&out)
	for _, next := range texts {
		if err := w.Write(next()); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestWriter: what is packed is given back by another program, is small, and depends on nothing that was packed before.
func TestWriter(t *testing.T) {
	w := NewWriter(io.Discard)
	for _, rows := range []int{0, 1, 2, 300, 5_000} {
		part := func() ([]byte, []Value) { return sheet(rows) }
		text, _ := sheet(rows)
		got := packed(t, w, part, part)
		if !bytes.Equal(got, packed(t, NewWriter(io.Discard), part, part)) {
			t.Errorf("%d rows: packed otherwise by a writer that was used before", rows)
		}
		again, err := io.ReadAll(flate.NewReader(bytes.NewReader(got)))
		if err != nil || !bytes.Equal(again, slices.Concat(text, text)) {
			t.Errorf("%d rows: %d bytes of %d: %v", rows, len(again), 2*len(text), err)
		}
		var general bytes.Buffer
		other, err := flate.NewWriter(&general, 5)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := other.Write(again); err != nil || other.Close() != nil {
			t.Fatal(err)
		}
		if len(got) > general.Len()+general.Len()/10 && rows > 2 {
			t.Errorf("%d rows: %d bytes, in general %d", rows, len(got), general.Len())
		}
	}
}

// FuzzWriter: whatever values are said to stand in a text, it comes back.
func FuzzWriter(f *testing.F) {
	text, _ := sheet(3)
	f.Add(text, []byte{1, 9, 200, 3, 0, 255})
	f.Add(bytes.Repeat([]byte("abcdefg"), 200), []byte{50, 250})
	f.Add([]byte("a"), []byte{0, 0})
	f.Fuzz(func(t *testing.T, text, steps []byte) {
		var values []Value
		for at, i := 0, 0; len(steps) > 0; i++ {
			begin := at + int(steps[i%len(steps)])
			end := begin + int(steps[(i+1)%len(steps)])
			if at = end + 1; at > len(text) || i > 10_000 {
				break
			}
			values = append(values, Value{int32(begin), int32(end), int32(i % 5)})
		}
		got := packed(t, NewWriter(io.Discard), func() ([]byte, []Value) { return text, values })
		if again, err := io.ReadAll(flate.NewReader(bytes.NewReader(got))); err != nil || !bytes.Equal(again, text) {
			t.Errorf("%d bytes of %d: %v", len(again), len(text), err)
		}
	})
}

// TestLengths: whatever is used how often, every code is used up, none is too long, and what is used more is not longer.
func TestLengths(t *testing.T) {
	source := rand.New(rand.NewPCG(3, 4))
	for try := range 2_000 {
		most := []int{7, longestCode}[try%2]
		used := make([]uint32, []int{lengthCodes, literalCodes}[try%2])
		a, b := uint32(1), uint32(1)
		for i := range used {
			switch try % 5 {
			case 0: // the deepest tree there is
				used[i], a, b = a, b, min(a+b, 1<<24)
			default:
				used[i] = uint32(source.IntN(1 << source.IntN(20)))
			}
		}
		lengths := make([]uint8, len(used))
		lengthsOf(used, most, lengths)
		room, symbols := 1<<most, 0
		for i, length := range lengths {
			if (length > 0) != (used[i] > 0) || int(length) > most {
				t.Fatalf("%d bits for what is used %d times", length, used[i])
			}
			if length > 0 {
				room -= 1 << (most - int(length))
				symbols++
			}
		}
		if symbols > 1 && room != 0 || room < 0 {
			t.Errorf("%d symbols: %d of %d codes are left", symbols, room, 1<<most)
		}
	}
}
