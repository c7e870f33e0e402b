package ijw

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// The simple types in the shared schema to which a JW301 or a JW323 refers.
var (
	typeAGB          = digitsType("LDT_AgbCode", 8)
	typeMunicipality = digitsType("LDT_Gemeente", 4)
	typeBSN          = digitsType("LDT_BurgerServicenummer", 9)

	typeAmount      = numberType("LDT_Bedrag", 99_999_999)
	typeBudget      = numberType("LDT_Budget", 99_999_999)
	typeTotal       = numberType("LDT_TotaalBedrag", 999_999_999_999)
	typeVolume      = numberType("LDT_Volume", 99_999_999)
	typeNumber      = numberType("LDT_Nummer", 999_999_999)
	typeHouseNumber = numberType("LDT_Huisnummer", 99_999)
	typeRank        = numberType("LDT_RelatieVolgorde", 99)

	typeDate = &simpleType{name: "LDT_Datum", parse: parseDate,
		wanted: text("een bestaande datum zonder tijdzone, zoals 2026-10-31", "a valid date without time zone, such as 2026-10-31")}
	typeClock = &simpleType{name: "LDT_Tijd", parse: parseClock,
		wanted: text("een tijdstip zonder tijdzone, zoals 09:05:00", "a time of day without time zone, such as 09:05:00")}
	typeVersion = &simpleType{name: "LDT_Versie", parse: parseVersion,
		wanted: text("een versie zoals 1.0.0", "a version such as 1.0.0")}

	typeIdentification = lineType("LDT_IdentificatieBericht", 12)
	typeReference      = &simpleType{name: "LDT_ReferentieNummer", parse: lengthOf(20, nil), wanted: text("1 tot en met 20 tekens", "1 to 20 characters")}
	typeDeclaration    = &simpleType{name: "LDT_IdentificatieDeclaratie", rule: "CS319", parse: lengthOf(12, lettersAndDigits),
		wanted: text("1 tot en met 12 letters en cijfers, aaneengesloten", "1 to 12 letters and digits, without spaces")}
	typeProduct    = lineType("LDT_ProductCode", 5)
	typeProviderID = lineType("LDT_Referentie", 36)

	typeName         = lineType("LDT_Naam", 200)
	typeInfix        = lineType("LDT_Voorvoegsel", 10)
	typeInitials     = &simpleType{name: "LDT_Voorletters", parse: lengthOf(6, letters), wanted: text("1 tot en met 6 letters", "1 to 6 letters")}
	typeLanguage     = lineType("LDT_Taal", 25)
	typePerson       = lineType("LDT_Persoonsid", 20)
	typeOrganisation = lineType("LDT_Organisatienaam", 35)
	typeEmail        = lineType("LDT_Emailadres", 80)
	typeStreet       = lineType("LDT_Straatnaam", 24)
	typePlace        = lineType("LDT_Plaatsnaam", 80)
	typePostcode     = lineType("LDT_Postcode", 8)
	typeHouseLetter  = lineType("LDT_Huisletter", 1)
	typeHouseSuffix  = lineType("LDT_HuisnummerToevoeging", 4)
	typeDialling     = lineType("LDT_Landnummer", 4)
	typeTelephone    = &simpleType{name: "LDT_Telefoonnummer", parse: lengthOf(15, digits), wanted: text("1 tot en met 15 cijfers", "1 to 15 digits")}
	typeComment      = &simpleType{name: "LDT_Commentaar", parse: parseComment, wanted: text("een tekst die niet leeg is", "a text that is not empty")}

	typeHouse       = codeType("LDT_AanduidingWoonadres", codesHouse)
	typeAddress     = codeType("LDT_AdresSoort", codesAddress)
	typeForm        = codeType("LDT_Communicatievorm", codesForm)
	typeDateUse     = codeType("LDT_DatumGebruik", codesDateUse)
	typeSide        = codeType("LDT_DebetCredit", codesSide)
	typeUnit        = codeType("LDT_Eenheid", codesUnit)
	typeFrequency   = codeType("LDT_Frequentie", codesFrequency)
	typeSex         = codeType("LDT_Geslacht", codesSex)
	typeLegalStatus = codeType("LDT_JuridischeStatus", codesLegalStatus)
	typeCountry     = codeType("LDT_LandCode", codesCountry)
	typeNameUse     = codeType("LDT_NaamGebruik", codesNameUse)
	typeCategory    = codeType("LDT_ProductCategorie", codesCategory)
	typeChange      = codeType("LDT_RedenWijziging", codesChange)
	typeRelation    = codeType("LDT_SoortRelatie", codesRelation)
	typeGuardian    = codeType("LDT_WettelijkeVertegenwoordiging", codesGuardian)
)

// digitsType returns a type of exactly count digits.
func digitsType(name string, count int) *simpleType {
	return &simpleType{name: name, wanted: billing.Texts("precies %[1]d cijfers", "exactly %[1]d digits", count),
		parse: func(text []byte, _ *value) bool { return len(text) == count && digits(text) }}
}

// numberType returns a type of a whole number from 0 to most.
func numberType(name string, most int64) *simpleType {
	return &simpleType{name: name, wanted: billing.Texts("een geheel getal van 0 tot en met %[1]d", "a whole number from 0 to %[1]d", most),
		parse: func(text []byte, v *value) bool {
			number, ok := wholeNumber(text)
			v.number = number
			return ok && number >= 0 && number <= most
		}}
}

// lineType returns a type of a text of 1 to most characters on one line that is not blank.
func lineType(name string, most int) *simpleType {
	return &simpleType{name: name, wanted: billing.Texts("1 tot en met %[1]d tekens op één regel, niet alleen blanco", "1 to %[1]d characters on one line, not only spaces", most),
		parse: lengthOf(most, oneLine)}
}

// codeType returns a type of a code from a list.
func codeType(name string, codes []string) *simpleType {
	listed := make(map[string]bool, len(codes))
	for _, code := range codes {
		listed[code] = true
	}
	wanted := billing.Texts("een code uit de lijst van iJw 3.2", "a code from the iJw 3.2 list")
	if last := len(codes) - 1; last < 30 {
		first := strings.Join(codes[:last], ", ")
		wanted = billing.Texts("%[1]s of %[2]s", "%[1]s or %[2]s", first, codes[last])
	}
	return &simpleType{name: name, wanted: wanted, parse: func(text []byte, _ *value) bool { return listed[string(text)] }}
}

// fixedType returns a restriction of a shared type that allows only one value. collapse ignores white space around it.
func fixedType(name, rule, only string, collapse bool) *simpleType {
	return &simpleType{name: name, rule: rule, wanted: billing.Text{Dutch: only, English: only}, parse: func(text []byte, _ *value) bool {
		if collapse {
			text = trimmed(text)
		}
		return string(text) == only
	}}
}
