package synthetic

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
	writeijw "github.com/pxq-nl/pxq/exporters/ijw"
)

// messageStream is the stream of random choices for messages.
const messageStream = 323

// keptOfExtended is the percentage of extended youth care that is declared.
const keptOfExtended = 10

// AssignmentOf returns a referral as a JW301 of the municipality; category is that of the referral's product. A volume that
// the standard does not allow together with the other fields is left out; ok is false if no JW301 can express the referral.
func AssignmentOf(r *billing.Referral, municipality, category string) (message *ijw.Message301, ok bool) {
	number, err := strconv.ParseInt(r.Number, 10, 64)
	if err != nil || number <= 0 || number > 999_999_999 {
		return nil, false
	}
	a := ijw.Assignment{
		Number: ijw.NumberOf(number), Category: cmp.Or(r.Category, category), Product: r.Product, Decided: ijw.Moment{Day: ijw.DayOf(cmp.Or(r.Assigned, r.Start)), Time: "09:00:00"},
		Start: ijw.DayOf(r.Start),
	}
	if !r.End.IsZero() {
		a.End = ijw.DayOf(r.End)
	}
	switch {
	case r.HasBudget:
		if r.End.IsZero() {
			return nil, false
		}
		a.Budget, a.Product = ijw.NumberOf(int64(r.Budget)), ""
	case r.Product == "":
	case r.HasVolume && r.Volume%100 == 0:
		a.Volume, a.Unit, a.Frequency = ijw.NumberOf(int64(r.Volume/100)), ijw.Minute, r.Frequency
		if r.VolumeUnit == billing.Daypart {
			a.Unit = ijw.Daypart
		}
	}
	if r.Product != "" && !r.HasBudget && (!a.Volume.Given() || a.Frequency == billing.PerWeek && !a.End.Given() || a.Frequency == billing.PerDay && a.Unit == ijw.Daypart) {
		return nil, false
	}
	if r.Withdrawn() {
		a.Reason, a.End = "13", a.Start
	}
	born := r.BirthDate
	use := ""
	if born.IsZero() {
		born, use = billing.NewDate(2012, 1, 1), "3"
	}
	return &ijw.Message301{
		Header: ijw.Header{
			Sender: municipality, Receiver: r.Provider, Identification: ijw.Identification{ID: strconv.FormatInt(number, 10), Dated: a.Decided.Day}, Schema: ijw.OurSchemas,
		},
		Assigned: ijw.Assigned{BSN: r.BSN, Born: ijw.DayOf(born), BornUse: use, Products: []ijw.Assignment{a}},
	}, true
}

// declaringFrom is the least number of records of the one provider that declares in messages while the others do not.
const declaringFrom = 200

// declaring returns the AGB code of that provider, the smallest one that has so many records; "" if there is none.
func (p *plan) declaring() string {
	counts := make(map[string]int)
	for i := range p.visits {
		counts[p.providers[p.visits[i].provider].agb]++
	}
	chosen := ""
	for _, provider := range p.providers {
		if count := counts[provider.agb]; count >= declaringFrom && (chosen == "" || count < counts[chosen]) {
			chosen = provider.agb
		}
	}
	return chosen
}

// messageFiles writes the month as messages: a JW301 for every referral, and a JW323 from every provider to every
// municipality, with one prestatie for what was delivered on a referral. Unless alone is empty, only the JW323 of that
// provider are written.
func (p *plan) messageFiles(ctx context.Context, alone string, write func(name string, content []byte) error) error {
	c := p.chance(messageStream)
	p.partMistakes, p.rareMistakes = 0, make(map[int]int)
	delivered := make(map[int32]billing.Quantity)
	for i := range p.visits {
		if v := &p.visits[i]; p.of(v).flaw == billing.NoCode && v.flaw == billing.NoCode && v.date.Period() == p.period {
			delivered[v.referral] += billing.Quantity(v.quantity)
		}
	}
	messages := make(map[[2]string]*ijw.Message323)
	for _, r := range p.referrals {
		if err := ctx.Err(); err != nil {
			return err
		}
		r.BSN = r.client.bsn
		assigned, ok := AssignmentOf(&r.Referral, r.client.home.Code, r.product.Category)
		if !ok {
			continue
		}
		if alone != "" && r.Provider != alone {
			continue
		}
		if alone == "" {
			content, err := writeijw.JW301(assigned)
			if err != nil {
				return err
			}
			if err := write("referrals/jw301/jw301-"+r.Number+".xml", content); err != nil {
				return err
			}
			if p.isDeleted(r) {
				if content, err = writeijw.JW301(deletion(assigned)); err != nil {
					return err
				}
				if err := write("referrals/jw301/jw301-"+r.Number+"_2.xml", content); err != nil {
					return err
				}
			}
		}
		prestatie, ok := p.prestatie(r, delivered[r.index])
		if !ok || r.ExtendedYouthCare && !c.maybe(keptOfExtended) { // no JW301 mentions extended youth care: each prestatie waits for a decision
			continue
		}
		key := [2]string{r.Provider, r.client.home.Code}
		if messages[key] == nil {
			messages[key] = p.message323(r.Provider, r.client.home.Code)
		}
		prestatie.Reference = fmt.Sprintf("P%s-1", r.Number)
		p.mistakeIn(c, r, &prestatie)
		addPrestatie(messages[key], r.client.bsn, prestatie)
	}
	return p.writeDeclarations(messages, alone == "", write)
}

// prestatie returns what is declared on a referral in the month, in whole units; false if there is nothing to declare.
func (p *plan) prestatie(r *referral, quantity billing.Quantity) (ijw.Prestatie, bool) {
	quantity -= quantity % 100
	first, last := ijw.Expected(p.period, r.Start, r.End)
	price := p.priceOn(r.product, r.unit, r.Provider, first)
	if quantity <= 0 || price == 0 || first > last {
		return ijw.Prestatie{}, false
	}
	unit := ijw.Minute
	if r.unit == billing.Daypart {
		unit = ijw.Daypart
	}
	number, _ := strconv.ParseInt(r.Number, 10, 64)
	tariff, _ := ijw.TariffFor(price, unit)
	return ijw.Prestatie{
		Referral: ijw.NumberOf(number), Category: r.product.Category, Product: r.product.Code, Period: ijw.SpanOf(first, last),
		Volume: ijw.NumberOf(int64(quantity / 100)), Unit: unit, Tariff: ijw.NumberOf(tariff), Amount: ijw.AmountOf(price.Times(quantity, r.unit)),
	}, true
}

func (p *plan) message323(provider, municipality string) *ijw.Message323 {
	dated := ijw.DayOf(p.firstDay())
	return &ijw.Message323{
		Header:      ijw.Header{Sender: provider, Receiver: municipality, Identification: ijw.Identification{Dated: dated}, Schema: ijw.OurSchemas},
		Declaration: ijw.Declaration{Period: ijw.SpanOf(p.period.First(), p.period.Last()), Dated: dated},
	}
}

func addPrestatie(m *ijw.Message323, bsn string, prestatie ijw.Prestatie) {
	if last := len(m.Clients) - 1; last < 0 || m.Clients[last].BSN != bsn {
		m.Clients = append(m.Clients, ijw.Client{BSN: bsn})
	}
	client := &m.Clients[len(m.Clients)-1]
	client.Prestaties = append(client.Prestaties, prestatie)
}

// writeDeclarations writes the declarations, some of them with a mistake as a whole and some sent again. With corrections set
// it also writes what corrects some of them after they were answered.
func (p *plan) writeDeclarations(messages map[[2]string]*ijw.Message323, corrections bool, write func(name string, content []byte) error) error {
	keys := make([][2]string, 0, len(messages))
	for key := range messages {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	send := func(name string, m *ijw.Message323) error {
		content, err := writeijw.JW323(m)
		if err != nil {
			return err
		}
		return write(name, content)
	}
	for i, key := range keys {
		m := messages[key]
		number := fmt.Sprintf("%02d%02d%s", p.period.Year()%100, p.period.Month(), key[1])
		m.Header.Identification.ID, m.Declaration.Number = number, number
		m.Declaration.Total = ijw.AmountOf(sumOf(m))
		name := "jw323-" + key[0] + "-" + key[1]
		switch { // spread evenly, so that a workspace of some size has every kind
		case i%onceIn == 0:
			mistakesInWhole[i/onceIn%len(mistakesInWhole)](m)
		case i%sentIn == sentIn/8:
			if err := send("submissions/jw323/"+name+"_2.xml", sentAgain(m, mistakesInSending[i/sentIn%len(mistakesInSending)])); err != nil {
				return err
			}
		case i%sentIn == sentIn*3/8:
			if !corrections {
				break
			}
			if err := p.correct(m, name, send); err != nil {
				return err
			}
		}
		if err := send("submissions/jw323/"+name+".xml", m); err != nil {
			return err
		}
	}
	return nil
}

// laterMessages is the folder of messages that can only be sent after those of the month were answered.
const laterMessages = "later/jw323/"

// correct writes what a provider sends after its declaration was answered: the credit of a prestatie with another in its
// place, and by mistake the same credit once more.
func (p *plan) correct(m *ijw.Message323, name string, send func(string, *ijw.Message323) error) error {
	const credit, once = 3, 4
	correction := sentAgain(m, func(*ijw.Message323) {})
	correction.Clients = correction.Clients[:1]
	client := &correction.Clients[0]
	before := m.Clients[0].Prestaties[0]
	client.Prestaties = client.Prestaties[:1]
	taken := before
	taken.Previous, taken.Reference, taken.Amount.Side = before.Reference, numbered(before.Reference, credit), ijw.Credit
	client.Prestaties = append(client.Prestaties, taken)
	correction.Declaration.Total = ijw.AmountOf(sumOf(correction))
	if err := send(laterMessages+name+"_2.xml", correction); err != nil {
		return err
	}
	again := sentAgain(correction, func(m *ijw.Message323) {
		m.Header.Identification.ID, m.Declaration.Number = m.Header.Identification.ID[:8]+"C", m.Declaration.Number[:8]+"C"
		client := &m.Clients[0]
		client.Prestaties = client.Prestaties[1:]
		client.Prestaties[0].Reference = numbered(before.Reference, once)
	})
	again.Declaration.Total = ijw.AmountOf(sumOf(again))
	return send(laterMessages+name+"_3.xml", again)
}

func sumOf(m *ijw.Message323) (sum billing.Money) {
	for c := range m.Clients {
		for i := range m.Clients[c].Prestaties {
			sum += m.Clients[c].Prestaties[i].Amount.Signed()
		}
	}
	return sum
}
