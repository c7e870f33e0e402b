package ijw

import "github.com/pxq-nl/pxq/billing/ijw"

// schema323 is the schema of a JW323.
var schema323 = func() *element {
	t := tree{ijw.JW323.Space()}
	clients := t.own("Clienten", "Clienten", many(client323(t)))
	clients.opened = func(r *reader) error { return r.sink.Declaration(r.header, r.declaration) }
	declaration := t.own("Declaratie", "Declaratie",
		t.text("DeclaratieNummer", typeDeclaration, func(r *reader, v value) { r.declaration.Number = string(v.text) }),
		spanOf(t, "DeclaratiePeriode", func(r *reader) *ijw.Span { return &r.declaration.Period }),
		t.text("DeclaratieDagtekening", typeDate, func(r *reader, v value) { r.declaration.Dated = r.day(v) }),
		amountOf(t, "TotaalIngediendBedrag", "CDT_TotaalBedragMetDC", "TotaalBedrag", typeTotal, func(r *reader) *ijw.Amount { return &r.declaration.Total }),
		clients,
	)
	nameless(declaration.children[0])
	declaration.opened = func(r *reader) error {
		r.declaration.Line = r.line
		return nil
	}
	return t.own("Bericht", "Root", headerOf(t, ijw.JW323, typeAGB, typeMunicipality), declaration).element
}()

// client323 returns the element for a client of a JW323, which is passed to the sink when it is complete.
func client323(t tree) child {
	c := t.own("Client", "Client",
		personal(t.text("Bsn", typeBSN, func(r *reader, v value) { r.client.BSN = string(v.text) })),
		t.own("Prestaties", "Prestaties", many(prestatie323(t))),
	)
	c.opened = func(r *reader) error {
		r.client = &ijw.Client{Line: r.line}
		return nil
	}
	c.closed = func(r *reader) error { return r.sink.Client(r.client) }
	return c
}

// prestatie323 returns the element for a prestatie of a JW323.
func prestatie323(t tree) child {
	p := t.own("Prestatie", "Prestatie",
		t.of("ProductReferentie", "CDT_Referentie",
			shared.text("ReferentieNummer", typeReference, func(r *reader, v value) { r.prestatie.Reference = string(v.text) }),
			maybe(shared.text("VorigReferentieNummer", typeReference, func(r *reader, v value) { r.prestatie.Previous = string(v.text) })),
		),
		t.text("ToewijzingNummer", typeNumber, func(r *reader, v value) { r.prestatie.Referral = r.number(v) }),
		t.text("ProductCategorie", typeCategory, func(r *reader, v value) { r.prestatie.Category = r.intern(v.text) }),
		t.text("ProductCode", typeProduct, func(r *reader, v value) { r.prestatie.Product = r.intern(v.text) }),
		spanOf(t, "ProductPeriode", func(r *reader) *ijw.Span { return &r.prestatie.Period }),
		t.text("GeleverdVolume", typeVolume, func(r *reader, v value) { r.prestatie.Volume = r.number(v) }),
		t.text("Eenheid", typeUnit, func(r *reader, v value) { r.prestatie.Unit = ijw.Unit(r.intern(v.text)) }),
		maybe(t.text("ProductTarief", typeAmount, func(r *reader, v value) { r.prestatie.Tariff = r.number(v) })),
		amountOf(t, "IngediendBedrag", "CDT_BedragMetDC", "Bedrag", typeAmount, func(r *reader) *ijw.Amount { return &r.prestatie.Amount }),
	)
	p.opened = func(r *reader) error {
		r.client.Prestaties = append(r.client.Prestaties, ijw.Prestatie{Line: r.line})
		r.prestatie = &r.client.Prestaties[len(r.client.Prestaties)-1]
		return nil
	}
	return p
}
