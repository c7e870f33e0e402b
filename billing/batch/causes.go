package batch

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Cause is why the declared care of a key is no longer what it was, as far as can be known: of several the first
// in this order.
type Cause string

// The causes.
const (
	CauseRecord   Cause = "record"   // a version came, was replaced or was withdrawn
	CauseDecision Cause = "decision" // a controller decided
	CauseReferral Cause = "referral" // a version of the referral came or went
	CausePrice    Cause = "price"    // another price for the same records
	CauseBook     Cause = "book"     // the book or the policy changed otherwise
	CauseOther    Cause = "other"    // nothing of the key itself changed: room that others took, a rule of a newer pxq
)

var causeTexts = map[Cause]billing.Text{
	CauseRecord:   {Dutch: "gewijzigde, ingetrokken of nagekomen zorg", English: "care that was changed, withdrawn or late"},
	CauseDecision: {Dutch: "besluiten van controllers", English: "decisions of controllers"},
	CauseReferral: {Dutch: "gewijzigde toewijzingen", English: "changed referrals"},
	CausePrice:    {Dutch: "gewijzigde tarieven", English: "changed prices"},
	CauseBook:     {Dutch: "ander contractenboek of beleid", English: "another contract book or policy"},
	CauseOther:    {Dutch: "gevolg van andere wijzigingen", English: "consequence of other changes"},
}

// Text names the cause for people.
func (c Cause) Text() billing.Text { return causeTexts[c] }

var causeOrder = []Cause{CauseRecord, CauseDecision, CauseReferral, CausePrice, CauseBook, CauseOther}

// CauseSum is what changes to declared care come to, by cause, municipality and provider.
type CauseSum struct {
	Cause                  Cause
	Municipality, Provider string
	Keys                   int           // that changed
	Credit                 billing.Money // taken back; negative
	Debit                  billing.Money // declared anew
}

// Net gives what the changes cost.
func (c CauseSum) Net() billing.Money { return c.Credit + c.Debit }

// causes fills in what changes to care that was declared cost in the run's declaration.
func (b *Batch) causes(ctx context.Context, head *ReportHead, run ledger.Run, _ sinceClose) error {
	closed, ok, err := b.Store.ClosedBefore(ctx, run.ID)
	if err != nil || !ok {
		return err
	}
	clients, err := b.Store.CorrectedClients(ctx, run)
	if err != nil || len(clients) == 0 {
		return err
	}
	finder, err := b.newCauseFinder(ctx, closed, run)
	if err != nil {
		return err
	}
	sums := make(map[CauseSum]*CauseSum)
	for part := range slices.Chunk(clients, clientsPerLook) {
		lines, err := finder.corrected(ctx, part)
		if err != nil {
			return err
		}
		if err := finder.look(ctx, part); err != nil {
			return err
		}
		for _, key := range sortedLineKeys(lines) {
			at := CauseSum{Cause: finder.cause(key), Municipality: key.Municipality, Provider: key.Provider}
			if sums[at] == nil {
				sum := at
				sums[at] = &sum
			}
			sums[at].add(lines[key])
		}
	}
	for _, sum := range sums {
		head.Causes = append(head.Causes, *sum)
	}
	slices.SortFunc(head.Causes, func(a, b CauseSum) int {
		return cmp.Or(cmp.Compare(slices.Index(causeOrder, a.Cause), slices.Index(causeOrder, b.Cause)),
			strings.Compare(a.Municipality, b.Municipality), strings.Compare(a.Provider, b.Provider))
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

// clientsPerLook bounds how many clients are looked at at once.
const clientsPerLook = 400

// causeFinder compares two runs.
type causeFinder struct {
	store         *ledger.Store
	before, after ledger.Run
	decided       map[ledger.Key]bool
	referrals     map[string]map[string]bool // that changed, by client
	then, now     map[billing.LineKey]map[int64]*ledger.RowAt
	rowsThen      map[int64]*ledger.RowAt
	rowsNow       map[int64]*ledger.RowAt
}

func (b *Batch) newCauseFinder(ctx context.Context, before, after ledger.Run) (*causeFinder, error) {
	f := &causeFinder{store: b.Store, before: before, after: after, referrals: make(map[string]map[string]bool)}
	var err error
	if f.decided, err = b.Store.Decided(ctx, before.LastFile, after.LastFile); err != nil {
		return nil, err
	}
	changed, err := b.Store.ReferralsChanged(ctx, before.ID, after.ID)
	for client, numbers := range changed {
		f.referrals[client] = make(map[string]bool)
		for _, number := range numbers {
			f.referrals[client][number] = true
		}
	}
	return f, err
}

// corrected gives the lines of the keys that take something back or declare it anew, and of those under which care
// moved to another municipality.
func (f *causeFinder) corrected(ctx context.Context, clients []string) (map[billing.LineKey][]billing.DeclaredLine, error) {
	all := make(map[billing.LineKey][]billing.DeclaredLine)
	wanted := make(map[billing.LineKey]bool)
	err := f.store.EachLineOf(ctx, f.after, clients, func(line *billing.DeclaredLine) error {
		all[line.LineKey] = append(all[line.LineKey], *line)
		if line.Kind == billing.Credit || line.Kind == billing.Correction {
			wanted[wherever(line.LineKey)] = true
		}
		return nil
	})
	for key := range all {
		if !wanted[wherever(key)] {
			delete(all, key)
		}
	}
	return all, err
}

// wherever gives the key without its municipality.
func wherever(key billing.LineKey) billing.LineKey {
	key.Municipality = ""
	return key
}

func sortedLineKeys(lines map[billing.LineKey][]billing.DeclaredLine) []billing.LineKey {
	return slices.SortedFunc(maps.Keys(lines), func(a, b billing.LineKey) int {
		return billing.CompareDeclared(billing.DeclaredLine{Line: billing.Line{LineKey: a}}, billing.DeclaredLine{Line: billing.Line{LineKey: b}})
	})
}

// look reads the rows of clients as both runs left them.
func (f *causeFinder) look(ctx context.Context, clients []string) error {
	read := func(run ledger.Run) (map[billing.LineKey]map[int64]*ledger.RowAt, map[int64]*ledger.RowAt, error) {
		byKey, rows := make(map[billing.LineKey]map[int64]*ledger.RowAt), make(map[int64]*ledger.RowAt)
		err := f.store.EachRowAt(ctx, run.ID, clients, func(row *ledger.RowAt) error {
			rows[row.Record] = row
			if row.Outcome != billing.Accepted {
				return nil
			}
			key := billing.LineKey{Provider: row.Provider, Municipality: row.Municipality, BSN: row.BSN, Referral: row.Referral,
				Product: row.Product, Unit: row.Unit, CareMonth: row.Date.Period()}
			if byKey[key] == nil {
				byKey[key] = make(map[int64]*ledger.RowAt)
			}
			byKey[key][row.Record] = row
			return nil
		})
		return byKey, rows, err
	}
	var err error
	if f.then, f.rowsThen, err = read(f.before); err != nil {
		return err
	}
	f.now, f.rowsNow, err = read(f.after)
	return err
}

// cause gives why the lines of a key are not what they were.
func (f *causeFinder) cause(key billing.LineKey) Cause {
	found := CauseOther
	if f.before.Book != f.after.Book {
		found = CauseBook
	}
	note := func(cause Cause) {
		if slices.Index(causeOrder, cause) < slices.Index(causeOrder, found) {
			found = cause
		}
	}
	for id, row := range f.then[key] {
		switch now := f.now[key][id]; {
		case now == nil:
			note(f.gone(row, f.rowsNow[id]))
		case now.Price != row.Price:
			note(CausePrice)
		}
	}
	for id, row := range f.now[key] {
		if f.then[key][id] == nil {
			note(f.gone(row, f.rowsThen[id]))
		}
	}
	return found
}

// gone gives why a row counts under a key in one of the runs and not in the other, where it is other.
func (f *causeFinder) gone(row, other *ledger.RowAt) Cause {
	switch {
	case other == nil || other.Outcome == billing.Replaced || other.Outcome == billing.Withdrawn:
		return CauseRecord
	case f.decided[ledger.Key{Provider: row.Provider, Reference: row.Reference}]:
		return CauseDecision
	case f.referrals[row.BSN][row.Referral] || f.referrals[row.BSN][other.Referral]:
		return CauseReferral
	}
	return CauseOther
}
