package database

import (
	"context"
	"io/fs"
)

// Schema is what a database must know of the tables that it keeps. Three tables are its own, and a file makes them: meta,
// audit and sums.
type Schema struct {
	Files    fs.FS                                    // NUMBER_name.sql: each a step from the schema before it
	Rewrites map[int]func(context.Context, *Tx) error // what SQL alone cannot do for a step, in the same transaction behind it
	SumsFrom int                                      // the step from which sums are kept; behind it all that was there is summed

	// Changing names the tables of which every row carries a digest of its own, with the columns that may change after the
	// row was written and are therefore not in it.
	Changing map[string][]string

	// Late are the columns of them that a later step added, with 0 in the rows that were there. They are in the digest of a
	// row only when they are not 0, so that the digests from before still agree.
	Late map[string][]string

	Summed  map[string]Summed // the rows that are summed, by the name of their sum
	Closes  string            // the statement that reads the closes, the oldest first
	Guarded []Guarded
}

// Close is what divides the history of a database: a sum of rows belongs to the close before which they were written.
type Close struct {
	ID       int64 `db:"id"`        // number of its run
	Period   int32 `db:"period"`    // one for each close, each 1 more than the one before
	LastFile int64 `db:"last_file"` // number of the last file before it
}

// Summed are rows that are summed: what of them, and to which part they belong.
type Summed struct {
	Table   string
	Where   string   // which rows of the table; "" for all
	Columns []string // that are summed; nil where the digest of a row stands for it
	By      PartBy
	Part    string // the column by which the part is known
	Later   bool   // the table came after the sums, so that it had no rows before them
}

// PartBy says what the column of a part holds.
type PartBy uint8

// What the column of a part holds.
const (
	ByFile PartBy = iota // the number of a file: the part is the close before it
	ByRun                // the number of a run: the same
	Itself               // the part
)

// NoPart is the part of rows that belong to all of history.
const NoPart = "0"

// Guarded are rows that nothing changes once they are there, whoever works with the database. A step that must write them
// anew drops the triggers first and makes them again.
type Guarded struct {
	Table string
	When  string // the condition on a row; "" for all
	Why   string
}
