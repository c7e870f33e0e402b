package report

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// CauseSum is what changes to declared care come to, by cause, municipality and provider.
type CauseSum struct {
	Cause                  billing.Cause
	Municipality, Provider string
	Keys                   int           // that changed
	Credit                 billing.Money // taken back; negative
	Debit                  billing.Money // declared anew
}

// Net returns what the changes cost.
func (c CauseSum) Net() billing.Money { return c.Credit + c.Debit }

// causes fills in what changes to care that was declared cost in the run's declaration.
func (g *gathering) causes(ctx context.Context) error {
	closed, ok, err := g.tx.ClosedBefore(ctx, g.run.ID)
	if err != nil || !ok {
		return err
	}
	clients, err := g.tx.CorrectedClients(ctx, g.run)
	if err != nil || len(clients) == 0 {
		return err
	}
	changes, err := g.tx.Changes(ctx, closed, g.run)
	if err != nil {
		return err
	}
	sums := make(map[CauseSum]*CauseSum)
	for part := range slices.Chunk(clients, ledger.ClientsPerLook) {
		lines, err := corrected(ctx, g.tx, g.run, part)
		if err != nil {
			return err
		}
		if err := g.tx.LookAt(ctx, changes, closed, g.run, part); err != nil {
			return err
		}
		for key, of := range lines {
			at := CauseSum{Cause: changes.Cause(key), Municipality: key.Municipality, Provider: key.Provider}
			if sums[at] == nil {
				sum := at
				sums[at] = &sum
			}
			sums[at].add(of)
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

func (c *CauseSum) add(lines []billing.DeclaredLine) {
	c.Keys++
	for _, line := range lines {
		if line.Kind == billing.Credit {
			c.Credit += line.Amount
		} else {
			c.Debit += line.Amount
		}
	}
}

// corrected returns the lines of the keys that take something back or declare it anew, and of those under which care
// moved to another municipality.
func corrected(ctx context.Context, tx *ledger.Tx, run ledger.Run, clients []string) (map[billing.LineKey][]billing.DeclaredLine, error) {
	all := make(map[billing.LineKey][]billing.DeclaredLine)
	wanted := make(map[billing.LineKey]bool)
	err := tx.EachLineOf(ctx, run, clients, func(line *billing.DeclaredLine) error {
		all[line.LineKey] = append(all[line.LineKey], *line)
		if line.Kind == billing.Credit || line.Kind == billing.Correction {
			wanted[wherever(line.LineKey)] = true
		}
		return nil
	})
	maps.DeleteFunc(all, func(key billing.LineKey, _ []billing.DeclaredLine) bool { return !wanted[wherever(key)] })
	return all, err
}

// wherever returns the key without its municipality.
func wherever(key billing.LineKey) billing.LineKey {
	key.Municipality = ""
	return key
}
