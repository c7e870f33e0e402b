package web

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
)

// fileHash is the SHA-256 of a file while it is read.
type fileHash struct{ hash.Hash }

func newHash() fileHash { return fileHash{sha256.New()} }

func (h fileHash) text() string { return hex.EncodeToString(h.Sum(nil)) }
