package billing

// Prestatie is what a record of a message (JW323) says beside what every record says. The record's unit and quantity are
// those that pxq counts in; its reference, category and code are as they were written, its referral number without leading
// zeros.
type Prestatie struct {
	Client, Part int    // its place in the message: the client and the prestatie of that client, from 1
	Line         int    // of the file, on which it begins
	Receiver     string // CBS code of the municipality that the message is for, as written
	Category     string
	Unit         string // code of the unit (WJ756): 01, 04, 16 …
	Volume       int64  // in that unit
	HasTariff    bool
	Tariff       int64  // claimed, in cents per unit
	Claimed      Money  // amount, of a credit without its sign
	Credit       bool   // it takes back an earlier one
	Previous     string // of a credit: the reference of what it takes back
	DeclaredTo   Date   // last day of the declaration's period

	Answer *PrestatieAnswer // what was answered; nil until then
}

// PrestatieAnswer is what a message was answered about one prestatie. It is final: whatever comes in later, the prestatie
// keeps its outcome and amount.
type PrestatieAnswer struct {
	Approved     bool
	Findings     []Finding // as they were then
	Codes        CodeSet   // of Findings
	Price        Price
	Referral     string // number of the one used
	Municipality string // CBS code
	Product      string // as the book of then spelled it
}

// IsCredit reports whether the record takes back an earlier prestatie.
func (r *Record) IsCredit() bool { return r.Prestatie != nil && r.Prestatie.Credit }

// prestatieKey is what one debit may be claimed for once (TR389).
type prestatieKey struct {
	provider, receiver, referral, category, product string
	first, last                                     Date
}

func (r *Record) prestatieKey() prestatieKey {
	return prestatieKey{r.Provider, r.Prestatie.Receiver, r.ReferralNumber, r.Prestatie.Category, r.Product, r.First, r.LastDay()}
}

// WrittenUnit returns the code of the unit (WJ756) in which the referral's volume is written; "" when that is none of iJw.
func (r *Referral) WrittenUnit() string { return unitCodes[r.VolumeWritten] }

// PaddedNumbers returns the ways in which a whole number may be written with leading zeros.
func PaddedNumbers(number string) []string {
	const longest = 12
	written := []string{number}
	for len(number) < longest {
		number = "0" + number
		written = append(written, number)
	}
	return written
}

// unitCodes are the codes of the units in which a volume is written.
var unitCodes = map[string]string{
	WrittenMinute: "01", WrittenHour: "04", WrittenFullDay: "14", WrittenDaypart: "16", WrittenOutput: "82", WrittenEuro: "83", WrittenEffort: "84",
}

// WrittenOf returns the word of the unit with that code; "" when there is none.
func WrittenOf(code string) string {
	for word, known := range unitCodes {
		if known == code {
			return word
		}
	}
	return ""
}
