package intake

import (
	"slices"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/rules"
)

// notADecision returns why the row is not a decision, whatever its record; nil if it is one.
func (g *group) notADecision(decision *billing.Decision, row *billing.DecisionRow) *billing.Text {
	rule := g.in.Catalogue.Rule(decision.Code)
	switch {
	case row.Provider == "" || row.Reference == "":
		return reason("regelnummer of AGB-code ontbreekt.", "the reference or the AGB code is missing.")
	case row.BadVersion:
		return reason("de versie is geen getal. Laat de kolom Versie zoals zij was.", "the version is not a number. Leave the column Versie as it was.")
	case row.Version == 0:
		return reason("de versie ontbreekt. Laat de kolom Versie van uitval.xlsx staan.", "the version is missing. Keep the column Versie of uitval.xlsx.")
	case rule == nil || decision.Code == billing.NoCode:
		return reason("dit is geen bekende code.", "this is not a known code.")
	case rule.Severity != billing.Hold:
		return reason("over deze code valt niet te besluiten; alleen nieuwe gegevens helpen.", "this code cannot be decided on; only new data help.")
	case row.Word == "":
		return reason("er staat een reden, maar geen besluit. Vul de kolom Besluit in: akkoord, afwijzen of aanhouden.",
			"there is a reason, but no decision. Fill in the column Besluit: akkoord, afwijzen or aanhouden.")
	case decision.Word == "":
		found := billing.Mask(row.Word)
		return reason("‘"+found+"’ is geen besluit. Schrijf akkoord, afwijzen of aanhouden.", "“"+found+"” is not a decision. Write akkoord, afwijzen or aanhouden.")
	case decision.By == "":
		return reason("er staat niet wie dit besloot. Vul de kolom Beoordelaar in.", "it does not say who decided this. Fill in the column Beoordelaar.")
	case decision.Word != billing.KeepHeld && row.BadReason != (billing.BadCell{}):
		return unreadableReason(row.BadReason)
	case decision.Word != billing.KeepHeld && decision.Reason == "":
		return reason("akkoord en afwijzen hebben een reden nodig. Vul de kolom Reden in.", "akkoord and afwijzen require a reason. Fill in the column Reden.")
	case decision.Word == billing.Allow && rule.NoLift:
		return reason("akkoord heft deze bevinding niet op: alleen het contractenboek of het beleid doet dat.", "akkoord does not resolve this finding: only the contract book or the policy does.")
	}
	return nil
}

// version returns the version that a decision is about: the current one, or the standing one while the current one is
// rejected or held. If there is none to decide on, it returns why not.
func (on *decidedOn) version(g *group, row *billing.DecisionRow) (record *billing.Record, whyNot *billing.Text) {
	meant := on.meant(g, row.Reference)
	known := knownOf(g.references.Fingerprints, meant)
	current, isCurrent := known.Current()
	standing, stands := known.Standing()
	if !isCurrent {
		return nil, reason("dit regelnummer van deze aanbieder is niet bekend of ingetrokken.", "this reference of this provider is unknown or has been withdrawn.")
	}
	isKnown := false
	for _, kept := range meant {
		if kept.Version == row.Version && (kept.ID == current.ID || stands && kept.ID == standing.ID) {
			return kept.Record, nil
		}
		isKnown = isKnown || kept.Version == row.Version
	}
	if !isKnown {
		return nil, reason("deze versie van de regel is niet bekend. Laat de kolom Versie zoals zij in uitval.xlsx stond.", "this version of the record is not known. Leave the column Versie as it was in uitval.xlsx.")
	}
	return nil, reason("de regel is gewijzigd sinds dit besluit; beoordeel de nieuwe versie.", "the record has changed since this decision; review the new version.")
}

// meant returns the rows of the record that a reference means. All spreadsheet rows are versions of one record; each
// prestatie is a separate record, with its reference as written. Because spreadsheets drop leading zeros, the only record
// with a version to decide on is meant in any notation; of several, the first with the reference as written.
func (on *decidedOn) meant(g *group, reference string) []ledger.StoredRecord {
	var found [][]ledger.StoredRecord
	for _, rows := range on.records() {
		if _, ok := knownOf(g.references.Fingerprints, rows).Current(); ok {
			found = append(found, rows)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	for _, rows := range found {
		if slices.ContainsFunc(rows, func(row ledger.StoredRecord) bool { return row.Reference == reference }) {
			return rows
		}
	}
	return nil
}

// records returns the rows per record, in the order in which the records came in.
func (on *decidedOn) records() [][]ledger.StoredRecord {
	var records [][]ledger.StoredRecord
	sheets := -1
	for _, row := range on.history {
		switch {
		case row.Origin == billing.FromMessage:
			records = append(records, []ledger.StoredRecord{row})
		case sheets < 0:
			sheets = len(records)
			records = append(records, []ledger.StoredRecord{row})
		default:
			records[sheets] = append(records[sheets], row)
		}
	}
	return records
}

// notFoundOn returns why a decision has no effect on a version: the version lacks the finding. A declared version may still
// be rejected on a finding of an earlier run that is no longer looked for. A version that no run has judged yet may have
// any finding.
func (g *group) notFoundOn(on *decidedOn, version *billing.Record, decision *billing.Decision) (whyNot *billing.Text, err error) {
	codes, err := on.codesOf(g, version)
	if err != nil || !codes.judged || codes.has(decision.Code) {
		return nil, err
	}
	if version.Declared != 0 && decision.Word == billing.Refuse && g.in.Catalogue.Rule(decision.Code).OnlyNew {
		had, err := g.tx.EarlierFinding(g.ctx, version, decision.Code)
		if err != nil || had != nil {
			return nil, err
		}
	}
	return reason("deze bevinding staat niet (meer) op de regel.", "this finding is not (or no longer) on the record."), nil
}

// needsSecond returns why a decision that two controllers must take together is not taken. Pages and files get the same
// text. Two decide also on a row that no run has judged, because its amount is unknown.
func (g *group) needsSecond(version *billing.Record, decision *billing.Decision) (*billing.Text, error) {
	if g.in.Second == 0 || decision.Word == billing.KeepHeld {
		return nil, nil
	}
	amount, known, err := g.tx.AtStake(g.ctx, version.ID, decision.Code)
	if err != nil || known && amount < g.in.Second {
		return nil, err
	}
	from := rules.Show("eur", strconv.FormatInt(int64(g.in.Second), 10), "nl")
	fromEnglish := rules.Show("eur", strconv.FormatInt(int64(g.in.Second), 10), "en")
	switch {
	case decision.Second == "":
		return reason("vanaf "+from+" beslissen twee beoordelaars samen. Laat een ander meebeslissen en vul de kolom Tweede beoordelaar in.",
			"from "+fromEnglish+" two controllers decide together. Have someone else decide with you and fill in the column Tweede beoordelaar."), nil
	case billing.Fold(decision.Second) == billing.Fold(decision.By):
		return reason("vanaf "+from+" beslissen twee beoordelaars samen, maar Beoordelaar en Tweede beoordelaar zijn dezelfde. Laat een ander meebeslissen.",
			"from "+fromEnglish+" two controllers decide together, but Beoordelaar and Tweede beoordelaar are the same. Have someone else decide with you."), nil
	}
	return nil, nil
}

// unreadableReason reports that the cell of the reason holds no text, as happens to a text that starts with =.
func unreadableReason(cell billing.BadCell) *billing.Text {
	dutch, english := "een formule zonder uitkomst", "a formula without a result"
	if cell.Found != "" {
		dutch, english = "‘"+cell.Found+"’", "“"+cell.Found+"”"
	}
	return reason("in cel "+cell.Place+", kolom Reden, staat "+dutch+" in plaats van een leesbare reden. Typ de reden als tekst; begin niet met = of een ander rekenteken.",
		"cell "+cell.Place+", column Reden, holds "+english+" instead of a readable reason. Type the reason as text; do not begin with = or another arithmetic sign.")
}

func reason(dutch, english string) *billing.Text {
	return &billing.Text{Dutch: dutch, English: english}
}

// decisionWord returns akkoord, afwijzen or aanhouden for a text in any case; "" for any other text.
func decisionWord(text string) string {
	for _, word := range []string{billing.Allow, billing.Refuse, billing.KeepHeld} {
		if billing.Fold(text) == word {
			return word
		}
	}
	return ""
}

// lostInTable returns the only prestatie whose reference, once read from a table, equals that of the key: the controllers'
// workbook cannot tell the two apart, and a message must not wait for a decision that nobody can give.
func (g *group) lostInTable(key billing.RecordKey) (billing.RecordKey, []ledger.StoredRecord, error) {
	known, looked := g.lost[key.Provider]
	if !looked {
		var err error
		if known, err = g.tx.LostInTables(g.ctx, key.Provider); err != nil {
			return key, nil, err
		}
		g.lost[key.Provider] = known
	}
	written := known[key.KnownAs]
	if len(written) != 1 {
		return key, nil, nil
	}
	key = billing.RecordKeyOf(key.Provider, written[0])
	history, err := g.tx.History(g.ctx, []billing.RecordKey{key})
	return key, history[key], err
}

// dropPointZeros removes the .0 that programs append to the digits of a reference, unless a prestatie's reference is
// written that way.
func (g *group) dropPointZeros(rows []*billing.DecisionRow) error {
	for _, row := range rows {
		digits := billing.WithoutPointZero(row.Reference)
		if digits == row.Reference {
			continue
		}
		on, err := g.decidedOn(billing.RecordKeyOf(row.Provider, row.Reference))
		if err != nil {
			return err
		}
		if len(on.history) == 0 {
			row.Reference = digits
		}
	}
	return nil
}
