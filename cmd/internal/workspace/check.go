package workspace

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/importers/table"
)

// FindingsShown is how many findings of a code Check returns; the others are only counted.
const FindingsShown = 25

// CheckOptions say how files are checked.
type CheckOptions struct {
	AsOf     billing.Date
	Known    bool   // read the database of the workspace for the references in the files that it knows
	Database string // as in Options
}

// Checked is the result of checking files without taking them in.
type Checked struct {
	Rows          int
	Outcomes      map[billing.Outcome]Sum
	Withdrawals   int                  // rows with quantity 0, if WithKnown is false: whether they withdraw anything is unknown then
	Codes         map[billing.Code]int // rows with a finding of that code
	Findings      []CheckedFinding     // at most FindingsShown of a code
	Imported      *Imported
	WithReferrals bool // the files hold referrals; otherwise records were not checked against any
	WithKnown     bool // references that the workspace knows were used
	Book          *Book
}

// CheckedFinding is a finding and its place in a file.
type CheckedFinding struct {
	File, Sheet string // Sheet "" for CSV
	Column      string // letters, as a spreadsheet shows them; "" if none
	Row         int
	Rule        *billing.Rule
	Return      string // return code with which a message would be answered; "" for a row of a spreadsheet

	Prestatie *billing.Prestatie // for a record of a message, of which Sheet is the declaration number; nil otherwise
	Element   string             // for a finding on a message as a whole, of which Row is the line in the file; "" for records
	Values    []string
}

// Check judges files as far as possible without taking them in. It works in memory and writes nothing to disk.
func (f *Folder) Check(ctx context.Context, files []string, options CheckOptions) (*Checked, error) {
	if options.Known {
		if err := f.checkPath(); err != nil {
			return nil, err
		}
		options.Known = f.check() == nil // a folder that is no workspace knows no references
	}
	book, files, err := f.bookAmong(files)
	if err != nil {
		return nil, err
	}
	store, err := ledger.OpenMemory(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	catalogue := rules.Catalogue()
	in := intakeOn(store, catalogue)
	in.Book = book.Book
	before := intake.NewKnown()
	if options.Known {
		if before, err = f.known(ctx, options.Database, files, options.AsOf); err != nil {
			return nil, err
		}
		if err := store.Write(ctx, func(tx *ledger.Tx) error { return before.Keep(ctx, tx) }); err != nil {
			return nil, err
		}
	}
	imported, err := takeForCheck(ctx, in, files, options.AsOf)
	if err != nil {
		return nil, err
	}
	checked := &Checked{Imported: imported, Outcomes: make(map[billing.Outcome]Sum), Codes: make(map[billing.Code]int), Book: book, WithKnown: options.Known}
	checked.WithReferrals = slices.ContainsFunc(imported.Files, func(file ImportedFile) bool { return file.Referrals > 0 })
	if !checked.WithReferrals {
		catalogue = withoutReferrals()
	}
	period := latestMonth(ctx, store, options.AsOf)
	b := batchOn(store, catalogue)
	b.WithoutPages = true
	judged, err := b.Run(ctx, batch.RunInput{Period: period, AsOf: options.AsOf, Book: book.Book, Policy: f.Settings.Policy}, nil)
	if err != nil {
		return nil, err
	}
	if err := checked.addMessages(ctx, store, catalogue); err != nil {
		return nil, err
	}
	err = reporterOn(store, catalogue).EachRowOf(ctx, judged.Run, before.LastFile(), func(row *Row) error {
		checked.add(row, catalogue)
		return nil
	})
	// The rows come by client; the findings are returned in the order of the files.
	slices.SortStableFunc(checked.Findings, func(a, b CheckedFinding) int {
		return cmp.Or(strings.Compare(a.File, b.File), strings.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Row, b.Row))
	})
	return checked, err
}

// takeForCheck takes in files. The clients of their decisions are not known, so every number in a reference that may be a BSN
// is masked.
func takeForCheck(ctx context.Context, in *intake.Intake, files []string, asOf billing.Date) (*Imported, error) {
	imported, err := in.Import(ctx, byFolder(files), asOf, nil)
	if err != nil {
		return nil, err
	}
	for i := range imported.Decisions {
		imported.Decisions[i].Reference = bsn.MaskOf(imported.Decisions[i].Reference, "")
	}
	return imported, nil
}

// bookAmong returns the contract book among files, and the other files. If there is none it returns the book of f.
func (f *Folder) bookAmong(files []string) (*Book, []string, error) {
	var books, rest []string
	for _, path := range files {
		isBook, err := importers.IsBook(path, table.DefaultLimits())
		if err == nil && isBook {
			books = append(books, path)
			continue
		}
		rest = append(rest, path) // an unreadable file is refused when it is taken in
	}
	if len(books) == 0 {
		book, err := f.Book()
		return book, rest, err
	}
	book, _, err := importers.BookFiles(books, table.DefaultLimits())
	if err != nil {
		return nil, nil, err
	}
	return f.book(book, BookOfFiles), rest, nil
}

// latestMonth returns the month of the last care date in the store that is not after asOf; the month of asOf when there is
// none.
func latestMonth(ctx context.Context, store *ledger.Store, asOf billing.Date) billing.Period {
	day, err := store.LastCareDate(ctx, asOf)
	if err != nil || day.IsZero() {
		return asOf.Period()
	}
	return day.Period()
}

// add counts a row and its findings, except those that mean nothing yet (see saysNothing).
func (c *Checked) add(row *Row, catalogue *billing.Catalogue) {
	c.Rows++
	outcome := billing.Accepted
	if !c.WithKnown && row.Record.HasQuantity && row.Record.Quantity == 0 {
		c.Withdrawals++
		outcome = billing.Withdrawn
	}
	var seen billing.CodeSet
	for _, finding := range row.Findings {
		if c.saysNothing(finding.Code, outcome) {
			continue
		}
		rule := catalogue.Rule(finding.Code)
		severity := catalogue.SeverityFor(finding.Code, row.Record.Origin)
		switch {
		case severity == billing.Reject:
			outcome = billing.Rejected
		case severity == billing.Hold && outcome == billing.Accepted:
			outcome = billing.Held
		}
		if !seen.Has(finding.Code) {
			c.Codes[finding.Code]++
		}
		seen.Add(finding.Code)
		found := CheckedFinding{File: row.Record.File, Sheet: row.Record.Sheet, Column: columnOf(row, finding), Row: row.Record.Row, Rule: rule.On(row.Record), Values: finding.Values, Prestatie: row.Record.Prestatie}
		if row.Record.Prestatie != nil && severity == billing.Reject {
			found.Return = string(ijw.ReturnOf(rule))
		}
		c.note(found)
	}
	if row.Outcome == billing.Replaced || row.Outcome == billing.Withdrawn {
		outcome = row.Outcome
	}
	c.Outcomes[outcome] = c.Outcomes[outcome].Plus(Sum{Count: 1, Amount: row.Amount})
}

// saysNothing reports whether a finding on a row with this outcome means nothing before the row is taken in.
func (c *Checked) saysNothing(code billing.Code, outcome billing.Outcome) bool {
	switch code {
	case billing.T02: // the period in which the care will be declared is not known
		return true
	case billing.J26: // the prestatie that is taken back may have been answered elsewhere
		return true
	case billing.R01:
		return !c.WithReferrals
	case billing.F03: // a quantity of 0 may withdraw a record that is not known here
		return outcome == billing.Withdrawn
	}
	return false
}

// note adds a finding, up to FindingsShown for each code.
func (c *Checked) note(found CheckedFinding) {
	if c.Codes[found.Rule.Code] <= FindingsShown {
		c.Findings = append(c.Findings, found)
	}
}

// addMessages adds the findings on declarations (JW323) that are refused as a whole. Their prestaties were not judged and
// count as rejected.
func (c *Checked) addMessages(ctx context.Context, store *ledger.Store, catalogue *billing.Catalogue) error {
	messages, err := store.Messages(ctx)
	for i := range messages {
		m := &messages[i]
		if !m.Refused {
			continue
		}
		c.Rows += m.Prestaties
		c.Outcomes[billing.Rejected] = c.Outcomes[billing.Rejected].Plus(Sum{Count: m.Prestaties, Amount: m.Claimed})
		for _, finding := range m.Findings {
			c.Codes[finding.Code]++
			found := CheckedFinding{File: m.File, Element: finding.Element, Row: finding.Line, Rule: catalogue.Rule(finding.Code), Values: finding.Values}
			if found.Return = found.Rule.IJW; m.Inside {
				found.Return = string(ijw.TechnicallyWrong)
			}
			c.note(found)
		}
	}
	return err
}

func columnOf(row *Row, finding billing.Finding) string {
	if row.Columns != nil && row.Columns.Columns[finding.Field] > 0 {
		return table.ColumnName(row.Columns.Columns[finding.Field] - 1)
	}
	return ""
}

// withoutReferrals returns the catalogue for files without referrals. That no referral is found means nothing then, so it must
// not reject a record, since other rules skip rejected records.
func withoutReferrals() *billing.Catalogue {
	list := rules.All()
	for i := range list {
		switch list[i].Code {
		case billing.R01:
			list[i].Severity = billing.Hold
		case billing.J20: // the clients that a municipality knows are unknown too
			list[i].Severity = billing.Signal
		}
	}
	return billing.NewCatalogue(list)
}

// known returns what the database has about the references in files; nothing when there is no database.
func (f *Folder) known(ctx context.Context, database string, files []string, asOf billing.Date) (*intake.Known, error) {
	found := intake.NewKnown()
	if path, ok := strings.CutPrefix(f.address(database), "sqlite:"); ok && path != "" {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return found, nil
		}
	}
	references := &intake.References{}
	for _, file := range files {
		_, err := new(reader).Read(ctx, file, asOf, references)
		if err != nil && ctx.Err() != nil {
			return nil, ctx.Err() // any other error refuses the file when it is checked
		}
	}
	w, err := f.Open(ctx, Options{Database: database})
	if err != nil {
		return nil, err
	}
	err = w.store.Read(ctx, func(tx *ledger.Tx) error { return found.AddReferences(ctx, tx, references.Keys) })
	return found, errors.Join(err, w.Close())
}
