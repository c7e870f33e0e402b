package batch

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// finish ends a file: it takes what is buffered, refuses a file that numbers its rows anew, and keeps what
// was counted.
func (in *intake) finish(ctx context.Context, summary *billing.FileSummary) error {
	if err := in.takeBuffer(); err != nil {
		return err
	}
	if err := in.refuseNewNumbers(); err != nil {
		return err
	}
	if err := in.takeReferrals(ctx); err != nil {
		return err
	}
	if err := in.takeDecisions(ctx); err != nil {
		return err
	}
	if err := in.records.Flush(ctx); err != nil {
		return err
	}
	file := &in.file
	file.result.Sheets, file.result.Own = summary.Sheets, summary.Own
	for _, sheet := range summary.Sheets {
		file.result.Totals += sheet.Totals
		file.result.Empty += sheet.Empty
	}
	stored := ledger.File{
		ID: file.id, SHA256: summary.SHA256, Name: summary.Name, Received: int32(in.asOf), Kind: kindOf(summary), Rows: file.result.Records,
		Kept: file.result.Kept, Totals: file.result.Totals, Empty: file.result.Empty, Provider: mostRows(file.rows), Future: int32(file.future), Group: in.firstFile,
	}
	if err := in.tx.AddFile(ctx, stored, summary.Sheets); err != nil {
		return err
	}
	for _, key := range slices.SortedFunc(maps.Keys(file.again), compareAgain) {
		if count := file.again[key]; count.Rows > 0 {
			if err := in.tx.AddAgain(ctx, *count); err != nil {
				return err
			}
		}
	}
	in.hashes[summary.SHA256] = true
	in.results[file.id] = file.result
	in.nextFile++
	return nil
}

func compareAgain(a, b againKey) int {
	if a.provider != b.provider {
		return strings.Compare(a.provider, b.provider)
	}
	return strings.Compare(a.municipality, b.municipality)
}

// Known references from which a file is looked at for numbering anew.
const knownForNewNumbers = 10

// refuseNewNumbers refuses a file that gives last month's numbers to other clients.
func (in *intake) refuseNewNumbers() error {
	known, other := in.file.known, in.file.renumber
	if known < knownForNewNumbers || 2*other <= known {
		return nil
	}
	return &textRefusal{file: filepath.Base(in.file.result.Path), text: billing.Text{
		Dutch: fmt.Sprintf("dit bestand nummert opnieuw: %d van de %d bekende regelnummers horen nu bij een andere cliënt. Eerder aangeleverde regels zouden vervangen worden. "+
			"Geef elke regel een eigen nummer, bijvoorbeeld 2026-10-0001, en lever het bestand opnieuw aan.", other, known),
		English: fmt.Sprintf("this file numbers anew: %d of the %d known references now belong to another client. Records sent before would be replaced. "+
			"Give each row a number of its own, for example 2026-10-0001, and send the file again.", other, known),
	}}
}

// mostRows gives the provider with most rows, the lowest code of equals.
func mostRows(rows map[string]int) string {
	most := ""
	for _, provider := range slices.Sorted(maps.Keys(rows)) {
		if provider != "" && (most == "" || rows[provider] > rows[most]) {
			most = provider
		}
	}
	return most
}

// The kinds of file.
const (
	kindSubmission = "submission"
	kindReferrals  = "referrals"
	kindDecisions  = "decisions"
	kindMixed      = "mixed"
)

// kindOf gives the one kind of the sheets of a file, or mixed.
func kindOf(summary *billing.FileSummary) string {
	kinds := make(map[billing.SheetKind]bool)
	for _, sheet := range summary.Sheets {
		if sheet.Kind != billing.NoSheet {
			kinds[sheet.Kind] = true
		}
	}
	names := map[billing.SheetKind]string{
		billing.SubmissionSheet: kindSubmission, billing.ReferralSheet: kindReferrals, billing.DecisionSheet: kindDecisions,
	}
	if len(kinds) != 1 {
		return kindMixed
	}
	for kind := range kinds {
		return names[kind]
	}
	return ""
}

// settle ends the group: now that all its rows are known, newer versions replace older ones.
func (in *intake) settle(ctx context.Context) error {
	if err := in.records.Flush(ctx); err != nil {
		return err
	}
	for _, row := range in.ambiguous {
		if err := in.tx.SetAmbiguous(ctx, row.bsn(), row.id); err != nil {
			return err
		}
	}
	err := in.identities.each(func(who *identity) error {
		if who.past == nil || !who.touched {
			return nil
		}
		return in.settleOne(ctx, who)
	})
	if err != nil {
		return err
	}
	if err := in.tx.SetNextRecordID(ctx, in.nextRecord); err != nil {
		return err
	}
	return in.tx.MarkClients(ctx, in.clients)
}

// settleOne replaces what the group's rows replace of one reference. Rows that were unreadable or ambiguous
// go once the reference comes again, whatever comes; a version only when one readable content comes.
func (in *intake) settleOne(ctx context.Context, who *identity) error {
	for _, open := range who.past.open {
		if err := in.setState(ctx, open, ledger.Replaced); err != nil {
			return err
		}
	}
	if !who.stored || who.others != nil {
		return nil
	}
	for _, before := range [...]rowKey{who.past.current, who.past.withdrawing} {
		if before.id == 0 {
			continue
		}
		if err := in.setState(ctx, before, ledger.Replaced); err != nil {
			return err
		}
	}
	if who.zero {
		return in.setState(ctx, who.row, ledger.Withdrawn)
	}
	return nil
}

func (in *intake) setState(ctx context.Context, row rowKey, state ledger.State) error {
	bsn := row.bsn()
	in.mark(bsn)
	return in.tx.SetState(ctx, &billing.Record{BSN: bsn, ID: row.id}, state, in.firstFile)
}
