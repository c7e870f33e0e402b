package ijw

import "github.com/pxq-nl/pxq/billing/ijw"

// shared makes the elements inside the composed types of the shared schema.
var shared = tree{ijw.SharedSpace}

// headerOf returns the header of a message with the code of kind (COD002). The types of sender and receiver depend on which
// of them is the municipality.
func headerOf(t tree, kind ijw.Kind, sender, receiver *simpleType) child {
	return t.own("Header", "Header",
		nameless(t.text("BerichtCode", fixedType("LDT_BerichtCode", "", kind.Code(), false), nil)),
		nameless(t.text("BerichtVersie", fixedType("LDT_BerichtVersie", "CS025", ijw.Version, true), nil)),
		nameless(t.text("BerichtSubversie", fixedType("LDT_BerichtSubversie", "CS015", ijw.Subversion, true), nil)),
		t.text("Afzender", sender, func(r *reader, v value) { r.header.Sender = string(v.text) }),
		t.text("Ontvanger", receiver, func(r *reader, v value) { r.header.Receiver = string(v.text) }),
		t.of("BerichtIdentificatie", "CDT_BerichtIdentificatie",
			shared.text("Identificatie", typeIdentification, func(r *reader, v value) { r.header.Identification.ID = string(v.text) }),
			shared.text("Dagtekening", typeDate, func(r *reader, v value) { r.header.Identification.Dated = r.day(v) }),
		),
		t.of("XsdVersie", "CDT_XsdVersie",
			shared.text("BasisschemaXsdVersie", typeVersion, func(r *reader, v value) { r.header.Schema.Shared = string(v.text) }),
			shared.text("BerichtXsdVersie", typeVersion, func(r *reader, v value) { r.header.Schema.Message = string(v.text) }),
		),
	)
}

// spanOf returns an element for a period with both ends, which are stored in where.
func spanOf(t tree, local string, where func(*reader) *ijw.Span) child {
	return t.of(local, "CDT_GeslotenPeriode",
		shared.text("Begindatum", typeDate, func(r *reader, v value) { where(r).First = r.day(v) }),
		shared.text("Einddatum", typeDate, func(r *reader, v value) { where(r).Last = r.day(v) }),
	)
}

// amountOf returns an element for an amount with its side (debit or credit), which are stored in where.
func amountOf(t tree, local, typeName, inner string, simple *simpleType, where func(*reader) *ijw.Amount) child {
	return t.of(local, typeName,
		shared.text(inner, simple, func(r *reader, v value) { where(r).Cents = r.number(v) }),
		shared.text("DebetCredit", typeSide, func(r *reader, v value) { where(r).Side = ijw.Side(r.intern(v.text)) }),
	)
}
