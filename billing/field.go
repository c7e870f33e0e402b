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

// String gives the Dutch heading.
func (f Field) String() string { return FieldHeadings[f] }
