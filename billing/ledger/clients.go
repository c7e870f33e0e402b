package ledger

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
)

// StoredClient is a client as read from the store: the input for judging, and the current results.
type StoredClient struct {
	Client   *billing.Client
	Settled  []*billing.Record // replaced and withdrawn rows: not judged
	States   map[int64]State   // of the Settled records, by number
	Outcomes map[int64]Outcome // current ones, by record number
	Open     []OpenLine        // current lines of the open period
}

// reads reports whether the record with that number was read.
func (c *StoredClient) reads(id int64) bool {
	number := func(r *billing.Record, id int64) int { return cmp.Compare(r.ID, id) }
	_, found := slices.BinarySearchFunc(c.Client.Records, id, number)
	if !found {
		_, found = slices.BinarySearchFunc(c.Settled, id, number)
	}
	return found
}

// toJudge is the condition on clients with something to judge, written like its index.
const toJudge = "(changed = 1 OR undeclared = 1)"

// Choice selects the clients that are judged.
type Choice int

// The choices.
const (
	Everyone   Choice = iota // after a change of book, policy or year
	Unfinished               // in a new period: clients with changes or an undeclared record
	Changed                  // in the period of the previous run: clients with changes or a message that may have been answered
)

// where returns the condition on clients under the alias c; for Everyone it is always true. Clients with messages are few, so
// Changed includes all of them with something to judge.
func (c Choice) where() string {
	switch c {
	case Unfinished:
		return toJudge
	case Changed:
		return toJudge + " AND (changed = 1 OR EXISTS (SELECT 1 FROM prestaties p WHERE p.bsn = c.bsn))"
	}
	return "1 = 1"
}

// CountClients returns the number of clients that a reader of the choice returns.
func (t *Tx) CountClients(ctx context.Context, choice Choice) (int, error) {
	count, err := t.db.Number(ctx, "SELECT count(*) FROM clients c WHERE "+choice.where())
	return int(count), err
}

// ClientReader reads clients in BSN order, in chunks.
type ClientReader struct {
	tx    *Tx
	names *names
	where string
	whole bool // including records at rest
	rests restBounds
	empty map[string]bool // names of empty tables
	last  string
	begun bool
	ask   int // how many clients to ask for: PostgreSQL counts the rows of all before it passes the first

	closes map[billing.Period]int64 // the last file before the close of each period; nil until it is needed
}

// ClientReader returns a reader of the chosen clients.
func (t *Tx) ClientReader(ctx context.Context, choice Choice) (*ClientReader, error) {
	names, err := t.fileNames(ctx)
	if err != nil {
		return nil, err
	}
	rests, err := t.restBounds(ctx, "c.rest_to")
	if err != nil {
		return nil, err
	}
	empty := make(map[string]bool)
	for _, table := range []string{"prestaties", "decisions", "outcomes", "lines"} {
		held, err := t.holdsAny(ctx, table)
		if err != nil {
			return nil, err
		}
		empty[table] = !held
	}
	return &ClientReader{tx: t, names: names, whole: choice == Everyone, rests: rests, empty: empty, ask: clientsPerChunk, where: " AND " + choice.where()}, nil
}

// clientsPerChunk and recordsPerChunk limit what is in memory at once.
const (
	clientsPerChunk = 400
	recordsPerChunk = 3000
)

// Next returns the next clients; an empty slice at the end.
func (r *ClientReader) Next(ctx context.Context) ([]*StoredClient, error) {
	numbers, rests, err := r.chunk(ctx)
	if err != nil || len(numbers) == 0 {
		return nil, err
	}
	return r.fill(ctx, numbers, rests)
}

// fill reads everything about the clients with these numbers, which are in BSN order, except records at rest.
func (r *ClientReader) fill(ctx context.Context, numbers []string, rests map[string]billing.Rest) ([]*StoredClient, error) {
	clients := make([]*StoredClient, len(numbers))
	byBSN := make(map[string]*StoredClient, len(numbers))
	for i, bsn := range numbers {
		clients[i] = &StoredClient{Client: &billing.Client{BSN: bsn, Rest: rests[bsn]}, States: make(map[int64]State), Outcomes: make(map[int64]Outcome)}
		byBSN[bsn] = clients[i]
	}
	reads := []struct {
		table string
		read  func(context.Context, string, []any, map[string]*StoredClient) error
	}{
		{"records", r.records}, {"prestaties", r.prestaties}, {"referrals", r.referrals}, {"decisions", r.decisions}, {"outcomes", r.outcomes}, {"lines", r.lines},
	}
	for _, of := range reads {
		if r.empty[of.table] {
			continue
		}
		in, values := database.Within("bsn", numbers)
		if err := of.read(ctx, in, values, byBSN); err != nil {
			return nil, err
		}
	}
	if err := r.refusals(ctx, clients); err != nil {
		return nil, err
	}
	if err := r.foreignReferrals(ctx, clients); err != nil {
		return nil, err
	}
	return clients, r.prestatieReferrals(ctx, clients)
}

func (r *ClientReader) chunk(ctx context.Context) (numbers []string, rests map[string]billing.Rest, err error) {
	after := "c.bsn > ?"
	if !r.begun {
		after = "c.bsn >= ?" // rows without a readable BSN form a client too
		r.begun = true
	}
	ask := r.ask
	rests = make(map[string]billing.Rest)
	records := 0
	full := errors.New("full")
	r.ask = clientsPerChunk
	err = r.tx.db.Each(ctx, chunkOf(after, r.where, r.unrested()[0]), []any{r.last, ask}, func(scan database.Scan) error {
		var bsn string
		var count int
		var rest billing.Rest
		if err := scan(&bsn, &count, &rest.To, &rest.Help); err != nil {
			return err
		}
		if records += count; records > recordsPerChunk && len(numbers) > 0 {
			r.ask = min(2*len(numbers), clientsPerChunk)
			return full
		}
		numbers = append(numbers, bsn)
		if r.last = bsn; !r.whole {
			rests[bsn] = rest
		}
		return nil
	})
	if errors.Is(err, full) {
		err = nil
	}
	return numbers, rests, err
}

// chunkOf returns the statement for the next clients, with the number of their rows to read and what is at rest.
func chunkOf(after, where, unrested string) string {
	return "SELECT c.bsn, (SELECT count(*) FROM records r WHERE r.bsn = c.bsn" + unrested + "), c.rest_to, c.passed FROM clients c WHERE " + after + where + " ORDER BY c.bsn LIMIT ?"
}

func (r *ClientReader) records(ctx context.Context, in string, values []any, clients map[string]*StoredClient) error {
	superseded := make(map[billing.RecordKey]bool)
	take := func(stored StoredRecord) error {
		client := clients[stored.BSN]
		switch stored.State {
		case Superseded:
			stored.Standing = true
			superseded[billing.RecordKeyOf(stored.Provider, stored.Reference)] = true
		case Current:
		default:
			client.Settled = append(client.Settled, stored.Record)
			client.States[stored.ID] = stored.State
			return nil
		}
		client.Client.Records = append(client.Client.Records, stored.Record)
		return nil
	}
	var err error
	for _, part := range r.unrested() {
		statement := "SELECT " + packed.Under("r").Record() + " FROM clients c CROSS JOIN records r WHERE " + onClient(in) + " AND r.bsn = c.bsn" + part +
			" AND r.state <> 'taken_back'"
		if err == nil {
			err = r.tx.eachRecord(ctx, r.names, take, statement, values...)
		}
	}
	for _, client := range clients { // SQLite does not sort by client, and undated rows were read last
		inOrder(client.Client.Records)
		inOrder(client.Settled)
	}
	if len(superseded) > 0 {
		for _, client := range clients {
			markNewer(client.Client.Records, superseded)
		}
	}
	return err
}

// inOrder sorts records in the order in which they came in.
func inOrder(records []*billing.Record) {
	slices.SortFunc(records, func(a, b *billing.Record) int { return cmp.Compare(a.ID, b.ID) })
}

// markNewer marks the versions that are newer than a standing one. A prestatie is not a version of a row, even if their
// references differ only in leading zeros.
func markNewer(records []*billing.Record, superseded map[billing.RecordKey]bool) {
	for _, r := range records {
		r.Newer = !r.Standing && !r.Ambiguous && r.Readable() && r.Origin != billing.FromMessage && superseded[billing.RecordKeyOf(r.Provider, r.Reference)]
	}
}

func (r *ClientReader) referrals(ctx context.Context, in string, values []any, clients map[string]*StoredClient) error {
	return r.tx.eachReferral(ctx, r.names, in+" AND is_latest = 1 ORDER BY bsn, number", func(referral *billing.Referral) error {
		client := clients[referral.BSN].Client
		client.Referrals = append(client.Referrals, referral)
		return nil
	}, values...)
}

func (r *ClientReader) decisions(ctx context.Context, in string, values []any, clients map[string]*StoredClient) error {
	return r.tx.eachDecision(ctx, r.names, in, func(bsn string, decision billing.Decision) error {
		client := clients[bsn].Client
		client.Decisions = append(client.Decisions, decision)
		return nil
	}, values...)
}

// foreignReferrals looks up the referrals that records name and that do not belong to their client.
func (r *ClientReader) foreignReferrals(ctx context.Context, clients []*StoredClient) error {
	wanted := make(map[string][]*billing.Client)
	var numbers []string
	for _, stored := range clients {
		own := make(map[string]bool, len(stored.Client.Referrals))
		for _, referral := range stored.Client.Referrals {
			own[referral.Number] = true
		}
		for _, record := range stored.Client.Records {
			if number := record.ReferralNumber; number != "" && !own[number] && record.Origin != billing.FromMessage {
				own[number] = true
				if wanted[number] == nil {
					numbers = append(numbers, number)
				}
				wanted[number] = append(wanted[number], stored.Client)
			}
		}
	}
	found, err := r.tx.latestReferrals(ctx, r.names, numbers)
	if err != nil {
		return err
	}
	for number, referrals := range found {
		for _, client := range wanted[number] {
			if client.Others == nil {
				client.Others = make(map[string][]*billing.Referral)
			}
			client.Others[number] = referrals
		}
	}
	return nil
}

// ClientOf reads one client, with its records at rest.
func (t *Tx) ClientOf(ctx context.Context, bsn string) (*StoredClient, error) {
	names, err := t.fileNames(ctx)
	if err != nil {
		return nil, err
	}
	reader := &ClientReader{tx: t, names: names, whole: true}
	clients, err := reader.fill(ctx, []string{bsn}, nil)
	if err != nil {
		return nil, err
	}
	return clients[0], nil
}
