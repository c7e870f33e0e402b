package rules

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// All returns the rules in judging order. P05 comes before the rules of C and P, because it decides whether they are
// judged at all. Rules that compare the records of a client are judged after all rules on single records, wherever they
// stand in the list: they need to know which records were rejected.
func All() []billing.Rule {
	return withPrestatieTexts(slices.Concat(rowRules, identityRules, referralRules, settlementRules, contractRules, priceRules, durationRules,
		segmentRules, ageRules, timeRules, ambiguityRules, messageRules, plausibilityRules, volumeRules))
}

// Catalogue returns the rules ready for judging.
func Catalogue() *billing.Catalogue { return billing.NewCatalogue(All()) }

// Sorted returns the rules sorted by code, as people look them up.
func Sorted() []billing.Rule {
	rules := All()
	slices.SortFunc(rules, func(a, b billing.Rule) int { return int(a.Code) - int(b.Code) })
	return rules
}
