package batch_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
)

// TestRoomAtRest compares two stores with the care of one client whose referral has little room, and later more or less of it
// or an earlier or later end: one store judges what changed, the other judges everything in each run. TestSoakRoomAtRest does
// the same for as long as soak says.
func TestRoomAtRest(t *testing.T)     { try(t, 40, roomAtRest(t)) }
func TestSoakRoomAtRest(t *testing.T) { soak(t, roomAtRest(t)) }

func roomAtRest(t *testing.T) func(*rapid.T) {
	return func(draw *rapid.T) {
		pair := newPair(t, draw)
		defer pair.done()
		pair.asOf = pair.period.First()
		pair.refer()
		for month := range pair.number("months", 3, 8) {
			pair.asOf = pair.period.Last() + 2
			pair.bring(careHeadings, pair.care(month))
			if pair.number("run before corrections", 0, 3) == 0 {
				pair.check()
			}
			pair.bring(careHeadings, pair.corrections())
			switch pair.number("referral", 0, 5) {
			case 0, 1:
				pair.volume += pair.number("more", 0, 5)
				pair.money += 100 * pair.number("more money", 0, 3)
				pair.refer()
			case 2:
				pair.volume = max(1, pair.volume-pair.number("less", 0, 3))
				pair.refer()
			case 3:
				pair.end = max(pair.end, pair.first) + billing.Period(pair.number("longer", -1, 3)) // possibly the same end as before, or an earlier one
				pair.refer()
			}
			pair.check()
			pair.close()
		}
		pair.asOf = pair.period.Last()
		pair.check()
	}
}

// pair is two stores in which the same steps are taken.
type pair struct {
	t      *testing.T
	draw   *rapid.T
	kits   [2]*kit // the second judges everything
	worlds [2]*world
	ends   []func()
	told   []string

	period billing.Period
	asOf   billing.Date

	frequency     string
	hasBudget     bool
	volume, money int
	first, end    billing.Period // the first month, and the month in which the referral ends; none for no end
	rows          []roomRow
	days          map[billing.Date]bool // on which there is care
}

// roomRow returns a row of care.
type roomRow struct {
	reference string
	date      billing.Date
}

func newPair(t *testing.T, draw *rapid.T) *pair {
	p := &pair{t: t, draw: draw, period: day("2026-02-01").Period(), days: make(map[billing.Date]bool)}
	much := p.number("much help", 4, 30)
	for i := range p.kits {
		k, done := inMemory(t, draw)
		p.ends = append(p.ends, done)
		k.book.Products[0].Kind = billing.Begeleiding
		k.book.Index()
		k.policy.Segment1Begeleiding = much
		p.kits[i], p.worlds[i] = k, newWorld(draw, k)
	}
	p.frequency, p.hasBudget = rapid.SampledFrom([]string{"6", "6", "4", "2"}).Draw(draw, "frequency"), p.number("budget", 0, 2) == 0
	p.volume, p.money = p.number("volume", 2, 12), p.number("money", 300, 1500)
	if p.first = p.period; p.number("ends", 0, 2) > 0 {
		p.end = p.first + billing.Period(p.number("ends after", 0, 4))
	}
	p.told = append(p.told, fmt.Sprintf("much help is %d", much))
	return p
}

func (p *pair) done() {
	for _, end := range p.ends {
		end()
	}
}

func (p *pair) number(label string, low, high int) int {
	return rapid.IntRange(low, high).Draw(p.draw, label)
}

// bring takes a file into both stores, unless it has no rows.
func (p *pair) bring(headings string, rows []string) {
	if len(rows) == 0 {
		return
	}
	name := fmt.Sprintf("f%03d.csv", len(p.told))
	p.told = append(p.told, fmt.Sprintf("%s on %s:\n\t%s", name, p.asOf, strings.Join(rows, "\n\t")))
	for _, k := range p.kits {
		k.take(p.asOf.String(), k.write(name, append([]string{headings}, rows...)...))
	}
}

// refer takes in the referral with its present room.
func (p *pair) refer() {
	budget := ""
	if p.hasBudget {
		budget = fmt.Sprint(p.money)
	}
	end := ""
	if p.end != 0 {
		end = p.end.First().AddDays(14).String()
	}
	p.bring(referralHeadings+";Budget", []string{fmt.Sprintf("T0;%s;Tilburg;%s;;45;2025-06-01;%s;%d;uur;%s;%s", clientNumber(0), providerA, end, p.volume, p.frequency, budget)})
}

// care returns rows of new care, some of earlier months.
func (p *pair) care(month int) (rows []string) {
	for n := range p.number("rows", 0, 3) {
		back := max(0, p.number("months back", -3, 2))
		row := roomRow{fmt.Sprintf("M%d-%d", month, n), p.period.Add(-back).First().AddDays(p.number("day", 0, 27))}
		if !p.days[row.date] {
			p.days[row.date] = true
			p.rows = append(p.rows, row)
			rows = append(rows, p.line(row, "1", "2", "3", "4"))
		}
	}
	return rows
}

// corrections returns rows that were sent before with other quantities.
func (p *pair) corrections() (rows []string) {
	if len(p.rows) == 0 || p.number("correct", 0, 1) == 1 {
		return nil
	}
	for range p.number("corrections", 1, 2) {
		rows = append(rows, p.line(p.rows[p.number("row", 0, len(p.rows)-1)], "0", "0,5", "1", "2", "5"))
	}
	return rows
}

func (p *pair) line(row roomRow, hours ...string) string {
	return hoursOf(row.reference, row.date.String(), rapid.SampledFrom(hours).Draw(p.draw, "hours"))
}

// check runs both and compares the results.
func (p *pair) check() {
	p.told = append(p.told, "run "+p.period.String())
	p.kits[1].batch.Program = fmt.Sprint("program ", len(p.told)) // another each time
	var states [2]string
	for i, k := range p.kits {
		states[i] = p.worlds[i].state(k.run(p.period.String(), p.asOf.String()).Run)
	}
	if states[0] != states[1] {
		p.draw.Fatalf("%s\njudging everything gives other results:\n%s", strings.Join(p.told, "\n"), difference(states[0], states[1]))
	}
}

func (p *pair) close() {
	p.told = append(p.told, "close "+p.period.String())
	for _, k := range p.kits {
		if _, err := k.batch.Close(p.t.Context(), k.order(p.period.String(), p.asOf.String())); err != nil {
			p.draw.Fatal(err)
		}
	}
	p.period = p.period.Add(1)
}
