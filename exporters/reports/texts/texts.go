// Package texts has every text of the workbooks, in Dutch and in English.
//
// The code of the workbooks has its texts in Dutch and passes them to Texts.Say. The files english*.go have the English of
// each, with the Dutch as key; a test writes every workbook in English and fails if a text has none.
package texts

import (
	"fmt"
	"slices"
)

// Texts holds the words of the workbooks in one language.
type Texts struct{ language string }

// English is the code of the language other than Dutch.
const English = "en"

// In returns the texts in that language: en, or anything else for Dutch.
func In(language string) Texts { return Texts{language} }

// Say returns a text in the language, with its values filled in as fmt.Sprintf does. A text without English is put in
// brackets, so that it is noticed.
func (t Texts) Say(dutch string, values ...any) string {
	text := dutch
	if t.language == English {
		text = translated(dutch)
	}
	if len(values) == 0 {
		return text
	}
	return fmt.Sprintf(text, values...)
}

// dictionaries hold the English of every text, by the Dutch.
var dictionaries = [...]map[string]string{inEnglish, inEnglishUitval, inEnglishRetour, inEnglishYear}

func translated(dutch string) string {
	for _, dictionary := range dictionaries {
		if text, ok := dictionary[dutch]; ok {
			return text
		}
	}
	return "⟦" + dutch + "⟧"
}

// InEitherLanguage reports whether a text is one of the given Dutch ones or the English of one.
func InEitherLanguage(dutch []string, text string) bool {
	return slices.ContainsFunc(dutch, func(one string) bool { return one == text || translated(one) == text })
}
