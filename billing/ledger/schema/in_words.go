package schema

import (
	"context"
	"strings"

	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/schema1"
)

// tableOf1 describes how the rows of a table of schema 1 are rewritten.
type tableOf1 struct {
	name    string
	columns []string                                // of schema 1, without the digest
	numbers map[string]func(int64) (string, error)  // columns that held a number and now hold a word
	texts   map[string]func(string) (string, error) // columns that held a text with another layout
	gone    string                                  // a column that no longer exists; "" for none
}

var tablesOf1 = []tableOf1{
	{
		name:    "files",
		columns: strings.Fields("id sha256 name received kind row_count kept totals empty_rows provider sheets future group_id withdrawn reread"),
		texts:   map[string]func(string) (string, error){"sheets": schema1.Sheets},
	},
	{
		name: "records",
		columns: strings.Fields("bsn id provider reference birth_date referral municipality product care_date start_at end_at daypart unit quantity has_quantity " +
			"claimed_price claimed_amount remark file_id sheet row_number version findings raw received first_received ambiguous has_prior prior_unit " +
			"prior_quantity state settled_by declared declared_price"),
		numbers: map[string]func(int64) (string, error){"unit": schema1.Unit, "prior_unit": schema1.Unit, "state": schema1.State},
		texts:   map[string]func(string) (string, error){"findings": schema1.Findings},
		gone:    "raw", // it was never filled
	},
	{
		name: "referrals",
		columns: strings.Fields("bsn number version is_latest birth_date municipality provider product category start_date end_date has_volume volume volume_unit " +
			"volume_text volume_written frequency has_budget budget referrer assigned status coordination_point own_placement extended_to extended_youth_care " +
			"continues_to before_text declared_before amount_before received file_id sheet row_number given added_after taken_after"),
		numbers: map[string]func(int64) (string, error){"volume_unit": schema1.Unit, "given": schema1.Given},
	},
	{
		name:    "outcomes",
		columns: strings.Fields("bsn record_id first_run last_run outcome codes findings open_holds referral municipality product price"),
		numbers: map[string]func(int64) (string, error){"outcome": schema1.Outcome},
		texts:   map[string]func(string) (string, error){"findings": schema1.Findings},
	},
	{
		name: "lines",
		columns: strings.Fields("bsn first_run last_run period kind care_month municipality provider referral product unit quantity price amount record_count " +
			"first_date sequence original hash"),
		numbers: map[string]func(int64) (string, error){"unit": schema1.Unit},
	},
}

// InWords rewrites the rows of schema 1, each with a digest of its new content. A row that was changed outside pxq keeps
// its mismatching digest, so that verify still finds it.
func InWords(ctx context.Context, tx *database.Tx) error {
	for i := range tablesOf1 {
		table := &tablesOf1[i]
		if err := table.rewrite(ctx, tx); err != nil {
			return err
		}
		if err := tx.ExecOnce(ctx, "DROP TABLE "+table.name+"_1"); err != nil {
			return err
		}
	}
	return rewriteBooks(ctx, tx)
}

func (table *tableOf1) rewrite(ctx context.Context, tx *database.Tx) error {
	parts := tx.DigestParts(table.name, table.columns)
	var columns []string
	for _, column := range table.columns {
		if column != table.gone {
			columns = append(columns, column)
		}
	}
	rows := tx.Bulk(table.name, columns...)
	var waiting [][]any
	return tx.Stream(ctx, "SELECT "+strings.Join(table.columns, ", ")+", digest FROM "+table.name+"_1", nil, func(scan database.Scan) error {
		values := make([]any, len(table.columns)+1)
		targets := make([]any, len(values))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := scan(targets...); err != nil {
			return err
		}
		for i, value := range values {
			if text, isBytes := value.([]byte); isBytes {
				values[i] = string(text) // the driver reuses it for the next row
			}
		}
		written, err := table.inWords(values, parts)
		if err != nil {
			return database.NewProblem(err, "De database is van een oudere pxq en kan niet worden bijgewerkt: in de tabel %s staat iets wat niet leesbaar is. Er is niets gewijzigd. Zet een reservekopie terug.",
				"The database belongs to an older version of pxq and cannot be brought up to date: the table %s contains something that cannot be read. Nothing was changed. Restore a backup.", table.name)
		}
		waiting = append(waiting, written)
		return nil
	}, func() error {
		for _, values := range waiting {
			if err := rows.Add(ctx, values...); err != nil {
				return err
			}
		}
		waiting = waiting[:0]
		return rows.Flush(ctx)
	})
}

// inWords returns a row in its new form, without its digest; if that did not match the old form, it is appended unchanged.
func (table *tableOf1) inWords(values []any, parts []database.DigestPart) ([]any, error) {
	last := len(table.columns)
	sound := database.Digest(parts, values[:last]) == values[last]
	written := make([]any, 0, last+1)
	for i, column := range table.columns {
		value := values[i]
		var err error
		if inWord := table.numbers[column]; inWord != nil {
			number, _ := value.(int64)
			value, err = inWord(number)
		} else if rewrite := table.texts[column]; rewrite != nil {
			text, _ := value.(string)
			value, err = rewrite(text)
		}
		if err != nil {
			return nil, err
		}
		if column != table.gone {
			written = append(written, value)
		}
	}
	if !sound {
		written = append(written, values[last])
	}
	return written, nil
}

func rewriteBooks(ctx context.Context, tx *database.Tx) error {
	var books []struct {
		Name  string `db:"name"`
		Value string `db:"value"`
	}
	if err := tx.List(ctx, &books, "SELECT name, value FROM meta WHERE name LIKE 'book/%'"); err != nil {
		return err
	}
	for _, book := range books {
		text, err := schema1.Book(book.Value)
		if err != nil {
			return database.NewProblem(err, "De database is van een oudere pxq en kan niet worden bijgewerkt: het bewaarde contractenboek is niet leesbaar. Er is niets gewijzigd. Zet een reservekopie terug.",
				"The database belongs to an older version of pxq and cannot be brought up to date: the saved contract book cannot be read. Nothing was changed. Restore a backup.")
		}
		if err := tx.SetMeta(ctx, book.Name, text); err != nil {
			return err
		}
	}
	return nil
}
