package report

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// CauseSum is the cost of changes to declared care for one cause, municipality and provider. The difference of a line key
// that changed for several causes is divided over them, so that the causes add up to the total of the changed keys.
type CauseSum struct {
	Cause                  billing.Cause
	Municipality, Provider string
	Keys                   int           // changed line keys; a key that changed for several causes counts for each
	Less                   billing.Money // total of the decreases; negative
	More                   billing.Money // total of the increases
}

// Net returns the cost of the changes.
func (c CauseSum) Net() billing.Money { return c.Less + c.More }

func (c *CauseSum) add(amount billing.Money) {
	c.Keys++
	if amount < 0 {
		c.Less += amount
	} else {
		c.More += amount
	}
}

// causes fills in the cost of changes to declared care in the run's declaration.
func (g *gathering) causes(ctx context.Context) error {
	closed, ok, err := g.tx.ClosedBefore(ctx, g.run.ID)
	if err != nil || !ok {
		return err
	}
	clients, err := g.tx.CorrectedClients(ctx, g.run)
	if err != nil || len(clients) == 0 {
		return err
	}
	changes, err := g.tx.Changes(ctx, closed, g.run, g.bookOfRun())
	if err != nil {
		return err
	}
	sums := make(map[CauseSum]*CauseSum)
	for part := range slices.Chunk(clients, ledger.ClientsPerLook) {
		lines, err := linesByKey(ctx, g.tx, g.run, part)
		if err != nil {
			return err
		}
		differences, look := corrected(lines), ledger.Look{Clients: part}
		for key := range differences {
			look.Widen(key.CareMonth)
		}
		if err := g.tx.LookAt(ctx, changes, closed, g.run, look); err != nil {
			return err
		}
		for key, difference := range differences {
			for _, amount := range changes.Split(key, difference) {
				at := CauseSum{Cause: amount.Cause, Municipality: key.Municipality, Provider: key.Provider}
				if sums[at] == nil {
					sum := at
					sums[at] = &sum
				}
				sums[at].add(amount.Amount)
			}
		}
	}
	for _, sum := range sums {
		g.head.Causes = append(g.head.Causes, *sum)
	}
	slices.SortFunc(g.head.Causes, func(a, b CauseSum) int {
		return cmp.Or(billing.CompareCauses(a.Cause, b.Cause), strings.Compare(a.Municipality, b.Municipality), strings.Compare(a.Provider, b.Provider))
	})
	return nil
}

// bookOfRun returns the book with which the run judged; nil if the report has another one.
func (g *gathering) bookOfRun() *billing.Book {
	if g.head.Fingerprint != g.run.Book {
		return nil
	}
	return g.head.Book
}

// keyLines sums up the lines of a declaration with one key.
type keyLines struct {
	amount    billing.Money
	corrected bool // has a credit or a correction
}

// linesByKey adds up the lines of clients in a run's declaration.
func linesByKey(ctx context.Context, tx *ledger.Tx, run ledger.Run, clients []string) (map[billing.LineKey]keyLines, error) {
	lines := make(map[billing.LineKey]keyLines)
	err := tx.EachLineOf(ctx, run, clients, func(line *billing.DeclaredLine) error {
		of := lines[line.LineKey]
		of.amount += line.Amount
		of.corrected = of.corrected || line.Kind.ChangesDeclared()
		lines[line.LineKey] = of
		return nil
	})
	return lines, err
}

// corrected returns the amounts of the keys with a credit or a correction, and of the keys that differ from one of these
// only in the municipality, to which care may have moved.
func corrected(lines map[billing.LineKey]keyLines) map[billing.LineKey]billing.Money {
	wanted := make(map[billing.LineKey]bool)
	for key, of := range lines {
		if of.corrected {
			wanted[withoutMunicipality(key)] = true
		}
	}
	amounts := make(map[billing.LineKey]billing.Money)
	for key, of := range lines {
		if wanted[withoutMunicipality(key)] {
			amounts[key] = of.amount
		}
	}
	return amounts
}

// withoutMunicipality returns the key without its municipality, so that it is equal for care that moved.
func withoutMunicipality(key billing.LineKey) billing.LineKey {
	key.Municipality = ""
	return key
}
