package rates

import "github.com/pxq-nl/pxq/billing"

// register holds the codes of one table and the rows of each.
type register struct {
	table    string
	fold     func(string) string
	rows     map[string][]dated // by folded code
	spelled  map[string]string  // the spelling in the newest row, by folded code
	codes    []string
	hints    int  // number of hints given
	complete bool // false if the table or its column of codes is missing, so that no code can be called unknown
}

// dated is a row with the day from which it applies.
type dated struct {
	*row
	from billing.Date
}

func newRegister(g *grid, heading string, fold func(string) string) *register {
	return &register{
		table: g.name, fold: fold, rows: map[string][]dated{}, spelled: map[string]string{}, complete: g.has(heading),
	}
}

// add records the code of a row that applies from a day on, and reports a code that already has a row from that day.
func (k *register) add(c cell, code string, from billing.Date) {
	if code == "" {
		return
	}
	folded := k.fold(code)
	for _, other := range k.rows[folded] {
		if other.from != from {
			continue
		}
		if from.IsZero() {
			c.report("%s staat ook in rij %d; elke code staat er één keer. Verwijder of verander een van beide",
				"%s is also in row %d; each code may appear only once. Remove or change one of the two",
				quote(code), other.number)
		} else {
			c.report("%s staat ook in rij %d, met dezelfde dag onder van (%s). Verwijder of verander een van beide",
				"%s is also in row %d, with the same day under van (%s). Remove or change one of the two",
				quote(code), other.number, from)
		}
		return
	}
	newest := true
	for _, other := range k.rows[folded] {
		newest = newest && other.from < from
	}
	if newest {
		k.spelled[folded] = code
	}
	if len(k.rows[folded]) == 0 {
		k.codes = append(k.codes, code)
	}
	k.rows[folded] = append(k.rows[folded], dated{c.row, from})
}

const (
	fewCodes = 12   // the most codes that a message lists if none is near
	hintsMax = 1000 // the most hints that are computed: a column that is all wrong must not take minutes
)

// find returns the code as its table spells it, and reports an unknown one. It returns false for an unknown or empty code.
func (k *register) find(c cell, code string) (string, bool) {
	if code == "" {
		return "", false
	}
	if spelled, ok := k.spelled[k.fold(code)]; ok {
		return spelled, true
	}
	if !k.complete {
		return "", false
	}
	c.report("%s staat niet in de tabel %s; zet het daar of verbeter het hier%s",
		"%s is not in the table %s; add it there or correct it here%s", quote(code), k.table, k.hint(code))
	return "", false
}

// hint suggests the nearest code, or lists all codes if none is near and they are few.
func (k *register) hint(code string) billing.Text {
	if k.hints++; k.hints > hintsMax {
		return billing.Text{}
	}
	near := suggest(code, k.codes)
	if near == (billing.Text{}) && len(k.codes) > 0 && len(k.codes) <= fewCodes {
		all := quoteAll(k.codes)
		return billing.Text{Dutch: " (daar staan " + all + ")", English: " (it contains " + all + ")"}
	}
	return near
}

// same is the fold function of codes that must match exactly.
func same(code string) string { return code }
