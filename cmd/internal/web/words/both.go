package words

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// between separates the Dutch and the English text in a line that is stored in both languages.
const between = "\x1f"

// In is a text that is available in each language.
type In interface{ In(language string) string }

// Amount is an amount that is formatted in the language of its reader.
type Amount billing.Money

// In formats the amount.
func (a Amount) In(language string) string { return Euro(billing.Money(a), language) }

// Count is a number of rows that is formatted in the language of its reader.
type Count int

// In formats the number.
func (c Count) In(language string) string { return Rows(int(c), language) }

// Both formats a line in both languages, to be stored until somebody reads it with [Told]. Values that implement [In] are formatted
// in the language of the line.
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

// Kept returns both languages of a text on one line, to be stored until somebody reads it with [Told].
func Kept(text billing.Text) string {
	clean := func(one string) string { return strings.NewReplacer("\n", " ", between, " ").Replace(one) }
	if text.Dutch == text.English {
		return clean(text.Dutch)
	}
	return clean(text.Dutch) + between + clean(text.English)
}

// Told returns the lines of a text stored by [Both] or [Kept] in a language. Lines without two languages stay as they are.
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
