package billing

import (
	"cmp"
	"iter"
	"slices"
)

// judgePrestatie applies the rules on a single prestatie. If the municipality does not know the client nothing else is
// judged. A credit is judged only on what it takes back, however its referral or its price changed since.
func (j *Judge) judgePrestatie(c *Case) {
	answer := c.answer()
	switch {
	case answer != nil && !answer.Approved:
		c.recallAnswer()
		if c.Codes.Has(J20) && !c.knownClient() {
			return // as when it was answered: of an unknown client nothing else is judged
		}
	case !c.knownClient() && j.Catalogue.Severity(J20) == Reject:
		c.rule = j.Catalogue.Rule(J20)
		c.Find(FieldBSN, c.Record.Prestatie.Receiver)
		return
	}
	if c.Record.IsCredit() {
		return // see judgeCredits
	}
	for _, finding := range c.Record.Findings {
		c.addOnce(finding)
	}
	c.judgeOnce(j.Catalogue.row[FromMessage])
	if c.Codes.Has(F07) && answer == nil {
		c.keepOnly(F07) // nothing else can be said about an unknown product
	}
	if !c.Codes.Meets(j.Catalogue.rowRejects) {
		c.judgeOnce(j.Catalogue.record[FromMessage])
	}
}

// knownClient reports whether the municipality knows the client of a prestatie (TR304): it has a referral for the client. If
// the message holds nothing but credits for the client, an earlier approved debit is enough: a credit is judged only on what
// it takes back, even if the referral is gone, and it must be possible to take back what was paid. All prestaties of the
// client in the message are looked at together, because the answer is about the client.
func (c *Case) knownClient() bool {
	if c.Client.knownTo(c.Named) {
		return true
	}
	all, to := c.Client.prestaties, c.receiver()
	return !all.debitIn[messageTo{c.Record.FileID, to}] && all.approvedFor[providerTo{c.Record.Provider, to}]
}

// keepOnly removes all findings but those with a code.
func (c *Case) keepOnly(code Code) {
	kept := slices.DeleteFunc(slices.Clone(c.Findings), func(f Finding) bool { return f.Code != code })
	c.Findings, c.Codes = kept, Codes(code)
}

// lookUpPrestatie looks up product, municipality and referral of a prestatie; the referral among those of the municipality
// that the message is for.
func (c *Case) lookUpPrestatie() {
	record, book := c.Record, c.Judge.Book
	c.Product = book.ProductOn(record.Product, record.First)
	if c.Product != nil {
		c.Segment = book.Segment(c.Product.Segment)
	}
	c.Named = book.MunicipalityOn(record.Prestatie.Receiver, record.First)
	if answer := c.answer(); c.Named == nil && answer != nil && answer.Approved {
		c.Named = book.MunicipalityOn(answer.Municipality, record.First)
	}
	c.Municipality = c.Named
	switch answer := c.answer(); {
	case record.IsCredit(), c.Named == nil:
		return
	case answer != nil && answer.Approved: // it keeps using room, even if the book no longer has its product
	case c.Product == nil, !record.Readable():
		return
	}
	c.findReferral()
	c.takeReferral()
}

// recallAnswer restores the findings for which the prestatie was rejected in its answer.
func (c *Case) recallAnswer() {
	for _, finding := range c.Record.Prestatie.Answer.Findings {
		c.add(finding)
	}
}

// addOnce adds a finding unless its code was found already.
func (c *Case) addOnce(finding Finding) {
	if !c.Codes.Has(finding.Code) {
		c.add(finding)
	}
}

// judgeOnce applies the rules whose code was not found already.
func (c *Case) judgeOnce(rules []*Rule) {
	for _, rule := range rules {
		if c.Codes.Has(rule.Code) {
			continue
		}
		c.judge([]*Rule{rule})
	}
}

// judgeCredits judges the credits in the order of taking in, and lets those that are accepted take effect before any
// debit is judged.
func (j *Judge) judgeCredits(file *ClientFile) {
	var credits []*Case
	for i := range file.Cases {
		if file.Cases[i].Record.IsCredit() {
			credits = append(credits, &file.Cases[i])
		}
	}
	slices.SortFunc(credits, func(a, b *Case) int { return cmp.Compare(a.Record.ID, b.Record.ID) })
	for _, c := range credits {
		answer := c.answer()
		if answer == nil && !c.Codes.Has(J20) {
			c.judge(j.Catalogue.credit)
		}
		c.placed = true
		if answer != nil && !answer.Approved || answer == nil && c.Codes.Meets(c.severities().reject) {
			c.Outcome = Rejected
			continue
		}
		c.takeBack(c.Debit())
	}
}

// Debit returns the approved debit of the client that a credit names; nil when there is none.
func (c *Case) Debit() *Case {
	return c.Client.prestaties.approved[debitReference{c.Record.Provider, c.Record.Prestatie.Previous}]
}

// Credited reports whether an accepted credit has taken back this prestatie.
func (c *Case) Credited() bool { return c.creditedBy != nil }

// takeBack lets an accepted credit take back its debit; nil when that is gone. Neither is judged any further.
func (c *Case) takeBack(debit *Case) {
	c.settleAs(Withdrawn)
	if debit != nil {
		debit.creditedBy = c
		debit.settleAs(Replaced)
	}
}

// settleAs gives a case a final outcome without findings, referral or price, as if it had not been judged. It keeps its
// municipality, because it is known which one is responsible.
func (c *Case) settleAs(outcome Outcome) {
	c.placed = true
	c.Outcome, c.Findings, c.Codes, c.Price = outcome, nil, CodeSet{}, 0
	c.Referral, c.referral = nil, nil
}

// answer returns the answer that the prestatie got; nil if it got none, and for rows of spreadsheets.
func (c *Case) answer() *PrestatieAnswer {
	if c.Record.Prestatie == nil {
		return nil
	}
	return c.Record.Prestatie.Answer
}

// keepAnswer gives a prestatie the outcome and the price that it was answered with, and the room that it was granted.
func (c *Case) keepAnswer(usage *Usage) {
	answer := c.answer()
	if answer == nil || c.placed {
		return
	}
	c.placed = true
	if !answer.Approved {
		c.Outcome = Rejected
		return
	}
	c.Outcome, c.Price = Accepted, answer.Price
	usage.use(c, 1)
}

// SameMunicipality reports whether two prestaties are for the same municipality, even if they name it by different codes.
func (c *Case) SameMunicipality(other *Case) bool { return c.receiver() == other.receiver() }

// receiver returns the present CBS code of the municipality that a prestatie is for: a merged municipality may also be named
// by its older codes. A municipality that the book does not know keeps the code as written.
func (c *Case) receiver() string {
	if c.Named == nil {
		return c.Record.Prestatie.Receiver
	}
	return c.Named.Code
}

// prestatieKey is what only one debit may claim (TR389).
type prestatieKey struct {
	provider, receiver, referral, category, product string
	first, last                                     Date
}

func (c *Case) prestatieKey() prestatieKey {
	r := c.Record
	return prestatieKey{r.Provider, c.receiver(), r.ReferralNumber, r.Prestatie.Category, FoldProduct(r.Product), r.First, r.LastDay()}
}

// debits are the debits by what they claim, in the order of taking in.
type debits map[prestatieKey][]messageDebits

// messageDebits are the debits of one message that claim the same.
type messageDebits struct {
	debits []*Case
	placed int // how many of them were given their place as earlier ones
	gone   int // how many of the first were neither accepted nor held nor pending
}

func (f *ClientFile) debits() debits {
	var all []*Case
	for i := range f.Cases {
		if c := &f.Cases[i]; c.Record.Prestatie != nil && !c.Record.Prestatie.Credit {
			all = append(all, c)
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortFunc(all, func(a, b *Case) int { return cmp.Compare(a.Record.ID, b.Record.ID) })
	found := make(debits)
	for _, c := range all {
		key := c.prestatieKey()
		same := found[key]
		if last := len(same) - 1; last < 0 || same[last].debits[0].Record.FileID != c.Record.FileID {
			same = append(same, messageDebits{})
		}
		of := &same[len(same)-1]
		of.debits = append(of.debits, c)
		found[key] = same
	}
	return found
}

// before returns the debits of earlier messages that claim the same as c, by message; none if c is a credit.
func (d debits) before(c *Case) iter.Seq[*messageDebits] {
	if c.Record.Prestatie.Credit {
		return func(func(*messageDebits) bool) {}
	}
	same := d[c.prestatieKey()]
	return func(yield func(*messageDebits) bool) {
		for i := range same {
			first := same[i].debits[0].Record
			if first.ID >= c.Record.ID || first.FileID != c.Record.FileID && !yield(&same[i]) {
				return
			}
		}
	}
}

// standing returns the first debit before c that was neither rejected nor credited; nil if there is none. Those before c must
// have their outcomes.
func (m *messageDebits) standing(c *Case) *Case {
	for ; m.gone < len(m.debits) && m.debits[m.gone].Record.ID < c.Record.ID; m.gone++ {
		switch earlier := m.debits[m.gone]; earlier.Outcome {
		case Accepted, Held, Pending:
			return earlier
		}
	}
	return nil
}

// rejectSecondDebit rejects a debit if an earlier one for the same was neither rejected nor credited (TR389). The earlier
// ones must have their outcomes.
func (c *Case) rejectSecondDebit(before iter.Seq[*messageDebits]) {
	if c.Codes.Meets(c.Judge.Catalogue.rowRejects) || c.Codes.Has(J20) {
		return
	}
	for same := range before {
		if earlier := same.standing(c); earlier != nil {
			c.rule = c.Judge.Catalogue.Rule(J27)
			c.Find(FieldReference, earlier.Record.Reference)
			c.Outcome = Rejected
			return
		}
	}
}
