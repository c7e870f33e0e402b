// Package schema holds the steps by which the database of the ledger came to what it is: a file of SQL for each, begun by
// its number, and what SQL alone cannot do for one. Released files never change.
package schema

import "embed"

// Files are the steps.
//
//go:embed *.sql
var Files embed.FS
