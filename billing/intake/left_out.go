package intake

import (
	"maps"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// repeats counts, by provider and number of an earlier file, how many references of that file came again.
type repeats map[string]map[int64]int

// repeatedFile is an earlier file of one provider whose references come again in a group.
type repeatedFile struct {
	references int
	most       int    // the largest number of them in one file of the group
	in         int64  // number of that file
	inName     string // its name
}

// countRepeated counts the reference as repeated for each earlier file that has it.
func (g *group) countRepeated(key billing.RecordKey, rows []ledger.StoredRecord) {
	if g.file.before != 0 {
		return // what a file leaves out means nothing when it is read again
	}
	files := g.file.repeats[key.Provider]
	if files == nil {
		files = make(map[int64]int)
		g.file.repeats[key.Provider] = files
	}
	counted := make(map[int64]bool, 1)
	for _, row := range rows {
		if !counted[row.FileID] {
			counted[row.FileID] = true
			files[row.FileID]++
		}
	}
}

// addRepeats adds the file's repeats to those of its group.
func (g *group) addRepeats() {
	for provider, files := range g.file.repeats {
		if g.byEarlier[provider] == nil {
			g.byEarlier[provider] = make(map[int64]*repeatedFile)
		}
		for earlier, count := range files {
			sum := g.byEarlier[provider][earlier]
			if sum == nil {
				sum = &repeatedFile{}
				g.byEarlier[provider][earlier] = sum
			}
			sum.references += count
			if count > sum.most {
				sum.most, sum.in, sum.inName = count, g.file.id, g.file.result.Name
			}
		}
	}
}

// noteLeftOut finds the rows of earlier files that the group leaves out while it repeats more than half of them: they stay
// valid, and are reported. Rows left out before that come again now are no longer reported.
func (g *group) noteLeftOut() error {
	for _, provider := range slices.Sorted(maps.Keys(g.byEarlier)) {
		before, err := g.tx.LeftOutOf(g.ctx, provider)
		if err != nil {
			return err
		}
		for _, row := range before {
			came, err := g.references.has(billing.RecordKeyOf(provider, row.Reference))
			if err != nil {
				return err
			}
			if came {
				if err := g.tx.BackAgain(g.ctx, row, g.firstFile); err != nil {
					return err
				}
			}
		}
		named := make(map[billing.RecordKey]bool)
		for _, earlier := range slices.Backward(slices.Sorted(maps.Keys(g.byEarlier[provider]))) {
			if err := g.noteLeftOutOf(provider, earlier, g.byEarlier[provider][earlier], named); err != nil {
				return err
			}
		}
	}
	return nil
}

// noteLeftOutOf finds the rows of one earlier file that the group leaves out; a reference is reported once, for the last
// file that has it.
func (g *group) noteLeftOutOf(provider string, earlier int64, repeated *repeatedFile, named map[billing.RecordKey]bool) error {
	count, err := g.tx.ReferencesOfFile(g.ctx, earlier, provider, 2*repeated.references) // counting up to that many is enough
	if err != nil || repeated.references == count || 2*repeated.references <= count {
		return err
	}
	rows, err := g.tx.RowsOfFiles(g.ctx, []int64{earlier})
	if err != nil {
		return err
	}
	absent := make(map[billing.RecordKey]*billing.Record)
	var keys []billing.RecordKey
	for _, row := range rows {
		key := billing.RecordKeyOf(row.Provider, row.Reference)
		if row.Provider != provider || !row.Identified() || named[key] || absent[key] != nil {
			continue
		}
		if came, err := g.references.has(key); err != nil {
			return err
		} else if came {
			continue
		}
		absent[key] = row.Record
		keys = append(keys, key)
	}
	history, err := g.tx.History(g.ctx, keys)
	if err != nil {
		return err
	}
	for _, key := range keys {
		versions := slices.DeleteFunc(history[key], func(row ledger.StoredRecord) bool { return row.Origin == billing.FromMessage })
		if _, ok := knownOf(g.references.Fingerprints, versions).Current(); !ok {
			continue // withdrawn, or never readable
		}
		named[key] = true
		row := absent[key]
		left := ledger.LeftOut{
			FileID: repeated.in, EarlierID: earlier, BSN: row.BSN, Provider: provider, Reference: strings.Clone(row.Reference), Sheet: row.Sheet, Row: row.Row,
		}
		if err := g.tx.AddLeftOut(g.ctx, left); err != nil {
			return err
		}
		g.leftOut = append(g.leftOut, LeftOut{File: repeated.inName, Earlier: row.File, Provider: provider, Reference: g.withoutClients(row.Reference, row.BSN), Sheet: row.Sheet, Row: row.Row})
	}
	return nil
}
