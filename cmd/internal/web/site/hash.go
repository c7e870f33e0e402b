package site

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
)

// FileHash computes the SHA-256 of a file as it is written to it.
type FileHash struct{ hash.Hash }

// NewHash returns a hash to which nothing was written yet.
func NewHash() FileHash { return FileHash{sha256.New()} }

// Text returns the hash in hexadecimal.
func (h FileHash) Text() string { return hex.EncodeToString(h.Sum(nil)) }
