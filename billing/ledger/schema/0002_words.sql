-- What is stored says what it is. Units, outcomes, states, columns and the kept book were numbers and layouts of the
-- program; they become words. The rows are written anew by the program, which keeps the tables of schema 1 under these
-- names until then.
DROP INDEX files_sha256;
DROP INDEX records_reference;
DROP INDEX referrals_number;
DROP INDEX lines_client;
DROP INDEX lines_period;
ALTER TABLE files RENAME TO files_1;
ALTER TABLE records RENAME TO records_1;
ALTER TABLE referrals RENAME TO referrals_1;
ALTER TABLE outcomes RENAME TO outcomes_1;
ALTER TABLE lines RENAME TO lines_1;

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
  unit {{text}} NOT NULL,
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
  received {{int}} NOT NULL,
  first_received {{int}} NOT NULL,
  ambiguous {{int}} NOT NULL,
  has_prior {{int}} NOT NULL,
  prior_unit {{text}} NOT NULL,
  prior_quantity {{int}} NOT NULL,
  state {{text}} NOT NULL,
  settled_by {{int}} NOT NULL,
  declared {{int}} NOT NULL,
  declared_price {{int}} NOT NULL,
  digest {{text}} NOT NULL,
  PRIMARY KEY (bsn, id)
){{clustered}};
CREATE INDEX records_reference ON records (provider, reference);
CREATE INDEX records_file ON records (file_id);
CREATE INDEX records_taken_back ON records (bsn) WHERE state = 'taken_back';
CREATE INDEX records_settled ON records (settled_by) WHERE settled_by <> 0;

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
  volume_unit {{text}} NOT NULL,
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
  given {{text}} NOT NULL,
  added_after {{int}} NOT NULL,
  taken_after {{int}} NOT NULL,
  digest {{text}} NOT NULL,
  PRIMARY KEY (bsn, number, version)
){{clustered}};
CREATE INDEX referrals_number ON referrals (number);
CREATE INDEX referrals_file ON referrals (file_id);
CREATE INDEX referrals_added ON referrals (added_after);
CREATE INDEX referrals_taken ON referrals (taken_after);

CREATE TABLE outcomes (
  bsn {{text}} NOT NULL,
  record_id {{int}} NOT NULL,
  first_run {{int}} NOT NULL,
  last_run {{int}} NOT NULL,
  outcome {{text}} NOT NULL,
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
CREATE INDEX outcomes_begun ON outcomes (first_run);
CREATE INDEX outcomes_waiting ON outcomes (first_run) WHERE (outcome = 'held' OR open_holds <> '');

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
  unit {{text}} NOT NULL,
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

CREATE INDEX decisions_record ON decisions (provider, reference);
CREATE INDEX decisions_file ON decisions (file_id);
CREATE INDEX clients_to_judge ON clients (bsn) WHERE (changed = 1 OR undeclared = 1);
