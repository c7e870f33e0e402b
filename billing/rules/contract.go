package rules

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

var (
	notSettled        = billing.Codes(billing.P05)
	noProvider        = billing.Codes(billing.P05, billing.C01)
	noContract        = billing.Codes(billing.P05, billing.C01, billing.C02)
	noContractForArea = billing.Codes(billing.P05, billing.C01, billing.C02, billing.C03)
)

// settlementRules check whether the product is settled per P*Q at all; only then are C and P judged.
var settlementRules = []billing.Rule{{
	Code: billing.P05, Severity: billing.Reject, Source: "HvB",
	Title:   text("Het segment wordt per P*Q afgerekend.", "The segment is settled per P*Q."),
	Message: text("Product {1} hoort bij segment {2}, dat niet per P*Q wordt afgerekend.", "Product {1} belongs to segment {2}, which is not settled per P*Q."),
	Remedy:  text("Declareer deze zorg langs de afgesproken andere weg.", "Declare this care in the other way that has been agreed."),
	Record: func(c *billing.Case) {
		if !c.Segment.SettledPQ {
			c.Find(billing.FieldProduct, c.Product.Code, c.Segment.Code)
		}
	},
	Compare: func(c *billing.Case, _ *billing.RoomUse) []billing.Compared {
		return []billing.Compared{shown("segment", "segment", "", c.Segment.Code)}
	},
}}

// contractRules hold a record against the provider's contracts on the care date.
var contractRules = []billing.Rule{
	{
		Code: billing.C01, Severity: billing.Reject, Source: "S2, S4", After: notSettled,
		Title:   text("De aanbieder staat in het contractenboek.", "The provider is in the contract book."),
		Message: text("Aanbieder {1} staat niet in het contractenboek.", "Provider {1} is not in the contract book."),
		Remedy:  text("Controleer de AGB-code; anders is er geen contract met de regio.", "Check the AGB code; if it is right, there is no contract with the region."),
		Record: func(c *billing.Case) {
			if c.Judge.Book.Provider(c.Record.Provider) == nil {
				c.Find(billing.FieldProvider, c.Record.Provider)
			}
		},
		Compare: func(c *billing.Case, _ *billing.RoomUse) []billing.Compared {
			name := c.Record.Provider
			if provider := c.Judge.Book.Provider(name); provider != nil {
				name += " " + provider.Name
			}
			return []billing.Compared{shown("aanbieder", "provider", "", name)}
		},
	},
	{
		Code: billing.C02, Severity: billing.Reject, Source: "S2, S4", After: noProvider,
		Title:   text("De aanbieder heeft op de zorgdatum een contract voor het segment.", "The provider has a contract for the segment on the care date."),
		Message: text("Geen contract voor segment {1} ({2}) op {3:date}.", "No contract for segment {1} ({2}) on {3:date}."),
		Remedy:  text("Neem contact op met contractbeheer van de regio.", "Contact the region's contract management."),
		Record: func(c *billing.Case) {
			if len(c.Contracts()) == 0 {
				c.Find(billing.FieldProvider, c.Segment.Code, c.Segment.Name, c.Record.First.String())
			}
		},
		Compare: compareContracts,
	},
	{
		Code: billing.C03, Severity: billing.Reject, Source: "S4, Jw 2.7a", TellsReferral: true, After: noContract,
		Title:   text("De aanbieder heeft een contract voor het gebied van de gemeente.", "The provider has a contract for the municipality's area."),
		Message: text("Geen contract voor segment {1} in het gebied van {2} op {3:date}.", "No contract for segment {1} in the area of {2} on {3:date}."),
		Remedy:  text("Verwijs naar een aanbieder in het gebied; bij verhuizing kan de gemeente voortzetting toestaan.", "Refer to a provider in the area; after a move, the municipality may allow the care to continue."),
		Record: func(c *billing.Case) {
			if len(c.ContractsForArea()) == 0 {
				c.Find(billing.FieldProvider, c.Segment.Code, c.Municipality.Name, c.Record.First.String())
			}
		},
		Compare: func(c *billing.Case, _ *billing.RoomUse) []billing.Compared {
			return []billing.Compared{shown("daarvan voor het gebied van de gemeente:", "of them for the municipality's area:", "", itoa(len(c.ContractsForArea())))}
		},
	},
	{
		Code: billing.C04, Severity: billing.Reject, Source: "own", After: noContractForArea,
		Title:   text("Het contract omvat het product.", "The contract includes the product."),
		Message: text("Het contract voor segment {1} omvat product {2} niet.", "The contract for segment {1} does not include product {2}."),
		Remedy:  text("Gebruik een gecontracteerd product of neem contact op met contractbeheer.", "Use a contracted product or contact contract management."),
		Record: func(c *billing.Case) {
			includes := func(contract *billing.Contract) bool { return contract.Includes(c.Product.Code) }
			if !slices.ContainsFunc(c.ContractsForArea(), includes) {
				c.Find(billing.FieldProduct, c.Segment.Code, c.Product.Code)
			}
		},
		Compare: func(c *billing.Case, _ *billing.RoomUse) []billing.Compared {
			return []billing.Compared{shown("product", "product", "", c.Product.Code)}
		},
	},
	{
		Code: billing.C05, Severity: billing.Signal, Source: "own", About: billing.AboutContract,
		Title:   text("Het gedeclareerde bedrag blijft binnen het budgetplafond.", "The declared amount stays within the budget ceiling."),
		Message: text("Contract {1}: {2:eur} gedeclareerd over {3}, {4} % van het plafond van {5:eur}.", "Contract {1}: {2:eur} declared in {3}, {4} % of the ceiling of {5:eur}."),
		Remedy:  text("Overleg met contractbeheer over het plafond.", "Talk to contract management about the ceiling."),
		Ceiling: withinCeiling,
	},
}

// withinCeiling reports a contract on which at least the warning percentage of its ceiling was declared.
func withinCeiling(ceiling *billing.Ceiling, policy billing.Policy) (values []string, found bool) {
	if !ceiling.Reaches(policy.CeilingWarning) {
		return nil, false
	}
	return []string{ceiling.Contract(), cents(ceiling.Declared), itoa(ceiling.Year), itoa(ceiling.Percentage()), cents(ceiling.Limit)}, true
}
