package intake

import (
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Decision takes a row of decisions.
func (g *group) Decision(row *billing.DecisionRow) error {
	if g.file.before != 0 && g.file.again == nil {
		g.file.result.Skipped++ // the file is read again for its care only
		return nil
	}
	g.file.decisions = append(g.file.decisions, row)
	return nil
}

// subject is the finding that a decision is about.
type subject struct {
	billing.RecordKey
	prestatie string // its reference, where a file writes one in more ways than one; else ""
	version   int
	code      string
}

func codeOf(row *billing.DecisionRow) string { return strings.ToUpper(strings.TrimSpace(row.Code)) }

// subjectsOf returns what the rows are about. Where they write a reference both with leading zeros and without, the store
// tells whether these are different records: to rows of spreadsheets the zeros mean nothing, to prestaties they do.
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

// isEmpty reports whether a controller left a row as it was.
func isEmpty(row *billing.DecisionRow) bool {
	return row.Word == "" && strings.TrimSpace(row.Reason) == "" && row.BadReason == (billing.BadCell{})
}

// differing returns the findings about which rows hold different decisions.
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

// takeDecisions takes the decisions of the file. Two different ones on one finding are both left, for nobody can say which
// is meant.
func (g *group) takeDecisions() error {
	if len(g.file.decisions) == 0 {
		return nil
	}
	if err := g.records.Flush(g.ctx); err != nil { // the group may hold rows and decisions on them
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
				English: "the file holds different decisions on this finding; none was taken. Leave one.",
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

// decision returns the decision of a row and the client whom it is about, or the reason why it is not taken; neither
// when it was taken before.
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

// sameFinding reports whether two decisions on what is known by one reference are on one finding: prestaties whose references
// differ in leading zeros are records of their own.
func sameFinding(a, b *billing.Decision) bool {
	return a.Reference == b.Reference && a.Version == b.Version && a.Code == b.Code
}

// latestOn returns the latest of the earlier decisions on the finding that a decision is on; nil when there is none.
func latestOn(earlier []billing.Decision, decision *billing.Decision) *billing.Decision {
	for i := range slices.Backward(earlier) {
		if d := &earlier[i]; sameFinding(d, decision) {
			return d
		}
	}
	return nil
}

// saysTheSame reports whether a decision repeats the one before it on the same finding; nil is none.
func saysTheSame(before, decision *billing.Decision) bool {
	return before != nil && before.Word == decision.Word && before.Reason == decision.Reason && before.By == decision.By && before.Second == decision.Second
}

// noteContradiction notes that somebody else decided otherwise on the same finding before; nil is nobody.
func (g *group) noteContradiction(row *billing.DecisionRow, before, decision *billing.Decision) {
	if before == nil || before.Word == decision.Word || billing.Fold(before.By) == billing.Fold(decision.By) {
		return
	}
	g.contradictions = append(g.contradictions, Contradiction{
		File: g.file.result.Name, Sheet: row.Sheet, Row: row.Row, Reference: g.withoutClients(row.Reference, ""), Code: decision.Code.String(),
		Word: decision.Word, By: billing.Mask(decision.By), EarlierWord: before.Word, EarlierBy: billing.Mask(before.By), EarlierOn: before.On,
	})
}

// decidedOnMost is of how many references is kept what is known while the decisions of a file are taken.
const decidedOnMost = 1000

// decidedOn is what is known of a reference on which decisions are taken: looked up once, though a file may hold many.
type decidedOn struct {
	history []ledger.StoredRecord
	earlier []billing.Decision   // also those that are being taken
	codes   map[int64]codesFound // by record, once they were looked up
}

// codesFound are the codes of the findings of a record, as they are stored; judged is false when it never was.
type codesFound struct {
	codes  string
	judged bool
}

// has reports whether one of the findings has the code.
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
