package main

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
)

// exchangeByChance plays months in which municipalities and providers send random files: referrals that change, collide and
// are deleted, right and wrong declarations and credits, rows of spreadsheets, decisions; and closes.
type exchangeByChance struct {
	*exchange
	chance *rand.Rand
	month  billing.Period
	sent   []ijw.Prestatie // debits
	of     []*ijw.Message323
	number int
}

func (e *exchangeByChance) in(n int) bool { return e.chance.IntN(n) == 0 }

func anyOf[T any](e *exchangeByChance, choices ...T) T { return choices[e.chance.IntN(len(choices))] }

func (e *exchangeByChance) client() string {
	return anyOf(e, exchangeClient, anotherClient, clientBSN(0))
}
func (e *exchangeByChance) town() string { return anyOf(e, "0855", "0855", "0867") }
func (e *exchangeByChance) provider() string {
	return anyOf(e, "99040003", "99040003", "99040003", "99040001")
}
func (e *exchangeByChance) referral() int64 { return int64(100 + e.chance.IntN(4)) }

func (e *exchangeByChance) assignSomething() {
	e.number++
	e.assign(assigned(func(m *ijw.Message301, a *ijw.Assignment) {
		m.Header.Sender, m.Header.Receiver, m.Assigned.BSN = e.town(), e.provider(), e.client()
		m.Header.Identification.ID = "T" + strconv.Itoa(e.number)
		a.Number, a.Decided.Day = ijw.NumberOf(e.referral()), ijw.DayOf(e.month.First().AddDays(e.chance.IntN(28)))
		a.Category, a.Product = "45", "45X01"
		if e.in(3) {
			a.Category, a.Product = "54", "54X02"
		}
		a.Volume, a.Unit, a.Frequency = ijw.NumberOf(int64(1+e.chance.IntN(2000))), ijw.Minute, anyOf(e, billing.PerDay, billing.PerWeek, billing.PerMonth, billing.InTotal)
		if e.in(2) {
			a.Volume, a.Unit = ijw.NumberOf(int64(1+e.chance.IntN(40))), ijw.Hour
		}
		switch e.chance.IntN(6) {
		case 0:
			a.Volume, a.Product = ijw.Number{}, ""
		case 1:
			a.Volume, a.Product, a.Budget = ijw.Number{}, "", ijw.NumberOf(int64(e.chance.IntN(50_000)))
		case 2:
			a.Start = ijw.DayOf(e.month.First().AddDays(e.chance.IntN(28)))
			a.End = ijw.DayOf(a.Start.Date.AddDays(e.chance.IntN(60)))
		case 3:
			a.Reason, a.End = "13", a.Start
		}
		if e.in(8) {
			m.Assigned.Born = dayOf("2008-01-01")
		}
	}))
}

func (e *exchangeByChance) prestatie() ijw.Prestatie {
	month := e.month.Add(-e.chance.IntN(3))
	hour, category, product := int64(8355), "45", "45X01"
	if e.in(3) {
		hour, category, product = 11875, "54", "54X02"
	}
	e.number++
	p := ijw.Prestatie{
		Reference: "P" + strconv.Itoa(e.number), Referral: ijw.NumberOf(e.referral()), Category: category, Product: product,
		Period: ijw.SpanOf(month.First(), month.Last()),
	}
	minutes(&p, int64(1+e.chance.IntN(700)), hour)
	switch e.chance.IntN(14) {
	case 0:
		p.Tariff = ijw.NumberOf(p.Tariff.Value + 1)
	case 1:
		p.Amount = ijw.AmountOf(p.Amount.Signed() + 1)
	case 2:
		p.Product = "45Z99"
	case 3:
		p.Unit, p.Volume = ijw.FullDay, ijw.NumberOf(3)
	case 4:
		p.Period.First = ijw.DayOf(p.Period.First.Date + 1)
	case 5:
		if len(e.sent) > 0 {
			p.Reference = anyOf(e, e.sent...).Reference
		}
	}
	return p
}

func (e *exchangeByChance) declareSomething() {
	e.number++
	m := declared(e.month.String())
	m.Header.Sender, m.Header.Receiver = e.provider(), e.town()
	m.Header.Identification.ID, m.Declaration.Number = "I"+strconv.Itoa(e.number), "D"+strconv.Itoa(e.number)
	if e.in(8) {
		m.Declaration.Number = "D" + strconv.Itoa(1+e.chance.IntN(e.number))
	}
	m.Clients = nil
	for _, bsn := range []string{exchangeClient, anotherClient, clientBSN(0)} {
		client := ijw.Client{BSN: bsn}
		for range e.chance.IntN(3) {
			client.Prestaties = append(client.Prestaties, e.prestatie())
		}
		if e.in(2) && len(e.of) > 0 {
			before := anyOf(e, e.of...)
			for _, c := range before.Clients {
				if c.BSN != bsn {
					continue
				}
				m.Header.Sender, m.Header.Receiver = before.Header.Sender, before.Header.Receiver
				credit := anyOf(e, c.Prestaties...)
				if credit.IsCredit() {
					continue
				}
				e.number++
				credit.Previous, credit.Reference, credit.Amount.Side = credit.Reference, "C"+strconv.Itoa(e.number), ijw.Credit
				client.Prestaties = append(client.Prestaties, credit)
			}
		}
		if len(client.Prestaties) > 0 {
			m.Clients = append(m.Clients, client)
		}
	}
	if len(m.Clients) == 0 {
		return
	}
	m.Declaration.Total = ijw.AmountOf(totalOf(m))
	e.declare(m)
	e.of = append(e.of, m)
	for _, c := range m.Clients {
		for _, p := range c.Prestaties {
			if !p.IsCredit() {
				e.sent = append(e.sent, p)
			}
		}
	}
}

// decideSomething decides on some of the held records.
func (e *exchangeByChance) decideSomething() {
	text := "Regelnummer;AGB-code;Code;Versie;Besluit;Reden;Beoordelaar\n"
	found := 0
	for _, row := range e.exported("findings", e.month) {
		if row[1] == "hold" && e.in(2) {
			text += row[4] + ";" + row[3] + ";" + row[0] + ";1;" + anyOf(e, "akkoord", "afwijzen") + ";gezien;J. Jansen\n"
			found++
		}
	}
	if found > 0 {
		e.exchange.sent++
		write(e.t, filepath.Join(e.folder, "decisions", fmt.Sprintf("%03d.csv", e.exchange.sent)), text)
	}
}

func (e *exchangeByChance) sendRows() {
	text := "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Gemeente;Productcode;Datum;Eenheid;Aantal\n"
	for range 1 + e.chance.IntN(4) {
		e.number++
		reference := "S" + strconv.Itoa(e.number)
		if e.in(5) && len(e.sent) > 0 {
			reference = anyOf(e, e.sent...).Reference
		}
		text += fmt.Sprintf("%s;%s;%s;%d;%s;45X01;%s;minuut;%d\n", reference, e.provider(), e.client(), e.referral(), e.town(), e.month.First().AddDays(e.chance.IntN(28)), 10+e.chance.IntN(300))
	}
	e.exchange.sent++
	write(e.t, filepath.Join(e.folder, "submissions", fmt.Sprintf("%03d.csv", e.exchange.sent)), text)
}

// played plays a random year and checks invariants every month.
func played(t *testing.T, seed uint64, months int) {
	e := &exchangeByChance{exchange: newExchange(t, "sqlite:"+filepath.Join(t.TempDir(), "pxq.db")), chance: rand.New(rand.NewPCG(seed, 0)), month: billing.PeriodOf(2026, 4)}
	for range months {
		asOf := e.month.Last() + 2
		for range 3 {
			for range 1 + e.chance.IntN(4) {
				e.assignSomething()
			}
			for range 1 + e.chance.IntN(3) {
				e.declareSomething()
			}
			if e.in(3) {
				e.sendRows()
			}
			args := []string{"--as-of", asOf.String()}
			if e.in(4) {
				args = append(args, "--no-reports")
			}
			if status := e.run(e.month.String(), args...); status != done {
				t.Fatalf("seed %d: status %d", seed, status)
			}
			e.decideSomething()
			asOf++
		}
		e.run(e.month.String(), "--as-of", asOf.String())
		e.answersAddUp(seed)
		succeed(t, e.args("close", "--period", e.month.String(), "--as-of", asOf.String())...)
		e.linesAddUp(seed)
		e.month = e.month.Add(1)
	}
	succeed(t, e.args("verify")...)
}

// answersAddUp checks the amount that every answer grants against what it rejects (TR342).
func (e *exchangeByChance) answersAddUp(seed uint64) {
	e.t.Helper()
	for _, m := range e.of {
		paths, _ := filepath.Glob(filepath.Join(e.folder, "reports", "*", "jw325-"+m.Header.Sender+"-"+m.Declaration.Number+"*.xml"))
		for _, path := range paths {
			content, err := os.ReadFile(path)
			if err != nil || strings.Count(string(content), "<ijw:Identificatie>"+m.Header.Identification.ID+"<") != 1 {
				continue
			}
			granted := billing.Money(0)
			answer := inShort(e.t, content)
			parts := strings.Split(answer, " | ")
			if len(parts) < 2 || !strings.HasPrefix(parts[1], "8001") && !strings.HasPrefix(parts[1], "0200") {
				continue
			}
			amount := parts[1][5:]
			cents, _ := strconv.ParseInt(amount[:len(amount)-1], 10, 64)
			if granted = billing.Money(cents); amount[len(amount)-1] == 'C' {
				granted = -granted
			}
			want := billing.Money(0)
			for _, c := range m.Clients {
				for _, p := range c.Prestaties {
					if !strings.Contains(answer, ", "+p.Reference+" ") {
						want += p.Amount.Signed()
					}
				}
			}
			if granted != want {
				e.t.Errorf("seed %d: %s grants %d, its approved prestaties are %d: %s", seed, filepath.Base(path), granted, want, answer)
			}
		}
	}
}

// linesAddUp checks the lines of all closed periods against the accepted prestaties and rows: each prestatie has a separate
// line, and rows with one key are rounded together.
func (e *exchangeByChance) linesAddUp(seed uint64) {
	e.t.Helper()
	declared := billing.Money(0)
	for month := billing.PeriodOf(2026, 4); month <= e.month; month = month.Add(1) {
		for _, row := range e.exported("lines", month) {
			cents, err := strconv.ParseInt(strings.Replace(row[11], ".", "", 1), 10, 64)
			if err != nil {
				e.t.Fatal(err)
			}
			declared += billing.Money(cents)
		}
	}
	type key struct{ provider, bsn, referral, product, month, price, prestatie string }
	quantities := make(map[key]billing.Quantity)
	for _, row := range e.exported("records", e.month) {
		if row[2] != "accepted" {
			continue
		}
		k := key{row[0], row[4], row[5], row[6], row[3][:7], row[9], ""}
		if strings.HasSuffix(row[11], ".xml") {
			k.prestatie = row[1]
		}
		hours, err := strconv.ParseInt(strings.Replace(row[8], ".", "", 1), 10, 64) // in 1/10 000
		if err != nil {
			e.t.Fatal(err)
		}
		quantities[k] += billing.Quantity((hours*60+5000)/10_000) * 100
	}
	target := billing.Money(0)
	for k, quantity := range quantities {
		price, err := strconv.ParseInt(strings.Replace(k.price, ".", "", 1), 10, 64)
		if err != nil {
			e.t.Fatal(err)
		}
		target += billing.Price(price).Times(quantity, billing.Time)
	}
	if declared != target {
		e.t.Errorf("seed %d, %s: declared %s, accepted %s", seed, e.month, declared, target)
	}
}

// exported returns the rows of an export without its headings.
func (e *exchangeByChance) exported(what string, month billing.Period) [][]string {
	e.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(succeed(e.t, e.args("export", what, "--period", month.String())...))).ReadAll()
	if err != nil {
		e.t.Fatal(err)
	}
	return rows[1:]
}

// TestMonthsByChance plays one seed, or with PXQ_SEEDS="1 50" the seeds from 1 to 50.
func TestMonthsByChance(t *testing.T) {
	if testing.Short() {
		t.Skip("plays months by chance")
	}
	from, to := uint64(1), uint64(1)
	if text := os.Getenv("PXQ_SEEDS"); text != "" {
		if _, err := fmt.Sscan(text, &from, &to); err != nil {
			t.Fatal(err)
		}
	}
	for seed := from; seed <= to; seed++ {
		played(t, seed, 3)
	}
}
