package main

import (
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
)

// euros writes an amount as people of the language do.
func (a *app) euros(amount billing.Money) string {
	return rules.Show("eur", strconv.FormatInt(int64(amount), 10), a.language)
}

// count writes a number with marks between its thousands.
func (a *app) count(number int) string {
	mark := "."
	if a.language == "en" {
		mark = ","
	}
	digits := strconv.Itoa(number)
	sign := ""
	if rest, negative := strings.CutPrefix(digits, "-"); negative {
		sign, digits = "-", rest
	}
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + mark + digits[at:]
	}
	return sign + digits
}

// lines is the word for so many declaration lines.
func (a *app) lines(count int) string {
	if count == 1 {
		return a.text("declaratieregel", "line")
	}
	return a.text("declaratieregels", "lines")
}

// outcome names an outcome.
func (a *app) outcome(outcome billing.Outcome) string {
	names := map[billing.Outcome]billing.Text{
		billing.Accepted: {Dutch: "akkoord", English: "accepted"}, billing.Held: {Dutch: "uitval", English: "held"},
		billing.Rejected: {Dutch: "afgewezen", English: "rejected"}, billing.Pending: {Dutch: "wacht", English: "pending"},
		billing.Replaced: {Dutch: "vervangen", English: "replaced"}, billing.Withdrawn: {Dutch: "ingetrokken", English: "withdrawn"},
	}
	return names[outcome].In(a.language)
}

// kind names why a line is in a declaration.
func (a *app) kind(kind billing.LineKind) string {
	names := map[billing.LineKind]billing.Text{
		billing.Regular: {Dutch: "regulier", English: "regular"}, billing.Late: {Dutch: "nagekomen", English: "late"},
		billing.Credit: {Dutch: "credit", English: "credit"}, billing.Correction: {Dutch: "correctie", English: "correction"},
	}
	return names[kind].In(a.language)
}

// municipality names a municipality by its code.
func (a *app) municipality(code string) string {
	if code == "" {
		return a.text("onbekend", "unknown")
	}
	if a.names != nil {
		if m := a.names.Municipality(code); m != nil {
			return m.Name
		}
	}
	return code
}
