package main

import "testing"

var mistakesInCells = []mistake{
	{"an error of the spreadsheet in a cell", done, putWorkbook("mei.xlsx", oneSheet+"A-1 | 30000003 | 999900201 | T03 | 41VB1 | #N/A | 1\n"), "check mei.xlsx"},
	{"a formula without stored value", done, putWorkbook("mei.xlsx", oneSheet+"A-1 | 30000003 | 999900201 | T03 | 41VB1 | 2026-10-06 | =G9*2\n"), "check mei.xlsx"},
	{"a formula without stored value for a date", done, putWorkbook("mei.xlsx", oneSheet+"A-1 | 30000003 | 999900201 | T03 | 41VB1 | =TODAY() | 1\n"), "check mei.xlsx"},
	{"a date that does not exist", done, row("A-1;30000003;999900201;T03;41VB1;31-02-2026;uur;1"), "check mei.csv"},
	{"a year of two digits", done, row("A-1;30000003;999900201;T03;41VB1;06-10-26;uur;1"), "check mei.csv"},
	{"an AGB code of 6 digits", done, row("A-1;300003;999900201;T03;41VB1;06-10-2026;uur;1"), "check mei.csv"},
	{"a BSN of 7 digits", done, row("A-1;30000003;9999002;T03;41VB1;06-10-2026;uur;1"), "check mei.csv"},
	{"a BSN with a typing error", done, row("A-1;30000003;999900202;T03;41VB1;06-10-2026;uur;1"), "check mei.csv"},
	{"an empty mandatory cell", done, row("A-1;30000003;999900201;T03;41VB1;;uur;1"), "check mei.csv"},
	{"an unknown unit", done, row("A-1;30000003;999900201;T03;41VB1;06-10-2026;etmaal;1"), "check mei.csv"},
	{"a quantity in words", done, row("A-1;30000003;999900201;T03;41VB1;06-10-2026;uur;twee"), "check mei.csv"},
	{"a product that nobody knows", done, row("A-1;30000003;999900201;T03;41VB7;06-10-2026;uur;1"), "check mei.csv"},
	{"care of tomorrow", done, row("A-1;30000003;999900201;T03;41VB1;06-11-2026;uur;1"), "check mei.csv"},
	{"a BSN in the place of a reference", done, row("999900201;30000003;999900201;T99;41VB1;06-10-2026;uur;1"), "check mei.csv"},
	{"a BSN in the place of a referral", done, row("A-1;30000003;999900201;999900201;41VB1;06-10-2026;etmaal 999900201;1"), "check mei.csv regio/referrals/toewijzingen.csv"},
	{"a referral that cannot be read", done, put("t.csv", "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Ingangsdatum;Volume;Eenheid;Frequentie\n"+
		"T1;999900201;Waalwijk;30000003;41VB1;31-02-2026;10;uur;2\nT2;99990020;Waalwijk;300003;41VB1;01-01-2026;veel;;9\nT3;999900201;Waalwijk;30000003;;01-01-2026;;;\n"), "import t.csv"},
	{"a referral twice in one file", done, put("t.csv", "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Ingangsdatum\n"+
		"T1;999900201;Waalwijk;30000003;41VB1;01-01-2026\nT1;999900201;Tilburg;30000003;41VB1;01-01-2026\n"), "import t.csv"},
	{"a referral number of another client", done, func(t testing.TB) {
		write(t, "1.csv", "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Ingangsdatum\nT1;999900201;Waalwijk;30000003;41VB1;01-01-2026\n")
		write(t, "2.csv", "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Ingangsdatum\nT1;999900110;Waalwijk;30000003;41VB1;01-01-2026\n")
	}, "import 1.csv 2.csv"},
	{"decisions that cannot be taken", done, func(t testing.TB) {
		write(t, "regio/submissions/a.csv", submissionHeadings+"\nA-1;30000003;999900201;T03;41VB1;27-10-2026;uur;13\nA-2;30000003;999900201;T03;41VB1;20-10-2026;uur;1\nA-3;30000003;999900201;T98;41VB1;12-10-2026;uur;1\n")
		succeed(t, "run", "--workspace", "regio", "--period", "2026-10", "--as-of", "2026-11-05", "--quiet", "--no-reports")
		write(t, "besluiten.csv", "Regelnummer;AGB-code;Code;Versie;Besluit;Reden;Beoordelaar\n"+
			"A-1;30000003;L01;1;akkoord;;K. de Vries\nA-1;30000003;L01;1;misschien;Nagebeld;K. de Vries\nA-1;30000003;L02;1;akkoord;Nagebeld;K. de Vries\n"+
			"A-1;30000003;L99;1;akkoord;Nagebeld;K. de Vries\nA-1;30000003;L01;7;akkoord;Nagebeld;K. de Vries\nA-9;30000003;L01;1;akkoord;Nagebeld;K. de Vries\n"+
			"A-2;30000003;P02;1;akkoord;Nagebeld;K. de Vries\nA-3;30000003;R01;1;akkoord;Nagebeld;K. de Vries\nA-1;30000003;L01;1;afwijzen;Nagebeld;\n")
	}, "decide besluiten.csv"},
	{"reasons of decisions that cannot be read", done, func(t testing.TB) {
		write(t, "regio/submissions/a.csv", submissionHeadings+"\nA-1;30000003;999900201;T03;41VB1;27-10-2026;uur;13\nA-2;30000003;999900201;T03;41VB1;28-10-2026;uur;13\nA-3;30000003;999900201;T03;41VB1;29-10-2026;uur;13\n")
		succeed(t, "run", "--workspace", "regio", "--period", "2026-10", "--as-of", "2026-11-05", "--quiet", "--no-reports")
		write(t, "uitval.xlsx", workbookOf(t, "== Uitval\nRegelnummer | AGB-code | Code | Versie | Besluit | Reden | Beoordelaar\n"+
			"A-1 | 30000003 | L01 | 1 | akkoord | =nagebeld | K. de Vries\nA-2 | 30000003 | L01 | 1 | afwijzen | #NAME? | K. de Vries\nA-3 | 30000003 | L01 | 1 | aanhouden | #NAME? | K. de Vries\n"))
	}, "decide uitval.xlsx"},
}

// row returns a function that writes a submission of one row.
func row(line string) func(testing.TB) { return put("mei.csv", submissionHeadings+"\n"+line+"\n") }
