-- What a run keeps for the pages. All of it follows from outcomes, records and lines, and is computed again by whoever
-- doubts it.
CREATE TABLE summaries (
  run {{int}} PRIMARY KEY,
  body {{text}} NOT NULL
){{strict}};

-- A row for each decision that is asked.
CREATE TABLE open_holds (
  record_id {{int}} NOT NULL,
  code {{text}} NOT NULL,
  bsn {{text}} NOT NULL,
  version {{int}} NOT NULL,
  provider {{text}} NOT NULL,
  municipality {{text}} NOT NULL,
  product {{text}} NOT NULL,
  care_date {{int}} NOT NULL,
  cents {{int}} NOT NULL,
  since {{int}} NOT NULL,
  PRIMARY KEY (record_id, code)
){{clustered}};
CREATE INDEX open_holds_cents ON open_holds (cents, record_id, code);
CREATE INDEX open_holds_since ON open_holds (since, record_id, code);
CREATE INDEX open_holds_provider ON open_holds (provider, cents);
CREATE INDEX open_holds_municipality ON open_holds (municipality, cents);
CREATE INDEX open_holds_code ON open_holds (code, cents);

-- A row for each reason why a row is held or rejected.
CREATE TABLE returned_rows (
  record_id {{int}} NOT NULL,
  code {{text}} NOT NULL,
  bsn {{text}} NOT NULL,
  provider {{text}} NOT NULL,
  file_id {{int}} NOT NULL,
  sheet {{text}} NOT NULL,
  row_number {{int}} NOT NULL,
  outcome {{text}} NOT NULL,
  municipality {{text}} NOT NULL,
  cents {{int}} NOT NULL,
  first_run {{int}} NOT NULL,
  PRIMARY KEY (record_id, code)
){{clustered}};
CREATE INDEX returned_rows_provider ON returned_rows (provider, file_id, sheet, row_number, code);
CREATE INDEX returned_rows_municipality ON returned_rows (municipality, outcome, cents);
