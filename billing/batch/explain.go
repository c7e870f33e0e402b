package batch

import (
	"context"
	"fmt"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Explanation is the whole story of a record.
type Explanation struct {
	Run      ledger.Run
	Versions []*Row                 // every row kept of the reference, the oldest first
	Current  *Row                   // the one that is judged; nil when it was withdrawn
	Case     *billing.Case          // as judged again with the book of the run; nil when there is no current row
	Use      *ReferralUse           // of the referral used; nil if none
	PriceRow *billing.PriceRow      // nil if none is valid
	Line     *ExplainedLine         // that the record is in; nil if none
	Rules    []RuleOutcome          // every rule that sees records, by code
	Earlier  []billing.DeclaredLine // lines of closed periods with the record's key
}

// ReferralUse is how much of a referral is used, and how long it may go on.
type ReferralUse struct {
	RoomUse
	Trajectory billing.Date // first day of the chain of referrals
	LastDay    billing.Date // last day inside the maximum duration; none without a maximum
}

// RuleOutcome says what a rule made of a record.
type RuleOutcome struct {
	Rule     *billing.Rule
	Findings []billing.Finding
	Skipped  bool // not judged, because of another finding, or since the record was declared already
}

// ExplainedLine is a line with the rows that are in it.
type ExplainedLine struct {
	Line    billing.DeclaredLine
	Rows    []*Row
	Exact   billing.Quantity // sum of the rows
	Product *billing.Product
}

// Explain tells the story of one record as the last run left it.
func (b *Batch) Explain(ctx context.Context, key ledger.Key, setting Setting) (*Explanation, error) {
	run, ran, err := b.Store.LastRun(ctx)
	if err != nil {
		return nil, err
	}
	if !ran {
		return nil, refuse("Er is nog niets berekend. Doe eerst ‘pxq run’.", "Nothing was computed yet. First do “pxq run”.")
	}
	if setting, err = b.SettingOf(ctx, run, setting); err != nil {
		return nil, err
	}
	explanation := &Explanation{Run: run}
	view, err := b.newRowView(ctx)
	if err != nil {
		return nil, err
	}
	err = b.Store.EachRowOf(ctx, run, key, func(judged *ledger.JudgedRow) error {
		row, err := view.row(judged)
		if err != nil {
			return err
		}
		explanation.Versions = append(explanation.Versions, row)
		if row.Outcome != billing.Replaced && row.Outcome != billing.Withdrawn {
			explanation.Current = row
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(explanation.Versions, func(a, b *Row) int { return int(a.Record.ID - b.Record.ID) })
	if len(explanation.Versions) == 0 {
		return nil, refuse("Regelnummer %s van aanbieder %s is bij de laatste run niet bekend.", "Reference %s of provider %s is not known to the last run.", key.Reference, key.Provider)
	}
	if explanation.Current == nil {
		return explanation, nil
	}
	return explanation, b.explainCurrent(ctx, explanation, view, setting)
}

// explainCurrent judges the client once more, to show what the rules compared.
func (b *Batch) explainCurrent(ctx context.Context, e *Explanation, view *rowView, setting Setting) error {
	var docket *ledger.StoredClient
	err := b.Store.Read(ctx, func(tx *ledger.Tx) (err error) {
		docket, err = tx.DocketOf(ctx, e.Current.Record.BSN)
		return err
	})
	if err != nil {
		return err
	}
	judge := &billing.Run{Period: e.Run.Month(), Book: setting.Book, Policy: setting.Policy, Catalogue: b.Catalogue}
	judgement := judge.Judge(docket.Client)
	for i := range judgement.Cases {
		if judgement.Cases[i].Record.ID == e.Current.Record.ID {
			e.Case = &judgement.Cases[i]
		}
	}
	if e.Case == nil {
		return nil // it changed since the last run
	}
	e.Rules = ruleOutcomes(b.Catalogue, e.Current)
	if e.Case.Product != nil {
		e.PriceRow = setting.Book.PriceOn(e.Case.Product, e.Current.Record.Unit, e.Current.Record.Provider, e.Current.Record.First)
	}
	if e.Case.Referral != nil {
		e.Use = useOf(e.Case, judgement.Cases)
	}
	if e.Current.Outcome == billing.Accepted {
		return b.explainLine(ctx, e, view)
	}
	return nil
}

// notOnRecords are the codes of signals that belong to no record.
var notOnRecords = billing.Codes(billing.R15, billing.C05, billing.D02, billing.D03)

// ruleOutcomes gives what every rule made of a record, by code.
func ruleOutcomes(catalogue *billing.Catalogue, row *Row) []RuleOutcome {
	judged := judgedOn(catalogue, row)
	var outcomes []RuleOutcome
	for i := range catalogue.Rules {
		rule := &catalogue.Rules[i]
		if notOnRecords.Has(rule.Code) {
			continue
		}
		outcome := RuleOutcome{Rule: rule, Skipped: !judged(rule)}
		for _, finding := range row.Findings {
			if finding.Code == rule.Code {
				outcome.Findings = append(outcome.Findings, finding)
			}
		}
		outcomes = append(outcomes, outcome)
	}
	slices.SortFunc(outcomes, func(a, b RuleOutcome) int { return int(a.Rule.Code) - int(b.Rule.Code) })
	return outcomes
}

// judgedOn gives what says whether a rule was judged on the row at all.
func judgedOn(catalogue *billing.Catalogue, row *Row) func(*billing.Rule) bool {
	room := billing.Codes(billing.V01, billing.V02, billing.V03)
	var codes billing.CodeSet
	contested := false // rejected by the row itself: then it is not held against the client's other records
	for _, finding := range row.Findings {
		codes.Add(finding.Code)
		rejects := catalogue.Rule(finding.Code).Severity == billing.Reject
		contested = contested || rejects && finding.Code != billing.T01 && !room.Has(finding.Code)
	}
	unread := codes.Meets(billing.Unreadable.Union(billing.Codes(billing.F07, billing.F08)))
	reachedRoom := row.Outcome == billing.Accepted || codes.Meets(room)
	return func(rule *billing.Rule) bool {
		switch {
		case codes.Meets(rule.After), unread && rule.Code > billing.F11:
			return false
		case rule.Room != nil:
			return reachedRoom
		case rule.Client != nil && contested:
			return false
		}
		return !rule.OnlyNew || row.Record.Declared == 0
	}
}

func useOf(c *billing.Case, cases []billing.Case) *ReferralUse {
	month := c.Record.First.Period()
	use := &ReferralUse{RoomUse: roomOf(c.Referral, month), Trajectory: c.TrajectoryStart(), LastDay: c.LastDayInside()}
	spent := make(spending)
	for i := range cases {
		other := &cases[i]
		if other.Outcome != billing.Accepted || other.Referral == nil || other.Referral.Number != c.Referral.Number {
			continue
		}
		use.Whole += other.Record.Quantity
		spent.add(other.Price, other.Record.Quantity, other.Record.Unit)
		if other.Record.First.Period() == month {
			use.Month += other.Record.Quantity
		}
	}
	use.Spent += spent.money()
	return use
}

// explainLine finds the line that the record is in, final or open.
func (b *Batch) explainLine(ctx context.Context, e *Explanation, view *rowView) error {
	key := e.Case.Key()
	var lines []billing.DeclaredLine
	err := b.Store.LinesOf(ctx, key, func(line *billing.DeclaredLine) error {
		lines = append(lines, *line)
		return nil
	})
	if err != nil {
		return err
	}
	for _, line := range lines {
		if line.Number != "" {
			e.Earlier = append(e.Earlier, line)
		}
	}
	standing := billing.Balance(lines)
	for _, line := range standing {
		if line.Price == e.Case.Price && line.Kind != billing.Credit {
			e.Line = &ExplainedLine{Line: line, Product: e.Case.Product}
		}
	}
	if e.Line == nil {
		return nil
	}
	return b.rowsOfLine(ctx, e.Run, view, e.Line)
}

// rowsOfLine gathers the rows that a line was made of.
func (b *Batch) rowsOfLine(ctx context.Context, run ledger.Run, view *rowView, line *ExplainedLine) error {
	return b.Store.EachRowOfClient(ctx, run, line.Line.BSN, func(judged *ledger.JudgedRow) error {
		r := judged.Record
		if judged.Outcome.Outcome != billing.Accepted || judged.Price != line.Line.Price || r.Provider != line.Line.Provider ||
			judged.Outcome.Referral != line.Line.Referral || judged.Outcome.Product != line.Line.Product || r.Unit != line.Line.Unit ||
			r.First.Period() != line.Line.CareMonth || judged.Outcome.Municipality != line.Line.Municipality {
			return nil
		}
		row, err := view.row(judged)
		if err != nil {
			return err
		}
		line.Rows = append(line.Rows, row)
		line.Exact += r.Quantity
		return nil
	})
}

// ExplainLine tells how a line came about, by its number.
func (b *Batch) ExplainLine(ctx context.Context, number string, setting Setting) (*ExplainedLine, error) {
	var period string
	if len(number) > 7 {
		period = number[:7]
	}
	month, err := billing.ParsePeriod(period)
	if err != nil {
		return nil, refuse("%s is geen regelnummer van een declaratie, zoals 2026-10-000123.", "%s is not the number of a line, like 2026-10-000123.", number)
	}
	run, ok, err := b.Store.RunOf(ctx, month)
	if err != nil {
		return nil, err
	}
	var found *ExplainedLine
	if ok {
		err = b.Store.EachLine(ctx, run, func(line *billing.DeclaredLine) error {
			if line.Number == number {
				found = &ExplainedLine{Line: *line}
			}
			return nil
		})
	}
	if err != nil {
		return nil, err
	}
	if found == nil {
		return nil, refuse("Declaratieregel %s bestaat niet.", "There is no line %s.", number)
	}
	if setting, err = b.SettingOf(ctx, run, setting); err != nil {
		return nil, err
	}
	found.Product = setting.Book.Product(found.Line.Product)
	if found.Line.Kind == billing.Credit {
		return found, nil // it repeats its original
	}
	view, err := b.newRowView(ctx)
	if err != nil {
		return nil, err
	}
	return found, b.rowsOfLine(ctx, run, view, found)
}

// Arithmetic writes how the amount of a line follows from its quantity.
func Arithmetic(line *billing.DeclaredLine) string {
	return fmt.Sprintf("%s × %d / %d = %s", line.Price, line.Quantity, line.Unit.PerWhole(), line.Price.Times(line.Quantity, line.Unit))
}
