package rates

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
)

// productCodeMax is the maximum number of characters of a product code. Codes of the national list have at most 5; a
// region may have its own.
const productCodeMax = 20

func (r *reading) readProducts() {
	g := r.grid("producten")
	r.productCodes = newRegister(g, "productcode", billing.FoldProduct)
	r.productOf = make(map[string][]billing.Product)
	for _, line := range g.rows {
		product := billing.Product{
			Code:              line.cell("productcode").productCode(),
			Name:              line.cell("naam").text,
			Category:          line.cell("categorie").digits(2, "productcategorie (JZ020)", "a product category (JZ020)"),
			Kind:              line.cell("soort").kind(),
			TaskField:         line.cell("taakveld").text,
			MaxMonths:         line.cell("max_duur_maanden").whole(1, monthsMax),
			AgeLimit:          line.cell("leeftijdsgrens").whole(1, ageMax),
			Residential:       line.cell("verblijf").yesNo(),
			CoordinationPoint: line.cell("coordinatiepunt").yesNo(),
			WholeHours:        line.cell("afronding").oneOf("exact", "heel_uur") == "heel_uur",
			From:              line.cell(sinceHeading).date(),
			SourceOfRow:       line.source(),
		}
		product.Segment, _ = r.segmentCodes.find(line.cell("segment"), line.cell("segment").text)
		product.AllowsTime, product.AllowsDaypart = line.cell("eenheden").units()
		if product.WholeHours && product.AllowsDaypart && !product.AllowsTime {
			line.cell("afronding").report(
				"heel_uur kan alleen bij een product dat per uur gaat; kies exact of zet uur bij de eenheden",
				"heel_uur is only possible for a product delivered per hour; choose exact or add uur to eenheden")
		}
		r.productCodes.add(line.cell("productcode"), line.cell("productcode").text, product.From)
		r.products = append(r.products, entry[billing.Product]{product, line})
	}
	for i := range r.products {
		product := &r.products[i].fact
		if product.Code != "" {
			product.Code = r.productCodes.spelled[billing.FoldProduct(product.Code)] // all rows of a product get one spelling
		}
		r.productOf[product.Code] = append(r.productOf[product.Code], *product)
	}
}

// productCode reads a product code. It must not contain a comma, which separates the codes in a list.
func (c cell) productCode() string {
	if utf8.RuneCountInString(c.text) > productCodeMax || strings.Contains(c.text, ",") {
		c.report("%s is geen productcode: verwacht hoogstens %d tekens, zonder komma. Verkort of verbeter haar",
			"%s is not a product code: expected at most %d characters, without a comma. Shorten or correct it",
			quote(c.text), productCodeMax)
		return ""
	}
	return c.text
}

// kind reads the kind of help.
func (c cell) kind() billing.Kind {
	if word := c.oneOf("begeleiding", "behandeling", "verblijf", "overig"); word != "" {
		return billing.Kind(slices.Index(billing.KindNames[:], word))
	}
	return billing.OtherKind
}

// units reads a comma-separated list of uur and dagdeel. It returns neither if any word is unreadable, so that later
// checks do not rely on half a list.
func (c cell) units() (allowsTime, allowsDaypart bool) {
	for _, text := range list(c.text) {
		switch (cell{c.row, c.heading, text}).unit() {
		case billing.Time:
			allowsTime = true
		case billing.Daypart:
			allowsDaypart = true
		default:
			return false, false
		}
	}
	return allowsTime, allowsDaypart
}

// unit reads uur or dagdeel.
func (c cell) unit() billing.Unit {
	switch c.oneOf("uur", "dagdeel") {
	case "uur":
		return billing.Time
	case "dagdeel":
		return billing.Daypart
	}
	return billing.NoUnit
}
