package web_test

import (
	"strconv"
	"strings"
	"testing"
)

// What a provider sent is accounted for in rows and in euros: the last row is the sum of the others.
func TestReceivedIsAccountedForInRowsAndEuros(t *testing.T) {
	t.Parallel()
	page := newSite(t, 1500).as(t, "demo-aanbieder").page(t, "/retour")
	counted := matches(page, `(?s)Ontvangen = akkoord.*?<tbody>(.*?)</table>`)[0]
	rows := matches(counted, `data-head="Zorgregels">([\d.]+)<`)
	euros := matches(counted, `data-head="Bedrag">(?:€.([\d.]+,\d\d))?<`)
	sumOf := func(list []string) (sum, last int) {
		for i, text := range list {
			number, _ := strconv.Atoi(strings.NewReplacer(".", "", ",", "").Replace(text)) // an empty cell counts as 0
			if i == len(list)-1 {
				return sum, number
			}
			sum += number
		}
		return 0, 0
	}
	if sum, last := sumOf(rows); sum == 0 || sum != last {
		t.Errorf("rows %q", rows)
	}
	if sum, last := sumOf(euros); sum == 0 || sum != last {
		t.Errorf("euros %q", euros)
	}
}
