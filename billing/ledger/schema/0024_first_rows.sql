-- By care date the lowest number of a row of it is kept in meta, so that of a client only the rows behind that are read which
-- can be of care that does not lie at rest: see first_rows.go. Rows without a date, or of a day that had not come when they
-- came in, stand in this index; they are few.
CREATE INDEX records_undated ON records (bsn) WHERE (care_date = 0 OR care_date > received);

-- What of a run is more than a number to count: all but what was accepted without a finding.
CREATE INDEX outcomes_notable ON outcomes (first_run) WHERE (outcome <> 'accepted' OR codes <> '' OR open_holds <> '');
