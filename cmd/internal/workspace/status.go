package workspace

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
)

// Standing tells where a workspace stands.
type Standing struct {
	*Status
	Region  string
	Address string      // of the database, without a password
	Files   []TakenFile // taken in since the last close and not taken back, in order
	Waiting []report.Waiting
	Book    *billing.Book
}

// TakenFile is a file that was taken in. A file of which the name was used again is known by its hash.
type TakenFile struct {
	Name     string
	SHA256   string
	Kind     string
	Received billing.Date
	Rows     int // of records
}

// Status returns where the workspace stands, seen from a day.
func (w *Workspace) Status(ctx context.Context, today billing.Date) (*Standing, error) {
	book, err := w.Book()
	if err != nil {
		return nil, err
	}
	standing := &Standing{Region: w.Settings.Region, Address: w.store.Address(), Book: book.Book}
	if standing.Status, err = w.reporter().Status(ctx, book.Fingerprint); err != nil {
		return nil, err
	}
	if standing.Waiting, err = w.reporter().WaitingFor(ctx, today); err != nil {
		return nil, err
	}
	closed, _, err := w.store.LastClosed(ctx)
	if err != nil {
		return nil, err
	}
	files, err := w.store.FilesAfter(ctx, closed.LastFile)
	for _, file := range files {
		if file.Withdrawn == 0 {
			standing.Files = append(standing.Files, TakenFile{Name: file.Name, SHA256: file.SHA256, Kind: file.Kind, Received: billing.Date(file.Received), Rows: file.Rows})
		}
	}
	return standing, err
}
