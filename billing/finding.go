package billing

// Finding says that a rule found something in a record. It holds facts; its text is composed when it is shown.
// Values never hold a BSN or a birth date.
type Finding struct {
	Code   Code
	Field  Field    // the cell it is about; NoField when it is about the whole row
	Values []string // the values of the rule's text, in its order: ISO dates, cents, plain texts
}

// Written returns the text of an unreadable cell as the finding about it kept it; ok is false for findings that keep none,
// such as those about personal data.
func (f *Finding) Written() (text string, ok bool) {
	switch f.Code {
	case F02, F03, F05, F06, F11:
		if len(f.Values) > 0 {
			text = f.Values[0]
		}
		return text, true
	}
	return "", false
}

// WrittenQuantity returns the quantity written next to an unknown unit, as the finding about the unit kept it; ok is false
// for other findings.
func (f *Finding) WrittenQuantity() (text string, ok bool) {
	const at = 2
	if f.Code != F06 || len(f.Values) <= at {
		return "", false
	}
	return f.Values[at], true
}

// saysPeriod are the codes whose findings have the period of the run as their last value.
var saysPeriod = Codes(T02)

// WithoutPeriod returns the finding without the period of the run that made it, if it has one. The period differs
// every month, even when nothing else does.
func (f Finding) WithoutPeriod() Finding {
	if last := len(f.Values) - 1; last >= 0 && saysPeriod.Has(f.Code) {
		f.Values = f.Values[:last:last]
	}
	return f
}

// WithPeriod returns the finding as a run of that period makes it. It is the inverse of WithoutPeriod.
func (f Finding) WithPeriod(period Period) Finding {
	if saysPeriod.Has(f.Code) {
		f.Values = append(f.Values[:len(f.Values):len(f.Values)], period.String())
	}
	return f
}

// Outcome is the result that a run gives a record.
type Outcome uint8

// The outcomes. The zero value is none.
const (
	NoOutcome Outcome = iota
	Accepted          // in a declaration line
	Held              // a controller decides
	Rejected          // only other data can cure it
	Pending           // waits for its month
	Replaced          // a newer version came in
	Withdrawn         // the row that withdrew a record
)

var outcomeNames = [...]string{"", "accepted", "held", "rejected", "pending", "replaced", "withdrawn"}

// String returns the name used in the exports.
func (o Outcome) String() string { return outcomeNames[o] }

// ParseOutcome returns the outcome with that name in the exports; NoOutcome when there is none.
func ParseOutcome(name string) Outcome {
	for outcome, text := range outcomeNames {
		if text == name {
			return Outcome(outcome)
		}
	}
	return NoOutcome
}

// Field names a column of a submission by its meaning, so that a finding can point at the cell.
type Field uint8

// The fields of a record, in the order of the template.
const (
	NoField Field = iota
	FieldReference
	FieldProvider
	FieldBSN
	FieldBirthDate
	FieldReferral
	FieldMunicipality
	FieldProduct
	FieldDate
	FieldStart
	FieldEnd
	FieldBreak
	FieldDaypart
	FieldUnit
	FieldQuantity
	FieldClaimedPrice
	FieldClaimedAmount
	FieldRemark
	FieldsEnd
)

// FieldHeadings are the preferred headings of the fields, as a template writes them.
var FieldHeadings = [FieldsEnd]string{
	"", "Regelnummer", "AGB-code", "BSN", "Geboortedatum", "Toewijzingsnummer", "Gemeente", "Productcode", "Datum",
	"Begintijd", "Eindtijd", "Pauze", "Dagdeel", "Eenheid", "Aantal", "Tarief", "Bedrag", "Opmerking",
}

// fieldWords are the words for the fields in the store. They never change meaning.
var fieldWords = [FieldsEnd]string{
	"", "reference", "provider", "bsn", "birth_date", "referral", "municipality", "product", "date",
	"start", "end", "break", "daypart", "unit", "quantity", "claimed_price", "claimed_amount", "remark",
}

// String returns the Dutch heading.
func (f Field) String() string { return FieldHeadings[f] }

// Word returns the word for the field in the store; "" for NoField.
func (f Field) Word() string { return fieldWords[f] }

// ParseField returns the field for a word in the store; ok is false when there is none. The empty word is NoField.
func ParseField(word string) (field Field, ok bool) {
	for field, kept := range fieldWords {
		if kept == word {
			return Field(field), true
		}
	}
	return NoField, false
}
