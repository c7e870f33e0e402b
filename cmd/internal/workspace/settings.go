package workspace

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
)

// Settings is what pxq.toml says, with the defaults for what it does not.
type Settings struct {
	Region   string
	Language string // nl or en
	Database string // address; "" for pxq.db in the workspace
	Trial    bool   // the built-in book serves without contract/, and examples may be declared on
	Policy   billing.Policy
	Web      WebSettings

	// SecondFrom is the amount from which a second controller must agree with a decision; 0 for none.
	SecondFrom billing.Money
}

// file is pxq.toml as it is read: every key that it may have, with whatever value stands there.
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

// setting is a key with the value that was given, and where it goes.
type setting struct {
	key   string
	value any
	set   func(any) (wanted *billing.Text) // what should stand there, when the value is of the wrong kind
}

// all returns every setting, by key.
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

// readSettings reads pxq.toml; without one there are the defaults, and there is no workspace.
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

// plainMost bounds what people write by hand.
const plainMost = 1 << 20

// readPlain reads a file that people write by hand. It does not wait for a pipe or read a device without end.
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

// parse reads the content of pxq.toml.
func (s *Settings) parse(path string, content []byte) error {
	var given file
	meta, err := toml.Decode(string(content), &given)
	if err != nil {
		return unreadableSettings(path, string(content), err)
	}
	keys := given.all(s)
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return unknownSetting(path, unknown[0], keys)
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

// shownValue returns a value of the wrong kind as far as it is shown: of what may hold a password nothing.
func shownValue(key string, value any) string {
	if key == "database" || key == "web.oidc" {
		return "…"
	}
	return bsn.Shown(written(value))
}

func text(to *string) func(any) *billing.Text {
	return func(value any) *billing.Text {
		text, ok := value.(string)
		if !ok || text == "" {
			return &billing.Text{Dutch: "een tekst tussen aanhalingstekens, die niet leeg is", English: "a text between quotes that is not empty"}
		}
		*to = text
		return nil
	}
}

func yesOrNo(to *bool) func(any) *billing.Text {
	return func(value any) *billing.Text {
		answer, ok := value.(bool)
		if !ok {
			return &billing.Text{Dutch: "true of false, zonder aanhalingstekens", English: "true or false, without quotes"}
		}
		*to = answer
		return nil
	}
}

func language(to *string) func(any) *billing.Text {
	return func(value any) *billing.Text {
		text, _ := value.(string)
		if !slices.Contains([]string{"nl", "en"}, text) {
			return &billing.Text{Dutch: "\"nl\" of \"en\"", English: "\"nl\" or \"en\""}
		}
		*to = text
		return nil
	}
}

// numberMost bounds the numbers of the policy.
const numberMost = 100_000

func number(to *int) func(any) *billing.Text { return between(to, 0, numberMost) }

func day(to *billing.Date) func(any) *billing.Text {
	return func(value any) *billing.Text {
		day, err := billing.ParseDate(written(value))
		if err != nil {
			return &billing.Text{Dutch: "een dag als \"2023-04-12\"", English: "a day like \"2023-04-12\""}
		}
		*to = day
		return nil
	}
}

func monthOrNone(to *billing.Period) func(any) *billing.Text {
	return func(value any) *billing.Text {
		text := written(value)
		if slices.Contains([]string{"", "none", "geen"}, text) {
			*to = 0
			return nil
		}
		month, err := billing.ParsePeriod(text)
		if err != nil {
			return &billing.Text{Dutch: "een maand als \"2026-01\"", English: "a month like \"2026-01\""}
		}
		*to = month
		return nil
	}
}

// written returns a value as a text; a day of toml as 2006-01-02, a time of the day as 15:04.
func written(value any) string {
	moment, ok := value.(time.Time)
	switch {
	case !ok:
		return fmt.Sprint(value)
	case moment.Year() == 0: // toml gives a time of the day the year 0
		return strings.TrimSuffix(moment.Format(time.TimeOnly), ":00")
	}
	return moment.Format(time.DateOnly)
}
