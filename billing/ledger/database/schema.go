package database

import (
	"context"
	"io/fs"
)

// Schema describes the tables that a database keeps. Three tables belong to this package itself and must be created by a
// file: meta, audit and sums.
type Schema struct {
	Files    fs.FS                                    // NUMBER_name.sql, each a step from the schema before it
	Rewrites map[int]func(context.Context, *Tx) error // the part of a step that SQL alone cannot do, run after its file in the same transaction
	SumsFrom int                                      // the step from which sums are kept; after it all existing rows are summed

	// Changing names the tables whose rows each carry a digest, with the columns that may change after the row was written
	// and are therefore not in the digest.
	Changing map[string][]string

	// Late lists the columns that a later step added to those tables, with 0 in the existing rows. They are in the digest
	// of a row only if they are not 0, so that existing digests stay valid.
	Late map[string][]string

	Summed  map[string]Summed // the rows that are summed, by the name of their sum
	Closes  string            // the statement that reads the closes, oldest first
	Guarded []Guarded
}

// Close divides the history of a database: a sum of rows belongs to the last close before they were written.
type Close struct {
	ID       int64 `db:"id"`        // of its run
	Period   int32 `db:"period"`    // one for each close, each 1 higher than the one before
	LastFile int64 `db:"last_file"` // number of the last file before it
}

// Summed describes rows that are summed: which ones, what is summed of them, and to which part of history they belong.
type Summed struct {
	Table   string
	Where   string   // which rows of the table; "" for all
	Columns []string // the columns that are summed; nil if the digest represents the row
	By      PartBy
	Part    string // the column that determines the part
	Later   bool   // the table is newer than the sums, so that it had no rows before them
}

// PartBy tells how the part follows from its column.
type PartBy uint8

// What the column of a part holds.
const (
	ByFile PartBy = iota // the number of a file: the part is the last close before it
	ByRun                // the number of a run: likewise
	Itself               // the part itself
)

// NoPart is the part of rows that belong to all of history.
const NoPart = "0"

// Guarded describes rows that must not change once they are written, whatever program uses the database. A step that must
// rewrite them drops the triggers first and creates them again.
type Guarded struct {
	Table string
	When  string // an SQL condition on OLD; "" for all rows
	Why   string
}
