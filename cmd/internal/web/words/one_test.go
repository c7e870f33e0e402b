package words

import (
	"regexp"
	"slices"
	"testing"
)

// Singular forms exist in both languages, with the same verbs as the text itself.
func TestOfOne(t *testing.T) {
	verbs := regexp.MustCompile(`%[a-z]`)
	for key, one := range ofOne {
		if English[key] == "" {
			t.Errorf("nobody writes %q", key)
		}
		if one.Dutch == key || !slices.Equal(verbs.FindAllString(key, -1), verbs.FindAllString(one.Dutch, -1)) || !slices.Equal(verbs.FindAllString(key, -1), verbs.FindAllString(one.English, -1)) {
			t.Errorf("%q of one is %q and %q", key, one.Dutch, one.English)
		}
	}
	for _, test := range []struct {
		language, key, want string
		values              []any
	}{
		{"nl", "%d besluiten genomen.", "1 besluit genomen.", []any{1}},
		{"en", "%d besluiten genomen.", "1 decision taken.", []any{int64(1)}},
		{"nl", "%d besluiten genomen.", "0 besluiten genomen.", []any{0}},
		{"en", "%d besluiten genomen.", "2 decisions taken.", []any{2}},
		{"nl", "%d besluiten gevraagd, samen %s.", "1 besluit gevraagd, van € 1,00.", []any{1, "€ 1,00"}},
		{"nl", "%s: %d zorgregels, waarvan %d afgewezen en %d in uitval.", "a: 2 zorgregels, waarvan 1 afgewezen en 1 in uitval.", []any{"a", 2, 1, 1}},
		{"nl", "Berekend: %s in %d declaratieregels.", "Berekend: € 1,00 in 1 declaratieregel.", []any{"€ 1,00", 1}},
	} {
		if got := Say(test.language, test.key, test.values...); got != test.want {
			t.Errorf("%q, not %q", got, test.want)
		}
	}
}

// neverOne are texts in which the number before a plural is never one, or the word also serves as singular.
var neverOne = map[string]bool{
	"%d bytes": true, "%d gevonden": true,
	"Stuur %d regels in, ook de %d die zo worden afgewezen": true, "Stuur %d regels in, ook de ene die zo wordt afgewezen": true,
	"Excel (.xlsx), OpenDocument (.ods), CSV of een declaratiebericht (JW323, .xml); ten hoogste %d bestanden van %d MiB. Alleen zorgregels van uw eigen AGB-code. Eerst wordt alleen gecontroleerd: er wordt nog niets ingestuurd.": true,
}

// A text with a number before a plural has a singular form.
func TestCountsHaveAFormForOne(t *testing.T) {
	plural := regexp.MustCompile(`%d \pL+(s|en)\b`)
	for key := range English {
		if _, has := ofOne[key]; !has && !neverOne[key] && plural.MatchString(key) {
			t.Errorf("what does %q say of one?", key)
		}
		if one, has := ofOne[key]; has && plural.MatchString(one.Dutch) && !plural.MatchString(key) {
			t.Errorf("%q says %q of one", key, one.Dutch)
		}
	}
	for key := range neverOne {
		if English[key] == "" {
			t.Errorf("nobody writes %q", key)
		}
	}
}
