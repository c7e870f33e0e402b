// The R rules, which check a record against its referral. A record comes here from billing/judge.go with its referral
// looked up; a rule reports what it finds with Case.Find.

package rules

import (
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
)

var noReferral = billing.Codes(billing.R01)

// referralRules check a record against the referral on which the care was delivered.
var referralRules = []billing.Rule{
	{
		Code: billing.R01, Severity: billing.Reject, IJW: "9338", Source: "iJw",
		Title:   text("Het toewijzingsnummer is bekend, of precies één toewijzing past.", "The referral number is known, or exactly one referral fits."),
		Message: text("{1:referral}{2:several}", "{1:referral}{2:several}"),
		Remedy:  text("Vul het nummer van de toewijzing in, of vraag de gemeente om een toewijzing.", "Fill in the number of the referral, or ask the municipality for a referral."),
		Record:  referralKnown,
		Compare: withReferral(value("gebruikt", "used", "", func(c *billing.Case) string { return c.Referral.Number }),
			value("opgegeven", "given", "", func(c *billing.Case) string { return c.Record.ReferralNumber })),
	},
	{
		Code: billing.R02, Severity: billing.Reject, IJW: "8187", Source: "iJw", TellsReferral: true, After: noReferral,
		Title:   text("Het BSN is dat van de toewijzing.", "The BSN is that of the referral."),
		Message: text("Toewijzing {1} is voor een andere cliënt.", "Referral {1} is for another client."),
		Remedy:  text("Herstel het BSN of het toewijzingsnummer.", "Correct the BSN or the referral number."),
		Record:  sameClient,
	},
	{
		Code: billing.R03, Severity: billing.Reject, Source: "own", After: noReferral,
		Title:   text("De aanbieder is die van de toewijzing.", "The provider is that of the referral."),
		Message: text("Toewijzing {1} is voor een andere aanbieder.", "Referral {1} is for another provider."),
		Remedy:  text("Herstel de AGB-code of het toewijzingsnummer.", "Correct the AGB code or the referral number."),
		Record:  sameProvider,
		Compare: withReferral(value("toewijzing", "referral", "", func(c *billing.Case) string { return c.Referral.Provider }), recordProvider),
	},
	{
		Code: billing.R04, Severity: billing.Reject, NotOf: billing.OfMessages, IJW: "9339", Source: "iJw", TellsReferral: true, After: noReferral,
		Title:   text("Het product valt in de categorie van de toewijzing.", "The product is in the referral's category."),
		Message: text("Toewijzing {1} is voor categorie {2}; product {3} valt in categorie {4}.", "Referral {1} is for category {2}; product {3} is in category {4}."),
		Remedy:  text("Kies een product uit categorie {2} of vraag een andere toewijzing aan.", "Choose a product in category {2} or ask for another referral."),
		Record:  sameCategory,
		Compare: withReferral(value("categorie van de toewijzing", "referral's category", "", func(c *billing.Case) string { return c.Referral.Category }),
			value("van het product", "product's", "", func(c *billing.Case) string { return c.Product.Category })),
	},
	{
		Code: billing.R05, Severity: billing.Reject, IJW: "9340", Source: "iJw", TellsReferral: true, After: noReferral,
		Title:   text("Het product is dat van de toewijzing.", "The product is that of the referral."),
		Message: text("Toewijzing {1} is voor product {2}, niet voor {3}.", "Referral {1} is for product {2}, not for {3}."),
		Remedy:  text("Gebruik de productcode van de toewijzing of vraag een andere toewijzing aan.", "Use the referral's product code or ask for another referral."),
		Record:  sameProduct,
		Compare: withReferral(value("product van de toewijzing", "referral's product", "", func(c *billing.Case) string { return c.Referral.Product }), recordProduct),
	},
	{
		Code: billing.R06, Severity: billing.Reject, IJW: "9341", Source: "iJw", TellsReferral: true, After: noReferral,
		Title:   text("De soort eenheid is die van het volume van de toewijzing.", "The kind of unit is that of the referral's volume."),
		Message: text("Toewijzing {1} is in {2:unit}, de regel in {3:unit}.", "Referral {1} is in {2:unit}, the row in {3:unit}."),
		Remedy:  text("Lever aan in de eenheid van de toewijzing.", "Submit it in the unit of the referral."),
		Record:  sameUnit,
		Compare: withReferral(value("eenheid van de toewijzing", "referral's unit", "unit", func(c *billing.Case) string { return c.Referral.VolumeUnit.String() }), recordUnit),
	},
	{
		Code: billing.R07, Severity: billing.Reject, IJW: "9307", Source: "iJw", TellsReferral: true, After: noReferral,
		Title:   text("De zorgdatum ligt niet voor het begin van de toewijzing.", "The care date is not before the start of the referral."),
		Message: text("Toewijzing {1} begint op {2:date}; de zorgdatum is {3:date}.", "Referral {1} starts on {2:date}; the care date is {3:date}."),
		Remedy:  text("Vraag een eerdere ingangsdatum aan of corrigeer de datum.", "Ask for an earlier start date or correct the date."),
		Record:  notBeforeStart,
		Compare: withReferral(value("toewijzing vanaf", "referral from", "date", func(c *billing.Case) string { return c.Referral.Start.String() }), careDate),
	},
	{
		Code: billing.R08, Severity: billing.Reject, IJW: "9308", Source: "iJw", TellsReferral: true, After: noReferral,
		Title:   text("De zorgdatum ligt niet na het einde van de toewijzing.", "The care date is not after the end of the referral."),
		Message: text("Toewijzing {1} loopt tot en met {2:date}; de zorgdatum is {3:date}.", "Referral {1} runs up to and including {2:date}; the care date is {3:date}."),
		Remedy:  text("Vraag verlenging aan of corrigeer de datum.", "Ask for an extension or correct the date."),
		Record:  notAfterEnd,
		Compare: withReferral(value("toewijzing tot en met", "referral until", "date", func(c *billing.Case) string { return c.Referral.End.String() }), lastCareDate),
	},
	{
		Code: billing.R09, Severity: billing.Reject, IJW: "9384", Source: "iJw", TellsReferral: true, After: noReferral,
		Title:   text("De toewijzing is niet ingetrokken.", "The referral has not been withdrawn."),
		Message: text("Toewijzing {1} is ingetrokken.", "Referral {1} has been withdrawn."),
		Remedy:  text("Vraag de gemeente welke toewijzing geldt.", "Ask the municipality which referral applies."),
		Record:  notWithdrawn,
		Compare: onReferral(func(c *billing.Case) []billing.Compared {
			return []billing.Compared{shown("status", "status", "", c.Referral.Status)}
		}),
	},
	{
		Code: billing.R10, Severity: billing.Hold, NotOf: billing.OfMessages, Source: "own", TellsReferral: true, After: noReferral,
		Title:   text("De gemeente is die van de toewijzing (woonplaatsbeginsel).", "The municipality is that of the referral (responsible municipality)."),
		Message: text("Toewijzing {1} is van {2}; op de regel staat {3}.", "Referral {1} is from {2}; the row says {3}."),
		Remedy:  text("Ga na welke gemeente verantwoordelijk is; vraag bij verhuizing een nieuwe toewijzing aan.", "Find out which municipality is responsible; after a move, ask for a new referral."),
		Record:  sameMunicipality,
		Compare: withReferral(value("gemeente van de toewijzing", "referral's municipality", "", func(c *billing.Case) string { return c.Municipality.Name }),
			value("zorgregel", "record", "", municipalityNamed)),
	},
	{
		Code: billing.R11, Severity: billing.Signal, NotOf: billing.OfMessages, Source: "S2", TellsReferral: true, After: noReferral,
		Title:   text("De verwijzer is er een die het segment verwacht.", "The referrer is one that the segment expects."),
		Message: text("Toewijzing {1} heeft verwijzer {2}; segment {3} verwacht {4}.", "Referral {1} has referrer {2}; segment {3} expects {4}."),
		Remedy:  text("Ga na of de verwijzing via de lokale toegang of de GI moest lopen.", "Check whether the referral should have come through local access or the GI."),
		Record:  expectedReferrer,
		Compare: withReferral(value("verwijzer", "referrer", "", func(c *billing.Case) string { return billing.Mask(c.Referral.Referrer) }),
			value("verwacht", "expected", "", expectedReferrers)),
	},
	{
		Code: billing.R12, Severity: billing.Hold, Source: "S2", TellsReferral: true, After: noReferral,
		Title:    text("Een plaatsing in een gezinshuis is bij het coördinatiepunt gemeld.", "A placement in a family home (gezinshuis) is reported to the coordination point."),
		Message:  text("Toewijzing {1} voor {2} begint op {3:date} en heeft geen melding bij het coördinatiepunt{4:own}.", "Referral {1} for {2} starts on {3:date} and was not reported to the coordination point{4:own}."),
		Remedy:   text("Meld de plaatsing bij het coördinatiepunt Wonen en laat het nummer in de toewijzing opnemen.", "Report the placement to the coordination point and have the number added to the referral."),
		Provider: billing.ProviderText{Remedy: text("Meld de plaatsing bij het coördinatiepunt Wonen, als dat nog niet is gebeurd.", "Report the placement to the coordination point, if that has not been done yet.")},
		Record:   coordinationPoint,
	},
	{
		Code: billing.R13, Severity: billing.Signal, NotOf: billing.OfMessages, Source: "own", After: noReferral,
		Title:   text("Het toewijzingsnummer is ingevuld.", "The referral number is filled in."),
		Message: text("Toewijzing {1} is gevonden op BSN, aanbieder, product en datum.", "Referral {1} was found by BSN, provider, product and date."),
		Remedy:  text("Vul voortaan het toewijzingsnummer in.", "From now on, fill in the referral number."),
		Record:  referralGiven,
	},
	{
		Code: billing.R14, Severity: billing.Signal, NotOf: billing.OfMessages, Source: "own", TellsReferral: true, After: noReferral,
		Title:   text("De geboortedatum is die van de toewijzing.", "The birth date is that of the referral."),
		Message: text("De geboortedatum wijkt af van die in toewijzing {1}.", "The birth date differs from the one in referral {1}."),
		Remedy:  text("Ga na of het BSN en de geboortedatum bij dezelfde cliënt horen.", "Check that the BSN and the birth date belong to the same client."),
		Record:  sameBirthDate,
	},
	changedReferral,
}

func referralKnown(c *billing.Case) {
	if c.Referral == nil {
		values := []string{bsn.Shown(c.Record.ReferralNumber)}
		if c.SeveralReferrals() {
			values = append(values, "several")
		}
		c.Find(billing.FieldReferral, values...)
	}
}

func sameClient(c *billing.Case) {
	if c.Record.BSN != c.Referral.BSN {
		c.Find(billing.FieldBSN, c.Referral.Number)
	}
}

func sameProvider(c *billing.Case) {
	if c.Record.Provider != c.Referral.Provider {
		c.Find(billing.FieldProvider, c.Referral.Number)
	}
}

func sameCategory(c *billing.Case) {
	if c.Referral.Product == "" && c.Referral.Category != "" && c.Referral.Category != c.Product.Category {
		c.Find(billing.FieldProduct, c.Referral.Number, c.Referral.Category, c.Product.Code, c.Product.Category)
	}
}

func sameProduct(c *billing.Case) {
	if c.Referral.Product == "" {
		return
	}
	if product := c.Judge.Book.Product(c.Referral.Product); product.Code != c.Product.Code {
		c.Find(billing.FieldProduct, c.Referral.Number, product.Code, c.Product.Code)
	}
}

func sameUnit(c *billing.Case) {
	if c.Record.Prestatie != nil {
		prestatieUnit(c)
		return
	}
	if c.Referral.HasVolume && c.Referral.VolumeUnit != c.Record.Unit {
		c.Find(billing.FieldUnit, c.Referral.Number, c.Referral.VolumeUnit.String(), c.Record.Unit.String())
	}
}

func notBeforeStart(c *billing.Case) {
	if c.Record.First < c.Referral.Start {
		c.Find(billing.FieldDate, c.Referral.Number, c.Referral.Start.String(), c.Record.First.String())
	}
}

func notAfterEnd(c *billing.Case) {
	if !c.Referral.End.IsZero() && c.Record.LastDay() > c.Referral.End {
		c.Find(billing.FieldDate, c.Referral.Number, c.Referral.End.String(), c.Record.LastDay().String())
	}
}

func notWithdrawn(c *billing.Case) {
	if c.Referral.Withdrawn() {
		c.Find(billing.FieldReferral, c.Referral.Number)
	}
}

func sameMunicipality(c *billing.Case) {
	if c.Named != nil && c.Named.Code != c.Municipality.Code {
		c.Find(billing.FieldMunicipality, c.Referral.Number, c.Municipality.Name, c.Named.Name)
	}
}

func expectedReferrer(c *billing.Case) {
	if c.Referral.Referrer == "" || len(c.Segment.Referrers) == 0 || slices.Contains(c.Segment.Referrers, c.Referral.Referrer) {
		return
	}
	c.Find(billing.FieldReferral, c.Referral.Number, billing.Mask(c.Referral.Referrer), c.Segment.Code, expectedReferrers(c))
}

func coordinationPoint(c *billing.Case) {
	if !c.Product.CoordinationPoint || c.Referral.Start < c.Judge.Policy.CoordinationPointFrom || c.Referral.CoordinationPoint != "" {
		return
	}
	own := ""
	if c.Referral.OwnPlacement {
		own = "own"
	}
	c.Find(billing.FieldReferral, c.Referral.Number, c.Product.Name, c.Referral.Start.String(), own)
}

func referralGiven(c *billing.Case) {
	if c.WasFound {
		c.Find(billing.FieldReferral, c.Referral.Number)
	}
}

// municipalityNamed returns the name of the municipality that the record names; "" if none.
func municipalityNamed(c *billing.Case) string {
	if c.Named == nil {
		return ""
	}
	return c.Named.Name
}

// expectedReferrers returns the referrers that the segment expects; "" when it expects any.
func expectedReferrers(c *billing.Case) string { return strings.Join(c.Segment.Referrers, ", ") }

func sameBirthDate(c *billing.Case) {
	if !c.Record.BirthDate.IsZero() && !c.Referral.BirthDate.IsZero() && c.Record.BirthDate != c.Referral.BirthDate {
		c.Find(billing.FieldBirthDate, c.Referral.Number)
	}
}
