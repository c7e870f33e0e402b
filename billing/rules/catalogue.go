package rules

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// All returns the rules in the order in which they are judged: P05 decides whether C and P are judged at all,
// and the rules that look at all records of a client need to know which of them were rejected.
func All() []billing.Rule {
	return withPrestatieTexts(slices.Concat(rowRules, identityRules, referralRules, settlementRules, contractRules, priceRules, durationRules,
		segmentRules, ageRules, timeRules, ambiguityRules, messageRules, plausibilityRules, volumeRules))
}

// Catalogue returns the rules ready for judging.
func Catalogue() *billing.Catalogue { return billing.NewCatalogue(All()) }

// Sorted returns the rules by their code, as people look them up.
func Sorted() []billing.Rule {
	rules := All()
	slices.SortFunc(rules, func(a, b billing.Rule) int { return int(a.Code) - int(b.Code) })
	return rules
}
