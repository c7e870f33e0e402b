package synthetic

import (
	"math/rand/v2"
	"sort"

	"github.com/pxq-nl/pxq/billing"
)

// chance is a source of random choices that gives the same ones for the same seed and stream.
type chance struct{ *rand.Rand }

// The streams. Each part of the plan has its own, so that a change to one leaves the others as they were.
const (
	streamProviders uint64 = iota + 1
	streamPeople
	streamReferrals
	streamVisits
	streamRoom
	streamMistakes
	streamVersions
	streamRows // and up: one stream per provider
)

// streamGoingOn is the stream for care that goes on from earlier months.
const streamGoingOn uint64 = 1 << 24

// follows reports whether the workspace holds months before this one.
func (p *plan) follows() bool { return p.earlier != nil && len(p.earlier.numbers) > 0 }

func (p *plan) chance(stream uint64) chance {
	if p.follows() {
		stream |= uint64(p.period) << 32 // the choices of the first month are those that made the people who are there already
	}
	return chance{rand.New(rand.NewPCG(p.options.Seed, stream))}
}

// maybe returns true in the given percentage of cases.
func (c chance) maybe(percent float64) bool { return c.Float64()*100 < percent }

// between returns a number from low to high, both included.
func (c chance) between(low, high int) int {
	if high <= low {
		return low
	}
	return low + c.IntN(high-low+1)
}

// dayBetween returns a day from first to last, both included.
func (c chance) dayBetween(first, last billing.Date) billing.Date {
	return first.AddDays(c.between(0, int(last-first)))
}

// oneOf returns one of the items.
func oneOf[T any](c chance, items ...T) T { return items[c.IntN(len(items))] }

// wheel picks an index with a probability in proportion to its weight.
type wheel struct{ sums []float64 }

func (w *wheel) add(weight float64) { w.sums = append(w.sums, weight+w.total()) }

func (w *wheel) total() float64 {
	if len(w.sums) == 0 {
		return 0
	}
	return w.sums[len(w.sums)-1]
}

func (w *wheel) empty() bool { return w.total() == 0 }

func (w *wheel) spin(c chance) int {
	at := c.Float64() * w.total()
	return min(sort.Search(len(w.sums), func(i int) bool { return w.sums[i] > at }), len(w.sums)-1)
}
