package reports

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/reports/retour"
	"github.com/pxq-nl/pxq/exporters/reports/uitval"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// Made says what the workbooks of an open period were made of, so that those of a later run need not be written whole. Most
// rows are plain, and stand in the return file of their provider alone; what they add to the other workbooks is kept here.
type Made struct {
	Head      string // what stands on every workbook
	Providers map[string]*MadeProvider
	Signals   *uitval.Signals // in uitval.xlsx; nil when it is not known which
}

// MadeProvider is a provider, by its AGB code, with its return file.
type MadeProvider struct {
	File  string                 // its name; "" when there is none
	Facts string                 // digest of what it says that does not follow from rows and lines
	Parts map[string]*month.Part // the plain rows, by municipality
	Quiet map[string]*month.Part // likewise those that are quiet and not plain
	Noted *uitval.Quiet          // what uitval.xlsx says of those; nil for nothing
	Left  []string               // numbers in what was found on rows that would be masked if they became those of clients
	Towns map[int64]string       // of rows that no municipality was known of by themselves, by the number of the row

	Strangers map[string]int // rows of others in its files, by their AGB code, of which its return file tells
}

// Standing are the workbooks of a run before.
type Standing struct {
	Made    Made
	Folder  string
	Touched []string          // providers of whom a row or a line became another since
	Files   map[string]string // hashes of those that stand there as they were written
}

// WriteAgain is Write that takes over, of the workbooks that stand, the return files in which nothing changed. Standing is
// nil when there are none. It returns what was made, under the same head.
func WriteAgain(ctx context.Context, dir string, of *report.Report, head string, standing *Standing) ([]File, *Made, error) {
	if standing != nil && standing.Made.Head == head {
		files, made, err := writeAgain(ctx, dir, of, head, standing)
		var differs *Difference
		if !errors.As(err, &differs) && !errors.Is(err, errNotKept) && !errors.Is(err, workbook.ErrStanding) {
			return files, made, err
		}
		if err := clearFolder(dir); err != nil { // what was kept does not add up: all is read
			return nil, nil, err
		}
	}
	return writeAgain(ctx, dir, of, head, nil)
}

func writeAgain(ctx context.Context, dir string, of *report.Report, head string, standing *Standing) ([]File, *Made, error) {
	var gathered *gathering
	files, err := layout.WriteAll(ctx, dir, workbook.SheetRows, func(spool *workbook.Spool) (plans []layout.Plan, err error) {
		if gathered, err = gather(ctx, of, spool, standing); err != nil {
			return nil, err
		}
		return gathered.workbooks(), gathered.reconcile()
	})
	if err != nil {
		return nil, nil, err
	}
	for _, agb := range layout.SortedKeys(gathered.kept) {
		if name := gathered.kept[agb].File; name != "" {
			if err := takeOver(filepath.Join(standing.Folder, name), filepath.Join(dir, name)); err != nil {
				return nil, nil, err
			}
			files = append(files, File{Name: name, SHA256: standing.Files[name]})
		}
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	gathered.made.Head, gathered.made.Signals = head, gathered.exceptions.Made()
	return files, &gathered.made, nil
}

// errNotKept says that something is not kept that no row can tell: then all rows are read.
var errNotKept = errors.New("not kept")

// takeOver puts a file that stands elsewhere in a folder.
func takeOver(from, to string) error {
	if os.Link(from, to) == nil {
		return nil
	}
	return copyFile(from, to) // where there are no links
}

// clearFolder removes the files of a folder.
func clearFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, entry := range entries {
		err = errors.Join(err, os.Remove(filepath.Join(dir, entry.Name())))
	}
	return err
}

// findKept finds the providers whose return file is taken over: nothing of theirs changed since, what else it says is
// the same, and it stands as it was written.
func (g *gathering) findKept(ctx context.Context, of *report.Report, standing *Standing, facts map[string]string) error {
	if standing == nil {
		return nil
	}
	for agb, known := range standing.Made.Providers {
		if known.File != "" && standing.Files[known.File] == "" || known.Facts != facts[agb] || slices.Contains(standing.Touched, agb) {
			continue
		}
		g.kept[agb] = known
	}
	name := layout.FileName("uitval", "", "")
	if g.quiet = standing.Made.Signals != nil && standing.Files[name] != ""; g.quiet {
		g.exceptions.Stands(filepath.Join(standing.Folder, name), standing.Made.Signals)
	}
	return g.dropMasked(ctx, of)
}

// dropMasked sees to it that nobody is kept of whom something is masked since it became known whose number it is.
func (g *gathering) dropMasked(ctx context.Context, of *report.Report) error {
	var numbers []string
	for _, known := range g.kept {
		numbers = append(numbers, known.Left...)
	}
	clients, err := of.Clients(ctx, numbers)
	if err != nil {
		return err
	}
	maps.DeleteFunc(g.kept, func(_ string, known *MadeProvider) bool {
		return slices.ContainsFunc(known.Left, func(number string) bool { return clients[number] })
	})
	return nil
}

// sameStrangers sees that the return files that are taken over tell of as many rows of others as there are now: it is not
// their provider whom a newer version of such a row touches.
func (g *gathering) sameStrangers() error {
	for agb, known := range g.kept {
		if !maps.Equal(known.Strangers, g.provider(agb).Strangers()) {
			return errNotKept
		}
	}
	return nil
}

// making is what is kept of a provider whose return file is made anew.
func (g *gathering) making(agb string) *MadeProvider {
	if g.made.Providers[agb] == nil {
		g.made.Providers[agb] = &MadeProvider{Parts: make(map[string]*month.Part), Quiet: make(map[string]*month.Part), Towns: make(map[int64]string)}
	}
	return g.made.Providers[agb]
}

// noteQuiet keeps what a quiet row adds.
func (g *gathering) noteQuiet(row *report.Row, municipality string) {
	parts := g.making(row.ReturnTo).Parts
	if !row.IsPlain() {
		parts = g.making(row.ReturnTo).Quiet
	}
	if parts[municipality] == nil {
		parts[municipality] = &month.Part{}
	}
	parts[municipality].Add(row, g.Period, g.WayOf(row))
}

// townOf returns the municipality of a row that no row tells by itself, now that all rows were seen.
func (g *gathering) townOf(row *report.Row) (string, error) {
	if known := g.kept[row.ReturnTo]; known != nil {
		code, ok := known.Towns[row.Record.ID]
		if !ok {
			return "", errNotKept
		}
		return code, nil
	}
	code := g.residence.later(row)
	g.making(row.ReturnTo).Towns[row.Record.ID] = code
	return code, nil
}

// noteFiles keeps the names of the return files.
func (g *gathering) noteFiles(facts map[string]string) {
	for agb, provider := range g.providers {
		if g.kept[agb] == nil {
			made := g.making(agb)
			slices.Sort(made.Left)
			made.Left = slices.Compact(made.Left)
			made.Strangers, made.Noted = provider.Strangers(), g.exceptions.QuietOf(agb)
			if made.Facts = facts[agb]; provider.Exists() {
				made.File = retour.FileName(provider)
			}
		}
	}
}

// factsOf returns, by provider, a digest of what its return file says that does not follow from its rows and lines.
func factsOf(of *report.Report, signals []*report.Signal) map[string]string {
	texts := make(map[string][]byte)
	add := func(agb string, fact any) { texts[agb] = fmt.Appendf(texts[agb], "%+v\n", fact) }
	for i := range of.Payments {
		add(of.Payments[i].Provider, of.Payments[i])
	}
	for i := range of.LeftOut {
		add(of.LeftOut[i].Provider, of.LeftOut[i])
	}
	for i := range of.Files {
		file := &of.Files[i]
		if file.Totals+file.Empty > 0 {
			add(file.Provider, [2]int{file.Totals, file.Empty})
		}
		for j := range file.Again {
			add(file.Again[j].Provider, file.Again[j])
		}
	}
	for _, signal := range signals {
		add(signal.Provider, *signal)
	}
	for i := range of.NotSent {
		message := of.NotSent[i]
		for _, finding := range message.Findings {
			finding.Message = nil // where it lies in memory says nothing
			add(message.Provider, finding)
		}
		message.Findings = nil
		add(message.Provider, message)
	}
	facts := make(map[string]string, len(texts))
	for agb, text := range texts {
		digest := sha256.Sum256(text)
		facts[agb] = hex.EncodeToString(digest[:])
	}
	return facts
}
