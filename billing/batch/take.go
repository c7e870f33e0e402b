package batch

import "github.com/pxq-nl/pxq/billing"

// take decides what one row is.
func (in *intake) take(r *billing.Record) error {
	r.FileID, r.Received, r.FirstReceived = in.file.id, in.asOf, in.asOf
	in.file.result.Records++
	in.file.rows[r.Provider]++
	if !r.Identified() {
		if in.file.before != 0 {
			in.countAgain(r, 1)
			return nil
		}
		in.noteFuture(r)
		r.Version = 1
		return in.keep(r)
	}
	who := in.identity(r)
	if in.file.before != 0 && who.cameAfter(in.file.before) {
		in.countAgain(r, 1)
		return nil
	}
	in.noteFuture(r)
	in.touch(who)
	if who.history != nil {
		r.FirstReceived = who.history.rows[0].FirstReceived
	}
	in.countKnown(r, who)
	if !r.Readable() {
		addZero(r)
		return in.keepVersion(r, who)
	}
	if r.Quantity == 0 && !who.canWithdraw() {
		if who.withdrewSame(r) {
			in.countAgain(r, 1)
			return nil
		}
		r.Findings = append(r.Findings, zeroFinding())
		return in.keepVersion(r, who)
	}
	return in.takeReadable(r, who)
}

// takeReadable decides what a readable row is among the contents that its reference has in this group.
func (in *intake) takeReadable(r *billing.Record, who *identity) error {
	c := in.contents.of(r)
	if who.has(c) {
		in.countAgain(r, 1)
		return nil
	}
	if who.seen {
		return in.takeSecond(r, who, c)
	}
	who.seen, who.first, who.zero = true, c, r.Quantity == 0
	if h := who.history; h != nil && h.current != nil && h.current.SameContent(r) {
		who.repeat = newRepetition(r)
		in.countAgain(r, 1)
		return nil
	}
	setPrior(r, who)
	who.stored, who.id, who.bsn = true, in.nextRecord, r.BSN
	return in.keepVersion(r, who)
}

// takeSecond keeps a row whose reference has another content in this group already: nobody can say which
// holds, so both are ambiguous, also when the first only repeated the current version.
func (in *intake) takeSecond(r *billing.Record, who *identity, c content) error {
	if len(who.more) == 0 {
		if who.stored {
			in.ambiguous = append(in.ambiguous, rowKey{who.bsn, who.id})
		} else if err := in.keepRepeat(who); err != nil {
			return err
		}
	}
	who.more = append(who.more[:len(who.more):len(who.more)], c) // never into what the journal holds
	r.Ambiguous = true
	return in.keepVersion(r, who)
}

// keepRepeat keeps a repetition of the current version after all, as one of the ambiguous rows.
func (in *intake) keepRepeat(who *identity) error {
	repeat := who.repeat.of(who.history.current)
	repeat.Received, repeat.Ambiguous = in.asOf, true
	if repeat.FileID == in.file.id {
		in.countAgain(repeat, -1)
		return in.keepVersion(repeat, who)
	}
	// An earlier file of the group gave the repetition, and is stored with its counts already.
	if err := in.tx.KeepAgain(in.ctx, repeat); err != nil {
		return err
	}
	in.results[repeat.FileID].countKept(1)
	in.file.unkept = append(in.file.unkept, repeat.FileID)
	in.file.result.Kept--
	return in.keepVersion(repeat, who)
}

// setPrior notes the last readable version before the row, for T04.
func setPrior(r *billing.Record, who *identity) {
	if who.history == nil || who.history.prior == nil {
		return
	}
	r.HasPrior, r.PriorUnit, r.PriorQuantity = true, who.history.prior.Unit, who.history.prior.Quantity
}

// addZero notes F03 on a row that cannot be read and has quantity 0: it withdraws nothing.
func addZero(r *billing.Record) {
	if r.HasQuantity && r.Quantity == 0 {
		r.Findings = append(r.Findings, zeroFinding())
	}
}

func zeroFinding() billing.Finding {
	return billing.Finding{Code: billing.F03, Field: billing.FieldQuantity, Values: []string{"0"}}
}
