// The P rules, which set the price of a record and check what the provider claims against it. A record comes here from
// billing/judge.go with its product looked up; the price that findPrice sets goes with it to billing/line.go.

package rules

import (
	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
)

var (
	noUnitAllowed = billing.Codes(billing.P05, billing.P01)
	noPrice       = billing.Codes(billing.P05, billing.P01, billing.P02)
)

// priceRules set the price of a record and check what the provider claims against it.
var priceRules = []billing.Rule{
	{
		Code: billing.P01, Severity: billing.Reject, Source: "S2, S4", After: notSettled,
		Title:   text("Het product mag in deze eenheid geleverd worden.", "The product may be delivered in this unit."),
		Message: text("Product {1} wordt niet per {2:unit} afgerekend.", "Product {1} is not settled per {2:unit}."),
		Remedy:  text("Lever aan in de eenheid van het product.", "Submit it in the unit of the product."),
		Record: func(c *billing.Case) {
			if !c.Product.Allows(c.Record.Unit) {
				c.Find(billing.FieldUnit, c.Product.Code, c.Record.Unit.String())
			}
		},
	},
	{
		Code: billing.P02, Severity: billing.Hold, Source: "own", After: noUnitAllowed, NoLift: true,
		Title:   text("Op de zorgdatum geldt een tarief.", "There is a valid price on the care date."),
		Message: text("Voor product {1} per {2:unit} geldt op {3:date} geen tarief.", "There is no valid price for product {1} per {2:unit} on {3:date}."),
		Remedy:  text("Vul het contractenboek aan; de regel telt dan vanzelf mee.", "Complete the contract book; the record then counts automatically."),
		Record:  findPrice,
		Compare: func(c *billing.Case, _ *billing.RoomUse) []billing.Compared {
			return []billing.Compared{shown("tarief", "price", "eur", cents(c.Price))}
		},
	},
	{
		Code: billing.P03, Severity: billing.Signal, OfMessage: billing.Reject, IJW: "0611", Source: "iJw", After: noPrice,
		Title:   text("Het opgegeven tarief is het contracttarief.", "The claimed price is the contract's price."),
		Message: text("Opgegeven tarief {1:amount}; het contracttarief is {2:eur}.", "Claimed price {1:amount}; the contract's price is {2:eur}."),
		Remedy:  text("Er is met het contracttarief gerekend; pas uw administratie aan.", "The contract's price was used; correct your records."),
		Record: func(c *billing.Case) {
			if c.Record.Prestatie != nil {
				prestatieTariff(c)
				return
			}
			if claimed := c.Record.ClaimedPrice; claimed != nil && !claimed.Equal(c.Price.Decimal()) {
				c.Find(billing.FieldClaimedPrice, claimed.String(), cents(c.Price))
			}
		},
		Compare: func(c *billing.Case, _ *billing.RoomUse) []billing.Compared {
			return compareClaim(c.Record.ClaimedPrice, "tarief", "price", c.Price.String())
		},
	},
	{
		Code: billing.P04, Severity: billing.Signal, OfMessage: billing.Reject, IJW: "9346", Source: "iJw", After: noPrice,
		Title:   text("Het opgegeven bedrag is tarief × aantal.", "The claimed amount is price × quantity."),
		Message: text("Opgegeven bedrag {1:amount}; tarief × aantal is {2:eur}.", "Claimed amount {1:amount}; price × quantity is {2:eur}."),
		Remedy:  text("Er is met tarief × aantal gerekend; pas uw administratie aan.", "Price × quantity was used; correct your records."),
		Record: func(c *billing.Case) {
			if c.Record.Prestatie != nil {
				prestatieAmount(c)
				return
			}
			amount := c.Price.Times(c.Record.Quantity, c.Record.Unit)
			if claimed := c.Record.ClaimedAmount; claimed != nil && !claimed.Equal(amount.Decimal()) {
				c.Find(billing.FieldClaimedAmount, claimed.String(), cents(amount))
			}
		},
		Compare: func(c *billing.Case, _ *billing.RoomUse) []billing.Compared {
			return compareClaim(c.Record.ClaimedAmount, "tarief × aantal", "price × quantity", c.Price.Times(c.Record.Quantity, c.Record.Unit).String())
		},
	},
}

// findPrice sets the price of the record, or reports that none is valid. A declared version then keeps the price at
// which it was declared last.
func findPrice(c *billing.Case) {
	if c.Record.Prestatie != nil {
		findPrestatiePrice(c)
		return
	}
	if row := c.Judge.Book.PriceOn(c.Product, c.Record.Unit, c.Record.Provider, c.Record.First); row != nil {
		c.Price = row.Price
		return
	}
	if c.IsDeclared() {
		c.Price = c.Record.DeclaredPrice
	}
	c.Find(billing.FieldDate, c.Product.Code, c.Record.Unit.String(), c.Record.First.String())
}

// compareClaim returns what the provider claimed and what the book says; nil when nothing was claimed.
func compareClaim(claimed *decimal.Decimal, dutch, english, agreed string) []billing.Compared {
	if claimed == nil {
		return nil
	}
	return []billing.Compared{shown("opgegeven", "claimed", "", claimed.StringFixed(2)), shown(dutch, english, "", agreed)}
}
