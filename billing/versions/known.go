package versions

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// Known is what is known of a reference before a group of files: the rows kept under it, summed up. It is nil for a
// reference under which nothing was kept.
type Known struct {
	current       RowKey    // the newest readable version, unless it was withdrawn
	standing      RowKey    // the version that stands although the current one came in
	withdrawing   RowKey    // the row that withdrew the record
	open          []RowKey  // unreadable and ambiguous rows that nothing has replaced yet
	content       Content   // of current
	withdrawn     Content   // of withdrawing
	former        []Content // of readable versions that were followed by another version or a withdrawal
	prior         Prior     // the last readable version, whether it is still valid or not
	priorClient   uint32    // the client of that version
	lastVersion   int       // the highest number given to a row, which is never given again
	firstReceived billing.Date
	stands        bool // the current version was accepted at the last close
	declared      bool // a version of the reference was declared in a closed period
}

// NewKnown sums up the kept rows of one reference, which must be in the order of taking in.
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
		case row.State == Superseded:
			k.standing = row.RowKey
		case row.State == Current && isVersion:
			k.current, k.content, k.stands = row.RowKey, row.Content, row.Stands
		case row.State == Current:
			k.open = append(k.open, row.RowKey)
		}
		if row.Kind == Version {
			k.prior, k.priorClient = Prior{Exists: true, Unit: row.Unit, Quantity: row.Quantity}, row.Client
			if row.State != Current {
				k.former = append(k.former, row.Content)
			}
		}
		k.declared = k.declared || row.Declared != 0
		k.lastVersion = max(k.lastVersion, row.Version)
	}
	return k
}

// Current returns the newest readable version; ok is false if there is none or it was withdrawn.
func (k *Known) Current() (row RowKey, ok bool) {
	if k == nil || k.current.ID == 0 {
		return RowKey{}, false
	}
	return k.current, true
}

// Standing returns the version that stands although a newer one came in; ok is false if there is none.
func (k *Known) Standing() (row RowKey, ok bool) {
	if k == nil || k.standing.ID == 0 {
		return RowKey{}, false
	}
	return k.standing, true
}

// rowWith returns the ID of the current version, or of the row that withdrew the record, if it has this content; else 0.
func (k *Known) rowWith(c Content) int64 {
	switch {
	case k == nil:
		return 0
	case k.current.ID != 0 && k.content == c:
		return k.current.ID
	case k.withdrawing.ID != 0 && k.withdrawn == c:
		return k.withdrawing.ID
	}
	return 0
}

// serves reports whether the reference may be used for a client: once a version of it was declared, only for the client of
// its current version, if it has one.
func (k *Known) serves(client uint32) bool {
	current, ok := k.Current()
	return !ok || !k.declared || current.Client == client
}

// priorTo returns the last readable version, as the Prior of a row of the client.
func (k *Known) priorTo(client uint32) Prior {
	if k == nil || !k.prior.Exists {
		return Prior{}
	}
	prior := k.prior
	prior.OtherClient = k.priorClient != client && !k.declared
	return prior
}

// seenBefore reports whether a readable version with this content was followed by another version or a withdrawal.
func (k *Known) seenBefore(c Content) bool { return k != nil && slices.Contains(k.former, c) }
