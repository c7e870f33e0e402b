package rules_test

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
)

// approve answers a prestatie with approval.
func approve(r *billing.Record) *billing.Record {
	r.Prestatie.Answer = &billing.PrestatieAnswer{Approved: true, Price: 9550, Referral: "0001", Municipality: "0855", Product: "BEG"}
	return r
}

// refuse answers a prestatie with the code of one finding.
func refuse(r *billing.Record, code billing.Code) *billing.Record {
	r.Prestatie.Answer = &billing.PrestatieAnswer{
		Findings: []billing.Finding{{Code: code, Values: []string{"0001"}}}, Codes: billing.Codes(code),
	}
	return r
}

// credit adds a credit of a prestatie, in a separate message.
func credit(w *world, debit *billing.Record) *billing.Record {
	r := january(w)
	r.Prestatie.Credit, r.Prestatie.Previous = true, debit.Reference
	return r
}

// alsoTilburg has the book know Tilburg by an older CBS code too.
func alsoTilburg(w *world, code string) {
	at := slices.IndexFunc(w.run.Book.Municipalities, func(m billing.Municipality) bool { return m.Code == "0855" })
	w.run.Book.Municipalities[at].Aliases = append(w.run.Book.Municipalities[at].Aliases, code)
}

// Every rule that looks at a prestatie, with one that breaks only it.
func TestRulesOfPrestaties(t *testing.T) {
	change := func(how func(w *world, r *billing.Record)) func(*world) {
		return func(w *world) { how(w, january(w)) }
	}
	run(t, []ruleTest{
		{"all is well", func(w *world) { january(w) }, "accepted"},
		{"TR304: no referral of the municipality", change(func(_ *world, r *billing.Record) { r.Prestatie.Receiver = "0785" }), "rejected J20"},
		{"TR304 for a referral of another municipality with that number", change(func(w *world, _ *billing.Record) { w.referral.Municipality = "Goirle" }), "rejected J20"},
		{"TR338", change(func(_ *world, r *billing.Record) { r.ReferralNumber = "2" }), "rejected R01"},
		{"R02: another client's referral", change(func(w *world, r *billing.Record) {
			r.ReferralNumber = "2"
			w.client.Numbered = map[string][]*billing.Referral{"2": {{
				Number: "02", BSN: otherClient, BirthDate: day("2012-05-02"), Municipality: "Tilburg", Provider: here, Product: "BEG", Start: day("2025-06-01"),
			}}}
		}), "rejected R02"},
		{"TR384", change(func(w *world, _ *billing.Record) { w.referral.Status = billing.StatusWithdrawn }), "rejected R09"},
		{"TR339", change(func(w *world, _ *billing.Record) { w.referral.Category = "54" }), "rejected J21"},
		{"TR339: the referral's category is the declared one", change(func(w *world, _ *billing.Record) { w.referral.Category = "45" }), "accepted"},
		{"TR339 on a referral without a category", change(func(w *world, _ *billing.Record) { w.referral.Category = "" }), "accepted"},
		{"TR340", change(func(w *world, _ *billing.Record) { w.referral.Product = "BEH" }), "rejected R05"},
		{"TR381: the category is not the product's", change(func(_ *world, r *billing.Record) { r.Prestatie.Category = "54" }), "rejected J22"},
		{"TR381 of a product without a category", change(func(w *world, _ *billing.Record) { w.product("BEG").Category = "" }), "accepted"},
		{"TR381: unknown product", change(func(_ *world, r *billing.Record) { r.Product = "45Z99" }), "rejected F07"},
		{"TR381: of an unknown product nothing else is said", change(func(_ *world, r *billing.Record) {
			r.Product, r.Findings = "45Z99", []billing.Finding{{Code: billing.F06, Field: billing.FieldUnit, Values: []string{"", "83"}}}
		}), "rejected F07"},
		{"F06: a unit that is not settled", change(func(_ *world, r *billing.Record) {
			r.Findings = []billing.Finding{{Code: billing.F06, Field: billing.FieldUnit, Values: []string{"", "83"}}}
		}), "rejected F06"},
		{"TR338 with the number of a referral of another municipality", change(func(w *world, r *billing.Record) {
			r.ReferralNumber = "7"
			w.refer("7", "BEG", "2025-06-01", "").Municipality = "Goirle"
		}), "rejected R01"},
		{"C03 of the municipality of the message, whatever the referral", change(func(w *world, r *billing.Record) {
			r.Prestatie.Receiver, r.ReferralNumber = "0785", "7"
			w.refer("8", "BEG", "2025-06-01", "").Municipality = "Goirle"
		}), "rejected C03 R01"},
		{"TR369 in whole cents: twice 14,325 is 28,66", func(w *world) {
			w.referral.HasBudget, w.referral.Budget = true, 2865
			for _, r := range []*billing.Record{span(w, "2025-12-01", "2025-12-31"), january(w)} {
				r.Quantity, r.Prestatie.Unit, r.Prestatie.Volume, r.Prestatie.Tariff, r.Prestatie.Claimed = minutes(9), "01", 9, 159, 1433
			}
		}, "accepted T02; rejected V03"},
		{"TR341: hours on minutes", change(func(w *world, _ *billing.Record) { inUnit(w, billing.WrittenMinute) }), "rejected R06"},
		{"TR341: hours on full days", change(func(w *world, _ *billing.Record) { inUnit(w, billing.WrittenFullDay) }), "rejected R06"},
		{"TR341: minutes on hours are legal", change(func(w *world, r *billing.Record) {
			inUnit(w, billing.WrittenHour)
			r.Prestatie.Unit, r.Prestatie.Volume, r.Prestatie.Tariff = "01", 60, 159
		}), "accepted"},
		{"TR387", func(w *world) { span(w, "2026-01-02", "2026-01-31") }, "rejected J23"},
		{"TR388", func(w *world) { span(w, "2026-01-01", "2026-01-30") }, "rejected J24"},
		{"TR319", change(func(_ *world, r *billing.Record) { r.Prestatie.DeclaredTo = day("2025-12-31") }), "rejected J25"},
		{"TR314", change(func(_ *world, r *billing.Record) { r.Ambiguous = true }), "rejected U01"},
		{"T01", change(func(_ *world, r *billing.Record) { r.Received, r.FirstReceived = day("2026-05-01"), day("2026-05-01") }), "rejected T01"},
		{"no U02, no L01, no U07 beside a row of a spreadsheet", func(w *world) {
			january(w)
			r := w.add("2026-01-01")
			r.ReferralNumber = "0001"
		}, "accepted; accepted"},
		{"no L01 on a month of care, nor of it beside a row", func(w *world) {
			r := january(w)
			r.Quantity, r.Prestatie.Volume, r.Prestatie.Claimed = hours(13), 13, 13*9550
			w.add("2026-01-01").ReferralNumber = "0001"
		}, "accepted; accepted"},
		{"no S02: nobody knows the nights of a month", func(w *world) {
			r := january(w)
			w.referral.Product, w.referral.CoordinationPoint = "GROEP", "CP-1"
			r.Product, r.Unit, r.Quantity = "GROEP", billing.Daypart, dayparts(1)
			r.Prestatie.Category, r.Prestatie.Unit, r.Prestatie.Tariff, r.Prestatie.Claimed = "44", "16", 18000, 18000
			w.refer("T2", "HUIS", "2025-06-01", "").CoordinationPoint = "CP-1"
			row := w.add("2026-01-01")
			row.Product, row.ReferralNumber, row.Unit, row.Quantity = "HUIS", "T2", billing.Daypart, dayparts(1)
		}, "accepted; accepted"},
	})
}

func inUnit(w *world, written string) {
	w.referral.HasVolume, w.referral.VolumeWritten, w.referral.Frequency = true, written, billing.InTotal
	w.referral.VolumeUnit, w.referral.Volume = billing.Time, hours(100)
}

// The price is the claimed one if it is valid on any day of the period, else that of the first day.
func TestPriceOfAPrestatie(t *testing.T) {
	rises := func(how func(*billing.Record)) func(*world) {
		return func(w *world) {
			w.price().To = day("2026-01-15")
			w.run.Book.Prices = append(w.run.Book.Prices, billing.PriceRow{Product: "BEG", Unit: billing.Time, Price: 10000, From: day("2026-01-16")})
			how(january(w))
		}
	}
	claim := func(unit string, volume, tariff int64, amount billing.Money) func(*billing.Record) {
		return func(r *billing.Record) {
			r.Prestatie.Unit, r.Prestatie.Volume, r.Prestatie.Tariff, r.Prestatie.Claimed = unit, volume, tariff, amount
			r.Quantity = billing.Quantity(volume) * 100
			if unit == "04" {
				r.Quantity *= 60
			}
		}
	}
	run(t, []ruleTest{
		{"the first day's", rises(claim("04", 1, 9550, 9550)), "accepted"},
		{"a later day's", rises(claim("04", 1, 10000, 10000)), "accepted"},
		{"neither", rises(claim("04", 1, 9999, 9999)), "rejected P03 P04"},
		{"neither, the amount by the first day's", rises(claim("04", 1, 9999, 9550)), "rejected P03"},
		{"none on the first day", func(w *world) {
			w.price().From = day("2026-01-10")
			claim("04", 1, 9999, 9999)(january(w))
		}, "held P02"},
		{"none on the first day, the claimed one later", func(w *world) {
			w.price().From = day("2026-01-10")
			january(w)
		}, "accepted"},
		{"the claimed one on the last day alone", func(w *world) {
			w.price().From = day("2026-01-31")
			january(w)
		}, "accepted"},
		{"IV081: hour price × minutes, rounded once", func(w *world) { claim("01", 95, 159, 15121)(january(w)) }, "accepted"},
		{"IV081: a rounded minute price is wrong", func(w *world) { claim("01", 95, 159, 15105)(january(w)) }, "rejected P04"},
		{"half a cent up", func(w *world) { claim("01", 9, 159, 1433)(january(w)) }, "accepted"},
	})
}

// What is answered is final; a credit takes back what was approved.
func TestCreditsAndAnswers(t *testing.T) {
	run(t, []ruleTest{
		{"an accepted credit", func(w *world) { credit(w, approve(january(w))) }, "replaced; withdrawn"},
		{"TR323: not approved yet", func(w *world) { credit(w, january(w)) }, "accepted; rejected J26"},
		{"TR323: another volume", func(w *world) { credit(w, approve(january(w))).Prestatie.Volume = 2 }, "accepted; rejected J26"},
		{"TR323: to another municipality", func(w *world) {
			credit(w, approve(january(w))).Prestatie.Receiver = "0785"
			w.refer("9", "BEG", "2025-06-01", "2026-12-31").Municipality = "Goirle"
		}, "accepted; rejected J26"},
		{"TR323: a debit with another reference", func(w *world) { credit(w, approve(january(w))).Prestatie.Previous = "P-7" }, "accepted; rejected J26"},
		{"TR323: another provider's debit", func(w *world) { credit(w, approve(january(w))).Provider = there }, "accepted; rejected J26"},
		{"TR323: a debit that was rejected", func(w *world) {
			debit := refuse(january(w), billing.R09)
			credit(w, debit)
		}, "rejected R09; rejected J26"},
		{"TR323: a credit of a credit", func(w *world) {
			taken := approve(credit(w, approve(january(w))))
			credit(w, taken)
		}, "replaced; withdrawn; rejected J26"},
		{"a credit that was approved", func(w *world) { approve(credit(w, approve(january(w)))) }, "replaced; withdrawn"},
		{"a credit that was rejected is judged no more", func(w *world) {
			credit(w, approve(january(w))).Prestatie.Answer = &billing.PrestatieAnswer{
				Findings: []billing.Finding{{Code: billing.J26, Values: []string{"P-1"}}}, Codes: billing.Codes(billing.J26),
			}
			w.client.Records[1].Prestatie.Volume = 2
		}, "accepted; rejected J26"},
		{"TR390: the message that came first takes it back", func(w *world) {
			debit := approve(january(w))
			credit(w, debit).Reference = "Z"
			credit(w, debit).Reference = "A"
		}, "replaced; withdrawn; rejected J28"},
		{"TR390: credited before", func(w *world) {
			debit := approve(january(w))
			credit(w, debit)
			credit(w, debit)
		}, "replaced; withdrawn; rejected J28"},
		{"TR314 on a credit", func(w *world) { credit(w, approve(january(w))).Ambiguous = true }, "accepted; rejected U01"},
		{"a credit is judged on nothing else", func(w *world) {
			credit(w, approve(january(w)))
			w.referral.Status = billing.StatusWithdrawn
			w.run.Book.Prices = nil
		}, "replaced; withdrawn"},
		{"a credit of a client without a referral left", func(w *world) {
			credit(w, approve(january(w)))
			w.client.Referrals = nil
		}, "replaced; withdrawn"},
		{"TR323 of a client without a referral left", func(w *world) {
			credit(w, approve(january(w))).Prestatie.Volume = 2
			w.client.Referrals = nil
		}, "accepted J20; rejected J26"},
		{"TR304: a credit of a client of whom nothing was approved", func(w *world) {
			credit(w, january(w))
			w.client.Referrals = nil
		}, "rejected J20; rejected J20"},
		{"TR304: a credit of a client of whom a debit was rejected", func(w *world) {
			debit := refuse(january(w), billing.R09)
			credit(w, debit)
			w.client.Referrals = nil
		}, "rejected R01 R09; rejected J20"},
		{"TR304: nothing else is found later on a prestatie of a client who is still unknown", func(w *world) {
			refuse(january(w), billing.J20)
			w.client.Referrals = nil
		}, "rejected J20"},
		{"TR304: what is found later on a prestatie of a client who became known", func(w *world) {
			refuse(january(w), billing.J20)
			w.referral.Status = billing.StatusWithdrawn
		}, "rejected J20 R09"},
		{"TR304: a credit beside a new debit of a client without a referral left", func(w *world) {
			debit := approve(january(w))
			taken, fresh := credit(w, debit), january(w)
			fresh.FileID = taken.FileID
			w.client.Referrals = nil
		}, "accepted J20; rejected J20; rejected J20"},
		{"a credit of a client without a referral left, to a municipality named by an older code", func(w *world) {
			alsoTilburg(w, "0800")
			debit := approve(january(w))
			debit.Prestatie.Receiver = "0800"
			taken := credit(w, debit)
			taken.Prestatie.Receiver, taken.Reference = "0800", "A" // judged before its debit
			w.client.Referrals = nil
		}, "replaced; withdrawn"},
		{"TR304: a credit beside a new debit that is judged later, to a municipality named by an older code", func(w *world) {
			alsoTilburg(w, "0800")
			debit := approve(january(w))
			taken, fresh := credit(w, debit), january(w)
			fresh.FileID = taken.FileID
			taken.Prestatie.Receiver, fresh.Prestatie.Receiver, fresh.Reference = "0800", "0800", "Z"
			w.client.Referrals = nil
		}, "accepted J20; rejected J20; rejected J20"},
		{"a credit of a client without a referral left, beside a row of a spreadsheet", func(w *world) {
			credit(w, approve(january(w)))
			w.add("2026-01-10")
			w.client.Referrals = nil
		}, "replaced; withdrawn; rejected R01"},
		{"TR304: a credit of a client of whom another municipality approved a debit", func(w *world) {
			credit(w, approve(january(w))).Prestatie.Receiver = "0785"
		}, "accepted; rejected J20"},
		{"TR304: a credit of a client of whom a debit of another provider was approved", func(w *world) {
			credit(w, approve(january(w))).Provider = there
			w.client.Referrals = nil
		}, "accepted J20; rejected J20"},
		{"TR389: an earlier debit waits for its month", func(w *world) {
			w.run.Period = month("2025-12")
			january(w)
			january(w)
		}, "pending; rejected J27"},
		{"TR389 is not said of an unknown product", func(w *world) {
			approve(january(w)).Product = "45Z99"
			january(w).Product = "45Z99"
		}, "accepted F07; rejected F07"},
		{"TR389: an earlier debit stands", func(w *world) {
			january(w)
			january(w)
		}, "accepted; rejected J27"},
		{"TR389: an earlier debit is held", func(w *world) {
			w.referral.BirthDate = day("2006-05-02")
			january(w)
			january(w)
		}, "held A01; rejected A01 J27"},
		{"a rejected one does not count", func(w *world) {
			january(w).Prestatie.Tariff = 1
			january(w)
		}, "rejected P03; accepted"},
		{"a credited one does not count", func(w *world) {
			debit := approve(january(w))
			credit(w, debit)
			january(w)
		}, "replaced; withdrawn; accepted"},
		{"a rejected credit does not count", func(w *world) {
			debit := approve(january(w))
			credit(w, debit).Prestatie.Volume = 2
			january(w)
		}, "accepted; rejected J26; rejected J27"},
		{"the earlier message counts, not the reference", func(w *world) {
			january(w).Reference = "Z"
			january(w).Reference = "A"
		}, "accepted; rejected J27"},
		{"nor does an earlier one for which there is no room", func(w *world) {
			inUnit(w, billing.WrittenHour)
			w.referral.Volume = hours(1)
			first := january(w)
			first.Reference, first.Quantity, first.Prestatie.Volume, first.Prestatie.Claimed = "Z", hours(2), 2, 19100
			january(w).Reference = "A"
		}, "rejected V02; accepted"},
		{"an approved prestatie stays approved", func(w *world) {
			approve(january(w))
			w.referral.Status = billing.StatusWithdrawn
		}, "accepted R09"},
		{"an approved prestatie stays approved when its only referral moves to another municipality", func(w *world) {
			approve(january(w))
			w.referral.Municipality = "Goirle"
		}, "accepted J20"},
		{"or to one that nobody knows", func(w *world) {
			approve(january(w))
			w.referral.Municipality = "Nergenshuizen"
		}, "accepted J20"},
		{"or is gone", func(w *world) {
			approve(january(w))
			w.client.Referrals = nil
		}, "accepted J20"},
		{"or the book no longer knows the municipality of the message", func(w *world) {
			approve(january(w))
			w.run.Book.Municipalities = slices.DeleteFunc(w.run.Book.Municipalities, func(m billing.Municipality) bool { return m.Code == "0855" })
		}, "accepted J20"},
		{"or the book knows the municipality by another code only", func(w *world) { approve(january(w)).Prestatie.Receiver = "0800" }, "accepted"},
		{"a later debit for it is TR389 all the same", func(w *world) {
			approve(january(w))
			january(w)
			w.run.Book.Prices = nil
		}, "accepted P02; rejected J27 P02"},
		{"an approved prestatie keeps its room", func(w *world) {
			approve(january(w))
			inUnit(w, billing.WrittenHour)
			w.referral.Volume = hours(1)
			w.add("2026-01-01").ReferralNumber = "0001"
		}, "accepted; rejected V02"},
		{"and no more than it was granted", func(w *world) {
			approve(january(w))
			inUnit(w, billing.WrittenHour)
			w.referral.Volume = hours(2)
			w.add("2026-01-01").ReferralNumber = "0001"
		}, "accepted; accepted"},
		{"an approved prestatie of a product that the book no longer knows keeps its room", func(w *world) {
			approve(january(w)).Product = "45Z99"
			inUnit(w, billing.WrittenHour)
			w.referral.Volume = hours(1)
			w.add("2026-01-01").ReferralNumber = "0001"
		}, "accepted F07; rejected V02"},
		{"a rejected prestatie stays rejected", func(w *world) {
			january(w).Prestatie.Answer = &billing.PrestatieAnswer{
				Findings: []billing.Finding{{Code: billing.R09, Values: []string{"0001"}}}, Codes: billing.Codes(billing.R09),
			}
		}, "rejected R09"},
	})
}

// What is found after the answer is a signal.
func TestSignalsAfterTheAnswer(t *testing.T) {
	w := newWorld()
	r := approve(january(w))
	w.referral.Status = billing.StatusWithdrawn
	if got := w.run.Catalogue.SeverityOn(r, billing.R09); got != billing.Signal {
		t.Errorf("R09 is a %s", got)
	}
	r.Prestatie.Answer.Codes = billing.Codes(billing.R09)
	if got := w.run.Catalogue.SeverityOn(r, billing.R09); got != billing.Reject {
		t.Errorf("R09 of the answer is a %s", got)
	}
}

// What was approved is declared as it was, in its own month and not before, even if its referral is gone; what was taken back
// has no referral and no price.
func TestLinesOfWhatWasApproved(t *testing.T) {
	w := newWorld()
	approve(january(w))
	w.client.Referrals = nil
	judgement, _ := w.judge()
	if len(judgement.Target) != 1 || judgement.Target[0].Amount != 9550 || judgement.Target[0].Referral != "0001" {
		t.Errorf("lines without the referral: %+v", judgement.Target)
	}
	w.run.Period = month("2025-12")
	if judgement, _ := w.judge(); len(judgement.Target) != 0 {
		t.Errorf("lines before the month: %+v", judgement.Target)
	}
	w = newWorld()
	credit(w, approve(january(w)))
	judgement, cases := w.judge()
	if len(judgement.Target) != 0 || cases[0].Referral != nil || cases[0].Price != 0 || cases[1].Referral != nil || cases[1].Price != 0 {
		t.Errorf("taken back: lines %+v, cases %+v", judgement.Target, cases)
	}
}

// A prestatie forms a separate line, and is not rounded to whole hours.
func TestLinesOfPrestaties(t *testing.T) {
	w := newWorld()
	w.referral.Product = "HEEL"
	for _, volume := range []int64{50, 40} {
		r := january(w)
		r.Product, r.Quantity = "HEEL", billing.Quantity(volume)*100
		r.Prestatie.Category, r.Prestatie.Unit, r.Prestatie.Volume, r.Prestatie.Tariff = "54", "01", volume, 126
		r.Prestatie.Claimed = billing.Price(7560).Times(r.Quantity, billing.Time)
		r.FileID = 1
	}
	w.add("2026-01-05").ReferralNumber = "0001"
	w.client.Records[2].Product, w.client.Records[2].Quantity = "HEEL", minutes(50)
	judgement, cases := w.judge()
	if got := told(cases); got != "accepted; accepted; accepted" {
		t.Fatal(got)
	}
	var got []string
	for _, line := range judgement.Target {
		got = append(got, line.Quantity.Format(line.Unit)+"="+line.Amount.String())
	}
	want := "[0.6667=50.40 0.8333=63.00 1.0000=75.60]"
	if text := "[" + got[0] + " " + got[1] + " " + got[2] + "]"; text != want {
		t.Errorf("lines %s, want %s", text, want)
	}
}

// A finding about a period that ends too late names its last day: its first may well be in time.
func TestPrestatieEndsTooLate(t *testing.T) {
	w := newWorld()
	january(w)
	w.referral.Start, w.referral.End = day("2024-01-16"), day("2026-01-20")
	_, cases := w.judge()
	catalogue := rules.Catalogue()
	said := make(map[billing.Code]string)
	for _, finding := range cases[0].Findings {
		rule := catalogue.Rule(finding.Code)
		read := rule.On(cases[0].Record)
		said[finding.Code] = rules.Message(read, finding.Values, "nl") + " | " + rules.Message(read.ForProvider(), finding.Values, "en")
		for _, one := range rule.Compare(&cases[0], nil) {
			said[finding.Code] += " | " + one.Name.Dutch + " " + rules.Show(one.Form, one.Value, "nl")
		}
	}
	want := map[billing.Code]string{
		billing.R08: "Toewijzing 0001 loopt tot en met 20-01-2026; de productperiode eindigt op 31-01-2026. | " +
			"Referral 0001 runs up to and including 20-01-2026; the product period ends on 31-01-2026. | toewijzing tot en met 20-01-2026 | productperiode tot en met 31-01-2026",
		billing.D01: "Het traject begon op 16-01-2024; na 24 maanden was 15-01-2026 de laatste dag. De productperiode loopt tot en met 31-01-2026. | " +
			"The maximum duration was reached on 15-01-2026, the last day within it; the product period runs up to and including 31-01-2026. | " +
			"laatste dag binnen de maximale duur 15-01-2026 | productperiode tot en met 31-01-2026",
	}
	for code, text := range want {
		if said[code] != text {
			t.Errorf("%s: got %q, want %q", code, said[code], text)
		}
	}
	if first := catalogue.Rule(billing.R07).Compare(&cases[0], nil)[1]; first.Name.English != "product period from" || first.Value != "2026-01-01" {
		t.Errorf("R07: %+v", first)
	}
}

// Of several debits for the same only those of the first message with one that stands are accepted, in whatever order they are
// judged: checked against all pairs.
func TestSecondDebits(t *testing.T) {
	for seed := range int64(300) {
		random := rand.New(rand.NewSource(seed))
		w := newWorld()
		message := int64(1)
		for id := range int64(2 + random.Intn(12)) {
			r := january(w)
			if random.Intn(2) == 0 {
				w.client.Records = w.client.Records[:id]
				r = span(w, "2025-12-01", "2025-12-31")
			}
			if random.Intn(3) == 0 {
				message++
			}
			r.Reference, r.FileID = fmt.Sprintf("%03d-%d", random.Intn(1000), id), message
			switch random.Intn(5) {
			case 0:
				r.Prestatie.Tariff = 1
			case 1:
				approve(r)
			}
		}
		_, cases := w.judge()
		stands := func(i int) bool { return cases[i].Outcome == billing.Accepted }
		for i, r := range w.client.Records {
			second := slices.ContainsFunc(w.client.Records[:i], func(other *billing.Record) bool {
				return other.FileID != r.FileID && other.Last == r.Last && stands(int(other.ID)-1)
			})
			want := r.Prestatie.Answer != nil || r.Prestatie.Tariff != 1 && !second
			if stands(i) != want {
				t.Fatalf("seed %d: record %d of message %d has outcome %s, want accepted %t", seed, r.ID, r.FileID, cases[i].Outcome, want)
			}
		}
	}
}

// BenchmarkPrestaties judges a client with many debits for the same, all of which a later message claims or credits.
func BenchmarkPrestaties(b *testing.B) {
	const many = 5000
	for _, test := range []struct {
		name  string
		later func(w *world, earlier *billing.Record) *billing.Record
	}{
		{"second debits", func(w *world, _ *billing.Record) *billing.Record { return january(w) }},
		{"credits", func(w *world, earlier *billing.Record) *billing.Record { return credit(w, approve(earlier)) }},
	} {
		b.Run(test.name, func(b *testing.B) {
			w := newWorld()
			for i := range many {
				r := january(w)
				r.Reference, r.FileID = fmt.Sprintf("P%d", i), 1
			}
			for i := range many {
				r := test.later(w, w.client.Records[i])
				r.Reference, r.FileID = fmt.Sprintf("C%d", i), 2
			}
			for b.Loop() {
				w.judge()
			}
			b.ReportMetric(float64(2*many*b.N)/b.Elapsed().Seconds(), "records/s")
		})
	}
}
