package billing

import "slices"

// Rest says which care of a client is at rest: its judgement cannot change as long as the client's referrals, the book, the
// policy and the decisions stay the same and no row of that care comes in. Care also stays at rest when a row of a later date
// comes in or is removed, and when a referral only gets more room or a later end, unless a record of the client lacked room or
// passed the limit of S04 (Help). The next judgement of the client leaves care at rest out: what it uses of the room of
// referrals, and its part in S04, are computed from its lines in the ledger. The zero value means that nothing is at rest.
type Rest struct {
	To   Date    // the last day of a month: every dated record up to it is at rest
	Help KindSet // kinds of help for which a record at rest passed the limit of S04
}

// KindSet is a set of kinds of help.
type KindSet uint8

// Add adds a kind.
func (s *KindSet) Add(kind Kind) { *s |= 1 << kind }

// Has reports whether the kind is in the set.
func (s KindSet) Has(kind Kind) bool { return s&(1<<kind) != 0 }

// Holds reports whether the judgement of a record with that care date cannot change: the record is at rest, or it has no
// readable date, so that nothing but its own row matters.
func (r Rest) Holds(day Date) bool { return day == 0 || r.To != 0 && day <= r.To }

// takeRest adds what care at rest uses of its referrals.
func (u *Usage) takeRest(file *ClientFile) {
	for _, line := range file.resting {
		referral := file.ownReferral(line.Referral)
		if referral == nil {
			file.whole = true
			continue
		}
		if referral.HasVolume || referral.HasBudget {
			u.add(referral.Referral, line.CareMonth, line.Quantity, line.Price.Unrounded(line.Quantity, line.Unit))
		}
	}
}

// HelpAtRest calls visit for each line of accepted care at rest, with its kind of help.
func (f *ClientFile) HelpAtRest(visit func(kind Kind, month Period, quantity Quantity, unit Unit)) {
	for _, line := range f.resting {
		if kind, known := f.Judge.Book.kindIn(line.Product, line.CareMonth); known {
			visit(kind, line.CareMonth, line.Quantity, line.Unit)
		}
	}
}

// PassedAtRest reports whether a record at rest passed the limit of S04 for a kind of help.
func (f *ClientFile) PassedAtRest(kind Kind) bool { return f.rest.Help.Has(kind) }

// RestsInPart reports whether some of the client's care is at rest.
func (f *ClientFile) RestsInPart() bool { return f.rest.To != 0 }

// AskWhole requests that the client be judged again together with its care at rest; see Judgement.NeedsWhole.
func (f *ClientFile) AskWhole() { f.whole = true }

// kindIn returns the kind of help of a product on the first day of a month; known is false if the book lacks the product.
func (b *Book) kindIn(product string, month Period) (kind Kind, known bool) {
	if found := b.ProductIn(product, month); found != nil {
		return found.Kind, true
	}
	return OtherKind, false
}

// lacksRoomBeforeRest reports whether a declared record lacks room that care at rest may have taken before its turn: care at
// rest is counted first, though it may have been declared later.
func (f *ClientFile) lacksRoomBeforeRest() bool {
	if f.RestsInPart() {
		for i := range f.Cases {
			if c := &f.Cases[i]; c.IsDeclared() && c.Codes.Meets(f.Judge.Catalogue.wholeRoom) {
				return true
			}
		}
	}
	return false
}

// mayOverlapRest reports whether the clock times of an undeclared record may overlap with those of the night before,
// which are at rest (L03). This happens when its own month was at rest too and something of that month came in since.
func (f *ClientFile) mayOverlapRest() bool {
	for i := range f.Cases {
		if c := &f.Cases[i]; c.Record.First == f.rest.To+1 && !c.Record.Start.IsZero() && !c.IsDeclared() && f.RestsInPart() {
			return true
		}
	}
	return false
}

// rest returns the care that is at rest after this judgement: the months before the period, up to the first in which
// something may still change.
func (j *Judge) rest(file *ClientFile, declaration []DeclaredLine, ledger []DeclaredLine) Rest {
	if file.lacksRoomBeforeRest() || file.mayOverlapRest() {
		file.AskWhole()
	}
	if file.whole {
		return Rest{}
	}
	moving := j.Period // the first month that may change
	for i := range declaration {
		moving = min(moving, declaration[i].CareMonth)
	}
	if frozen := j.Policy.RecalculateFrom; frozen != 0 {
		for i := range ledger { // frozen lines may differ from what the records come to
			if month := ledger[i].CareMonth; month < frozen {
				moving = min(moving, month)
			}
		}
	}
	for i := range file.Cases {
		c := &file.Cases[i]
		if c.Record.Prestatie != nil {
			return Rest{}
		}
		if month := c.Record.CareMonth(); month < moving && c.Record.First != 0 && !j.settled(c) {
			moving = month
		}
	}
	rest := Rest{To: max(file.rest.To, clearOfMidnight(file, moving.First()-1)), Help: file.rest.Help}
	if rest.To <= 0 {
		return Rest{}
	}
	rest.noteHelp(file)
	return rest
}

// noteHelp adds the kinds of help for which a record at rest passed the limit of S04.
func (r *Rest) noteHelp(file *ClientFile) {
	for i := range file.Cases {
		if c := &file.Cases[i]; c.Codes.Has(S04) && c.Record.First <= r.To && c.Product != nil {
			r.Help.Add(c.Product.Kind)
		}
	}
}

// onceClosed returns the care that is at rest once the declaration of this judgement is final, including the period; the zero
// value when a later judgement without new input might differ. With it the client need not be judged in the next period. For
// that, all care of the client must be settled already or accepted with no findings but signals about the record itself, which
// a declared version keeps.
func (j *Judge) onceClosed(file *ClientFile, declaration, ledger []DeclaredLine, now Rest) Rest {
	if file.whole || len(declaration) == 0 {
		return Rest{}
	}
	frozen := func(line DeclaredLine) bool { return line.CareMonth < j.Policy.RecalculateFrom }
	if slices.ContainsFunc(ledger, frozen) {
		return Rest{}
	}
	for i := range file.Cases {
		c := &file.Cases[i]
		switch {
		case c.Record.Prestatie != nil:
			return Rest{}
		case now.Holds(c.Record.First) && !c.isOpen():
		case c.Outcome != Accepted || !c.IsDeclared() && c.Codes.Meets(j.Catalogue.passing) || !j.staysAccepted(c):
			return Rest{}
		}
	}
	once := Rest{To: max(now.To, j.Period.Last()), Help: now.Help}
	once.noteHelp(file)
	return once
}

// isOpen reports whether the case is accepted in a declaration that is not final yet.
func (c *Case) isOpen() bool { return c.Outcome == Accepted && !c.IsDeclared() }

// settled reports whether the judgement of a record of a month before the period cannot change as long as nothing comes in.
// An accepted record must be declared, and its line must be able to stand in for it. Any other record keeps its findings,
// unless it lacks room and its referral limits more than a care month: care of other months may then change which room it lacks.
func (j *Judge) settled(c *Case) bool {
	if c.Record.Standing || c.Record.Newer {
		return false
	}
	if c.Outcome != Accepted {
		return !c.Codes.Meets(j.Catalogue.wholeRoom) && !(c.Codes.Meets(j.Catalogue.inMonth) && c.Referral.hasOtherRoom())
	}
	return c.IsDeclared() && j.staysAccepted(c)
}

// staysAccepted reports whether the line of an accepted record, once declared, can stand in for the record: it uses the same
// room and counts for the same kind of help.
func (j *Judge) staysAccepted(c *Case) bool {
	if c.Record.Standing || c.Record.Newer || c.Referral == nil || c.Record.CareMonth() < j.Policy.RecalculateFrom {
		return false
	}
	if own := c.Client.ownReferral(c.Referral.Number); own == nil || own.Referral != c.Referral {
		return false // it uses room of another client's referral
	}
	kind, known := j.Book.kindIn(c.Product.Code, c.Record.CareMonth())
	return known && kind == c.Product.Kind && !j.Book.wholeHours(c.Key())
}

// clearOfMidnight returns last, or the last day of an earlier month, such that no undeclared record has clock times on that
// day or the day after it: finding overlapping times takes the records of both days (L03).
func clearOfMidnight(file *ClientFile, last Date) Date {
	for again := true; again; {
		again = false
		for i := range file.Cases {
			record := file.Cases[i].Record
			if (record.First == last || record.First == last+1) && !record.Start.IsZero() && !file.Cases[i].IsDeclared() {
				last, again = last.Period().First()-1, true
			}
		}
	}
	return last
}
