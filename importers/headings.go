package importers

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// decisionField identifies a column of a sheet with decisions.
type decisionField uint8

const (
	decisionReference decisionField = iota
	decisionProvider
	decisionCode
	decisionVersion
	decisionWord
	decisionReason
	decisionBy
	decisionSecond
	decisionFieldsEnd
)

// decisionHeadings are the headings of decisions; the first two are also known by their aliases in a submission.
var decisionHeadings = [decisionFieldsEnd]string{
	"Regelnummer", "AGB-code", "Code", "Versie", "Besluit", "Reden", "Beoordelaar", "Tweede beoordelaar",
}

// The headings of the quantity that name its unit.
const (
	headingHours    = "Aantal uren"
	headingDayparts = "Aantal dagdelen"
)

// headingAliases lists the aliases of the headings of a submission, in order of precedence if a sheet has several.
var headingAliases = [billing.FieldsEnd][]string{
	billing.FieldReference:    {"Referentie", "Referentienummer", "Regelnr"},
	billing.FieldProvider:     {"AGB", "AGB aanbieder", "Aanbieder"},
	billing.FieldBSN:          {"Burgerservicenummer"},
	billing.FieldReferral:     {"Toewijzingnummer", "Beschikkingsnummer", "Verwijsnummer"},
	billing.FieldMunicipality: {"Gemeentecode", "Woonplaatsgemeente"},
	billing.FieldProduct:      {"Product"},
	billing.FieldDate:         {"Zorgdatum", "Leverdatum"},
	billing.FieldStart:        {"Van"},
	billing.FieldEnd:          {"Tot"},
	billing.FieldBreak:        {"Onderbreking"},
	billing.FieldQuantity:     {"Hoeveelheid", headingHours, headingDayparts},
}

// inReferral returns the column of a referral sheet that is known by the same headings as this column of a submission;
// -1 if there is none.
func inReferral(field billing.Field) int {
	switch field {
	case billing.FieldReferral:
		return int(billing.ReferralNumber)
	case billing.FieldBSN:
		return int(billing.ReferralBSN)
	case billing.FieldBirthDate:
		return int(billing.ReferralBirthDate)
	case billing.FieldMunicipality:
		return int(billing.ReferralMunicipality)
	case billing.FieldProvider:
		return int(billing.ReferralProvider)
	case billing.FieldProduct:
		return int(billing.ReferralProduct)
	case billing.FieldUnit:
		return int(billing.ReferralUnit)
	}
	return -1
}

// inDecision is like inReferral for a decision sheet.
func inDecision(field billing.Field) int {
	switch field {
	case billing.FieldReference:
		return int(decisionReference)
	case billing.FieldProvider:
		return int(decisionProvider)
	}
	return -1
}

// meaning holds the column that a heading stands for on each kind of sheet; -1 where it stands for none.
type meaning struct {
	submission, referral, decision int
	rank                           int // precedence among the headings of one column; the lowest counts
}

// column returns the column that the heading stands for on a sheet of the kind; -1 for none.
func (m meaning) column(kind billing.SheetKind) int {
	switch kind {
	case billing.SubmissionSheet:
		return m.submission
	case billing.ReferralSheet:
		return m.referral
	case billing.DecisionSheet:
		return m.decision
	}
	return -1
}

// columnsOf returns how many columns a kind of sheet has.
func columnsOf(kind billing.SheetKind) int {
	switch kind {
	case billing.ReferralSheet:
		return int(billing.ReferralFieldsEnd)
	case billing.DecisionSheet:
		return int(decisionFieldsEnd)
	}
	return int(billing.FieldsEnd)
}

// names maps the folded text of every known heading to its meaning.
type names map[string]meaning

// newNames returns the headings of the three kinds of sheet.
func newNames() names {
	known := names{}
	set := func(heading string, change func(*meaning)) {
		key := billing.Fold(heading)
		m, ok := known[key]
		if !ok {
			m = meaning{-1, -1, -1, 0}
		}
		change(&m)
		known[key] = m
	}
	for field := billing.NoField + 1; field < billing.FieldsEnd; field++ {
		for rank, heading := range slices.Concat([]string{billing.FieldHeadings[field]}, headingAliases[field]) {
			set(heading, func(m *meaning) { *m = meaning{int(field), inReferral(field), inDecision(field), rank} })
		}
	}
	for field, heading := range billing.ReferralHeadings {
		set(heading, func(m *meaning) { m.referral = field })
	}
	for field, heading := range decisionHeadings {
		set(heading, func(m *meaning) { m.decision = field })
	}
	return known
}

// isProvider reports whether the text is a heading of the provider column.
func (n names) isProvider(text string) bool {
	m, ok := n[billing.Fold(text)]
	return ok && m.submission == int(billing.FieldProvider)
}
