// Package words holds the texts of the pages in Dutch and English, and formats amounts, counts, days and times for them. [Say] is the
// main function: the Dutch text is the key, english_*.go has the translations and one.go the singular forms. [Both] and [Told] store
// and read texts in both languages.
package words

import (
	"cmp"
	"fmt"

	"github.com/pxq-nl/pxq/billing"
)

// Say returns a text in a language, formatted with the values if there are any. The key is the Dutch text; without a translation it
// also serves as the English one. If the first number among the values is 1, the text has its singular form, if there is one.
func Say(language, key string, values ...any) string {
	text := formOf(key, values)
	if len(values) == 0 {
		return text.In(language)
	}
	return fmt.Sprintf(text.In(language), values...)
}

// formOf returns a text, not yet formatted, in the form that belongs to the values.
func formOf(key string, values []any) billing.Text {
	if one, has := ofOne[key]; has && isOne(values) {
		return one
	}
	return billing.Text{Dutch: key, English: cmp.Or(English[key], key)}
}
