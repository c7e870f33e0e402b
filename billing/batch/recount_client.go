package batch

import (
	"cmp"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// clientRecount computes lines again, client by client.
type clientRecount struct {
	*recountFindings
	months []recountedMonth

	accepted     []acceptedRow
	declared     []declaredLine
	cases        []billing.Case
	records      []billing.Record
	referral     *billing.Referral     // that of the last case, reused if the next has the same: a client has few, and each is large
	municipality *billing.Municipality // likewise
	sums         map[billing.LineKey]billing.Money
	lines        map[billing.Line]int // how often more in the ledger than in the recount; by line without records and first day
}

// acceptedRow is a row that was accepted in the runs of some months.
type acceptedRow struct {
	record   *ledger.ProvenRecord
	outcome  *ledger.ProvenOutcome
	approval *ledger.ProvenAnswer
	month    billing.Period // of the care
	unit     billing.Unit
	from, to int // indexes of months: the first in which it was accepted, and the first after it in which it was not
}

// declaredLine is a line that is in the ledger from the month with index from on.
type declaredLine struct {
	billing.Line
	credit bool
	from   int
}

// client recounts what is stored of a client. It counts care in a month only if the difference can be other than in the month
// before: an outcome began or ended, a line was added, or the month counts differently.
func (r *clientRecount) client(c *ledger.ProvenClient) error {
	if err := r.gather(c); err != nil {
		return err
	}
	accepted, declared := r.accepted, r.declared
	for len(accepted)+len(declared) > 0 {
		care := careOf(accepted, declared)
		rows, lines := 0, 0
		for rows < len(accepted) && accepted[rows].month == care {
			rows++
		}
		for lines < len(declared) && declared[lines].CareMonth == care {
			lines++
		}
		r.careMonth(c.BSN, care, accepted[:rows], declared[:lines])
		accepted, declared = accepted[rows:], declared[lines:]
	}
	return nil
}

// careOf returns the first care month in two lists sorted by it, which are not both empty.
func careOf(accepted []acceptedRow, declared []declaredLine) billing.Period {
	switch {
	case len(accepted) == 0:
		return declared[0].CareMonth
	case len(declared) == 0:
		return accepted[0].month
	}
	return min(accepted[0].month, declared[0].CareMonth)
}

// gather collects what was accepted and declared of a client, sorted by care month.
func (r *clientRecount) gather(c *ledger.ProvenClient) error {
	r.accepted, r.declared = r.accepted[:0], r.declared[:0]
	var failed error
	c.EachRecord(func(record *ledger.ProvenRecord, outcomes []ledger.ProvenOutcome) {
		if record == nil {
			return
		}
		for i := range outcomes {
			o := &outcomes[i]
			if !o.Accepted() {
				continue
			}
			row := acceptedRow{record: record, outcome: o, approval: c.ApprovalOf(record), month: record.CareDate.Period(), from: r.monthFrom(o.FirstRun), to: len(r.months)}
			if o.LastRun != 0 {
				row.to = r.monthFrom(o.LastRun + 1)
			}
			if row.from >= row.to {
				continue
			}
			var err error
			if row.unit, err = words.Unit(record.Unit); err != nil && failed == nil {
				failed = err
			}
			r.accepted = append(r.accepted, row)
		}
	})
	for i := range c.Lines {
		if err := r.line(c.BSN, &c.Lines[i]); err != nil {
			return err
		}
	}
	slices.SortStableFunc(r.accepted, func(a, b acceptedRow) int { return cmp.Compare(a.month, b.month) })
	slices.SortStableFunc(r.declared, func(a, b declaredLine) int { return cmp.Compare(a.CareMonth, b.CareMonth) })
	return failed
}

// line collects a line of the ledger, or of the month that is about to be closed.
func (r *clientRecount) line(bsn string, l *ledger.ProvenLine) error {
	at := 0
	for at < len(r.months) && r.months[at].judge.Period < l.Period {
		at++
	}
	if at == len(r.months) || l.Sequence == 0 && (!r.months[at].open || l.LastRun != 0 || l.Period != r.months[at].judge.Period) {
		return nil
	}
	unit, err := words.Unit(l.Unit)
	if err != nil {
		return err
	}
	kind, err := words.LineKind(l.Kind)
	if err != nil {
		return err
	}
	r.declared = append(r.declared, declaredLine{credit: kind == billing.Credit, from: at, Line: billing.Line{
		LineKey:  billing.LineKey{Provider: l.Provider, Municipality: l.Municipality, BSN: bsn, Referral: l.Referral, Product: l.Product, Unit: unit, CareMonth: l.CareMonth},
		Quantity: l.Quantity, Price: l.Price, Amount: l.Amount,
	}})
	return nil
}

// monthFrom returns the index of the first month whose run has that number or a later one.
func (r *clientRecount) monthFrom(run int64) int {
	for i := range r.months {
		if r.months[i].id >= run {
			return i
		}
	}
	return len(r.months)
}

// careMonth recounts the care of one month in each recounted month that may count it differently from the month before.
func (r *clientRecount) careMonth(bsn string, care billing.Period, accepted []acceptedRow, declared []declaredLine) {
	for at := range r.months {
		month := &r.months[at]
		changed := month.whole
		for i := range accepted {
			row := &accepted[i]
			changed = changed || row.from == at || row.to == at
			if row.from <= at && at < row.to && month.book {
				r.rows++
			}
		}
		for i := range declared {
			changed = changed || declared[i].from == at
		}
		if !changed || !month.book || care < month.judge.Policy.RecalculateFrom {
			continue
		}
		r.beginWithRows(month, at, accepted, bsn)
		for i := range declared {
			if line := &declared[i]; line.from <= at {
				r.add(line.Line, line.credit)
			}
		}
		r.compare(at)
	}
}

// beginWithRows starts the sums of a care month with the lines that the rows accepted in a month come to, subtracted. The
// lines of the ledger are then added to these, so that what remains is the difference.
func (r *clientRecount) beginWithRows(month *recountedMonth, at int, accepted []acceptedRow, bsn string) {
	clear(r.sums)
	clear(r.lines)
	r.cases = r.cases[:0]
	r.records = slices.Grow(r.records[:0], len(accepted)) // cases point at them
	for i := range accepted {
		row := &accepted[i]
		if row.from > at || at >= row.to {
			continue
		}
		r.records = append(r.records, billing.Record{BSN: bsn, Provider: row.record.Provider, Unit: row.unit, First: row.record.CareDate, Quantity: row.record.Quantity})
		r.cases = append(r.cases, r.caseOf(row, &r.records[len(r.records)-1], month.judge.Book))
	}
	for _, line := range month.judge.TargetOf(r.cases) {
		r.count(line, -1)
	}
}

// caseOf returns the accepted case of a row, with only what TargetOf uses.
func (r *clientRecount) caseOf(row *acceptedRow, record *billing.Record, book *billing.Book) billing.Case {
	referral, municipality, product := row.outcome.Referral, row.outcome.Municipality, row.outcome.Product
	if row.approval != nil {
		referral, municipality, product = row.approval.Referral, row.approval.Municipality, row.approval.Product
	}
	if row.record.Prestatie {
		record.Prestatie = &billing.Prestatie{}
	}
	if r.referral == nil || r.referral.Number != referral {
		r.referral = &billing.Referral{Number: referral}
	}
	if r.municipality == nil || r.municipality.Code != municipality {
		r.municipality = &billing.Municipality{Code: municipality}
	}
	return billing.Case{
		Record: record, Referral: r.referral, Municipality: r.municipality,
		Product: productOr(book, product), Price: row.outcome.Price, Outcome: billing.Accepted,
	}
}

// add adds a line of the ledger.
func (r *clientRecount) add(line billing.Line, credit bool) {
	if !credit {
		r.count(line, 1)
		return
	}
	line.Amount = -line.Amount
	r.count(line, -1)
}

func (r *clientRecount) count(line billing.Line, times int) {
	r.sums[line.LineKey] += line.Amount * billing.Money(times)
	line.Records, line.First = 0, 0
	r.lines[line] += times
}

func compareKeys(a, b billing.LineKey) int {
	return billing.CompareLines(billing.Line{LineKey: a}, billing.Line{LineKey: b})
}

// compare adds a fault for every key whose lines differ in amount from what the rows come to; in the month that is about to
// be closed also for every other line that differs in any way.
func (r *clientRecount) compare(at int) {
	month := &r.months[at]
	differs := false
	for _, sum := range r.sums {
		differs = differs || sum != 0
	}
	for _, times := range r.lines {
		differs = differs || month.open && times != 0
	}
	if !differs {
		return
	}
	found := &Verified{}
	for _, key := range slices.SortedFunc(maps.Keys(r.sums), compareKeys) {
		if sum := r.sums[key]; sum != 0 {
			found.fault("Periode %s: het grootboek wijkt %s af van de zorgregels (aanbieder %s, toewijzing %s, product %s, zorgmaand %s).",
				"Period %s: the ledger differs by %s from the records (provider %s, referral %s, product %s, care month %s).",
				month.judge.Period, sum, key.Provider, key.Referral, key.Product, key.CareMonth)
		}
	}
	for _, line := range slices.SortedFunc(maps.Keys(r.lines), billing.CompareLines) {
		if month.open && r.lines[line] != 0 && r.sums[line.LineKey] == 0 {
			found.fault("Periode %s: een regel is anders dan de zorgregels maken (aanbieder %s, toewijzing %s, product %s, zorgmaand %s).",
				"Period %s: a line differs from what the records lead to (provider %s, referral %s, product %s, care month %s).",
				month.judge.Period, line.Provider, line.Referral, line.Product, line.CareMonth)
		}
	}
	r.faults[at] = append(r.faults[at], found.Faults...)
}

func productOr(book *billing.Book, code string) *billing.Product {
	if product := book.Product(code); product != nil {
		return product
	}
	return &billing.Product{Code: code}
}
