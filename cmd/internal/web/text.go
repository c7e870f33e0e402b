package web

import "fmt"

// say writes a text in a language. Dutch is the key; English stands in one table.
func say(language, key string, values ...any) string {
	text := key
	if language == "en" {
		if english, ok := english[key]; ok {
			text = english
		}
	}
	if len(values) == 0 {
		return text
	}
	return fmt.Sprintf(text, values...)
}
