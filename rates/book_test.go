package rates_test

import (
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/rates"
)

// smallBook is the smallest book that exercises every check, one text per table.
func smallBook() map[string]string {
	return map[string]string{
		"segmenten": `code;naam;bekostiging;max_duur_maanden;verwijzers;per_gebied;neemt_over;bron
1;Hoog specialistisch;anders;;;nee;ja;
2;Wonen;pxq;;01,04,8;nee;nee;de pagina
4;Veelvoorkomend;pxq;24;;ja;nee;`,
		"producten": `productcode;naam;segment;categorie;soort;taakveld;eenheden;max_duur_maanden;leeftijdsgrens;verblijf;coordinatiepunt;afronding
44VB2;Gezinshuis;2;44;verblijf;6.73b;uur, dagdeel;60;21;ja;ja;
45VB1;JOH begeleiding;4;45;begeleiding;6.72a;uur;;;nee;nee;heel_uur
45VB2;JOH behandeling;4;45;behandeling;;uur;;18;nee;nee;exact`,
		"gemeenten": `code;naam;ook_bekend_als;gebied
855;Tilburg;Gemeente Tilburg, TB;1
0784;Gilze en Rijen;Gilze-Rijen;2`,
		"gebieden":   "code;naam\n1;Gebied 1\n2;Gebied 2",
		"aanbieders": "agb;naam\n1000001;Voorbeeld Wonen\n20000002;Voorbeeld Behandeling",
		"contracten": `agb;segment;gebied;producten;van;tot;plafond;eerder_gedeclareerd;eerder_jaar
01000001;2;;;2023-01-01;;;;
20000002;4;1;45vb1,45VB2;2023-01-01;2025-12-31;;;
20000002;4;1;45VB2,45VB1;2026-01-01;;500.5;100;2026`,
		"tarieven": `productcode;eenheid;agb;tarief;van;tot
44VB2;dagdeel;;66.67;2023-01-01;
45vb1;uur;;91.2;2023-01-01;2026-01-14
45VB1;Uur;;93;2026-01-15;
45VB1;uur;20000002;95.50;2026-01-10;`,
	}
}

// tablesOf returns the texts as tables, in the order of the book.
func tablesOf(texts map[string]string) []rates.Table {
	var tables []rates.Table
	for _, name := range rates.TableNames {
		if text, given := texts[name]; given {
			tables = append(tables, tableOf(name, text))
		}
	}
	return tables
}

func tableOf(name, text string) rates.Table {
	table := rates.Table{Name: name, File: name + ".csv"}
	for i, line := range strings.Split(text, "\n") {
		table.Rows = append(table.Rows, rates.TableRow{Number: i + 1, Cells: strings.Split(line, ";")})
	}
	return table
}

// edited returns the tables of the small book with a text in one of them replaced.
func edited(t *testing.T, name, from, to string) []rates.Table {
	t.Helper()
	texts := smallBook()
	if strings.Count(texts[name], from) != 1 {
		t.Fatalf("%q stands %d times in %s", from, strings.Count(texts[name], from), name)
	}
	texts[name] = strings.Replace(texts[name], from, to, 1)
	return tablesOf(texts)
}
