package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/rates"
)

// settings is what pxq.toml says, with the defaults for what it does not.
type settings struct {
	Region   string
	Language string
	Database string
	Policy   billing.Policy
}

// readSettings reads pxq.toml; a workspace without one has the defaults.
func readSettings(path string) (settings, error) {
	read := settings{Region: "Hart van Brabant", Language: "nl", Policy: billing.DefaultPolicy()}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return read, nil
	}
	if err != nil {
		return read, failure("%s kan niet gelezen worden. Controleer of het een bestand is en of u het mag lezen.", "%s cannot be read. Check that it is a file and that you may read it.", path)
	}
	var keys map[string]any
	if err := toml.Unmarshal(text, &keys); err != nil {
		line := 0
		if broken, ok := errors.AsType[toml.ParseError](err); ok {
			line = broken.Position.Line
		}
		return read, failure("%s: regel %d is geen leesbare instelling. Schrijf bijvoorbeeld: language = \"nl\".",
			"%s: line %d is not a readable setting. Write for example: language = \"nl\".", path, line)
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if err := read.set(path, key, keys[key]); err != nil {
			return read, err
		}
	}
	return read, nil
}

func (s *settings) set(path, key string, value any) error {
	switch key {
	case "region":
		return setText(path, key, value, &s.Region)
	case "database":
		return setText(path, key, value, &s.Database)
	case "language":
		if value != "nl" && value != "en" {
			return wrongKind(path, key, value, "\"nl\" of \"en\"", "\"nl\" or \"en\"")
		}
		s.Language = value.(string)
		return nil
	case "policy":
		policy, ok := value.(map[string]any)
		if !ok {
			return wrongKind(path, key, value, "een tabel [policy]", "a table [policy]")
		}
		for _, name := range slices.Sorted(maps.Keys(policy)) {
			if err := setPolicy(path, name, policy[name], &s.Policy); err != nil {
				return err
			}
		}
		return nil
	}
	return unknownKey(path, key, []string{"region", "language", "database", "[policy]"})
}

func setPolicy(path, name string, value any, policy *billing.Policy) error {
	key := "policy." + name
	numbers := map[string]*int{
		"gap_days": &policy.GapDays, "look_ahead_months": &policy.LookAheadMonths, "handover_months": &policy.HandoverMonths,
		"late_months": &policy.LateMonths, "max_hours_per_day": &policy.MaxHoursPerDay, "max_dayparts_per_day": &policy.MaxDaypartsPerDay,
		"ceiling_warning": &policy.CeilingWarning, "age_maximum": &policy.AgeMaximum, "segment1_begeleiding": &policy.Segment1Begeleiding,
		"segment1_behandeling": &policy.Segment1Behandeling, "min_minutes": &policy.MinMinutes,
	}
	if number := numbers[name]; number != nil {
		given, ok := value.(int64)
		if !ok || given < 0 || given > 100_000 {
			return wrongKind(path, key, value, "een geheel getal van 0 of meer", "a whole number of 0 or more")
		}
		*number = int(given)
		return nil
	}
	text := fmt.Sprint(value)
	if moment, ok := value.(time.Time); ok {
		text = moment.Format(time.DateOnly)
	}
	switch name {
	case "coordination_point_from":
		day, err := billing.ParseDate(text)
		if err != nil {
			return wrongKind(path, key, value, "een dag als \"2023-04-12\"", "a day like \"2023-04-12\"")
		}
		policy.CoordinationPointFrom = day
		return nil
	case "recalculate_from":
		if text == "" || text == "none" || text == "geen" {
			policy.RecalculateFrom = 0
			return nil
		}
		month, err := billing.ParsePeriod(text)
		if err != nil {
			return wrongKind(path, key, value, "een maand als \"2026-01\"", "a month like \"2026-01\"")
		}
		policy.RecalculateFrom = month
		return nil
	}
	known := append(slices.Collect(maps.Keys(numbers)), "coordination_point_from", "recalculate_from")
	slices.Sort(known)
	return unknownKey(path, key, known)
}

func setText(path, key string, value any, to *string) error {
	text, ok := value.(string)
	if !ok || text == "" {
		return wrongKind(path, key, value, "een tekst tussen aanhalingstekens", "a text between quotes")
	}
	*to = text
	return nil
}

func wrongKind(path, key string, value any, dutch, english string) error {
	return &textError{billing.Text{
		Dutch:   fmt.Sprintf("%s: bij %s staat ‘%v’, maar daar hoort %s.", path, key, value, dutch),
		English: fmt.Sprintf("%s: %s is “%v”, but should be %s.", path, key, value, english),
	}}
}

func unknownKey(path, key string, known []string) error {
	return failure("%s: de instelling %s bestaat niet. Herstel haar naam of verwijder haar; hier kan staan: %s.",
		"%s: there is no setting %s. Mend its name or remove it; here may stand: %s.", path, key, strings.Join(known, ", "))
}

// fingerprint gives one hash of the book and the policy: what is judged with.
func fingerprint(book *billing.Book, policy billing.Policy) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%+v", rates.Fingerprint(book), policy))
	return hex.EncodeToString(sum[:])
}
