package intake

import (
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Decision adds a row of decisions to the file.
func (g *group) Decision(row *billing.DecisionRow) error {
	if g.file.before != 0 && g.file.again == nil {
		g.file.result.Skipped++ // the file is read again only for its care
		return nil
	}
	g.file.decisions = append(g.file.decisions, row)
	return nil
}

// subject is the finding that a decision is about.
type subject struct {
	billing.RecordKey
	prestatie string // its reference, if the file spells a reference in several ways; otherwise ""
	version   int
	code      string
}

func codeOf(row *billing.DecisionRow) string { return strings.ToUpper(strings.TrimSpace(row.Code)) }

// subjectsOf returns what the rows are about. If they spell a reference both with and without leading zeros, the store
// determines whether these are different records: the zeros matter for prestaties, not for spreadsheet rows.
func (g *group) subjectsOf(rows []*billing.DecisionRow) ([]subject, error) {
	subjects := make([]subject, len(rows))
	written := make(map[billing.RecordKey]string)
	differ := make(map[billing.RecordKey]bool)
	for i, row := range rows {
		key := billing.RecordKeyOf(row.Provider, row.Reference)
		subjects[i] = subject{RecordKey: key, version: row.Version, code: codeOf(row)}
		if before, has := written[key]; has && before != row.Reference {
			differ[key] = true
		}
		written[key] = row.Reference
	}
	for i := range subjects {
		about := &subjects[i]
		if !differ[about.RecordKey] {
			continue
		}
		on, err := g.decidedOn(about.RecordKey)
		if err != nil {
			return nil, err
		}
		if meant := on.meant(g, rows[i].Reference); len(meant) > 0 && meant[0].Origin == billing.FromMessage {
			about.prestatie = meant[0].Reference
		}
	}
	return subjects, nil
}

// isEmpty reports whether a controller left the row empty.
func isEmpty(row *billing.DecisionRow) bool {
	return row.Word == "" && strings.TrimSpace(row.Reason) == "" && row.BadReason == (billing.BadCell{})
}

// differing returns the findings for which the rows hold different decisions.
func differing(rows []*billing.DecisionRow, subjects []subject) map[subject]bool {
	words := make(map[subject]string)
	differ := make(map[subject]bool)
	for i, row := range rows {
		if row.Word == "" {
			continue
		}
		about, word := subjects[i], billing.Fold(row.Word)
		if before, ok := words[about]; ok && before != word {
			differ[about] = true
		}
		words[about] = word
	}
	return differ
}

// takeDecisions takes the decisions of the file. If a finding has two different decisions neither is taken, because nobody
// can say which is meant.
func (g *group) takeDecisions() error {
	if len(g.file.decisions) == 0 {
		return nil
	}
	if err := g.records.Flush(g.ctx); err != nil { // the decisions may be about rows of the same group
		return err
	}
	g.decided = make(map[billing.RecordKey]*decidedOn)
	if err := g.dropPointZeros(g.file.decisions); err != nil {
		return err
	}
	subjects, err := g.subjectsOf(g.file.decisions)
	if err != nil {
		return err
	}
	differ := differing(g.file.decisions, subjects)
	taken := make(map[subject]bool)
	for i, row := range g.file.decisions {
		about := subjects[i]
		switch {
		case isEmpty(row) || taken[about]:
			g.file.result.Skipped++
			continue
		case differ[about] && row.Word != "":
			g.refuseDecision(row, billing.Text{
				Dutch:   "over deze bevinding staan verschillende besluiten in het bestand; geen ervan is overgenomen. Laat er één staan.",
				English: "the file contains different decisions on this finding; none of them was applied. Keep only one.",
			})
			continue
		}
		decision, bsn, reason, err := g.decision(row)
		switch {
		case err != nil:
			return err
		case reason != nil:
			g.refuseDecision(row, *reason)
			continue
		}
		taken[about] = true
		if decision == nil {
			g.file.result.Skipped++
			continue
		}
		g.file.result.Decisions++
		g.mark(bsn)
		file, day := g.cameIn()
		decision.On = day
		if err := g.tx.AddDecision(g.ctx, bsn, *decision, file); err != nil {
			return err
		}
		decision.FileID = file
		on := g.decided[about.RecordKey]
		on.earlier = append(on.earlier, *decision)
	}
	return nil
}

func (g *group) refuseDecision(row *billing.DecisionRow, reason billing.Text) {
	g.decisionProblems = append(g.decisionProblems, DecisionProblem{
		File: g.file.result.Name, Sheet: row.Sheet, Row: row.Row, Reference: g.withoutClients(row.Reference, ""), Code: billing.Mask(row.Code),
		Word: billing.Mask(row.Word), Reason: reason,
	})
}

// decision returns the decision of a row and its client, or why it is not taken; none of these if it was taken before.
func (g *group) decision(row *billing.DecisionRow) (taken *billing.Decision, bsn string, whyNot *billing.Text, err error) {
	decision := &billing.Decision{
		Provider: row.Provider, Reference: row.Reference, Code: billing.ParseCode(codeOf(row)), Word: decisionWord(row.Word),
		Reason: strings.TrimSpace(row.Reason), By: strings.TrimSpace(row.By), Second: strings.TrimSpace(row.Second),
	}
	if reason := g.notADecision(decision, row); reason != nil {
		return nil, "", reason, nil
	}
	key := billing.RecordKeyOf(row.Provider, row.Reference)
	on, err := g.decidedOn(key)
	if err != nil {
		return nil, "", nil, err
	}
	version, whyNot := on.version(g, row)
	if whyNot != nil {
		return nil, "", whyNot, nil
	}
	if whyNot, err = g.notFoundOn(on, version, decision); err != nil || whyNot != nil {
		return nil, "", whyNot, err
	}
	decision.Reference, decision.Version = version.Reference, version.Version
	before := latestOn(on.earlier, decision)
	if saysTheSame(before, decision) || g.file.again.overruled(on.earlier, decision) {
		return nil, "", nil, nil
	}
	if whyNot, err = g.needsSecond(version, decision); err != nil || whyNot != nil {
		return nil, "", whyNot, err
	}
	g.noteContradiction(row, before, decision)
	return decision, version.BSN, nil, nil
}

// sameFinding reports whether two decisions on the same RecordKey are about the same finding; prestaties whose references
// differ in leading zeros are different records.
func sameFinding(a, b *billing.Decision) bool {
	return a.Reference == b.Reference && a.Version == b.Version && a.Code == b.Code
}

// latestOn returns the latest of the earlier decisions on the same finding; nil if there is none.
func latestOn(earlier []billing.Decision, decision *billing.Decision) *billing.Decision {
	for i := range slices.Backward(earlier) {
		if d := &earlier[i]; sameFinding(d, decision) {
			return d
		}
	}
	return nil
}

// saysTheSame reports whether a decision repeats the previous one on its finding; before is nil if there is none.
func saysTheSame(before, decision *billing.Decision) bool {
	return before != nil && before.Word == decision.Word && before.Reason == decision.Reason && before.By == decision.By && before.Second == decision.Second
}

// noteContradiction notes that somebody else decided differently on the same finding before; before is nil if nobody did.
func (g *group) noteContradiction(row *billing.DecisionRow, before, decision *billing.Decision) {
	if before == nil || before.Word == decision.Word || billing.Fold(before.By) == billing.Fold(decision.By) {
		return
	}
	g.contradictions = append(g.contradictions, Contradiction{
		File: g.file.result.Name, Sheet: row.Sheet, Row: row.Row, Reference: g.withoutClients(row.Reference, ""), Code: decision.Code.String(),
		Word: decision.Word, By: billing.Mask(decision.By), EarlierWord: before.Word, EarlierBy: billing.Mask(before.By), EarlierOn: before.On,
	})
}

// decidedOnMost is the maximum number of references kept in group.decided.
const decidedOnMost = 1000

// decidedOn holds what is stored about a reference on which decisions are taken. It is looked up once, though a file may
// hold many decisions on it.
type decidedOn struct {
	history []ledger.StoredRecord
	earlier []billing.Decision   // including those being taken
	codes   map[int64]codesFound // by record; filled when needed
}

// codesFound holds the stored codes of a record's findings; judged is false if it was never judged.
type codesFound struct {
	codes  string
	judged bool
}

// has reports whether a finding has the code.
func (f codesFound) has(code billing.Code) bool {
	return slices.Contains(strings.Fields(f.codes), code.String())
}

func (g *group) decidedOn(key billing.RecordKey) (*decidedOn, error) {
	if on := g.decided[key]; on != nil {
		return on, nil
	}
	history, err := g.tx.History(g.ctx, []billing.RecordKey{key})
	if err != nil {
		return nil, err
	}
	meant, rows := key, history[key]
	if len(rows) == 0 {
		if meant, rows, err = g.lostInTable(key); err != nil {
			return nil, err
		}
	}
	earlier, err := g.tx.DecisionsOf(g.ctx, meant)
	if err != nil {
		return nil, err
	}
	if len(g.decided) == decidedOnMost {
		clear(g.decided)
	}
	on := &decidedOn{history: rows, earlier: earlier, codes: make(map[int64]codesFound)}
	g.decided[key] = on
	return on, nil
}

func (on *decidedOn) codesOf(g *group, record *billing.Record) (codesFound, error) {
	found, looked := on.codes[record.ID]
	if looked {
		return found, nil
	}
	var err error
	found.codes, found.judged, err = g.tx.CodesOf(g.ctx, record)
	if err == nil {
		on.codes[record.ID] = found
	}
	return found, err
}
