package rules

import (
	"maps"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// Markdown returns the catalogue as the document RULES.md, sorted by code, in Dutch and in English. The texts come
// from the rules themselves, so that the document always says what the program does.
func Markdown() string {
	var out strings.Builder
	out.WriteString(markdownIntroduction)
	var family billing.Family
	for _, rule := range Sorted() {
		if rule.Family() != family {
			family = rule.Family()
			title := families[family]
			out.WriteString("\n## " + string(family) + " – " + title.Dutch + " / " + title.English + "\n")
		}
		markdownRule(&out, &rule)
	}
	return out.String()
}

const markdownIntroduction = `# Regels / Rules

Dit bestand is gemaakt uit de catalogus zelf; wijzig de regels, niet dit bestand. Elke regel heeft een vaste code. **Afkeur** wijst een
zorgregel af tot de gegevens veranderen, **uitval** houdt haar vast tot een controleur beslist, een **signaal** verandert niets aan de
uitkomst. Tussen [haken] staat wat per bevinding verschilt. *iJw* is de retourcode van de berichtenstandaard, *bron* zegt waar de regel
vandaan komt: S2 en S4 zijn de pagina's van de regio over segment 2 en 4, HvB andere openbare pagina's van de regio, Jw de Jeugdwet, own een
eigen, instelbare aanname.

This file is generated from the catalogue; change the rules, not this file. Every rule has a stable code. A **reject** turns a record
down until the data change, a **hold** keeps it until a controller decides, a **signal** does not change the outcome. What varies per
finding is in [brackets]. *iJw* is the return code of the message standard. *source* tells where the rule comes from: S2 and S4 are the
region's pages on segments 2 and 4, HvB other public pages of the region, Jw the Youth Act, own a configurable assumption of pxq.
`

// families are the titles of the families of rules.
var families = map[billing.Family]billing.Text{
	billing.RowFamily:          text("de regel zelf", "the row itself"),
	billing.IdentityFamily:     text("identiteit", "identity"),
	billing.ReferralFamily:     text("toewijzing", "referral"),
	billing.ContractFamily:     text("contract", "contract"),
	billing.PriceFamily:        text("tarief", "price"),
	billing.DurationFamily:     text("maximale duur", "maximum duration"),
	billing.SegmentFamily:      text("segment", "segment"),
	billing.AgeFamily:          text("leeftijd", "age"),
	billing.TimeFamily:         text("tijdigheid", "time limits"),
	billing.PlausibilityFamily: text("aannemelijkheid", "plausibility"),
	billing.VolumeFamily:       text("volume", "volume"),
	billing.MessageFamily:      text("berichten van iJw", "iJw messages"),
}

// SeverityName returns the word for a severity in a language, nl or en.
func SeverityName(severity billing.Severity, language string) string {
	return severityNames[severity].In(language)
}

// Outline returns a text of a rule without the values of a finding: {2:date} becomes [datum].
func Outline(text billing.Text, language string) string { return readable(text.In(language), language) }

// severityNames are the words for the severities in RULES.md.
var severityNames = map[billing.Severity]billing.Text{
	billing.Reject: text("afkeur", "reject"),
	billing.Hold:   text("uitval", "hold"),
	billing.Signal: text("signaal", "signal"),
}

func markdownRule(out *strings.Builder, rule *billing.Rule) {
	severity := severityNames[rule.Severity]
	facts := []string{severity.Dutch + " / " + severity.English}
	if of := severityNames[rule.OfMessage]; of != (billing.Text{}) {
		facts = append(facts, "in een bericht (JW323) "+of.Dutch+" / in a message (JW323) "+of.English)
	}
	facts = append(facts, "bron / source "+rule.Source)
	if rule.Standard != "" {
		facts = append(facts, rule.Standard)
	}
	if rule.IJW != "" {
		facts = append(facts, "iJw "+rule.IJW)
	}
	out.WriteString("\n### " + rule.Code.String() + "\n\n" + strings.Join(facts, " · ") + "\n\n| | Nederlands | English |\n|---|---|---|\n")
	markdownRow(out, "regel / rule", rule.Title)
	markdownRow(out, "bevinding / finding", rule.Message)
	markdownRow(out, "herstel / remedy", rule.Remedy)
	for _, in := range []struct {
		name string
		text billing.Text
	}{
		{"regel in een bericht / rule in a message", rule.Prestatie.Title}, {"bevinding in een bericht / finding in a message", rule.Prestatie.Message},
		{"herstel in een bericht / remedy in a message", rule.Prestatie.Remedy},
		{"bevinding in een bericht voor de aanbieder / finding in a message for the provider", rule.Prestatie.Provider},
	} {
		if in.text != (billing.Text{}) {
			markdownRow(out, in.name, in.text)
		}
	}
	if rule.Provider.Message != (billing.Text{}) {
		markdownRow(out, "bevinding voor de aanbieder / finding for the provider", rule.Provider.Message)
	}
	if rule.Provider.Remedy != (billing.Text{}) {
		markdownRow(out, "herstel voor de aanbieder / remedy for the provider", rule.Provider.Remedy)
	}
}

func markdownRow(out *strings.Builder, name string, both billing.Text) {
	out.WriteString("| " + name + " | " + readable(both.Dutch, "nl") + " | " + readable(both.English, "en") + " |\n")
}

// readable replaces the placeholders of a text by words between brackets: {2:date} becomes [datum].
func readable(template, language string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		out.WriteString(strings.ReplaceAll(before, "|", `\|`))
		if !found {
			return out.String()
		}
		field, after, _ := strings.Cut(rest, "}")
		_, form, _ := strings.Cut(field, ":")
		word, known := placeNames[form]
		if !known {
			word = alternatives(form)
		}
		out.WriteString("[" + word.In(language) + "]")
		template = after
	}
}

// placeNames are the words for placeholders, by form, whose values are not words themselves.
var placeNames = map[string]billing.Text{
	"":        text("…", "…"),
	"found":   text("wat er staat", "what it says"),
	"date":    text("datum", "date"),
	"month":   text("maand", "month"),
	"eur":     text("bedrag", "amount"),
	"amount":  text("bedrag", "amount"),
	"qty":     text("aantal", "quantity"),
	"minutes": text("aantal minuten", "number of minutes"),
}

// alternatives returns all words that a value of a form can be shown as.
func alternatives(form string) billing.Text {
	var dutch, english []string
	for _, value := range slices.Sorted(maps.Keys(forms[form])) {
		words := forms[form][value]
		if words.Dutch == "" || words.Dutch == "*" {
			continue
		}
		dutch = append(dutch, strings.ReplaceAll(words.Dutch, "*", "…"))
		english = append(english, strings.ReplaceAll(words.English, "*", "…"))
	}
	return text(strings.Join(dutch, " / "), strings.Join(english, " / "))
}
