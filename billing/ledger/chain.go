package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// ChainStart is what comes before the first line of a ledger.
const ChainStart = "pxq"

// CanonicalLine writes a line as the text that is hashed: its number, then every field that says what was
// declared, joined by a vertical bar. Dates are ISO, quantity is in hundredths, price and amount in cents.
func CanonicalLine(line *billing.DeclaredLine) string {
	return strings.Join([]string{
		line.Number, line.Period.String(), string(line.Kind), line.CareMonth.String(), line.Municipality, line.Provider, line.BSN,
		line.Referral, line.Product, line.Unit.String(), strconv.FormatInt(int64(line.Quantity), 10), strconv.FormatInt(int64(line.Price), 10),
		strconv.FormatInt(int64(line.Amount), 10), strconv.Itoa(line.Records), line.First.String(), line.Original,
	}, "|")
}

// CanonicalClose writes the close of a period as the text that is hashed behind its last line: what was
// declared, and from what.
func CanonicalClose(run Run, lines int, amount billing.Money) string {
	return strings.Join([]string{
		"close", run.Month().String(), billing.Date(run.AsOf).String(), billing.Date(run.ClosedOn).String(), strconv.Itoa(lines), strconv.FormatInt(int64(amount), 10),
		run.Book, run.Inputs, strconv.FormatInt(run.LastFile, 10), run.Program,
	}, "|")
}

// Link gives the hash of a text behind the hash before it: SHA-256 over that hash, a line feed and the text,
// in hexadecimal.
func Link(before, text string) string {
	sum := sha256.Sum256([]byte(before + "\n" + text))
	return hex.EncodeToString(sum[:])
}
