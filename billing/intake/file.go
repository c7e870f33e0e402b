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

// file is what belongs to the file being read, so that it can be counted, or forgotten when it is refused.
type file struct {
	result    *ImportedFile
	id        int64
	before    int64             // the number of its last reading; 0 for a file that comes in for the first time
	again     *readAgain        // it is looked at once more because another file was taken back; else nil
	due       *dueRows          // it is read once more because days have come that lay in the future; else nil
	accepted  bool              // nothing refuses it any more
	buffer    []*billing.Record // rows that were read and not yet looked at
	received  receivedRows
	rows      map[string]int                              // rows by provider
	shown     map[billing.RecordKey][]ledger.StoredRecord // kept rows, of which a buffered row of a return file may show one
	numbering map[string]*versions.Numbering              // by provider
	repeats   repeats
	future    billing.Date // the first care date that lies in the future; none if none does
	referrals *referralRows
	writer    *ledger.ReferralWriter
	decisions []*billing.DecisionRow

	// How the group stood before the file, for undo.
	clients      []string                // that this file was the first to mark
	roomier      []string                // likewise, of group.roomier
	came         map[string]*ledger.Came // of whom it brought rows from an earlier day on: group.came, nil for none
	keptAfterAll []int64                 // earlier files of the group, once for each of their repetitions that was kept after all
	start        groupStart
}

// groupStart is how far a group was before a file: what the file adds to its lists stands behind that.
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

// begin starts a file; before is its last reading, without number if it comes in for the first time.
func (g *group) begin(result *ImportedFile, before ledger.File) (err error) {
	g.file = file{
		result: result, id: g.nextFile, before: before.ID, received: make(receivedRows), rows: make(map[string]int),
		shown: make(map[billing.RecordKey][]ledger.StoredRecord), numbering: make(map[string]*versions.Numbering), repeats: make(repeats),
		referrals: newReferralRows(), came: make(map[string]*ledger.Came), start: g.start(),
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

// count counts a row for the question whether the file numbers its provider's rows anew.
func (f *file) count(provider string, known *versions.Known, row versions.Row) {
	numbering := f.numbering[provider]
	if numbering == nil {
		numbering = &versions.Numbering{}
		f.numbering[provider] = numbering
	}
	numbering.Count(known, row)
}

// numbersAnew returns why the file is refused when it numbers the rows of a provider anew; nil when it does not.
func (f *file) numbersAnew() *NumbersAnew {
	for _, provider := range slices.Sorted(maps.Keys(f.numbering)) {
		if numbering := f.numbering[provider]; numbering.IsNew() {
			return &NumbersAnew{File: f.result.Name, Known: numbering.Known, Other: numbering.Other}
		}
	}
	return nil
}

// keepCame keeps what of a client came before the file, which it is about to change.
func (f *file) keepCame(bsn string, before ledger.Came, came bool) {
	if _, kept := f.came[bsn]; kept || f.accepted {
		return
	}
	if !came {
		f.came[bsn] = nil
		return
	}
	f.came[bsn] = &before
}

// undo forgets what a refused file did to the group; the transaction forgets its rows.
func (g *group) undo() error {
	for _, bsn := range g.file.clients {
		delete(g.clients, bsn)
	}
	for _, bsn := range g.file.roomier {
		delete(g.roomier, bsn)
	}
	for bsn, before := range g.file.came {
		if before == nil {
			delete(g.came, bsn)
		} else {
			g.came[bsn] = *before
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

// finish ends a file: it takes what is buffered, refuses a file that numbers its rows anew, takes what the file says of
// referrals and decisions, and keeps what was counted.
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

// keepFile keeps what became of a file that was taken in. From then on it is one of its group.
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

// mostRows returns the provider with most rows, the lowest code of equals.
func mostRows(rows map[string]int) string {
	most := ""
	for _, provider := range slices.Sorted(maps.Keys(rows)) {
		if provider != "" && (most == "" || rows[provider] > rows[most]) {
			most = provider
		}
	}
	return most
}

// kindOf returns the one kind of the sheets of a file, or mixed.
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

// kinds are the kinds of file by their sheets.
var kinds = map[billing.SheetKind]string{
	billing.SubmissionSheet: ledger.SubmissionFile, billing.ReferralSheet: ledger.ReferralFile, billing.DecisionSheet: ledger.DecisionFile,
}
