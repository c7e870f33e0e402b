package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// S12: a prestatie that was approved on a referral with only a category stays approved, with its amount, when the product is
// removed from the book before the month is closed, and can still be credited.
func TestApprovedOfAProductThatIsGone(t *testing.T) {
	notOnceMore(t)
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		e := newExchange(t, fresh())
		contract := e.ownBook()
		e.assign(assigned(func(_ *ijw.Message301, a *ijw.Assignment) {
			a.Product, a.Volume, a.Unit, a.Frequency = "", ijw.Number{}, "", 0
		}))
		first := declared("2026-10")
		e.declare(first)
		e.run("2026-10")
		e.is("2026-10", "D10", granted)
		for _, table := range []string{"producten", "tarieven"} {
			path := filepath.Join(contract, table+".csv")
			var kept []string
			for line := range strings.Lines(read(t, path)) {
				if !strings.HasPrefix(line, "45X01;") {
					kept = append(kept, line)
				}
			}
			write(t, path, strings.Join(kept, ""))
		}
		path := filepath.Join(contract, "contracten.csv")
		write(t, path, strings.NewReplacer("45X01,", "", ",45X01", "").Replace(read(t, path)))
		e.run("2026-10", "--as-of", "2026-11-08")
		if got := e.lineCount("2026-10", ",45X01,"); got != 1 {
			t.Errorf("%d lines of what was approved", got)
		}
		if got := e.findings("2026-10"); !strings.Contains(got, "F07,signal,S329") {
			t.Error(got)
		}
		succeed(t, e.args("explain", "R10")...)
		e.declare(declared("2026-10", func(m *ijw.Message323, _ *ijw.Prestatie) {
			m.Header.Identification.ID, m.Declaration.Number, m.Clients[0].Prestaties = "I3", "D3", nil
			creditOf(m, first.Clients[0].Prestaties[0], "C1")
		}))
		e.run("2026-10", "--as-of", "2026-11-09")
		e.is("2026-10", "D3", "0200 | 8001 8355C")
		succeed(t, e.args("verify")...)
	})
}
