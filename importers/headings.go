package importers

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// decisionField names a column of a file with decisions.
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

// decisionHeadings are the headings of decisions; the first two are also known by what a submission reads.
var decisionHeadings = [decisionFieldsEnd]string{
	"Regelnummer", "AGB-code", "Code", "Versie", "Besluit", "Reden", "Beoordelaar", "Tweede beoordelaar",
}

// The headings of a quantity that name its unit.
const (
	headingHours    = "Aantal uren"
	headingDayparts = "Aantal dagdelen"
)

// alsoRead are the other headings by which a column of a submission is known, in the order in which they count
// when a sheet has several.
var alsoRead = [billing.FieldsEnd][]string{
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

// inReferral returns the column of a referral that reads for its heading what this column of a submission
// reads; -1 if there is none.
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

// inDecision is the same for a column of decisions.
func inDecision(field billing.Field) int {
	switch field {
	case billing.FieldReference:
		return int(decisionReference)
	case billing.FieldProvider:
		return int(decisionProvider)
	}
	return -1
}

// meaning is what a heading means on each kind of sheet; -1 where it means nothing.
type meaning struct {
	submission, referral, decision int
	rank                           int // among the headings of one column: the lowest counts
}

// column returns the column that the heading heads on a sheet of a kind; -1 for none.
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

// names knows the meaning of every heading, by its folded text.
type names map[string]meaning

// newNames gathers the headings of the three kinds of sheet.
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
		for rank, heading := range slices.Concat([]string{billing.FieldHeadings[field]}, alsoRead[field]) {
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

// isProvider reports whether the text is a heading of the column of the provider.
func (n names) isProvider(text string) bool {
	m, ok := n[billing.Fold(text)]
	return ok && m.submission == int(billing.FieldProvider)
}
