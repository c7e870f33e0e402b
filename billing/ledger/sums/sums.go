// Package sums adds up rows, so that a changed, removed or inserted row is detected without keeping a copy of the rows:
// each row becomes a number of 256 bits, a hash of its text, and a sum is the sum of those numbers modulo 2^256. The order
// of rows does not matter, and a row can be subtracted again, so keeping a sum up to date costs one addition per write.
package sums

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/bits"
)

// Sum is a sum of rows, or a change to one; in a change the count may be negative.
type Sum struct {
	Count int64
	words [4]uint64 // least significant first
}

// Add adds a row of a table, represented by item.
func (s *Sum) Add(table, item string) { s.Merge(row(table, item)) }

// Remove subtracts a row.
func (s *Sum) Remove(table, item string) {
	gone := row(table, item)
	var borrow uint64
	for i := range s.words {
		s.words[i], borrow = bits.Sub64(s.words[i], gone.words[i], borrow)
	}
	s.Count--
}

// AddBytes is Add with a buffer, which it returns for the next row.
func (s *Sum) AddBytes(table string, item, room []byte) []byte {
	room = append(append(append(room[:0], table...), '\n'), item...)
	s.Merge(rowOf(room))
	return room
}

func row(table, item string) Sum {
	text := make([]byte, 0, 64)
	return rowOf(append(append(append(text, table...), '\n'), item...))
}

func rowOf(text []byte) Sum {
	hash := sha256.Sum256(text)
	sum := Sum{Count: 1}
	for i := range sum.words {
		sum.words[i] = binary.LittleEndian.Uint64(hash[8*i:])
	}
	return sum
}

// Merge adds another sum.
func (s *Sum) Merge(other Sum) {
	var carry uint64
	for i := range s.words {
		s.words[i], carry = bits.Add64(s.words[i], other.words[i], carry)
	}
	s.Count += other.Count
}

// IsZero reports whether nothing was added, or everything was subtracted again.
func (s *Sum) IsZero() bool { return *s == Sum{} }

// Hex returns the sum without its count, in hexadecimal.
func (s *Sum) Hex() string {
	var text [32]byte
	for i, word := range s.words {
		binary.LittleEndian.PutUint64(text[8*i:], word)
	}
	return hex.EncodeToString(text[:])
}

// Read reads a sum that Hex wrote.
func Read(count int64, text string) (Sum, error) {
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != 32 {
		return Sum{}, fmt.Errorf("the sum %q is not one", text)
	}
	sum := Sum{Count: count}
	for i := range sum.words {
		sum.words[i] = binary.LittleEndian.Uint64(raw[8*i:])
	}
	return sum, nil
}
