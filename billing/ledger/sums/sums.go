// Package sums adds up rows so that one that is changed, removed or put in between is found without keeping a copy of
// them: each row is a number of 256 bits made of what it says, and a sum is that of the numbers modulo 2^256. The order of
// rows does not matter, and a row can be taken off again, so whoever writes keeps a sum for the price of one addition.
package sums

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/bits"
)

// Sum is a sum of rows, or what was added to one: then the count may be below 0.
type Sum struct {
	Count int64
	words [4]uint64 // the lowest first
}

// Add adds a row of a table, by the text that stands for it.
func (s *Sum) Add(table, item string) { s.Merge(row(table, item)) }

// Remove takes a row off.
func (s *Sum) Remove(table, item string) {
	gone := row(table, item)
	var borrow uint64
	for i := range s.words {
		s.words[i], borrow = bits.Sub64(s.words[i], gone.words[i], borrow)
	}
	s.Count--
}

// AddBytes is Add, in room that it returns for the next row.
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

// IsZero reports whether nothing was added, or all of it was taken off again.
func (s *Sum) IsZero() bool { return *s == Sum{} }

// Hex writes the sum without its count, in hexadecimal.
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
