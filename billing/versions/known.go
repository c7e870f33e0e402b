package versions

import "github.com/pxq-nl/pxq/billing"

// Known is what the rows of a reference that were kept before a group of files mean together. The nil value is of a
// reference of which nothing was kept.
type Known struct {
	current       RowKey   // the readable version that holds
	withdrawing   RowKey   // the row that withdrew it
	open          []RowKey // unreadable and ambiguous rows that nothing has replaced yet
	content       Content  // of current
	withdrawn     Content  // of withdrawing
	prior         Prior    // the last readable version, whether it still holds or not
	lastVersion   int      // the highest that was given: the next one never takes it again
	lastFile      int64    // that said something of the reference
	firstReceived billing.Date
}

// NewKnown returns what kept rows mean together, which come in the order of taking in.
func NewKnown(rows []Kept) *Known {
	if len(rows) == 0 {
		return nil
	}
	k := &Known{firstReceived: rows[0].FirstReceived}
	for i := range rows {
		row := &rows[i]
		isVersion := row.Kind == Version || row.Kind == Withdrawal
		switch {
		case row.State == Withdrawn:
			k.withdrawing, k.withdrawn = row.RowKey, row.Content
		case row.State == Current && isVersion:
			k.current, k.content = row.RowKey, row.Content
		case row.State == Current:
			k.open = append(k.open, row.RowKey)
		}
		if row.Kind == Version {
			k.prior = Prior{true, row.Unit, row.Quantity}
		}
		k.lastVersion, k.lastFile = max(k.lastVersion, row.Version), max(k.lastFile, row.File)
	}
	return k
}

// Current returns the readable version that holds; ok is false if there is none.
func (k *Known) Current() (row RowKey, ok bool) {
	if k == nil || k.current.ID == 0 {
		return RowKey{}, false
	}
	return k.current, true
}

// CameAfter reports whether a later file than that one said something of the reference.
func (k *Known) CameAfter(file int64) bool { return k != nil && k.lastFile > file }

// repeats reports whether the content is that of the version that holds.
func (k *Known) repeats(c Content) bool {
	_, ok := k.Current()
	return ok && k.content == c
}

// withdrewWith reports whether the record was withdrawn by a row of this content, and still is.
func (k *Known) withdrewWith(c Content) bool {
	return k != nil && k.withdrawing.ID != 0 && k.withdrawn == c
}
