package billing

import (
	"fmt"
	"slices"
	"strings"
)

// Book is the contract book as read: who may deliver what, where, when and at what price. Call Index before
// looking anything up; an indexed book must not be changed.
//
// A product, municipality or provider that changes on some day has several rows with one code. Each row is valid from
// its From until the From of the next; the first one is valid before its From too. A record is judged by the rows that
// are valid on its care date, a line by those valid on the first day of its care month.
type Book struct {
	Segments       []Segment
	Products       []Product
	Municipalities []Municipality
	Areas          []Area
	Providers      []Provider
	Contracts      []Contract
	Prices         []PriceRow

	segments       map[string]*Segment
	products       map[string][]*Product      // by folded code; the rows of one code by From
	municipalities map[string][]*Municipality // by folded code, name and alias of any row; all rows of that code by From
	areas          map[string]*Area
	providers      map[string][]*Provider // by AGB code; the rows of one code by From
	contracts      map[contractKey][]*Contract
	prices         map[priceKey][]*PriceRow
}

// Segment is a part of the region's contracting (perceel).
type Segment struct {
	Code        string
	Name        string
	SettledPQ   bool     // settled per P*Q by this program; false for segments settled otherwise
	MaxMonths   int      // maximum duration; 0 is none
	Referrers   []string // COD327 codes expected; empty means all
	PerArea     bool     // contracted per area
	TakesOver   bool     // takes over all care of a client (Segment 1)
	SourceOfRow string   // bron: where the row comes from
}

// Kind is the kind of help of a product (soort).
type Kind uint8

// The kinds of help.
const (
	OtherKind   Kind = iota // overig
	Begeleiding             // guidance
	Behandeling             // treatment
	Verblijf                // stay
)

// KindNames are the words that the book uses, by Kind.
var KindNames = [...]string{"overig", "begeleiding", "behandeling", "verblijf"}

// String returns the word that the book uses.
func (k Kind) String() string { return KindNames[k] }

// Product is what a provider delivers and a referral permits.
type Product struct {
	Code              string
	Name              string
	Segment           string
	Category          string // two digits, JZ020
	Kind              Kind
	TaskField         string // taakveld, Iv3
	AllowsTime        bool
	AllowsDaypart     bool
	MaxMonths         int // 0: the segment's
	AgeLimit          int // 0: 18
	Residential       bool
	CoordinationPoint bool // needs a registration with the regional coordination point
	WholeHours        bool // afronding heel_uur
	From              Date // van: the first day on which the row is valid; none: always
	SourceOfRow       string
}

// Allows reports whether the product may be delivered in that kind of unit.
func (p *Product) Allows(unit Unit) bool {
	return unit == Time && p.AllowsTime || unit == Daypart && p.AllowsDaypart
}

// AgeLimitOrDefault returns the age at which the product ends unless youth care is extended: 18 if the row names none.
func (p *Product) AgeLimitOrDefault() int {
	if p.AgeLimit == 0 {
		return 18
	}
	return p.AgeLimit
}

// Municipality is a municipality of the region; it pays for its own residents.
type Municipality struct {
	Code        string // CBS code, 4 digits
	Name        string
	Aliases     []string
	Area        string // "" is none
	From        Date   // van: the first day on which the row is valid; none: always
	SourceOfRow string
}

// Area is a part of the region for which Segment 4 is contracted.
type Area struct{ Code, Name, SourceOfRow string }

// Provider is a care provider, known by its AGB code of 8 digits.
type Provider struct {
	AGB, Name   string
	From        Date // van: the first day on which the row is valid; none: always
	SourceOfRow string
}

// Contract lets a provider deliver products of one segment.
type Contract struct {
	Provider         string
	Segment          string
	Area             string   // "" is the whole region
	Products         []string // empty: all of the segment
	From, To         Date     // both included; To none is open
	Ceiling          Money    // budget ceiling of a calendar year; 0 if HasCeiling is false
	HasCeiling       bool
	DeclaredBefore   Money // amount that already counts towards the ceiling of the year DeclaredBeforeIn
	DeclaredBeforeIn int   // the calendar year of DeclaredBefore; 0 is none
	SourceOfRow      string
}

// Covers reports whether the contract is valid on the day.
func (c *Contract) Covers(day Date) bool { return covers(c.From, c.To, day) }

// Includes reports whether the contract includes the product, in the book's spelling.
func (c *Contract) Includes(product string) bool {
	return len(c.Products) == 0 || slices.Contains(c.Products, product)
}

// PriceRow is the price of one product in one unit during some period (tarief).
type PriceRow struct {
	Product     string
	Unit        Unit
	Provider    string // "" is the region's general price
	Price       Price
	From, To    Date // both included; To none is open
	SourceOfRow string
}

// Covers reports whether the price is valid on the day.
func (r *PriceRow) Covers(day Date) bool { return covers(r.From, r.To, day) }

// IsExample reports whether bron marks the row as an example: a price that nobody agreed on.
func (r *PriceRow) IsExample() bool { return isExample(r.SourceOfRow) }

// IsExample reports whether bron marks the row as an example: a contract that nobody signed.
func (c *Contract) IsExample() bool { return isExample(c.SourceOfRow) }

// exampleMark is what bron begins with in a row that is only an example.
const exampleMark = "voorbeeld"

func isExample(source string) bool {
	source = strings.TrimSpace(source)
	return len(source) >= len(exampleMark) && strings.EqualFold(source[:len(exampleMark)], exampleMark)
}

// Policy holds the numbers that a region may adjust under [policy].
type Policy struct {
	GapDays               int    // most days between two referrals of one trajectory
	LookAheadMonths       int    // how far ahead the end of a maximum duration is signalled
	HandoverMonths        int    // how long two providers may overlap
	LateMonths            int    // months after the care month in which care may still be declared
	MaxHoursPerDay        int    // plausible hours of one client at one provider on one day
	MaxDaypartsPerDay     int    // plausible day-parts, likewise
	CeilingWarning        int    // percentage of a ceiling from which it is signalled
	AgeMaximum            int    // age from which youth care is never paid
	CoordinationPointFrom Date   // referrals that start on or after this day need the coordination point
	Segment1Begeleiding   int    // hours of begeleiding from which Segment 1 is to be considered
	Segment1Behandeling   int    // hours of behandeling, likewise
	MinMinutes            int    // minutes under which a quantity in time is signalled
	RecalculateFrom       Period // care months before it are frozen; none by default
	MaxChange             int    // percentage by which a month may differ from the one before it; 0 in this or the next two: no bound
	MaxRejected           int    // percentage of a provider's records that may be rejected
	MaxCredit             int    // percentage of what was declared before that may be credited
}

// Text returns the policy as names and values; equal policies have equal texts. The text is part of stored fingerprints, so
// keys that were added later appear only if they differ from their default: that keeps older fingerprints valid.
func (p Policy) Text() string {
	var keys []string
	say := func(key string, value any) { keys = append(keys, fmt.Sprintf("%s:%v", key, value)) }
	say("GapDays", p.GapDays)
	say("LookAheadMonths", p.LookAheadMonths)
	say("HandoverMonths", p.HandoverMonths)
	say("LateMonths", p.LateMonths)
	say("MaxHoursPerDay", p.MaxHoursPerDay)
	say("MaxDaypartsPerDay", p.MaxDaypartsPerDay)
	say("CeilingWarning", p.CeilingWarning)
	say("AgeMaximum", p.AgeMaximum)
	say("CoordinationPointFrom", p.CoordinationPointFrom)
	say("Segment1Begeleiding", p.Segment1Begeleiding)
	say("Segment1Behandeling", p.Segment1Behandeling)
	say("MinMinutes", p.MinMinutes)
	say("RecalculateFrom", p.RecalculateFrom)
	usual := DefaultPolicy()
	sayUnlessUsual := func(key string, value, usual int) {
		if value != usual {
			say(key, value)
		}
	}
	sayUnlessUsual("MaxChange", p.MaxChange, usual.MaxChange)
	sayUnlessUsual("MaxRejected", p.MaxRejected, usual.MaxRejected)
	sayUnlessUsual("MaxCredit", p.MaxCredit, usual.MaxCredit)
	return "{" + strings.Join(keys, " ") + "}"
}

// DefaultPolicy returns the default values: those that rules.md gives in parentheses, and of the three safety bounds.
func DefaultPolicy() Policy {
	return Policy{
		GapDays: 30, LookAheadMonths: 3, HandoverMonths: 3, LateMonths: 3, MaxHoursPerDay: 12, MaxDaypartsPerDay: 3,
		CeilingWarning: 90, AgeMaximum: 23, CoordinationPointFrom: NewDate(2023, 4, 12),
		Segment1Begeleiding: 300, Segment1Behandeling: 230, MinMinutes: 5, MaxChange: 30, MaxRejected: 20, MaxCredit: 5,
	}
}
