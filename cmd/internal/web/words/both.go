package words

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// between separates the Dutch and the English text in a line that is stored in both languages.
const between = "\x1f"

// Amount is an amount that is formatted in the language of its reader.
type Amount billing.Money

// In formats the amount.
func (a Amount) In(language string) string { return Euro(billing.Money(a), language) }

// Count is a number of rows that is formatted in the language of its reader.
type Count int

// In formats the number.
func (c Count) In(language string) string { return Rows(int(c), language) }

// Both formats a line in both languages, to be stored until somebody reads it with [Told].
func Both(key string, values ...any) string { return Kept(InBoth(key, values...)) }

// InBoth is [Say] in both languages; values that have a language are written in that of the text, as by billing.Texts.
func InBoth(key string, values ...any) billing.Text {
	text := formOf(key, values)
	if len(values) == 0 {
		return text
	}
	return billing.Texts(text.Dutch, text.English, values...)
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
