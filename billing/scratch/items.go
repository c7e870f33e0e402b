package scratch

import (
	"encoding/binary"
	"os"
)

// Items are items of one size, each found by its key, of which there may be more than memory should hold: the last ones
// wait in memory, those before them stand in a file that nobody else can open. What is in memory beside the ones that wait is
// bounded: the last item of each chain, and which keys the file cannot hold. They are not safe for concurrent use.
type Items struct {
	in      string // the folder of the file
	size    int    // of an entry in bytes: the key, the number of the one before it in its chain, the item
	held    int    // how many wait before they are written
	file    *os.File
	inFile  int    // how many stand in the file
	waiting []byte // those after them
	heads   []uint32
	filter  []uint64
	entry   []byte   // that was read last
	item    []uint64 // of it
}

const (
	wordSize  = 8
	keySize   = 2 * wordSize
	itemFrom  = keySize + wordSize
	chains    = 1 << 20
	lineWords = 8       // of the filter that say of a key whether the file may hold it: a line of the processor's cache
	lines     = 1 << 18 // 16 MiB: of ten million keys one in five hundred is looked for in vain
	keyBits   = 6       // that a key sets in its line
)

// NewItems returns no items, of so many numbers each. At most so many are held in memory; the others go to a file in a folder,
// "" for that of the system. Close them.
func NewItems(in string, numbers, held int) *Items {
	size := itemFrom + numbers*wordSize
	return &Items{in: in, size: size, held: max(1, held), heads: make([]uint32, chains), entry: make([]byte, size), item: make([]uint64, numbers)}
}

// Len returns how many there are.
func (s *Items) Len() int { return s.inFile + len(s.waiting)/s.size }

// Add adds an item under a key that has none.
func (s *Items) Add(key [2]uint64, item ...uint64) error {
	if len(s.waiting) >= s.held*s.size {
		if err := s.write(); err != nil {
			return err
		}
	}
	head := &s.heads[key[0]%chains]
	for _, number := range [...]uint64{key[0], key[1], uint64(*head)} {
		s.waiting = binary.LittleEndian.AppendUint64(s.waiting, number)
	}
	for _, number := range item {
		s.waiting = binary.LittleEndian.AppendUint64(s.waiting, number)
	}
	*head = uint32(s.Len())
	return nil
}

// Find returns the item under a key, until the next call; nil for none.
func (s *Items) Find(key [2]uint64) ([]uint64, error) {
	for number := int(s.heads[key[0]%chains]); number > 0; {
		if number <= s.inFile && !s.mayStandInFile(key) {
			return nil, nil
		}
		entry, err := s.at(number)
		if err != nil {
			return nil, err
		}
		found, before := parse(entry)
		if found == key {
			for i := range s.item {
				s.item[i] = binary.LittleEndian.Uint64(entry[itemFrom+i*wordSize:])
			}
			return s.item, nil
		}
		number = before
	}
	return nil, nil
}

// Truncate forgets all but the first items.
func (s *Items) Truncate(count int) error {
	for number := s.Len(); number > count; number-- {
		entry, err := s.at(number)
		if err != nil {
			return err
		}
		key, before := parse(entry)
		s.heads[key[0]%chains] = uint32(before)
	}
	s.waiting = s.waiting[:max(0, count-s.inFile)*s.size]
	s.inFile = min(s.inFile, count)
	return nil
}

// Close forgets all of them.
func (s *Items) Close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}

// parse returns the key of an entry, and the number of the entry before it in its chain; 0 for none.
func parse(entry []byte) (key [2]uint64, before int) {
	key = [2]uint64{binary.LittleEndian.Uint64(entry), binary.LittleEndian.Uint64(entry[wordSize:])}
	return key, int(binary.LittleEndian.Uint64(entry[keySize:]))
}

// at returns the entry of a number, counted from 1.
func (s *Items) at(number int) ([]byte, error) {
	if number > s.inFile {
		from := (number - 1 - s.inFile) * s.size
		return s.waiting[from : from+s.size], nil
	}
	_, err := s.file.ReadAt(s.entry, int64(number-1)*int64(s.size))
	return s.entry, err
}

// write writes those that wait.
func (s *Items) write() error {
	if s.file == nil {
		file, err := File(s.in)
		if err != nil {
			return err
		}
		if err := os.Remove(file.Name()); err != nil { // it goes with this process, whatever becomes of that
			file.Close()
			return err
		}
		s.file, s.filter = file, make([]uint64, lines*lineWords)
	}
	if _, err := s.file.WriteAt(s.waiting, int64(s.inFile)*int64(s.size)); err != nil {
		return err
	}
	for from := 0; from < len(s.waiting); from += s.size {
		key, _ := parse(s.waiting[from:])
		for place := range bitsOf(key) {
			s.filter[place/64] |= 1 << (place % 64)
		}
	}
	s.inFile, s.waiting = s.Len(), s.waiting[:0]
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

// bitsOf calls with the bits of the filter that stand for a key.
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
