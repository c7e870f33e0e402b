package importers_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/importers/table"
)

const conformance = "../testdata/conformance/basic"

// taken is a sink that keeps what it receives.
type taken struct {
	records   []*billing.Record
	referrals []*billing.ReferralRow
	decisions []*billing.DecisionRow
}

func (t *taken) Record(r *billing.Record) error { t.records = append(t.records, r); return nil }
func (t *taken) Referral(r *billing.ReferralRow) error {
	t.referrals = append(t.referrals, r)
	return nil
}
func (t *taken) Decision(d *billing.DecisionRow) error {
	t.decisions = append(t.decisions, d)
	return nil
}

func date(t *testing.T, text string) billing.Date {
	t.Helper()
	day, err := billing.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

// TestConformanceRecords reads every submission of the sample on the day of its step and compares each row with
// the last export that shows it.
func TestConformanceRecords(t *testing.T) {
	expected := expectedRecords(t)
	compared := 0
	for _, step := range importSteps(t) {
		for _, name := range step.Files {
			sink := &taken{}
			reader := importers.Reader{}
			if _, err := reader.Read(context.Background(), filepath.Join(conformance, name), date(t, step.AsOf), sink); err != nil {
				t.Fatal(err)
			}
			for _, record := range sink.records {
				want, ok := expected[record.File+" "+strconv.Itoa(record.Row)]
				if !ok {
					continue // already received, so not exported
				}
				compared++
				if got := shown(record); !slices.Equal(got, want) {
					t.Errorf("%s row %d:\n got %q\nwant %q", record.File, record.Row, got, want)
				}
			}
		}
	}
	if compared < 140 {
		t.Errorf("only %d rows were compared", compared)
	}
}

// shown returns a record as the export shows it, with the findings that need no book.
func shown(r *billing.Record) []string {
	var codes []string
	for _, finding := range r.Findings {
		codes = append(codes, finding.Code.String())
	}
	slices.Sort(codes)
	quantity := ""
	if r.HasQuantity {
		quantity = r.Quantity.Format(r.Unit)
	}
	return []string{r.Provider, r.Reference, r.First.String(), r.BSN, r.Product, r.Unit.String(), quantity, strings.Join(codes, " ")}
}

func expectedRecords(t *testing.T) map[string][]string {
	t.Helper()
	expected := map[string][]string{}
	for _, name := range []string{"1-januari", "2-januari", "3-februari"} {
		file, err := os.Open(filepath.Join(conformance, "expected", name+".records.csv"))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(file).ReadAll()
		file.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[1:] {
			// provider,reference,outcome,care_date,bsn,referral,product,unit,quantity,price,codes,file,sheet,row
			var own []string
			for _, code := range strings.Fields(row[10]) {
				if code[0] == 'F' && code != "F07" && code != "F08" {
					own = append(own, code)
				}
			}
			key := row[11] + " " + row[13]
			if before, ok := expected[key]; ok && row[2] == "replaced" {
				expected[key] = before // replaced rows carry no findings
				continue
			}
			expected[key] = []string{row[0], row[1], row[3], row[4], row[6], row[7], row[8], strings.Join(own, " ")}
		}
	}
	return expected
}

type step struct {
	Do    string
	AsOf  string `json:"as_of"`
	Files []string
}

func importSteps(t *testing.T) []step {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(conformance, "steps.json"))
	if err != nil {
		t.Fatal(err)
	}
	var steps []step
	if err := json.Unmarshal(content, &steps); err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(steps, func(s step) bool { return s.Do != "import" })
}

// TestConformanceReferrals reads the referrals of the sample, all of which are readable.
func TestConformanceReferrals(t *testing.T) {
	known := map[string]*billing.Referral{}
	for _, name := range []string{"2026-02-05-toewijzingen.csv", "2026-03-05-toewijzingen.csv"} {
		sink := &taken{}
		reader := importers.Reader{}
		if _, err := reader.Read(context.Background(), filepath.Join(conformance, "incoming", name), date(t, "2026-03-06"), sink); err != nil {
			t.Fatal(err)
		}
		for _, row := range sink.referrals {
			next, problems := billing.MergeReferral(known[row.Number], row)
			if len(problems) > 0 {
				t.Errorf("%s row %d: %v", name, row.Row, problems)
				continue
			}
			known[row.Number] = next
		}
	}
	if len(known) < 36 {
		t.Errorf("only %d referrals", len(known))
	}
	first := known["900101"]
	if first.Version != 2 || first.End != date(t, "2026-02-20") || first.Volume != 18000 || first.VolumeUnit != billing.Time || first.Frequency != billing.PerWeek {
		t.Errorf("900101: %+v", first)
	}
	if before := known["900134"].DeclaredBefore; before != 45000 {
		t.Errorf("900134: %d hundredths of a minute declared before, want 45000", before)
	}
	if budget := known["900119"]; !budget.HasBudget || budget.Budget != 15000 {
		t.Errorf("900119: budget %v", budget.Budget)
	}
	if !known["900104"].Withdrawn() || known["900108"].Frequency != billing.InTotal || known["900115"].ContinuesTo != date(t, "2026-01-15") {
		t.Error("900104, 900108 or 900115 was read wrongly")
	}
}

func TestConformanceBook(t *testing.T) {
	for _, folder := range []string{"contract", "contract-2"} {
		book, found, err := importers.Book(filepath.Join(conformance, folder), table.Limits{})
		if err != nil || !found || book.Product("45vb1") == nil {
			t.Errorf("%s: %v, %v", folder, found, err)
		}
	}
	if _, found, err := importers.Book(filepath.Join(conformance, "none"), table.Limits{}); found || err != nil {
		t.Errorf("a folder that is not there: %v, %v", found, err)
	}
}
