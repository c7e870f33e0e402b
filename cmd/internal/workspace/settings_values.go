package workspace

import (
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
)

// WebSettings are the settings of the table [web], for the web pages.
type WebSettings struct {
	Address      string   // public https address; "" when only this computer is served
	Proxies      []string // IP addresses of reverse proxies that are trusted about the client's address
	Certificate  string   // file; "" when a proxy terminates TLS
	Key          string   // file
	IdleMinutes  int
	SessionHours int
	UploadMiB    int
	RunAt        string // time of the daily run, like "02:00"; "" for none
	CloseByTwo   bool
	Theme        string // file with the design tokens of a municipality; "" for none
	OIDC         []OIDCSettings
}

// OIDCSettings are the settings of an identity provider.
type OIDCSettings struct {
	Name       string `toml:"name"`
	Issuer     string `toml:"issuer"`
	ClientID   string `toml:"client_id"`
	SecretFile string `toml:"secret_file"`
	AMR        string `toml:"amr"` // authentication method (claim amr) that counts as two factors; "" for none
}

func defaultWeb() WebSettings {
	return WebSettings{IdleMinutes: 30, SessionHours: 10, UploadMiB: 64, CloseByTwo: true}
}

// webKeys are the keys of the table [web].
type webKeys struct {
	Address      any            `toml:"address"`
	Proxies      any            `toml:"proxies"`
	Certificate  any            `toml:"certificate"`
	Key          any            `toml:"key"`
	IdleMinutes  any            `toml:"idle_minutes"`
	SessionHours any            `toml:"session_hours"`
	UploadMiB    any            `toml:"upload_mib"`
	RunAt        any            `toml:"run_at"`
	CloseByTwo   any            `toml:"close_by_two"`
	Theme        any            `toml:"theme"`
	OIDC         []OIDCSettings `toml:"oidc"`
}

func (k *webKeys) all(s *WebSettings) []setting {
	return []setting{
		{"web.address", k.Address, httpsAddress(&s.Address)},
		{"web.certificate", k.Certificate, text(&s.Certificate)},
		{"web.close_by_two", k.CloseByTwo, yesOrNo(&s.CloseByTwo)},
		{"web.idle_minutes", k.IdleMinutes, between(&s.IdleMinutes, 5, 720)},
		{"web.key", k.Key, text(&s.Key)},
		{"web.oidc", anyOf(k.OIDC), oidcTables(&s.OIDC)},
		{"web.proxies", k.Proxies, addresses(&s.Proxies)},
		{"web.run_at", k.RunAt, timeOrNone(&s.RunAt)},
		{"web.session_hours", k.SessionHours, between(&s.SessionHours, 1, 24)},
		{"web.theme", k.Theme, text(&s.Theme)},
		{"web.upload_mib", k.UploadMiB, between(&s.UploadMiB, 1, 1024)},
	}
}

func httpsAddress(to *string) func(any) *billing.Text {
	return func(value any) *billing.Text {
		written, _ := value.(string)
		address, err := url.Parse(written)
		if err != nil || address.Scheme != "https" || address.Host == "" || address.Path != "" && address.Path != "/" {
			return &billing.Text{Dutch: "een adres als \"https://pxq.regio.nl\"", English: "an address like \"https://pxq.region.nl\""}
		}
		*to = "https://" + address.Host
		return nil
	}
}

func between(to *int, least, most int) func(any) *billing.Text {
	return func(value any) *billing.Text {
		number, ok := value.(int64)
		if !ok || number < int64(least) || number > int64(most) {
			wanted := billing.Texts("een geheel getal van %d tot en met %d", "a whole number from %d to %d", least, most)
			if _, quoted := value.(string); quoted {
				wanted = billing.Text{Dutch: wanted.Dutch + ", zonder aanhalingstekens", English: wanted.English + ", without quotes"}
			}
			return &wanted
		}
		*to = int(number)
		return nil
	}
}

// addresses reads IP addresses and stores them in their canonical form, to which that of a connection is compared. Names and
// ranges are refused: they would equal no address, and all users would seem to have the address of the proxy.
func addresses(to *[]string) func(any) *billing.Text {
	return func(value any) *billing.Text {
		list, ok := value.([]any)
		for _, item := range list {
			text, _ := item.(string)
			address, err := netip.ParseAddr(text)
			ok = ok && err == nil
			*to = append(*to, address.String())
		}
		if !ok {
			return &billing.Text{Dutch: "een lijst van IP-adressen, geen namen of reeksen, zoals [\"10.0.0.1\"]", English: "a list of IP addresses, not names or ranges, like [\"10.0.0.1\"]"}
		}
		return nil
	}
}

var clock = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)

func timeOrNone(to *string) func(any) *billing.Text {
	return func(value any) *billing.Text {
		written := written(value)
		switch {
		case written == "none" || written == "geen":
			*to = ""
		case clock.MatchString(written):
			*to = written
		default:
			return &billing.Text{Dutch: "een tijd als \"02:00\", of \"none\"", English: "a time like \"02:00\", or \"none\""}
		}
		return nil
	}
}

// dottedEuros matches an amount with points between its thousands, which toml reads as a number with three decimals: 10.000
// is ten.
var dottedEuros = regexp.MustCompile(`second_controller_from["']?\s*=\s*(\d{1,3}(?:\.\d{3})+)(?:\D|$)`)

// euros reads an amount in euros, as a number or a text, with at most two decimals.
func euros(to *billing.Money) func(any) *billing.Text {
	return func(value any) *billing.Text {
		number, err := decimal.NewFromString(written(value))
		if err != nil || number.IsNegative() || number.Exponent() < -2 || number.Exponent() > 0 || number.GreaterThan(mostEuros) {
			return &billing.Text{
				Dutch:   "een bedrag in euro's zonder punt tussen de duizendtallen, zoals 10000 of 10000.50",
				English: "an amount in euros without a thousands separator, like 10000 or 10000.50",
			}
		}
		*to = billing.Money(number.Shift(2).IntPart())
		return nil
	}
}

// mostEuros is the largest amount that a setting may have; far larger ones would overflow in cents.
var mostEuros = decimal.New(1, 12)

// anyOf returns the tables as the value of a setting; nil, for an absent key, when there are none.
func anyOf(tables []OIDCSettings) any {
	if len(tables) == 0 {
		return nil
	}
	return tables
}

// oidcWanted describes the tables that are expected for identity providers.
var oidcWanted = billing.Text{
	Dutch:   "tabellen [[web.oidc]], met twee haken aan elke kant, en daarin teksten: name, issuer, client_id, secret_file en eventueel amr",
	English: "tables [[web.oidc]], with two brackets on each side, that contain texts: name, issuer, client_id, secret_file and optionally amr",
}

func oidcTables(to *[]OIDCSettings) func(any) *billing.Text {
	return func(value any) *billing.Text {
		tables, _ := value.([]OIDCSettings)
		for _, oidc := range tables {
			if oidc.Name == "" || oidc.Issuer == "" || oidc.ClientID == "" {
				return &oidcWanted
			}
		}
		*to = tables
		return nil
	}
}

func text(to *string) func(any) *billing.Text {
	return func(value any) *billing.Text {
		text, ok := value.(string)
		if !ok || text == "" {
			return &billing.Text{Dutch: "een tekst tussen aanhalingstekens, die niet leeg is", English: "a text in quotes that is not empty"}
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

// numberMost is the largest number that a setting of the policy may have.
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

// written returns a value as text; a date of toml like 2006-01-02, a time of day like 15:04.
func written(value any) string {
	moment, ok := value.(time.Time)
	switch {
	case !ok:
		return fmt.Sprint(value)
	case moment.Year() == 0: // toml gives a time of day the year 0
		return strings.TrimSuffix(moment.Format(time.TimeOnly), ":00")
	}
	return moment.Format(time.DateOnly)
}
