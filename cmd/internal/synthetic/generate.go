// Package synthetic makes a workspace that looks like a month of the region: referrals, the submissions of its
// providers in the many layouts that providers really use, and a natural share of every kind of mistake. It serves
// the demo, trials and benchmarks. No person in it exists: the citizen service numbers are from the range that is
// reserved for tests.
//
// Generate first makes a plan and then writes it. The plan (clients, referrals, visits and the mistakes in them) is
// small enough to hold millions of records in memory; the files are streamed from it, a few at a time. The same options
// give the same files, byte for byte. A month that is added to a workspace has the people of the earlier months: see
// going_on.go.
//
// To add a mistake in one row: give it a share in rowMistakes, with a test for visits on which it can be made, and show
// it in mistakes_rows.go. To add a mistake in a whole referral: add a scenario in mistakes_referrals.go. To add a style
// in which providers send their care: add it in delivery_styles.go.
package synthetic

import (
	"context"
	"errors"
	"fmt"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/rates"
)

// RecordsMax is how many records one workspace can hold: the range of test numbers limits the clients, and the length of
// a day limits the care of one client at one provider.
const RecordsMax = 10_000_000

// Options describe the workspace to make.
type Options struct {
	Records  int            // rows delivered over all submissions, from 1 to RecordsMax
	Seed     uint64         // another seed gives another workspace
	Period   billing.Period // the care month
	Plain    bool           // only xlsx with the first headings, every column filled, and the book in contract/
	Messages bool           // the month in messages of iJw (JW301, JW323) instead of workbooks and CSV
	One      bool           // one provider declares in messages (JW323), the others send workbooks and CSV
	Language string         // of the remarks and explanations in the files: nl (default) or en
	Book     *billing.Book  // nil: the book of Hart van Brabant
	Tables   []rates.Table  // the same book as tables, written when Plain; nil: those of Hart van Brabant
}

// Summary describes what was made.
type Summary struct {
	Files     []string             // paths within the workspace, with slashes, sorted
	AsOf      billing.Date         // the first day on which all of it can have been received
	Records   int                  // rows delivered, including mistakes and new versions
	Clients   int                  // those with a referral
	Referrals int                  // of those clients
	Providers int                  // those that sent something
	Mistakes  map[billing.Code]int // rows with a mistake, by the rule that finds it; without those that were mended later
}

// Generate makes the workspace in a folder, which it creates if it does not exist. It never overwrites: an existing file
// is an error, and after an error everything that was written is removed.
func Generate(ctx context.Context, dir string, options Options) (*Summary, error) {
	p, err := newPlan(options)
	if err != nil {
		return nil, err
	}
	if !options.Messages {
		if p.earlier, err = readEarlier(ctx, dir, p.period); err != nil {
			return nil, err
		}
	}
	if err := p.make(ctx); err != nil {
		return nil, err
	}
	files := newFolder(dir)
	if err := p.write(ctx, files); err != nil {
		files.discard()
		return nil, err
	}
	return p.summary(files.names()), nil
}

func newPlan(options Options) (*plan, error) {
	switch {
	case options.Records < 1 || options.Records > RecordsMax:
		return nil, fmt.Errorf("synthetic: the number of records is from 1 to %d, not %d", RecordsMax, options.Records)
	case options.Period.IsZero():
		return nil, errors.New("synthetic: no period")
	}
	if options.Book == nil {
		options.Book = rates.HartVanBrabant()
	}
	if options.Tables == nil {
		options.Tables = rates.HartVanBrabantTables()
	}
	return &plan{options: options, book: options.Book, period: options.Period, policy: billing.DefaultPolicy()}, nil
}

// make plans everything.
func (p *plan) make(ctx context.Context) error {
	steps := []func() error{p.findProviders, p.goOn, p.makeClients, p.countVisits, p.makeVisits, p.plantMistakes, p.makeVersions}
	for _, step := range steps {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := step(); err != nil {
			return err
		}
	}
	p.numberReferrals()
	return nil
}

func (p *plan) summary(files []string) *Summary {
	s := &Summary{
		Files: files, AsOf: p.laterDay(), Records: len(p.visits) + len(p.later), Clients: len(p.clients),
		Referrals: len(p.referrals), Mistakes: make(map[billing.Code]int),
	}
	senders := make(map[int16]bool)
	for i := range p.visits {
		v := &p.visits[i]
		senders[v.provider] = true
		if v.flaw != billing.NoCode && v.change == unchanged {
			s.Mistakes[v.flaw]++
		}
	}
	s.Providers = len(senders)
	return s
}
