package ijw

import "github.com/pxq-nl/pxq/billing"

// Message323 is a declaration of one provider to one municipality (JW323).
type Message323 struct {
	Header      Header
	Declaration Declaration
	Clients     []Client
}

// Declaration is the element Declaratie of a JW323, without its clients.
type Declaration struct {
	Number string // DeclaratieNummer, 1 to 12 letters and digits
	Period Span   // DeclaratiePeriode
	Dated  Day    // DeclaratieDagtekening
	Total  Amount // TotaalIngediendBedrag
	Line   int    // line of its start tag in the file; 0 when it was not read from one
}

// Client is a client of a JW323 with its prestaties.
type Client struct {
	BSN        string
	Prestaties []Prestatie
	Line       int // line of its start tag in the file; 0 when it was not read from one
}

// Prestatie is one claim, or the credit of an earlier one: a product delivered to a client in a month or the part of it
// that lies within the referral.
type Prestatie struct {
	Reference string // ReferentieNummer, 1 to 20 characters of any kind, as written
	Previous  string // VorigReferentieNummer of a credit; "" when absent
	Referral  Number // ToewijzingNummer
	Category  string // ProductCategorie
	Product   string // ProductCode, as written
	Period    Span   // ProductPeriode
	Volume    Number // GeleverdVolume, in whole units
	Unit      Unit   // Eenheid
	Tariff    Number // ProductTarief in cents per unit; not given when absent
	Amount    Amount // IngediendBedrag
	Line      int    // line of its start tag in the file; 0 when it was not read from one
}

// IsCredit reports whether the prestatie takes back an earlier one.
func (p *Prestatie) IsCredit() bool { return p.Amount.Side == Credit }

// Key is what only one debit may claim: TR416 within a message, TR389 between messages.
type Key struct {
	Referral    int64
	First, Last billing.Date
	Category    string
	Product     string
}

// Key returns the key of the prestatie. Leading zeros of the referral's number and the case of the product code are
// ignored: the book finds a product by its code in any case.
func (p *Prestatie) Key() Key {
	return Key{p.Referral.Value, p.Period.First.Date, p.Period.Last.Date, p.Category, billing.FoldProduct(p.Product)}
}

// Repeats reports whether a credit equals the debit that it takes back in everything but its references and its side
// (TR323, IV091). Numbers and dates are compared by value. The caller must make sure that both are of one client.
func (p *Prestatie) Repeats(debit *Prestatie) bool {
	return p.Key() == debit.Key() && p.Volume.Value == debit.Volume.Value && p.Unit == debit.Unit &&
		p.Tariff.Given() == debit.Tariff.Given() && p.Tariff.Value == debit.Tariff.Value &&
		p.Amount.Cents.Value == debit.Amount.Cents.Value
}
