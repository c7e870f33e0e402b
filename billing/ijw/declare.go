package ijw

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// Reason is why a line of a declaration is not in a JW323 that pxq makes.
type Reason string

// The reasons, as fixed words.
const (
	NotNew         Reason = "credit or correction" // credits and corrections belong to what the provider sent
	SeveralLines   Reason = "several prices"       // the key, whatever its unit, has more than one line (TR416)
	NotWhole       Reason = "quantity not whole"   // a message has whole minutes and day-parts
	NoNumber       Reason = "referral number"      // no whole number of at most 9 digits
	NoCategory     Reason = "no category"          // the book names no category of the product
	NoReferralDate Reason = "no referral"          // the referral is unknown, or no longer covers the month
)

// LeftOut is a line that is in no message, and why.
type LeftOut struct {
	Line   billing.DeclaredLine
	Reason Reason
}

// Lines are the lines of one provider in a period's declaration, with the other data of the messages made from them.
type Lines struct {
	Period   billing.Period
	Provider string
	AsOf     billing.Date
	Book     *billing.Book
	Referral func(*billing.DeclaredLine) *billing.Referral // the referral of a line; nil when it is not known
	Declared []billing.DeclaredLine
}

// Declare makes a declaration for every municipality with regular or late lines, in order of municipality, with one
// prestatie for each line; time is declared in minutes. It also returns the lines that cannot be in a message.
func (l *Lines) Declare() (messages []*Message323, leftOut []LeftOut) {
	count := make(map[billing.LineKey]int)
	for i := range l.Declared {
		count[claimed(&l.Declared[i])]++
	}
	byMunicipality := make(map[string]*Message323)
	for i := range l.Declared {
		line := &l.Declared[i]
		prestatie, reason := l.prestatie(line, count[claimed(line)])
		if reason != "" {
			leftOut = append(leftOut, LeftOut{*line, reason})
			continue
		}
		message := byMunicipality[line.Municipality]
		if message == nil {
			message = l.message(line.Municipality)
			byMunicipality[line.Municipality] = message
			messages = append(messages, message)
		}
		message.add(line.BSN, prestatie)
	}
	slices.SortFunc(messages, func(a, b *Message323) int { return strings.Compare(a.Header.Receiver, b.Header.Receiver) })
	for _, m := range messages {
		m.Declaration.Total = AmountOf(m.total())
	}
	return messages, leftOut
}

// claimed returns what a message may claim only once (TR416): the key of a line, whatever its unit.
func claimed(line *billing.DeclaredLine) billing.LineKey {
	key := line.LineKey
	key.Unit = billing.NoUnit
	return key
}

// message returns an empty declaration to a municipality.
func (l *Lines) message(municipality string) *Message323 {
	number := strings.ReplaceAll(l.Period.String(), "-", "") + municipality
	return &Message323{
		Header:      Header{l.Provider, municipality, Identification{number, DayOf(l.AsOf)}, OurSchemas},
		Declaration: Declaration{Number: number, Period: SpanOf(l.Period.First(), l.Period.Last()), Dated: DayOf(l.AsOf)},
	}
}

// add adds a prestatie to its client.
func (m *Message323) add(bsn string, prestatie Prestatie) {
	at := slices.IndexFunc(m.Clients, func(c Client) bool { return c.BSN == bsn })
	if at < 0 {
		at = len(m.Clients)
		m.Clients = append(m.Clients, Client{BSN: bsn})
	}
	m.Clients[at].Prestaties = append(m.Clients[at].Prestaties, prestatie)
}

func (m *Message323) total() billing.Money {
	sum := billing.Money(0)
	for i := range m.Clients {
		for p := range m.Clients[i].Prestaties {
			sum += m.Clients[i].Prestaties[p].Amount.Signed()
		}
	}
	return sum
}

// prestatie returns a line as a prestatie, or the reason why it cannot be one; lines is how many lines claim the same.
func (l *Lines) prestatie(line *billing.DeclaredLine, lines int) (Prestatie, Reason) {
	number, err := strconv.ParseUint(line.Referral, 10, 63) // unlike ParseInt, it refuses a sign
	product := l.Book.ProductIn(line.Product, line.CareMonth)
	switch {
	case line.Kind != billing.Regular && line.Kind != billing.Late:
		return Prestatie{}, NotNew
	case lines > 1:
		return Prestatie{}, SeveralLines
	case line.Quantity%100 != 0:
		return Prestatie{}, NotWhole
	case err != nil || number > maxNumber:
		return Prestatie{}, NoNumber
	case product == nil || product.Category == "":
		return Prestatie{}, NoCategory
	}
	referral := l.Referral(line)
	if referral == nil {
		return Prestatie{}, NoReferralDate
	}
	unit := Minute
	if line.Unit == billing.Daypart {
		unit = Daypart
	}
	tariff, _ := TariffFor(line.Price, unit)
	first, last := Expected(line.CareMonth, referral.Start, referral.End)
	if first > last {
		return Prestatie{}, NoReferralDate // the referral was changed since
	}
	return Prestatie{
		Reference: line.Number, Referral: NumberOf(int64(number)), Category: product.Category, Product: product.Code, Period: SpanOf(first, last),
		Volume: NumberOf(int64(line.Quantity) / 100), Unit: unit, Tariff: NumberOf(tariff), Amount: AmountOf(line.Amount),
	}, ""
}

// maxNumber is the largest ToewijzingNummer.
const maxNumber = 999_999_999
