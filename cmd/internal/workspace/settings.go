package workspace

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
)

// Settings are the settings of pxq.toml, with defaults for those that it lacks.
type Settings struct {
	Region   string
	Language string // nl or en
	Database string // address; "" for pxq.db in the workspace
	Trial    bool   // the built-in book is used when contract/ holds none, and care may be declared at example prices
	Policy   billing.Policy
	Web      WebSettings

	// SecondFrom is the amount from which a second controller must agree with a decision; 0 for none.
	SecondFrom billing.Money
}

// file is the decoded content of pxq.toml: every key that it may have, with a value of any type.
type file struct {
	Region, Language, Database, Trial any
	Policy                            policyKeys
	Web                               webKeys
}

// policyKeys are the keys of the table [policy].
type policyKeys struct {
	GapDays               any `toml:"gap_days"`
	LookAheadMonths       any `toml:"look_ahead_months"`
	HandoverMonths        any `toml:"handover_months"`
	LateMonths            any `toml:"late_months"`
	MaxHoursPerDay        any `toml:"max_hours_per_day"`
	MaxDaypartsPerDay     any `toml:"max_dayparts_per_day"`
	CeilingWarning        any `toml:"ceiling_warning"`
	AgeMaximum            any `toml:"age_maximum"`
	CoordinationPointFrom any `toml:"coordination_point_from"`
	Segment1Begeleiding   any `toml:"segment1_begeleiding"`
	Segment1Behandeling   any `toml:"segment1_behandeling"`
	MinMinutes            any `toml:"min_minutes"`
	RecalculateFrom       any `toml:"recalculate_from"`
	MaxChange             any `toml:"max_change"`
	MaxRejected           any `toml:"max_rejected"`
	MaxCredit             any `toml:"max_credit"`
	SecondControllerFrom  any `toml:"second_controller_from"`
}

// setting is a key with its value in pxq.toml.
type setting struct {
	key   string
	value any                              // nil when the key is absent
	set   func(any) (wanted *billing.Text) // stores the value, or returns what is expected instead of it
}

// all returns every setting, ready to be stored in s.
func (f *file) all(s *Settings) []setting {
	p, to := &f.Policy, &s.Policy
	return append(f.Web.all(&s.Web), []setting{
		{"policy.second_controller_from", p.SecondControllerFrom, euros(&s.SecondFrom)},
		{"database", f.Database, text(&s.Database)},
		{"language", f.Language, language(&s.Language)},
		{"policy.age_maximum", p.AgeMaximum, number(&to.AgeMaximum)},
		{"policy.ceiling_warning", p.CeilingWarning, number(&to.CeilingWarning)},
		{"policy.coordination_point_from", p.CoordinationPointFrom, day(&to.CoordinationPointFrom)},
		{"policy.gap_days", p.GapDays, number(&to.GapDays)},
		{"policy.handover_months", p.HandoverMonths, number(&to.HandoverMonths)},
		{"policy.late_months", p.LateMonths, number(&to.LateMonths)},
		{"policy.look_ahead_months", p.LookAheadMonths, number(&to.LookAheadMonths)},
		{"policy.max_change", p.MaxChange, number(&to.MaxChange)},
		{"policy.max_credit", p.MaxCredit, number(&to.MaxCredit)},
		{"policy.max_dayparts_per_day", p.MaxDaypartsPerDay, number(&to.MaxDaypartsPerDay)},
		{"policy.max_hours_per_day", p.MaxHoursPerDay, number(&to.MaxHoursPerDay)},
		{"policy.max_rejected", p.MaxRejected, number(&to.MaxRejected)},
		{"policy.min_minutes", p.MinMinutes, number(&to.MinMinutes)},
		{"policy.recalculate_from", p.RecalculateFrom, monthOrNone(&to.RecalculateFrom)},
		{"policy.segment1_begeleiding", p.Segment1Begeleiding, number(&to.Segment1Begeleiding)},
		{"policy.segment1_behandeling", p.Segment1Behandeling, number(&to.Segment1Behandeling)},
		{"region", f.Region, text(&s.Region)},
		{"trial", f.Trial, yesOrNo(&s.Trial)},
	}...)
}

// readSettings reads the settings in the file at path. When the file does not exist it returns the defaults, and there is
// false.
func readSettings(path string) (settings Settings, there bool, err error) {
	read := Settings{Region: "Hart van Brabant", Language: "nl", Policy: billing.DefaultPolicy(), Web: defaultWeb()}
	content, err := readPlain(path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return read, false, nil
	}
	if err != nil {
		return read, true, problem(NoSettings, path)
	}
	err = read.parse(path, content)
	return read, true, err
}

// plainMost is the largest size in bytes of a file that is edited by hand.
const plainMost = 1 << 20

// readPlain reads a file that is edited by hand. It refuses anything but a regular file, so that it neither blocks on a pipe
// nor reads a device forever.
func readPlain(path string) ([]byte, error) {
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: path, Err: errors.Join(err, fs.ErrInvalid)}
	}
	content, err := io.ReadAll(io.LimitReader(file, plainMost+1))
	if err == nil && len(content) > plainMost {
		err = &fs.PathError{Op: "read", Path: path, Err: fs.ErrInvalid}
	}
	return content, err
}

// parse stores the settings in content; path is only for its errors.
func (s *Settings) parse(path string, content []byte) error {
	var given file
	meta, err := toml.Decode(string(content), &given)
	if err != nil {
		return unreadableSettings(path, string(content), err)
	}
	if dotted := dottedEuros.FindSubmatch(content); dotted != nil {
		given.Policy.SecondControllerFrom = string(dotted[1])
	}
	keys := given.all(s)
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return unknownSetting(path, unknown[0], keys)
	}
	if capital := otherwiseWritten(meta.Keys(), keys); capital != nil {
		return unknownSetting(path, capital, keys)
	}
	for _, key := range keys {
		if key.value == nil {
			continue
		}
		if wanted := key.set(key.value); wanted != nil {
			return problem(BadSetting, path, key.key, shownValue(key.key, key.value), *wanted)
		}
	}
	return nil
}

// shownValue returns a refused value as it may be shown: "…" when it may contain a password.
func shownValue(key string, value any) string {
	if key == "database" || key == "web.oidc" {
		return "…"
	}
	return bsn.Shown(written(value))
}

// oidcKeys are the keys of a table [[web.oidc]].
var oidcKeys = []string{"name", "issuer", "client_id", "secret_file", "amr"}

// unreadableSettings returns the problem of settings that cannot be decoded: a line with a syntax error, or a value where a
// table is expected.
func unreadableSettings(path, content string, err error) error {
	if broken, ok := errors.AsType[toml.ParseError](err); ok {
		// When a line ends too early, toml reports the line after it.
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
	// All other keys accept any value, so the error is in the tables [[web.oidc]].
	return problem(BadSetting, path, "web.oidc", shownValue("web.oidc", nil), oidcWanted)
}

// under returns the value of a key, ignoring case as toml does; nil when there is none.
func under(raw map[string]any, name string) any {
	for key, value := range raw {
		if strings.EqualFold(key, name) {
			return value
		}
	}
	return nil
}

// howToWrite says how to correct a line that toml cannot read.
func howToWrite(content string, broken toml.ParseError) billing.Text {
	switch {
	case !utf8.ValidString(content) || strings.Contains(content, "\x00"):
		return billing.Text{Dutch: "Bewaar het bestand als UTF-8.", English: "Save the file as UTF-8."}
	case strings.Contains(broken.Message, "already been defined"), strings.Contains(broken.Message, "already created"):
		return billing.Text{
			Dutch:   "Wat er staat, staat hoger in het bestand ook al: zet elke tabel en elke instelling er één keer in.",
			English: "This also appears higher up in the file: put in every table and every setting only once.",
		}
	}
	return billing.Text{
		Dutch:   "Schrijf tekst en maanden tussen aanhalingstekens en getallen zonder, bijvoorbeeld: language = \"nl\" of gap_days = 30.",
		English: "Write texts and months in quotes and numbers without, for example: language = \"nl\" or gap_days = 30.",
	}
}

// otherwiseWritten returns the first key that is a setting but for its capitals; nil for none. toml ignores case: of two such
// keys it takes either, now the one and then the other, and two runs of a month would differ.
func otherwiseWritten(keys []toml.Key, settings []setting) toml.Key {
	known := []string{"policy", "web"}
	for _, setting := range settings {
		known = append(known, setting.key)
	}
	for _, name := range oidcKeys {
		known = append(known, "web.oidc."+name)
	}
	for _, key := range keys {
		name := strings.Join(key, ".")
		same := func(known string) bool { return strings.EqualFold(known, name) }
		if slices.ContainsFunc(known, same) && !slices.Contains(known, name) {
			return key
		}
	}
	return nil
}

// unknownSetting returns the problem of an unknown key, with the keys that its table may have.
func unknownSetting(path string, key toml.Key, settings []setting) error {
	var known []string
	switch table := key[0]; {
	case strings.EqualFold(table, "web") && len(key) > 2 && strings.EqualFold(key[1], "oidc"):
		known = slices.Clone(oidcKeys)
	case len(key) > 1 && (strings.EqualFold(table, "policy") || strings.EqualFold(table, "web")):
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
