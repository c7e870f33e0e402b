// Command pxq checks youth-care records and computes the P*Q declaration of a region.
package main

import (
	_ "github.com/jmoiron/sqlx"
	_ "github.com/lib/pq"
	_ "github.com/rogpeppe/go-internal/testscript"
	_ "github.com/shopspring/decimal"
	_ "github.com/spf13/cobra"
	_ "github.com/xuri/excelize/v2"
	_ "golang.org/x/term"
	_ "golang.org/x/text/unicode/norm"
	_ "golang.org/x/sync/errgroup"
	_ "github.com/BurntSushi/toml"
	_ "modernc.org/sqlite"
	_ "pgregory.net/rapid"
)

func main() {}
