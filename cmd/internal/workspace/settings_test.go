package workspace

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

func settingsOf(t *testing.T, content string) (Settings, bool, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), settingsName)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return readSettings(path)
}

// The commented pxq.toml has the default values, and every setting.
func TestCommentedSettings(t *testing.T) {
	defaults, there, err := settingsOf(t, string(commented))
	want := Settings{Region: "Hart van Brabant", Language: "nl", Policy: billing.DefaultPolicy(), Web: defaultWeb()}
	if err != nil || !there || !reflect.DeepEqual(defaults, want) {
		t.Errorf("%+v, %v, %v", defaults, there, err)
	}
	trial, _, err := settingsOf(t, string(trialSettings()))
	if want.Trial = true; err != nil || !reflect.DeepEqual(trial, want) {
		t.Errorf("a trial: %+v, %v", trial, err)
	}
	uncommented := regexp.MustCompile(`(?m)^# ([a-z0-9_]+ = |\[\[)`).ReplaceAll(commented, []byte("$1"))
	given, _, err := settingsOf(t, string(uncommented))
	want.Database, want.Policy.RecalculateFrom, want.SecondFrom = "sqlite:pxq.db", billing.PeriodOf(2026, 1), 1_000_000
	want.Web.Address, want.Web.Proxies, want.Web.Certificate, want.Web.Key, want.Web.Theme = "https://pxq.regio.nl", []string{"127.0.0.1"}, "pxq.pem", "pxq.key", "huisstijl.css"
	want.Web.OIDC = []OIDCSettings{{Name: "Regio", Issuer: "https://login.regio.nl", ClientID: "pxq", SecretFile: "oidc.secret"}}
	if err != nil || !reflect.DeepEqual(given, want) {
		t.Errorf("uncommented: %+v, %v", given, err)
	}
	for _, setting := range new(file).all(new(Settings)) {
		name := setting.key[strings.LastIndex(setting.key, ".")+1:]
		if !strings.Contains(string(commented), "\n# "+name+" = ") && !strings.Contains(string(commented), "\n# [["+setting.key+"]]") {
			t.Errorf("pxq.toml does not name %s", setting.key)
		}
	}
}

// Every number and day of the policy can be set.
func TestEveryPolicyKey(t *testing.T) {
	content := "[policy]\n"
	for _, setting := range new(file).all(new(Settings)) {
		if name, ok := strings.CutPrefix(setting.key, "policy."); ok {
			value := map[string]string{"coordination_point_from": "2027-01-31", "recalculate_from": "\"2027-01\""}[name]
			if value == "" {
				value = "99"
			}
			content += name + " = " + value + "\n"
		}
	}
	settings, _, err := settingsOf(t, content)
	if err != nil {
		t.Fatal(err)
	}
	given, defaults := reflect.ValueOf(settings.Policy), reflect.ValueOf(billing.DefaultPolicy())
	for i := range given.NumField() {
		if given.Field(i).Interface() == defaults.Field(i).Interface() {
			t.Errorf("%s cannot be set", given.Type().Field(i).Name)
		}
	}
}

func TestWrongSettings(t *testing.T) {
	for _, test := range []struct {
		content string
		kind    Kind
		names   string
	}{
		{"regoi = \"x\"\n", UnknownSetting, "regoi"},
		{"[policy]\ngap_day = 3\n", UnknownSetting, "policy.gap_day"},
		{"[web]\nadres = \"x\"\n", UnknownSetting, "web.adres"},
		{"[web]\naddress = \"http://x\"\n", BadSetting, "http://x"},
		{"[web]\nrun_at = \"25:00\"\n", BadSetting, "25:00"},
		{"[[web.oidc]]\nname = \"x\"\n", BadSetting, "web.oidc"},
		{"policy = 3\n", BadSetting, "policy"},
		{"database = [\"postgres://u:geheim@h/d\"]\n", BadSetting, "database staat ‘…’"},
		{"region = " + strings.Repeat("[", 100) + strings.Repeat("]", 100) + "\n", BadSetting, "region staat ‘" + strings.Repeat("[", 40) + "…’"},
		{"region = 12\n", BadSetting, "12"},
		{"trial = \"ja\"\n", BadSetting, "ja"},
		{"language = \"fr\"\n", BadSetting, "fr"},
		{"[policy]\ngap_days = -1\n", BadSetting, "-1"},
		{"[policy]\ngap_days = 1.5\n", BadSetting, "1.5"},
		{"[policy]\nrecalculate_from = \"2026-13\"\n", BadSetting, "2026-13"},
		{"[policy]\nrecalculate_from = 2026-01-01\n", BadSetting, "staat ‘2026-01-01’"},
		{"region = x\n", BadSettings, "regel 1 "},
		{"trial = true\n[policy\ngap_days = 3\n", BadSettings, "regel 2 "},
		{"trial = true\ntrial = true\n", BadSettings, "regel 2 is geen leesbare instelling. Wat er staat, staat hoger in het bestand ook al"},
		{"[policy]\ngap_days = 1\n[policy]\nlate_months = 1\n", BadSettings, "regel 3 is geen leesbare instelling. Wat er staat, staat hoger"},
		{"region = \"caf\xe9\"\n", BadSettings, "Bewaar het bestand als UTF-8."},
		{"[policy]\nrecalculate_from = 2026-01\n", BadSettings, "maanden tussen aanhalingstekens"},
		{"region = \"\"\n", BadSetting, "die niet leeg is"},
		{"[policy]\ngap_days = \"3\"\n", BadSetting, "staat ‘3’, maar daar hoort een geheel getal van 0 tot en met 100000, zonder aanhalingstekens."},
		{"[policy]\ngap_days = 100001\n", BadSetting, "een geheel getal van 0 tot en met 100000."},
		{"[web]\nidle_minutes = \"30\"\n", BadSetting, "zonder aanhalingstekens"},
		{"[policy]\nsecond_controller_from = 10.000\n", BadSetting, "zonder punt"},
		{"policy = { second_controller_from = 1.234.567 }\n", BadSettings, "regel 1"},
		{"policy.second_controller_from = 1.234 # euro\n", BadSetting, "‘1.234’"},
		{"[policy]\nsecond_controller_from = \"10.000\"\n", BadSetting, "zonder punt"},
		{"[policy]\nsecond_controller_from = 100000000000000000\n", BadSetting, "zonder punt"},
		{"[web]\nproxies = [\"localhost\"]\n", BadSetting, "geen namen of reeksen"},
		{"[web]\nproxies = [\"10.0.0.0/8\"]\n", BadSetting, "geen namen of reeksen"},
		{"web = 3\n", BadSetting, "bij web staat ‘3’, maar daar hoort één tabel [web]"},
		{"[[policy]]\ngap_days = 1\n", BadSetting, "bij policy staat ‘[[policy]]’, maar daar hoort één tabel [policy]"},
		{"[web.oidc]\nname = \"x\"\n", BadSetting, "[[web.oidc]], met twee haken"},
		{"[[web.oidc]]\nname = 3\n", BadSetting, "en daarin teksten"},
		{"[[web.oidc]]\nnaam = \"x\"\n", UnknownSetting, "name, issuer, client_id, secret_file, amr"},
		{"[Policy]\ngap = 1\n", UnknownSetting, "gap_days"},
		{"Language = \"en\"\n", UnknownSetting, "Language bestaat niet. Herstel haar naam of verwijder haar; hier kan staan: region, language, "},
		{"[POLICY]\ngap_days = 1\n", UnknownSetting, "POLICY bestaat niet. Herstel haar naam of verwijder haar; hier kan staan: region, "},
		{"[policy]\nlate_months = 3\nLate_Months = 0\n", UnknownSetting, "policy.Late_Months"},
		{"[[web.oidc]]\nName = \"x\"\n", UnknownSetting, "web.oidc.Name"},
	} {
		_, _, err := settingsOf(t, test.content)
		problem, ok := errors.AsType[*Problem](err)
		if !ok || problem.Kind != test.kind || !strings.Contains(problem.In("nl"), test.names) {
			t.Errorf("%q: %v", test.content, err)
		}
	}
}

// A time of day may be written without quotes, like a date. The address of a proxy may be written in any form.
func TestSettingsAsPeopleWriteThem(t *testing.T) {
	settings, _, err := settingsOf(t, "[policy]\nsecond_controller_from = 10000.50\n[web]\nrun_at = 02:30\nproxies = [\"::1\", \"0:0:0:0:0:0:0:2\"]\n")
	if err != nil || settings.SecondFrom != 1_000_050 || settings.Web.RunAt != "02:30" || !slices.Equal(settings.Web.Proxies, []string{"::1", "::2"}) {
		t.Errorf("%+v, %v", settings, err)
	}
}
