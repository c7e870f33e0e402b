package web_test

import (
	"strings"
	"testing"
)

// For a CSV whose first line is only for Excel (sep=;), the page says that it counts as row 1: findings name the rows of the file.
func TestFirstLineForExcel(t *testing.T) {
	t.Parallel()
	c := newSite(t, 30).as(t, "demo-aanbieder")
	const rows = "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\nX-1;;999900006;1;45X01;02-10-2026;uur;2\n"
	for content, told := range map[string]bool{"sep=;\n" + rows: true, rows: false} {
		page := c.until(t, c.upload(t, "a.csv", content), "data-stream")
		if strings.Contains(page, "de eerste regel (sep=) telt mee als rij 1") != told {
			t.Errorf("%.10q: told is not %t:\n%s", content, told, page)
		}
	}
}
