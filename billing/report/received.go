package report

import (
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// files fills in what came in since the last close.
func (g *gathering) files(ctx context.Context) error {
	files, err := g.tx.FilesAfter(ctx, g.since.LastFile)
	if err != nil {
		return err
	}
	again, err := g.tx.AgainAfter(ctx, g.since.LastFile)
	if err != nil {
		return err
	}
	repeated := make(map[int64][]AlreadyReceived)
	for _, a := range again {
		code := ""
		if municipality := g.head.Book.Municipality(a.Municipality); municipality != nil && a.Municipality != "" {
			code = municipality.Code
		}
		repeated[a.FileID] = append(repeated[a.FileID], AlreadyReceived{
			Provider: a.Provider, Municipality: code, Rows: a.Rows, Time: billing.Quantity(a.Time), Dayparts: billing.Quantity(a.Dayparts),
		})
	}
	for _, file := range files {
		if file.ID > g.run.LastFile || file.GoneBy(g.run.ID) {
			continue
		}
		in := FileIn{
			Name: file.Name, Received: file.Received, Kind: file.Kind, Rows: file.Rows, Kept: file.Kept, Provider: file.Provider, Again: repeated[file.ID],
		}
		if file.HoldsCare() { // an empty row among decisions or referrals is no row of care that was skipped
			in.Totals, in.Empty = file.Totals, file.Empty
		}
		g.head.Files = append(g.head.Files, in)
	}
	return nil
}

// leftOut fills in which rows of earlier files the files since the last close leave out.
func (g *gathering) leftOut(ctx context.Context) error {
	rows, err := g.tx.LeftOutSince(ctx, g.since.LastFile, g.run.LastFile)
	if err != nil {
		return err
	}
	clients := g.tx.ClientNumbers(ctx)
	for _, row := range rows {
		told := bsn.Shown(row.Reference)
		shown, err := clients.MaskOf(told, row.BSN)
		if err == nil {
			told, err = clients.MaskTo(row.Provider, row.BSN, []string{told}, told)
		}
		if err != nil {
			return err
		}
		g.head.LeftOut = append(g.head.LeftOut, LeftOut{
			Provider: row.Provider, File: row.File, Earlier: row.Earlier, Reference: shown, Told: bsn.MaskOf(told, row.BSN), Sheet: row.Sheet, Row: row.Row,
		})
	}
	return nil
}

// missing fills in who had lines in the last period and sent nothing since.
func (g *gathering) missing(ctx context.Context) error {
	sent, err := g.tx.SendersAfter(ctx, g.since.LastFile, g.run)
	if err == nil {
		g.head.Missing, err = missing(ctx, g.tx, g.since, sent)
	}
	return err
}

// missing returns the providers that had lines in the period of a close and are not among those who sent something since,
// in order.
func missing(ctx context.Context, tx *ledger.Tx, since ledger.Since, sent []string) ([]string, error) {
	if since.Period == 0 {
		return nil, nil
	}
	payees, err := tx.PayeesOf(ctx, since.Period)
	return slices.DeleteFunc(payees, func(provider string) bool { return slices.Contains(sent, provider) }), err
}

// senders returns the providers of whom a row came in since the last close, or was received once more.
func (k *PageSummary) senders(files []FileIn) []string {
	var sent []string
	for i := range k.Rows {
		if !k.Rows[i].Earlier {
			sent = append(sent, k.Rows[i].Provider)
		}
	}
	for i := range files {
		for _, again := range files[i].Again {
			sent = append(sent, again.Provider)
		}
	}
	slices.Sort(sent)
	return slices.Compact(sent)
}

func eachSignal(ctx context.Context, tx *ledger.Tx, run ledger.Run, visit func(*Signal) error) error {
	signals, err := tx.Signals(ctx, run.Month())
	if err != nil {
		return err
	}
	clients := tx.ClientNumbers(ctx)
	for _, s := range signals {
		signal := &Signal{Code: s.Code, Provider: s.Provider, Municipality: s.Municipality, Values: slices.Clone(s.Values)}
		if signal.Subject, err = clients.Mask(s.Subject); err != nil {
			return err
		}
		for i := range signal.Values {
			if signal.Values[i], err = clients.Mask(signal.Values[i]); err != nil {
				return err
			}
		}
		if err := visit(signal); err != nil {
			return err
		}
	}
	return nil
}
