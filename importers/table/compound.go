package table

import (
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf16"
)

// The compound file is the container of old Office files, and of new ones that
// are encrypted. Its directory has entries of 128 bytes that begin with a name
// in UTF-16, at offsets that are multiples of 128.
const (
	directoryEntryBytes = 128
	nameLengthAt        = 64
	entryTypeAt         = 66
)

// compoundProblem says what a compound file holds by the names in its
// directory. The directory is looked for in the whole file, so that one that
// is damaged is named rightly too.
func compoundProblem(content io.ReaderAt, size int64) error {
	problem := newProblem("old-office")
	buffer := make([]byte, 1<<20)
	reader := io.NewSectionReader(content, 0, size)
	for {
		n, err := io.ReadFull(reader, buffer)
		for at := 0; at+directoryEntryBytes <= n; at += directoryEntryBytes {
			switch entryName(buffer[at : at+directoryEntryBytes]) {
			case "EncryptedPackage", "EncryptionInfo":
				return newProblem("encrypted")
			case "Workbook", "Book":
				problem = newProblem("old-xls")
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return problem
		}
		if err != nil {
			return err
		}
	}
}

// entryName gives the name in a directory entry of a stream, "" if it is none.
func entryName(entry []byte) string {
	const stream = 2
	length := int(binary.LittleEndian.Uint16(entry[nameLengthAt:]))
	if entry[entryTypeAt] != stream || length < 4 || length > nameLengthAt || length%2 != 0 {
		return ""
	}
	units := make([]uint16, length/2-1)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(entry[2*i:])
	}
	return string(utf16.Decode(units))
}
