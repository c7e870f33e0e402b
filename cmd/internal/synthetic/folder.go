package synthetic

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"github.com/pxq-nl/pxq/billing/parallel"
	"github.com/pxq-nl/pxq/rates"
)

// folder is where the workspace is written. It records what was written.
type folder struct {
	root    string
	mutex   sync.Mutex
	written []string
}

func newFolder(root string) *folder { return &folder{root: root} }

// write writes a file with mode 0600; it fails if the file exists.
func (f *folder) write(name string, content []byte) (err error) {
	path := filepath.Join(f.root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	f.mutex.Lock()
	f.written = append(f.written, name)
	f.mutex.Unlock()
	_, err = file.Write(content)
	return errors.Join(err, file.Close())
}

// writeOnce is write, but accepts an existing file with the same content: the months of a workspace share it.
func (f *folder) writeOnce(name string, content []byte) error {
	found, err := os.ReadFile(filepath.Join(f.root, filepath.FromSlash(name)))
	if err == nil && bytes.Equal(found, content) {
		return nil
	}
	return f.write(name, content)
}

// names returns the names of the files that were written, sorted.
func (f *folder) names() []string {
	slices.Sort(f.written)
	return f.written
}

// discard removes what was written.
func (f *folder) discard() {
	for _, name := range f.written {
		os.Remove(filepath.Join(f.root, filepath.FromSlash(name)))
	}
}

// filesAtOnce limits how many files are made at the same time, and so the use of memory.
const filesAtOnce = 4

// write writes the plan.
func (p *plan) write(ctx context.Context, to *folder) error {
	if p.options.Messages {
		return p.messageFiles(ctx, "", to.write)
	}
	group, ctx := parallel.New(ctx)
	group.SetLimit(min(filesAtOnce, runtime.GOMAXPROCS(0)))
	declaring := ""
	if p.options.One {
		if declaring = p.declaring(); declaring != "" {
			group.Go(func() error { return p.messageFiles(ctx, declaring, to.write) })
		}
	}
	group.Go(func() error { return p.referralFiles(ctx, to.write) })
	for _, file := range p.submissions() {
		if file.maker.agb == declaring {
			continue
		}
		group.Go(func() error {
			content, err := file.content(ctx)
			if err != nil {
				return err
			}
			return to.write(file.name(), content)
		})
	}
	if p.options.Plain {
		group.Go(func() error { return writeBook(p.options.Tables, to.writeOnce) })
	}
	return group.Wait()
}

func (s *submission) content(ctx context.Context) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s.maker.style.csv {
		return s.csv(ctx)
	}
	return s.xlsx(ctx)
}

// writeBook writes the tables of the book as CSV.
func writeBook(tables []rates.Table, write func(name string, content []byte) error) error {
	for _, table := range tables {
		var content bytes.Buffer
		writer := csv.NewWriter(&content)
		writer.Comma = ';'
		for _, row := range table.Rows {
			if err := writer.Write(row.Cells); err != nil {
				return err
			}
		}
		writer.Flush()
		if err := errors.Join(writer.Error(), write("contract/"+table.Name+".csv", content.Bytes())); err != nil {
			return err
		}
	}
	return nil
}
