package ledger

import (
	"context"
	"fmt"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
)

// ForgetRuns takes back the newest runs, those of a period that was computed by mistake, as if they had not been made,
// and returns how many they were. What they ended holds again, and every client is judged anew by the next run. It is
// refused when the newest run is of another period, or when its declaration is final.
func (t *Tx) ForgetRuns(ctx context.Context, period billing.Period) (int, error) {
	var runs []Run
	if err := t.list(ctx, &runs, "SELECT "+runColumns+" FROM runs ORDER BY id DESC"); err != nil {
		return 0, err
	}
	count, last := 0, int64(0)
	for _, run := range runs {
		if run.Month() != period || run.Closed() {
			last = run.ID
			break
		}
		count++
	}
	if count == 0 {
		return 0, notForgotten(period, runs)
	}
	if err := t.SetMeta(ctx, numbersGiven, strconv.FormatInt(runs[0].ID, 10)); err != nil {
		return 0, err
	}
	for _, step := range []struct {
		rows, where string
		values      []any
	}{
		{"outcomes", "first_run > ?", []any{last}},
		{"lines", "sequence = 0 AND first_run > ?", []any{last}},
		{"signals", "period = ?", []any{int32(period)}},
		{"reports", "period = ?", []any{int32(period)}},
		{"runs", "id > ?", []any{last}},
		{"summaries", "run > ?", []any{last}},
	} {
		if err := t.remove(ctx, step.rows, step.where, step.values...); err != nil {
			return 0, err
		}
	}
	for _, step := range []struct {
		statement string
		values    []any
	}{
		{"UPDATE outcomes SET last_run = 0 WHERE last_run > 0 AND last_run >= ?", []any{last}},
		{"UPDATE lines SET last_run = 0 WHERE sequence = 0 AND last_run > 0 AND last_run >= ?", []any{last}},
		{"DELETE FROM meta WHERE name = ?", []any{"reports/" + period.String()}},
		{"UPDATE clients SET changed = 1", nil},
		{"DELETE FROM meta WHERE name = ?", []any{keptWhole}},
	} {
		if err := t.exec(ctx, step.statement, step.values...); err != nil {
			return 0, err
		}
	}
	return count, nil
}

// numbersGiven is where the last number of a run is kept that was forgotten: what came or went before a run is known by
// its number, so that no number is given twice.
const numbersGiven = "run numbers given"

// nextRunID returns the number of the next run.
func (t *Tx) nextRunID(ctx context.Context) (int64, error) {
	next, err := t.number(ctx, "SELECT coalesce(max(id), 0) + 1 FROM runs")
	if err != nil {
		return 0, err
	}
	given, err := t.Meta(ctx, numbersGiven)
	if err != nil || given == "" {
		return next, err
	}
	last, err := strconv.ParseInt(given, 10, 64)
	return max(next, last+1), err
}

// notForgotten says why there is nothing to forget: runs are all of them, the newest first.
func notForgotten(period billing.Period, runs []Run) *Problem {
	of := func(dutch, english string, values ...any) *Problem {
		return &Problem{Dutch: fmt.Sprintf(dutch, values...), English: fmt.Sprintf(english, values...)}
	}
	for _, run := range runs {
		if run.Month() == period && run.Closed() {
			return of("Periode %s is afgesloten en wordt nooit vergeten. Wat later binnenkomt, wordt in een volgende periode verrekend.",
				"Period %s is closed and is never forgotten. What comes in later is settled in a later period.", period)
		}
	}
	if len(runs) > 0 && runs[0].Month() != period {
		return of("Alleen de nieuwste run kan vergeten worden, en die is van %s, niet van %s.", "Only the newest run can be forgotten, and that is of %s, not of %s.",
			runs[0].Month(), period)
	}
	return of("Periode %s heeft geen run.", "Period %s has no run.", period)
}
