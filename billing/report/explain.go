package report

import (
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Subject identifies the record to explain: by its provider and reference, and optionally by the ID of one of its rows.
type Subject struct {
	Provider, Reference string
	Row                 int64 // ID of the row to explain; 0 for the newest
}

// Explanation explains the outcome of a record.
type Explanation struct {
	Run      ledger.Run
	Versions []*Row            // all stored rows of the reference, oldest first
	Current  *Row              // the row explained; nil if it was replaced or withdrawn
	Case     *billing.Case     // the row judged again with the book of the run; nil if Current is nil or changed since the run
	Use      *ReferralUse      // of the referral used; nil if none
	PriceRow *billing.PriceRow // nil if none is valid
	Line     *ExplainedLine    // the line with the record; nil if none
	Rules    []RuleOutcome     // every rule about records, by code
}

// ReferralUse is how much of a referral is used, and the maximum duration of its care.
type ReferralUse struct {
	billing.RoomUse
	Number     string       // of the referral, with the BSNs of clients masked
	Trajectory billing.Date // first day of the trajectory (rules.md D)
	LastDay    billing.Date // last day inside the maximum duration; none if there is no maximum
}

// RuleOutcome is the result of a rule for a record.
type RuleOutcome struct {
	Rule     *billing.Rule
	Severity billing.Severity // on this record
	Findings []billing.Finding
	Skipped  bool // not judged, because of another finding or because the record was declared already
}

// Explain explains the outcome of a record in the last run. It returns a refusal if there is no run, or the run does not know
// the record.
func (r *Reporter) Explain(ctx context.Context, about Subject, setting Setting) (*Explanation, error) {
	explanation := &Explanation{}
	err := r.Store.Read(ctx, func(tx *ledger.Tx) error {
		run, ran, err := tx.LastRun(ctx)
		if err != nil {
			return err
		}
		if !ran {
			return ledger.Refuse("Er is nog niets berekend. Doe eerst ‘pxq run’.", "Nothing has been computed yet. First do “pxq run”.")
		}
		explanation.Run = run
		if err := explanation.addVersions(ctx, tx, about); err != nil {
			return err
		}
		if explanation.Current == nil {
			return nil
		}
		setting, err := settingOf(ctx, tx, run, setting)
		if err != nil {
			return err
		}
		return r.explainCurrent(ctx, tx, explanation, setting)
	})
	if err != nil {
		return nil, err
	}
	return explanation, nil
}

// addVersions adds every stored row of a record, and finds the current one.
func (e *Explanation) addVersions(ctx context.Context, tx *ledger.Tx, about Subject) error {
	key := billing.RecordKeyOf(about.Provider, about.Reference)
	judged, err := tx.RowsOf(ctx, e.Run, key)
	if err != nil {
		return err
	}
	if judged = about.among(judged); len(judged) == 0 {
		return ledger.Refuse("Regelnummer %s van aanbieder %s is bij de laatste run niet bekend.", "Reference %s of provider %s is not known in the last run.", key.KnownAs, key.Provider)
	}
	if e.Versions, err = rowsOf(ctx, tx, judged); err != nil {
		return err
	}
	for _, row := range e.Versions { // the newest is last
		if row.Outcome != billing.Replaced && row.Outcome != billing.Withdrawn && (about.Row == 0 || row.Record.ID == about.Row) {
			e.Current = row
		}
	}
	return nil
}

// among selects the rows of the subject from all rows with an equivalent reference. Rows of spreadsheets are versions of one record,
// however they write its leading zeros, but each prestatie is a separate record. If no row has the reference as written, it returns
// all rows.
func (s Subject) among(rows []*ledger.JudgedRow) []*ledger.JudgedRow {
	isMeant := func(row *ledger.JudgedRow) bool { return row.Reference == s.Reference }
	if s.Row != 0 {
		isMeant = func(row *ledger.JudgedRow) bool { return row.Record.ID == s.Row }
	}
	sheets := slices.ContainsFunc(rows, func(row *ledger.JudgedRow) bool { return row.Origin != billing.FromMessage && isMeant(row) })
	var meant []*ledger.JudgedRow
	for _, row := range rows {
		if isMeant(row) || sheets && row.Origin != billing.FromMessage {
			meant = append(meant, row)
		}
	}
	if meant == nil && s.Row == 0 {
		return rows
	}
	return meant
}

// explainCurrent judges the client again, to show what the rules compared.
func (r *Reporter) explainCurrent(ctx context.Context, tx *ledger.Tx, e *Explanation, setting Setting) error {
	stored, err := tx.ClientOf(ctx, e.Current.Record.BSN)
	if err != nil {
		return err
	}
	judge := &billing.Judge{Period: e.Run.Month(), Book: setting.Book, Policy: setting.Policy, Catalogue: r.Catalogue}
	judgement := judge.Judge(stored.Client)
	for i := range judgement.Cases {
		if judgement.Cases[i].Record.ID == e.Current.Record.ID {
			e.Case = &judgement.Cases[i]
		}
	}
	if e.Case == nil {
		return nil // it changed since the last run
	}
	e.Rules = ruleOutcomes(r.Catalogue, e.Current)
	if e.Case.Product != nil {
		e.PriceRow = setting.Book.PriceOn(e.Case.Product, e.Current.Record.Unit, e.Current.Record.Provider, e.Current.Record.First)
	}
	if e.Case.Referral != nil {
		e.Use = useOf(e.Case, judgement.Cases)
		if e.Use.Number, err = tx.ClientNumbers(ctx).MaskOf(e.Case.Referral.Number, e.Case.Referral.BSN); err != nil {
			return err
		}
	}
	if e.Current.Outcome == billing.Accepted {
		return explainLine(ctx, tx, e)
	}
	return nil
}

// ruleOutcomes returns the result of every rule for a record, by code, except of rules about referrals or contracts.
func ruleOutcomes(catalogue *billing.Catalogue, row *Row) []RuleOutcome {
	judged := catalogue.JudgedOn(row.Record, row.Outcome, row.Findings)
	var outcomes []RuleOutcome
	for i := range catalogue.Rules {
		rule := &catalogue.Rules[i]
		if rule.About == billing.AboutReferral || rule.About == billing.AboutContract {
			continue
		}
		outcome := RuleOutcome{Rule: rule, Severity: catalogue.SeverityOn(row.Record, rule.Code), Skipped: !judged(rule)}
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
