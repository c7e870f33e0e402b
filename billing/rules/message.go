package rules

import (
	"slices"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
)

// The packages that find what is wrong with a message as a whole, and what no single prestatie shows.
const (
	messages = "billing/ijw"
	batch    = "billing/batch"
	judge    = "billing"
)

// messageRules are the rules of iJw that rules.md does not have. Their texts and return codes come from package ijw,
// which holds the standard.
var messageRules = []billing.Rule{
	ofMessage(billing.J01, "CD060", messages), ofMessage(billing.J02, "CD087", messages), ofMessage(billing.J03, "CS100", messages),
	ofMessage(billing.J04, "CS325", messages), ofMessage(billing.J05, "CS337", messages), ofMessage(billing.J06, "CS339", messages),
	ofMessage(billing.J07, "CS340", messages), ofMessage(billing.J08, "TR101", messages), ofMessage(billing.J09, "TR134", messages),
	ofMessage(billing.J10, "TR137", messages), ofMessage(billing.J11, "TR315", messages), ofMessage(billing.J12, "TR316", messages),
	ofMessage(billing.J13, "TR335", messages), ofMessage(billing.J14, "TR358", messages), ofMessage(billing.J15, "TR416", messages),
	ofMessage(billing.J16, "TR056", batch), ofMessage(billing.J17, "TR135", batch), ofMessage(billing.J18, "TR333", batch),
	ofMessage(billing.J19, "TR318", batch),
	ofPrestatie(billing.J20, "TR304", nil),
	ofPrestatie(billing.J21, "TR339", categoryOfReferral, billing.R01),
	ofPrestatie(billing.J22, "TR381", categoryOfProduct),
	ofPrestatie(billing.J23, "TR387", beginsWithMonth, billing.R01, billing.R07),
	ofPrestatie(billing.J24, "TR388", endsWithMonth, billing.R01, billing.R08),
	ofPrestatie(billing.J25, "TR319", withinDeclaration),
	ofCredit(billing.J26, "TR323", creditsApproved),
	ofPrestatie(billing.J27, "TR389", nil),
	ofCredit(billing.J28, "TR390", creditedOnce),
}

// standard returns the rule of the standard with that name as a rule of the catalogue.
func standard(code billing.Code, name string) billing.Rule {
	rule := ijw.RuleOf(name)
	return billing.Rule{
		Code: code, Severity: billing.Reject, IJW: string(rule.Return), Source: "iJw", Standard: name, NotOf: billing.OfSpreadsheets,
		Title: rule.Title, Message: rule.Message, Remedy: rule.Remedy,
	}
}

// ofMessage returns a rule about a message, its declaration or a client in it; foundBy is the package that finds it.
func ofMessage(code billing.Code, name, foundBy string) billing.Rule {
	rule := standard(code, name)
	rule.About, rule.FoundBy = billing.AboutMessage, foundBy
	return rule
}

// ofPrestatie returns a rule on one prestatie; if record is nil, the judge itself finds it.
func ofPrestatie(code billing.Code, name string, record func(*billing.Case), after ...billing.Code) billing.Rule {
	rule := standard(code, name)
	rule.Record, rule.After = record, billing.Codes(after...)
	if record == nil {
		rule.FoundBy = judge
	}
	return rule
}

// ofCredit returns a rule that is judged only on credits.
func ofCredit(code billing.Code, name string, record func(*billing.Case)) billing.Rule {
	rule := ofPrestatie(code, name, record)
	rule.OfCredit, rule.NotOf = true, billing.OfSpreadsheets|billing.OfMessages
	return rule
}

// levelTwo are the rules of rules.md that stand for rules of level 2.
var levelTwo = map[string]billing.Code{"CS002": billing.F04}

// CodeOf returns the code in the catalogue of a rule of the standard: the one in family J, else that of the rule that says
// the same; NoCode when there is none.
func CodeOf(rule *ijw.Rule) billing.Code {
	if at := slices.IndexFunc(messageRules, func(r billing.Rule) bool { return r.Standard == rule.Code }); at >= 0 {
		return messageRules[at].Code
	}
	if code, ok := levelTwo[rule.Code]; ok {
		return code
	}
	return rule.Same
}

// asPrestatie converts the record of a prestatie to the type of package ijw.
func asPrestatie(r *billing.Record) *ijw.Prestatie {
	number, _ := strconv.ParseInt(r.ReferralNumber, 10, 64)
	p := &ijw.Prestatie{
		Reference: r.Reference, Previous: r.Prestatie.Previous, Referral: ijw.NumberOf(number), Category: r.Prestatie.Category,
		Product: r.Product, Period: ijw.SpanOf(r.First, r.LastDay()), Volume: ijw.NumberOf(r.Prestatie.Volume),
		Unit: ijw.Unit(r.Prestatie.Unit), Amount: ijw.AmountOf(r.Prestatie.Claimed),
	}
	if r.Prestatie.HasTariff {
		p.Tariff = ijw.NumberOf(r.Prestatie.Tariff)
	}
	return p
}

func categoryOfReferral(c *billing.Case) {
	if declared, assigned := c.Record.Prestatie.Category, c.Referral.Category; assigned != "" && declared != assigned {
		c.Find(billing.FieldProduct, declared, assigned, c.Referral.Number)
	}
}

func categoryOfProduct(c *billing.Case) {
	if declared := c.Record.Prestatie.Category; c.Product.Category != "" && declared != c.Product.Category {
		c.Find(billing.FieldProduct, c.Product.Code, declared)
	}
}

// wrongEnd reports whether the first or last day of the period is wrong in the way that the return code says.
func wrongEnd(c *billing.Case, code ijw.ReturnCode) bool {
	span := ijw.SpanOf(c.Record.First, c.Record.LastDay())
	return slices.Contains(span.WrongEnds(c.Referral.Start, c.Referral.End), code)
}

func beginsWithMonth(c *billing.Case) {
	if wrongEnd(c, "9387") {
		expected, _ := ijw.Expected(c.Record.CareMonth(), c.Referral.Start, c.Referral.End)
		c.Find(billing.FieldDate, c.Record.First.String(), expected.String())
	}
}

func endsWithMonth(c *billing.Case) {
	if wrongEnd(c, "9388") {
		_, expected := ijw.Expected(c.Record.LastDay().Period(), c.Referral.Start, c.Referral.End)
		c.Find(billing.FieldDate, c.Record.LastDay().String(), expected.String())
	}
}

func withinDeclaration(c *billing.Case) {
	if to := c.Record.Prestatie.DeclaredTo; c.Record.LastDay() > to {
		c.Find(billing.FieldDate, c.Record.LastDay().String(), to.String())
	}
}

func creditsApproved(c *billing.Case) {
	debit := c.Debit()
	if debit == nil || !debit.SameMunicipality(c) || !asPrestatie(c.Record).Repeats(asPrestatie(debit.Record)) {
		c.Find(billing.FieldReference, billing.Mask(c.Record.Prestatie.Previous))
	}
}

func creditedOnce(c *billing.Case) {
	if debit := c.Debit(); debit != nil && debit.Credited() {
		c.Find(billing.FieldReference, billing.Mask(c.Record.Prestatie.Previous))
	}
}

// prestatieUnit checks the unit of a prestatie against that of the referral's volume: minutes are allowed on hours.
func prestatieUnit(c *billing.Case) {
	if assigned := c.Referral.WrittenUnit(); c.Referral.HasVolume && !ijw.Unit(c.Record.Prestatie.Unit).Fits(ijw.Unit(assigned)) {
		c.Find(billing.FieldUnit, c.Referral.Number, c.Referral.VolumeWritten, billing.WrittenOf(c.Record.Prestatie.Unit))
	}
}

// findPrestatiePrice sets the price of a prestatie: among the prices valid on a day of its period the one that gives the
// claimed tariff, else that of its first day.
func findPrestatiePrice(c *billing.Case) {
	settled, ok := settle(c)
	if !ok || settled.WrongTariff && c.Judge.Book.PriceOn(c.Product, c.Record.Unit, c.Record.Provider, c.Record.First) == nil {
		c.Find(billing.FieldDate, c.Product.Code, c.Record.Unit.String(), c.Record.First.String())
		return
	}
	c.Price = settled.Price
}

// settle settles a prestatie with the prices that are valid on a day of its period; see ijw.Prestatie.Settle.
func settle(c *billing.Case) (ijw.Settlement, bool) {
	var prices []billing.Price
	for day := c.Record.First; day <= c.Record.LastDay(); day = day.AddDays(1) {
		row := c.Judge.Book.PriceOn(c.Product, c.Record.Unit, c.Record.Provider, day)
		if row != nil && !slices.Contains(prices, row.Price) {
			prices = append(prices, row.Price)
		}
	}
	return asPrestatie(c.Record).Settle(prices)
}

func prestatieTariff(c *billing.Case) {
	if settled, ok := settle(c); ok && settled.WrongTariff {
		agreed, _ := ijw.TariffFor(c.Price, ijw.Unit(c.Record.Prestatie.Unit))
		c.Find(billing.FieldClaimedPrice, euros(c.Record.Prestatie.Tariff), itoa(int(agreed)))
	}
}

func prestatieAmount(c *billing.Case) {
	if settled, ok := settle(c); ok && settled.WrongAmount {
		due, _ := ijw.Due(c.Price, ijw.Unit(c.Record.Prestatie.Unit), c.Record.Prestatie.Volume)
		c.Find(billing.FieldClaimedAmount, euros(int64(c.Record.Prestatie.Claimed)), cents(due))
	}
}
