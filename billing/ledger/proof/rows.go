package proof

import "github.com/pxq-nl/pxq/billing"

// Record holds the columns of a row of the table records that are checked, or that other columns are checked against.
type Record struct {
	BSN       string
	ID        int64
	Provider  string
	Unit      string
	CareDate  billing.Date
	Quantity  billing.Quantity
	Prestatie bool // from a JW323 message

	reference, knownAs, state string
	received                  billing.Date
	file, settledBy           int64
	declared, declaredPrice   int64
	ambiguous, standing       int64
}

func recordReader(l *layout) func(fields []string) Record {
	bsn, id, provider, unit, careDate, quantity, lastDate := l.at["bsn"], l.at["id"], l.at["provider"], l.at["unit"], l.at["care_date"], l.at["quantity"], l.at["last_date"]
	reference, knownAs, state, file, settledBy := l.at["reference"], l.at["known_as"], l.at["state"], l.at["file_id"], l.at["settled_by"]
	declared, declaredPrice, ambiguous, standing, received := l.at["declared"], l.at["declared_price"], l.at["ambiguous"], l.at["standing"], l.at["received"]
	return func(f []string) Record {
		return Record{
			BSN: f[bsn], ID: number(f[id]), Provider: f[provider], Unit: f[unit], CareDate: billing.Date(number(f[careDate])),
			Quantity: billing.Quantity(number(f[quantity])), Prestatie: f[lastDate] != "0",
			reference: f[reference], knownAs: f[knownAs], state: f[state], file: number(f[file]), settledBy: number(f[settledBy]),
			declared: number(f[declared]), declaredPrice: number(f[declaredPrice]), ambiguous: number(f[ambiguous]), standing: number(f[standing]),
			received: billing.Date(number(f[received])),
		}
	}
}

// Outcome holds the columns of a row of the table outcomes.
type Outcome struct {
	FirstRun, LastRun               int64
	Referral, Municipality, Product string
	Price                           billing.Price

	bsn, outcome, codes string
	record              int64
}

func outcomeReader(l *layout) func(fields []string) Outcome {
	bsn, record, first, last, outcome, codes := l.at["bsn"], l.at["record_id"], l.at["first_run"], l.at["last_run"], l.at["outcome"], l.at["codes"]
	referral, municipality, product, price := l.at["referral"], l.at["municipality"], l.at["product"], l.at["price"]
	return func(f []string) Outcome {
		return Outcome{
			FirstRun: number(f[first]), LastRun: number(f[last]), Referral: f[referral], Municipality: f[municipality], Product: f[product], Price: billing.Price(number(f[price])),
			bsn: f[bsn], outcome: f[outcome], codes: f[codes], record: number(f[record]),
		}
	}
}

// Accepted reports whether the record was accepted.
func (o *Outcome) Accepted() bool { return o.outcome == accepted }

// Line is a line of a declaration.
type Line struct {
	FirstRun, LastRun, Sequence                           int64
	Period, CareMonth                                     billing.Period
	Kind, Provider, Municipality, Referral, Product, Unit string
	Quantity                                              billing.Quantity
	Price                                                 billing.Price
	Amount                                                billing.Money

	bsn string
}

func lineReader(l *layout) func(fields []string) Line {
	bsn, first, last, sequence, period, careMonth := l.at["bsn"], l.at["first_run"], l.at["last_run"], l.at["sequence"], l.at["period"], l.at["care_month"]
	kind, provider, municipality, referral, product, unit := l.at["kind"], l.at["provider"], l.at["municipality"], l.at["referral"], l.at["product"], l.at["unit"]
	quantity, price, amount := l.at["quantity"], l.at["price"], l.at["amount"]
	return func(f []string) Line {
		return Line{
			FirstRun: number(f[first]), LastRun: number(f[last]), Sequence: number(f[sequence]), Period: billing.Period(number(f[period])), CareMonth: billing.Period(number(f[careMonth])),
			Kind: f[kind], Provider: f[provider], Municipality: f[municipality], Referral: f[referral], Product: f[product], Unit: f[unit],
			Quantity: billing.Quantity(number(f[quantity])), Price: billing.Price(number(f[price])), Amount: billing.Money(number(f[amount])), bsn: f[bsn],
		}
	}
}

// referral is a version of a referral.
type referral struct {
	bsn, number                 string
	version, latest, takenAfter int64
}

func referralReader(l *layout) func(fields []string) referral {
	bsn, name, version, latest, taken := l.at["bsn"], l.at["number"], l.at["version"], l.at["is_latest"], l.at["taken_after"]
	return func(f []string) referral {
		return referral{f[bsn], f[name], number(f[version]), number(f[latest]), number(f[taken])}
	}
}

// Answer is the answer to a prestatie.
type Answer struct {
	Referral, Municipality, Product string

	bsn, verdict string
	record       int64
}

func answerReader(l *layout) func(fields []string) Answer {
	bsn, record, verdict := l.at["bsn"], l.at["record_id"], l.at["verdict"]
	referral, municipality, product := l.at["answer_referral"], l.at["answer_municipality"], l.at["answer_product"]
	return func(f []string) Answer {
		return Answer{f[referral], f[municipality], f[product], f[bsn], f[verdict], number(f[record])}
	}
}
