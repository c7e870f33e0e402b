package scratch

import (
	"encoding/binary"
	"errors"
	"os"
	"slices"
)

// Items is a map from keys to lists of numbers, the items, of which there may be more than memory should hold: the newest
// ones are in memory, older ones in a file that nobody else can open. The rest of its memory is bounded: a hash table with the
// place of the newest item of each chain, and a Bloom filter of the keys in the file. It is not safe for concurrent use.
type Items struct {
	in      string // the folder of the file
	held    int    // how many numbers to hold in memory before they are written
	file    *os.File
	named   bool     // the file still has its name
	inFile  uint64   // how many numbers are in the file
	waiting []uint64 // the numbers after those, which are not written yet
	heads   []uint32 // the place of the newest item of each chain, 0 for none
	filter  []uint64
	bytes   []byte   // buffer for reading and writing
	entry   []uint64 // the numbers that were read last
}

// An entry consists of its key (two numbers), a number with the place of the entry before it in its chain and the length of
// the item, and the item. Places count in numbers, from 1.
const (
	entryHead = 3
	usualSize = 8       // how many numbers of an entry are read at first
	blockSize = 1 << 13 // how many numbers Each reads at a time
	wordSize  = 8       // bytes of a number
)

const (
	chains    = 1 << 20
	lineWords = 8       // words of the filter in which a key has its bits: one cache line
	lines     = 1 << 18 // 16 MiB: with ten million keys one in five hundred lookups is in vain
	keyBits   = 6       // how many bits a key has in its line
)

var errManyItems = errors.New("more than a scratch file holds")

// NewItems returns an empty Items. It holds about held numbers in memory; older ones go to a file in folder in, "" for the
// system's folder for temporary files. Call Close when done.
func NewItems(in string, held int) *Items {
	return &Items{in: in, held: held}
}

// Mark is a position in the sequence of added items; see Truncate.
type Mark uint64

// Mark returns the position after the last added item.
func (s *Items) Mark() Mark { return Mark(s.inFile) + Mark(len(s.waiting)) }

// Add sets the item under a key, in place of an earlier one.
func (s *Items) Add(key [2]uint64, item ...uint64) error {
	if len(s.waiting) > 0 && len(s.waiting) >= s.held {
		if err := s.write(); err != nil {
			return err
		}
	}
	place := uint64(s.Mark()) + 1
	if place > 1<<32-1 {
		return errManyItems
	}
	if s.heads == nil {
		s.heads = make([]uint32, chains)
	}
	head := &s.heads[key[0]%chains]
	s.waiting = append(s.waiting, key[0], key[1], uint64(*head)<<32|uint64(len(item)))
	s.waiting = append(s.waiting, item...)
	*head = uint32(place)
	return nil
}

// Find returns the item under a key, valid until the next call; nil if there is none.
func (s *Items) Find(key [2]uint64) ([]uint64, error) {
	if s.heads == nil {
		return nil, nil
	}
	for place := uint64(s.heads[key[0]%chains]); place > 0; {
		if place <= s.inFile && !s.mayStandInFile(key) {
			return nil, nil
		}
		entry, err := s.at(place)
		if err != nil {
			return nil, err
		}
		if entry[0] == key[0] && entry[1] == key[1] {
			return entry[entryHead:], nil
		}
		place = before(entry)
	}
	return nil, nil
}

// Each calls visit for every item with its key, in the order of adding, including those that were replaced. visit may call
// Find, but not Add.
func (s *Items) Each(visit func(key [2]uint64, item []uint64) error) error {
	var block []uint64 // what is left of the numbers that were read together
	for place := uint64(1); place <= uint64(s.Mark()); {
		for len(block) < entryHead || len(block) < sizeOf(block) {
			var err error
			if block, err = s.block(place, len(block)); err != nil {
				return err
			}
		}
		size := sizeOf(block)
		if err := visit([2]uint64(block), block[entryHead:size]); err != nil {
			return err
		}
		place, block = place+uint64(size), block[size:]
	}
	return nil
}

// block returns entries from a place on; few is a number of numbers that was too small.
func (s *Items) block(place uint64, few int) ([]uint64, error) {
	if place > s.inFile {
		return s.waiting[place-1-s.inFile:], nil
	}
	err := s.read(place, max(blockSize, 2*few))
	return slices.Clone(s.entry), err
}

// Truncate removes what was added after a mark, so that earlier items under the same keys are found again.
func (s *Items) Truncate(mark Mark) error {
	for place := uint64(mark) + 1; place <= uint64(s.Mark()); {
		entry, err := s.at(place)
		if err != nil {
			return err
		}
		if head := &s.heads[entry[0]%chains]; uint64(*head) > uint64(mark) { // the first of its chain that is removed
			*head = uint32(before(entry))
		}
		place += uint64(len(entry))
	}
	if uint64(mark) < s.inFile {
		s.inFile = uint64(mark)
	}
	s.waiting = s.waiting[:uint64(mark)-s.inFile]
	return nil
}

// Close removes all items and the file.
func (s *Items) Close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	if s.named {
		err = errors.Join(err, os.Remove(s.file.Name()))
	}
	return err
}

// before returns the place of the entry before this one in its chain; 0 for none.
func before(entry []uint64) uint64 { return entry[2] >> 32 }

// sizeOf returns how many numbers an entry consists of.
func sizeOf(entry []uint64) int { return entryHead + int(entry[2]&(1<<32-1)) }

// at returns the entry at a place.
func (s *Items) at(place uint64) ([]uint64, error) {
	if place > s.inFile {
		entry := s.waiting[place-1-s.inFile:]
		return entry[:sizeOf(entry)], nil
	}
	if err := s.read(place, usualSize); err != nil {
		return nil, err
	}
	if size := sizeOf(s.entry); size > usualSize {
		if err := s.read(place, size); err != nil {
			return nil, err
		}
	}
	return s.entry[:sizeOf(s.entry)], nil
}

// read reads count numbers from a place of the file into s.entry, or fewer if the file ends.
func (s *Items) read(place uint64, count int) error {
	count = int(min(uint64(count), s.inFile-place+1))
	s.bytes = append(s.bytes[:0], make([]byte, count*wordSize)...)
	if _, err := s.file.ReadAt(s.bytes, int64(place-1)*wordSize); err != nil {
		return err
	}
	s.entry = s.entry[:0]
	for at := 0; at < len(s.bytes); at += wordSize {
		s.entry = append(s.entry, binary.LittleEndian.Uint64(s.bytes[at:]))
	}
	return nil
}

// write appends the waiting numbers to the file.
func (s *Items) write() error {
	if s.file == nil {
		file, err := File(s.in)
		if err != nil {
			return err
		}
		s.named = os.Remove(file.Name()) != nil // if removed, the file disappears with this process; Windows cannot remove it before Close
		s.file, s.filter = file, make([]uint64, lines*lineWords)
	}
	s.bytes = s.bytes[:0]
	for _, number := range s.waiting {
		s.bytes = binary.LittleEndian.AppendUint64(s.bytes, number)
	}
	if _, err := s.file.WriteAt(s.bytes, int64(s.inFile)*wordSize); err != nil {
		return err
	}
	for rest := s.waiting; len(rest) > 0; rest = rest[sizeOf(rest):] {
		for place := range bitsOf([2]uint64(rest)) {
			s.filter[place/64] |= 1 << (place % 64)
		}
	}
	s.inFile += uint64(len(s.waiting))
	s.waiting = s.waiting[:0]
	return nil
}

// mayStandInFile reports whether the file may hold an item under a key; false is certain.
func (s *Items) mayStandInFile(key [2]uint64) bool {
	for place := range bitsOf(key) {
		if s.filter[place/64]&(1<<(place%64)) == 0 {
			return false
		}
	}
	return true
}

// bitsOf returns an iterator over the bits of the filter that stand for a key.
func bitsOf(key [2]uint64) func(func(uint64) bool) {
	return func(yield func(uint64) bool) {
		line, bits := key[0]>>32%lines*lineWords*64, key[1]
		for range keyBits {
			if !yield(line + bits%(lineWords*64)) {
				return
			}
			bits >>= 9
		}
	}
}

// AppendText appends a text as numbers.
func AppendText(to []uint64, text string) []uint64 {
	to = append(to, uint64(len(text)))
	for ; len(text) > 0; text = text[min(wordSize, len(text)):] {
		var word [wordSize]byte
		copy(word[:], text)
		to = append(to, binary.LittleEndian.Uint64(word[:]))
	}
	return to
}

// TextOf returns the text that AppendText appended, and the numbers after it.
func TextOf(numbers []uint64) (text string, rest []uint64) {
	length := int(numbers[0])
	words := (length + wordSize - 1) / wordSize
	bytes := make([]byte, 0, words*wordSize)
	for _, word := range numbers[1 : 1+words] {
		bytes = binary.LittleEndian.AppendUint64(bytes, word)
	}
	return string(bytes[:length]), numbers[1+words:]
}
