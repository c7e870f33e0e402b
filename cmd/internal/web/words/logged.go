package words

import (
	"strconv"
	"strings"
)

// Counted are what entries of the log count.
var Counted = map[string]string{
	"besluiten": "%d besluiten", "gevonden": "%d gevonden", "regels": "%d regels", "bytes": "%d bytes", "rijen van een bestand": "%d rijen van een bestand",
}

// Logged writes a text of an entry of the log, which is kept in Dutch, in a language.
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
