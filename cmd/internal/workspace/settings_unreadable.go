package workspace

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"github.com/pxq-nl/pxq/billing"
)

// oidcKeys are the keys of a table [[web.oidc]].
var oidcKeys = []string{"name", "issuer", "client_id", "secret_file", "amr"}

// unreadableSettings tells what is wrong with settings that toml cannot read: a line, or a value where a table belongs.
func unreadableSettings(path, content string, err error) error {
	if broken, ok := errors.AsType[toml.ParseError](err); ok {
		// Of an end of line that came too early toml counts the line behind it.
		line := 1 + strings.Count(content[:min(broken.Position.Start, len(content))], "\n")
		return problem(BadSettings, path, line, howToWrite(content, broken))
	}
	raw := map[string]any{}
	if _, err := toml.Decode(content, &raw); err != nil {
		return problem(BadSettings, path, 1, howToWrite(content, toml.ParseError{}))
	}
	for _, table := range []string{"policy", "web"} {
		value := under(raw, table)
		shown := shownValue(table, value)
		switch value.(type) {
		case map[string]any, nil:
			continue
		case []map[string]any:
			shown = "[[" + table + "]]"
		}
		return problem(BadSetting, path, table, shown, billing.Text{Dutch: "één tabel [" + table + "]", English: "one table [" + table + "]"})
	}
	// Of what is left only the tables of another party are read as more than any value.
	return problem(BadSetting, path, "web.oidc", shownValue("web.oidc", nil), oidcWanted)
}

// under returns what stands under a name in whatever case, as toml reads it.
func under(raw map[string]any, name string) any {
	for key, value := range raw {
		if strings.EqualFold(key, name) {
			return value
		}
	}
	return nil
}

// howToWrite tells how to mend a line that toml cannot read.
func howToWrite(content string, broken toml.ParseError) billing.Text {
	switch {
	case !utf8.ValidString(content) || strings.Contains(content, "\x00"):
		return billing.Text{Dutch: "Bewaar het bestand als UTF-8.", English: "Save the file as UTF-8."}
	case strings.Contains(broken.Message, "already been defined"), strings.Contains(broken.Message, "already created"):
		return billing.Text{
			Dutch:   "Wat er staat, staat hoger in het bestand ook al: zet elke tabel en elke instelling er één keer in.",
			English: "What is there stands higher up in the file too: put in every table and every setting once.",
		}
	}
	return billing.Text{
		Dutch:   "Schrijf tekst en maanden tussen aanhalingstekens en getallen zonder, bijvoorbeeld: language = \"nl\" of gap_days = 30.",
		English: "Write texts and months between quotes and numbers without, for example: language = \"nl\" or gap_days = 30.",
	}
}

// unknownSetting names a key that means nothing, and those that may stand in its place.
func unknownSetting(path string, key toml.Key, settings []setting) error {
	var known []string
	switch table := key[0]; {
	case strings.EqualFold(table, "web") && len(key) > 2 && strings.EqualFold(key[1], "oidc"):
		known = slices.Clone(oidcKeys)
	case strings.EqualFold(table, "policy") || strings.EqualFold(table, "web"):
		for _, setting := range settings {
			if name, ok := strings.CutPrefix(setting.key, strings.ToLower(table)+"."); ok {
				known = append(known, name)
			}
		}
	default:
		known = []string{"region", "language", "database", "trial", "[policy]", "[web]"}
	}
	return problem(UnknownSetting, path, key.String(), strings.Join(known, ", "))
}
