package templates

import (
	"fmt"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// The checks of the templates help while typing; pasted values are only judged when the file is read. Their formulas use
// only functions that every spreadsheet program has, and no list of constants, which a data validation may not contain.

// elfproef is a formula that is true for a BSN of eight or nine digits, not all zero, that passes the elfproef. elf_plaats
// and elf_gewicht are the names of lists.
const elfproef = `AND(LEN(%)>=8,LEN(%)<=9,VALUE(%)>0,MOD(SUMPRODUCT(MID(RIGHT("0"&%,9),elf_plaats,1)*elf_gewicht),11)=0)`

// elfproefFails is a formula that is true for a cell that holds something else.
const elfproefFails = `AND(LEN(%)>0,IFERROR(NOT(` + elfproef + `),TRUE))`

// elfLists returns the lists of the positions of a BSN's digits and of their weights.
func elfLists() []choices {
	places := choices{name: "elf_plaats", numbers: true, heading: both("Elfproef: plaats", "Elfproef: place")}
	weights := choices{name: "elf_gewicht", numbers: true, heading: both("Elfproef: gewicht", "Elfproef: weight")}
	for i, weight := range []string{"9", "8", "7", "6", "5", "4", "3", "2", "-1"} {
		places.values = append(places.values, [2]string{fmt.Sprint(i + 1), ""})
		weights.values = append(weights.values, [2]string{weight, ""})
	}
	return []choices{places, weights}
}

// wrongBSNs returns a formula that counts the cells of a range that fail the elfproef. For each cell it divides 1 by the
// product of the conditions, which is an error if one of them fails or the cell holds no number.
func wrongBSNs(cells string) string {
	sum := ""
	for place, weight := range []int{9, 8, 7, 6, 5, 4, 3, 2, -1} {
		sum += fmt.Sprintf(`%+d*MID(RIGHT("000000000"&%s,9),%d,1)`, weight, cells, place+1)
	}
	return fmt.Sprintf(`SUMPRODUCT((%s<>"")*(1-ISNUMBER(1/((MOD(%s,11)=0)*(RIGHT("000000000"&%[1]s,9)*1>0)*(LEN(%[1]s)>7)*(LEN(%[1]s)<10)))))`, cells, sum[1:])
}

func (t *template) checkBSN() *workbook.Check {
	return &workbook.Check{Type: "custom", From: elfproef, Error: t.say(both(
		"Dit BSN klopt niet: het heeft geen negen cijfers of voldoet niet aan de elfproef. Kijk de cijfers na.",
		"This BSN is wrong: it does not have nine digits or fails the elfproef. Check the digits."))}
}

func (t *template) checkAGB() *workbook.Check {
	return &workbook.Check{Type: "custom", From: "AND(LEN(%)=8,ISNUMBER(VALUE(%)))", Error: t.say(both(
		"Een AGB-code heeft acht cijfers, ook de nullen vooraan.", "An AGB code has eight digits, including leading zeros."))}
}

// checkList offers a list; with hint other values are accepted too, where there are more than the list shows.
func (t *template) checkList(name string, hint bool) *workbook.Check {
	return &workbook.Check{Type: "list", From: name, Hint: hint, Error: t.say(both(
		"Kies een waarde uit de lijst; het blad Lijsten zegt wat zij betekenen.", "Choose a value from the list; the sheet Lists says what the values mean."))}
}

// checkDay accepts days of this century; with past only those up to today.
func (t *template) checkDay(past bool) *workbook.Check {
	check := &workbook.Check{Type: "date", From: serial(billing.NewDate(2000, 1, 1)), To: serial(billing.NewDate(2099, 12, 31)), Error: t.say(both(
		"Vul een datum in als 31-10-2026.", "Fill in a date like 31-10-2026."))}
	if past {
		check.To = "TODAY()"
		check.Error = t.say(both("Vul een datum in als 31-10-2026, niet na vandaag.", "Fill in a date such as 31-10-2026, not after today."))
	}
	return check
}

// serial returns the number of a day in spreadsheet programs.
func serial(day billing.Date) string { return fmt.Sprint(int64(day) - 1 + 25569) }

func (t *template) checkClock() *workbook.Check {
	return &workbook.Check{Type: "time", From: "0", To: "0.999988426", Hint: true, Error: t.say(both(
		"Vul een tijd in als 09:05.", "Fill in a time like 09:05."))}
}

// checkNumber accepts numbers from 0 on; a quantity of 0 withdraws a record.
func (t *template) checkNumber() *workbook.Check {
	return &workbook.Check{Type: "decimal", From: "0", Error: t.say(both(
		"Vul een getal in van 0 of meer, als 1,25.", "Fill in a number of 0 or more, such as 1.25."))}
}

func (t *template) checkOnce() *workbook.Check {
	return &workbook.Check{Type: "textLength", From: "1", To: "50", Error: t.say(both(
		"Een nummer heeft één tot vijftig tekens.", "A number has one to fifty characters."))}
}
