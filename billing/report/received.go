package report

import (
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// files fills in the files that came in since the last close.
func (g *gathering) files(ctx context.Context) error {
	files, err := g.tx.FilesSince(ctx, g.since, g.run)
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
		if file.GoneBy(g.run.ID) {
			continue
		}
		in := FileIn{
			Name: file.Name, Received: file.Received, Kind: file.Kind, Rows: file.Rows, Kept: file.Kept, Provider: file.Provider, Again: repeated[file.ID],
			ReadAgain: file.ReadAgain,
		}
		if file.HoldsCare() { // skipped rows of decisions or referrals are not skipped rows of care
			in.Totals, in.Empty = file.Totals, file.Empty
		}
		g.head.Files = append(g.head.Files, in)
	}
	return nil
}

// leftOut fills in the rows of earlier files that the files since the last close leave out.
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

// missing fills in the providers that had lines in the last closed period and sent nothing since.
func (g *gathering) missing(ctx context.Context) error {
	received, err := g.tx.ReceivedSince(ctx, g.since, g.run, g.run)
	if err != nil {
		return err
	}
	unsent, err := unsent(ctx, g.tx, g.since, g.run, received)
	if err == nil {
		g.head.Missing, err = missing(ctx, g.tx, g.since, received, unsent)
	}
	return err
}

// unsent returns, in order, the providers whose rows since a close came only from files that pxq read again by itself. received counts
// all rows of each provider since the close.
func unsent(ctx context.Context, tx *ledger.Tx, since ledger.Since, run ledger.Run, received map[string]ledger.Received) ([]string, error) {
	readAgain, err := tx.ReadAgainAfter(ctx, since.LastFile, run)
	providers := []string{} // not nil, which in a page summary means that an earlier version stored it
	for provider, rows := range readAgain {
		if received[provider] == rows {
			providers = append(providers, provider)
		}
	}
	slices.Sort(providers)
	return providers, err
}

// missing returns, in order, the providers that had lines in the period of a close and sent nothing since.
func missing(ctx context.Context, tx *ledger.Tx, since ledger.Since, received map[string]ledger.Received, unsent []string) ([]string, error) {
	if since.Period == 0 {
		return nil, nil
	}
	payees, err := tx.PayeesOf(ctx, since.Period)
	return slices.DeleteFunc(payees, func(provider string) bool {
		_, came := received[provider]
		return came && !slices.Contains(unsent, provider)
	}), err
}

// received counts, by provider, the rows that came in since the last close.
func (k *PageSummary) received() map[string]ledger.Received {
	received := make(map[string]ledger.Received)
	for i := range k.Rows {
		if row := &k.Rows[i]; !row.Earlier {
			count := received[row.Provider]
			count.Kept += row.Count
			received[row.Provider] = count
		}
	}
	for _, again := range k.Again {
		count := received[again.Provider]
		count.Again += again.Rows
		received[again.Provider] = count
	}
	return received
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
