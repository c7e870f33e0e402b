// Package words is what the pages say, in Dutch and in English, and how they write figures, days and moments.
package words

import (
	"cmp"
	"fmt"

	"github.com/pxq-nl/pxq/billing"
)

// Say writes a text in a language. Dutch is the key; English stands in one table. A text that counts one of something has a
// form of its own.
func Say(language, key string, values ...any) string {
	text := billing.Text{Dutch: key, English: cmp.Or(English[key], key)}
	if one, has := ofOne[key]; has && isOne(values) {
		text = one
	}
	if len(values) == 0 {
		return text.In(language)
	}
	return fmt.Sprintf(text.In(language), values...)
}
