package importers

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"path/filepath"
	"strings"

	messages "github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/importers/ijw"
	"github.com/pxq-nl/pxq/importers/table"
)

var _ Refusal = (*ijw.Refusal)(nil)

// messageHead is how many bytes of a file are examined to recognise a message.
const messageHead = 4096

// IsMessage reports whether a file should be read with ReadMessage: its name ends in .xml, or it starts with XML that names
// the iJw standard and its name is not that of a workbook or a CSV file. The error is a Refusal.
func (r *Reader) IsMessage(path string) (bool, error) {
	if strings.EqualFold(filepath.Ext(path), ".xml") {
		return true, nil
	}
	if table.HasReadableName(path) {
		return false, nil
	}
	file, err := table.OpenFile(path)
	if err != nil {
		return false, err
	}
	defer file.Close()
	head, err := io.ReadAll(io.LimitReader(file, messageHead))
	if err != nil {
		return false, table.Unreadable(path, err)
	}
	head = bytes.TrimPrefix(head, []byte("\uFEFF"))
	return bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("<")) && bytes.Contains(head, []byte("istandaarden.nl")), nil
}

// ReadMessage reads an iJw message into the sink, client by client. The error is a Refusal if the file cannot be taken in,
// or else the sink's; in either case the sink may have received part of the message.
func (r *Reader) ReadMessage(path string, sink messages.Sink) (*messages.File, error) {
	file, err := table.OpenFile(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, messages.MaxBytes+1))
	if err != nil {
		return nil, table.Unreadable(path, err)
	}
	kind, err := ijw.Read(bytes.NewReader(content), sink)
	if refusal, ok := errors.AsType[*ijw.Refusal](err); ok {
		placed := *refusal
		placed.File = path
		return nil, &placed
	}
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(content)
	return &messages.File{Kind: kind, Name: filepath.Base(path), SHA256: hex.EncodeToString(sum[:]), Content: content}, nil
}
