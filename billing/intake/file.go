package intake

import (
	"cmp"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/scratch"
	"github.com/pxq-nl/pxq/billing/versions"
)

// file is the state of the file that is being read, so that it can be counted, or undone if the file is refused.
type file struct {
	result    *ImportedFile
	id        int64
	before    int64             // number of its last reading; 0 for a new file
	again     *readAgain        // set if it is read again because another file was taken back
	due       *dueRows          // set if it is read again because days have come that lay in the future
	accepted  bool              // it can no longer be refused
	buffer    []*billing.Record // rows that were read but not looked up yet
	received  receivedRows
	rows      map[string]int                              // rows by provider
	shown     map[billing.RecordKey][]ledger.StoredRecord // kept rows that a buffered row of a return file may show
	numbering map[string]*versions.Numbering              // by provider
	repeats   repeats
	future    billing.Date // the first care date that lies in the future; 0 for none
	referrals *referralRows
	writer    *ledger.ReferralWriter
	decisions []*billing.DecisionRow

	// The state of the group before the file, for undo.
	clients        []string                        // that this file was the first to mark
	roomier        []string                        // likewise, in group.roomier
	affectedBefore map[string]*ledger.AffectedCare // previous values in group.affected that the file changed; nil for none
	keptAfterAll   []int64                         // earlier files of the group, once for each repetition in them that was kept after all
	start          groupStart
}

// groupStart holds the lengths of a group's lists before a file, which appends to them.
type groupStart struct {
	references       scratch.Mark
	nextRecord       int64
	ambiguous        int
	referralProblems int
	decisionProblems int
	contradictions   int
}

func (g *group) start() groupStart {
	return groupStart{
		references: g.references.items.Mark(), nextRecord: g.nextRecord, ambiguous: len(g.ambiguous),
		referralProblems: len(g.referralProblems), decisionProblems: len(g.decisionProblems), contradictions: len(g.contradictions),
	}
}

// begin starts a file; before is its last reading, with ID 0 for a new file.
func (g *group) begin(result *ImportedFile, before ledger.File) (err error) {
	g.file = file{
		result: result, id: g.nextFile, before: before.ID, received: make(receivedRows), rows: make(map[string]int),
		shown: make(map[billing.RecordKey][]ledger.StoredRecord), numbering: make(map[string]*versions.Numbering), repeats: make(repeats),
		referrals: newReferralRows(), affectedBefore: make(map[string]*ledger.AffectedCare), start: g.start(),
	}
	if before.Reread {
		if g.file.again, err = readAgainOf(g.ctx, g.tx, before.SHA256); err == nil {
			g.file.future = g.file.again.waiting
		}
	} else if before.ID != 0 {
		g.file.due, err = g.dueRows(before)
	}
	return err
}

// count counts a row, to determine whether the file numbers its provider's rows anew.
func (f *file) count(provider string, known *versions.Known, row versions.Row) {
	numbering := f.numbering[provider]
	if numbering == nil {
		numbering = &versions.Numbering{}
		f.numbering[provider] = numbering
	}
	numbering.Count(known, row)
}

// numbersAnew returns the refusal if the file numbers the rows of a provider anew; nil if it does not.
func (f *file) numbersAnew() *NumbersAnew {
	for _, provider := range slices.Sorted(maps.Keys(f.numbering)) {
		if numbering := f.numbering[provider]; numbering.IsNew() {
			return &NumbersAnew{File: f.result.Name, Known: numbering.Known, Other: numbering.Other}
		}
	}
	return nil
}

// saveAffected saves the value in group.affected that the file is about to change.
func (f *file) saveAffected(bsn string, before ledger.AffectedCare, had bool) {
	if _, kept := f.affectedBefore[bsn]; kept || f.accepted {
		return
	}
	if !had {
		f.affectedBefore[bsn] = nil
		return
	}
	f.affectedBefore[bsn] = &before
}

// undo undoes what a refused file did to the group; the transaction's savepoint undoes its rows.
func (g *group) undo() error {
	for _, bsn := range g.file.clients {
		delete(g.clients, bsn)
	}
	for _, bsn := range g.file.roomier {
		delete(g.roomier, bsn)
	}
	for bsn, before := range g.file.affectedBefore {
		if before == nil {
			delete(g.affected, bsn)
		} else {
			g.affected[bsn] = *before
		}
	}
	for _, earlier := range g.file.keptAfterAll {
		g.results[earlier].keepAfterAll(-1)
	}
	start := g.file.start
	g.ambiguous = g.ambiguous[:start.ambiguous]
	g.referralProblems = g.referralProblems[:start.referralProblems]
	g.decisionProblems = g.decisionProblems[:start.decisionProblems]
	g.contradictions = g.contradictions[:start.contradictions]
	g.nextRecord = start.nextRecord
	g.records.Drop()
	return g.references.items.Truncate(start.references)
}

// finish ends a file: it takes the buffered rows, refuses a file that numbers its rows anew, takes the file's referrals and
// decisions, and stores the counts.
func (g *group) finish(summary *billing.FileSummary) error {
	if err := g.takeBuffer(); err != nil {
		return err
	}
	if anew := g.file.numbersAnew(); anew != nil {
		return anew
	}
	if err := g.accept(); err != nil {
		return err
	}
	if err := g.takeReferrals(); err != nil {
		return err
	}
	if err := g.takeDecisions(); err != nil {
		return err
	}
	result := g.file.result
	result.Sheets, result.WrittenAs = summary.Sheets, summary.WrittenAs
	for _, sheet := range summary.Sheets {
		result.Totals += sheet.Totals
		result.Empty += sheet.Empty
	}
	stored := ledger.File{
		ID: g.file.id, SHA256: summary.SHA256, Name: bsn.FileName(summary.Name), Received: g.asOf, Kind: kindOf(summary), Rows: result.Records, Kept: result.Kept,
		Totals: result.Totals, Empty: result.Empty, Provider: mostRows(g.file.rows), Future: g.file.future, Group: g.firstFile,
	}
	return g.keepFile(stored, summary.Sheets)
}

// keepFile stores a file that was taken in. From then on it belongs to its group.
func (g *group) keepFile(stored ledger.File, sheets []billing.SheetSummary) error {
	if err := g.tx.AddFile(g.ctx, stored, sheets); err != nil {
		return err
	}
	if err := g.file.received.keep(g.ctx, g.tx, g.file.id); err != nil {
		return err
	}
	if err := g.file.again.done(g.ctx, g.tx); err != nil {
		return err
	}
	g.addRepeats()
	g.hashes[stored.SHA256] = true
	g.results[g.file.id] = g.file.result
	g.nextFile++
	return nil
}

// mostRows returns the provider with most rows; of equals, the one with the lowest code.
func mostRows(rows map[string]int) string {
	most := ""
	for _, provider := range slices.Sorted(maps.Keys(rows)) {
		if provider != "" && (most == "" || rows[provider] > rows[most]) {
			most = provider
		}
	}
	return most
}

// kindOf returns the kind of the file's sheets, or MixedFile if they are of several kinds or none.
func kindOf(summary *billing.FileSummary) string {
	kind := ""
	for _, sheet := range summary.Sheets {
		name := kinds[sheet.Kind]
		switch {
		case sheet.Kind == billing.NoSheet || name == kind:
		case kind != "":
			return ledger.MixedFile
		default:
			kind = name
		}
	}
	return cmp.Or(kind, ledger.MixedFile)
}

// kinds are the kinds of file by the kind of their sheets.
var kinds = map[billing.SheetKind]string{
	billing.SubmissionSheet: ledger.SubmissionFile, billing.ReferralSheet: ledger.ReferralFile, billing.DecisionSheet: ledger.DecisionFile,
}
