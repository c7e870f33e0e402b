package ledger

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// ChangedRow is a row whose outcome or finding codes differ between two runs. In a run that does not know the row its
// outcome is empty.
type ChangedRow struct {
	BSN, Provider, Reference, File, Sheet string
	Row                                   int
	Before, After                         billing.Outcome
	BeforeCodes, AfterCodes               string
}

const changedFields = "SELECT r.bsn, r.provider, r.reference, f.name, r.sheet, r.row_number, "

// EachChangedRow visits the rows whose outcome or finding codes differ between a run and a later one: first those that the
// later run knows, then those that were taken back.
func (t *Tx) EachChangedRow(ctx context.Context, before, after int64, visit func(*ChangedRow) error) error {
	came := changedFields + "coalesce(p.outcome, ''), coalesce(p.codes, ''), o.outcome, o.codes FROM outcomes o" + joinedRecord + joinedBefore +
		" WHERE o.first_run > ? AND o.first_run <= ? AND (o.last_run = 0 OR o.last_run >= ?) AND (coalesce(p.outcome, '') <> o.outcome OR coalesce(p.codes, '') <> o.codes) " +
		"ORDER BY r.provider, r.reference, r.id"
	if err := t.eachChanged(ctx, came, []any{before, before, before, after, after}, visit); err != nil {
		return err
	}
	went := changedFields + "o.outcome, o.codes, '', '' FROM outcomes o" + joinedRecord +
		" WHERE r.state = 'taken_back' AND o.first_run <= ? AND o.last_run >= ? AND o.last_run < ? AND NOT EXISTS (SELECT 1 FROM outcomes n WHERE n.bsn = o.bsn " +
		"AND n.record_id = o.record_id AND " + standing("n") + ") ORDER BY r.provider, r.reference, r.id"
	return t.eachChanged(ctx, went, []any{before, before, after, after, after}, visit)
}

func (t *Tx) eachChanged(ctx context.Context, statement string, values []any, visit func(*ChangedRow) error) error {
	return t.db.Each(ctx, statement, values, func(scan database.Scan) error {
		var r ChangedRow
		if err := scan(&r.BSN, &r.Provider, &r.Reference, &r.File, &r.Sheet, &r.Row, words.OutcomeIn(&r.Before), &r.BeforeCodes, words.OutcomeIn(&r.After), &r.AfterCodes); err != nil {
			return fmt.Errorf("read rows: %w", err)
		}
		return visit(&r)
	})
}

// EachChangedLine visits the lines of a period that differ between a run and a later one: first those that hold only in the
// earlier run, then those that hold only in the later one, for which came is true.
func (t *Tx) EachChangedLine(ctx context.Context, before, after Run, visit func(line *billing.DeclaredLine, came bool) error) error {
	err := t.eachLine(ctx, "period = ? AND first_run <= ? AND last_run >= ? AND last_run < ?"+lineOrder, []any{before.Period, before.ID, before.ID, after.ID},
		func(line OpenLine) error { return visit(&line.DeclaredLine, false) })
	if err != nil {
		return err
	}
	return t.eachLine(ctx, "period = ? AND first_run > ? AND "+standing("l")+lineOrder, []any{before.Period, before.ID, after.ID, after.ID},
		func(line OpenLine) error { return visit(&line.DeclaredLine, true) })
}

// CorrectedClients returns the clients for whom a run's declaration has credits or corrections, in BSN order.
func (t *Tx) CorrectedClients(ctx context.Context, run Run) ([]string, error) {
	var clients []string
	err := t.db.List(ctx, &clients, "SELECT DISTINCT bsn FROM lines WHERE period = ? AND "+standing("lines")+" AND kind IN (?, ?) ORDER BY bsn",
		run.Period, run.ID, run.ID, string(billing.Credit), string(billing.Correction))
	return clients, err
}

// Changes returns the changes between two runs that can affect declared care: book, decisions and referrals. The book is
// that of the later run, nil if it is unknown. Use LookAt to add the rows, some clients at a time.
func (t *Tx) Changes(ctx context.Context, before, after Run, book *billing.Book) (*billing.Changes, error) {
	changes := &billing.Changes{
		Book: before.Book != after.Book, NewBook: book, Decided: make(map[int64]bool), Referrals: make(map[billing.ReferralKey]bool),
	}
	err := t.db.Each(ctx, "SELECT DISTINCT r.id"+ofDecisions+"d.file_id > ? AND d.file_id <= ?", []any{before.LastFile, after.LastFile}, func(scan database.Scan) error {
		var row int64
		err := scan(&row)
		changes.Decided[row] = true
		return err
	})
	if err != nil {
		return nil, err
	}
	changed, err := t.referralsChanged(ctx, before.ID, after.ID)
	for client, numbers := range changed {
		for _, number := range numbers {
			changes.Referrals[billing.ReferralKey{Client: client, Number: number}] = true
		}
	}
	return changes, err
}

// ClientsPerLook is the maximum number of clients in a Look, so that memory does not grow with the month.
const ClientsPerLook = 400

// Look selects rows to compare: those of clients, in BSN order, that have keys with a changed amount in these care months.
type Look struct {
	Clients []string
	From    billing.Period
	To      billing.Period
}

// Widen extends the look to include the care month.
func (l *Look) Widen(month billing.Period) {
	if l.From == 0 && l.To == 0 {
		l.From, l.To = month, month
	}
	l.From, l.To = min(l.From, month), max(l.To, month)
}

// LookAt reads the rows that may count under the keys of a look, as both runs left them, and adds them to changes.
func (t *Tx) LookAt(ctx context.Context, changes *billing.Changes, before, after Run, look Look) error {
	then, err := t.countedRows(ctx, before, look, "o.last_run > 0 AND o.last_run < ?", after.ID)
	if err != nil {
		return err
	}
	now, err := t.countedRows(ctx, after, look, "o.first_run > ?", before.ID)
	changes.Look(then, now)
	return err
}

// countedRows reads the rows in the months of the look, and in other months the rows that were judged differently in the
// other run: care that moved to or from a month of the look.
func (t *Tx) countedRows(ctx context.Context, run Run, look Look, changed string, other int64) ([]billing.CountedRow, error) {
	if len(look.Clients) == 0 {
		return nil, nil
	}
	var counted []billing.CountedRow
	read := func(statement string, values ...any) error {
		return t.db.Each(ctx, "SELECT r.bsn, r.provider, r.known_as, r.id, r.unit, r.care_date, r.quantity, r.last_date, o.outcome, o.referral, o.municipality, o.product, o.price FROM "+
			statement, values, func(scan database.Scan) error {
			var row billing.CountedRow
			var last billing.Date // only a prestatie has one
			if err := scan(&row.BSN, &row.Provider, &row.KnownAs, &row.Record, words.UnitIn(&row.Unit), &row.Day, &row.Quantity, &last, words.OutcomeIn(&row.Outcome), &row.Referral,
				&row.Municipality, &row.Product, &row.Price); err != nil {
				return fmt.Errorf("read rows: %w", err)
			}
			row.CareMonth, row.Prestatie = row.Day.Period(), !last.IsZero()
			counted = append(counted, row)
			return nil
		})
	}
	const looked = "r.care_date BETWEEN ? AND ?"
	from, to := int32(look.From.First()), int32(look.To.Last())
	in, values := database.Within("r.bsn", look.Clients)
	err := read("records r CROSS JOIN outcomes o WHERE "+in+" AND "+looked+" AND o.bsn = r.bsn AND o.record_id = r.id AND "+standing("o"), append(values, from, to, run.ID, run.ID)...)
	if err != nil {
		return nil, err
	}
	in, values = database.Within("o.bsn", look.Clients)
	err = read("outcomes o CROSS JOIN records r WHERE "+in+" AND "+standing("o")+" AND "+changed+" AND r.bsn = o.bsn AND r.id = o.record_id AND NOT "+looked,
		append(values, run.ID, run.ID, other, from, to)...)
	return counted, err
}

// Some narrows which plain rows are read: only those of Providers. With Quiet it does so for all rows that are accepted and
// need no decision, whatever findings they have. The zero value reads no plain rows.
type Some struct {
	Providers []string
	Quiet     bool
}

// Conditions on outcomes. Notable ones are not plain; it is written like its index. Loud ones are notable but not quiet.
// Quiet selects from the alias o, and with alsoIsPlain only plain outcomes.
const (
	notable     = "(outcome <> 'accepted' OR codes <> '' OR open_holds <> '')"
	loud        = notable + " AND (outcome <> 'accepted' OR open_holds <> '')"
	quiet       = "o.outcome = 'accepted' AND o.open_holds = ''"
	alsoIsPlain = " AND o.codes = ''"
)

// reportedOf is reportedIn, narrowed by some unless that is nil.
func (v *view) reportedOf(ctx context.Context, run Run, since Since, clients Clients, some *Some) ([]reported, error) {
	if some == nil {
		return v.reportedIn(ctx, run, since, clients)
	}
	read, left := notable, quiet+alsoIsPlain
	if some.Quiet {
		read, left = loud, quiet
	}
	first, err := v.firstSince(ctx, since)
	if err != nil {
		return nil, err
	}
	parts := []reported{since.changed(run, clients, first, read+" AND first_run > ? AND first_run <= ?", since.Closed, run.ID)}
	if since.Closed != 0 {
		parts = append(parts, since.heldAtClose(run, clients))
	}
	if len(some.Providers) == 0 {
		return parts, nil
	}
	list, providers := database.ListOf(some.Providers)
	within, bounds := clients.within("bsn")
	joined, closed, before := since.joined()
	its := " AS k CROSS JOIN outcomes o" + itsRecord
	where := " WHERE o.bsn = k.bsn AND o.record_id = k.id AND " + standing("o") + " AND " + left
	parts = append(parts, reported{
		from: " FROM (SELECT bsn, id FROM records WHERE provider IN (" + list + ") AND id >= ?" + within + ")" + its, where: where,
		values: slices.Concat(providers, []any{first}, bounds, []any{run.ID, run.ID}), before: cameSince,
	})
	if since.Closed != 0 {
		parts = append(parts, reported{
			from:   " FROM (SELECT DISTINCT bsn, record_id AS id FROM outcomes WHERE first_run > ? AND first_run <= ? AND record_id < ?" + within + ")" + its + joined,
			where:  where + " AND r.provider IN (" + list + ")",
			values: slices.Concat([]any{since.Closed, run.ID, first}, bounds, closed, []any{run.ID, run.ID}, providers), before: before,
		})
	}
	return parts, nil
}

// touched is the meta name for the providers whose rows or lines changed since workbooks were last written.
const touched = "touched_providers"

// TouchedProviders returns the providers whose rows or lines changed since workbooks were last written.
func (v *view) TouchedProviders(ctx context.Context) ([]string, error) {
	text, err := v.Meta(ctx, touched)
	return strings.Fields(text), err
}

// Touch adds providers to those whose rows or lines changed.
func (t *Tx) Touch(ctx context.Context, providers map[string]bool) error {
	known, err := t.TouchedProviders(ctx)
	if err != nil {
		return err
	}
	all := maps.Clone(providers)
	for _, provider := range known {
		all[provider] = true
	}
	if len(all) == len(known) {
		return nil
	}
	return t.SetMeta(ctx, touched, strings.Join(slices.Sorted(maps.Keys(all)), " "))
}

// ForgetTouched empties the list of TouchedProviders, because workbooks were written.
func (t *Tx) ForgetTouched(ctx context.Context) error { return t.SetMeta(ctx, touched, "") }
