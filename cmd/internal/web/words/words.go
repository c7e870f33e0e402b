// Package words is what the pages say, in Dutch and in English, and how they write figures, days and moments.
package words

import (
	"fmt"
)

// Say writes a text in a language. Dutch is the key; English stands in one table.
func Say(language, key string, values ...any) string {
	text := key
	if language == "en" {
		if english, ok := English[key]; ok {
			text = english
		}
	}
	if len(values) == 0 {
		return text
	}
	return fmt.Sprintf(text, values...)
}
