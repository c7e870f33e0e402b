// Package schema holds the migrations of the ledger's database: an SQL file for each step, named by its number, and in Go
// what SQL alone cannot do for a step. Released files never change.
package schema

import "embed"

// Files holds the SQL files of the steps.
//
//go:embed *.sql
var Files embed.FS
