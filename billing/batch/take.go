package batch

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// take decides what one row is.
func (in *intake) take(r *billing.Record) error {
	received := in.file.anew.received(in.asOf)
	r.FileID, r.Received, r.FirstReceived = in.file.id, received, received
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
	if in.file.before != 0 && who.cameAfter(in.file.before) || in.file.anew.kept(r) {
		in.countAgain(r, 1)
		return nil
	}
	in.noteFuture(r)
	in.touch(who)
	if who.past != nil {
		r.FirstReceived = who.past.firstReceived
	}
	in.countKnown(r, who)
	if !r.Readable() {
		addZero(r)
		return in.keepVersion(r, who)
	}
	c := in.identities.content(r)
	if r.Quantity == 0 && !who.canWithdraw() {
		if who.withdrewSame(c) {
			in.countAgain(r, 1)
			return nil
		}
		r.Findings = append(r.Findings, zeroFinding())
		return in.keepVersion(r, who)
	}
	return in.takeReadable(r, who, c)
}

// takeReadable decides what a readable row is among the contents that its reference has in this group.
func (in *intake) takeReadable(r *billing.Record, who *identity, c content) error {
	if who.has(c) {
		in.countAgain(r, 1)
		return nil
	}
	if who.seen {
		return in.takeSecond(r, who, c)
	}
	who.seen, who.first, who.zero = true, c, r.Quantity == 0
	if who.past.hasCurrent() && who.past.content == c {
		who.repeat = in.repetition(r)
		in.countAgain(r, 1)
		return nil
	}
	setPrior(r, who)
	who.stored = true
	err := in.keepVersion(r, who)
	who.row = keyOf(r)
	return err
}

// takeSecond keeps a row whose reference has another content in this group already: nobody can say which
// holds, so both are ambiguous, also when the first only repeated the current version.
func (in *intake) takeSecond(r *billing.Record, who *identity, c content) error {
	if who.others == nil {
		if who.stored {
			in.ambiguous = append(in.ambiguous, who.row)
		} else if err := in.keepRepeat(ledger.Key{Provider: r.Provider, Reference: r.Reference}, who); err != nil {
			return err
		}
	}
	who.others = &moreContent{c, who.others}
	r.Ambiguous = true
	return in.keepVersion(r, who)
}

// keepRepeat keeps a repetition of the current version after all, as one of the ambiguous rows.
func (in *intake) keepRepeat(key ledger.Key, who *identity) error {
	repeat, err := in.repeated(in.ctx, key, who.repeat)
	if err != nil {
		return err
	}
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
	if who.past != nil && who.past.hasPrior {
		r.HasPrior, r.PriorUnit, r.PriorQuantity = true, who.past.priorUnit, who.past.priorQuantity
	}
}

// addZero notes F03 on a row that cannot be read and has quantity 0: it withdraws nothing.
func addZero(r *billing.Record) {
	if r.HasQuantity && r.Quantity == 0 && !slices.ContainsFunc(r.Findings, func(f billing.Finding) bool { return f.Code == billing.F03 }) {
		r.Findings = append(r.Findings, zeroFinding())
	}
}

func zeroFinding() billing.Finding {
	return billing.Finding{Code: billing.F03, Field: billing.FieldQuantity, Values: []string{"0"}}
}
