-- The first schema: files, records, referrals, decisions, runs, outcomes and lines.
CREATE TABLE meta (
  name {{text}} PRIMARY KEY,
  value {{text}} NOT NULL
){{strict}};

CREATE TABLE files (
  id {{int}} PRIMARY KEY,
  sha256 {{text}} NOT NULL,
  name {{text}} NOT NULL,
  received {{int}} NOT NULL,
  kind {{text}} NOT NULL,
  row_count {{int}} NOT NULL,
  kept {{int}} NOT NULL,
  totals {{int}} NOT NULL,
  empty_rows {{int}} NOT NULL,
  provider {{text}} NOT NULL,
  sheets {{text}} NOT NULL,
  future {{int}} NOT NULL,
  group_id {{int}} NOT NULL,
  withdrawn {{int}} NOT NULL,
  reread {{int}} NOT NULL,
  digest {{text}} NOT NULL
){{strict}};
CREATE INDEX files_sha256 ON files (sha256);

CREATE TABLE again (
  file_id {{int}} NOT NULL,
  provider {{text}} NOT NULL,
  municipality {{text}} NOT NULL,
  row_count {{int}} NOT NULL,
  time_quantity {{int}} NOT NULL,
  daypart_quantity {{int}} NOT NULL,
  PRIMARY KEY (file_id, provider, municipality)
){{strict}};

CREATE TABLE records (
  bsn {{text}} NOT NULL,
  id {{int}} NOT NULL,
  provider {{text}} NOT NULL,
  reference {{text}} NOT NULL,
  birth_date {{int}} NOT NULL,
  referral {{text}} NOT NULL,
  municipality {{text}} NOT NULL,
  product {{text}} NOT NULL,
  care_date {{int}} NOT NULL,
  start_at {{int}} NOT NULL,
  end_at {{int}} NOT NULL,
  daypart {{text}} NOT NULL,
  unit {{int}} NOT NULL,
  quantity {{int}} NOT NULL,
  has_quantity {{int}} NOT NULL,
  claimed_price {{text}} NOT NULL,
  claimed_amount {{text}} NOT NULL,
  remark {{text}} NOT NULL,
  file_id {{int}} NOT NULL,
  sheet {{text}} NOT NULL,
  row_number {{int}} NOT NULL,
  version {{int}} NOT NULL,
  findings {{text}} NOT NULL,
  raw {{text}} NOT NULL,
  received {{int}} NOT NULL,
  first_received {{int}} NOT NULL,
  ambiguous {{int}} NOT NULL,
  has_prior {{int}} NOT NULL,
  prior_unit {{int}} NOT NULL,
  prior_quantity {{int}} NOT NULL,
  state {{int}} NOT NULL,
  settled_by {{int}} NOT NULL,
  declared {{int}} NOT NULL,
  declared_price {{int}} NOT NULL,
  digest {{text}} NOT NULL,
  PRIMARY KEY (bsn, id)
){{clustered}};
CREATE INDEX records_reference ON records (provider, reference);

CREATE TABLE referrals (
  bsn {{text}} NOT NULL,
  number {{text}} NOT NULL,
  version {{int}} NOT NULL,
  is_latest {{int}} NOT NULL,
  birth_date {{int}} NOT NULL,
  municipality {{text}} NOT NULL,
  provider {{text}} NOT NULL,
  product {{text}} NOT NULL,
  category {{text}} NOT NULL,
  start_date {{int}} NOT NULL,
  end_date {{int}} NOT NULL,
  has_volume {{int}} NOT NULL,
  volume {{int}} NOT NULL,
  volume_unit {{int}} NOT NULL,
  volume_text {{text}} NOT NULL,
  volume_written {{text}} NOT NULL,
  frequency {{int}} NOT NULL,
  has_budget {{int}} NOT NULL,
  budget {{int}} NOT NULL,
  referrer {{text}} NOT NULL,
  assigned {{int}} NOT NULL,
  status {{text}} NOT NULL,
  coordination_point {{text}} NOT NULL,
  own_placement {{int}} NOT NULL,
  extended_to {{int}} NOT NULL,
  extended_youth_care {{int}} NOT NULL,
  continues_to {{int}} NOT NULL,
  before_text {{text}} NOT NULL,
  declared_before {{int}} NOT NULL,
  amount_before {{int}} NOT NULL,
  received {{int}} NOT NULL,
  file_id {{int}} NOT NULL,
  sheet {{text}} NOT NULL,
  row_number {{int}} NOT NULL,
  given {{int}} NOT NULL,
  added_after {{int}} NOT NULL,
  taken_after {{int}} NOT NULL,
  digest {{text}} NOT NULL,
  PRIMARY KEY (bsn, number, version)
){{clustered}};
CREATE INDEX referrals_number ON referrals (number);

CREATE TABLE decisions (
  id {{int}} PRIMARY KEY,
  bsn {{text}} NOT NULL,
  provider {{text}} NOT NULL,
  reference {{text}} NOT NULL,
  version {{int}} NOT NULL,
  code {{text}} NOT NULL,
  word {{text}} NOT NULL,
  reason {{text}} NOT NULL,
  decided_by {{text}} NOT NULL,
  decided_on {{int}} NOT NULL,
  file_id {{int}} NOT NULL,
  digest {{text}} NOT NULL
){{strict}};
CREATE INDEX decisions_bsn ON decisions (bsn);

CREATE TABLE runs (
  id {{int}} PRIMARY KEY,
  period {{int}} NOT NULL,
  as_of {{int}} NOT NULL,
  inputs {{text}} NOT NULL,
  book {{text}} NOT NULL,
  program {{text}} NOT NULL,
  last_file {{int}} NOT NULL,
  closed_on {{int}} NOT NULL,
  head {{text}} NOT NULL
){{strict}};
CREATE INDEX runs_period ON runs (period);

CREATE TABLE outcomes (
  bsn {{text}} NOT NULL,
  record_id {{int}} NOT NULL,
  first_run {{int}} NOT NULL,
  last_run {{int}} NOT NULL,
  outcome {{int}} NOT NULL,
  codes {{text}} NOT NULL,
  findings {{text}} NOT NULL,
  open_holds {{text}} NOT NULL,
  referral {{text}} NOT NULL,
  municipality {{text}} NOT NULL,
  product {{text}} NOT NULL,
  price {{int}} NOT NULL,
  digest {{text}} NOT NULL,
  PRIMARY KEY (bsn, record_id, first_run)
){{clustered}};

CREATE TABLE lines (
  bsn {{text}} NOT NULL,
  first_run {{int}} NOT NULL,
  last_run {{int}} NOT NULL,
  period {{int}} NOT NULL,
  kind {{text}} NOT NULL,
  care_month {{int}} NOT NULL,
  municipality {{text}} NOT NULL,
  provider {{text}} NOT NULL,
  referral {{text}} NOT NULL,
  product {{text}} NOT NULL,
  unit {{int}} NOT NULL,
  quantity {{int}} NOT NULL,
  price {{int}} NOT NULL,
  amount {{int}} NOT NULL,
  record_count {{int}} NOT NULL,
  first_date {{int}} NOT NULL,
  sequence {{int}} NOT NULL,
  original {{text}} NOT NULL,
  hash {{text}} NOT NULL,
  digest {{text}} NOT NULL
){{strict}};
CREATE INDEX lines_client ON lines (bsn, period);
CREATE INDEX lines_period ON lines (period, sequence);

CREATE TABLE signals (
  period {{int}} NOT NULL,
  bsn {{text}} NOT NULL,
  code {{text}} NOT NULL,
  provider {{text}} NOT NULL,
  subject {{text}} NOT NULL,
  municipality {{text}} NOT NULL,
  found {{text}} NOT NULL
){{strict}};
CREATE INDEX signals_period ON signals (period, bsn);

CREATE TABLE clients (
  bsn {{text}} PRIMARY KEY,
  changed {{int}} NOT NULL,
  undeclared {{int}} NOT NULL
){{clustered}};

CREATE TABLE reports (
  period {{int}} NOT NULL,
  name {{text}} NOT NULL,
  sha256 {{text}} NOT NULL,
  content {{blob}},
  PRIMARY KEY (period, name)
){{strict}};
