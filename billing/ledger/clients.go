package ledger

import (
	"context"
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// StoredClient is a client as it comes out of the store: what is judged, and what stands about it now.
type StoredClient struct {
	Client   *billing.Client
	Settled  []*billing.Record // replaced and withdrawn rows: not judged
	States   map[int64]State   // of Settled
	Outcomes map[int64]Outcome // that hold now, by record number
	Open     []OpenLine        // lines of the open period that hold now
}

// MarkClients notes that something of these clients changed since they were last judged.
func (t *Tx) MarkClients(ctx context.Context, clients map[string]bool) error {
	for bsn := range clients {
		statement, err := t.prepared(ctx, "INSERT INTO clients (bsn, changed, undeclared) VALUES (?, 1, 1) ON CONFLICT (bsn) DO UPDATE SET changed = 1")
		if err != nil {
			return err
		}
		if _, err := statement.ExecContext(ctx, bsn); err != nil {
			return err
		}
	}
	return nil
}

// ChangedClients counts the clients of whom something changed since they were last judged.
func (s *Store) ChangedClients(ctx context.Context) (int, error) {
	var count int
	err := s.db.GetContext(ctx, &count, "SELECT count(*) FROM clients WHERE changed = 1")
	return count, err
}

// ClientReader reads clients in BSN order, some at a time.
type ClientReader struct {
	tx    *Tx
	names *names
	where string
	last  string
	begun bool
}

// ClientReader makes a reader of every client, or only of those with something to judge: changed input, or a
// record that was not declared.
func (t *Tx) ClientReader(ctx context.Context, everyone bool) (*ClientReader, error) {
	names, err := loadNames(ctx, t.Tx)
	if err != nil {
		return nil, err
	}
	reader := &ClientReader{tx: t, names: names}
	if !everyone {
		reader.where = " AND (c.changed = 1 OR c.undeclared = 1)"
	}
	return reader, nil
}

// clientsPerChunk and recordsPerChunk bound what is in memory at once.
const (
	clientsPerChunk = 400
	recordsPerChunk = 20_000
)

// Next gives the next clients; none at the end.
func (r *ClientReader) Next(ctx context.Context) ([]*StoredClient, error) {
	numbers, err := r.chunk(ctx)
	if err != nil || len(numbers) == 0 {
		return nil, err
	}
	return r.fill(ctx, numbers)
}

// fill reads all that stands about these clients, who are in BSN order.
func (r *ClientReader) fill(ctx context.Context, numbers []string) ([]*StoredClient, error) {
	dockets := make([]*StoredClient, len(numbers))
	byBSN := make(map[string]*StoredClient, len(numbers))
	for i, bsn := range numbers {
		dockets[i] = &StoredClient{Client: &billing.Client{BSN: bsn}, States: make(map[int64]State), Outcomes: make(map[int64]Outcome)}
		byBSN[bsn] = dockets[i]
	}
	reads := []func(context.Context, string, []any, map[string]*StoredClient) error{
		r.records, r.referrals, r.decisions, r.outcomes, r.lines,
	}
	for _, read := range reads {
		in, values := within(numbers)
		if err := read(ctx, in, values, byBSN); err != nil {
			return nil, err
		}
	}
	return dockets, r.others(ctx, dockets)
}

// within narrows a statement to clients: a range for speed, and the list of them for exactness.
func within(numbers []string) (condition string, values []any) {
	values = append(values, numbers[0], numbers[len(numbers)-1])
	for _, bsn := range numbers {
		values = append(values, bsn)
	}
	return "bsn BETWEEN ? AND ? AND bsn IN (" + strings.TrimSuffix(strings.Repeat("?,", len(numbers)), ",") + ")", values
}

func (r *ClientReader) chunk(ctx context.Context) ([]string, error) {
	after := "c.bsn > ?"
	if !r.begun {
		after = "c.bsn >= ?" // the rows without a readable BSN are a client too
		r.begun = true
	}
	rows, err := r.tx.QueryxContext(ctx, r.tx.store.dialect.bind(
		"SELECT c.bsn, (SELECT count(*) FROM records r WHERE r.bsn = c.bsn) FROM clients c WHERE "+after+r.where+
			" ORDER BY c.bsn LIMIT "+fmt.Sprint(clientsPerChunk)), r.last)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var numbers []string
	records := 0
	for rows.Next() {
		var bsn string
		var count int
		if err := rows.Scan(&bsn, &count); err != nil {
			return nil, err
		}
		if records += count; records > recordsPerChunk && len(numbers) > 0 {
			break
		}
		numbers = append(numbers, bsn)
		r.last = bsn
	}
	return numbers, rows.Err()
}

func (r *ClientReader) records(ctx context.Context, in string, values []any, dockets map[string]*StoredClient) error {
	statement := "SELECT " + strings.Join(recordColumns, ", ") + " FROM records WHERE " + in + " AND state <> 3 ORDER BY bsn, id"
	return r.tx.eachRecord(ctx, r.names, func(stored StoredRecord) error {
		docket := dockets[stored.BSN]
		if stored.State != Current {
			docket.Settled = append(docket.Settled, stored.Record)
			docket.States[stored.ID] = stored.State
			return nil
		}
		docket.Client.Records = append(docket.Client.Records, stored.Record)
		return nil
	}, statement, values...)
}

func (r *ClientReader) referrals(ctx context.Context, in string, values []any, dockets map[string]*StoredClient) error {
	return eachReferral(ctx, r.tx.Tx, r.tx.store.dialect, r.names, in+" AND is_latest = 1 ORDER BY bsn, number", func(referral *billing.Referral) error {
		client := dockets[referral.BSN].Client
		client.Referrals = append(client.Referrals, referral)
		return nil
	}, values...)
}

func (r *ClientReader) decisions(ctx context.Context, in string, values []any, dockets map[string]*StoredClient) error {
	return eachDecision(ctx, r.tx.Tx, r.tx.store.dialect, r.names, in, func(bsn string, decision billing.Decision) error {
		client := dockets[bsn].Client
		client.Decisions = append(client.Decisions, decision)
		return nil
	}, values...)
}

// others looks up the referrals that records name and that are not their client's own.
func (r *ClientReader) others(ctx context.Context, dockets []*StoredClient) error {
	wanted := make(map[string][]*billing.Client)
	var numbers []string
	for _, docket := range dockets {
		own := make(map[string]bool, len(docket.Client.Referrals))
		for _, referral := range docket.Client.Referrals {
			own[referral.Number] = true
		}
		for _, record := range docket.Client.Records {
			if number := record.ReferralNumber; number != "" && !own[number] {
				own[number] = true
				if wanted[number] == nil {
					numbers = append(numbers, number)
				}
				wanted[number] = append(wanted[number], docket.Client)
			}
		}
	}
	found, err := latestReferrals(ctx, r.tx.Tx, r.tx.store.dialect, r.names, numbers)
	if err != nil {
		return err
	}
	for number, referral := range found {
		for _, client := range wanted[number] {
			if client.Others == nil {
				client.Others = make(map[string][]*billing.Referral)
			}
			client.Others[number] = append(client.Others[number], referral)
		}
	}
	return nil
}

// Judged notes that a client was judged, and whether anything of it still is to be declared.
func (t *Tx) Judged(ctx context.Context, bsn string, undeclared bool) error {
	statement, err := t.prepared(ctx, "UPDATE clients SET changed = 0, undeclared = ? WHERE bsn = ?")
	if err != nil {
		return err
	}
	_, err = statement.ExecContext(ctx, flag(undeclared), bsn)
	return err
}

// DocketOf gives one client.
func (t *Tx) DocketOf(ctx context.Context, bsn string) (*StoredClient, error) {
	names, err := loadNames(ctx, t.Tx)
	if err != nil {
		return nil, err
	}
	reader := &ClientReader{tx: t, names: names}
	dockets, err := reader.fill(ctx, []string{bsn})
	if err != nil {
		return nil, err
	}
	return dockets[0], nil
}
