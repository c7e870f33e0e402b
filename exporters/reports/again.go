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

// Made records what the workbooks of an open period were made from, so that a later run need not rewrite all of them. Most
// rows are plain and appear only in the return file of their provider; what they add to the other workbooks is kept here.
type Made struct {
	Head      string // what all workbooks show or depend on; nothing is copied if it changed
	Providers map[string]*MadeProvider
	Signals   *uitval.Signals // of uitval.xlsx; nil if not known
}

// MadeProvider records the return file of a provider, and what its rows add to other workbooks.
type MadeProvider struct {
	File  string                 // name of the return file; "" if there is none
	Facts string                 // digest of its content that does not follow from rows and lines
	Parts map[string]*month.Part // of the plain rows, by municipality
	Quiet map[string]*month.Part // of the rows that are quiet but not plain, by municipality
	Noted *uitval.Quiet          // what those add to uitval.xlsx; nil for nothing
	Left  []string               // numbers in findings on its rows, to be masked if they become those of clients
	Towns map[int64]string       // municipalities of rows that do not say so themselves, by the ID of the record

	Strangers map[string]int // rows in its files with an AGB code that is not in the book, by that code; its return file mentions them
}

// LastWorkbooks describes the workbooks of an earlier run.
type LastWorkbooks struct {
	Made    Made
	Folder  string
	Touched []string          // providers with a row or line that changed since
	Files   map[string]string // hashes, by name, of the workbooks that are still as they were written
}

// WriteAgain does what Write does, but copies the return files in which nothing changed from an earlier run. standing is nil if
// there was none; it is not used either if it was made under another head. The result says what the workbooks were made from.
func WriteAgain(ctx context.Context, dir string, of *report.Report, head string, standing *LastWorkbooks) ([]File, *Made, error) {
	if standing != nil && standing.Made.Head == head {
		files, made, err := writeAgain(ctx, dir, of, head, standing)
		var differs *Difference
		if !errors.As(err, &differs) && !errors.Is(err, errNotKept) && !errors.Is(err, workbook.ErrEarlierDiffers) {
			return files, made, err
		}
		if err := clearFolder(dir); err != nil { // what was kept does not add up: read everything
			return nil, nil, err
		}
	}
	return writeAgain(ctx, dir, of, head, nil)
}

func writeAgain(ctx context.Context, dir string, of *report.Report, head string, standing *LastWorkbooks) ([]File, *Made, error) {
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

// errNotKept says that standing lacks something that only all rows together can tell; then all rows are read.
var errNotKept = errors.New("not kept")

// takeOver links or copies a file into another folder.
func takeOver(from, to string) error {
	if os.Link(from, to) == nil {
		return nil
	}
	return copyFile(from, to) // where links are not supported
}

// clearFolder removes the files of a folder.
func clearFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, entry := range entries {
		err = errors.Join(err, os.Remove(filepath.Join(dir, entry.Name())))
	}
	return err
}

// findKept finds the providers whose return file is copied: none of their rows and lines changed, its other content is the
// same, and the file is as it was written.
func (g *gathering) findKept(ctx context.Context, of *report.Report, standing *LastWorkbooks, facts map[string]string) error {
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
		g.exceptions.CopyFrom(filepath.Join(standing.Folder, name), standing.Made.Signals)
	}
	return g.dropMasked(ctx, of)
}

// dropMasked drops the providers with a number in a finding that has since become known as that of a client and is now masked.
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

// sameStrangers returns errNotKept unless the copied return files mention as many rows with unknown codes as there are now: a
// newer version of such a row does not count as a change at their provider.
func (g *gathering) sameStrangers() error {
	for agb, known := range g.kept {
		if !maps.Equal(known.Strangers, g.provider(agb).Strangers()) {
			return errNotKept
		}
	}
	return nil
}

// making returns what is recorded of a provider whose return file is rebuilt.
func (g *gathering) making(agb string) *MadeProvider {
	if g.made.Providers[agb] == nil {
		g.made.Providers[agb] = &MadeProvider{Parts: make(map[string]*month.Part), Quiet: make(map[string]*month.Part), Towns: make(map[int64]string)}
	}
	return g.made.Providers[agb]
}

// noteQuiet records what a quiet row adds to other workbooks.
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

// townOf returns the municipality of a row that does not say so itself, once all rows were seen.
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

// noteFiles records the return files that are rebuilt.
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

// factsOf returns, by provider, a digest of the content of its return file that does not follow from its rows and lines.
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
			finding.Message = nil // its address in memory means nothing
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
