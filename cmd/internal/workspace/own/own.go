// Package own handles the files that a provider uploads on the pages. They may hold only the provider's own care records. A
// Check judges them, together with what the region knows of that provider's care, before they are sent in, and says in a
// Result or a workbook what would become of each row. A Reader then guards the import, which is the same as for other files:
// it refuses a file with anything else in it, with a Foreign.
//
// Start reading at Check.Run.
package own

import (
	"context"
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/importers/table"
)

// Foreign is the error for a file that holds something other than care records of its provider.
type Foreign struct {
	File string
	text billing.Text
}

// In returns the text in a language, nl or en.
func (f *Foreign) In(language string) string { return f.text.In(language) }

// Error returns the English text.
func (f *Foreign) Error() string { return f.text.English }

func foreign(file, dutch, english string, values ...any) *Foreign {
	return &Foreign{File: file, text: billing.Texts(dutch, english, values...)}
}

// Reader reads files of one provider. It refuses a file with a row of another kind, or with a readable AGB code that is not
// the provider's. The import reads with it inside its transaction.
type Reader struct {
	importers.Reader
	Provider string
}

// Read reads a file into sink. It returns a *Foreign when anything in the file is not the provider's.
func (r Reader) Read(ctx context.Context, path string, asOf billing.Date, sink billing.Sink) (*billing.FileSummary, error) {
	watch := &watcher{Sink: sink, provider: r.Provider}
	summary, err := r.Reader.Read(ctx, path, asOf, watch)
	if err != nil {
		return nil, err
	}
	return summary, watch.refusal(summary)
}

// Hash returns the SHA-256 of a file.
func (Reader) Hash(path string) (string, error) { return importers.Hash(path) }

// watcher passes the rows of a file on to a sink and notes those that are not the provider's.
type watcher struct {
	billing.Sink
	provider string

	others int             // number of records of other providers
	first  *billing.Record // the place of the first of them
}

func (w *watcher) Record(r *billing.Record) error {
	if r.Provider != "" && r.Provider != w.provider {
		if w.others++; w.first == nil {
			w.first = &billing.Record{Sheet: r.Sheet, Row: r.Row}
		}
	}
	return w.Sink.Record(r)
}

// refusal returns the *Foreign for a file; nil when all of it is the provider's.
func (w *watcher) refusal(summary *billing.FileSummary) error {
	for _, sheet := range summary.Sheets {
		switch sheet.Kind {
		case billing.ReferralSheet:
			return foreign(summary.Name, "Blad %s bevat toewijzingen. Een aanbieder levert alleen zorgregels aan. Haal dit blad uit het bestand.",
				"Sheet %s contains referrals. A provider sends only care records. Remove this sheet from the file.", sheetName(sheet.Name))
		case billing.DecisionSheet:
			return foreign(summary.Name, "Blad %s bevat besluiten. Een aanbieder levert alleen zorgregels aan. Haal dit blad uit het bestand.",
				"Sheet %s contains decisions. A provider sends only care records. Remove this sheet from the file.", sheetName(sheet.Name))
		}
	}
	if w.others == 0 {
		return nil
	}
	place := cellOf(summary, w.first, billing.FieldProvider)
	return foreign(summary.Name, "Regels van een andere AGB-code: %d, de eerste op %s. Verwacht: uw eigen AGB-code %s. Haal deze regels uit het bestand of verbeter de code.",
		"Rows with another AGB code: %d, the first at %s. Expected: your own AGB code %s. Remove these rows from the file or correct the code.", w.others, place, w.provider)
}

func sheetName(name string) string {
	if name == "" {
		return "1"
	}
	return "‘" + name + "’"
}

// cellOf returns the place of a field of a record, as Cell writes it; only the row when the column is unknown.
func cellOf(summary *billing.FileSummary, r *billing.Record, field billing.Field) string {
	for _, sheet := range summary.Sheets {
		if sheet.Name == r.Sheet && sheet.Columns[field] > 0 {
			return Cell(r.Sheet, table.ColumnName(sheet.Columns[field]-1), r.Row)
		}
	}
	return strings.TrimPrefix(Cell(r.Sheet, "", r.Row), "!")
}

// Cell returns the name of a cell as in a spreadsheet, like Uren!G217. Without a column it names the row, like Uren!rij 217.
func Cell(sheet, column string, row int) string {
	place := fmt.Sprintf("%s%d", column, row)
	if column == "" {
		place = fmt.Sprintf("rij %d", row)
	}
	if sheet == "" {
		return place
	}
	return sheet + "!" + place
}
