// Package compound recognises the content of a compound file, the container of old
// Office files, Outlook messages and encrypted modern Office files. [Look] returns
// its kind.
package compound

import (
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
)

// Signature is the beginning of every compound file.
const Signature = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// Kind is the kind of content of a compound file.
type Kind uint8

// The kinds of content.
const (
	Other           Kind = iota // such as an old Word document
	OldWorkbook                 // .xls
	Message                     // .msg of Outlook
	Rights                      // encrypted by a sensitivity label or rights management
	Password                    // encrypted with a password
	DefaultPassword             // encrypted with Excel's default password, without the user choosing one
)

// entry is one entry of the directory.
type entry struct {
	name        string
	isStream    bool
	start, size uint32
}

// The directory has entries of 128 bytes at offsets that are multiples of 128,
// each of which begins with a name in UTF-16. The others are offsets in an entry.
const (
	entryBytes   = 128
	nameLengthAt = 64
	entryTypeAt  = 66
	startAt      = 116
	sizeAt       = 120
)

// The types of an entry.
const (
	storage = 1
	stream  = 2
	root    = 5
)

// Look returns the kind of a compound file of size bytes, judging by the names in
// its directory. It searches the whole file for directory entries, so that it
// recognises damaged files too. The error is that of content.
func Look(content io.ReaderAt, size int64) (Kind, error) {
	kind := Other
	var info, mini entry // EncryptionInfo, and the root entry, in whose stream it may be
	isEncrypted, isDocument := false, false
	err := eachEntry(content, size, func(e entry, entryType byte) {
		name := strings.ToLower(e.name)
		switch {
		case entryType == root:
			mini = e
		case strings.HasPrefix(name, "__properties_version1"), strings.HasPrefix(name, "__nameid_version1"):
			kind = Message
		case name == "drmencryptedtransform", name == "drmencrypteddataspace":
			kind = Rights
		case name == "encryptioninfo" && e.isStream:
			info, isEncrypted = e, true
		case name == "encryptedpackage" && e.isStream:
			isEncrypted = true
		case name == "worddocument" && e.isStream, name == "powerpoint document" && e.isStream:
			isDocument = true
		case (name == "workbook" || name == "book") && e.isStream && kind == Other:
			kind = OldWorkbook
		}
	})
	switch {
	case err != nil:
		return Other, err
	case kind == Message, kind == Rights:
		return kind, nil
	case isEncrypted:
		if description, err := readStream(content, info, mini); err == nil && opensWith(description, excelPassword) {
			return DefaultPassword, nil
		}
		return Password, nil
	case isDocument: // which may have an embedded workbook
		return Other, nil
	}
	return kind, nil
}

// eachEntry calls found for everything in the file that looks like a directory entry.
func eachEntry(content io.ReaderAt, size int64, found func(e entry, entryType byte)) error {
	buffer := make([]byte, 64<<10)
	reader := io.NewSectionReader(content, 0, size)
	for {
		n, err := io.ReadFull(reader, buffer)
		for at := 0; at+entryBytes <= n; at += entryBytes {
			if raw := buffer[at : at+entryBytes]; isEntry(raw) {
				found(entry{
					name: entryName(raw), isStream: raw[entryTypeAt] == stream,
					start: binary.LittleEndian.Uint32(raw[startAt:]), size: binary.LittleEndian.Uint32(raw[sizeAt:]),
				}, raw[entryTypeAt])
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func isEntry(raw []byte) bool {
	length := int(binary.LittleEndian.Uint16(raw[nameLengthAt:]))
	switch raw[entryTypeAt] {
	case storage, stream, root:
		return length >= 4 && length <= nameLengthAt && length%2 == 0
	}
	return false
}

// entryName returns the name of an entry, without the control character that some begin with.
func entryName(raw []byte) string {
	units := make([]uint16, binary.LittleEndian.Uint16(raw[nameLengthAt:])/2-1)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(raw[2*i:])
	}
	return strings.TrimLeft(string(utf16.Decode(units)), "\x00\x01\x02\x03\x04\x05\x06")
}
