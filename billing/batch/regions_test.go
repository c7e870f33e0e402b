package batch_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// region is one of several in one database, with its care and prices.
type region struct {
	*kit
	number int
}

// twoMonths plays two months of the region, the first of them closed, and returns the results.
func (r region) twoMonths() []string {
	r.book.Prices[0].Price += 100 * 1 << r.number
	r.permit(3)
	var told []string
	for i, period := range []string{"2026-10", "2026-11"} {
		lines := []string{careHeadings}
		for n := range 40 {
			client := (n + r.number) % 3
			lines = append(lines, fmt.Sprintf("%s-%d;%s;%s;T%d;;45A01;%s-%02d;;;uur;%d;", period, n, providerA, clientNumber(client), client, period, n%28+1, 1+(n+r.number)%3))
		}
		asOf := day(period + "-01").Period().Add(1).First().AddDays(4).String()
		r.take(asOf, r.write(period+".csv", lines...))
		run := r.run(period, asOf).Run
		if i == 0 {
			run = r.close(period, asOf)
		}
		told = append(told, r.picture(run)...)
		told = append(told, run.Head)
	}
	return told
}

// Three regions share one PostgreSQL database, each in a separate schema: they run concurrently, and each gets the same
// results as alone.
func TestThreeRegionsAtOnce(t *testing.T) {
	ledgertest.Postgres(t) // or skip
	regions, alone := make([]region, 3), make([][]string, 3)
	for i := range regions {
		store, err := ledger.OpenMemory(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		alone[i] = region{newKit(t, store), i}.twoMonths()
		store.Close()
		regions[i] = region{newKit(t, ledgertest.Open(t, ledgertest.Postgres(t))), i}
		if i > 0 && slices.Equal(alone[i], alone[i-1]) {
			t.Fatal("two regions come to the same")
		}
	}
	together := make([][]string, len(regions))
	var at sync.WaitGroup
	for i, r := range regions {
		at.Go(func() { together[i] = r.twoMonths() })
	}
	at.Wait()
	for i := range regions {
		if !slices.Equal(together[i], alone[i]) {
			t.Errorf("region %d comes to something else than alone:\n%s", i, difference(strings.Join(alone[i], "\n"), strings.Join(together[i], "\n")))
		}
	}
}

// A region does not wait for another: while one is inside a writing transaction, another does a whole month.
func TestRegionsDoNotWait(t *testing.T) {
	ledgertest.Postgres(t) // or skip
	busy := ledgertest.Open(t, ledgertest.Postgres(t))
	other := region{newKit(t, ledgertest.Open(t, ledgertest.Postgres(t))), 1}
	err := busy.Write(t.Context(), func(tx *ledger.Tx) error {
		if err := tx.MarkClients(t.Context(), map[string]bool{clientNumber(0): true}); err != nil {
			return err
		}
		other.twoMonths()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
