package packed

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/words"
	"github.com/pxq-nl/pxq/billing/versions"
)

// RecordColumns returns what is kept of a record, in the order in which it is in its digest, whether it stands in a column of
// its own or in the details.
func RecordColumns() []string {
	return []string{
		"bsn", "id", "provider", "reference", "birth_date", "referral", "municipality", "product", "care_date", "start_at", "end_at",
		"daypart", "unit", "quantity", "has_quantity", "claimed_price", "claimed_amount", "remark", "file_id", "sheet", "row_number",
		"version", "findings", "received", "first_received", "ambiguous", "has_prior", "prior_unit", "prior_quantity", "state",
		"settled_by", "declared", "declared_price", "break_time",
		"prior_other_client", "seen_before", "known_as", "standing", "last_date",
	}
}

// RecordTable returns the columns of the table of records, the digest left out.
func RecordTable() []string {
	return []string{
		"bsn", "id", "provider", "known_as", "reference", "care_date", "last_date", "unit", "quantity", "file_id", "sheet", "row_number", "version", "received",
		"state", "settled_by", "ambiguous", "declared", "declared_price", "standing", "details",
	}
}

var (
	// wordsOfRecord are the columns that come in one text, in the order in which UnpackRecord takes them, before rareOfRecord.
	wordsOfRecord = []string{"id", "care_date", "unit", "quantity", "file_id", "row_number", "version", "received", "bsn", "provider"}

	// rareOfRecord are numbers that are 0 in nearly every row. Of a row in which one of them is not, or that is not current,
	// all are read, with state.
	rareOfRecord = []string{"ambiguous", "settled_by", "declared", "declared_price", "standing", "last_date"}

	// textsOfRecord are those that may hold anything.
	textsOfRecord = []string{"reference", "sheet", "details"}
)

// Column says what is read for a column of a table.
type Column func(name string) string

// Under is the column of the table under that name.
func Under(table string) Column { return func(name string) string { return table + "." + name } }

// unreported are the columns of records that no report shows, with what is read instead: of a million rows each column counts.
var unreported = map[string]string{
	"ambiguous": "0", "state": "'current'", "settled_by": "0", "declared": "0", "declared_price": "0", "standing": "0",
}

// Reported is Under for reports.
func Reported(table string) Column {
	return func(name string) string {
		if other, is := unreported[name]; is {
			return other
		}
		return Under(table)(name)
	}
}

// Each is what is read for some columns.
func (c Column) Each(names []string) []string {
	columns := make([]string, len(names))
	for i, name := range names {
		columns[i] = c(name)
	}
	return columns
}

// Words are the columns of a record that hold no separator.
func (c Column) Words() []string {
	rare := c.Each(rareOfRecord)
	usual := "(" + strings.Join(rare, " | ") + ") = 0 AND " + c("state") + " = 'current'"
	return append(c.Each(wordsOfRecord), Rare(usual, append(rare, c("state"))...))
}

// Texts are the columns of a record that may hold anything.
func (c Column) Texts() []string { return c.Each(textsOfRecord) }

// Record are the columns of a record as one.
func (c Column) Record() string { return Row(c.Words(), c.Texts()) }

// Record is a record as it stands in the table.
type Record struct {
	*billing.Record
	State     versions.State
	SettledBy int64
	Stands    bool

	details string
}

// UnpackRecord takes the words of a record.
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

// Texts are the places of the texts of a record, for Unpacker.Texts.
func (r *Record) Texts() []*string { return []*string{&r.Reference, &r.Sheet, &r.details} }

// Complete takes what the details say, once the texts are there.
func (r *Record) Complete() error {
	findings, err := ReadDetails(r.details, r.Record)
	if err != nil {
		return err
	}
	r.Findings, err = words.Findings(findings, 0)
	return err
}
