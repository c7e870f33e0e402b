package own_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/own"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/rates"
)

const (
	provider  = "99040001"
	headings  = "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\n"
	referrals = "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Ingangsdatum\nT1;999900006;0855;99040001;45X01;2026-01-01\nT2;999900201;0855;99040001;45X01;2026-01-01\n"
)

func day(text string) billing.Date {
	found, err := billing.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return found
}

func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func care(reference, client, referral, date, hours string) string {
	return strings.Join([]string{reference, provider, client, referral, "45X01", date, "uur", hours}, ";") + "\n"
}

// regionsReader is how the region reads files.
type regionsReader struct{ importers.Reader }

func (*regionsReader) Hash(path string) (string, error) { return importers.Hash(path) }

// A file is checked against what the region knows of the provider's care, with the results that a run would have: rows that were
// received before, a reference that was paid for another client or another month, content that was replaced since, and the
// same care with another reference.
func TestCheckAgainstWhatIsKnown(t *testing.T) {
	ledgertest.EachDatabase(t, func(t *testing.T, open func() *ledger.Store) {
		ctx, store, book := t.Context(), open(), rates.HartVanBrabant()
		take := func(asOf string, groups ...[]string) {
			t.Helper()
			in := &intake.Intake{Store: store, Reader: &regionsReader{}, Catalogue: rules.Catalogue(), Book: book}
			if _, err := in.Import(ctx, groups, day(asOf), nil); err != nil {
				t.Fatal(err)
			}
		}
		take("2026-11-03", []string{file(t, "toewijzingen.csv", referrals)},
			[]string{file(t, "oktober.csv", headings+care("1", "999900006", "T1", "2026-10-01", "2")+care("2", "999900006", "T1", "2026-10-02", "2")+
				care("3", "999900006", "T1", "2026-10-05", "1")+care("4", "999900006", "T1", "2026-10-06", "1"))},
			[]string{file(t, "wijziging.csv", headings+care("2", "999900006", "T1", "2026-10-02", "3"))})
		b := &batch.Batch{Store: store, Catalogue: rules.Catalogue()}
		input := batch.RunInput{Period: day("2026-10-01").Period(), AsOf: day("2026-11-05"), Book: book, Policy: billing.DefaultPolicy(), AllowExamples: true}
		if _, err := b.Run(ctx, input, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Close(ctx, input); err != nil {
			t.Fatal(err)
		}
		checked, err := (&own.Check{Provider: provider, AsOf: day("2026-11-20"), Book: book, Policy: billing.DefaultPolicy(), Known: store, Files: []string{file(t, "november.csv", headings+
			care("1", "999900201", "T2", "2026-10-01", "2")+ // paid for another client
			care("2", "999900006", "T1", "2026-10-02", "2")+ // its content before it was changed
			care("3", "999900006", "T1", "2026-11-05", "1")+ // another month
			care("4", "999900006", "T1", "2026-10-06", "1")+ // nothing new
			care("5", "999900006", "T1", "2026-10-06", "1"))}}).Run(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if len(checked.Refused) > 0 || checked.Rows != 5 || checked.Again != 1 {
			t.Errorf("%d rows, %d already received, refused %v", checked.Rows, checked.Again, checked.Refused)
		}
		found := make(map[string]string)
		for _, row := range checked.Found {
			for _, finding := range row.Findings {
				found[row.Reference] += fmt.Sprintf("%s ", finding.Code)
			}
		}
		for reference, code := range map[string]string{"1": "U03", "2": "U06", "3": "U04", "5": "U02"} {
			if !strings.Contains(found[reference], code) {
				t.Errorf("row %s: found %q, not %s", reference, found[reference], code)
			}
		}
		if found["4"] != "" {
			t.Errorf("what is there already has findings: %s", found["4"])
		}
	})
}

// A message is checked against the messages that the region has of the provider, as by a run: its identification, its
// declaration number, and each reference.
func TestCheckAgainstKnownMessages(t *testing.T) {
	ledgertest.EachDatabase(t, func(t *testing.T, open func() *ledger.Store) {
		ctx, store, book := t.Context(), open(), rates.HartVanBrabant()
		reader := &regionsReader{}
		in := &intake.Intake{Store: store, Reader: reader, Messages: reader, Catalogue: rules.Catalogue(), Book: book}
		if _, err := in.Import(ctx, [][]string{{file(t, "toewijzing.csv", "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Ingangsdatum\n300201;999900006;0855;"+provider+";45A48;2026-01-01\n")}, {message(t)}}, day("2026-11-05"), nil); err != nil {
			t.Fatal(err)
		}
		b := &batch.Batch{Store: store, Catalogue: rules.Catalogue()}
		if _, err := b.Run(ctx, batch.RunInput{Period: day("2026-10-01").Period(), AsOf: day("2026-11-05"), Book: book, Policy: billing.DefaultPolicy(), AllowExamples: true}, nil); err != nil {
			t.Fatal(err)
		}
		check := func(known *ledger.Store, change ...string) (*own.Result, string) {
			t.Helper()
			result, err := (&own.Check{Provider: provider, AsOf: day("2026-11-06"), Book: book, Policy: billing.DefaultPolicy(), Known: known, Files: []string{message(t, change...)}}).Run(ctx)
			if err != nil {
				t.Fatal(err)
			}
			said := ""
			for _, refused := range result.Refused {
				said += refused.Reason.Dutch + "\n"
			}
			for _, row := range result.Found {
				for _, finding := range row.Findings {
					said += row.Reference + " " + finding.Code.String() + "\n"
				}
			}
			return result, said
		}
		otherID, otherNumber := []string{">B2026-10<", ">B-2<"}, []string{">B2026-10<", ">B-2<", ">D202610<", ">D2<"}
		for _, test := range []struct {
			change []string
			want   string
		}{{[]string{"<ijw:Dagtekening>2026-11-05<", "<ijw:Dagtekening>2026-11-04<"}, "J16"}, {otherID, "J18"}, {otherNumber, "C1 U01"}} {
			if _, said := check(store, test.change...); !strings.Contains(said, test.want) {
				t.Errorf("%v: %q lacks %s", test.change, said, test.want)
			}
			if _, said := check(nil, test.change...); strings.Contains(said, test.want) {
				t.Errorf("%v: %s is found though nothing is known", test.change, test.want)
			}
		}
		if result, said := check(store, append(otherNumber, ">R1<", ">N1<", ">C1<", ">N2<")...); len(result.Refused) > 0 || strings.Contains(said, "N2 U01") {
			t.Errorf("references of its own are found used: %s", said)
		}
	})
}
