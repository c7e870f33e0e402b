package synthetic

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/importers"
)

// recordKey is the key of a record.
type recordKey struct{ provider, reference string }

// taken holds the records and referrals of a workspace that was taken in, file by file.
type taken struct {
	rows      int
	unnamed   []*billing.Record // without provider or reference
	current   map[recordKey]*billing.Record
	ambiguous map[recordKey]*billing.Record // the second content of U01
	inFile    map[recordKey]bool
	folder    string
	again     int
	problems  []billing.ReferralCell
	referrals map[string]*billing.Referral
}

// takeIn reads the workspace as the import does, accurately enough for files with at most one mistake per row.
func takeIn(t *testing.T, dir string, summary *Summary) *taken {
	t.Helper()
	in := &taken{
		current: make(map[recordKey]*billing.Record), ambiguous: make(map[recordKey]*billing.Record),
		referrals: make(map[string]*billing.Referral),
	}
	for _, name := range summary.Files {
		if filepath.Dir(name) == "contract" {
			continue
		}
		if filepath.Dir(name) != in.folder {
			in.folder, in.inFile = filepath.Dir(name), make(map[recordKey]bool)
		}
		var reader importers.Reader
		if _, err := reader.Read(context.Background(), filepath.Join(dir, filepath.FromSlash(name)), summary.AsOf, in); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return in
}

func (in *taken) Decision(*billing.DecisionRow) error { return nil }

func (in *taken) Referral(row *billing.ReferralRow) error {
	merged, problems := billing.MergeReferral(in.referrals[row.Number], row)
	in.problems = append(in.problems, problems...)
	if merged != nil {
		in.referrals[row.Number] = merged
	}
	return nil
}

func (in *taken) Record(r *billing.Record) error {
	in.rows++
	r.ID, r.FirstReceived = int64(in.rows), r.Received
	key := recordKey{r.Provider, r.Reference}
	before := in.current[key]
	switch {
	case !r.Identified():
		in.unnamed = append(in.unnamed, r)
	case in.inFile[key]:
		before.Ambiguous, r.Ambiguous = true, true
		in.ambiguous[key] = r
	case before != nil && before.Readable() && before.SameContent(r):
		in.again++
	case r.Readable() && r.Quantity == 0 && before != nil && before.Readable():
		delete(in.current, key)
	default:
		if r.HasQuantity && r.Quantity == 0 {
			r.Findings = append(r.Findings, billing.Finding{Code: billing.F03})
		}
		in.current[key] = r
	}
	in.inFile[key] = true
	return nil
}

// judge judges every client and returns the codes of every record, and those of the referrals.
func (in *taken) judge(book *billing.Book, period billing.Period) (cases map[recordKey]billing.CodeSet, unnamed []billing.CodeSet, signals map[billing.Code]int) {
	clients, named := make(map[string]*billing.Client), make(map[string][]*billing.Referral)
	for number, referral := range in.referrals {
		named[number] = append(named[number], referral)
	}
	client := func(bsn string) *billing.Client {
		if clients[bsn] == nil {
			clients[bsn] = &billing.Client{BSN: bsn, Others: make(map[string][]*billing.Referral)}
		}
		return clients[bsn]
	}
	add := func(r *billing.Record) {
		c := client(r.BSN)
		c.Records = append(c.Records, r)
		c.Others[r.ReferralNumber] = named[r.ReferralNumber]
	}
	for _, referral := range in.referrals {
		c := client(referral.BSN)
		c.Referrals = append(c.Referrals, referral)
	}
	for _, some := range []map[recordKey]*billing.Record{in.current, in.ambiguous} {
		for _, r := range some {
			add(r)
		}
	}
	for _, r := range in.unnamed {
		add(r)
	}
	judge := &billing.Judge{Period: period, Book: book, Policy: billing.DefaultPolicy(), Catalogue: rules.Catalogue()}
	cases, signals = make(map[recordKey]billing.CodeSet), make(map[billing.Code]int)
	for _, c := range clients {
		judgement := judge.Judge(c)
		for i := range judgement.Cases {
			one := &judgement.Cases[i]
			if key := (recordKey{one.Record.Provider, one.Record.Reference}); one.Record.Identified() {
				cases[key] = cases[key].Union(one.Codes)
			} else {
				unnamed = append(unnamed, one.Codes)
			}
		}
		for _, signal := range judgement.Signals {
			signals[signal.Code]++
		}
	}
	return cases, unnamed, signals
}

// TestMistakesAreFound takes the workspace in and judges it: every planted mistake must be found where it was made,
// and nothing else.
func TestMistakesAreFound(t *testing.T) {
	sizes := []int{everyMistakeFrom, 12_000}
	if testing.Short() {
		sizes = sizes[:1] // the race detector finds nothing more in a larger month
	}
	for _, plain := range []bool{false, true} {
		if plain && !testing.Short() {
			sizes = append(sizes, 230_000) // with several sessions of one referral on a day
		}
		for _, records := range sizes {
			options := optionsOf(records, 7)
			options.Plain = plain
			dir, summary := generate(t, options)
			p := planOf(t, options)
			in := takeIn(t, dir, summary)
			if in.rows != records {
				t.Errorf("%d rows were read, want %d", in.rows, records)
			}
			for _, problem := range in.problems {
				t.Errorf("a referral was not taken: %+v", problem)
			}
			cases, unnamed, signals := in.judge(p.book, options.Period)
			comparePlan(t, p, cases, unnamed)
			for _, code := range []billing.Code{billing.D02, billing.D03} {
				if signals[code] == 0 && records >= 12_000 {
					t.Errorf("no referral with %s", code)
				}
			}
		}
	}
}

// comparePlan compares the findings on each record with the plan.
func comparePlan(t *testing.T, p *plan, cases map[recordKey]billing.CodeSet, unnamed []billing.CodeSet) {
	t.Helper()
	planted := make(map[billing.Code]int)
	shown := 0
	for i := range p.visits {
		v := &p.visits[i]
		planted[v.flaw]++
		maker := &p.providers[v.provider]
		codes, found := cases[recordKey{maker.agb, p.reference(maker, v.number)}]
		want := v.flaw
		if v.change == mended {
			want = billing.NoCode
		}
		if want != billing.T02 && v.date.Period() < p.period {
			codes = codes.Without(billing.Codes(billing.T02))
		}
		switch {
		case v.change == withdrawn && found:
			t.Errorf("%s: visit %+v was withdrawn but is judged: %v", maker.style.name, *v, names(codes))
		case v.change == withdrawn, !found && moves(v.flaw):
			continue
		case !found:
			t.Errorf("visit %+v is not there", *v)
		case want != billing.NoCode && !codes.Has(want), want == billing.NoCode && !codes.IsEmpty():
			if shown++; shown < 4 {
				t.Errorf("%s: visit %+v\nof %+v\nfound %v, want %v", maker.style.name, *v, p.of(v).Referral, names(codes), want)
			}
		}
	}
	for _, code := range plantedMistakes() {
		if planted[code] == 0 && p.options.Records >= everyMistakeFrom {
			t.Errorf("%d records: no %s was planted", p.options.Records, code)
		}
	}
	for _, codes := range unnamed {
		if !codes.Meets(billing.Codes(billing.F01, billing.F05)) {
			t.Errorf("a record without provider or reference has %v", names(codes))
		}
	}
}

// plantedMistakes returns the codes of the record rules that a workspace of at least everyMistakeFrom records
// in the region's book holds at least once.
func plantedMistakes() []billing.Code {
	codes := []billing.Code{billing.T02}
	for _, m := range rowMistakes() {
		codes = append(codes, m.code)
	}
	for _, s := range scenarios() {
		if s.code != billing.NoCode {
			codes = append(codes, s.code)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// moves reports whether the mistake gives the record another key, or none.
func moves(code billing.Code) bool {
	return code == billing.F01 || code == billing.F05 || code == billing.C01
}

func names(set billing.CodeSet) []string {
	var codes []string
	for code := billing.F01; code <= billing.V03; code++ {
		if set.Has(code) {
			codes = append(codes, code.String())
		}
	}
	slices.Sort(codes)
	return codes
}
