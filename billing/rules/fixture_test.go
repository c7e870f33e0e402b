package rules_test

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
)

// The parties of the fixture. The numbers are of the national test range.
const (
	client      = "999910012"
	otherClient = "999910024"
	here        = "01000001" // the provider of the referral
	there       = "02000002" // another provider
)

// ruleTest is one row of a table: what differs from a world in which all is well, and the outcome and codes of
// its records in the order in which they were added, joined by "; ".
type ruleTest struct {
	name  string
	given func(*world)
	want  string
}

// world is a client with one referral, T1, and the run that judges it.
type world struct {
	run      *billing.Judge
	client   *billing.Client
	referral *billing.Referral // T1
}

// newWorld makes a world in which a record of 60 minutes of BEG in January 2026 is accepted without findings.
func newWorld() *world {
	w := &world{
		run:    &billing.Judge{Period: month("2026-01"), Book: newBook(), Policy: billing.DefaultPolicy(), Catalogue: rules.Catalogue()},
		client: &billing.Client{BSN: client},
	}
	w.referral = w.refer("T1", "BEG", "2025-06-01", "2026-12-31")
	return w
}

// refer adds a referral of the client to the provider here.
func (w *world) refer(number, product, start, end string) *billing.Referral {
	r := &billing.Referral{
		Number: number, BSN: client, BirthDate: day("2012-05-02"), Municipality: "Tilburg", Provider: here, Product: product,
		Start: day(start), End: day(end), Referrer: "01", Version: 1,
	}
	w.client.Referrals = append(w.client.Referrals, r)
	return r
}

// add adds a record of 60 minutes of BEG on T1, sent in time.
func (w *world) add(date string) *billing.Record {
	id := int64(len(w.client.Records) + 1)
	r := &billing.Record{
		ID: id, Provider: here, Reference: "A-" + string(rune('0'+id)), BSN: client, ReferralNumber: "T1", Product: "BEG", First: day(date),
		Unit: billing.Time, Quantity: hours(1), HasQuantity: true, Version: 1, File: "a.csv", Row: int(id) + 1,
		Received: day(date), FirstReceived: day(date),
	}
	w.client.Records = append(w.client.Records, r)
	return r
}

// decide adds a decision on the first version of a record.
func (w *world) decide(r *billing.Record, code billing.Code, word string) {
	w.client.Decisions = append(w.client.Decisions, billing.Decision{
		ID: int64(len(w.client.Decisions) + 1), Provider: r.Provider, Reference: r.Reference, Version: 1, Code: code, Word: word,
	})
}

// judge returns the judgement with its cases in the order in which the records were added.
func (w *world) judge() (*billing.Judgement, []billing.Case) {
	w.run.Book.Index()
	judgement := w.run.Judge(w.client)
	return judgement, slices.SortedFunc(slices.Values(judgement.Cases), func(a, b billing.Case) int { return cmp.Compare(a.Record.ID, b.Record.ID) })
}

// told formats outcomes and codes as in ruleTest.want.
func told(cases []billing.Case) string {
	var all []string
	for i := range cases {
		words := []string{cases[i].Outcome.String()}
		for _, finding := range cases[i].Findings {
			words = append(words, finding.Code.String())
		}
		slices.Sort(words[1:])
		all = append(all, strings.Join(words, " "))
	}
	return strings.Join(all, "; ")
}

// toldAmongMany judges the client of a test once more, with many withdrawn referrals in addition to its own.
func toldAmongMany(test ruleTest) string {
	w := newWorld()
	test.given(w)
	for i := range 20 {
		w.refer("G"+strconv.Itoa(i), "BEG", "2025-06-01", "2026-12-31").Status = "verwijderd"
	}
	_, cases := w.judge()
	return told(cases)
}

func run(t *testing.T, tests []ruleTest) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld()
			test.given(w)
			judgement, cases := w.judge()
			if got := told(cases); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if got := toldAmongMany(test); got != test.want && !strings.Contains(test.want, "J20") { // that no referral is known at all
				t.Errorf("among many referrals: got %q, want %q", got, test.want)
			}
			for i := range cases {
				for _, finding := range cases[i].Findings {
					checkTexts(t, finding.Code, finding.Values)
				}
			}
			for _, signal := range judgement.Signals {
				checkTexts(t, signal.Code, signal.Values)
			}
			if err := w.run.Balanced(judgement, w.client.Ledger); err != nil {
				t.Error(err)
			}
		})
	}
}

// mayLack are the forms of values that only some findings of a rule have.
var mayLack = []string{"unitclash", "named", "several"}

// checkTexts checks that every value of a finding has a placeholder in the texts, and holds nothing of the client.
func checkTexts(t *testing.T, code billing.Code, values []string) {
	t.Helper()
	rule := rules.Catalogue().Rule(code)
	for _, language := range []string{"nl", "en"} {
		for _, text := range []string{rule.Message.In(language), rule.Remedy.In(language)} {
			for _, place := range placeholders(t, text) {
				if place.number > len(values) && !slices.Contains(mayLack, place.form) {
					t.Errorf("%s: the text %q wants value %d of %q", code, text, place.number, values)
				}
			}
		}
		message := rules.Message(rule, values, language) + rules.Remedy(rule, values, language)
		if strings.ContainsAny(message, "{}") || strings.Contains(message, client) || strings.Contains(message, "2012") {
			t.Errorf("%s in %s: %q", code, language, message)
		}
	}
}

func newBook() *billing.Book {
	open := day("2020-01-01")
	price := func(product string, unit billing.Unit, cents billing.Price) billing.PriceRow {
		return billing.PriceRow{Product: product, Unit: unit, Price: cents, From: open}
	}
	return &billing.Book{
		Segments: []billing.Segment{
			{Code: "1", Name: "Hoog", TakesOver: true},
			{Code: "2", Name: "Wonen", SettledPQ: true, MaxMonths: 24, Referrers: []string{"01", "04", "08"}},
			{Code: "3", Name: "Dag", SettledPQ: true},
			{Code: "4", Name: "Veelvoorkomend", SettledPQ: true, MaxMonths: 24, PerArea: true},
		},
		Products: []billing.Product{
			{Code: "HOOG", Name: "Hoogspecialistisch", Segment: "1", Category: "54", Kind: billing.Behandeling, AllowsTime: true},
			{Code: "HUIS", Name: "Gezinshuis", Segment: "2", Category: "44", Kind: billing.Verblijf, AllowsTime: true, AllowsDaypart: true,
				MaxMonths: 60, AgeLimit: 21, Residential: true, CoordinationPoint: true},
			{Code: "GROEP", Name: "Woonleefgroep", Segment: "2", Category: "44", Kind: billing.Verblijf, AllowsTime: true, AllowsDaypart: true,
				Residential: true},
			{Code: "DAG", Name: "Dagbegeleiding", Segment: "3", Category: "41", Kind: billing.Begeleiding, AllowsTime: true, AllowsDaypart: true},
			{Code: "BEG", Name: "Begeleiding", Segment: "4", Category: "45", Kind: billing.Begeleiding, AllowsTime: true},
			{Code: "BEH", Name: "Behandeling", Segment: "4", Category: "45", Kind: billing.Behandeling, AllowsTime: true},
			{Code: "HEEL", Name: "Hele uren", Segment: "4", Category: "54", AllowsTime: true, WholeHours: true},
		},
		Municipalities: []billing.Municipality{{Code: "0855", Name: "Tilburg", Area: "1"}, {Code: "0785", Name: "Goirle", Area: "3"}},
		Areas:          []billing.Area{{Code: "1"}, {Code: "3"}},
		Providers:      []billing.Provider{{AGB: here, Name: "Hier"}, {AGB: there, Name: "Daar"}},
		Contracts: []billing.Contract{
			{Provider: here, Segment: "2", From: open}, {Provider: here, Segment: "3", From: open}, {Provider: here, Segment: "4", Area: "1", From: open},
			{Provider: there, Segment: "2", From: open}, {Provider: there, Segment: "3", From: open}, {Provider: there, Segment: "4", From: open},
		},
		Prices: []billing.PriceRow{
			price("HUIS", billing.Time, 5000), price("HUIS", billing.Daypart, 20000), price("GROEP", billing.Daypart, 18000), price("DAG", billing.Time, 4000),
			price("DAG", billing.Daypart, 9000), price("BEG", billing.Time, 9550), price("BEH", billing.Time, 9999), price("HEEL", billing.Time, 7560),
		},
	}
}

// product returns a product of the book, to be changed.
func (w *world) product(code string) *billing.Product {
	at := slices.IndexFunc(w.run.Book.Products, func(p billing.Product) bool { return p.Code == code })
	return &w.run.Book.Products[at]
}

// contract returns the contract of provider here for a segment, to be changed.
func (w *world) contract(segment string) *billing.Contract {
	at := slices.IndexFunc(w.run.Book.Contracts, func(c billing.Contract) bool { return c.Provider == here && c.Segment == segment })
	return &w.run.Book.Contracts[at]
}

// price returns the general price of BEG, to be changed.
func (w *world) price() *billing.PriceRow {
	at := slices.IndexFunc(w.run.Book.Prices, func(p billing.PriceRow) bool { return p.Product == "BEG" })
	return &w.run.Book.Prices[at]
}

// day parses an ISO date; "" is no date.
func day(text string) billing.Date {
	if text == "" {
		return 0
	}
	date, err := billing.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return date
}

func month(text string) billing.Period {
	period, err := billing.ParsePeriod(text)
	if err != nil {
		panic(err)
	}
	return period
}

// clock parses 09:05.
func clock(text string) billing.Clock {
	return billing.NewClock(int(text[0]-'0')*10+int(text[1]-'0'), int(text[3]-'0')*10+int(text[4]-'0'), 0)
}

func hours(count int) billing.Quantity    { return billing.Quantity(count) * 6000 }
func minutes(count int) billing.Quantity  { return billing.Quantity(count) * 100 }
func dayparts(count int) billing.Quantity { return billing.Quantity(count) * 100 }
