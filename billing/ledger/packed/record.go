package packed

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/words"
	"github.com/pxq-nl/pxq/billing/versions"
)

// RecordColumns returns what is stored of a record, in the order of its digest, whether in a column of the table or in the
// details.
func RecordColumns() []string {
	return []string{
		"bsn", "id", "provider", "reference", "birth_date", "referral", "municipality", "product", "care_date", "start_at", "end_at",
		"daypart", "unit", "quantity", "has_quantity", "claimed_price", "claimed_amount", "remark", "file_id", "sheet", "row_number",
		"version", "findings", "received", "first_received", "ambiguous", "has_prior", "prior_unit", "prior_quantity", "state",
		"settled_by", "declared", "declared_price", "break_time",
		"prior_other_client", "seen_before", "known_as", "standing", "last_date",
	}
}

// RecordTable returns the columns of the table of records, without the digest.
func RecordTable() []string {
	return []string{
		"bsn", "id", "provider", "known_as", "reference", "care_date", "last_date", "unit", "quantity", "file_id", "sheet", "row_number", "version", "received",
		"state", "settled_by", "ambiguous", "declared", "declared_price", "standing", "details",
	}
}

var (
	// wordsOfRecord are the columns read as one text, in the order in which UnpackRecord takes them, before rareOfRecord.
	wordsOfRecord = []string{"id", "care_date", "unit", "quantity", "file_id", "row_number", "version", "received", "bsn", "provider"}

	// rareOfRecord are numbers that are 0 in nearly every row. If one of them is not, or the row is not current, all are
	// read, with state.
	rareOfRecord = []string{"ambiguous", "settled_by", "declared", "declared_price", "standing", "last_date"}

	// textsOfRecord are the columns that may hold any text.
	textsOfRecord = []string{"reference", "sheet", "details"}
)

// Column returns the SQL expression that is read for a column of a table.
type Column func(name string) string

// Under returns the column qualified by the table's name.
func Under(table string) Column { return func(name string) string { return table + "." + name } }

// unreported are the columns of records that no report shows, with the constant that is read instead: in a million rows
// each column counts.
var unreported = map[string]string{
	"ambiguous": "0", "state": "'current'", "settled_by": "0", "declared": "0", "declared_price": "0", "standing": "0",
}

// Reported is Under for reports: it reads a constant for columns that they do not show.
func Reported(table string) Column {
	return func(name string) string {
		if other, is := unreported[name]; is {
			return other
		}
		return Under(table)(name)
	}
}

// Each returns the expressions for the named columns.
func (c Column) Each(names []string) []string {
	columns := make([]string, len(names))
	for i, name := range names {
		columns[i] = c(name)
	}
	return columns
}

// Words returns the expressions for the columns of a record that hold no separator.
func (c Column) Words() []string {
	rare := c.Each(rareOfRecord)
	usual := "(" + strings.Join(rare, " | ") + ") = 0 AND " + c("state") + " = 'current'"
	return append(c.Each(wordsOfRecord), Rare(usual, append(rare, c("state"))...))
}

// Texts returns the expressions for the columns of a record that may hold any text.
func (c Column) Texts() []string { return c.Each(textsOfRecord) }

// Record returns the expression that joins the columns of a record into one text.
func (c Column) Record() string { return Row(c.Words(), c.Texts()) }

// Record is a record as stored in the table.
type Record struct {
	*billing.Record
	State     versions.State
	SettledBy int64
	Stands    bool

	details string
}

// UnpackRecord reads the words of a record.
func UnpackRecord(u *Unpacker) Record {
	r := &billing.Record{
		ID: u.Number(), First: billing.Date(u.Number()), Unit: u.Unit(), Quantity: billing.Quantity(u.Number()), FileID: u.Number(), Row: int(u.Number()),
		Version: int(u.Number()), Received: billing.Date(u.Number()), BSN: u.Word(), Provider: u.Word(),
	}
	read := Record{Record: r}
	if u.Rare() {
		r.Ambiguous, read.SettledBy, r.Declared, r.DeclaredPrice = u.Flag(), u.Number(), billing.Period(u.Number()), billing.Price(u.Number())
		read.Stands, r.Last, read.State = u.Flag(), billing.Date(u.Number()), Value(u, words.State)
	}
	if r.Last != 0 {
		r.Origin = billing.FromMessage
	}
	return read
}

// Texts returns where to store the texts of a record, for Unpacker.Texts.
func (r *Record) Texts() []*string { return []*string{&r.Reference, &r.Sheet, &r.details} }

// Complete reads the details, once the texts have been stored.
func (r *Record) Complete() error {
	findings, err := ReadDetails(r.details, r.Record)
	if err != nil {
		return err
	}
	r.Findings, err = words.Findings(findings, 0)
	return err
}
