package rates

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// Fingerprint returns the SHA-256, in hexadecimal, of all facts of the book. It does not depend on the order of rows or
// lists, nor on the sources of rows: with equal fingerprints, records are judged equally.
func Fingerprint(book *billing.Book) string {
	lines := factLines(book)
	slices.Sort(lines)
	sum := sha256.Sum256([]byte("book 1\n" + strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:])
}

// factLines returns one line of quoted fields for each fact, beginning with its table.
func factLines(book *billing.Book) []string {
	var lines []string
	for _, s := range book.Segments {
		lines = append(lines, factLine("segmenten", s.Code, s.Name, yes(s.SettledPQ), whole(s.MaxMonths),
			set(s.Referrers), yes(s.PerArea), yes(s.TakesOver)))
	}
	for _, p := range book.Products {
		lines = append(lines, factLine("producten", p.Code, p.Name, p.Segment, p.Category, p.Kind.String(), p.TaskField,
			yes(p.AllowsTime), yes(p.AllowsDaypart), whole(p.MaxMonths), whole(p.AgeLimit), yes(p.Residential),
			yes(p.CoordinationPoint), yes(p.WholeHours))+since(p.From))
	}
	for _, m := range book.Municipalities {
		lines = append(lines, factLine("gemeenten", m.Code, m.Name, set(m.Aliases), m.Area)+since(m.From))
	}
	for _, a := range book.Areas {
		lines = append(lines, factLine("gebieden", a.Code, a.Name))
	}
	for _, p := range book.Providers {
		lines = append(lines, factLine("aanbieders", p.AGB, p.Name)+since(p.From))
	}
	for _, c := range book.Contracts {
		lines = append(lines, factLine("contracten", c.Provider, c.Segment, c.Area, set(c.Products), c.From.String(),
			c.To.String(), yes(c.HasCeiling), c.Ceiling.String(), c.DeclaredBefore.String(), whole(c.DeclaredBeforeIn)))
	}
	for _, r := range book.Prices {
		lines = append(lines, factLine("tarieven", r.Product, r.Unit.String(), r.Provider, r.Price.String(),
			r.From.String(), r.To.String()))
	}
	return lines
}

// factLine writes a line with every field quoted, so that different facts have different lines.
func factLine(table string, fields ...string) string {
	var line strings.Builder
	line.WriteString(table)
	for _, field := range fields {
		line.WriteByte(' ')
		line.WriteString(strconv.Quote(field))
	}
	return line.String()
}

// since writes the day from which a row applies; nothing if it always applies.
func since(from billing.Date) string {
	if from.IsZero() {
		return ""
	}
	return factLine("", "van", from.String())
}

// set writes a list whose order does not matter.
func set(values []string) string { return factLine("", slices.Sorted(slices.Values(values))...) }

func yes(b bool) string { return strconv.FormatBool(b) }

func whole(n int) string { return strconv.Itoa(n) }
