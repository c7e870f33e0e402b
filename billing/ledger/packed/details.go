package packed

import (
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// The details of a record are the columns that no statement refers to, stored as one text: a Row of the words and the
// texts, in which the rare words are empty if all have their usual values.
var (
	detailWords = []string{"birth_date", "start_at", "end_at", "has_quantity", "claimed_price", "claimed_amount", "first_received"}
	detailRare  = []string{"has_prior", "prior_unit", "prior_quantity", "prior_other_client", "seen_before", "break_time"}
	detailTexts = []string{"referral", "municipality", "product", "daypart", "remark", "findings"}
)

// DetailColumns returns the names of the columns in the details of a record, in the order of SplitDetails.
func DetailColumns() []string {
	return append(append(append([]string{}, detailWords...), detailRare...), detailTexts...)
}

// AppendDetails appends the details of a record; its claims and findings are given in their stored form.
func AppendDetails(text []byte, r *billing.Record, claimedPrice, claimedAmount, findings string) []byte {
	number := func(value int64) { text = append(strconv.AppendInt(text, value, 10), separator...) }
	word := func(value string) { text = append(append(text, value...), separator...) }
	number(int64(r.BirthDate))
	number(int64(r.Start))
	number(int64(r.End))
	number(flag(r.HasQuantity))
	word(claimedPrice)
	word(claimedAmount)
	number(int64(r.FirstReceived))
	if r.HasPrior || r.PriorUnit != 0 || r.PriorQuantity != 0 || r.PriorOtherClient || r.SeenBefore || r.Break != 0 {
		number(flag(r.HasPrior))
		word(r.PriorUnit.String())
		number(int64(r.PriorQuantity))
		number(flag(r.PriorOtherClient))
		number(flag(r.SeenBefore))
		number(int64(r.Break))
	} else {
		word("")
	}
	texts := [...]string{r.ReferralNumber, r.Municipality, r.Product, r.Daypart, r.Remark}
	for _, of := range texts {
		number(int64(len(of)))
	}
	for _, of := range texts {
		word(of)
	}
	return append(text, findings...)
}

func flag(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

// ReadDetails reads the details of a record into r, and returns its findings in their stored form.
func ReadDetails(text string, r *billing.Record) (findings string, err error) {
	u := Unpack(text)
	r.BirthDate, r.Start, r.End, r.HasQuantity = billing.Date(u.Number()), billing.Clock(u.Number()), billing.Clock(u.Number()), u.Flag()
	r.ClaimedPrice, r.ClaimedAmount, r.FirstReceived = Value(&u, words.Decimal), Value(&u, words.Decimal), billing.Date(u.Number())
	if u.Rare() {
		r.HasPrior, r.PriorUnit, r.PriorQuantity = u.Flag(), u.Unit(), billing.Quantity(u.Number())
		r.PriorOtherClient, r.SeenBefore, r.Break = u.Flag(), u.Flag(), billing.Quantity(u.Number())
	}
	u.Texts(&r.ReferralNumber, &r.Municipality, &r.Product, &r.Daypart, &r.Remark, &findings)
	return findings, u.Err
}

// SplitDetails appends the columns in the details of a record to into, each in the form that a separate column would have;
// whole is false if the text is not the details of any record.
func SplitDetails(text string, into []string) (fields []string, whole bool) {
	u := Unpack(text)
	for range detailWords {
		into = append(into, u.Word())
	}
	if u.Rare() {
		for range detailRare {
			into = append(into, u.Word())
		}
	} else {
		into = append(into, "0", "", "0", "0", "0", "0")
	}
	var texts [6]string
	u.Texts(&texts[0], &texts[1], &texts[2], &texts[3], &texts[4], &texts[5])
	return append(into, texts[:]...), u.Err == nil
}
