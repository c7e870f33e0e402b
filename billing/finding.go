package billing

// Finding says that a rule found something in a record. It holds facts; its text is made when it is shown.
// Values never hold a BSN or a birth date.
type Finding struct {
	Code   Code
	Field  Field    // the cell it is about; NoField when it is about the whole row
	Values []string // the values of the rule's text, in its order: ISO dates, cents, plain texts
}

// Written returns the text of a cell that could not be read, as the finding about it kept it; personal data are never kept.
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

// WrittenQuantity returns the quantity beside a unit that nobody knows, as the finding about the unit kept it.
func (f *Finding) WrittenQuantity() (text string, ok bool) {
	const at = 2
	if f.Code != F06 || len(f.Values) <= at {
		return "", false
	}
	return f.Values[at], true
}

// saysPeriod are the codes of which the last value is the period of the run.
var saysPeriod = Codes(T02)

// WithoutPeriod returns the finding without the period of the run that made it, if it says that. The period is
// another one every month, also when nothing changed.
func (f Finding) WithoutPeriod() Finding {
	if last := len(f.Values) - 1; last >= 0 && saysPeriod.Has(f.Code) {
		f.Values = f.Values[:last:last]
	}
	return f
}

// WithPeriod returns the finding as a run of that period makes it: the opposite of WithoutPeriod.
func (f Finding) WithPeriod(period Period) Finding {
	if saysPeriod.Has(f.Code) {
		f.Values = append(f.Values[:len(f.Values):len(f.Values)], period.String())
	}
	return f
}

// Outcome is what becomes of a record.
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

// ParseOutcome reads the name used in the exports; NoOutcome when it is none.
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

// FieldHeadings are the first headings of the fields, as a template writes them.
var FieldHeadings = [FieldsEnd]string{
	"", "Regelnummer", "AGB-code", "BSN", "Geboortedatum", "Toewijzingsnummer", "Gemeente", "Productcode", "Datum",
	"Begintijd", "Eindtijd", "Pauze", "Dagdeel", "Eenheid", "Aantal", "Tarief", "Bedrag", "Opmerking",
}

// fieldWords are the words by which the fields are kept. They never change meaning.
var fieldWords = [FieldsEnd]string{
	"", "reference", "provider", "bsn", "birth_date", "referral", "municipality", "product", "date",
	"start", "end", "break", "daypart", "unit", "quantity", "claimed_price", "claimed_amount", "remark",
}

// String returns the Dutch heading.
func (f Field) String() string { return FieldHeadings[f] }

// Word returns the word by which the field is kept; "" for none.
func (f Field) Word() string { return fieldWords[f] }

// ParseField reads the word by which a field is kept; ok is false when it is none. The empty word is NoField.
func ParseField(word string) (field Field, ok bool) {
	for field, kept := range fieldWords {
		if kept == word {
			return Field(field), true
		}
	}
	return NoField, false
}
