package uitval

import (
	"encoding/base64"
	"encoding/binary"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// Most rows that are not plain are quiet: accepted, with a signal. If nothing changed at a provider, its quiet rows are copied
// from the workbook of the earlier run, row by row.

// Quiet is what the quiet rows of one provider add to uitval.xlsx.
type Quiet struct {
	Noted map[string]month.Count // counts of signals, by code
	Shape workbook.Shape
}

// Signals records which rows are in the table of signals.
type Signals struct {
	Providers []string // those with quiet rows in it, by their number in places; the first is none
	Kinds     []Placed
	Styles    [][]int
}

// Placed holds the places of the rows with one code.
type Placed struct {
	Code   string
	Places string // packed by packPlaces
}

// copiedSignals holds what is copied from the earlier table of signals, and what must be recorded about the new one.
type copiedSignals struct {
	path      string // of the earlier workbook
	signals   *Signals
	taken     map[string]*Quiet // copied quiet rows, by AGB code
	quiet     map[string]*Quiet // quiet rows that are new, by AGB code
	providers []string
	numbers   map[string]int64 // of providers, in places
	codes     []billing.Code   // in the order of their rows
	merged    *workbook.Merged
}

func newCopiedSignals() copiedSignals {
	return copiedSignals{taken: make(map[string]*Quiet), quiet: make(map[string]*Quiet), providers: []string{""}, numbers: map[string]int64{"": 0}}
}

// providerBits is the number of low bits of a place that hold the number of a provider; the high bits hold the ID of the record.
const providerBits = 16

func (s *copiedSignals) numberOf(agb string) int64 {
	number, ok := s.numbers[agb]
	if !ok && len(s.providers) < 1<<providerBits {
		number = int64(len(s.providers))
		s.numbers[agb], s.providers = number, append(s.providers, agb)
	}
	return number
}

// quietOf returns the record of the quiet rows of a row's provider, nil if the row is not quiet, and the place of its signals.
func (w *Workbook) quietOf(row *report.Row) (*Quiet, int64) {
	if !row.IsQuiet() || len(row.Findings) == 0 {
		return nil, row.Record.ID << providerBits
	}
	quiet := w.copiedSignals.quiet[row.ReturnTo]
	if quiet == nil {
		quiet = &Quiet{Noted: make(map[string]month.Count)}
		w.copiedSignals.quiet[row.ReturnTo] = quiet
	}
	return quiet, row.Record.ID<<providerBits | w.copiedSignals.numberOf(row.ReturnTo)
}

func (q *Quiet) add(code billing.Code, row *report.Row, cells []workbook.Value) {
	if q == nil {
		return
	}
	noted := q.Noted[code.String()]
	noted.Add(row)
	q.Noted[code.String()] = noted
	q.Shape.Add(cells)
}

// QuietOf returns what the quiet rows of a provider add; nil for nothing.
func (w *Workbook) QuietOf(agb string) *Quiet { return w.copiedSignals.quiet[agb] }

// CopyFrom sets the workbook of an earlier run from which signals are copied, and says which are in it.
func (w *Workbook) CopyFrom(path string, signals *Signals) {
	w.copiedSignals.path, w.copiedSignals.signals = path, signals
}

// Take copies the quiet rows of a provider from that workbook.
func (w *Workbook) Take(agb string, quiet *Quiet) error {
	if quiet == nil {
		return nil
	}
	w.copiedSignals.taken[agb] = quiet
	for text, count := range quiet.Noted {
		code := billing.ParseCode(text)
		if code == billing.NoCode {
			return workbook.ErrEarlierDiffers
		}
		key := stakeKey{code, agb}
		if w.noted[key] == nil {
			w.noted[key] = &atStake{}
		}
		w.noted[key].Merge(count)
	}
	return nil
}

// signalRows returns the table of signals, code by code.
func (w *Workbook) signalRows(sheet string) (*workbook.Rows, error) {
	s := &w.copiedSignals
	earlier := make(map[billing.Code][]workbook.Place)
	var before *workbook.EarlierSheet
	if len(s.taken) > 0 {
		before = &workbook.EarlierSheet{Path: s.path, Sheet: sheet, Styles: s.signals.Styles}
		for _, quiet := range s.taken {
			before.Shapes = append(before.Shapes, &quiet.Shape)
		}
		if err := s.placesOf(earlier); err != nil {
			return nil, err
		}
	}
	codes := slices.AppendSeq(slices.Collect(maps.Keys(w.signals.rows)), maps.Keys(earlier))
	s.codes = inOrder(codes, shown.FirstSignals, shown.LastSignals)
	kinds := make([]workbook.Kind, len(s.codes))
	for i, code := range s.codes {
		kinds[i] = workbook.Kind{Rows: w.signals.rows[code], Earlier: earlier[code]}
	}
	rows, merged, err := w.Spool.Merge(kinds, before)
	s.merged = merged
	return rows, err
}

// placesOf sets earlier to the places of all rows in the earlier table, by code, marked if they are copied.
func (s *copiedSignals) placesOf(earlier map[billing.Code][]workbook.Place) error {
	numbers := make([]int64, len(s.signals.Providers)) // new numbers of the providers whose rows are copied, else 0
	for i, agb := range s.signals.Providers {
		if s.taken[agb] != nil {
			numbers[i] = s.numberOf(agb)
		}
	}
	rows := 0
	for _, kind := range s.signals.Kinds {
		code := billing.ParseCode(kind.Code)
		places, ok := unpackPlaces(kind.Places)
		if code == billing.NoCode || !ok || earlier[code] != nil {
			return workbook.ErrEarlierDiffers
		}
		for i, place := range places {
			whose := place.Place & (1<<providerBits - 1)
			if whose >= int64(len(numbers)) {
				return workbook.ErrEarlierDiffers
			}
			if places[i].Place += numbers[whose] - whose; numbers[whose] > 0 {
				places[i].Taken = true
				rows++
			}
		}
		earlier[code] = places
	}
	for _, quiet := range s.taken {
		for _, count := range quiet.Noted {
			rows -= count.Rows
		}
	}
	if rows != 0 {
		return workbook.ErrEarlierDiffers
	}
	return nil
}

// Made returns which signals are in the workbook, after it was written; nil if that is not known.
func (w *Workbook) Made() *Signals {
	merged := w.copiedSignals.merged
	if merged == nil || merged.Places == nil {
		return nil
	}
	made := &Signals{Providers: w.copiedSignals.providers, Styles: merged.Styles}
	for i, places := range merged.Places {
		if len(places) > 0 {
			made.Kinds = append(made.Kinds, Placed{w.copiedSignals.codes[i].String(), packPlaces(places)})
		}
	}
	return made
}

// packPlaces packs places in ascending order of rows: the difference with the row before, and the number of the provider where
// that changes.
func packPlaces(places []int64) string {
	var out []byte
	row, whose := int64(0), int64(0)
	for _, place := range places {
		step, who := place>>providerBits-row, place&(1<<providerBits-1)
		if who == whose {
			out = binary.AppendUvarint(out, uint64(step)<<1)
		} else {
			out = binary.AppendUvarint(binary.AppendUvarint(out, uint64(step)<<1|1), uint64(who))
		}
		row, whose = row+step, who
	}
	return base64.StdEncoding.EncodeToString(out)
}

// unpackPlaces is the reverse of packPlaces; ok is false if the text is damaged.
func unpackPlaces(text string) (places []workbook.Place, ok bool) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, false
	}
	row, whose := uint64(0), uint64(0)
	for len(data) > 0 {
		step, width := binary.Uvarint(data)
		if width <= 0 {
			return nil, false
		}
		data = data[width:]
		if step&1 == 1 {
			if whose, width = binary.Uvarint(data); width <= 0 || whose >= 1<<providerBits {
				return nil, false
			}
			data = data[width:]
		}
		row += step >> 1
		places = append(places, workbook.Place{Place: int64(row<<providerBits | whose)})
	}
	return places, true
}
