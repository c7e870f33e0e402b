package terminal

import (
	"fmt"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// compared writes the values that a rule held against each other when it found nothing; "" when the rule looks
// at the row alone or at personal data.
func (p *Printer) compared(e *workspace.Story, code billing.Code) string {
	c := e.Case
	if c == nil || c.Product == nil {
		return ""
	}
	switch {
	case code == billing.F09:
		return p.pair("zorgdatum", "care date", p.date(c.Record.First), "ingelezen", "taken in", p.date(c.Record.Received))
	case code >= billing.C01 && code <= billing.C04:
		return p.comparedContract(c, code)
	case code >= billing.P01 && code <= billing.P05:
		return p.comparedPrice(c, code)
	case code >= billing.T01 && code <= billing.T04:
		return p.comparedTime(e, code)
	case c.Referral == nil:
		return ""
	case code >= billing.R01 && code <= billing.R14:
		return p.comparedReferral(c, code)
	case code == billing.D01 && !e.Use.LastDay.IsZero():
		return p.pair("laatste dag binnen de maximale duur", "last day inside the maximum", p.date(e.Use.LastDay), "zorgdatum", "care date", p.date(c.Record.First))
	case (code == billing.A01 || code == billing.A02) && !c.BirthDate().IsZero():
		limit := c.Product.AgeLimitOrDefault()
		if code == billing.A02 {
			limit = c.Run.Policy.AgeMaximum
		}
		return p.pair("leeftijd", "age", fmt.Sprint(c.BirthDate().AgeOn(c.Record.First)), "grens", "limit", fmt.Sprint(limit))
	}
	return p.comparedRoom(e, code)
}

// pair writes two values with what each of them is.
func (p *Printer) pair(dutch, english, value, otherDutch, otherEnglish, other string) string {
	return fmt.Sprintf("%s %s; %s %s", p.text(dutch, english), value, p.text(otherDutch, otherEnglish), other)
}

func (p *Printer) comparedReferral(c *billing.Case, code billing.Code) string {
	r := c.Referral
	switch code {
	case billing.R01:
		return p.pair("gebruikt", "used", r.Number, "opgegeven", "given", orNone(c.Record.ReferralNumber))
	case billing.R03:
		return p.pair("toewijzing", "referral", r.Provider, "zorgregel", "record", c.Record.Provider)
	case billing.R04:
		return p.pair("categorie van de toewijzing", "referral's category", orNone(r.Category), "van het product", "product's", c.Product.Category)
	case billing.R05:
		return p.pair("product van de toewijzing", "referral's product", orNone(r.Product), "zorgregel", "record", c.Product.Code)
	case billing.R06:
		return p.pair("eenheid van de toewijzing", "referral's unit", orNone(rules.Show("unit", r.VolumeUnit.String(), p.Language)),
			"zorgregel", "record", rules.Show("unit", c.Record.Unit.String(), p.Language))
	case billing.R07:
		return p.pair("toewijzing vanaf", "referral from", p.date(r.Start), "zorgdatum", "care date", p.date(c.Record.First))
	case billing.R08:
		return p.pair("toewijzing tot en met", "referral up to", orNone(p.date(r.End)), "zorgdatum", "care date", p.date(c.Record.First))
	case billing.R09:
		return p.text("status", "status") + " " + orNone(r.Status)
	case billing.R10:
		own := ""
		if c.Own != nil {
			own = c.Own.Name
		}
		return p.pair("gemeente van de toewijzing", "referral's municipality", c.Municipality.Name, "zorgregel", "record", orNone(own))
	case billing.R11:
		return p.pair("verwijzer", "referrer", orNone(r.Referrer), "verwacht", "expected", orNone(fmt.Sprint(c.Segment.Referrers)))
	}
	return ""
}

func (p *Printer) comparedContract(c *billing.Case, code billing.Code) string {
	switch code {
	case billing.C01:
		return p.text("aanbieder", "provider") + " " + p.providerName(c.Record.Provider)
	case billing.C02:
		return fmt.Sprintf("%s %s %s %s: %d", p.text("contracten voor segment", "contracts for segment"), c.Segment.Code, p.text("op", "on"), p.date(c.Record.First), len(c.Contracts()))
	case billing.C03:
		return fmt.Sprintf("%s: %d", p.text("daarvan voor het gebied van de gemeente", "of them for the municipality's area"), len(c.ContractsForArea()))
	}
	return p.text("product", "product") + " " + c.Product.Code
}

func (p *Printer) comparedPrice(c *billing.Case, code billing.Code) string {
	amount := c.Price.Times(c.Record.Quantity, c.Record.Unit)
	switch {
	case code == billing.P02:
		return p.text("tarief", "price") + " " + p.euros(billing.Money(c.Price))
	case code == billing.P03 && c.Record.ClaimedPrice != nil:
		return p.pair("opgegeven", "claimed", c.Record.ClaimedPrice.StringFixed(2), "tarief", "price", c.Price.String())
	case code == billing.P04 && c.Record.ClaimedAmount != nil:
		return p.pair("opgegeven", "claimed", c.Record.ClaimedAmount.StringFixed(2), "tarief × aantal", "price × quantity", amount.String())
	case code == billing.P05:
		return "segment " + c.Segment.Code
	}
	return ""
}

func (p *Printer) comparedTime(e *workspace.Story, code billing.Code) string {
	record := e.Case.Record
	last := record.First.Period().Add(e.Case.Run.Policy.LateMonths).Last()
	switch code {
	case billing.T01:
		return p.pair("eerst ontvangen", "first received", p.date(record.FirstReceived), "kon tot en met", "could be until", p.date(last))
	case billing.T04:
		return p.pair("deze versie", "this version", p.date(record.Received), "kon tot en met", "could be until", p.date(last))
	case billing.T02:
		return p.pair("zorgmaand", "care month", record.First.Period().String(), "periode", "period", e.Run.Month().String())
	}
	return p.pair("zorgmaand", "care month", record.First.Period().String(), "bevroren voor", "frozen before", orNone(e.Case.Run.Policy.RecalculateFrom.String()))
}

// comparedRoom writes what V01–V03 counted, the record itself included.
func (p *Printer) comparedRoom(e *workspace.Story, code billing.Code) string {
	r, use := e.Case.Referral, e.Use
	switch {
	case code == billing.V01 && use.MonthLimited:
		return p.used(use.MonthRoom, use.Month, r.VolumeUnit)
	case code == billing.V02 && use.WholeLimited:
		return p.used(use.WholeRoom, use.Whole, r.VolumeUnit)
	case code == billing.V03 && r.HasBudget:
		return p.pair("budget", "budget", p.euros(r.Budget), "gedeclareerd", "declared", p.euros(use.Spent))
	}
	return ""
}

// orNone shows that there is no value.
func orNone(value string) string {
	if value == "" || value == "[]" {
		return "–"
	}
	return value
}
