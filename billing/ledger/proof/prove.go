// Package proof checks everything that is stored about the clients, row by row, and finds what was changed outside the
// program: rows that do not match their digest, sums that do not match their rows, and columns that contradict the data
// they are derived from. It reads each table once, in the order of the clients, a part of them at a time.
//
// Start reading at Prover.Prove, which reads a part (read.go, by the layout of each table) and checks its clients
// (client.go).
package proof

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
)

// Table describes a table of which every row belongs to a client.
type Table struct {
	Name    string
	Columns []string // stored of a row, in the order of its digest
	Part    string   // the column that determines the part of its sum
	Key     string   // the order in which it is read
	Digests bool     // each row has a digest
	Packed  *Packed  // those of Columns that are stored as one text; nil for none
}

// Prover checks the rows of clients.
type Prover struct {
	closed   []database.Close
	lastRun  int64
	files    map[int64]bool
	bounds   []string // the first client of each part except the first
	records  tableOf[Record]
	outcomes tableOf[Outcome]
	lines    tableOf[Line]
	referral tableOf[referral]
	answers  tableOf[Answer]
}

// Tables describe the tables with rows of clients.
type Tables struct{ Records, Outcomes, Lines, Referrals, Prestaties Table }

// Names returns the names of the tables.
func (t *Tables) Names() []string {
	return []string{t.Records.Name, t.Outcomes.Name, t.Lines.Name, t.Referrals.Name, t.Prestaties.Name}
}

// rowsPerPart is roughly the number of records of the clients in a part.
const rowsPerPart = 5000

// New returns a prover of the state that the transaction sees.
func New(ctx context.Context, tx *database.Tx, tables Tables) (*Prover, error) {
	p := &Prover{
		records:  newTable(&tx.View, tables.Records, recordReader),
		outcomes: newTable(&tx.View, tables.Outcomes, outcomeReader),
		lines:    newTable(&tx.View, tables.Lines, lineReader),
		referral: newTable(&tx.View, tables.Referrals, referralReader),
		answers:  newTable(&tx.View, tables.Prestaties, answerReader),
	}
	var err error
	if p.closed, err = tx.Closes(ctx); err != nil {
		return nil, err
	}
	if p.lastRun, err = tx.Number(ctx, "SELECT coalesce(max(id), 0) FROM runs"); err != nil {
		return nil, err
	}
	p.files = make(map[int64]bool)
	if err = tx.Each(ctx, "SELECT id FROM files", nil, func(scan database.Scan) error {
		var id int64
		err := scan(&id)
		p.files[id] = true
		return err
	}); err != nil {
		return nil, err
	}
	return p, p.divide(ctx, tx)
}

// divide determines where the parts begin.
func (p *Prover) divide(ctx context.Context, tx *database.Tx) error {
	clients, err := tx.Number(ctx, "SELECT count(*) FROM clients")
	if err != nil {
		return err
	}
	rows, err := tx.Number(ctx, "SELECT coalesce(sum(kept), 0) FROM files")
	if err != nil {
		return err
	}
	every := max(1, clients*min(rowsPerPart, rows/2+1)/max(1, rows)) // at least two parts
	return tx.Each(ctx, "SELECT bsn FROM (SELECT bsn, row_number() OVER (ORDER BY bsn) AS place FROM clients) AS placed WHERE place % ? = 0 AND place < ? ORDER BY bsn",
		[]any{every, clients}, func(scan database.Scan) error {
			var bsn string
			err := scan(&bsn)
			p.bounds = append(p.bounds, bsn)
			return err
		})
}

// Parts returns the number of parts.
func (p *Prover) Parts() int { return len(p.bounds) + 1 }

// within returns the condition on the clients of a part, with its values. Together the parts cover every possible text.
func (p *Prover) within(part int) (condition string, values []any) {
	condition = "WHERE 1 = 1"
	if part > 0 {
		condition, values = condition+" AND bsn >= ?", append(values, p.bounds[part-1])
	}
	if part < len(p.bounds) {
		condition, values = condition+" AND bsn < ?", append(values, p.bounds[part])
	}
	return condition, values
}

// Found is the result of checking a part.
type Found struct {
	Changed    map[string]Changed // by table, the rows that do not match their digest
	Counts     map[string]int     // number of contradictions, by what contradicts
	LastRecord int64              // the highest record number
	FirstRows  FirstRows          // the lowest record number of each care date

	counters []*database.Counter
}

// FirstRows holds, by care date, the lowest number of a record that came in on or after that date.
type FirstRows map[billing.Date]int64

// Note adds a record, and reports whether its number is the lowest of its care date so far.
func (f FirstRows) Note(day billing.Date, id int64) bool {
	if lowest, known := f[day]; known && lowest <= id {
		return false
	}
	f[day] = id
	return true
}

// Changed are the rows of a table that do not match their digest.
type Changed struct {
	Rows  int
	Where []string // identifies the first of them, without a BSN
}

// changedNamed is the maximum number of rows of a table in Changed.Where.
const changedNamed = 20

// AddTo adds the rows of the part to a tally.
func (f *Found) AddTo(tally *database.Tally) {
	for _, counter := range f.counters {
		tally.Take(counter)
	}
}

// Prove checks the clients of a part and passes each of them to show.
func (p *Prover) Prove(ctx context.Context, view *database.View, tally *database.Tally, part int, show func(*Client) error) (*Found, error) {
	found := &Found{Changed: make(map[string]Changed), Counts: make(map[string]int), FirstRows: make(FirstRows)}
	of := &reading{ctx: ctx, view: view, tally: tally, found: found}
	of.condition, of.values = p.within(part)
	defer of.end()
	records, err := p.records.read(of)
	if err != nil {
		return nil, err
	}
	outcomes, err := p.outcomes.read(of)
	if err != nil {
		return nil, err
	}
	lines, err := p.lines.read(of)
	if err != nil {
		return nil, err
	}
	referrals, err := p.referral.read(of)
	if err != nil {
		return nil, err
	}
	answers, err := p.answers.read(of)
	if err != nil {
		return nil, err
	}
	clients, err := of.clients()
	if err != nil {
		return nil, err
	}
	for len(records)+len(outcomes)+len(lines)+len(referrals)+len(answers)+len(clients) > 0 {
		c := next(records, outcomes, lines, referrals, answers, clients)
		records, outcomes, lines = records[len(c.Records):], outcomes[len(c.Outcomes):], lines[len(c.Lines):]
		referrals, answers = referrals[len(c.referrals):], answers[len(c.answers):]
		if c.known {
			clients = clients[1:]
		}
		p.contradict(c, found.Counts)
		for i := range c.Records {
			found.LastRecord = max(found.LastRecord, c.Records[i].ID)
			if r := &c.Records[i]; r.CareDate > 0 && r.CareDate <= r.received {
				found.FirstRows.Note(r.CareDate, r.ID)
			}
		}
		if err := show(c); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// next returns the first client in BSN order, with its rows, which lead the lists.
func next(records []Record, outcomes []Outcome, lines []Line, referrals []referral, answers []Answer, clients []client) *Client {
	first, any := "", false
	least := func(is bool, bsn func() string) {
		if is && (!any || bsn() < first) {
			first, any = bsn(), true
		}
	}
	least(len(records) > 0, func() string { return records[0].BSN })
	least(len(outcomes) > 0, func() string { return outcomes[0].bsn })
	least(len(lines) > 0, func() string { return lines[0].bsn })
	least(len(referrals) > 0, func() string { return referrals[0].bsn })
	least(len(answers) > 0, func() string { return answers[0].bsn })
	least(len(clients) > 0, func() string { return clients[0].bsn })
	c := &Client{
		BSN: first, Records: leading(records, func(r *Record) bool { return r.BSN == first }), Outcomes: leading(outcomes, func(o *Outcome) bool { return o.bsn == first }),
		Lines: leading(lines, func(l *Line) bool { return l.bsn == first }), referrals: leading(referrals, func(r *referral) bool { return r.bsn == first }),
		answers: leading(answers, func(a *Answer) bool { return a.bsn == first }),
	}
	if len(clients) > 0 && clients[0].bsn == first {
		c.known, c.changed, c.restTo = true, clients[0].changed, clients[0].restTo
	}
	return c
}

// leading returns the leading elements of the list that satisfy is.
func leading[T any](list []T, is func(*T) bool) []T {
	for i := range list {
		if !is(&list[i]) {
			return list[:i]
		}
	}
	return list
}
