package csvtext

import (
	"errors"
	"strings"
	"testing"
)

// A surrogate pair counts as one character, even if it is split between two chunks.
func TestPairAcrossChunks(t *testing.T) {
	text := "\xFF\xFE" + strings.Repeat("x\x00", chunkBytes/2-2) + "\x3D\xD8"
	for second, valid := range map[string]bool{"\x00\xDE": true, "x\x00": false} {
		encoding, err := FindEncoding(strings.NewReader(text+second), int64(len(text+second)))
		var not *NotText
		switch {
		case valid && (err != nil || encoding != UTF16LE):
			t.Errorf("%q: %v, %v", second, encoding, err)
		case !valid && (!errors.As(err, &not) || not.Offset != chunkBytes):
			t.Errorf("%q: got %v, want an error at byte %d", second, err, chunkBytes)
		}
	}
}
