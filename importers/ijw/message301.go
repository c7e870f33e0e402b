package ijw

import (
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
)

// schema301 is the schema of a JW301. Of the client's names, addresses and relations only the form is checked.
var schema301 = func() *element {
	t := tree{ijw.JW301.Space()}
	person := t.own("Client", "Client",
		personal(t.text("Bsn", typeBSN, func(r *reader, v value) { r.assigned.Assigned.BSN = string(v.text) })),
		personal(birthDate(t, func(r *reader) *ijw.Assigned { return &r.assigned.Assigned })),
		personal(t.text("Geslacht", typeSex, nil)),
		personal(fullName(t)),
		maybe(personal(t.of("Communicatie", "CDT_Communicatie",
			shared.text("Vorm", typeForm, nil), maybe(shared.text("Taal", typeLanguage, nil))))),
		maybe(personal(t.text("JuridischeStatus", typeLegalStatus, nil))),
		maybe(personal(t.text("WettelijkeVertegenwoordiging", typeGuardian, nil))),
		maybe(personal(t.text("Commentaar", typeComment, nil))),
		maybe(personal(t.own("Relaties", "Relaties", many(relation(t))))),
		personal(t.own("Contactgegevens", "Contactgegevens", many(contact(t)))),
		t.own("ToegewezenProducten", "ToegewezenProducten", many(assignedProduct(t))),
	)
	person.opened = func(r *reader) error {
		r.assigned = &ijw.Message301{Header: r.header}
		r.assigned.Assigned.Line = r.line
		return nil
	}
	message := t.own("Bericht", "Root", headerOf(t, ijw.JW301, typeMunicipality, typeAGB), person)
	message.closed = func(r *reader) error { return r.sink.Assigned(r.assigned) }
	return message.element
}()

// assignedProduct returns the element for a product, a category or a budget that the municipality assigns.
func assignedProduct(t tree) child {
	p := t.own("ToegewezenProduct", "ToegewezenProduct",
		t.text("ToewijzingNummer", typeNumber, func(r *reader, v value) { r.assignment.Number = r.number(v) }),
		maybe(personal(t.text("ReferentieAanbieder", typeProviderID, func(r *reader, v value) { r.assignment.ProviderID = string(v.text) }))),
		maybe(t.of("Product", "CDT_Product",
			shared.text("Categorie", typeCategory, func(r *reader, v value) { r.assignment.Category = string(v.text) }),
			maybe(shared.text("Code", typeProduct, func(r *reader, v value) { r.assignment.Product = string(v.text) })),
		)),
		t.text("Toewijzingsdatum", typeDate, func(r *reader, v value) { r.assignment.Decided.Day = r.day(v) }),
		t.text("Toewijzingstijd", typeClock, func(r *reader, v value) { r.assignment.Decided.Time = v.clock }),
		t.text("Ingangsdatum", typeDate, func(r *reader, v value) { r.assignment.Start = r.day(v) }),
		maybe(t.text("Einddatum", typeDate, func(r *reader, v value) { r.assignment.End = r.day(v) })),
		maybe(t.text("RedenWijziging", typeChange, func(r *reader, v value) { r.assignment.Reason = string(v.text) })),
		maybe(t.of("Omvang", "CDT_Omvang",
			shared.text("Volume", typeVolume, func(r *reader, v value) { r.assignment.Volume = r.number(v) }),
			shared.text("Eenheid", typeUnit, func(r *reader, v value) { r.assignment.Unit = ijw.Unit(v.text) }),
			shared.text("Frequentie", typeFrequency, frequency),
		)),
		maybe(t.text("Budget", typeBudget, func(r *reader, v value) { r.assignment.Budget = r.number(v) })),
		maybe(personal(t.text("Commentaar", typeComment, nil))),
	)
	p.opened = func(r *reader) error {
		products := &r.assigned.Assigned.Products
		*products = append(*products, ijw.Assignment{Line: r.line})
		r.assignment = &(*products)[len(*products)-1]
		return nil
	}
	return p
}

func frequency(r *reader, v value) {
	if number, err := strconv.Atoi(string(v.text)); err == nil { // always nil, since the text is in the code list
		r.assignment.Frequency = billing.Frequency(number)
	}
}

// birthDate returns the element for a birth date and which parts of it are known. They are stored in where, which is nil if
// they are not kept.
func birthDate(t tree, where func(*reader) *ijw.Assigned) child {
	date, use := shared.text("Datum", typeDate, nil), shared.text("DatumGebruik", typeDateUse, nil)
	if where != nil {
		date.value = func(r *reader, v value) { where(r).Born = r.day(v) }
		use.value = func(r *reader, v value) { where(r).BornUse = string(v.text) }
	}
	return t.of("Geboortedatum", "CDT_Geboortedatum", date, maybe(use))
}

func fullName(t tree) child {
	surname := func(local string) child {
		return shared.of(local, "CDT_Achternaam", shared.text("Achternaam", typeName, nil), maybe(shared.text("Voorvoegsel", typeInfix, nil)))
	}
	return t.of("Naam", "CDT_VolledigeNaam",
		surname("Geslachtsnaam"), maybe(surname("Partnernaam")), maybe(shared.text("Voornamen", typeName, nil)),
		maybe(shared.text("Voorletters", typeInitials, nil)), shared.text("NaamGebruik", typeNameUse, nil),
	)
}

func relation(t tree) child {
	return t.own("Relatie", "Relatie",
		t.text("Nummer", typePerson, nil), maybe(t.text("Volgorde", typeRank, nil)), t.text("Soort", typeRelation, nil),
		maybe(birthDate(t, nil)), maybe(t.text("Geslacht", typeSex, nil)), fullName(t), contact(t),
	)
}

func contact(t tree) child {
	telephone := func(local string) child {
		return shared.of(local, "CDT_Telefoon", shared.text("Telefoonnummer", typeTelephone, nil), shared.text("Landnummer", typeDialling, nil))
	}
	return t.own("Contact", "Contact",
		t.text("Soort", typeAddress, nil),
		maybe(t.of("Adres", "CDT_Adres",
			maybe(shared.of("Huis", "CDT_Huis",
				shared.text("Huisnummer", typeHouseNumber, nil), maybe(shared.text("Huisletter", typeHouseLetter, nil)),
				maybe(shared.text("HuisnummerToevoeging", typeHouseSuffix, nil)), maybe(shared.text("AanduidingWoonadres", typeHouse, nil)))),
			maybe(shared.text("Postcode", typePostcode, nil)), maybe(shared.text("Straatnaam", typeStreet, nil)),
			maybe(shared.text("Plaatsnaam", typePlace, nil)), maybe(shared.text("LandCode", typeCountry, nil)))),
		maybe(t.text("Organisatie", typeOrganisation, nil)),
		maybe(t.of("Telefoon", "CDT_Telefoonnummers", telephone("Telefoon01"), maybe(telephone("Telefoon02")))),
		maybe(t.text("Emailadres", typeEmail, nil)),
		maybe(t.of("Periode", "CDT_OpenPeriode", maybe(shared.text("Begindatum", typeDate, nil)), maybe(shared.text("Einddatum", typeDate, nil)))),
	)
}
