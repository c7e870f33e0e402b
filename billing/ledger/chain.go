package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
)

// ChainStart takes the place of the hash before the first line of a ledger.
const ChainStart = "pxq"

// canonicalLine returns the text of a line that is hashed: its number, then every field that was declared, joined by
// vertical bars. Dates are ISO, quantity is in hundredths, price and amount in cents.
func canonicalLine(line *billing.DeclaredLine) string {
	return strings.Join([]string{
		line.Number, line.Period.String(), string(line.Kind), line.CareMonth.String(), line.Municipality, line.Provider, line.BSN,
		line.Referral, line.Product, line.Unit.String(), strconv.FormatInt(int64(line.Quantity), 10), strconv.FormatInt(int64(line.Price), 10),
		strconv.FormatInt(int64(line.Amount), 10), strconv.Itoa(line.Records), line.First.String(), line.Original,
	}, "|")
}

// canonicalClose returns the text of a period's close that is hashed after its last line: what was declared, and from what;
// and the seal, which older closes do not have.
func canonicalClose(run Run, lines int, amount billing.Money) string {
	parts := []string{
		"close", run.Month().String(), run.AsOf.String(), run.ClosedOn.String(), strconv.Itoa(lines), strconv.FormatInt(int64(amount), 10),
		run.Book, run.Inputs, strconv.FormatInt(run.LastFile, 10), run.Program,
	}
	if run.Seal != "" {
		parts = append(parts, run.Seal)
	}
	return strings.Join(parts, "|")
}

// Link returns the hash that chains a text to the hash before it: SHA-256 over that hash, a line feed and the text, in
// hexadecimal.
func Link(before, text string) string {
	sum := sha256.Sum256([]byte(before + "\n" + text))
	return hex.EncodeToString(sum[:])
}

// ChainedLine is a final line with the hash stored with it.
type ChainedLine struct {
	billing.DeclaredLine
	Sequence int64
	LastRun  int64
	Hash     string
}

// EachChained visits the final lines of a period in order.
func (v *view) EachChained(ctx context.Context, period billing.Period, visit func(*ChainedLine) error) error {
	var text string
	return v.db.Each(ctx, "SELECT "+lineText+" FROM lines l WHERE period = ? AND sequence > 0 ORDER BY sequence", []any{int32(period)}, func(scan database.Scan) error {
		if err := scan(&text); err != nil {
			return err
		}
		line, _, err := chained(text)
		if err != nil {
			return err
		}
		return visit(&line)
	})
}

// Proof is the result of recomputing the ledger's hash chain.
type Proof struct {
	Lines  int            // number whose hash was recomputed
	Faults []billing.Text // what does not match; empty if the chain is intact
	Totals int            // number of stored totals of closed periods that do not match their lines
}

func (p *Proof) fault(dutch, english string, values ...any) {
	p.Faults = append(p.Faults, billing.Texts(dutch, english, values...))
}

// ProveChain recomputes the hash chain over the closed periods, which must be ordered oldest first, and passes every line
// to show, in order.
func (t *Tx) ProveChain(ctx context.Context, closed []Run, show func(*billing.DeclaredLine)) (*Proof, error) {
	proof, hash := &Proof{}, ChainStart
	for i, run := range closed {
		if i > 0 && run.Month() != closed[i-1].Month().Add(1) {
			proof.fault("Na periode %s is %s afgesloten, en niet de maand erna.", "After period %s, %s was closed instead of the month after it.", closed[i-1].Month(), run.Month())
		}
		lines, total, broken, totals := 0, billing.Money(0), false, make(totalsOf)
		err := t.EachChained(ctx, run.Month(), func(line *ChainedLine) error {
			lines++
			proof.Lines++
			total += line.Amount
			totals.add(&line.DeclaredLine)
			show(&line.DeclaredLine)
			hash = Link(hash, canonicalLine(&line.DeclaredLine))
			if !broken && (hash != line.Hash || line.Sequence != int64(lines)) {
				broken = true
				proof.fault("Regel %s past niet in de keten: deze regel, of een ervoor, is gewijzigd, toegevoegd of verwijderd.",
					"Line %s does not fit the chain: it, or a line before it, was changed, added or removed.", line.Number)
			}
			hash = line.Hash
			return nil
		})
		if err != nil {
			return nil, err
		}
		differ, err := t.totalsDiffer(ctx, run.Month(), totals)
		if err != nil {
			return nil, err
		}
		proof.Totals += differ
		if hash = Link(hash, canonicalClose(run, lines, total)); hash != run.Head {
			proof.fault("De afsluiting van %s klopt niet: regels aan het eind, het totaal, of waaruit het berekend is, zijn gewijzigd.",
				"The close of %s does not match: lines at its end, its total, or what it was computed from were changed.", run.Month())
		}
		hash = run.Head
	}
	return proof, nil
}

// totalsOf adds up the lines of a closed period, by the key fields of their total.
type totalsOf map[LineTotal]LineTotal

func (t totalsOf) add(l *billing.DeclaredLine) {
	key := EmptyTotalOf(l)
	total, known := t[key]
	if !known {
		total = key
	}
	total.Add(l, 1)
	t[key] = total
}

// totalsDiffer counts the stored totals of a closed period that do not match its lines, and the missing ones.
func (v *view) totalsDiffer(ctx context.Context, period billing.Period, made totalsOf) (int, error) {
	kept, err := v.keptTotals(ctx, "period = ?", int32(period))
	differ := 0
	for _, total := range kept {
		key := total
		key.Lines, key.Quantity, key.Amount = 0, 0, 0
		if made[key] != total {
			differ++
		}
		delete(made, key)
	}
	return differ + len(made), err
}
