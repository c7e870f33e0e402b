package reportstest

import "strings"

// gemeente compares the figures in the workbook of a municipality.
func (b *book) gemeente() {
	b.Helper()
	b.totals()
	declared := []figure{{figures, b.at(summary, figures, "Gedeclareerd", "Bedrag")}}
	lines := []figure{{figures, b.at(summary, figures, "Gedeclareerd", "Regels")}, {"Declaratieregels", b.count("Declaratieregels", nil)}}
	for _, sheet := range []string{"Segmenten", "Producten", "Aanbieders", "Aanbieders en producten", "Taakvelden", "Declaratieregels"} {
		declared = append(declared, figure{sheet, b.sum(sheet, "Bedrag", nil)})
	}
	for title, heading := range map[string]string{"Per segment": "Bedrag", "Grootste producten": "Bedrag"} {
		if headings, _ := b.block(summary, title); headings != nil {
			declared = append(declared, figure{title, b.at(summary, title, total, heading)})
			lines = append(lines, figure{title, b.at(summary, title, total, "Declaratieregels")})
		}
	}
	b.same("gedeclareerd", append(declared, figure{"Betaling", b.sum("Betaling", "Netto", nil)},
		figure{reconciliation, b.at(reconciliation, "Van akkoord naar gedeclareerd", "Gedeclareerd", "Bedrag")})...)
	b.same("declaratieregels", lines...)
	kind := b.column("Declaratieregels", "Soort")
	b.same("correcties", figure{"Correcties", b.sum("Correcties", "Bedrag", nil)}, figure{"Declaratieregels", b.sum("Declaratieregels", "Bedrag", func(row []string) bool {
		return cell(row, kind) == "credit" || cell(row, kind) == "correctie"
	})})
	b.same("te betalen", figure{figures, b.at(summary, figures, "Te betalen", "Bedrag")}, figure{"Betaling", b.sum("Betaling", "Te betalen", nil)})
	for name, sheet := range map[string]string{"In uitval": "Uitval", "Afgewezen": "Afgewezen"} {
		b.same(name, figure{figures, b.at(summary, figures, name, "Bedrag")}, figure{sheet, b.sum(sheet, "Betrokken bedrag", nil)})
		b.same(name, figure{figures, b.at(summary, figures, name, "Regels")}, figure{sheet, b.count(sheet, nil)})
	}
	for _, row := range b.rows[summary] {
		if title := cell(row, 0); len(row) == 1 && strings.HasPrefix(title, "Grootste verschillen met ") {
			b.same("deze declaratie", declared[0], figure{title, b.at(summary, title, total, "Deze declaratie")})
			b.same("verschil", figure{title, b.at(summary, title, total, "Verschil")}, figure{"oorzaken",
				b.at(summary, title, total, "door meer of minder zorg") + b.at(summary, title, total, "door ander tarief") + b.at(summary, title, total, "door zorg van eerder")})
		}
	}
}

// uitval compares the figures in the workbook of the controllers.
func (b *book) uitval() {
	b.Helper()
	b.totals()
	for _, title := range []string{"Uitval per reden", "Uitval per reden en aanbieder"} {
		if headings, _ := b.block(overview, title); headings != nil {
			b.same(title, figure{overview, b.at(overview, title, total, "Zorgregels")}, figure{"Uitval, elke zorgregel één keer", b.count("Uitval", b.once())})
		}
	}
	if headings, _ := b.block(overview, "Afgewezen per reden"); headings != nil {
		b.same("afgewezen", figure{overview, b.at(overview, "Afgewezen per reden", total, "Zorgregels")}, figure{"Afgewezen", b.count("Afgewezen", nil)})
		b.same("afgewezen", figure{overview, b.at(overview, "Afgewezen per reden", total, "Betrokken bedrag")}, figure{"Afgewezen", b.sum("Afgewezen", "Betrokken bedrag", nil)})
	}
	if headings, _ := b.block(overview, "Signalen per soort"); headings != nil {
		b.same("signalen", figure{overview, b.at(overview, "Signalen per soort", total, "Signalen")}, figure{"Signalen", b.count("Signalen", nil)})
	}
}

// retour compares the figures in a return file.
func (b *book) retour() {
	b.Helper()
	b.totals()
	sheets := []string{"Uren", "Dagdelen"}
	if b.has("Prestaties") {
		sheets = append(sheets, "Prestaties")
	}
	outcome := func(sheet, word string) float64 {
		column := b.column(sheet, "Uitkomst pxq")
		return b.count(sheet, func(row []string) bool { return cell(row, column) == word })
	}
	for name, word := range map[string]string{"Akkoord": "akkoord", "Uitval": "uitval", "Afgewezen": "afgewezen"} {
		rows := 0.0
		for _, sheet := range sheets {
			rows += outcome(sheet, word)
		}
		b.same(name, figure{overview, b.at(overview, "Uitkomst", name, "Zorgregels")}, figure{strings.Join(sheets, ", "), rows})
	}
	const steps = "Van akkoord naar gedeclareerd"
	awarded := 0.0
	for _, sheet := range sheets {
		awarded += b.sum(sheet, "Toegekend bedrag", nil)
	}
	b.same("akkoord", figure{overview, b.at(overview, "Uitkomst", "Akkoord", "Bedrag")}, figure{steps, b.at(overview, steps, "Akkoord", "Bedrag")},
		figure{strings.Join(sheets, ", "), awarded})
	declared := []figure{
		{steps, b.at(overview, steps, "Gedeclareerd", "Bedrag")}, {reconciliation, b.at(reconciliation, "Declaratie", "Declaratieregels in dit werkboek", "Bedrag")},
	}
	if b.has("Declaratie") {
		declared = append(declared, figure{"Declaratie", b.sum("Declaratie", "Gedeclareerd bedrag", nil)})
	}
	b.same("gedeclareerd", declared...)
	together := b.at(overview, "Uitkomst", "Samen", "Zorgregels")
	read := b.at(reconciliation, "Gelezen", "Te verantwoorden", "Zorgregels") - b.at(reconciliation, "Gelezen", "Overgeslagen: regels met totalen", "Zorgregels") -
		b.at(reconciliation, "Gelezen", "Overgeslagen: lege rijen", "Zorgregels")
	b.same("zorgregels", figure{overview, together}, figure{reconciliation, read})
	if headings, _ := b.block(overview, "Wat u ontvangt"); headings != nil {
		b.same("u ontvangt", figure{overview, b.at(overview, "Uitkomst", "U ontvangt", "Bedrag")}, figure{"per gemeente", b.sumOfBlock(overview, "Wat u ontvangt", "U ontvangt")})
	}
}
