package compound

import (
	"encoding/binary"
	"errors"
	"io"
)

// Offsets and sizes in a compound file. Its header holds the beginning of the
// table of sectors (the FAT).
const (
	headerBytes     = 512
	sectorShiftAt   = 30
	firstMiniFATAt  = 60
	tableAt         = 76
	tableEntries    = 109
	miniSectorBytes = 64
	miniStreamBelow = 4096 // shorter streams are in mini sectors, inside the stream of the root
	streamMax       = 64 << 10
)

var errBroken = errors.New("the compound file is broken")

// sectors reads chains of sectors.
type sectors struct {
	content io.ReaderAt
	header  [headerBytes]byte
	size    int64 // of a sector
}

// readStream returns the content of stream e, at most streamMax bytes; mini is the entry of the root.
func readStream(content io.ReaderAt, e, mini entry) ([]byte, error) {
	if e.size == 0 || e.size > streamMax {
		return nil, errBroken
	}
	s := &sectors{content: content}
	if _, err := content.ReadAt(s.header[:], 0); err != nil {
		return nil, err
	}
	shift := binary.LittleEndian.Uint16(s.header[sectorShiftAt:])
	if shift != 9 && shift != 12 {
		return nil, errBroken
	}
	s.size = 1 << shift
	if e.size >= miniStreamBelow {
		return s.read(e.start, int64(e.size))
	}
	out := make([]byte, 0, e.size)
	table := binary.LittleEndian.Uint32(s.header[firstMiniFATAt:])
	for at := e.start; len(out) < int(e.size); {
		piece := make([]byte, miniSectorBytes)
		if err := s.readWithin(mini.start, int64(at)*miniSectorBytes, piece); err != nil {
			return nil, err
		}
		out = append(out, piece...)
		next := make([]byte, 4)
		if err := s.readWithin(table, int64(at)*4, next); err != nil {
			return nil, err
		}
		at = binary.LittleEndian.Uint32(next)
	}
	return out[:e.size], nil
}

// read returns the first length bytes of the chain that begins at sector start.
func (s *sectors) read(start uint32, length int64) ([]byte, error) {
	out := make([]byte, length)
	for from := int64(0); from < length; from += s.size {
		if err := s.readSector(start, 0, out[from:min(from+s.size, length)]); err != nil {
			return nil, err
		}
		var err error
		if start, err = s.next(start); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// readWithin reads bytes that lie within one sector of a chain.
func (s *sectors) readWithin(start uint32, offset int64, p []byte) error {
	steps := offset / s.size
	if steps > streamMax { // longer than the chain of any supported file
		return errBroken
	}
	for range steps {
		var err error
		if start, err = s.next(start); err != nil {
			return err
		}
	}
	return s.readSector(start, offset%s.size, p)
}

func (s *sectors) readSector(number uint32, offset int64, p []byte) error {
	_, err := s.content.ReadAt(p, (int64(number)+1)*s.size+offset)
	return err
}

// next returns the sector that follows a sector in its chain. It supports only the
// part of the table that the header refers to directly, which suffices for the
// small streams read here.
func (s *sectors) next(number uint32) (uint32, error) {
	inSector := uint32(s.size / 4)
	part := number / inSector
	if part >= tableEntries {
		return 0, errBroken
	}
	sector := binary.LittleEndian.Uint32(s.header[tableAt+4*part:])
	raw := make([]byte, 4)
	if err := s.readSector(sector, int64(number%inSector)*4, raw); err != nil {
		return 0, err
	}
	return binary.LittleEndian.Uint32(raw), nil
}
