package site

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
)

// FileHash is the SHA-256 of a file while it is read.
type FileHash struct{ hash.Hash }

// NewHash returns the hash of nothing yet.
func NewHash() FileHash { return FileHash{sha256.New()} }

// Text returns the hash as a text.
func (h FileHash) Text() string { return hex.EncodeToString(h.Sum(nil)) }
