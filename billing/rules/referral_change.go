package rules

import (
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// changedReferral signals that a new version of a referral takes back declared care, because changes are seldom meant to
// be retroactive.
var changedReferral = billing.Rule{
	Code: billing.R15, Severity: billing.Signal, Source: "own", About: billing.AboutReferral,
	Title:    text("Een gewijzigde toewijzing raakt geen zorg die al gedeclareerd is.", "A changed referral does not affect care that was already declared."),
	Message:  text("Toewijzing {1} is {2:change}; dit crediteert {3:eur} over {4}.", "Referral {1} {2:change}; this credits {3:eur} over {4}."),
	Remedy:   text("Ga na of de wijziging met terugwerkende kracht bedoeld is.", "Check that the change is meant to apply retroactively."),
	Provider: billing.ProviderText{Remedy: text("Vraag de gemeente of de wijziging met terugwerkende kracht bedoeld is.", "Ask the municipality whether the change is meant to apply retroactively.")},
	Change:   takesBack,
}

// The kinds of change: keys of the texts of R15.
const (
	changeApproved  = "approved" // withdrawn while approved prestaties stand on it (TR385)
	changeWithdrawn = "withdrawn"
	changeMoved     = "moved"
	changeEnded     = "ended"
)

// takesBack reports a change that credits declared care: how much, and in which care months.
func takesBack(change *billing.ReferralChange) (values []string, found bool) {
	if change.Before != nil {
		what := whatChanged(change)
		amount, months := credited(change.Declaration, change.Before.Number, func(line *billing.DeclaredLine) bool {
			return what != changeEnded || lostByEnd(change, line)
		})
		if what != "" && amount != 0 {
			return []string{change.Before.Number, what, cents(amount), monthsText(months)}, true
		}
	}
	if len(change.Approved) == 0 || change.Now == nil || !change.Now.Withdrawn() {
		return nil, false
	}
	var months []billing.Period
	for _, c := range change.Approved {
		months = append(months, c.Record.CareMonth())
	}
	slices.Sort(months)
	return []string{change.Now.Number, changeApproved, cents(billing.Money(0)), monthsText(slices.Compact(months))}, true
}

// whatChanged returns the kind of change; "" for one that takes nothing back. A referral whose file was taken back counts as
// withdrawn.
func whatChanged(change *billing.ReferralChange) string {
	before, now := change.Before, change.Now
	switch {
	case now == nil, now.Withdrawn() && !before.Withdrawn():
		return changeWithdrawn
	case municipalityCode(change.Book, before) != municipalityCode(change.Book, now):
		return changeMoved
	case !now.End.IsZero() && (before.End.IsZero() || now.End < before.End):
		return changeEnded
	}
	return ""
}

// lostByEnd reports whether declared care of the line lies after the new end of the referral and is rejected now. Without it
// something else takes the line back, such as a decision or a newer version.
func lostByEnd(change *billing.ReferralChange, line *billing.DeclaredLine) bool {
	return slices.ContainsFunc(change.Cases, func(c billing.Case) bool {
		r := c.Record
		return r.Declared != 0 && c.Outcome == billing.Rejected && r.LastDay() > change.Now.End && r.CareMonth() == line.CareMonth &&
			r.Provider == line.Provider && r.Unit == line.Unit && billing.FoldProduct(r.Product) == billing.FoldProduct(line.Product)
	})
}

// municipalityCode returns the CBS code of a referral's municipality; "" if the book does not know it.
func municipalityCode(book *billing.Book, referral *billing.Referral) string {
	if municipality := book.Municipality(referral.Municipality); municipality != nil {
		return municipality.Code
	}
	return ""
}

// credited returns what the lines of a declaration that count take back on a referral, less what replaces it under the same
// key, and the care months of that in order.
func credited(declaration []billing.DeclaredLine, referral string, counts func(*billing.DeclaredLine) bool) (billing.Money, []billing.Period) {
	sums := make(map[billing.LineKey]billing.Money)
	for i := range declaration {
		line := &declaration[i]
		if line.Referral == referral && line.Kind.ChangesDeclared() && counts(line) {
			sums[line.LineKey] += line.Amount
		}
	}
	total, months := billing.Money(0), []billing.Period(nil)
	for key, sum := range sums {
		if sum < 0 {
			total -= sum
			months = append(months, key.CareMonth)
		}
	}
	slices.Sort(months)
	return total, slices.Compact(months)
}

// monthsText formats months, which must be sorted; three or more in a row are written as first – last.
func monthsText(months []billing.Period) string {
	var parts []string
	for len(months) > 0 {
		last := 0
		for last+1 < len(months) && months[last+1] == months[last].Add(1) {
			last++
		}
		switch last {
		case 0:
			parts = append(parts, months[0].String())
		case 1:
			parts = append(parts, months[0].String(), months[1].String())
		default:
			parts = append(parts, months[0].String()+" – "+months[last].String())
		}
		months = months[last+1:]
	}
	return strings.Join(parts, ", ")
}
