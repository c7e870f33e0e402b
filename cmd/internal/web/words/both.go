package words

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// between stands between the Dutch and the English of a line that is kept for readers of both.
const between = "\x1f"

// In is a text in the language of who reads it.
type In interface{ In(language string) string }

// Amount is an amount in the language of who reads it.
type Amount billing.Money

// In writes the amount.
func (a Amount) In(language string) string { return Euro(billing.Money(a), language) }

// Count is a number of rows in the language of who reads it.
type Count int

// In writes the number.
func (c Count) In(language string) string { return Rows(int(c), language) }

// Both writes a line in both languages, to be kept until somebody reads it; values that are In are in the language of the
// line.
func Both(key string, values ...any) string {
	line := func(language string) string {
		own := make([]any, len(values))
		for i, value := range values {
			own[i] = value
			if text, is := value.(In); is {
				own[i] = text.In(language)
			}
		}
		return Say(language, key, own...)
	}
	return Kept(billing.Text{Dutch: line("nl"), English: line("en")})
}

// Kept writes a text so that both its languages are kept, on one line.
func Kept(text billing.Text) string {
	clean := func(one string) string { return strings.NewReplacer("\n", " ", between, " ").Replace(one) }
	if text.Dutch == text.English {
		return clean(text.Dutch)
	}
	return clean(text.Dutch) + between + clean(text.English)
}

// Told returns lines that were kept in the language of who reads them.
func Told(kept, language string) string {
	lines := strings.Split(kept, "\n")
	for i, line := range lines {
		dutch, english, both := strings.Cut(line, between)
		if lines[i] = dutch; both && language == "en" {
			lines[i] = english
		}
	}
	return strings.Join(lines, "\n")
}
