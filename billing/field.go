package billing

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
