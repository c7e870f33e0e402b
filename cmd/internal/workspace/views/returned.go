package views

import (
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/shown"
)

// providerMaySee reports whether a provider may see code on a row that has all of codes.
func providerMaySee(catalogue *billing.Catalogue, codes []billing.Code, code billing.Code) bool {
	if !shown.ProviderMayRead(catalogue, code) {
		return false
	}
	return !slices.Contains(codes, billing.R03) || !shown.DescribesReferral(catalogue, code)
}

// ReturnedFilter narrows a list of rows that are held or rejected.
type ReturnedFilter struct {
	Code    billing.Code
	File    int64
	Outcome billing.Outcome
	Earlier bool // include rows that were rejected before the last close
}

// ReturnedReason counts the rows that are held or rejected for one code.
type ReturnedReason struct {
	Code    billing.Code
	Outcome billing.Outcome
	Rows    int
	Amount  billing.Money
}

// Returned is a page of a list of rows that are held or rejected, with the counts of the whole list.
type Returned struct {
	Reasons []ReturnedReason
	Rows    []ReturnedRow
	Count   int
}

// ReturnedRow is a row as its provider may see it.
type ReturnedRow struct {
	Nr        int64
	Reference string
	Told      *shown.ProviderRow
}

// returnedScope returns the filter for a code of the scope; ok is false when the scope may not see its rows.
func (v *Views) returnedScope(scope Scope, code string) (filter ledger.ReturnedFilter, ok bool) {
	switch {
	case scope.Role == Provider && scope.has(code):
		filter.Provider = code
		for i := range v.Catalogue.Rules {
			rule := &v.Catalogue.Rules[i]
			switch {
			case !shown.ProviderMayRead(v.Catalogue, rule.Code):
				filter.Not = append(filter.Not, rule.Code)
			case shown.DescribesReferral(v.Catalogue, rule.Code):
				filter.NotWith = append(filter.NotWith, rule.Code)
			}
		}
		filter.Beside = billing.R03
		return filter, true
	case scope.Role == Municipality && scope.has(code):
		filter.Municipalities = []string{code}
		return filter, true
	}
	return filter, false
}

// Returned returns the rows of a provider or municipality that are held or rejected, with the reasons that the scope may see.
// A row with no such reason is in the list but is counted under no reason.
func (v *Views) Returned(ctx context.Context, scope Scope, code string, filter ReturnedFilter, offset, limit int) (*Returned, error) {
	in, ok := v.returnedScope(scope, code)
	if !ok {
		return nil, ErrNotThere
	}
	returned := &Returned{}
	var judged []*ledger.JudgedRow
	var run ledger.Run
	err := v.store.Read(ctx, func(tx *ledger.Tx) (err error) {
		if run, _, err = lastRuns(ctx, tx); err != nil || run.ID == 0 {
			return err
		}
		if !filter.Earlier && filter.File == 0 { // a file is shown whole, whichever run judged its rows
			closed, _, err := tx.ClosedBefore(ctx, run.ID)
			if err != nil {
				return err
			}
			in.After = closed.ID
		}
		in.File = filter.File
		totals, err := recall(ctx, &v.memory, tx, func() ([]ledger.ReturnedTotal, error) { return tx.ReturnedBy(ctx, &in) }, "returned by", run.ID, in)
		if err != nil {
			return err
		}
		for _, total := range totals {
			returned.Reasons = append(returned.Reasons, ReturnedReason(total))
		}
		in.Code, in.Outcome = filter.Code, filter.Outcome
		if filter.Code == billing.NoCode {
			in.Not, in.NotWith = nil, nil // all rows, even those without a reason that may be seen
		}
		var refs []ledger.RowRef
		if refs, returned.Count, err = tx.ReturnedRows(ctx, &in, offset, limit); err != nil {
			return err
		}
		judged, err = tx.RowsByID(ctx, run, refs)
		return err
	})
	if err != nil {
		return nil, err
	}
	rows, err := v.reporter().RowsOf(ctx, judged)
	for _, row := range rows {
		returned.Rows = append(returned.Rows, v.returnedRow(row))
	}
	return returned, err
}

// NotSent returns the declaration in a file of a provider, with its findings, if it counts as never sent; nil otherwise.
func (v *Views) NotSent(ctx context.Context, scope Scope, code string, file File) (notSent *report.NotSent, err error) {
	if _, ok := v.returnedScope(scope, code); !ok {
		return nil, ErrNotThere
	}
	err = v.store.Read(ctx, func(tx *ledger.Tx) error {
		notSent, err = v.reporter().NotSent(ctx, tx, file.SHA256)
		return err
	})
	if notSent != nil && notSent.Provider != code {
		return nil, err
	}
	return notSent, err
}

func (v *Views) returnedRow(row *report.Row) ReturnedRow {
	return ReturnedRow{Nr: row.Record.ID, Reference: bsn.Shown(row.ProviderReference()), Told: shown.ForProvider(v.Catalogue, row)}
}

// OwnStory is a row that is held or rejected, with all that its provider may see of it.
type OwnStory struct {
	ReturnedRow
	Versions []ReturnedRow
	Price    *billing.PriceRow
	Line     *report.ExplainedLine
	Period   billing.Period
}

// OwnRow returns the story of a row of the scope's provider that is held or rejected.
func (v *Views) OwnRow(ctx context.Context, scope Scope, nr int64) (*OwnStory, error) {
	if scope.Role != Provider || nr <= 0 {
		return nil, ErrNotThere
	}
	var about report.Subject
	err := v.store.Read(ctx, func(tx *ledger.Tx) error {
		run, _, err := lastRuns(ctx, tx)
		if err != nil || run.ID == 0 {
			return notThere(err)
		}
		for _, code := range scope.Codes {
			refs, _, err := tx.ReturnedRows(ctx, &ledger.ReturnedFilter{Provider: code, Record: nr}, 0, 1)
			if err != nil {
				return err
			}
			if len(refs) == 0 {
				continue
			}
			rows, err := tx.RowsByID(ctx, run, refs)
			if err != nil || len(rows) == 0 {
				return notThere(err)
			}
			about = report.Subject{Provider: rows[0].Provider, Reference: rows[0].Reference, Row: nr}
			return nil
		}
		return ErrNotThere
	})
	if err != nil {
		return nil, err
	}
	setting, err := v.setting()
	if err != nil {
		return nil, err
	}
	explained, err := v.reporter().Explain(ctx, about, setting)
	if err != nil {
		return nil, err
	}
	story := &OwnStory{Period: explained.Run.Month()}
	if current := explained.Current; current != nil && current.Record.ID == nr && scope.has(current.Record.Provider) {
		story.Price, story.Line = explained.PriceRow, explained.Line
	}
	for _, row := range explained.Versions {
		if !scope.has(row.ReturnTo) {
			continue
		}
		version := v.returnedRow(row)
		story.Versions = append(story.Versions, version)
		if row.Record.ID == nr {
			story.ReturnedRow = version
		}
	}
	if story.Told == nil {
		return nil, ErrNotThere
	}
	return story, nil
}

// File is a file that was taken in.
type File struct {
	ID       int64
	Name     string
	SHA256   string
	Received billing.Date
	Rows     int
	Kept     int
	Gone     bool // withdrawn
	Seen     bool // a run was made since the file was taken in
}

// Files returns at most limit files from offset in which one of the providers codes has most rows, newest first; count is the
// number of all such files.
func (v *Views) Files(ctx context.Context, scope Scope, codes []string, offset, limit int) (files []File, count int, err error) {
	if scope.Role != Provider || slices.ContainsFunc(codes, func(code string) bool { return !scope.has(code) }) {
		return nil, 0, ErrNotThere
	}
	err = v.store.Read(ctx, func(tx *ledger.Tx) error {
		run, _, err := lastRuns(ctx, tx)
		if err != nil {
			return err
		}
		list, total, err := tx.FilesOf(ctx, codes, offset, limit)
		count = total
		for _, file := range list {
			files = append(files, File{
				ID: file.ID, Name: bsn.MaskLine(file.Name), SHA256: file.SHA256, Received: file.Received, Rows: file.Rows, Kept: file.Kept, Gone: file.Withdrawn != 0,
				Seen: file.ID <= run.LastFile,
			})
		}
		return err
	})
	return files, count, err
}

// SeenByRun reports, for the file with a hash, whether a run was made since it was taken in, and whether it was taken in.
func (v *Views) SeenByRun(ctx context.Context, sha256 string) (seen, taken bool, err error) {
	err = v.store.Read(ctx, func(tx *ledger.Tx) error {
		readings, err := tx.FilesHashed(ctx, sha256)
		if err != nil || len(readings) == 0 {
			return err
		}
		run, _, err := lastRuns(ctx, tx)
		taken, seen = true, readings[len(readings)-1].ID <= run.LastFile
		return err
	})
	return seen, taken, err
}

// Reading is the number of rows and decisions of a file when it was taken in; Kept are the rows that were stored.
type Reading struct{ Rows, Kept, Decisions int }

// ReadingOf returns the reading of the file with a hash; found is false when the file was not taken in, or was withdrawn.
func (v *Views) ReadingOf(ctx context.Context, sha256 string) (reading Reading, found bool, err error) {
	err = v.store.Read(ctx, func(tx *ledger.Tx) error {
		readings, err := tx.FilesHashed(ctx, sha256)
		if err != nil || len(readings) == 0 {
			return err
		}
		first := readings[0]
		reading, found = Reading{Rows: first.Rows, Kept: first.Kept}, true
		if first.Kind == ledger.MessageFile {
			reading.Kept = first.Rows
		}
		reading.Decisions, err = tx.DecisionsIn(ctx, first.ID)
		return err
	})
	return reading, found, err
}
