package workspace

import (
	"os"
	"sync"
	"time"

	"github.com/pxq-nl/pxq/importers"
)

// knownHashes are the hashes of files as they were last looked at. Pages ask for them again and again, and a file is large:
// it is read again once its size or its time is another. What is made final reads the settings anew, and with them every
// file.
type knownHashes struct {
	mutex  sync.Mutex
	byPath map[string]knownHash
}

type knownHash struct {
	size    int64
	changed time.Time
	hash    string
}

// hashesMost is how many files are remembered.
const hashesMost = 10_000

// HashOf returns the SHA-256 of a file, in hexadecimal, and its size.
func (f *Folder) HashOf(path string) (hash string, size int64, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", 0, err
	}
	if f.hashes == nil {
		hash, err = importers.Hash(path)
		return hash, info.Size(), err
	}
	f.hashes.mutex.Lock()
	known, has := f.hashes.byPath[path]
	f.hashes.mutex.Unlock()
	if has && known.size == info.Size() && known.changed.Equal(info.ModTime()) {
		return known.hash, known.size, nil
	}
	if hash, err = importers.Hash(path); err != nil {
		return "", 0, err
	}
	f.hashes.mutex.Lock()
	defer f.hashes.mutex.Unlock()
	if f.hashes.byPath == nil || len(f.hashes.byPath) > hashesMost {
		f.hashes.byPath = make(map[string]knownHash)
	}
	f.hashes.byPath[path] = knownHash{info.Size(), info.ModTime(), hash}
	return hash, info.Size(), nil
}
