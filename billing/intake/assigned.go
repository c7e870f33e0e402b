package intake

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/rules"
)

// takeAssigned takes the products of a JW301 as versions of referrals. A product that breaks a rule is reported and not
// taken.
func (g *group) takeAssigned(message *ijw.Message301) error {
	broken := make(map[int]bool) // by the place of the product, from 1; 0 is the client
	for _, breach := range message.Breaches() {
		if !breach.Rule.Reported {
			broken[breach.Place.Part] = true
		}
		g.reportBreach(message, &breach)
	}
	if broken[0] {
		return nil
	}
	for i := range message.Assigned.Products {
		if broken[i+1] {
			continue
		}
		if err := g.takeAssignment(message, &message.Assigned.Products[i]); err != nil {
			return err
		}
	}
	return nil
}

// reportBreach reports a rule that the message breaks.
func (g *group) reportBreach(message *ijw.Message301, breach *ijw.Breach) {
	rule := &billing.Rule{Message: breach.Rule.Message, Remedy: breach.Rule.Remedy}
	write := func(language string) string {
		return breach.Rule.Code + ", " + cmp.Or(breach.Place.Element, breach.Rule.Element) + ": " + rules.Message(rule, breach.Values, language) + " " +
			rules.Remedy(rule, breach.Values, language)
	}
	number := ""
	if part := breach.Place.Part; part > 0 {
		number = strconv.FormatInt(message.Assigned.Products[part-1].Number.Value, 10)
	}
	g.referralProblems = append(g.referralProblems, ReferralProblem{
		File: g.file.result.Name, Row: breach.Place.Line, Number: number, Reason: billing.Text{Dutch: write("nl"), English: write("en")},
	})
}

// takeAssignment takes one product as a version of the referral with its municipality and number. Of two versions the one
// decided last counts, whatever the order of the files (IV013); if they are equal, that of the later file.
func (g *group) takeAssignment(message *ijw.Message301, a *ijw.Assignment) error {
	row := assignedRow(message, a)
	known, err := g.tx.LatestReferrals(g.ctx, billing.PaddedNumbers(row.Number))
	if err != nil {
		return err
	}
	before := g.assignedBefore(known, row)
	if before != nil {
		row.Number = before.Number
	} else {
		row.Number = freeSpelling(known, row)
	}
	if before != nil && before.AssignedAt != 0 && laterThan(before, &row.Referral) {
		g.file.result.Skipped++
		return nil
	}
	if before != nil && g.file.again.older(before.FileID) {
		return g.insertReferral(before, row)
	}
	next, cells := billing.MergeReferral(before, row)
	switch {
	case next == nil:
		g.refuseReferral(row, cells, billing.Text{})
		return nil
	case before != nil && before.BSN != next.BSN:
		g.refuseReferral(row, nil, billing.Text{
			Dutch:   "dit nummer is in deze gemeente al bekend voor een andere cliënt.",
			English: "this number is already known in this municipality for another client.",
		})
		return nil
	case before != nil && sameReferral(before, next):
		g.file.result.Skipped++
		return nil
	}
	g.file.result.Referrals++
	g.mark(next.BSN)
	file, received := g.cameIn()
	next.Received, next.Given = received, columnsOf(row)
	return g.tx.AddReferral(g.ctx, next, file)
}

// assignedBefore returns the version that precedes a row, among the referrals with its whole number: that of its
// municipality, preferably that of its client; nil for none.
func (g *group) assignedBefore(known map[string][]*billing.Referral, row *billing.ReferralRow) *billing.Referral {
	var before *billing.Referral
	for _, number := range billing.PaddedNumbers(row.Number) {
		for _, referral := range known[number] {
			if g.in.municipality(referral.Municipality) != g.in.municipality(row.Municipality) {
				continue
			}
			if before == nil || referral.BSN == row.BSN && before.BSN != row.BSN {
				before = referral
			}
		}
	}
	return before
}

// freeSpelling returns a spelling of a row's whole number that its client has no referral under yet: another municipality
// may have given the client the same number, and a client can have each spelling once.
func freeSpelling(known map[string][]*billing.Referral, row *billing.ReferralRow) string {
	for _, number := range billing.PaddedNumbers(row.Number) {
		if !slices.ContainsFunc(known[number], func(r *billing.Referral) bool { return r.BSN == row.BSN }) {
			return number
		}
	}
	return row.Number
}

// laterThan reports whether the known version was decided after the one in a message.
func laterThan(known, now *billing.Referral) bool {
	return cmp.Or(cmp.Compare(known.Assigned, now.Assigned), cmp.Compare(known.AssignedAt, now.AssignedAt)) > 0
}

// assignedRow returns an assignment as a referral row. An absent element clears its column; columns that a JW301 does not
// have keep what a spreadsheet said.
func assignedRow(message *ijw.Message301, a *ijw.Assignment) *billing.ReferralRow {
	row := &billing.ReferralRow{Referral: billing.Referral{
		Number: strconv.FormatInt(a.Number.Value, 10), BSN: message.Assigned.BSN, BirthDate: message.Assigned.BirthDate(),
		Municipality: message.Header.Sender, Provider: message.Header.Receiver, Product: a.Product, Category: a.Category,
		Start: a.Start.Date, End: a.End.Date, HasVolume: a.Volume.Given(), Assigned: a.Decided.Day.Date, AssignedAt: nanoseconds(a.Decided.Time),
		HasBudget: a.Budget.Given(), Budget: billing.Money(a.Budget.Value), Status: "actief", Row: a.Line,
	}}
	switch {
	case a.Deleted():
		row.Status = billing.StatusWithdrawn
	case a.Reason != "":
		row.Status = "gewijzigd"
	}
	if row.HasVolume {
		row.VolumeText, row.VolumeWritten, row.Frequency = decimal.NewFromInt(a.Volume.Value), billing.WrittenOf(string(a.Unit)), a.Frequency
	}
	for _, field := range []billing.ReferralField{
		billing.ReferralNumber, billing.ReferralBSN, billing.ReferralBirthDate, billing.ReferralMunicipality, billing.ReferralProvider, billing.ReferralProduct,
		billing.ReferralCategory, billing.ReferralStart, billing.ReferralEnd, billing.ReferralVolume, billing.ReferralUnit, billing.ReferralFrequency,
		billing.ReferralBudget, billing.ReferralAssigned, billing.ReferralStatus,
	} {
		row.Present[field] = true
	}
	return row
}

// nanoseconds returns a time of day as nanoseconds since midnight plus one, so that 0 means no time (Referral.AssignedAt).
func nanoseconds(clock ijw.ClockText) int64 {
	whole, fraction, _ := strings.Cut(string(clock), ".")
	at, err := time.Parse("15:04:05", whole)
	if err != nil { // 24:00:00 is the end of the day
		at = time.Date(0, 1, 2, 0, 0, 0, 0, time.UTC)
	}
	parts, _ := strconv.ParseInt((fraction + "000000000")[:9], 10, 64)
	return int64(at.Sub(time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC))) + parts + 1
}
