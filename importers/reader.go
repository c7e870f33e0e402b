package importers

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"path/filepath"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// Reader reads files of any kind.
type Reader struct {
	Limits table.Limits // a file that exceeds them is refused; the zero value means table.DefaultLimits
}

// Read reads one file into the sink, row by row. asOf is the day on which the import is taken to run; care after
// it is a finding (F09). The error is a Refusal if the file cannot be taken in, or else that of the sink or the
// context; in either case the sink may have received part of the file.
func (r *Reader) Read(ctx context.Context, path string, asOf billing.Date, sink billing.Sink) (*billing.FileSummary, error) {
	file, err := table.Open(path, limitsOr(r.Limits))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return read(ctx, path, file, asOf, sink)
}

// read reads an opened file into the sink.
func read(ctx context.Context, path string, file *table.File, asOf billing.Date, sink billing.Sink) (*billing.FileSummary, error) {
	if refused := refuseOwnReport(path, file.Kind()); refused != nil {
		return nil, refused
	}
	in := &reading{
		ctx: ctx, path: path, file: file, isCSV: file.Format() == "csv", asOf: asOf, sink: sink, names: newNames(),
		summary: &billing.FileSummary{Name: filepath.Base(path), WrittenAs: file.Kind()},
	}
	for _, sheet := range file.Sheets() {
		if err := in.readSheet(sheet); err != nil {
			return nil, err
		}
	}
	if !in.understood {
		return nil, in.refuseNoHeading()
	}
	var err error
	if in.summary.SHA256, err = file.Hash(); err != nil {
		return nil, err
	}
	return in.summary, nil
}

func limitsOr(limits table.Limits) table.Limits {
	if limits == (table.Limits{}) {
		return table.DefaultLimits()
	}
	return limits
}

// Hash returns the SHA-256 of a file in hexadecimal, without reading the file into memory. The error is a Refusal.
func Hash(path string) (string, error) {
	file, err := table.OpenFile(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil && info.Size() > table.DefaultLimits().Unpacked {
		return "", table.TooLarge(path, table.DefaultLimits()) // reading it would refuse it anyway
	}
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", table.Unreadable(path, err)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
