package words

import (
	"strconv"
	"strings"
)

// Counted are the texts that entries of the log combine with a number, by what follows the number.
var Counted = map[string]string{
	"besluiten": "%d besluiten", "gevonden": "%d gevonden", "regels": "%d regels", "bytes": "%d bytes", "rijen van een bestand": "%d rijen van een bestand",
}

// Logged translates a text of the log, which is stored in Dutch, to a language.
func Logged(text, language string) string {
	if role, is := strings.CutPrefix(text, "uitgenodigd als "); is {
		return Say(language, "uitgenodigd als %s", Say(language, role))
	}
	if id, is := strings.CutPrefix(text, "bevindingen "); is {
		return Say(language, "bevindingen %s", id)
	}
	first, rest, _ := strings.Cut(text, " ")
	if number, err := strconv.Atoi(first); err == nil && Counted[rest] != "" {
		return Say(language, Counted[rest], number)
	}
	return Say(language, text)
}
